# SPDX-License-Identifier: Apache-2.0
"""The centre's own record: name, place, since when the project runs."""

from __future__ import annotations

from typing import Any

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.editors_place import PlaceEditor
from ui.kit.form import Form
from ui.kit.merging import Merging
from ui.kit.pieces import button, row
from ui.pages.settings_tab import Tab

FIELDS = ("name", "place_code", "site_code", "project_starts_on")


class Centre(Tab):
    """The site code is shown and stays: every number given begins with it."""

    def __init__(self, desk: Desk) -> None:
        from resource_centre.records import CentreProfile, fields_of

        super().__init__()
        self._desk = desk
        self._merging: Merging | None = None
        self.form = Form(desk.places, asks_why=False)
        for field in fields_of(CentreProfile):
            if field.name == "place_code":
                self.form.add_field(field, PlaceEditor(desk.places, levels=("regency", "district", "village")))
            elif field.name in FIELDS:
                self.form.add_field(field)
        self.form.editor("site_code").set_read_only(True)
        self.save = button(_("&Save"), self._save, role="main")
        card = self.card(_("The centre"))
        card.body.addWidget(self.form)
        card.body.addSpacing(8)
        card.body.addLayout(row(self.save, None))

    def look(self) -> None:
        """Read the profile."""
        self._desk.worker.read(_profile, self._show)

    def _show(self, profile: Any) -> None:
        self.form.set_values(profile)
        self._merging = Merging(self._desk, self.form, profile)

    def _save(self) -> None:
        if self.form.show_problems(self.form.not_understood()):
            return
        values = {name: value for name, value in self.form.values().items() if name != "site_code"}
        version = self.form.version
        self.save.setEnabled(False)
        self._desk.worker.change(
            lambda session: _change(session, values, version),
            self._saved,
            self._refused,
            finished=lambda: self.save.setEnabled(True),
        )

    def _saved(self, profile: Any) -> None:
        self._show(profile)
        self._desk.messages.done(_("Saved."))

    def _refused(self, error: Exception) -> None:
        if self._merging is not None and self._merging.takes(error):
            self._merging.settle(self._save, lambda: self._desk.messages.show_error(error))
        elif not self.form.show_problems(getattr(error, "problems", ())):
            self._desk.messages.show_error(error)


def _profile(session: Any) -> Any:
    from resource_centre.services.accounts import centre_profile

    return centre_profile(session)


def _change(session: Any, values: dict[str, Any], version: int | None) -> Any:
    from resource_centre.services.accounts import change_profile

    return change_profile(session, values, version=version)
