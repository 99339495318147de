# SPDX-License-Identifier: Apache-2.0
"""How commitments, their meetings and who saw to them are put into words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from resource_centre.clock import today
from resource_centre.i18n import _, ngettext
from resource_centre.services.rules import rule
from ui.kit.table import Column
from ui.kit.theme import Theme
from ui.kit.typed_dates import show_date
from ui.pages.wording import term, whole_number

if TYPE_CHECKING:
    from resource_centre.services.commitment_lists import CommitmentRow
    from resource_centre.services.dialogues import DialogueFacts, Shares

DONE, DROPPED, UNDER_WAY = "selesai", "batal", "berjalan"
MOST_NAMED = 4


def state_words(row: CommitmentRow, on: date | None = None) -> str:
    """ "50 days late", "due today", "Under way, 3 days left", "Done on 3 Oct 2026"."""
    if row.ended:
        words = _("Done on {date}") if row.state == DONE else _("Dropped on {date}")
        return words.format(date=show_date(row.ended_on)) if row.ended_on else term("commitment_state", row.state)
    left = _left_words(row.due_on, on or today())
    state = term("commitment_state", row.state)
    return left if row.state != UNDER_WAY else f"{state} · {left}" if left else state


def tone(row: CommitmentRow, theme: Theme) -> str:
    """The colour a commitment's state is written in."""
    colours = theme.colours
    if row.ended:
        return colours.good if row.state == DONE else colours.muted
    if row.days_late(today()):
        return colours.danger
    soon = row.due_on is not None and (row.due_on - today()).days <= rule("commitment_soon_days")
    return colours.warning if soon else ""


def who_words(row: CommitmentRow) -> str:
    """Who sees to it, and for whom."""
    return " · ".join(part for part in (row.responsible, row.organisation) if part)


def meeting_words(row: CommitmentRow) -> str:
    """What the meeting was about and when it was."""
    about = row.event_topic or term("training_type", row.event_type)
    return " · ".join(part for part in (about, show_date(row.event_day)) if part)


def commitment_columns(theme: Theme, *, with_meeting: bool) -> tuple[Column, ...]:
    """The columns of a list of commitments; of one meeting without saying which."""
    meeting = (Column(_("Meeting"), meeting_words, width=22),) if with_meeting else ()
    kind = () if with_meeting else (Column(_("Kind"), lambda row: term("commitment_kind", row.kind), width=16),)
    return (
        Column(_("Until"), lambda row: show_date(row.due_on), width=16),
        *kind,
        Column(_("What was agreed"), lambda row: " ".join((row.what or "").split())),
        Column(_("Who sees to it"), who_words, width=22),
        *meeting,
        Column(_("State"), state_words, width=26, tone=lambda row: tone(row, theme)),
    )


def details_words(row: CommitmentRow) -> str:
    """Everything that is said of one commitment, below the list."""
    facts = [row.what or "", "  ·  ".join(part for part in (who_words(row), meeting_words(row)) if part)]
    if row.result:
        facts.append(_("What became of it: {words}").format(words=row.result))
    if row.reopened_on and row.reopened_because:
        again = _("Taken up again on {date}: {words}")
        facts.append(again.format(date=show_date(row.reopened_on), words=row.reopened_because))
    return "\n".join(facts)


def people_words(facts: DialogueFacts) -> str:
    """ "48 people: 30 women, 18 men", and where nobody has been marked that they are only on the sheet."""
    sexes = dict(facts.by_sex)
    known = [
        ngettext("{n} woman", "{n} women", count).format(n=whole_number(count))
        if sex == "P"
        else ngettext("{n} man", "{n} men", count).format(n=whole_number(count))
        for sex in ("P", "L")
        if (count := sexes.get(sex, 0))
    ]
    people = ngettext("{n} person", "{n} people", facts.people).format(n=whole_number(facts.people))
    words = f"{people}: {', '.join(known)}" if known else people
    if facts.listed and not facts.marked:
        words += f" ({_('on the sheet; nobody is marked present yet')})"
    return words


def shares_words(shares: Shares, vocabulary: str = "") -> str:
    """ "Indonesia 30, Philippines 6, 3 others, 2 not known"; names stay as they are written."""
    known = [(str(code), count) for code, count in shares if code is not None]
    shown = known if len(known) <= MOST_NAMED + 1 else known[:MOST_NAMED]
    named = [f"{term(vocabulary, code) if vocabulary else code} {whole_number(n)}" for code, n in shown]
    if rest := len(known) - len(named):
        named.append(ngettext("{n} other", "{n} others", rest).format(n=rest))
    unknown = dict(shares).get(None, 0)
    if known and unknown:
        named.append(ngettext("{n} not known", "{n} not known", unknown).format(n=whole_number(unknown)))
    return ", ".join(named)


def facts_lines(facts: DialogueFacts) -> list[tuple[str, str]]:
    """The figures of a meeting as labels and words; only what is known."""
    counts = {name: sum(1 for code, _n in shares if code is not None) for name, shares in _kinds(facts)}
    lines = [
        (_("Who came"), people_words(facts) if facts.people else ""),
        (_("Countries ({n})").format(n=counts["country"]), shares_words(facts.by_country, "country")),
        (_("Sectors ({n})").format(n=counts["sector"]), shares_words(facts.by_sector, "sector")),
        (_("Institutions ({n})").format(n=counts["institution"]), shares_words(facts.by_institution)),
    ]
    return [(name, words) for name, words in lines if words]


def _kinds(facts: DialogueFacts) -> tuple[tuple[str, Any], ...]:
    return ("country", facts.by_country), ("sector", facts.by_sector), ("institution", facts.by_institution)


def _left_words(due: date | None, on: date) -> str:
    if due is None:
        return ""
    days = (due - on).days
    if days < 0:
        return ngettext("{n} day late", "{n} days late", -days).format(n=whole_number(-days))
    if days == 0:
        return _("due today")
    return ngettext("{n} day left", "{n} days left", days).format(n=whole_number(days))
