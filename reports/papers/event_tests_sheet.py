# SPDX-License-Identifier: Apache-2.0
"""Tests and evaluation forms of an event drawn, each participant's on pages of their own; and the key to the tests."""

from __future__ import annotations

from dataclasses import replace

from reportlab.platypus import Flowable, PageBreak

from reports.kit import styles
from reports.kit.layout import space
from reports.kit.tables import Column, Row, table
from reports.kit.text import paragraph
from reports.papers.event import head_facts
from reports.papers.event_tests import AnswerKey, AskedForm, EventForms, SheetFor
from reports.papers.frame import FormHead, draw_paper, subheading
from reports.papers.pieces import Facts, Ticks
from reports.papers.questionnaire_sheet import questions
from resource_centre.i18n import _


def draw_event_forms(paper: EventForms) -> bytes:
    """The PDF of all sheets, in the order of the attendance sheet."""
    return draw_paper(paper.heading, lambda: _story(paper), foot=paper.occasion)


def draw_answer_key(paper: AnswerKey) -> bytes:
    """The PDF of the key, for the trainer's hand only."""
    return draw_paper(paper.heading, lambda: _key(paper), mark="")


def _story(paper: EventForms) -> list[Flowable]:
    story: list[Flowable] = []
    for sheet in paper.sheets:
        for form in paper.forms:
            story += [PageBreak()] if story else []
            story += _sheet(paper, sheet, form)
    return story


def _sheet(paper: EventForms, sheet: SheetFor, form: AskedForm) -> list[Flowable]:
    title = f"{paper.occasion} · {form.title}" if paper.occasion else form.title
    return [
        FormHead(replace(paper.heading, title=title), coded=not paper.occasion),
        *_whose(paper, sheet),
        space(0.2),
        *questions(form.items, blank=False),
        paragraph(form.version, styles.NOTE_STYLE),
    ]


def _whose(paper: EventForms, sheet: SheetFor) -> list[Flowable]:
    if not paper.occasion:
        without = paragraph(_("Without a name: say freely what you think."), styles.NOTE_STYLE)
        return [Facts(head_facts(paper.event), columns=2), without]
    facts = [
        (_("Name"), sheet.name),
        (_("Line on the attendance sheet"), str(sheet.line)),
        (_("Date"), ""),
    ]
    return [Facts(facts, columns=3, fill=True), Ticks([(_("Read aloud"), False)], size=styles.SMALL.size + 0.6)]


def _key(paper: AnswerKey) -> list[Flowable]:
    lead = _("For the trainer. Keep it apart from the test sheets.")
    story: list[Flowable] = [FormHead(paper.heading, lead), Facts(head_facts(paper.event), columns=2)]
    for test in paper.tests:
        columns = [
            Column("", width=16),
            Column(_("Question"), numeric=False),
            Column(_("Right answer"), numeric=False, strong=True),
            Column(_("Difficulty"), numeric=False, width=56),
        ]
        rows = [Row((one.number, one.question, one.answer, one.difficulty)) for one in test.lines]
        story += [*subheading(test.title), table(columns, rows), paragraph(test.version, styles.NOTE_STYLE)]
    return story
