# SPDX-License-Identifier: Apache-2.0
"""What was written to the month, as sections of its report, and what must stand under its targets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from reportlab.platypus import Flowable

from reports.kit import styles
from reports.kit.text import LACKING, paragraph, plain, printable
from reports.monthly.figures import MonthlyFigures
from reports.monthly.tables import target_words
from reports.monthly.words import INDICATORS
from resource_centre.i18n import N_, _

Section = Callable[..., list[Flowable]]

HEADINGS: Final = {
    "achievements": N_("Achievements"),
    "challenges": N_("Challenges"),
    "story": N_("A story"),
    "next_plan": N_("Plan for the next month"),
}


def narrative_sections(figures: MonthlyFigures, section: Section) -> list[Flowable]:
    """A section for each text; a line break begins a paragraph, and nothing in it is obeyed as markup."""
    drawn: list[Flowable] = []
    for name, text in figures.narrative.items():
        drawn += section("", _(HEADINGS[name]), *_paragraphs(name, text))
    return drawn


def under_targets(figures: MonthlyFigures, language: str) -> Iterator[Flowable]:
    """How the last column is to be read, and targets of what the report does not show yet."""
    if any(line.difference is not None for line in figures.targets):
        yield _note(
            _("Reached, with a sign: above or below the target. Of means, shares and what is counted on one day.")
        )
    shown = {indicator.code for indicator in figures.indicators}
    waiting = [
        f"{_(INDICATORS[line.code])} ({target_words(line, line.target, language)})"
        for line in figures.targets
        if line.code not in shown
    ]
    if waiting:
        yield _note(_("Targets of which there are no figures yet: {names}.").format(names=", ".join(waiting)))


def _paragraphs(name: str, text: str) -> Iterator[Flowable]:
    if name == "story":
        yield _note(_("Told with consent. Details are changed."))
    lines = [printable(line) for line in map(plain, text.splitlines()) if line]
    yield from (paragraph(line, styles.BODY_STYLE) for line in lines)
    if any(LACKING in line for line in lines):
        yield _note(_("{sign} stands for characters that cannot be printed.").format(sign=LACKING))


def _note(words: str) -> Flowable:
    return paragraph(words, styles.NOTE_STYLE)
