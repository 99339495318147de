# SPDX-License-Identifier: Apache-2.0
"""The form for village registration on telephones: for which villages, saved as a file, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.editors import Editor
from ui.kit.editors_place import PlacesEditor
from ui.kit.form import Form
from ui.kit.form_row import FormRow
from ui.kit.pieces import button, label, steps
from ui.kit.places import Places
from ui.kit.saving_files import ask_where, save_whole
from ui.pages.exchange_receipts import Sheet

DRAFT: Final = "phone_form"


class OwnVillages(Editor):
    """The villages of an account that is bound to some: a tick each, the value is the codes that are ticked."""

    def __init__(self, places: Places, villages: frozenset[str]) -> None:
        box = QWidget()
        super().__init__(box)
        inside = QVBoxLayout(box)
        inside.setContentsMargins(0, 0, 0, 0)
        self._places = places
        self.ticks = {code: QCheckBox() for code in sorted(villages)}
        for tick in self.ticks.values():
            tick.setChecked(True)
            tick.toggled.connect(self.edited)
            inside.addWidget(tick)
        if self.ticks:
            box.setFocusProxy(next(iter(self.ticks.values())))
        self._name_ticks()
        places.ready.connect(self._name_ticks)

    def value(self) -> list[str] | None:
        """The codes, None when none is ticked."""
        return [code for code, tick in self.ticks.items() if tick.isChecked()] or None

    def set_value(self, value: object) -> None:
        """Tick these."""
        chosen = value if isinstance(value, list) else []
        for code, tick in self.ticks.items():
            with QSignalBlocker(tick):
                tick.setChecked(code in chosen)

    def typed(self) -> list[str]:
        """The codes."""
        return self.value() or []

    def set_typed(self, typed: object) -> None:
        """Tick what was ticked."""
        self.set_value(typed)

    def _name_ticks(self) -> None:
        for code, tick in self.ticks.items():
            tick.setText(self._places.full_name(code))


class PhoneFormSheet(Sheet):
    """An XLSForm for chosen villages; whoever is bound to villages chooses among them."""

    def __init__(self, desk: Desk, back: Callable[[], object]) -> None:
        super().__init__(_("Form for phones"), back, _("&Back"))
        self._desk = desk
        card = self.add_card("")
        why = _(
            "A form for KoboToolbox or ODK that registers returnees in villages, in Indonesian and English. Telephones "
            "fill it in without a network."
        )
        card.body.addWidget(label(why, "muted", wrap=True))
        self.form = Form(desk.places, asks_why=False)
        self.form.add_row(FormRow("villages", _("Villages"), self._editor(), required=True))
        card.body.addWidget(self.form)
        self._tell_steps()
        self.back.setProperty("role", "")
        self.save_button = button(_("&Save the form…"), self.save, role="main", help="Ctrl+S")
        self.foot.insertWidget(0, self.save_button)
        self.draft = desk.drafts.keep(DRAFT, self.form, parent=self)
        self.form.edited.connect(lambda _name: self.draft.touch())
        self.draft.offer(self.form.restore)

    def first_field(self) -> QWidget:
        """The villages."""
        return self.form.editor("villages")

    def save(self) -> None:
        """Ask where, and write the form."""
        from resource_centre.problems import Problem
        from resource_centre.registers.village_form import FORM_ID, village_workbook

        villages = self.form.values()["villages"] or []
        missing = () if villages else (Problem("villages", "required"),)
        if self.form.show_problems(self.form.not_understood() or missing):
            return
        kinds = _("Workbooks (*.xlsx)")
        path = ask_where(self, _("Save the form for phones"), f"{FORM_ID}.xlsx", kinds)
        if path is not None:
            save_whole(self._desk, path, village_workbook(villages), self.draft.discard, owner=self)

    def _editor(self) -> Editor:
        centre = self._desk.worker.centre
        bound = None if centre is None else centre.viewer.bound
        return PlacesEditor(self._desk.places) if bound is None else OwnVillages(self._desk.places, bound)

    def _tell_steps(self) -> None:
        card = self.add_card(_("What comes next"))
        card.body.addLayout(steps(self._steps()))

    def _steps(self) -> tuple[str, ...]:
        upload = _(
            "Upload the file as a new form (XLSForm) to KoboToolbox or ODK, and open the form on the telephones."
        )
        export = _(
            "When answers are there, export them as XLSX or CSV, and choose “XML values and headers”, not the "
            "questions' words."
        )
        if self._desk.may("import"):
            back = _("Choose that file on the page Import. No column has to be explained.")
        else:
            back = _("Give that file to the centre, which takes it in. No column has to be explained.")
        again = _("You may export everything each time: what was taken in before is not taken in again.")
        return (upload, export, f"{back} {again}")
