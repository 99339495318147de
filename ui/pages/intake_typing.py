# SPDX-License-Identifier: Apache-2.0
"""What is typed into the steps of one person's intake and not saved: one draft for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from resource_centre.services.intake_sections import SECTIONS

if TYPE_CHECKING:
    from ui.pages.intake_view import StepView

REACH = "safe_contact.safe_phone"


class IntakeTyping:
    """Rows are named ``section.field`` in all steps; those of steps nobody has opened yet wait."""

    def __init__(self, views: Mapping[str, StepView]) -> None:
        self._views = views
        self._waiting: dict[str, Any] = {}
        self.telephone = ""
        """A number typed in the search before anybody was registered; the safe contact begins with it."""

    def typed(self) -> dict[str, Any]:
        """Everything typed and not saved."""
        found = dict(self._waiting)
        for view in self._views.values():
            if view.touched:
                found |= view.form.typed()
        return found

    def restore(self, typed: dict[str, Any]) -> None:
        """Put back what `typed` gave."""
        self.take_up(typed)

    def take_up(self, body: dict[str, Any]) -> None:
        """Give a draft to the steps that are there, and keep the rest for when they are opened."""
        self._waiting = {name: said for name, said in body.items() if _step_of(name)}
        for view in list(self._views.values()):
            self.give(view)

    def give(self, view: StepView) -> None:
        """Hand a step what waits for it."""
        mine = {name: said for name, said in self._waiting.items() if name in view.form.rows}
        if self.telephone and REACH in view.form.rows and view.form.rows[REACH].editor.is_empty():
            mine.setdefault(REACH, {"typed": self.telephone})
            self.telephone = ""
        if mine:
            view.form.restore(mine)
            view.touched = True
            self._waiting = {name: said for name, said in self._waiting.items() if name not in mine}

    def drop(self, view: StepView) -> None:
        """This step is saved."""
        self._waiting = {name: said for name, said in self._waiting.items() if name not in view.form.rows}

    def waiting(self) -> set[str]:
        """The steps with something typed that is not saved."""
        return {step for name in self.typed() if (step := _step_of(name))}

    def forget(self) -> None:
        """Somebody else's intake is opened."""
        self._waiting = {}
        self.telephone = ""


def _step_of(name: str) -> str:
    key = name.partition(".")[0]
    return next((one.step for one in SECTIONS if one.key == key), "")
