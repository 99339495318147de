# SPDX-License-Identifier: Apache-2.0
"""Cards at a centre: a form for a new one, the card itself, and taking its answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication, QFileDialog, QPlainTextEdit, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.editors import TextEditor
from ui.kit.editors_codes import CodeEditor
from ui.kit.editors_dates import DateEditor
from ui.kit.form import Form
from ui.kit.form_row import FormRow
from ui.kit.messages import words_for
from ui.kit.pieces import WIDE_GAP, button, column, label, row
from ui.kit.saving_files import ask_where, save_whole
from ui.pages.exchange_qr import QrPicture
from ui.pages.exchange_receipts import Sheet
from ui.pages.exchange_words import role_words, villages_words
from ui.pages.papers import print_paper

if TYPE_CHECKING:
    from resource_centre.problems import Problem
    from resource_centre.services.accounts import AccountRow

CARD_KINDS = ".rccard"
REPLY_KINDS = ".rcreply"
"""Longer than any card or answer: what is longer is another file."""


@dataclass(frozen=True)
class Drawn:
    """A card's text, and its square code line by line; no line when it is too long for one."""

    text: str
    squares: tuple[tuple[bool, ...], ...]


class NewPeer(Sheet):
    """Who will work on the laptop and until when; for a centre below us only its name and the day."""

    def __init__(
        self,
        desk: Desk,
        role: str,
        accounts: Sequence[AccountRow],
        invited: Callable[[Drawn], object],
        back: Callable[[], object],
    ) -> None:
        super().__init__(_("A new laptop") if role == "laptop" else _("A new centre"), back, _("&Cancel"))
        self._desk, self._role, self._invited = desk, role, invited
        self._accounts = {one.id: one for one in accounts}
        card = self.add_card("")
        card.body.addWidget(label(_why(role), "muted", wrap=True))
        self.form = Form(desk.places, asks_why=False)
        self.form.add_row(FormRow("name", _name_words(role), TextEditor(longest=80), required=True))
        if role == "laptop":
            editor = CodeEditor([(one.id, one.name or one.login) for one in accounts])
            self.form.add_row(FormRow("account_id", _("Who works on it"), editor, required=True))
            self.form.rows["account_id"].settled.connect(self._say_villages)
            self.form.rows["account_id"].edited.connect(self._say_villages)
        until = DateEditor()
        until.means("future")
        help_words = _("Empty: until it is blocked.")
        self.form.add_row(FormRow("expires_on", _("May exchange until"), until, help=help_words))
        card.body.addWidget(self.form)
        self.back.setProperty("role", "")
        self.save_button = button(_("&Make the card"), self.save, role="main", help="Ctrl+S")
        self.foot.insertWidget(0, self.save_button)
        self.draft = desk.drafts.keep(f"exchange_{role}", self.form, parent=self)
        self.form.edited.connect(lambda _name: self.draft.touch())
        self.draft.offer(self._restore)

    def first_field(self) -> QWidget:
        """The name."""
        return self.form.editor("name")

    def save(self) -> None:
        """Make the card; what is missing is said beside the field."""
        if self.form.show_problems((*self.form.not_understood(), *self._missing())):
            return
        values, role = self.form.values(), self._role
        self.save_button.setEnabled(False)
        self._desk.worker.change(
            lambda session: _invite(session, role, values),
            self._made,
            self._refused,
            finished=lambda: self.save_button.setEnabled(True),
            owner=self,
        )

    def _missing(self) -> list[Problem]:
        """Everything that is still to be answered, told at once."""
        from resource_centre.problems import Problem

        required = [name for name, asked in self.form.rows.items() if asked.required]
        return [Problem(name, "required") for name in required if self.form.editor(name).is_empty()]

    def _restore(self, typed: dict[str, Any]) -> None:
        self.form.restore(typed)
        if self._role == "laptop":
            self._say_villages()

    def _say_villages(self) -> None:
        chosen = self._accounts.get(str(self.form.editor("account_id").value() or ""))
        words = ""
        if chosen is not None:
            names = self._names(chosen.villages) if chosen.role == "collector" else villages_words(None)
            words = _("The laptop will hold: {villages}").format(villages=names)
        self.form.rows["account_id"].show_note(words, "help")

    def _names(self, villages: tuple[str, ...]) -> str:
        gazetteer = self._desk.places.gazetteer
        return villages_words([gazetteer.name(code) if gazetteer is not None else code for code in villages])

    def _made(self, card: Drawn) -> None:
        self.draft.discard()
        self._invited(card)

    def _refused(self, error: Exception) -> None:
        problems = tuple(getattr(error, "problems", ()))
        if any(problem.field == "villages" for problem in problems):
            words = _("This account has no villages yet. Give it some in the settings first.")
            self.form.rows["account_id"].show_problem("error", words)
            self.form.lead_to("account_id")
        elif not self.form.show_problems(problems):
            self._desk.messages.show_error(error)


class CardSheet(Sheet):
    """The card of an invitation, to be given to the laptop in whatever way: file, paper, picture, text."""

    def __init__(self, desk: Desk, drawn: Drawn, answer: Callable[[], object], back: Callable[[], object]) -> None:
        from db.exchange.cards import read_card

        card = read_card(drawn.text)
        super().__init__(_("The card for {name}").format(name=card.name), back)
        self._desk, self._text, self._card = desk, drawn.text, card
        box = self.add_card("")
        why = _how_to_join(card.role)
        said = [role_words(card.role), *([_("signs in as {login}").format(login=card.login)] if card.login else [])]
        self.save_button = button(_("&Save as a file…"), self.save, role="main", help="Ctrl+S")
        self.print_button = button(_("&Print…"), self.print, help="Ctrl+P")
        self.copy_button = button(_("&Copy the text"), self._copy)
        ways = [row(way, None) for way in (self.save_button, self.print_button, self.copy_button)]
        self.picture = QrPicture(drawn.squares)
        told = (label(why, "muted", wrap=True), label(" · ".join(said), wrap=True))
        beside = row(column(*told, *ways, None), self.picture, gap=WIDE_GAP)
        beside.setStretch(0, 1)
        box.body.addLayout(beside)
        self.picture.setVisible(bool(drawn.squares))
        self.back.setProperty("role", "")
        self.foot.insertWidget(0, button(_("Take the &answer…"), answer))

    def first_field(self) -> QWidget:
        """Mostly it goes onto a stick."""
        return self.save_button

    def save(self) -> None:
        """Ask where, and write the card."""
        # Its name says nothing about anybody: the laptop may be called after who works on it.
        name = _("card-{sign}{ending}").format(sign=self._card.device or "centre", ending=CARD_KINDS)
        path = ask_where(self, _("Save the card"), name, _("Cards (*.rccard)"), CARD_KINDS)
        if path is not None:
            save_whole(self._desk, path, self._text.encode(), owner=self)

    def print(self) -> None:
        """As a paper, written down in the trail."""
        card = self._card
        about: dict[str, Any] = {"laptop": card.name, "login": card.login or "", "until": card.expired}
        print_paper(self._desk, "pairing_card", parent=self.window(), card=self._text, **about)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self._text)
        self._desk.messages.done(_("The text of the card is copied."))


class TextSheet(Sheet):
    """A text that is pasted, or read from a file, and then given to the worker."""

    def __init__(self, desk: Desk, title: str, why: str, kinds: str, back: Callable[[], object], take: str) -> None:
        super().__init__(title, back, _("&Cancel"))
        self.desk, self._kinds = desk, kinds
        self._begun = False
        card = self.add_card("")
        card.body.addWidget(label(why, "muted", wrap=True))
        self.file_button = button(_("From a &file…"), self._ask_file, role="main")
        card.body.addLayout(row(self.file_button, None))
        caption = label(_("or &paste the text here"), "caption")
        caption.setProperty("textFormat", "AutoText")
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(caption.text().replace("&", ""))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(110)
        caption.setBuddy(self.text)
        self.told = label("", "error", wrap=True)
        for made in (caption, self.text, self.told):
            card.body.addWidget(made)
        self.told.hide()
        self.take_button = button(take, self.take)
        self.foot.insertWidget(0, self.take_button)
        self.back.setProperty("role", "")

    def first_field(self) -> QWidget:
        """Mostly it is on a stick."""
        return self.file_button

    def take_file(self, path: Path) -> None:
        """Read a file, and take what is in it."""
        self.desk.worker.run(lambda: read_text(path), self._read, self._refused, owner=self)

    def take(self) -> None:
        """Take what stands in the box."""
        raise NotImplementedError

    def _read(self, text: str) -> None:
        self.text.setPlainText(text)
        self.take()

    def _ask_file(self) -> None:
        folder = self.desk.preferences.exchange_folder or Path.home()
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose the file"), str(folder), self._kinds)
        if chosen:
            self.take_file(Path(chosen))

    def _refused(self, error: Exception) -> None:
        self.told.setText(words_for(error).text)
        self.told.show()
        self.text.setFocus()


class AnswerSheet(TextSheet):
    """The answer to one of our cards; its six words come next."""

    def __init__(self, desk: Desk, done: Callable[[tuple[str, str]], None], back: Callable[[], object]) -> None:
        why = _("The other computer wrote a file that ends in .rcreply beside the card.")
        kinds = _("Answers (*.rcreply);;All files (*)")
        super().__init__(desk, _("The answer to a card"), why, kinds, back, _("&Take it"))
        self._done = done

    def take(self) -> None:
        """Take the answer."""
        self.told.hide()
        text = self.text.toPlainText()
        self.desk.worker.change(lambda session: _accept(session, text), self._done, self._refused, owner=self)


def save_reply(desk: Desk, parent: QWidget, reply: str) -> None:
    """Ask where the answer to a card is to lie, and write it there."""
    name = _("answer{ending}").format(ending=REPLY_KINDS)
    path = ask_where(parent, _("Save the answer"), name, _("Answers (*.rcreply)"), REPLY_KINDS)
    if path is not None:
        save_whole(desk, path, reply.encode())


def kinds_of_cards() -> str:
    """What is chosen from when a card is asked for: its file, its paper, or a photo of its square code."""
    from db.exchange.card_files import ENDINGS

    endings = " ".join(f"*.{one}" for one in ("rccard", *ENDINGS))
    return f"{_('Cards, also as a photo ({endings})').format(endings=endings)};;{_('All files')} (*)"


def read_text(path: Path) -> str:
    """A card or an answer from a file or a picture; EnvironmentFailed for what cannot be one."""
    from db.exchange.card_files import read_card_file

    return read_card_file(path)


def _why(role: str) -> str:
    if role == "laptop":
        return _("The laptop holds the villages of the account that works on it, and nothing that is confidential.")
    return _("This centre becomes a head office: it receives from the other centre everything but protection records.")


def _how_to_join(role: str) -> str:
    if role == "laptop":
        return _(
            "Bring it to the other computer: choose “Join a centre with a card” there. It is good for one computer. "
            "Then take the answer that it writes."
        )
    return _(
        "Bring it to the other centre: its coordinator chooses “Join a head office” there, in “Village laptops” under "
        "“More”. It is good for one centre. Then take the answer that it writes."
    )


def _name_words(role: str) -> str:
    return _("Name of the laptop") if role == "laptop" else _("Name of the centre")


def accounts(session: Any) -> list[AccountRow]:
    """Who may work on a laptop."""
    from resource_centre.services.accounts import accounts_of

    return [one for one in accounts_of(session) if one.active]


def drawn(text: str) -> Drawn:
    """A card with its square code; on the worker, for the code takes a moment."""
    from reports.kit.qr import squares

    return Drawn(text, squares(text))


def _invite(session: Any, role: str, values: dict[str, Any]) -> Drawn:
    from db.exchange import pairing

    asked = pairing.Invited(
        name=values["name"] or "", role=role, account_id=values.get("account_id"), expires_on=values["expires_on"]
    )
    return drawn(pairing.invite(session, asked))


def _accept(session: Any, text: str) -> tuple[str, str]:
    from db.exchange import pairing

    peer = pairing.accept_reply(session, text)
    return peer.site, peer.name
