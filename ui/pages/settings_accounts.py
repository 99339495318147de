# SPDX-License-Identifier: Apache-2.0
"""Who signs in: the list, a new account, a new passphrase for who forgot theirs, and the end of an account."""

from __future__ import annotations

from typing import Any

from resource_centre.i18n import _
from ui.kit.asked import Asked, Passphrase
from ui.kit.desk import Desk
from ui.kit.editors_numbers import PassphraseEditor
from ui.kit.form import Form
from ui.kit.form_row import FormRow
from ui.kit.messages import ask, words_for
from ui.kit.pieces import button, row
from ui.kit.strength import judge
from ui.kit.table import Column, Rows, RowsView
from ui.pages.settings_tab import Tab

LIST_HEIGHT = 210


class Accounts(Tab):
    """Only a coordinator sees this."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.rows = Rows(desk.worker, _columns())
        self.list = RowsView(self.rows, _("Accounts"))
        self.list.setFixedHeight(LIST_HEIGHT)
        self.end = button(_("&End this account…"), self._end, role="danger")
        self.renew = button(_("Give a new pa&ssphrase…"), self._renew)
        self.new = NewAccount(desk, self.look)
        self.renewal = Renewal(desk)
        self.renewal.hide()
        card = self.card(_("Who signs in"))
        card.body.addWidget(self.list)
        card.body.addLayout(row(self.renew, self.end, None))
        card.body.addWidget(self.renewal)
        self.card(_("New account")).body.addWidget(self.new)
        self.list.picked.connect(self._picked)
        self._picked()

    def look(self) -> None:
        """Read the accounts."""
        self._desk.worker.read(_accounts, self.rows.show_rows, owner=self)

    def _picked(self, _account: str = "") -> None:
        place = self.list.currentIndex()
        chosen = self.rows.row(place.row()) if place.isValid() else None
        self.renew.setEnabled(chosen is not None and chosen.active)
        self.end.setEnabled(chosen is not None and chosen.active and chosen.id != self._me())
        self.renewal.hide()

    def _me(self) -> str:
        centre = self._desk.worker.centre
        return str(centre.viewer.account_id) if centre is not None else ""

    def _renew(self) -> None:
        chosen = self.list.current_id()
        if chosen is not None:
            self.renewal.begin(chosen)

    def _end(self) -> None:
        chosen, centre = self.list.current_id(), self._desk.worker.centre
        question = _("This person will not be able to sign in any more. What they recorded stays. End the account?")
        if chosen is None or not ask(self, question, _("End the account"), _("Cancel"), danger=True):
            return
        end: Any = getattr(centre, "end_account", None)
        self._desk.worker.run(lambda: end(chosen), lambda _nothing: self.look(), owner=self)


class NewAccount(Form):
    """The described fields of an account, and a first passphrase."""

    def __init__(self, desk: Desk, added: Any) -> None:
        from resource_centre.records import Account, fields_of

        super().__init__(desk.places, asks_why=False)
        self._desk = desk
        self._added = added
        self.add_fields(fields_of(Account), "name", "login", "role", "villages")
        self.passphrase = PassphraseEditor()
        self.add_row(FormRow("passphrase", _("First passphrase"), self.passphrase, required=True))
        self.add = button(_("&Add"), self._save, role="main")
        self._inside.addLayout(row(self.add, None))
        self.edited.connect(lambda _name: self._judge())
        self._judge()

    def _judge(self) -> str:
        tone, sentence = judge(self.passphrase.value() or "", str(self.values("login")["login"] or ""))
        self.rows["passphrase"].show_note(sentence, tone)
        return tone

    def _save(self) -> None:
        from resource_centre.problems import Problem

        unclear = self.not_understood()
        known = {problem.field for problem in unclear}
        said = self.values("name", "login", "role")
        missing = [Problem(name, "required") for name, value in said.items() if not value and name not in known]
        wrong = self.show_problems([*unclear, *missing])
        if self._judge() in ("warning", "good") and not wrong:
            self._make(self.values(), str(self.passphrase.value()))

    def _make(self, values: dict[str, Any], passphrase: str) -> None:
        centre: Any = self._desk.worker.centre
        self.add.setEnabled(False)
        self._desk.worker.run(
            lambda: _add(centre, values, passphrase),
            self._done,
            self._refused,
            finished=lambda: self.add.setEnabled(True),
        )

    def _done(self, _account: Any) -> None:
        self.clear()
        self._judge()
        self._desk.messages.done(
            _("The account is there. Tell the person their sign-in name and passphrase in private.")
        )
        self._added()

    def _refused(self, error: Exception) -> None:
        if getattr(error, "code", "") == "login_taken":
            self.rows["login"].show_problem("error", words_for(error).text)
            self.lead_to("login")
        elif not self.show_problems(getattr(error, "problems", ())):
            self._desk.messages.show_error(error)


class Renewal(Asked):
    """A new passphrase for somebody who forgot theirs."""

    def __init__(self, desk: Desk) -> None:
        self.line = Passphrase()
        super().__init__(_("New passphrase for this person"), self.line, key=self.line.line)
        self._desk = desk
        self._account = ""
        self.setMaximumWidth(460)
        self.save = button(_("Save"), self._save, role="main")
        stacked = self.layout()
        assert stacked is not None
        stacked.addWidget(self.save)
        self.line.edited.connect(lambda: self.say(*reversed(judge(self.line.text()))))

    def begin(self, account_id: str) -> None:
        """Ask for this account's new passphrase."""
        self._account = account_id
        self.line.clear()
        self.say(*reversed(judge("")))
        self.show()
        self.line.setFocus()

    def _save(self) -> None:
        tone, sentence = judge(self.line.text())
        if tone not in ("warning", "good"):
            self.say(sentence, "error")
            return
        centre: Any = self._desk.worker.centre
        account, passphrase = self._account, self.line.text()
        self._desk.worker.run(lambda: centre.set_passphrase(account, passphrase), self._done)

    def _done(self, _nothing: Any) -> None:
        self.line.clear()
        self.hide()
        self._desk.messages.done(_("The new passphrase counts from now on."))


def _columns() -> list[Column]:
    from resource_centre.vocabulary import vocabulary

    roles = vocabulary("role")
    return [
        Column(_("Name"), lambda account: account.name or ""),
        Column(_("Sign-in name"), lambda account: account.login, width=18),
        Column(_("Role"), lambda account: roles.label(account.role), width=22),
        Column(_("May sign in"), lambda account: _("Yes") if account.active else _("No"), width=14),
    ]


def _accounts(session: Any) -> list[Any]:
    from resource_centre.services.accounts import accounts_of

    return accounts_of(session)


def _add(centre: Any, values: dict[str, Any], passphrase: str) -> str:
    from db.first_day import AccountAnswers

    answers = AccountAnswers(
        login=values["login"], name=values["name"], role=values["role"], villages=tuple(values["villages"] or ())
    )
    return str(centre.add_account(answers, passphrase))
