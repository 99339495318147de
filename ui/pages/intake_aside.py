# SPDX-License-Identifier: Apache-2.0
"""Beside the intake: who may be the same person, and what is still missing, both without getting in the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from resource_centre.i18n import _, ngettext
from ui.kit.pieces import GAP, WIDE_GAP, Card, button, empty, label
from ui.kit.places import Places
from ui.pages.wording import age_or_standing, term

if TYPE_CHECKING:
    from resource_centre.services.duplicates import Likeness

WIDTH = 220
MOST_MISSING = 9


class IntakeAside(QWidget):
    """Two quiet cards."""

    def __init__(self, places: Places, open_person: Callable[[str], None], lead_to: Callable[[str], None]) -> None:
        super().__init__()
        self._places = places
        self._open_person = open_person
        self._lead_to = lead_to
        self.setFixedWidth(WIDTH)
        self.alike = Card(_("Known already?"))
        self.missing = Card(_("Still missing"))
        self._alike_list = QVBoxLayout()
        self._alike_list.setSpacing(GAP)
        self._missing_list = QVBoxLayout()
        self._missing_shown: tuple[list[tuple[str, str]], bool] | None = None
        self._missing_list.setSpacing(0)
        self.alike.body.addLayout(self._alike_list)
        self.missing.body.addLayout(self._missing_list)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(WIDE_GAP)
        inside.addWidget(self.alike)
        inside.addWidget(self.missing)
        inside.addStretch(1)
        self.show_alike(())

    @staticmethod
    def width_wanted() -> int:
        """Its width and the room of a scroll bar."""
        return WIDTH + 16

    def show_alike(self, found: Sequence[Likeness]) -> None:
        """Show who may be the same person, each with the reasons and a way to open them."""
        empty(self._alike_list)
        if not found:
            words = label(_("While you type, people who may be the same appear here."), "help", wrap=True)
            self._alike_list.addWidget(words)
        for person in found:
            self._alike_list.addWidget(self._card(person))

    def show_missing(self, missing: list[tuple[str, str]], *, registered: bool) -> None:
        """Show which answers a complete intake still wants of this step (name and words); pressing one leads there."""
        if self._missing_shown == (missing, registered):  # asked at every key; the same list need not be built anew
            return
        self._missing_shown = (list(missing), registered)
        empty(self._missing_list)
        if not missing:
            words = _("Nothing in this step.") if registered else _("Nothing. You can save.")
            self._missing_list.addWidget(label(words, "help", wrap=True))
        for name, words in missing[:MOST_MISSING]:
            self._missing_list.addWidget(
                button(words, lambda name=name: self._lead_to(name), role="link")  # type: ignore[misc]
            )
        more = len(missing) - MOST_MISSING
        if more > 0:
            self._missing_list.addWidget(label(ngettext("and {n} more", "and {n} more", more).format(n=more), "help"))

    def _card(self, person: Likeness) -> QWidget:
        box = QWidget()
        inside = QVBoxLayout(box)
        inside.setContentsMargins(0, 0, 0, GAP)
        inside.setSpacing(2)
        name = label(person.full_name, wrap=True)
        name.setStyleSheet("font-weight: 700;")
        age = age_or_standing(person.birth_date, person.standing)
        facts = (person.number, term("sex", person.sex), age, self._village(person))
        inside.addWidget(name)
        inside.addWidget(label(" · ".join(fact for fact in facts if fact), "help", wrap=True))
        inside.addWidget(label(_("{reasons}.").format(reasons=", ".join(person.words())), "warning", wrap=True))
        same = button(
            _("Same person: open"),
            lambda: self._open_person(person.person_id),
            name=_("Same person: open {name}").format(name=person.full_name),
        )
        inside.addWidget(same)
        return box

    def _village(self, person: Likeness) -> str:
        gazetteer = self._places.gazetteer
        return gazetteer.name(person.village_code) if gazetteer is not None and person.village_code else ""
