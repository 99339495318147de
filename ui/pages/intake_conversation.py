# SPDX-License-Identifier: Apache-2.0
"""The steps of an intake on one page: going from one to the next, and what is said beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from resource_centre.i18n import _
from resource_centre.services.intake_sections import STEPS
from ui.kit.desk import Desk
from ui.kit.page import Page, scrolling
from ui.kit.pieces import GAP, MARGIN, WIDE_GAP, button, column, label, row
from ui.pages.intake_aside import IntakeAside
from ui.pages.intake_form import IdentityForm
from ui.pages.intake_steps import IntakeSteps
from ui.pages.intake_typing import IntakeTyping
from ui.pages.intake_view import StepView, in_an_entry
from ui.pages.intake_work import Found, look_around
from ui.pages.papers import Offer, PapersButton

if TYPE_CHECKING:
    from resource_centre.services.intake_completeness import Open
    from resource_centre.services.intake_parts import IntakeRecord

PAUSE_MS = 350
ROOM_FOR_ASIDE = 800
NARROW_STEPS = 150
LEAST_LETTERS = 3
FIRST = STEPS[0].key
REACH = "safe_contact"
SHOWN_BESIDE = (FIRST, REACH)
"""Steps in which what is typed may show that somebody is known already."""


class IntakeConversation(Page):
    """`person_id` and `record` are of whom is registered; steps are made when they are first gone to."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Intake"), scrolls=False)
        self.person_id: str | None = None
        self.record: IntakeRecord | None = None
        self.steps = IntakeSteps()
        self.stack = QStackedWidget()
        self.views: dict[str, StepView] = {}
        self.unsaved: set[str] = set()
        identity = self.step_view(FIRST)
        assert isinstance(identity.form, IdentityForm)
        self.form: IdentityForm = identity.form
        self.aside = IntakeAside(desk.places, self.open_same, self.lead_to)
        self.typing = IntakeTyping(self.views)
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(PAUSE_MS)
        self._make_buttons()
        self._lay_out_body()
        self._listen()

    # What the page itself does

    def save(self) -> None:
        """Save the step in view."""
        raise NotImplementedError

    def put_away(self, view: StepView) -> None:
        """Save or keep what is typed in a step that is left."""
        raise NotImplementedError

    def typed(self) -> None:
        """Something was typed."""
        raise NotImplementedError

    def start_anew(self, text: str = "") -> None:
        """Begin with somebody else."""
        raise NotImplementedError

    def open_same(self, person_id: str) -> None:
        """It is somebody we know."""
        raise NotImplementedError

    def open_person(self) -> None:
        """To the page of whose intake this is."""
        raise NotImplementedError

    # Going from step to step

    @property
    def view(self) -> StepView:
        """The step in view."""
        shown = self.stack.currentWidget()
        assert isinstance(shown, StepView)
        return shown

    def step_view(self, step: str) -> StepView:
        """The step of this key, made when it is first asked for."""
        if step not in self.views:
            view = self.views[step] = StepView(self.desk, step)
            view.edited.connect(lambda _name: self._edited())
            view.settled.connect(self.look_over)
            view.wanted.connect(self.go_to)
            self.stack.addWidget(view)
        return self.views[step]

    def go_to(self, step: str) -> None:
        """Show a step; what was typed in the one before is saved or kept."""
        before = self.view
        if step == before.step:
            return
        self.put_away(before)
        view = self.step_view(step)
        self.stack.setCurrentWidget(view)
        self.steps.show_step(step)
        if self.record is not None:
            view.show_record(self.record, anew=False)
            self.typing.give(view)
        self._fit()
        self.look_over()
        self.look()
        # A step may have nothing to type yet; the keyboard must not fall out of the page, or no key leads on.
        first = view.first_field() or self.steps
        if self.isVisible():
            first.setFocus(Qt.FocusReason.TabFocusReason)
        if view.others:
            view.lead_in_later()

    def go_on(self, by: int = 1) -> None:
        """To the next step, or the one before."""
        place = next(place for place, step in enumerate(STEPS) if step.key == self.view.step) + by
        if self.person_id is not None and 0 <= place < len(STEPS):
            self.go_to(STEPS[place].key)

    def first_field(self) -> QWidget | None:
        """The keyboard is in the first question of the step."""
        return self.view.first_field()

    def lead_to(self, name: str) -> None:
        """To a question that is still missing, named as its row or as the list it belongs to."""
        self.view.lead_to(name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow window one column."""
        super().resizeEvent(event)
        self._fit()

    # What is said beside

    def look_over(self) -> None:
        """What follows from the answers without asking the database."""
        answered = self.view.form.answered()
        missing = [one for one in self._still_open() if one.step == self.view.step and one.name not in answered]
        self.aside.show_missing([(one.name, one.label) for one in missing], registered=self.person_id is not None)
        self.aside.alike.setVisible(self.view.step in SHOWN_BESIDE)
        left = None
        if self.record is not None:
            left = self.record.missing.left() | {self.view.step: len(missing)}
        self.steps.show_left(left, self.unsaved)
        self.new_button.setEnabled(self.person_id is not None or self.begun())

    def look(self) -> None:
        """Ask who may be the same person, and what does not fit together."""
        if self.view.step not in SHOWN_BESIDE:
            return
        description = self._description()
        if len(description["full_name"]) < LEAST_LETTERS and not (description["nik"] or description["phone"]):
            self.aside.show_alike(())
            return
        parts = self.form.registration() if self.person_id is None else self.view.form.parts()
        person_id = self.person_id
        self.desk.worker.read(
            lambda session: look_around(session, description, parts, person_id),
            lambda found: self._show_found(person_id, found),
            self._nothing_found,
            replaces="intake-look",
            quiet=True,
        )

    def begun(self) -> bool:
        """Whether a new intake has an answer that somebody gave."""
        return bool(self.form.answered())

    def _still_open(self) -> Sequence[Open]:
        if self.record is not None:
            return self.record.missing.open
        from resource_centre.services.intake_completeness import missing_among

        return missing_among({}, (), self.form.editor("person.client_type").value()).open

    def _description(self) -> dict[str, Any]:
        phone = self.typing.telephone or None
        if self.person_id is not None and REACH in self.views:
            reach = self.views[REACH].form
            phone = reach.editor(f"{REACH}.safe_phone").value() or reach.editor(f"{REACH}.phone").value()
        return self.form.description() | {"phone": phone, "without": self.person_id}

    def _show_found(self, person_id: str | None, found: Found) -> None:
        if person_id != self.person_id:
            return
        self.aside.show_alike(found.alike)
        problems = self.form.placed(found.problems) if person_id is None else found.problems
        for problem in problems:
            line = self.view.form.rows.get(problem.field)
            if line is not None and problem.code != "required" and not line.editor.main.hasFocus():
                line.show_problem(problem.severity, problem.words())

    def _nothing_found(self, _error: Exception) -> None:
        """Half an answer may not be comparable yet; saving will say so."""

    def _edited(self) -> None:
        self.typed()
        self.state.setText(_("Kept as a draft"))
        self._looking.start()
        self.look_over()

    # Building

    def _make_buttons(self) -> None:
        self.save_button = button(_("&Save"), self.save, role="main", help="Ctrl+S")
        self.new_button = button(_("Start a new intake"), self.start_anew)
        self.person_button = button(_("To the &person's page"), self.open_person)
        self.papers = PapersButton(self.desk, self._papers)
        self.state = label("", "help")
        for widget in (self.state, self.new_button, self.papers, self.person_button, self.save_button):
            self.buttons.addWidget(widget)

    def _papers(self) -> list[Offer]:
        """The forms to fill in by hand, and once somebody is registered theirs."""
        blank = [Offer("intake", blank=True), Offer("consent", blank=True)]
        if self.person_id is None:
            return blank
        return [Offer("intake", self.person_id), Offer("consent", self.person_id), *blank]

    def _lay_out_body(self) -> None:
        beside = QVBoxLayout()
        beside.addWidget(self.aside)
        self.side = scrolling(beside)
        beside.setContentsMargins(0, 0, 4, WIDE_GAP)
        left = column(self.steps, self.side, gap=GAP)
        left.setStretch(1, 1)
        self.steps.setFixedWidth(IntakeAside.width_wanted())
        self.side.setFixedWidth(IntakeAside.width_wanted())
        self.body.addLayout(row(left, self.stack, gap=WIDE_GAP), 1)

    def _listen(self) -> None:
        self.steps.chosen.connect(self.go_to)
        self._looking.timeout.connect(self.look)
        self._save_keys = [self._key(keys, self.save) for keys in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter")]
        self._key("Ctrl+PgDown", self.go_on)
        self._key("Ctrl+PgUp", lambda: self.go_on(-1))
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self.desk.places.ready.connect(self.look)

    def _key(self, keys: str, act: Any) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)
        return shortcut

    def _focus_moved(self, _before: object, _now: object) -> None:
        """In the form of an entry Ctrl+S saves the entry."""
        own = not in_an_entry()
        for key in self._save_keys:
            key.setEnabled(own)

    def _fit(self) -> None:
        """A narrow window shows the steps only, beside one column of questions."""
        narrow = self.width() < ROOM_FOR_ASIDE
        self.steps.setFixedWidth(NARROW_STEPS if narrow else IntakeAside.width_wanted())
        self.side.setVisible(not narrow)
        room = self.width() - 2 * MARGIN - self.steps.width() - WIDE_GAP
        self.view.fit(room)
