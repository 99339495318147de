# SPDX-License-Identifier: Apache-2.0
"""One question: its label with the key that leads to it, the editor, why there is no answer, and what is to be said."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from resource_centre.i18n import N_, _
from ui.kit.editors import Editor, ParagraphEditor
from ui.kit.pieces import label, set_role

LABEL_WIDTH = 190
EDITOR_WIDTH = 400
NARROW = 700
QWIDGETSIZE_MAX = (1 << 24) - 1
"""Qt's own "as wide as one likes", which the Python binding does not name."""

WHY_NOT = {
    "unknown": N_("Does not know"),
    "refused": N_("Does not want to say"),
    "not_applicable": N_("Does not apply"),
    "not_asked": N_("Not asked"),
}


class FormRow(QWidget):
    """A question with its answer. Use it through `Form`, or alone where there is no record yet."""

    edited = Signal()
    settled = Signal()
    offer_taken = Signal(object)

    def __init__(
        self,
        name: str,
        words: str,
        editor: Editor,
        *,
        help: str = "",  # noqa: A002 - the word of the field descriptions
        required: bool = False,
        may_be_unanswered: bool = False,
    ) -> None:
        super().__init__()
        self.name = name
        self.words = words
        self.editor = editor
        self.help = help
        self.required = required
        self._why: str | None = None
        self._severity = ""
        self._offer: dict[str, Any] = {}
        self.label = label(words, wrap=True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.label.setContentsMargins(0, 7, 0, 0)
        self.label.setBuddy(editor.main)
        self.note = label("", "help", wrap=True)
        self.use = QToolButton()
        self.reason = QToolButton()
        self.menu_button = QToolButton()
        self._prepare(may_be_unanswered)
        self._lay_out()
        self._listen()
        self._introduce()
        self._say()

    # Answers

    @property
    def why_unanswered(self) -> str | None:
        """unknown, refused, not_applicable or not_asked, None when there is an answer or simply nothing."""
        return self._why

    def set_why(self, code: str | None) -> None:
        """Say why there is no answer, or that there may be one again."""
        self._why = code
        if code is not None:
            self.editor.set_value(None)
        self.reason.setText(f"{_(WHY_NOT.get(code, code))}  ✕" if code else "")
        self.reason.setAccessibleName(
            _("{question}: {reason}. Press to answer after all.").format(
                question=self.words, reason=self.reason.text()[:-3]
            )
        )
        self.reason.setVisible(code is not None)
        self.editor.setVisible(code is None)
        self.show_problem("", "")

    def show_problem(self, severity: str, words: str) -> None:
        """Show what is wrong beside the answer, or nothing."""
        self._severity = severity
        self.editor.mark(severity)
        self._say(words)

    def show_note(self, words: str, tone: str) -> None:
        """Say something about the answer in a tone (help, good, warning, error) without calling it wrong."""
        set_role(self.note, "role", {"good": "understood"}.get(tone, tone))
        self.note.setText(words or self.help)
        self._hide_empty_note()

    def offer(self, says: dict[str, Any], words: str = "") -> None:
        """Offer answers, by field name, that one press takes over: this row's own, or those of others; none: no more.

        `words` stand on what is pressed.
        """
        self.use.setText(words or _("Use this"))
        self._offered(says)

    def set_mnemonic(self, letter: str) -> None:
        """Underline a letter of the label; Alt and that letter lead here."""
        place = self.words.casefold().find(letter) if letter else -1
        safe = self.words.replace("&", "&&")
        self.label.setText(safe if place < 0 or "&" in self.words else f"{self.words[:place]}&{self.words[place:]}")
        if self.required:
            self.label.setText(f"{self.label.text()} *")

    def stack(self) -> None:
        """Question above its answer, note below it, all as wide as the column: for forms in several columns."""
        self._stacked = self._narrow = True
        for piece in (self.label, self._answer, self.note):
            self._grid.removeWidget(piece)
            piece.setMinimumWidth(0)
            piece.setMaximumWidth(QWIDGETSIZE_MAX)
            piece.setContentsMargins(0, 0, 0, 0)
        above = QHBoxLayout()
        above.setSpacing(4)
        for beside, share in ((self.label, 1), (self.use, 0), (self.menu_button, 0)):
            above.addWidget(beside, share, Qt.AlignmentFlag.AlignBottom)
        self.menu_button.setProperty("role", "small")
        self.menu_button.setMaximumHeight(self.label.fontMetrics().height())
        self.use.setProperty("role", "chip-small")
        self._answer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        # Lines with a widest width share the room with an empty stretch; here they take it first.
        self.editor.inside.setStretchFactor(self.editor.main, 100)
        self._grid.addLayout(above, 0, 0)
        self._grid.addWidget(self._answer, 1, 0)
        self._grid.addWidget(self.note, 2, 0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(2, 0)
        self._hide_empty_note()

    def set_narrow(self, narrow: bool, label_width: int) -> None:
        """Put the note below the answer instead of beside it."""
        if self._stacked:
            return
        self.label.setFixedWidth(label_width)
        self._grid.removeWidget(self.note)
        if narrow:
            self._grid.addWidget(self.note, 1, 1)
        else:
            self._grid.addWidget(self.note, 0, 2)
        self.note.setContentsMargins(0, 0 if narrow else 7, 0, 0)
        self._narrow = narrow
        self._hide_empty_note()

    # Inside

    def _prepare(self, may_be_unanswered: bool) -> None:
        self.use.setText(_("Use this"))
        self.use.setProperty("role", "chip")
        self.use.setAccessibleName(_("{question}: use what the number says").format(question=self.words))
        self.use.hide()
        self.reason.setProperty("role", "chip")
        self.reason.hide()
        self.menu_button.setText("⋯")
        self.menu_button.setToolTip(_("Why there is no answer (F8)"))
        self.menu_button.setAccessibleName(_("{question}: why there is no answer").format(question=self.words))
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        if not may_be_unanswered:
            self.menu_button.hide()
        self._keep_room_for_menu()
        menu = QMenu(self.menu_button)
        for code, words in WHY_NOT.items():
            menu.addAction(self._why_action(menu, code, _(words)))
        self.menu_button.setMenu(menu)

    def _keep_room_for_menu(self) -> None:
        """Answers end at the same edge whether or not one may say why there is none."""
        policy = self.menu_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.menu_button.setSizePolicy(policy)

    def _why_action(self, menu: QMenu, code: str, words: str) -> QAction:
        action = QAction(words, menu)
        action.triggered.connect(lambda _checked=False: self._chose_why(code))
        return action

    def _lay_out(self) -> None:
        answer = QHBoxLayout()
        answer.setSpacing(4)
        answer.addWidget(self.editor, 1)
        answer.addWidget(self.reason)
        answer.addStretch(0)
        answer.addWidget(self.use, 0, Qt.AlignmentFlag.AlignTop)
        answer.addWidget(self.menu_button, 0, Qt.AlignmentFlag.AlignTop)
        self._answer = QWidget()
        self._answer.setLayout(answer)
        answer.setContentsMargins(0, 0, 0, 0)
        self._answer.setFixedWidth(EDITOR_WIDTH + (120 if isinstance(self.editor, ParagraphEditor) else 0))
        self._answer.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(2)
        self._grid.addWidget(self.label, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(self._answer, 0, 1, Qt.AlignmentFlag.AlignTop)
        self._grid.setColumnStretch(2, 1)
        self.note.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.set_narrow(False, LABEL_WIDTH)

    def _listen(self) -> None:
        self.editor.edited.connect(self._edited)
        self.editor.settled.connect(self.settled)
        self.editor.offered.connect(self._offered)
        self.editor.overflowed.connect(lambda words: self.show_problem("warning", words))
        self.reason.clicked.connect(lambda _checked=False: self._answer_after_all())
        self.use.clicked.connect(lambda _checked=False: self._take_offer())

    def _introduce(self) -> None:
        must = _("must be answered") if self.required else ""
        self.editor.introduce(self.words, "; ".join(part for part in (must, self.help) if part))

    def _edited(self) -> None:
        self.use.hide()
        self.show_problem("", "")
        self.edited.emit()

    def _chose_why(self, code: str) -> None:
        self.set_why(code)
        self.reason.setFocus()
        self.edited.emit()

    def _answer_after_all(self) -> None:
        self.set_why(None)
        self.editor.main.setFocus()
        self.edited.emit()

    def _offered(self, says: object) -> None:
        self._offer = dict(says) if isinstance(says, dict) else {}
        self.use.setVisible(bool(self._offer))

    def _take_offer(self) -> None:
        self.use.hide()
        self.offer_taken.emit(self._offer)

    def _say(self, problem: str = "") -> None:
        understood = "" if problem or self._why else self.editor.understood()
        role = self._severity if problem else "understood" if understood else "help"
        set_role(self.note, "role", role or "help")
        self.note.setText(problem or understood or self.help)
        must = _("must be answered") if self.required else ""
        self.editor.main.setAccessibleDescription("; ".join(part for part in (problem, must, self.help) if part))
        self._hide_empty_note()

    def _hide_empty_note(self) -> None:
        self.note.setVisible(not self._narrow or bool(self.note.text()))

    _narrow = False
    _stacked = False
    _grid: QGridLayout
    label: QLabel
