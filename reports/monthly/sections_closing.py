# SPDX-License-Identifier: Apache-2.0
"""A closed month in its report: the notice at its head, later corrections of the months before, the digest."""

from __future__ import annotations

from collections.abc import Iterator

from reports.kit.words import long_date, month_name
from reports.monthly.adjustments import Adjustment, Corrections
from reports.monthly.columns import MEASURED, blanks
from reports.monthly.counts import BySex
from reports.monthly.figures import MonthlyFigures
from reports.monthly.handed_over import HandedOver
from reports.monthly.setting import Setting
from reports.monthly.values import difference_cell, value_cell
from reports.monthly.words import INDICATOR_TERMS, INDICATORS, INSET
from reports.tables.model import Cell, Column, Row, Section, Table
from resource_centre.i18n import _
from resource_centre.services.kept_figures import SHOWN
from resource_centre.services.month_reports import KeptMonth

KEY = "corrections"


def notice(figures: MonthlyFigures, language: str) -> Iterator[str]:
    """Under the title: that the month was handed over, and whether its figures still are those of then."""
    given = figures.closing.handed_over if figures.closing is not None else None
    if given is None:
        return
    yield notice_words(given, language)
    if given.differs:
        yield differs_words(unreadable=given.state == "unreadable")


def notice_words(given: HandedOver, language: str) -> str:
    """The sentence of the first page; the window says the same."""
    day, digest = long_date(given.on, language), (given.digest or "")[:SHOWN]
    if given.state == "restated":
        words = _("Restated: figures have changed since this report was handed over on {day} (digest {digest}).")
        return words.format(day=day, digest=digest)
    if given.state == "same":
        return _("As handed over on {day}, digest {digest}.").format(day=day, digest=digest)
    return _("Handed over on {day}. Its figures of then were not kept and cannot be compared.").format(day=day)


def differs_words(*, unreadable: bool) -> str:
    """What is said when two laptops handed over the same month."""
    if unreadable:
        return _("The kept figures of two laptops differ, and do not fit their digest. They are not used.")
    return _("The kept figures of two laptops differ: both handed this month over. Those with this digest are used.")


def digest_sentence(figures: MonthlyFigures) -> str:
    """The foot of the report: by which its figures are known again."""
    digest = figures.closing.digest if figures.closing is not None else ""
    return _("Digest of the figures (SHA-256): {digest}.").format(digest=digest[:SHOWN])


def corrections_section(figures: MonthlyFigures, setting: Setting) -> Section | None:
    """What has changed in months that were handed over before; one sentence when nothing has."""
    if figures.closing is None:
        return None
    found, heading = figures.closing.corrections, _("Later corrections")
    sentences = tuple(_sentences(found, setting.language))
    if not found.adjustments:
        return Section(KEY, heading, texts=sentences)
    note = _("A month's own figures, as the records stand today. The year and project above count them in full.")
    return Section(KEY, heading, (_table(found, heading, setting.language),), sentences, (note,))


def _sentences(found: Corrections, language: str) -> Iterator[str]:
    if not found.months:
        yield _("No report of an earlier month of this year was handed over.")
        return
    yield from (_month_words(one, language) for one in found.months)
    if not found.adjustments:
        yield _("Nothing has changed in these months since.")


def _month_words(one: KeptMonth, language: str) -> str:
    facts = {"month": month_name(one.month, language), "day": long_date(one.reported_on, language)}
    if one.figures is None and one.differs:
        return _("{month}: handed over on {day}. {why}").format(**facts, why=differs_words(unreadable=True))
    if one.figures is None:
        return _("{month}: handed over on {day}, before figures were kept; it cannot be compared.").format(**facts)
    digest = (one.digest or "")[:SHOWN]
    words = _("{month}: handed over on {day}, digest {digest}.").format(**facts, digest=digest)
    return f"{words} {differs_words(unreadable=False)}" if one.differs else words


def _table(found: Corrections, heading: str, language: str) -> Table:
    change = _("Difference")
    columns = (
        Column("was", _("Handed over"), hxl=f"{MEASURED}+was", width=60),
        Column("now", _("Today"), strong=True, hxl=f"{MEASURED}+now", width=60),
        Column("change.L", _("Men"), change, hxl=f"{MEASURED}+change+m", short=_("M")),
        Column("change.P", _("Women"), change, hxl=f"{MEASURED}+change+f", short=_("W")),
        Column("change.unknown", _("Not known"), change, hxl=f"{MEASURED}+change+i", short=_("N/K")),
        Column("change.total", _("Total"), change, strong=True, hxl=f"{MEASURED}+change"),
    )
    rows: list[Row] = []
    for month in found.months:
        lines = found.of(month.month)
        if lines:
            words = (month_name(month.month, language),)
            rows += [Row(month.month, words, blanks(len(columns)), "section"), *map(_row, lines)]
    return Table(KEY, heading, ("",), columns, tuple(rows), additive=False)


def _row(one: Adjustment) -> Row:
    key, inset = f"{one.month}.{one.indicator}", int(one.indicator in INSET)
    both = (f"{KEY}/{key}/was", f"{KEY}/{key}/now")
    cells = (
        value_cell(one.was, one.unit, one.indicator),
        value_cell(one.now, one.unit, one.indicator),
        *_by_sex(one, both),
        difference_cell(one.was, one.now, one.unit, one.indicator, of=both),
    )
    words = (_(INDICATORS.get(one.indicator, one.indicator)),)
    return Row(key, words, cells, indent=1 + inset, terms=INDICATOR_TERMS.get(one.indicator, ()))


def _by_sex(one: Adjustment, of: tuple[str, ...]) -> tuple[Cell, ...]:
    """Those by sex are never published: what they are differences of stands nowhere."""
    if not isinstance(one.was, BySex) or not isinstance(one.now, BySex):
        return blanks(3)
    pairs = ((one.was.men, one.now.men), (one.was.women, one.now.women), (one.was.unknown, one.now.unknown))
    unseen = (*of, f"{KEY}/none")
    return tuple(difference_cell(was, now, one.unit, one.indicator, of=unseen) for was, now in pairs)
