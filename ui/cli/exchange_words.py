# SPDX-License-Identifier: Apache-2.0
"""Bundles and those they are exchanged with, in the lines of a terminal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from resource_centre.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from db.exchange.receiving import Arrived
    from db.exchange.sending import Sent

RECEIPT_WORDS: Final = 2
ROLES: Final = {"laptop": N_("Laptop"), "centre": N_("Centre"), "head_office": N_("Head office")}
STAGES: Final = {
    "gathering": N_("Gathering what is to be sent…"),
    "writing": N_("Writing changes"),
    "checking": N_("Checking the bundle…"),
    "taking in": N_("Taking in changes"),
    "putting in place": N_("Putting records in place"),
    "comparing": N_("Comparing people with those known already"),
}


def sent_lines(sent: Sent) -> Iterator[str]:
    """A bundle that was written: where it lies, what is in it, and its receipt."""
    yield str(sent.path)
    yield f"  {number_words(sent.link_no, sent.part, sent.parts)}, {changes_words(sent.changes)}"
    if not sent.changes and not sent.returned:
        yield "  " + _("There was nothing new. The bundle tells the other side what has arrived here.")
    if sent.returned:
        words = ngettext("{n} record is to be given back.", "{n} records are to be given back.", sent.returned)
        yield "  " + words.format(n=sent.returned)
    yield "  " + aloud_words(sent.digest)


def arrived_lines(file: str, arrived: Arrived) -> Iterator[str]:
    """What became of a file: one line, and below it what somebody has to know or to do."""
    receipt = arrived.receipt
    begin = _("{file}: from {name}, {number}").format(
        file=file, name=arrived.name, number=_("number {number}").format(number=receipt.link_no)
    )
    if receipt.again:
        yield f"{begin}. " + _("This bundle had been taken in before. Nothing was done twice.")
    else:
        new = _("{n} of them new").format(n=receipt.new_changes)
        yield f"{begin}, {changes_words(receipt.changes)}, {new}"
    yield from (f"  {line}" for line in _to_mind(arrived))
    yield "  " + aloud_words(arrived.digest)


def _to_mind(arrived: Arrived) -> Iterator[str]:
    receipt = arrived.receipt
    if receipt.records and not receipt.again:
        yield records_words(receipt.records)
    if receipt.returned:
        words = ngettext(
            "{n} record was given back: it is not in this laptop's villages any more.",
            "{n} records were given back: they are not in this laptop's villages any more.",
            receipt.returned,
        )
        yield words.format(n=receipt.returned)
    if receipt.conflicts:
        words = ngettext(
            "{n} value differs and waits for a decision.",
            "{n} values differ and wait for a decision.",
            receipt.conflicts,
        )
        yield words.format(n=receipt.conflicts)
    if arrived.alike:
        words = ngettext(
            "{n} pair of records may be one person. Look at both.",
            "{n} pairs of records may each be one person. Look at both.",
            arrived.alike,
        )
        listed = _("They are listed by: {command}").format(command="resource-centre duplicates")
        yield f"{words.format(n=arrived.alike)} {listed}"
    if receipt.ahead_days:
        words = ngettext(
            "The clock of that computer is {n} day ahead of this one. Set the one that is wrong.",
            "The clock of that computer is {n} days ahead of this one. Set the one that is wrong.",
            receipt.ahead_days,
        )
        yield words.format(n=receipt.ahead_days)
    if arrived.copied:
        yield _("That laptop was copied or restored and counts as a new one now. Ask whether both are still used.")


def aloud_words(digest: str) -> str:
    """The words by which both sides know that they mean the same bundle."""
    from resource_centre.values.spoken_words import spoken

    words = spoken(bytes.fromhex(digest), RECEIPT_WORDS) if digest else ()
    return _("To read aloud: {words}").format(words=" ".join(words))


def six_words(words: Sequence[str]) -> str:
    """The words of a pairing in one line."""
    return "  ".join(f"{place} {word}" for place, word in enumerate(words, start=1))


def changes_words(count: int) -> str:
    """Twelve changes."""
    return ngettext("{n} change", "{n} changes", count).format(n=count)


def number_words(link_no: int, part: int, parts: int) -> str:
    """Number 7, and which of several."""
    if parts == 1:
        return _("number {number}").format(number=link_no)
    return _("number {number}, part {part} of {parts}").format(number=link_no, part=part, parts=parts)


def records_words(counts: Mapping[str, int]) -> str:
    """How many records of each kind."""
    from resource_centre.services.conflict_words import noun_of

    return ", ".join(f"{noun_of(table)} {count}" for table, count in counts.items())


def moment(ms: int) -> str:
    """Milliseconds since 1970 as day and time of this computer; a clock may have been set beyond any calendar."""
    try:
        return f"{dt.datetime.fromtimestamp(ms / 1000).astimezone():%Y-%m-%d %H:%M}"
    except (OverflowError, ValueError, OSError):
        return "?"
