# SPDX-License-Identifier: Apache-2.0
"""How likely two records are one person, why, and what a scan is doing, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from resource_centre.i18n import N_, _, ngettext
from ui.kit.desk import Desk
from ui.kit.field_words import answer_words
from ui.kit.typed_dates import show_date, show_partial
from ui.pages.home_words import grouped
from ui.pages.wording import village_words

if TYPE_CHECKING:
    from ui.pages.duplicates_store import Compared, PairRow, Who

CERTAIN, VERY_LIKELY, LIKELY = 99, 90, 70
STAGES: Final = {
    "reading": N_("Reading everybody"),
    "candidates": N_("Looking for pairs worth comparing"),
    "comparing": N_("Comparing"),
    "learning": N_("Learning which names are rare here"),
    "grouping": N_("Putting pairs together"),
}


@dataclass(frozen=True)
class Line:
    """A line of the comparison; `name` is the field's when there is something to choose."""

    id: str
    label: str
    a: str
    b: str
    name: str = ""


def likeness_words(score: int) -> str:
    """A score in words and per cent."""
    words = _("perhaps")
    for least, said in ((LIKELY, _("likely")), (VERY_LIKELY, _("very likely")), (CERTAIN, _("nearly certain"))):
        if score >= least:
            words = said
    return f"{words}, {score} %"


def why_words(row: PairRow) -> str:
    """How likely, and why."""
    return f"{likeness_words(row.pair.score).capitalize()}: {', '.join(row.pair.words())}."


def who_words(desk: Desk, who: Who) -> str:
    """Number, birth and village of one of them."""
    home = village_words(desk.places, who.village)
    facts = [who.number or "", show_partial(who.birth) if who.birth else "", home]
    return " · ".join(fact for fact in facts if fact)


def how_many(every: int, shown: int) -> str:
    """How many pairs wait, and of a long list how many are shown."""
    words = ngettext("{n} pair to decide", "{n} pairs to decide", every).format(n=grouped(every)) if every else ""
    if every > shown:
        return _("{pairs}, the {n} likeliest are listed").format(pairs=words, n=grouped(shown))
    return words


def both_words(row: Any) -> str:
    """Both names, or the one they share."""
    return row.a.name if row.a.name == row.b.name else f"{row.a.name} / {row.b.name}"


def numbers_words(row: Any) -> str:
    """Both numbers."""
    return " / ".join(who.number or "–" for who in (row.a, row.b))


def stage_words(stage: str, done: int, every: int) -> str:
    """What a scan is doing and how far it is."""
    words = _(STAGES[stage]) if stage in STAGES else _("Looking through the whole centre")
    if every:
        return _("{stage}: {n} of {every}").format(stage=words, n=grouped(done), every=grouped(every))
    return f"{words}: {grouped(done)}" if done else f"{words}…"


def lines_of(desk: Desk, found: Compared) -> list[Line]:
    """What is compared: what differs first, then what both say, then what each record owns."""
    return [
        *_head(desk, found),
        *_fields(desk, found, differs=True),
        *_fields(desk, found, differs=False),
        *_own(found),
    ]


def _head(desk: Desk, found: Compared) -> Iterator[Line]:
    a, b = found.row.a, found.row.b
    yield Line("number", _("Number"), a.number or "–", b.number or "–")
    homes = [village_words(desk.places, one.village) or "–" for one in (a, b)]
    yield Line("village", _("Village"), *homes)


def _fields(desk: Desk, found: Compared, *, differs: bool) -> Iterator[Line]:
    for one in found.sides.lines:
        nothing = one.a is None and one.b is None
        if one.differs is differs and not nothing:
            left = answer_words(one.field, one.a, one.a_reason, desk.places)
            right = answer_words(one.field, one.b, one.b_reason, desk.places)
            yield Line(one.field.name, one.field.label, left, right, one.field.name if differs else "")


def _own(found: Compared) -> Iterator[Line]:
    from resource_centre.services.conflict_words import noun_of

    for one in found.sides.holdings:
        yield Line(
            f"own {one.noun}", _("Records: {kind}").format(kind=noun_of(one.noun)), grouped(one.a), grouped(one.b)
        )


def on_words(row: Any) -> str:
    """When it was decided."""
    return show_date(row.on) if row.on else ""
