# SPDX-License-Identifier: Apache-2.0
"""The sections of training in the month's report: events, tests before and after, trainers."""

from __future__ import annotations

from collections.abc import Callable

from reportlab.platypus import Flowable, KeepTogether, Spacer

from reports.kit import styles
from reports.kit.text import paragraph
from reports.monthly.figures import MonthlyFigures
from reports.monthly.training import Training
from reports.monthly.training_tables import TrainingTables
from reports.monthly.words import NO_EVENT, NOBODY_TRAINED
from resource_centre.i18n import _
from resource_centre.services.rules import rule

Section = Callable[..., list[Flowable]]


def training_sections(figures: MonthlyFigures, language: str, section: Section) -> list[Flowable]:
    """R20 and R21; the language must be active."""
    tables = TrainingTables(language)
    return [*_events(figures, tables, section), *_gains(figures, tables, section)]


def trainers_section(figures: MonthlyFigures, language: str, section: Section) -> list[Flowable]:
    """R23 of a centre that keeps trainers; the language must be active."""
    return _trainers(figures, TrainingTables(language), section)


def _events(figures: MonthlyFigures, tables: TrainingTables, section: Section) -> list[Flowable]:
    held = (figures.training_month, figures.training_year, figures.training_project)
    if not held[-1].events:
        return section("R20", _("Training events"), paragraph(_(NO_EVENT), styles.NOTE_STYLE))
    note = _("Reach is an estimate of who heard or saw something. It is no number of participants or of people served.")
    return section(
        "R20", _("Training events"), tables.events(*held), Spacer(1, styles.STEP), tables.besides(*held),
        paragraph(note, styles.NOTE_STYLE),
    )  # fmt: skip


def _gains(figures: MonthlyFigures, tables: TrainingTables, section: Section) -> list[Flowable]:
    month = _tests(_("In the month"), tables, figures.training_month)
    year = _tests(_("In the year so far"), tables, figures.training_year)
    heading = _("Tests before and after training")
    return [
        *section("R21", heading, Spacer(1, styles.STEP / 3), *month),
        KeepTogether([Spacer(1, styles.STEP), *year]),
    ]


def _tests(period: str, tables: TrainingTables, trained: Training) -> list[Flowable]:
    gain = trained.all_gain
    parts: list[Flowable] = [paragraph(period, styles.TERM_STYLE)]
    if not gain.pairs + gain.untested:
        return [*parts, paragraph(_(NOBODY_TRAINED), styles.NOTE_STYLE)]
    shown = trained.shown_gains
    parts.append(tables.gains(shown))
    if any(line.gain.hidden for line in shown):
        few = _(
            "No mean is printed of fewer than {least} pairs, nor of a line from which such a one could be reckoned."
        )
        parts.append(paragraph(few.format(least=int(rule("least_matched"))), styles.NOTE_STYLE))
    return parts


def _trainers(figures: MonthlyFigures, tables: TrainingTables, section: Section) -> list[Flowable]:
    found = figures.trainers
    if not found.known:
        return []
    levels: list[Flowable] = [tables.levels(found.cascade)] if found.cascade.levels else []
    parts = section("R23", _("Trainers and whom they reach"), *levels)
    if found.cascade.generations:
        words = _("Whom each generation has reached, in the project so far")
        reached = [Spacer(1, styles.STEP), paragraph(words, styles.TERM_STYLE), tables.generations(found.cascade)]
        parts.append(KeepTogether(reached))
    return parts
