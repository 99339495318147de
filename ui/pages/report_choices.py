# SPDX-License-Identifier: Apache-2.0
"""What a report is about and for whom: everything has a sensible first choice, so that nothing need be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from resource_centre.i18n import _, language
from ui.kit.desk import Desk
from ui.kit.editors import ChoiceEditor
from ui.kit.editors_codes import ComboBox
from ui.kit.editors_place import PlaceEditor
from ui.kit.pieces import Card, label
from ui.pages.report_period import PeriodEditor, combo, kind_of, period_words

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LEVELS = ("province", "regency", "district", "village")
SHORT = 4


@dataclass(frozen=True)
class Chosen:
    """One report: the codes of its period and place, its fund, its threshold if it is for publication, its language."""

    period: str
    language: str
    place: str | None = None
    fund: str | None = None
    threshold: int | None = None
    words: bool = False
    """Whether what was written to the month is published too."""

    @property
    def month(self) -> str | None:
        """The calendar month it is about, if it is about one."""
        return self.period if kind_of(self.period) == "month" else None

    @property
    def public(self) -> bool:
        """Whether it is for publication."""
        return self.threshold is not None


@dataclass(frozen=True)
class Offered:
    """What this account may choose: projects (code, words), and whether it may publish."""

    funds: tuple[tuple[str, str], ...] = ()
    publishes: bool = False


class ChoicesCard(Card):
    """The choices below each other; `chosen` is told when any of them makes another report."""

    chosen = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.period = PeriodEditor()
        self.place = PlaceEditor(desk.places, levels=LEVELS)
        self.place.introduce(_("Place"), _("Empty for the whole centre"))
        self.place.line.setPlaceholderText(_("Whole centre"))
        self.fund = combo(_("Project"), [("", _("All projects"))])
        self.audience = combo(_("For whom"), [("", _("Internal"))])
        self.words = QCheckBox(_("With what was written to the month"))
        self.words.setAccessibleDescription(_("Read it once more: no small numbers, nobody recognisable."))
        self.language = ChoiceEditor([("id", "Indonesia"), ("en", "English")])
        self.language.introduce(_("Language of the report"), "")
        self.language.set_value(language())
        self.advice = label(_("Read it once more: no small numbers, nobody recognisable."), "help", wrap=True)
        self._parts: dict[str, tuple[QWidget, ...]] = {}
        self._told: Chosen | None = None
        self._lay_out()
        self._listen()

    def value(self) -> Chosen | None:
        """What is chosen; None while something is typed that is no period or no place yet."""
        period = self.period.code()
        if period is None or self.place.unreadable() is not None:
            return None
        least = self.audience.currentData()
        return Chosen(
            period,
            str(self.language.value() or language()),
            self.place.value(),
            str(self.fund.currentData() or "") or None,
            int(least) if least else None,
            words=bool(least) and self.words.isChecked(),
        )

    def show_chosen(self, chosen: Chosen) -> None:
        """Put these choices there; tells nobody."""
        self._told = chosen
        self.period.set_code(chosen.period)
        self.place.set_value(chosen.place)
        for box, code in ((self.fund, chosen.fund), (self.audience, chosen.threshold)):
            box.setCurrentIndex(max(0, box.findData("" if code is None else str(code))))
        self.words.setChecked(chosen.words)
        self.language.set_value(chosen.language)
        self._show_words()

    def offer(self, offered: Offered) -> None:
        """Offer projects and publications, or hide them where there are none."""
        _refill(self.fund, [("", _("All projects")), *offered.funds])
        _refill(self.audience, [("", _("Internal")), *(thresholds() if offered.publishes else ())])
        self._show_part("fund", shown=bool(offered.funds))
        self._show_part("audience", shown=offered.publishes)

    # Inside

    def _lay_out(self) -> None:
        parts: Sequence[tuple[str, str, QWidget]] = (
            ("period", _("Report on"), self.period),
            ("place", _("Place"), self.place),
            ("fund", _("Project"), self.fund),
            ("audience", _("For whom"), self.audience),
            ("language", _("Language of the report"), self.language),
        )
        for name, words, widget in parts:
            caption = label(words, "caption")
            caption.setBuddy(widget)
            self._parts[name] = (caption, widget)
            self.body.addWidget(caption)
            self.body.addWidget(widget)
            if widget is self.audience:
                self.body.addWidget(self.words)
                self.body.addWidget(self.advice)
            self.body.addSpacing(SHORT)
        for name in ("fund", "audience"):
            self._show_part(name, shown=False)
        self._show_words()

    def _show_words(self) -> None:
        """Asked only of a publication; an internal report has them anyway."""
        public = bool(self.audience.currentData())
        self.words.setVisible(public)
        self.advice.setVisible(public and self.words.isChecked())

    def _show_part(self, name: str, *, shown: bool) -> None:
        for widget in self._parts[name]:
            widget.setVisible(shown)

    def _listen(self) -> None:
        self.period.chosen.connect(self._tell)
        self.place.settled.connect(self._tell)
        self.language.edited.connect(self._tell)
        for box in (self.fund, self.audience):
            box.activated.connect(lambda _place: self._tell())
        self.words.clicked.connect(lambda _on: self._tell())

    def _tell(self) -> None:
        self._show_words()
        now = self.value()
        if now is not None and now != self._told:
            self._told = now
            self.chosen.emit()


def thresholds() -> list[tuple[str, str]]:
    """The audiences outside, by the least number they may read."""
    from resource_centre.vocabulary import vocabulary

    words = _("For publication, <{n} hidden")
    return [(code, words.format(n=code)) for code in vocabulary("publication_threshold").codes]


def read_offered(session: Session) -> Offered:
    """What this account may choose."""
    from resource_centre.services.projects import projects_list
    from resource_centre.services.publications import may_publish

    projects = [one for one in projects_list(session) if one.code]
    funds = tuple((str(one.code), f"{one.code} · {one.name}" if one.name else str(one.code)) for one in projects)
    return Offered(funds, may_publish(session))


def chosen_words(chosen: Chosen, place: str = "") -> str:
    """A report in one line, in the language of the screen."""
    parts = [period_words(chosen.period), place, chosen.fund or ""]
    parts += [_("for publication")] if chosen.public else []
    return " · ".join(part for part in parts if part)


def _refill(box: ComboBox, choices: list[tuple[str, str]]) -> None:
    kept = box.currentData()
    box.clear()
    for code, words in choices:
        box.addItem(words, code)
    box.setCurrentIndex(max(0, box.findData(kept)))
