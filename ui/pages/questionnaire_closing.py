# SPDX-License-Identifier: Apache-2.0
"""After the last question: what the form itself says, its scores with their caution, and the paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from resource_centre.i18n import _
from resource_centre.questionnaires.form import Question
from ui.kit.pieces import WIDE_GAP, Card, button, label, row
from ui.kit.questions_answers import show_number

if TYPE_CHECKING:
    from ui.kit.questions_filling import Filling
    from ui.pages.questionnaire_work import Ended

Act = Callable[[], object]


class Closing(QWidget):
    """Say what came of it; `done` leaves, `again` shows the answers, `paper` prints them."""

    def __init__(self, filling: Filling, ended: Ended, done: Act, again: Act | None, paper: Act | None) -> None:
        super().__init__()
        self.done_button = button(_("&Done"), done, role="main")
        buttons = [self.done_button]
        if paper is not None:
            buttons.append(button(_("&Print…"), paper))
        if again is not None:
            buttons.append(button(_("Look at the answers"), again))
        card = Card(_("Finished"))
        card.body.setSpacing(10)
        answered, asked = filling.live.progress()
        said = _("The answers are saved: {n} of {all} questions have one.").format(n=answered, all=asked)
        card.body.addWidget(label(said, wrap=True))
        if ended.screened:
            card.body.addWidget(label(ended.screened, "heading", wrap=True))
        for words, role in said_at_the_end(filling):
            card.body.addWidget(label(words, role, wrap=True, selectable=True))
        for words, role in ended.scores:
            card.body.addWidget(label(words, role, wrap=True, selectable=True))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(WIDE_GAP)
        inside.addWidget(card)
        inside.addLayout(row(*buttons, None))
        inside.addStretch(1)


def said_at_the_end(filling: Filling) -> list[tuple[str, str]]:
    """The notes that stand after the last question or hold a result, and what the form works out under a name."""
    live = filling.live
    found: list[tuple[str, str]] = []
    for place in live.places():
        item = live.item(place)
        if not isinstance(item, Question) or not live.state(place).relevant:
            continue
        if item.kind == "note":
            result = any("<output" in text for text in item.label.values())
            found.append((filling.words(place), "" if result else "aside"))
        elif item.kind == "calculate" and any(item.label.values()) and (value := live.state(place).value):
            found.append((f"{filling.words(place)}: {show_number(value)}", ""))
        elif item.asked:
            found = [one for one in found if one[1] != "aside"]
    return [(words, "" if role == "aside" else role) for words, role in found if words]
