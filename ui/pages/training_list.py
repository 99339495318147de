# SPDX-License-Identifier: Apache-2.0
"""The list of events, the newest first, narrowed by kind, state, year and place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from resource_centre.clock import today
from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.editors_codes import ComboBox
from ui.kit.editors_place import PlaceEditor
from ui.kit.flow import FlowLayout
from ui.kit.pieces import WIDE_GAP, label, row
from ui.kit.table import Column, Rows, RowsView
from ui.pages.wording import days_words, home_of, term, village_words, whole_number

if TYPE_CHECKING:
    from resource_centre.services.event_list import EventRow

PLACES = ("regency", "district", "village")
PLACE_WIDTH, CHOICE_WIDTH = 340, 230


class EventsList(QWidget):
    """Filters above the events; `look` reads the list again."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.rows = Rows(desk.worker, self._columns())
        self.events = RowsView(self.rows, _("Training events"), nothing=_("One moment…"))
        self.which = _choice(_("Which events"), _states())
        self.kind = _choice(_("Kind of event"), [(None, _("All kinds")), *_kinds()])
        self.year = _choice(_("Year"), [(None, _("All years"))])
        self.place = PlaceEditor(desk.places, levels=PLACES)
        self.place.introduce(_("Village, district or regency"), "")
        self.place.line.setPlaceholderText(_("Village, district or regency"))
        self.place.setMaximumWidth(PLACE_WIDTH)
        self.links = FlowLayout(gap=WIDE_GAP)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        filters = row(self.which, self.kind, self.year, self.place, None)
        filters.setStretchFactor(self.place, 10)
        inside.addLayout(filters)
        inside.addWidget(self.events, 1)
        inside.addWidget(label(_("Enter opens an event. F2 begins a new one, Ctrl+D repeats one."), "help"))
        inside.addLayout(self.links)
        self._listen()

    def look(self) -> None:
        """Read the list."""
        self.desk.worker.read(_years, self._fill_years, quiet=True, owner=self)
        self._ask()

    def current_id(self) -> str | None:
        """The event the keyboard is on."""
        return self.events.current_id()

    # Inside

    def _columns(self) -> tuple[Column, ...]:
        places, home = self.desk.places, home_of(self.desk)
        return (
            Column(_("Date"), lambda event: days_words(event.starts_on, event.ends_on), width=20, tone=self._tone),
            Column(_("What"), lambda event: event.topic or term("module", event.module), tone=self._quiet),
            Column(_("Kind of event"), lambda event: term("training_type", event.training_type), width=25,
                   tone=self._quiet),
            Column(_("Village"), lambda event: village_words(places, event.village_code, home), width=22,
                   tone=self._quiet),
            Column(_("Participants"), people_words, width=13, tone=self._tone),
            Column(_("Number"), lambda event: event.number or "", width=18, tone=self._quiet),
        )  # fmt: skip

    def _quiet(self, event: EventRow) -> str:
        return self.desk.theme.colours.muted if event.called_off else ""

    def _tone(self, event: EventRow) -> str:
        return self._quiet(event) or (self.desk.theme.colours.accent if is_planned(event) else "")

    def _listen(self) -> None:
        self.rows.counted.connect(lambda count, _whole: self._counted(count))
        self.rows.refresh_on("TrainingEvent", "Participation")
        self.desk.places.ready.connect(self.events.viewport().update)
        for choice in (self.which, self.kind, self.year):
            choice.activated.connect(lambda _place: self._ask())
        self.place.settled.connect(self._ask_if_moved)
        self.place.edited.connect(self._ask_if_moved)
        self._asked_place: str | None = None

    def _ask_if_moved(self) -> None:
        if self.place.value() != self._asked_place:
            self._ask()

    def _ask(self) -> None:
        place = self._asked_place = self.place.value()
        chosen = {
            "which": self.which.currentData(),
            "kind": self.kind.currentData(),
            "year": self.year.currentData(),
            "villages": [place] if place else None,
        }
        self.rows.ask(lambda session, last, limit: _page(session, last, limit, chosen))

    def _fill_years(self, years: Sequence[int]) -> None:
        chosen = self.year.currentData()
        self.year.clear()
        for value, words in [(None, _("All years")), *((year, str(year)) for year in years)]:
            self.year.addItem(words, value)
        self.year.setCurrentIndex(max(0, self.year.findData(chosen)))

    def _counted(self, count: int) -> None:
        narrowed = self.which.currentIndex() or self.kind.currentIndex() or self.year.currentIndex()
        if narrowed or self._asked_place:
            self.events.say_when_empty(_("There is no such event."))
        else:
            self.events.say_when_empty(_("No training yet. Press F2."))
        if count and not self.events.currentIndex().isValid():
            self.events.selectRow(0)


def is_planned(event: EventRow) -> bool:
    """Whether its first day is to come."""
    return event.starts_on is not None and event.starts_on > today()


def people_words(event: EventRow) -> str:
    """How many are on the sheet, and how many were counted besides; of a broadcast, how many it reached."""
    if event.called_off:
        return _("called off")
    if event.reach and not (event.named or event.counted):
        return _("reach {n}").format(n=whole_number(event.reach))
    counts = [whole_number(event.named)] if event.named or not event.counted else []
    if event.counted:
        counts.append(whole_number(event.counted))
    return _("planned") if is_planned(event) and not (event.named or event.counted) else " + ".join(counts)


def _choice(name: str, choices: list[tuple[Any, str]]) -> ComboBox:
    made = ComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToContents)
    made.setMaximumWidth(CHOICE_WIDTH)
    for value, words in choices:
        made.addItem(words, value)
    return made


def _states() -> list[tuple[Any, str]]:
    return [
        ("all", _("All events")),
        ("planned", _("Planned")),
        ("held", _("Held")),
        ("called_off", _("Called off")),
    ]


def _kinds() -> list[tuple[Any, str]]:
    from resource_centre.vocabulary import vocabulary

    return [(one.code, one.label()) for one in vocabulary("training_type")]


def _page(session: Any, last: EventRow | None, limit: int, chosen: dict[str, Any]) -> list[EventRow]:
    from resource_centre.services.event_list import events_of

    return events_of(session, after=last, limit=limit, **chosen)


def _years(session: Any) -> list[int]:
    from resource_centre.services.event_list import years_of_events

    return years_of_events(session)
