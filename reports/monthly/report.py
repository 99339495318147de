# SPDX-License-Identifier: Apache-2.0
"""From the figures of a period to the whole report: only choosing words and places, nothing is counted here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from reports.book.report import book_sections
from reports.monthly.annex_answers import answers_sections
from reports.monthly.facts import facts_of
from reports.monthly.figures import MonthlyFigures
from reports.monthly.sections_absent import accounted
from reports.monthly.sections_cases import cases_section, plans_section
from reports.monthly.sections_closing import corrections_section
from reports.monthly.sections_frames import frame_sections
from reports.monthly.sections_headline import headline_section, trend_section
from reports.monthly.sections_help import complaints_section, help_section
from reports.monthly.sections_people import (
    ages_section,
    destinations_section,
    flags_section,
    places_section,
    return_types_section,
)
from reports.monthly.sections_profile import (
    client_types_section,
    contacts_section,
    occupations_section,
    regularity_section,
    services_section,
    time_section,
)
from reports.monthly.sections_quality import quality_section
from reports.monthly.sections_savings import goals_section, groups_section
from reports.monthly.sections_surveys import other_surveys_section, survey_section
from reports.monthly.sections_tests import tests_section
from reports.monthly.sections_training import events_section, trainers_section
from reports.monthly.sections_words import narrative_sections
from reports.monthly.sections_work import counselling_section, follow_ups_section, referrals_section
from reports.monthly.setting import Setting, setting_of
from reports.tables.model import Report, Section
from resource_centre.i18n import using


def report_of(figures: MonthlyFigures, language: str, *, centre_name: str = "") -> Report:
    """The report in a language of its own, whatever the screen's is. `centre_name` overrides that of the figures."""
    with using(language):
        setting = setting_of(figures, language)
        told = [section for section in _sections(figures, setting) if section is not None]
        sections = tuple(accounted(told))
        return Report(facts_of(figures, setting, centre_name=centre_name), sections, figures.in_full())


_BUILDERS: Final[tuple[Callable[[MonthlyFigures, Setting], Section | None], ...]] = (
    headline_section,
    trend_section,
    ages_section,
    contacts_section,
    places_section,
    client_types_section,
    return_types_section,
    destinations_section,
    occupations_section,
    regularity_section,
    time_section,
    flags_section,
    services_section,
    cases_section,
    plans_section,
    counselling_section,
    follow_ups_section,
    survey_section,
    other_surveys_section,
    referrals_section,
    complaints_section,
    help_section,
    events_section,
    tests_section,
    goals_section,
    groups_section,
    trainers_section,
    quality_section,
    corrections_section,
)
"""In the order of the report; each gives nothing where this centre has nothing of the kind."""


def _sections(figures: MonthlyFigures, setting: Setting) -> Iterator[Section | None]:
    yield from (builder(figures, setting) for builder in _BUILDERS)
    yield from frame_sections(figures, setting)
    yield from book_sections(figures.book, setting.language)
    yield from narrative_sections(figures, setting)
    yield from answers_sections(figures, setting)
