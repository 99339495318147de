# SPDX-License-Identifier: Apache-2.0
"""A closed month on paper: the notice on its first page, later corrections of the months before, the digest."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reportlab.platypus import Flowable, Spacer

from reports.kit import styles
from reports.kit.tables import Column, Row, table
from reports.kit.text import paragraph
from reports.kit.words import long_date, month_name
from reports.monthly.adjustments import Adjustment, Corrections
from reports.monthly.counts import BySex
from reports.monthly.figures import MonthlyFigures
from reports.monthly.handed_over import HandedOver
from reports.monthly.headline import Value
from reports.monthly.tables import difference_words, figure_words
from reports.monthly.words import INDICATORS, INSET
from resource_centre.i18n import _
from resource_centre.services.kept_figures import SHOWN
from resource_centre.services.month_reports import KeptMonth

Section = Callable[..., list[Flowable]]


def notice(figures: MonthlyFigures, language: str) -> Iterator[Flowable]:
    """Under the title: that the month was handed over, and whether its figures still are those of then."""
    given = figures.closing.handed_over if figures.closing is not None else None
    if given is None:
        return
    style = styles.TERM_STYLE if given.state == "restated" else styles.NOTE_STYLE
    yield paragraph(notice_words(given, language), style)
    if given.differs:
        yield paragraph(differs_words(unreadable=given.state == "unreadable"), styles.TERM_STYLE)
    yield Spacer(1, styles.STEP * 0.75)


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


def corrections_section(figures: MonthlyFigures, language: str, section: Section) -> list[Flowable]:
    """What has changed in months that were handed over before; one sentence when nothing has."""
    if figures.closing is None:
        return []
    found = figures.closing.corrections
    return section("", _("Later corrections"), *_corrections(found, language))


def digest_sentence(figures: MonthlyFigures) -> str:
    """The foot of the report: by which its figures are known again."""
    digest = figures.closing.digest if figures.closing is not None else ""
    return _("Digest of the figures (SHA-256): {digest}.").format(digest=digest[:SHOWN])


def _corrections(found: Corrections, language: str) -> Iterator[Flowable]:
    if not found.months:
        yield _note(_("No report of an earlier month of this year was handed over."))
        return
    for one in found.months:
        yield _note(_month_words(one, language))
    if not found.adjustments:
        yield _note(_("Nothing has changed in these months since."))
        return
    yield _table(found, language)
    yield _note(_("A month's own figures, as the records stand today. The year and project above count them in full."))


def _month_words(one: KeptMonth, language: str) -> str:
    facts = {"month": month_name(one.month, language), "day": long_date(one.reported_on, language)}
    if one.figures is None and one.differs:
        words = _("{month}: handed over on {day}. {why}").format(**facts, why=differs_words(unreadable=True))
    elif one.figures is None:
        words = _("{month}: handed over on {day}, before figures were kept; it cannot be compared.").format(**facts)
    else:
        digest = (one.digest or "")[:SHOWN]
        words = _("{month}: handed over on {day}, digest {digest}.").format(**facts, digest=digest)
        words = f"{words} {differs_words(unreadable=False)}" if one.differs else words
    return words


def _table(found: Corrections, language: str) -> Flowable:
    sexes = (_("Men"), _("Women"), _("Not known"))
    change = _("Difference")
    columns = [
        Column("", numeric=False),
        Column(_("Handed over"), width=60),
        Column(_("Today"), width=60, strong=True),
        *(Column(words, group=change) for words in sexes),
        Column(_("Total"), group=change, strong=True),
    ]
    rows: list[Row] = []
    for month in found.months:
        lines = found.of(month.month)
        if lines:
            rows.append(Row((month_name(month.month, language), *[""] * 6), "section"))
            rows += [_row(one, language) for one in lines]
    return table(columns, rows)


def _row(one: Adjustment, language: str) -> Row:
    name = _(INDICATORS.get(one.indicator, one.indicator))
    was, now = (figure_words(value, one.unit, language) for value in (one.was, one.now))
    return Row(
        (name, was, now, *_by_sex(one, language), _change(one.was, one.now, one.unit, language)),
        indent=1 + int(one.indicator in INSET),
    )


def _by_sex(one: Adjustment, language: str) -> tuple[str, ...]:
    if not isinstance(one.was, BySex) or not isinstance(one.now, BySex):
        return ("", "", "")
    pairs = ((one.was.men, one.now.men), (one.was.women, one.now.women), (one.was.unknown, one.now.unknown))
    return tuple(_change(was, now, one.unit, language) for was, now in pairs)


def _change(was: Value, now: Value, unit: str, language: str) -> str:
    before, today = (value.total if isinstance(value, BySex) else value for value in (was, now))
    return difference_words(None if before is None or today is None else today - before, unit, language)


def _note(words: str) -> Flowable:
    return paragraph(words, styles.NOTE_STYLE)
