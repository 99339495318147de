# SPDX-License-Identifier: Apache-2.0
"""What is known of one time of asking before the first question: occasion, day, how; folded away once begun."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resource_centre.i18n import _
from resource_centre.records import Response, fields_of
from ui.kit.editors_codes import choices_of, code_editor
from ui.kit.field_words import answer_words
from ui.kit.form import Form
from ui.kit.pieces import GAP, Card, button, label, row

if TYPE_CHECKING:
    from ui.kit.desk import Desk
    from ui.pages.questionnaire_work import Task

ANY_OCCASION = "any"


class Head(QWidget):
    """The questions about the asking. `begun` comes when the person goes on to the questionnaire itself."""

    begun = Signal()
    edited = Signal()

    def __init__(self, desk: Desk, task: Task) -> None:
        super().__init__()
        self._desk = desk
        fields = {field.name: field for field in fields_of(Response)}
        self.form = Form(desk.places, asks_why=False, label_width=130)
        occasions = [one for one in choices_of("response_occasion") if _is_offered(one[0], task)]
        self.form.add_field(fields["occasion"], code_editor(occasions))
        self.form.add_fields(fields.values(), "asked_on", "mode", "remarks")
        self.form.set_values(dict(task.head))
        self.form.edited.connect(lambda _name: self.edited.emit())
        self.begin_button = button(_("&Begin"), self.begin, role="main", help="Ctrl+Enter")
        self.card = Card(_("About this time of asking"))
        if task.who:
            self.card.body.addWidget(label(task.who, selectable=True))
        self.card.body.addWidget(self.form)
        self.card.body.addSpacing(GAP)
        self.card.body.addLayout(row(self.begin_button, None))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.card)
        inside.addStretch(1)

    def begin(self) -> None:
        """To the questions, unless something here is not understood."""
        if not self.form.show_problems(self.form.not_understood()):
            self.begun.emit()

    def values(self) -> dict[str, Any]:
        """What is said of the asking, as the record names it."""
        return self.form.values()

    def summary(self) -> str:
        """All of it on one line."""
        fields = {field.name: field for field in fields_of(Response)}
        values = self.form.values("occasion", "asked_on", "mode")
        return " · ".join(answer_words(fields[name], value) for name, value in values.items() if value)


def _is_offered(code: str, task: Task) -> bool:
    wanted = (*task.occasions, task.head.get("occasion"), ANY_OCCASION)
    return not task.occasions or code in wanted
