# SPDX-License-Identifier: Apache-2.0
"""The questions about one training event, in a band above its attendance sheet."""

from __future__ import annotations

import re
from typing import Any

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.records import TrainingEvent, fields_of
from resource_centre.services.event_days import days_between
from ui.kit.editors import TextEditor
from ui.kit.editors_dates import mean
from ui.kit.editors_place import PlaceEditor
from ui.kit.places import Places
from ui.pages.column_form import ColumnForm
from ui.pages.wording import days_words, term

_NUMBER = re.compile(r"\d{1,4}(?:[.,]\d{1,2})?", re.ASCII)


class HoursEditor(TextEditor):
    """Hours, with halves: 8, 7,5."""

    def __init__(self) -> None:
        super().__init__(longest=7)
        self.line.setMaximumWidth(110)
        self.inside.addStretch(1)

    def value(self) -> Any:
        """The number of hours."""
        found = _NUMBER.fullmatch(self.line.text().strip())
        return float(found[0].replace(",", ".")) if found else None

    def set_value(self, value: Any) -> None:
        """Show a number of hours."""
        self.line.setText("" if value is None else f"{value:g}")

    def unreadable(self) -> str | None:
        """Anything that is no number."""
        return "not_a_number" if self.line.text().strip() and self.value() is None else None


class TrainingForm(ColumnForm):
    """Three lines of short answers."""

    def __init__(self, places: Places) -> None:
        super().__init__(places, columns=1)
        fields = {field.name: field for field in fields_of(TrainingEvent)}
        self.section("event", "")
        for line, shares in LINES:
            for name in line:
                self.add_field(fields[name], HoursEditor() if name == "hours" else None, help="")
                self.rows[name].menu_button.hide()
            self.side_by_side(*line, shares=shares, noted="starts_on" in line)
        self.close_columns()
        mean(self.editor("starts_on"), "either")
        mean(self.editor("ends_on"), "either", self.editor("starts_on").value)

    def begin(self) -> None:
        """An event of today."""
        self.clear()
        self.set_values({"starts_on": today(), "training_type": "kelas"})

    def days(self) -> int:
        """How many days the event has."""
        first, last = self.editor("starts_on").value(), self.editor("ends_on").value()
        return max(1, len(days_between(first, last)))

    def what(self) -> str:
        """What it is about, in a few words."""
        topic: str | None = self.editor("topic").value()
        return topic or term("module", self.editor("module").value()) or _("A new event")

    def when_and_where(self) -> str:
        """Its days and its village."""
        when = days_words(self.editor("starts_on").value(), self.editor("ends_on").value())
        village = self.editor("village_code")
        place = village.line.text().split(",")[0] if isinstance(village, PlaceEditor) and village.value() else ""
        return " · ".join(part for part in (when, place) if part)


LINES = (
    (("starts_on", "ends_on", "hours", "training_type"), (3, 3, 2, 4)),
    (("module", "topic", "target_group"), (4, 5, 3)),
    (("village_code", "venue", "trainer", "partner"), (5, 4, 4, 3)),
)
