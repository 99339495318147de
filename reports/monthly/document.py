# SPDX-License-Identifier: Apache-2.0
"""A month's figures on A4: what a coordinator signs. The paper's language is its own, whatever the screen's is."""

from __future__ import annotations

from collections.abc import Callable, Sized
from pathlib import Path

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, PageBreak, Spacer

from reports.kit import styles
from reports.kit.charts import ChartDrawing, plan_chart
from reports.kit.fonts import register
from reports.kit.pages import PageSetup, write_pages
from reports.kit.signatures import Signatures
from reports.kit.text import paragraph
from reports.kit.title import KeyFigures, TitleBlock
from reports.kit.words import long_date, moment, month_name, number, short_month
from reports.monthly.case_sections import CaseSections
from reports.monthly.closing_sections import corrections_section, digest_sentence, notice
from reports.monthly.counts import BySex
from reports.monthly.figures import MonthlyFigures
from reports.monthly.group_tables import group_section
from reports.monthly.headline import Value
from reports.monthly.household_tables import goals_section
from reports.monthly.narrative_sections import narrative_sections, under_targets
from reports.monthly.survey_sections import SurveySections
from reports.monthly.tables import Tables
from reports.monthly.training_sections import trainers_section, training_sections
from reports.monthly.words import (
    NO_SESSION,
    NOBODY_REGISTERED,
    NOBODY_SERVED,
    definitions,
)
from reports.tables.model import Chart, ChartSeries
from resource_centre.i18n import _, using

KEY_INDICATORS = ("persons_served", "returnees_registered", "counselling_sessions", "training_participants")
Progress = Callable[[str], None]
_CHART_HEIGHT = 110.0
_ABOVE = styles.STEP * 1.4
"""White above a section."""
_UNBROKEN = 0.45
"""A table lower than this share of the page moves to the next page rather than being broken."""


def draw_monthly_report(
    figures: MonthlyFigures,
    path: Path,
    *,
    language: str,
    centre_name: str = "",
    progress: Progress = lambda _stage: None,
) -> Path:
    """Write the report to `path`, whole or not at all; raises `EnvironmentFailed` when the disk says no.

    `centre_name` overrides the one in the figures. `progress` is told each stage.
    """
    register()
    name = centre_name or figures.centre_name
    with using(language):
        progress("draw")
        title = f"{_('Monthly report')} · {month_name(figures.month.month, language)}"
        setup = PageSetup(title=title, centre_name=name, language=language, mark=_("CONFIDENTIAL"))
        story = _story(figures, language, name)
        progress("write")
        return write_pages(path, story, setup)


def _story(figures: MonthlyFigures, language: str, name: str) -> list[Flowable]:
    tables = Tables(figures, language)
    work = CaseSections(figures, tables, language, _section)
    asked = SurveySections(figures.surveys, language, _section)
    parts: list[Flowable] = [
        TitleBlock(_("Monthly report"), month_name(figures.month.month, language), name),
        *notice(figures, language),
        KeyFigures(_key_figures(figures, language)),
        *_section("R1", _("The month in figures"), *_headline(tables, figures, asked, language)),
        *_section("", _("People served, month by month"), _chart(figures, language)),
        *_section("R2", _("New and returning people by age"), _or(figures.ages, tables.ages, NOBODY_SERVED)),
        *_section("R4", _("People served by place"), _or(figures.places, tables.places, NOBODY_SERVED)),
        *_section("R6", _("Returnees registered, by kind of return"), _return_types(tables, figures)),
        *_section("R7", _("Returnees registered, by country"), _destinations(tables, figures)),
        *work.flags(),
        *work.cases(),
        *_section("R15", _("Counselling sessions"), _counselling(tables, figures)),
        *work.follow_ups(),
        *asked.figures(),
        *work.referrals(),
        *work.complaints(),
        *work.help(),
        *training_sections(figures, language, _section),
        *goals_section(figures.savings_goals, language, _section),
        *group_section(figures.savings_groups, language, _section),
        *trainers_section(figures, language, _section),
        *corrections_section(figures, language, _section),
        *narrative_sections(figures, _section),
        PageBreak(),
        *_definitions(),
        *_about(figures, language),
        KeepTogether([Spacer(1, styles.STEP * 2), Signatures((_("Prepared by"), _("Checked by"), _("Approved by")))]),
        *asked.annex(),
    ]
    return parts


def _headline(tables: Tables, figures: MonthlyFigures, asked: SurveySections, language: str) -> list[Flowable]:
    drawn: list[Flowable] = [*tables.headline()]
    if tables.shortened:
        drawn.append(paragraph(_("M: men. W: women. N/K: not known."), styles.NOTE_STYLE))
    return [*drawn, *under_targets(figures, language), *asked.under_headline()]


def _section(number_: str, heading: str, *parts: Flowable) -> list[Flowable]:
    """A heading with what follows it: a short table or a chart is not broken, a long one begins with some rows."""
    opening = [(number_, styles.LABEL_STYLE)] if number_ else []
    words = [*opening, (heading, styles.HEADING_STYLE)]
    height = sum(part.wrap(styles.CONTENT_WIDTH, styles.PAGE[1])[1] for part in parts)
    together = height if height < styles.PAGE[1] * _UNBROKEN else styles.STEP * 11
    needed = together + sum(style.leading for _text, style in words) + _ABOVE + styles.STEP / 2
    first, *rest = (paragraph(text, style) for text, style in words)
    # Space before is left out at the head of a page; a spacer would not be.
    first.spaceBefore = _ABOVE
    return [CondPageBreak(needed), first, *rest, *parts]


def _key_figures(figures: MonthlyFigures, language: str) -> list[tuple[str, str, str]]:
    """Per figure: its number in the month, its name, and the year so far."""
    from reports.monthly.words import INDICATORS

    found = []
    for code in KEY_INDICATORS:
        indicator = figures.indicator(code)
        month, year = (number(_whole(value), language) for value in (indicator.month, indicator.year))
        found.append((month, _(INDICATORS[code]), _("{count} this year").format(count=year)))
    return found


def _whole(value: Value) -> float | None:
    return value.total if isinstance(value, BySex) else value


def _chart(figures: MonthlyFigures, language: str) -> Flowable:
    labels = tuple(short_month(point.month, language) for point in figures.trend)
    series = (
        ChartSeries(_("Returning"), tuple(point.returning.total for point in figures.trend)),
        ChartSeries(_("New"), tuple(point.new.total for point in figures.trend)),
    )
    chart = Chart("trend", _("People served, month by month"), labels, series, strong=len(labels) - 1)
    return ChartDrawing(plan_chart(chart, language=language, width=styles.CONTENT_WIDTH, height=_CHART_HEIGHT))


def _or(found: Sized, draw: Callable[[], Flowable], otherwise: str) -> Flowable:
    """The table, or a sentence where there is nothing to put into it."""
    return draw() if found else paragraph(_(otherwise), styles.NOTE_STYLE)


def _return_types(tables: Tables, figures: MonthlyFigures) -> Flowable:
    found = figures.return_types
    return _or(found, lambda: tables.by_code(_("Kind of return"), found, "return_type"), NOBODY_REGISTERED)


def _destinations(tables: Tables, figures: MonthlyFigures) -> Flowable:
    found = figures.destinations
    return _or(found, lambda: tables.by_code(_("Country"), found, "country"), NOBODY_REGISTERED)


def _counselling(tables: Tables, figures: MonthlyFigures) -> Flowable:
    found = figures.counselling
    return _or(range(found.held[-1] + found.missed[-1]), tables.counselling, NO_SESSION)


def _definitions() -> list[Flowable]:
    parts: list[Flowable] = [paragraph(_("Definitions"), styles.HEADING_STYLE), Spacer(1, styles.STEP / 2)]
    for _key, term, words in definitions():
        parts.append(KeepTogether([paragraph(term, styles.TERM_STYLE), paragraph(words, styles.BODY_STYLE)]))
    return parts


def _about(figures: MonthlyFigures, language: str) -> list[Flowable]:
    wrong = [check for check in figures.checks if not check.holds]
    checked = (
        _("{count} sums were checked against separate counts, and all agree.").format(count=len(figures.checks))
        if not wrong
        else _("{wrong} of {count} sums do not agree with separate counts. Please tell the coordinator.").format(
            wrong=len(wrong), count=len(figures.checks)
        )
    )
    sentences = [
        _("Records as of {moment}. Later changes are not in this report.").format(
            moment=moment(figures.cut_off, language)
        ),
        _("Year from {year}, project from {project}.").format(
            year=long_date(figures.year.first, language), project=long_date(figures.project.first, language)
        ),
        checked,
        _("Resource Centre, version {version}.").format(version=figures.version),
        *([digest_sentence(figures)] if figures.closing is not None else []),
    ]
    return [Spacer(1, styles.STEP), *(paragraph(sentence, styles.NOTE_STYLE) for sentence in sentences)]
