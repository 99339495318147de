# SPDX-License-Identifier: Apache-2.0
"""What the answers to one questionnaire come to: before against after, and how each question was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from resource_centre.i18n import _, ngettext
from ui.kit.bar_column import Bars
from ui.kit.desk import Desk
from ui.kit.pieces import GAP, WIDE_GAP, Card, label, row
from ui.kit.table import Column, Rows, RowsView
from ui.pages.questionnaires_counts import (
    AnswerLine,
    QuestionLine,
    Reckoned,
    answer_lines,
    change_words,
    direction_words,
    figure_words,
    interval_words,
    question_lines,
    reckon,
)
from ui.pages.questionnaires_periods import Period
from ui.pages.questionnaires_words import not_read_words
from ui.pages.wording import whole_number

if TYPE_CHECKING:
    from resource_centre.services.scores import Matched, MatchedScale
    from ui.pages.questionnaires_read import LookedAt

LISTS = 330
EDGES = 6


class _Scaled:
    """A line of before against after."""

    def __init__(self, one: MatchedScale) -> None:
        from resource_centre.services.scores import label_of

        self.id, self.one, self.words = one.scale.name, one, label_of(one.scale.label, one.scale.name)


class Figures(QWidget):
    """Read when it is first in sight, and again for another period."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.name = ""
        self._stale = True
        self.period = Period()
        self.said = label("", "muted", wrap=True)
        self.matched = Card(_("Before and after"))
        self.scale_rows = Rows(desk.worker, _scale_columns())
        self.scales = RowsView(self.scale_rows, _("Before and after"))
        self.matched_words, self.caution = label("", wrap=True), label("", "warning", wrap=True)
        self.questions = Rows(desk.worker, _question_columns())
        self.question_list = RowsView(self.questions, _("Questions"))
        self.answers = Rows(desk.worker, self._answer_columns())
        self.answer_list = RowsView(self.answers, _("Answers to the question"), nothing=_("Choose a question."))
        self.wording = label("", "question", wrap=True)
        self.spread = Card(_("Question by question"))
        self._lay_out()
        self.period.chosen.connect(self._read)
        self.question_list.picked.connect(self._show_question)

    def forget(self) -> None:
        """What is shown may have changed."""
        self._stale = True

    def show_questionnaire(self, looked: LookedAt) -> None:
        """Show the figures of one, read anew when they may have changed."""
        if looked.line.id != self.name:
            self.name, self._stale = looked.line.id, True
            for rows in (self.questions, self.answers, self.scale_rows):
                rows.show_rows(())
        hidden = looked.line.answered is None
        self.period.setVisible(not hidden)
        if hidden:
            self.said.setText(not_read_words())
            self.matched.hide()
            self.spread.hide()
        elif self._stale:
            self._stale = False
            self._read()

    def show_reckoned(self, reckoned: Reckoned) -> None:
        """Show what was counted."""
        spread = reckoned.spread
        words = ngettext("{n} complete answer", "{n} complete answers", spread.n).format(n=whole_number(spread.n))
        nobody = _("Nobody has answered it in this time.")
        self.said.setText(_few_words() if spread.suppressed else words if spread.n else nobody)
        self._show_matched(reckoned.matched)
        self.spread.setVisible(bool(spread.questions))
        self.questions.show_rows(question_lines(spread))
        if spread.questions and not self.question_list.currentIndex().isValid():
            self.question_list.selectRow(0)
        self._show_question(self.question_list.current_id() or "")

    # Inside

    def _lay_out(self) -> None:
        self.matched.body.addWidget(self.matched_words)
        self.matched.body.addWidget(self.scales)
        self.matched.body.addWidget(self.caution)
        right = QVBoxLayout()
        right.setSpacing(GAP)
        right.addWidget(self.wording)
        right.addWidget(self.answer_list, 1)
        beside = QHBoxLayout()
        beside.setSpacing(WIDE_GAP)
        beside.addWidget(self.question_list, 5)
        beside.addLayout(right, 6)
        self.spread.body.addLayout(beside)
        for one in (self.question_list, self.answer_list):
            one.setMinimumHeight(LISTS)
        self.answer_list.setItemDelegateForColumn(3, Bars(self.desk.theme, self._share, self._hollow, self.answer_list))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 12, 0, 0)
        inside.setSpacing(WIDE_GAP)
        asked = row(self.period, GAP, self.said)
        asked.setStretch(2, 1)
        inside.addLayout(asked)
        inside.addWidget(self.matched)
        inside.addWidget(self.spread)
        inside.addStretch(1)

    def _read(self) -> None:
        name, days = self.name, self.period.days()
        self.desk.worker.read(
            lambda session: reckon(session, name, days),
            self.show_reckoned,
            what=_("Counting the answers…"),
            replaces="figures",
            owner=self,
        )

    def _show_matched(self, found: Matched) -> None:
        self.matched.setVisible(bool(found.pairs or found.single or found.scales))
        self.matched_words.setText(_pairs_words(found))
        self.scale_rows.show_rows([_Scaled(one) for one in found.scales])
        self.scales.setVisible(bool(found.scales))
        self.scales.setFixedHeight(
            self.scales.horizontalHeader().sizeHint().height()
            + self.scales.verticalHeader().defaultSectionSize() * len(found.scales)
            + EDGES
        )
        self.caution.setText(found.caution)
        self.caution.setVisible(bool(found.caution))

    def _show_question(self, name: str) -> None:
        place = self.questions.position_of(name)
        line: QuestionLine | None = self.questions.row(place) if place >= 0 else None
        self.wording.setText(line.words if line is not None else "")
        self.answers.show_rows(answer_lines(line.counts) if line is not None else ())

    def _answer_columns(self) -> tuple[Column, ...]:
        colours = self.desk.theme

        def tone(one: AnswerLine) -> str:
            return "" if one.plain else colours.colours.muted

        return (
            Column(_("Answer"), lambda one: one.words, tone=tone),
            Column(_("How many"), lambda one: one.number, width=6, right=True, tone=tone),
            Column(_("Share"), lambda one: one.percent(), width=5, right=True, tone=tone),
            Column("", lambda _one: "", width=18),
        )

    def _share(self, place: int) -> float:
        return float(self.answers.row(place).share or 0.0)

    def _hollow(self, place: int) -> bool:
        return not self.answers.row(place).plain


def _pairs_words(found: Matched) -> str:
    pairs = ngettext("{n} person was asked before and after.", "{n} people were asked before and after.", found.pairs)
    once = ngettext("{n} person was asked once.", "{n} people were asked once.", found.single) if found.single else ""
    said = (pairs.format(n=whole_number(found.pairs)), once.format(n=whole_number(found.single)))
    return " ".join(one for one in said if one)


def _few_words() -> str:
    from resource_centre.services.rules import rule

    least = int(rule("least_matched"))
    return _("Fewer than {n} people answered: nothing is shown, so that nobody can be found out.").format(n=least)


def _scale_columns() -> tuple[Column, ...]:
    return (
        Column(_("Figure"), lambda line: line.words),
        Column(_("People"), lambda line: whole_number(line.one.n), width=7, right=True),
        Column(_("Before"), lambda line: figure_words(line.one.before, line.one.scale), width=8, right=True),
        Column(_("After"), lambda line: figure_words(line.one.after, line.one.scale), width=8, right=True),
        Column(_("Difference"), lambda line: change_words(line.one), width=8, right=True),
        Column(_("95% interval"), lambda line: interval_words(line.one), width=20),
        Column(_("In words"), lambda line: direction_words(line.one), width=17),
    )


def _question_columns() -> tuple[Column, ...]:
    return (
        Column(_("Question"), lambda line: line.words),
        Column(_("Answered"), lambda line: whole_number(line.counts.answered), width=8, right=True),
    )
