# SPDX-License-Identifier: Apache-2.0
"""The screening as a quiet conversation: asked in private and with agreement, stopped at any time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.records import ExploitationScreening, fields_of
from ui.kit.desk import Desk
from ui.kit.form import Form
from ui.kit.pieces import button, label
from ui.pages.record_form import RecordForm

LABEL_WIDTH = 230
AGREED = "agreed_to_talk"


class ScreeningForm(Form):
    """Whether they agree first; the seven questions only then; the eleven indicators when somebody asks for them."""

    def __init__(self) -> None:
        from resource_centre.services.screening import questions

        super().__init__(label_width=LABEL_WIDTH)
        described = {field.name: field for field in fields_of(ExploitationScreening)}
        self.parts = {part: [one.name for one in questions() if one.part == part] for part in ("quick", "ilo")}
        self.add_fields(described.values(), AGREED)
        self.add_fields(described.values(), *self.parts["quick"])
        self.more = button(_("Show the eleven indicators of forced labour"), self.show_indicators, role="link")
        self._inside.addWidget(self.more)
        self.add_fields(described.values(), *self.parts["ilo"])
        self.add_fields(described.values(), "remarks")
        self.asks_all = False
        self.edited.connect(lambda _name: self.show_what_is_asked())
        self.show_what_is_asked()

    def show_indicators(self) -> None:
        """Ask for these too."""
        self.asks_all = True
        self.show_what_is_asked()
        first = self.parts["ilo"][0]
        self.lead_to(first)
        QTimer.singleShot(0, self, lambda: self.bring_in_sight(first))  # its place is known in the next round

    def restore(self, typed: dict[str, Any]) -> None:
        """A draft brings the questions it answers with it."""
        super().restore(typed)
        self.asks_all = self.asks_all or not set(self.parts["ilo"]).isdisjoint(typed)
        self.show_what_is_asked()

    def show_what_is_asked(self) -> None:
        """Nothing but the first question until somebody agrees; an answer given before is taken out of sight only."""
        agreed = self.editor(AGREED).value() is True
        for name in (*self.parts["quick"], "remarks"):
            self.rows[name].setVisible(agreed)
        for name in self.parts["ilo"]:
            self.rows[name].setVisible(agreed and self.asks_all)
        self.more.setVisible(agreed and not self.asks_all)

    def answers(self) -> tuple[dict[str, Any], dict[str, str]]:
        """The answers and the reasons for none; of somebody who does not agree nothing is kept but that."""
        if self.editor(AGREED).value() is True:
            return self.values(), self.unanswered()
        return self.values(AGREED), self.unanswered(AGREED)


def screening_form(
    desk: Desk, person_id: str, saved: Callable[[Any], None], cancelled: Callable[[], None]
) -> RecordForm:
    """The form for one person; `saved` gets what it comes to."""
    form = ScreeningForm()

    def write(_form: Form) -> Callable[[Any], Any]:
        from resource_centre.services.screening import screen

        values, why = form.answers()
        return lambda session: screen(session, person_id, values, why, on=today())

    made = RecordForm(
        desk, _("Screening"), form, name="screening", record_id=person_id, write=write, saved=saved, cancelled=cancelled
    )
    inside = made.layout()
    if isinstance(inside, QVBoxLayout):
        for place, line in enumerate((*_rules(), hotline_line()), start=1):
            inside.insertWidget(place, line)
    return made


def _rules() -> list[QWidget]:
    return [
        label(_("Only in private, only if the person wants to. Any question may be left out. Stop when it is too much: "
                "what was said so far can be saved."), wrap=True),
        label(_("Only the protection officer reads the answers. You see whether to refer."), "muted", wrap=True),
    ]  # fmt: skip


def hotline_line() -> QWidget:
    """Numbers for somebody in danger, with a warning as long as nobody has called them."""
    from resource_centre.services.screening import hotlines

    numbers = ", ".join(f"{one.name} {one.number}" for one in hotlines())
    words = [_("If there is danger now: {numbers}.").format(numbers=numbers)]
    if any(one.verified != "yes" for one in hotlines()):
        words.append(_("These numbers have not been checked yet; call them once yourself."))
    return label(" ".join(words), "warning", wrap=True, selectable=True)
