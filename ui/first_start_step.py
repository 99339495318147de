# SPDX-License-Identifier: Apache-2.0
"""What the ways into the program share: one step at a time with Next and Back, a new passphrase, a free folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.folders import is_free
from ui.front import Front
from ui.kit.asked import Asked, Passphrase
from ui.kit.pieces import GAP, button, label, row
from ui.kit.strength import judge


class Step(QWidget):
    """One page of the first start."""

    def __init__(self, title: str, why: str) -> None:
        super().__init__()
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(0, 0, 0, 0)
        self.inside.setSpacing(GAP)
        self.inside.setAlignment(Qt.AlignmentFlag.AlignTop)
        if title:
            self.inside.addWidget(label(title, "title", wrap=True))
        self.inside.addWidget(label(why, "muted", wrap=True))
        self.inside.addSpacing(GAP)

    def check(self) -> bool:
        """Whether one may go on; says what is missing beside the fields."""
        return True


class NewPassphraseStep(Step):
    """A step that ends with a passphrase, typed twice."""

    def __init__(self, title: str, why: str) -> None:
        super().__init__(title, why)
        self.passphrase, self.again = Passphrase(), Passphrase()
        self.ask_passphrase = Asked(_("&Passphrase"), self.passphrase, key=self.passphrase.line)
        self.ask_again = Asked(_("Passphrase a&gain"), self.again, key=self.again.line)
        self.passphrase.edited.connect(self.judge)
        self.again.edited.connect(lambda: self.ask_again.say(""))

    def names(self) -> tuple[str, ...]:
        """Words that a passphrase of this person may not be made of."""
        return ()

    def judge(self) -> bool:
        """Say how good the passphrase is; whether that is good enough."""
        tone, sentence = judge(self.passphrase.text(), *self.names())
        self.ask_passphrase.say(sentence, tone)
        return tone in ("warning", "good")

    def check(self) -> bool:
        """Twice the same, and good enough."""
        strong = self.judge()
        if not strong:
            self.ask_passphrase.say(self.ask_passphrase.note.text(), "error")
        same = self.passphrase.text() == self.again.text()
        self.ask_again.say("" if same else _("The two passphrases differ."))
        return strong and same

    def forget(self) -> None:
        """Nothing of it stays in the window."""
        self.passphrase.clear()
        self.again.clear()


class KeptIn(QWidget):
    """In which folder the records will lie, and a link to choose another: one that holds nothing yet."""

    def __init__(self, folder: Path, link: str, question: str) -> None:
        super().__init__()
        self.folder = folder
        self._question = question
        self._words = label("", "help", wrap=True)
        line = row(self._words, button(link, self._choose, role="link"))
        line.setContentsMargins(0, 0, 0, 0)
        line.setStretch(0, 1)
        self.setLayout(line)
        self._say()

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self._question, str(self.folder.parent))
        if chosen:
            self.folder = Path(chosen) if is_free(Path(chosen)) else Path(chosen) / "centre"
            self._say()

    def _say(self) -> None:
        self._words.setText(_("Kept in {folder}").format(folder=self.folder))


class StepsFront(Front):
    """The steps one after the other, what went wrong below them, and the buttons."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(None, names)
        self._words = ""
        self.steps = QStackedWidget()
        self.told = label("", "error", wrap=True)
        self.told.hide()
        self.back = button(_("&Back"), self.go_back)
        self.next = button(_("Ne&xt"), self.go_on, role="main")
        self.next.setDefault(True)
        self.content.addWidget(self.steps)
        self.content.addWidget(self.told)

    def go_on(self) -> None:
        """Check this step; what follows it says `leave`."""
        step = self.steps.currentWidget()
        if isinstance(step, Step) and self.next.isEnabled() and step.check():
            self.leave(step)

    def leave(self, step: Step) -> None:
        """A step was answered."""
        raise NotImplementedError

    def go_back(self) -> None:
        """To the step before."""
        raise NotImplementedError

    def refused(self, words: str) -> None:
        """It could not be done."""
        self.wait(False)
        self.told.setText(words)
        self.told.show()

    def lead_to(self, place: int, words: str, *, focus: QWidget | None = None) -> None:
        """Show a step; `words` stand on the button that goes on, the keyboard is on `focus` or in the step."""
        self.told.hide()
        self.steps.setCurrentIndex(place)
        self.brand.show_step(place)
        self._words = words
        self._say_next(words)
        first = focus or self.steps.currentWidget()
        if first is not None:
            self.setFocusProxy(first)
            first.setFocus()

    def wait(self, waiting: bool, words: str = "") -> None:
        """Nothing can be pressed while the folder is made; `words` say so on the button meanwhile."""
        step = self.steps.currentWidget()
        for part in (self.next, self.back, *([step] if step is not None else [])):
            part.setEnabled(not waiting)
        self._say_next(words if waiting else self._words)
        if waiting:
            self.told.hide()
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_next(self, words: str) -> None:
        self.next.setText(words)
        self.next.setAccessibleName(words.replace("&", ""))
