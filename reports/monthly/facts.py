# SPDX-License-Identifier: Apache-2.0
"""What stands around the tables of a report: its title and period, the place, key figures, definitions, the foot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reports.kit.words import long_date, moment, month_name
from reports.monthly.figures import MonthlyFigures
from reports.monthly.periods import Length, Period
from reports.monthly.sections_closing import digest_sentence, notice
from reports.monthly.sections_frames import frame_definitions
from reports.monthly.sections_headline import KEY_INDICATORS, key_figures
from reports.monthly.setting import Setting
from reports.monthly.words import definitions
from reports.tables.model import Facts
from resource_centre.i18n import N_, _
from resource_centre.places import gazetteer

_TITLES: Final[dict[Length, str]] = {
    "month": N_("Monthly report"),
    "quarter": N_("Quarterly report"),
    "half": N_("Half-yearly report"),
    "year": N_("Annual report"),
    "days": N_("Report"),
}


def facts_of(figures: MonthlyFigures, setting: Setting, *, centre_name: str) -> Facts:
    """The language of the report must be active. `centre_name` overrides the one in the figures."""
    language = setting.language
    every = tuple(figures.span)
    keys = tuple(one.key for one in setting.by_sex)
    return Facts(
        title=_(_TITLES[setting.length]),
        period_words=period_words(figures.month, language),
        first=figures.month.first.isoformat(),
        last=figures.month.last.isoformat(),
        centre_name=centre_name or figures.centre_name,
        language=language,
        scope_words=" · ".join(_scope(figures)),
        place=figures.place,
        fund=figures.fund,
        periods=tuple(
            (one.key, every[one.at].first.isoformat(), every[one.at].last.isoformat()) for one in setting.periods
        ),
        cut_off=figures.cut_off.isoformat(timespec="seconds"),
        version=figures.version,
        marks=tuple(notice(figures, language)),
        foot=tuple(_foot(figures, setting)),
        key_figures=key_figures(figures, setting),
        key_cells=tuple(tuple(f"R1/{code}/{key}.total" for key in keys) for code in KEY_INDICATORS),
        definitions=(*definitions(of_month=setting.length == "month"), *frame_definitions(figures, language)),
    )


def period_words(period: Period, language: str) -> str:
    """The period as it is read: October 2026, Quarter 4 of 2026, 2026, 5 October 2026 to 20 November 2026."""
    year, last = period.last.year, period.last.month
    if period.length == "month":
        return month_name(period.month, language)
    if period.length == "quarter":
        return _("Quarter {n} of {year}").format(n=last // 3, year=year)
    if period.length == "half":
        return (_("First half of {year}") if last <= 6 else _("Second half of {year}")).format(year=year)
    if period.length == "year":
        return str(year)
    return _("{first} to {last}").format(first=long_date(period.first, language), last=long_date(period.last, language))


def _scope(figures: MonthlyFigures) -> Iterator[str]:
    if figures.place is not None:
        yield gazetteer().full_name(figures.place)
    if figures.fund is not None:
        yield _("Project {code}").format(code=figures.fund)


def _foot(figures: MonthlyFigures, setting: Setting) -> Iterator[str]:
    """As of when, since when, and whether the figures agree with one another."""
    language = setting.language
    yield _("Records as of {moment}. Later changes are not in this report.").format(
        moment=moment(figures.cut_off, language)
    )
    since = _("Year from {year}, project from {project}.")
    if figures.project == figures.year:
        since = _("Year from {year}; what is told of the project is counted from the same day.")
    first, begun = (long_date(period.first, language) for period in (figures.year, figures.project))
    yield since.format(year=first, project=begun)
    wrong = sum(not check.holds for check in figures.checks)
    if wrong:
        words = _("{wrong} of {count} sums do not agree with separate counts. Please tell the coordinator.")
        yield words.format(wrong=wrong, count=len(figures.checks))
    else:
        yield _("{count} sums were checked against separate counts, and all agree.").format(count=len(figures.checks))
    yield _("Resource Centre, version {version}.").format(version=figures.version)
    if figures.closing is not None:
        yield digest_sentence(figures)
