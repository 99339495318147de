# SPDX-License-Identifier: Apache-2.0
"""One question of a questionnaire: a row whose words, choices and marks follow what was answered elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.editors import Editor
from ui.kit.form_row import WHY_NOT, FormRow
from ui.kit.pieces import label, set_role
from ui.kit.questions_choices import Answers
from ui.kit.questions_special import ShownAnswer

if TYPE_CHECKING:
    from resource_centre.questionnaires.live import State

WIDEST = 780
COLUMN, NARROW_COLUMN, WIDE_COLUMNS = 104, 84, 5
MENU_WIDTH = 30

MakeEditor = Callable[[], Editor | None]


class QuestionRow(FormRow):
    """Question, hint, answer and what is to be said of it, below each other; in a grid beside each other.

    `place` is where it stands among the answers. Make it through `QuestionsForm`.
    """

    def __init__(self, place: str, words: str, editor: Editor | None, *, hint: str, look: str = "") -> None:
        self._look = look
        self.hint = label(hint, "help", wrap=True)
        self.shown_only = editor is None
        self.is_asked = not (editor is None or isinstance(editor, ShownAnswer))
        super().__init__(place, words, editor or Nothing(), help=hint, may_be_unanswered=self.is_asked)

    def first_stop(self) -> QWidget:
        """What Tab comes to first."""
        return self.reason if self.why_unanswered else self.editor

    def stops(self) -> Iterable[QWidget]:
        """All that Tab may stop at, in order."""
        if not self.is_asked:
            return ()
        inner = self.editor.stops() if isinstance(self.editor, Answers) else _reached(self.editor)
        return (*inner, self.reason)

    def set_words(self, words: str, hint: str) -> None:
        """The question may hold answers given elsewhere."""
        if (words, hint) == (self.words, self.help):
            return
        self.words, self.help = words, hint
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.set_mnemonic("")
        self._introduce()

    def set_required(self, required: bool) -> None:
        """Mark that it must be answered."""
        if required != self.required:
            self.required = required
            self.set_mnemonic("")
            self._introduce()

    def set_relevant(self, relevant: bool) -> None:
        """Ask it, or leave it out."""
        if relevant != self.relevant:
            self.relevant = relevant
            self.setVisible(relevant)

    def set_editor(self, editor: Editor) -> None:
        """Answer in another editor: the choices are others now."""
        old, self.editor = self.editor, editor
        let_go(old)
        self._place_of_editor.insertWidget(0, editor, 1)
        self.label.setBuddy(editor.main)
        editor.setVisible(self.why_unanswered is None)
        self._hear_editor()
        self._introduce()

    def show_state(self, state: State, *, spoken: bool, missing: bool = False) -> None:
        """Show how the question stands; `spoken`: what is wrong with an answer too, `missing`: that there is none."""
        self.set_required(state.required and not state.read_only)
        self._lock(state.read_only)
        wrong = not state.valid and (spoken if state.value is not None else missing)
        self.show_problem("error" if wrong else "", state.message if wrong else "")

    def open_reasons(self) -> None:
        """Ask why there is no answer."""
        if self.menu_button.isHidden() or not self.menu_button.isEnabled():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for code, words in WHY_NOT.items():
            menu.addAction(self._why_action(menu, code, _(words)))
        menu.popup(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()))

    def choose_reason(self, code: str) -> None:
        """Say why there is no answer; said twice it is taken back."""
        if self.menu_button.isHidden() or not self.menu_button.isEnabled():
            return
        if self.why_unanswered == code:
            self._answer_after_all()
        else:
            self._chose_why(code)

    # Inside

    def _prepare(self, may_be_unanswered: bool) -> None:
        self.reason.setProperty("role", "chip")
        self.reason.hide()
        self.use.hide()
        self.menu_button.setText("⋯")
        self.menu_button.setProperty("role", "small")
        self.menu_button.setToolTip(_("Why there is no answer (F8)"))
        self.menu_button.setAccessibleName(_("{question}: why there is no answer").format(question=self.words))
        self.menu_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.menu_button.clicked.connect(lambda _checked=False: self.open_reasons())
        if not may_be_unanswered:
            self.menu_button.hide()

    def _lay_out(self) -> None:
        self._stacked = self._narrow = True
        for piece in (self.label, self.hint):
            piece.setContentsMargins(0, 0, 0, 0)
            piece.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if self._look == "large":
            self.label.setProperty("role", "asked")
            self.hint.setProperty("role", "muted")
        elif not self.shown_only and self._look != "grid":
            self.label.setProperty("role", "question")
        if self._look == "large":
            self.setProperty("look", self._look)
        self._place_of_editor = QHBoxLayout()
        self._place_of_editor.setSpacing(4)
        self._place_of_editor.addWidget(self.editor, 1)
        self._place_of_editor.addWidget(self.reason)
        if self._look != "grid":
            self._place_of_editor.addStretch(0)
        down = self._column()
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(4 if self._look != "large" else 14)
        if self._look == "grid":
            self._beside(down)
        else:
            self._below(down)
        down.addWidget(self.note)
        self.use.setParent(self)
        self.hint.setVisible(bool(self.help))

    def _column(self) -> QVBoxLayout:
        """Where it all stands; as wide as one likes to read, and as high as that width makes it."""
        if self._look == "grid":
            return QVBoxLayout(self)
        # A widest width on the row itself would not do: Qt asks for its height as if it were as wide as the page.
        held = QWidget()
        held.setMaximumWidth(WIDEST)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(held, 1)
        across.addStretch(0)
        return QVBoxLayout(held)

    def _below(self, down: QVBoxLayout) -> None:
        above = QHBoxLayout()
        above.setSpacing(4)
        above.addWidget(self.label, 1)
        above.addWidget(self.menu_button, 0, Qt.AlignmentFlag.AlignTop)
        down.addLayout(above)
        down.addWidget(self.hint)
        if self.shown_only:
            self.editor.setParent(self)
            self.editor.hide()
        else:
            down.addLayout(self._place_of_editor)

    def _beside(self, down: QVBoxLayout) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        if not self.help:
            self.label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        words.addWidget(self.label)
        words.addWidget(self.hint)
        if isinstance(self.editor, Answers):
            self.editor.setFixedWidth(columns_width(len(self.editor.buttons)))
        across = QHBoxLayout()
        across.setSpacing(10)
        across.addLayout(words, 1)
        across.addLayout(self._place_of_editor)
        self.menu_button.setFixedWidth(MENU_WIDTH)
        _keep_room(self.menu_button)
        across.addWidget(self.menu_button)
        down.addLayout(across)

    def _listen(self) -> None:
        self._hear_editor()
        self.reason.clicked.connect(lambda _checked=False: self._answer_after_all())

    def _hear_editor(self) -> None:
        self.editor.edited.connect(self._edited)
        self.editor.settled.connect(self.settled)
        self.editor.overflowed.connect(lambda words: self.show_problem("warning", words))

    def _lock(self, locked: bool) -> None:
        if locked != self._locked:
            self._locked = locked
            self.editor.set_read_only(locked)
            self.menu_button.setEnabled(not locked)
            self.reason.setEnabled(not locked)

    def _say(self, problem: str = "") -> None:
        understood = "" if problem or self._why else self.editor.understood()
        set_role(self.note, "role", self._severity if problem else "understood" if understood else "help")
        self.note.setText(problem or understood)
        must = _("must be answered") if self.required else ""
        self.editor.main.setAccessibleDescription("; ".join(part for part in (problem, must, self.help) if part))
        self._hide_empty_note()

    relevant = True
    _locked = False
    _place_of_editor: QHBoxLayout


class GridHead(QWidget):
    """The answers' words above the columns of a grid, each with the digit that chooses it."""

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__()
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(10)
        across.addStretch(1)
        heads = [
            _head_of_column(said if said[:1].isdigit() else f"{number}\n{said}")
            for number, said in enumerate(words, start=1)
        ]
        held = QWidget()
        held.setFixedWidth(columns_width(len(heads)))
        columns = QHBoxLayout(held)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(0)
        for head in heads:
            columns.addWidget(head, 1)
        across.addWidget(held)
        across.addSpacing(MENU_WIDTH)


class Nothing(Editor):
    """Stands where a note has no answer."""

    def __init__(self) -> None:
        super().__init__(QWidget())

    def value(self) -> None:
        """Never anything."""

    def set_value(self, value: object) -> None:
        """Nothing is shown."""


def let_go(editor: Editor) -> None:
    """Take an editor away; what Qt still says of it on the way is not heard."""
    editor.blockSignals(True)
    editor.hide()
    editor.deleteLater()


def columns_width(columns: int) -> int:
    """How wide so many answers are beside each other."""
    return columns * (COLUMN if columns <= WIDE_COLUMNS else NARROW_COLUMN)


def _head_of_column(words: str) -> QLabel:
    made = label(words, "caption", wrap=True)
    made.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return made


def _keep_room(tool: QToolButton) -> None:
    policy = tool.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    tool.setSizePolicy(policy)


def _reached(editor: QWidget) -> list[QWidget]:
    found = (one for one in editor.findChildren(QWidget) if one.window() is editor.window())
    return [one for one in found if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None]
