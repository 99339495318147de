# SPDX-License-Identifier: Apache-2.0
"""What was written to a month, as sections of its report; of a longer period, month by month."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reports.kit.words import month_name
from reports.monthly.figures import MonthlyFigures
from reports.monthly.setting import Setting
from reports.tables.model import Section
from resource_centre.i18n import N_, _

HEADINGS: Final = {
    "achievements": N_("Achievements"),
    "challenges": N_("Challenges"),
    "story": N_("A story"),
    "next_plan": N_("Plan for the next month"),
}


def narrative_sections(figures: MonthlyFigures, setting: Setting) -> Iterator[Section]:
    """A section for each kind of text that was written."""
    for name, heading in HEADINGS.items():
        told = {month: texts[name] for month, texts in figures.narratives.items() if texts.get(name)}
        alone = setting.length == "month"
        texts = tuple(
            text if alone else f"{month_name(month, setting.language)}: {text}" for month, text in told.items()
        )
        notes = (_("Told with consent. Details are changed."),) if name == "story" else ()
        if texts:
            yield Section(name, _(heading), texts=texts, notes=notes, narrative=True)
