# SPDX-License-Identifier: Apache-2.0
"""One questionnaire: what it is, who answered it, and what the answers come to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from resource_centre.errors import Refused
from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.messages import ask
from ui.kit.page import scrolling
from ui.pages.questionnaires_about import About
from ui.pages.questionnaires_answers import Answers
from ui.pages.questionnaires_figures import Figures
from ui.pages.questionnaires_load import WEIGHTS, RefusedFile, ask_file
from ui.pages.questionnaires_read import form_asked, look_at

if TYPE_CHECKING:
    from pathlib import Path

    from ui.pages.questionnaires_read import LookedAt

TABS = ("about", "answers", "figures")


class Look(QWidget):
    """Three tabs. Emits what was read, for the title and the buttons of the page."""

    looked_at = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.name = ""
        self.looked: LookedAt | None = None
        self.about, self.answers, self.figures = About(desk), Answers(desk), Figures(desk)
        self.tabs = QTabWidget()
        self._lay_out()
        self._listen()

    def show_questionnaire(self, name: str, tab: str = "") -> None:
        """Read and show one."""
        if name != self.name:
            self.looked = None
            self.tabs.setEnabled(False)
            self.tabs.setCurrentIndex(0)
        if tab in TABS:
            self.tabs.setCurrentIndex(TABS.index(tab))
        self.name = name
        self.read()

    def read(self) -> None:
        """Read it anew."""
        name = self.name
        self.desk.worker.read(lambda session: look_at(session, name), self._show, replaces="questionnaire", owner=self)

    def first_field(self) -> QWidget:
        """The tabs; the arrow keys go from tab to tab."""
        return self.tabs.tabBar()

    # Inside

    def _lay_out(self) -> None:
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName(_("About this questionnaire"))
        about, figures = QVBoxLayout(), QVBoxLayout()
        about.addWidget(self.about)
        figures.addWidget(self.figures)
        self.tabs.addTab(scrolling(about), _("About it"))
        self.tabs.addTab(self.answers, _("Answers given"))
        self.tabs.addTab(scrolling(figures), _("Figures"))
        for place in range(len(TABS)):
            self.tabs.setTabToolTip(place, f"Alt+{place + 1}")
            shortcut = QShortcut(QKeySequence(f"Alt+{place + 1}"), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._to_tab, place))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.tabs)

    def _listen(self) -> None:
        self.tabs.currentChanged.connect(lambda _place: self._figures())
        self.about.wants_weights.connect(self._load_weights)
        self.about.uses_weights.connect(self._use_weights)
        self.about.drops_weights.connect(self._drop_weights)
        self.about.shows_bands.connect(self._show_bands)
        self.desk.worker.changed.connect(self._changed)

    def _show(self, looked: LookedAt) -> None:
        if looked.line.id != self.name:
            return
        self.looked = looked
        anew = not self.tabs.isEnabled()
        self.tabs.setEnabled(True)
        if anew and self.isVisible():
            self.tabs.tabBar().setFocus(Qt.FocusReason.TabFocusReason)
        self.about.show_looked(looked)
        self.answers.show_looked(looked)
        self.figures.forget()
        self._figures()
        self.looked_at.emit(looked)

    def _figures(self) -> None:
        if self.looked is not None and self.tabs.currentIndex() == TABS.index("figures"):
            self.figures.show_questionnaire(self.looked)

    def _to_tab(self, place: int) -> None:
        self.tabs.setCurrentIndex(place)
        self.tabs.tabBar().setFocus(Qt.FocusReason.TabFocusReason)

    def _changed(self, changed: dict[str, set[str]]) -> None:
        from ui.pages.questionnaires_shelf import NOUNS

        if self.isVisible() and not {*NOUNS, "WeightSet"}.isdisjoint(changed):
            self.read()

    # Weights

    def _load_weights(self) -> None:
        path = ask_file(self, _("Choose a table of weights"), WEIGHTS)
        if path is not None:
            self.load_weights(path)

    def load_weights(self, path: Path) -> None:
        """Take the weight sets of a file; scores follow at once."""
        name = self.name
        self.desk.worker.change(
            lambda session: _load_weights(session, name, path),
            self._loaded,
            self._refused,
            what=_("Reading the weights…"),
            owner=self,
        )

    def _loaded(self, sets: int) -> None:
        assert sets
        self.desk.messages.done(_("The weights are loaded. Scores are reckoned anew; the answers stay as they are."))
        self.read()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, Refused) and error.problems:
            RefusedFile(self, self.desk, _("These weights cannot be used yet"), error).open()
        else:
            self.desk.messages.show_error(error)

    def _use_weights(self, set_id: str) -> None:
        from resource_centre.services.weight_sets import choose_weights

        name = self.name
        self._write(lambda session: choose_weights(session, name, set_id))

    def _drop_weights(self, set_id: str) -> None:
        from resource_centre.services.weight_sets import withdraw_weights

        question = _("Score by these weights no longer? The next set is used, or none. The answers stay.")
        if ask(self, question, _("Use no longer"), _("Keep them")):
            name = self.name
            self._write(lambda session: withdraw_weights(session, name, set_id))

    def _show_bands(self, set_id: str, shown: bool) -> None:
        from resource_centre.services.weight_sets import show_bands

        question = _(
            "Show names for stretches of the scale beside every figure? Who set the limits should be known, "
            "and no band ever decides a service."
        )
        if not shown or ask(self, question, _("Show bands"), _("Leave them out")):
            name = self.name
            self._write(lambda session: show_bands(session, name, set_id, shown=shown))

    def _write(self, change: Any) -> None:
        self.desk.worker.change(change, self._written, owner=self)

    def _written(self, _result: Any) -> None:
        self.desk.messages.done(_("Saved. Scores are reckoned anew."))
        self.read()


def _load_weights(session: Any, name: str, path: Path) -> int:
    from resource_centre.questionnaires.weight_files import read_weights
    from resource_centre.services.weight_sets import load_weights

    form = form_asked(session, name)
    sets = read_weights(path, form=form)
    for weights in sets:
        load_weights(session, weights, form=form)
    return len(sets)
