# SPDX-License-Identifier: Apache-2.0
"""Exchange in words: numbers and days, how it stands with a laptop, receipts, and what to do about a refusal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from resource_centre.clock import today
from resource_centre.i18n import N_, _, ngettext
from ui.kit.typed_dates import as_typed, show_date, show_time
from ui.pages.home_words import grouped

if TYPE_CHECKING:
    from db.exchange.sending import Sent
    from ui.pages.exchange_handing import Taken
    from ui.pages.exchange_store import Passed, PeerRow

RECEIPT_WORDS: Final = 2
"""Words of a receipt that are read aloud."""

_STAGES: Final = {
    "gathering": N_("Gathering what is to be sent…"),
    "writing": N_("Writing changes"),
    "checking": N_("Checking the bundle…"),
    "taking in": N_("Taking in changes"),
    "putting in place": N_("Putting records in place"),
    "comparing": N_("Comparing people with those known already"),
}

_WHAT_TO_DO: Final = {
    "bundle_forked": N_("On that laptop, open Hand over, choose Repair, send again and bring the new bundle."),
    "bundle_damaged": N_("Nothing is lost: whatever did not arrive goes out again with the next bundle."),
    "bundle_not_for_us": N_("Look at whom the bundle was made for. It opens only there."),
    "bundle_unknown_sender": N_("If it should be one of ours, the coordinator adds it here with a card first."),
    "not_a_bundle": N_("Choose the file that the other computer wrote: its name ends in .rcb."),
    "six_words_first": N_("Open Six words on both computers and compare them by voice."),
    "blocked_laptop": N_("The coordinator can unblock it here, when it is found again."),
    "disk_full": N_("If it is the stick, take another one. Nothing is lost."),
    "file_missing": N_("Is the stick plugged in? Plug it in and choose it again. Nothing is lost."),
    "cannot_write": N_("Perhaps the stick is locked against writing. Take another one. Nothing is lost."),
    "io": N_("Take another stick if it happens again. Nothing is lost."),
    "stopped": N_("You can do it again at any time."),
}

_TABLES: Final = ("person", "case", "contact", "counselling_session", "participation", "response", "service")


def passed_words(passed: Passed | None) -> str:
    """No. 3 · 21 Nov 2026, or that there was none yet."""
    if passed is None:
        return _("never yet")
    return _("no. {number} · {day}").format(number=passed.link_no, day=show_date(passed.at.date()))


def passed_in_short(passed: Passed | None) -> str:
    """The same for a column: 3 · 21-11-2026."""
    return _("never yet") if passed is None else f"{passed.link_no} · {day_in_short(passed.at.date())}"


def day_in_short(day: dt.date | None) -> str:
    """A day for a column, as it is typed: 21-11-2026."""
    return as_typed(day.isoformat()) if day is not None else ""


def when_in_short(at: dt.datetime) -> str:
    """A day and its time for a column."""
    return f"{day_in_short(at.date())}  {show_time(at.time())}"


def when_words(at: dt.datetime) -> str:
    """A day and its time."""
    return f"{show_date(at.date())}, {show_time(at.time())}"


def state_words(row: PeerRow) -> str:
    """How it stands with somebody we exchange with, the most urgent first."""
    if row.invitation and not is_over(row.expires_on):
        return _("card given out, no answer yet")
    if row.blocked:
        return _("blocked")
    if not row.confirmed and not row.invitation:
        return _("compare the six words")
    if is_over(row.expires_on):
        return _("expired")
    if row.renamed:
        return _("copied or restored: goes on under another row")
    if row.waiting:
        words = ngettext("{n} bundle not confirmed yet", "{n} bundles not confirmed yet", row.waiting)
        return words.format(n=grouped(row.waiting))
    return _("in order")


def is_over(day: dt.date | None) -> bool:
    """Whether the last day of a pairing has passed."""
    return day is not None and day < today()


def role_words(role: str) -> str:
    """What it is that we exchange with."""
    names = {"laptop": N_("Laptop"), "centre": N_("Centre"), "head_office": N_("Head office")}
    return _(names.get(role, "Laptop"))


def stage_words(stage: str, done: int, every: int) -> str:
    """What is being done, and how far it is."""
    words = _(_STAGES.get(stage, stage))
    if not done or not every:
        return words
    return _("{what}: {done} of {all}").format(what=words, done=grouped(done), all=grouped(every))


def changes_words(count: int) -> str:
    """Twelve changes."""
    return ngettext("{n} change", "{n} changes", count).format(n=grouped(count))


def unsent_words(count: int, centre: PeerRow | None) -> str:
    """How much of this laptop's work the centre has not confirmed: not sent, or on its way."""
    if not count:
        return _("Everything is at the centre.") if centre is not None and centre.sent else _("Nothing to send yet.")
    if centre is not None and centre.waiting:
        words = ngettext("Not confirmed yet: {n} change", "Not confirmed yet: {n} changes", count)
        return words.format(n=grouped(count))
    return ngettext("Unsent: {n} change", "Unsent: {n} changes", count).format(n=grouped(count))


def read_aloud(digest: str) -> str:
    """The words of a receipt, which are the same on both computers."""
    from resource_centre.values.spoken_words import spoken

    return "  ".join(spoken(bytes.fromhex(digest), RECEIPT_WORDS))


def number_words(link_no: int, part: int, parts: int) -> str:
    """Number 7, and which of several."""
    if parts == 1:
        return _("number {number}").format(number=link_no)
    return _("number {number}, part {part} of {parts}").format(number=link_no, part=part, parts=parts)


def sent_lines(sent: Sent, *, again: bool = False) -> list[str]:
    """What to do with what was written, and what is in it."""
    lines = [_("Bring it there, or send it as a message: nobody else can open it.")]
    if not sent.changes:
        lines.append(_("There was nothing new. The bundle tells the other side what has arrived here."))
    elif again:
        lines.append(_("What was sent before and not confirmed is in it too."))
    if sent.returned:
        words = ngettext("{n} record is to be given back.", "{n} records are to be given back.", sent.returned)
        lines.append(words.format(n=grouped(sent.returned)))
    return lines


def receipt_lines(taken: Taken) -> list[str]:
    """What a bundle brought, one thing a line."""
    assert taken.arrived is not None
    receipt = taken.arrived.receipt
    if receipt.again:
        return [_("This bundle had been taken in before. Nothing was done twice.")]
    known = receipt.changes - receipt.new_changes
    said = [changes_words(receipt.changes), _("{n} of them new").format(n=grouped(receipt.new_changes))]
    said += [_("{n} already known").format(n=grouped(known))] if known > 0 else []
    lines = [", ".join(said) + "."]
    if taken.new_people:
        words = ngettext("{n} new person", "{n} new people", taken.new_people)
        lines.append(words.format(n=grouped(taken.new_people)) + ".")
    lines += [_("In it: {records}.").format(records=records_words(receipt.records))] if receipt.records else []
    return [*lines, *_to_mind(taken)]


def _to_mind(taken: Taken) -> list[str]:
    """What somebody has to know or to do."""
    assert taken.arrived is not None
    receipt = taken.arrived.receipt
    lines = []
    if receipt.returned:
        words = ngettext(
            "{n} record was given back: it is not in this laptop's villages any more.",
            "{n} records were given back: they are not in this laptop's villages any more.",
            receipt.returned,
        )
        lines.append(words.format(n=grouped(receipt.returned)))
    if receipt.ahead_days:
        words = ngettext(
            "The clock of that computer is {n} day ahead of this one. Set the one that is wrong.",
            "The clock of that computer is {n} days ahead of this one. Set the one that is wrong.",
            receipt.ahead_days,
        )
        lines.append(words.format(n=receipt.ahead_days))
    if taken.arrived.copied:
        lines.append(
            _("That laptop was copied or restored and counts as a new one now. Ask whether both are still used.")
        )
    return lines


def conflict_words(count: int) -> str:
    """Values that two people gave differently."""
    words = ngettext("{n} value differs and waits for a decision.", "{n} values differ and wait for a decision.", count)
    return words.format(n=grouped(count))


def duplicate_words(count: int) -> str:
    """People who look as if they were in the register already."""
    words = ngettext("{n} pair of people looks like one person.", "{n} pairs of people look like one person.", count)
    return words.format(n=grouped(count))


def records_words(counts: Mapping[str, int]) -> str:
    """Two people, three visits, and twelve other records."""
    said = [_one_table(table, counts[table]) for table in _TABLES if counts.get(table)]
    rest = sum(count for table, count in counts.items() if table not in _TABLES)
    if rest:
        words = ngettext("{n} other record", "{n} other records", rest)
        said.append(words.format(n=grouped(rest)))
    return ", ".join(said)


def _one_table(table: str, count: int) -> str:
    words = {
        "person": ngettext("{n} person", "{n} people", count),
        "case": ngettext("{n} case", "{n} cases", count),
        "contact": ngettext("{n} visit", "{n} visits", count),
        "counselling_session": ngettext("{n} counselling session", "{n} counselling sessions", count),
        "participation": ngettext("{n} participation", "{n} participations", count),
        "response": ngettext("{n} questionnaire", "{n} questionnaires", count),
        "service": ngettext("{n} service", "{n} services", count),
    }[table]
    return words.format(n=grouped(count))


def refusal_lines(error: Exception) -> list[str]:
    """Why it was not done, and what to do now."""
    from ui.kit.messages import words_for

    todo = _WHAT_TO_DO.get(getattr(error, "code", ""))
    return [words_for(error).text, *([_(todo)] if todo else [])]


def villages_words(names: Sequence[str] | None) -> str:
    """Names of villages, or that there is no bound."""
    if names is None:
        return _("all villages")
    return ", ".join(names) or _("no village")
