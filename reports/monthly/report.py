# SPDX-License-Identifier: Apache-2.0
"""From the figures of a period to the whole report: only choosing words and places, nothing is counted here."""

from __future__ import annotations

from collections.abc import Iterator

from reports.monthly.facts import facts_of
from reports.monthly.figures import MonthlyFigures
from reports.monthly.sections_headline import headline_section, trend_section
from reports.monthly.sections_people import (
    ages_section,
    destinations_section,
    flags_section,
    places_section,
    return_types_section,
)
from reports.monthly.setting import Setting, setting_of
from reports.tables.model import Report, Section
from resource_centre.i18n import using


def report_of(figures: MonthlyFigures, language: str, *, centre_name: str = "") -> Report:
    """The report in a language of its own, whatever the screen's is. `centre_name` overrides that of the figures."""
    with using(language):
        setting = setting_of(figures, language)
        sections = tuple(section for section in _sections(figures, setting) if section is not None)
        return Report(facts_of(figures, setting, centre_name=centre_name), sections, figures.in_full())


def _sections(figures: MonthlyFigures, setting: Setting) -> Iterator[Section | None]:
    """In the order of the report; None for what this centre has nothing of."""
    yield headline_section(figures, setting)
    yield trend_section(figures, setting)
    yield ages_section(figures, setting)
    yield places_section(figures, setting)
    yield return_types_section(figures, setting)
    yield destinations_section(figures, setting)
    yield flags_section(figures, setting)
