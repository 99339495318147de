# SPDX-License-Identifier: Apache-2.0
"""The family of a person: who is known opens with one press, who is not can be linked to their own record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from resource_centre.i18n import _
from resource_centre.records import HouseholdMember, field_of
from resource_centre.values.standing import DEAD
from ui.kit.desk import Desk
from ui.kit.form import Form
from ui.kit.messages import ask
from ui.kit.pieces import GAP, Card, button, empty, label, row
from ui.pages.person_picker import PersonPicker
from ui.pages.wording import age_words

if TYPE_CHECKING:
    from resource_centre.services.family import Relative


class FamilyPanel(Card):
    """Lines of relatives and, when wanted, the question who else belongs to the family."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Family"))
        self.desk = desk
        self.person_id: str | None = None
        self.relatives: list[Relative] = []
        self.linking: LinkForm | None = None
        self.lines = QGridLayout()
        self.lines.setHorizontalSpacing(GAP)
        self.lines.setVerticalSpacing(2)
        self.lines.setColumnStretch(0, 1)
        self.place = QVBoxLayout()
        self.link_button = button(_("Link somebody…"), self.link, name=_("Link somebody of the family"))
        self.body.addLayout(self.lines)
        self.body.addLayout(self.place)
        self.body.addLayout(row(self.link_button, None))
        if not desk.may("register"):
            self.link_button.hide()
        desk.worker.changed.connect(self._changed)

    def show_person(self, person_id: str) -> None:
        """Show the family of this person."""
        if person_id != self.person_id:
            self._close()
        self.person_id = person_id
        self._read()

    def link(self, relative: Relative | None = None) -> None:
        """Ask who it is, and what they are to the person; of a member the relation is known already."""
        self._close()
        form = LinkForm(self.desk, relative, self._link, self._close)
        self.linking = form
        self.link_button.setEnabled(False)
        self.place.addWidget(form)
        form.show()
        form.begin()

    # Inside

    def _read(self) -> None:
        person_id = self.person_id
        if person_id is not None:
            self.desk.worker.read(lambda session: _family(session, person_id), self._show, quiet=True)

    def _show(self, found: tuple[str, list[Relative]]) -> None:
        person_id, relatives = found
        if person_id != self.person_id:
            return
        self.relatives = relatives
        empty(self.lines)
        for line, one in enumerate(relatives):
            self._line(line, one)
        if not relatives:
            self.lines.addWidget(label(_("Nobody of the family is written down."), "muted", wrap=True), 0, 0)

    def _line(self, line: int, one: Relative) -> None:
        facts = label(_facts(one), "muted", wrap=True)
        if one.person_id is not None:
            person_id = one.person_id
            name = f"{one.name}, {_facts(one)}"
            opener: QWidget = button(one.name, lambda: self.desk.go("person", person_id), role="link", name=name)
        else:
            opener = label(one.name, wrap=True, selectable=True)
        self.lines.addWidget(opener, 2 * line, 0, Qt.AlignmentFlag.AlignLeft)
        self.lines.addWidget(facts, 2 * line + 1, 0, 1, 2)
        act = self._act(one)
        if act is not None:
            self.lines.addWidget(act, 2 * line, 1, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)

    def _act(self, one: Relative) -> QWidget | None:
        if one.member_id is None or not self.desk.may("register"):
            return None
        if one.person_id is None:
            words = _("Has a record: {name}").format(name=one.name)
            return button(_("Has a record…"), lambda: self.link(one), role="link", name=words)
        words = _("Take the link to {name} away").format(name=one.name)
        return button(_("Unlink"), lambda: self._unlink(one), role="link", name=words)

    def _link(self, values: dict[str, Any]) -> None:
        person_id = self.person_id
        if person_id is not None and self.linking is not None:
            self.desk.worker.change(
                lambda session: _link(session, person_id, **values), lambda _id: self._saved(), self.linking.refused
            )

    def _unlink(self, one: Relative) -> None:
        question = _("Take the link away? Both records stay as they are.")
        if one.member_id is not None and ask(self, question, _("Unlink"), _("Keep it")):
            member_id = one.member_id
            self.desk.worker.change(lambda session: _unlink(session, member_id), lambda _id: self._saved())

    def _saved(self) -> None:
        self._close()
        self.desk.messages.done(_("Saved."))
        self._read()

    def _close(self) -> None:
        if self.linking is not None:
            self.linking.hide()
            self.linking.deleteLater()
            self.linking = None
        self.link_button.setEnabled(True)

    def _changed(self, changed: dict[str, set[str]]) -> None:
        if {"HouseholdMember", "Person"} & changed.keys() and self.isVisible() and self.linking is None:
            self._read()


class LinkForm(QWidget):
    """Who, and what they are to the person."""

    def __init__(self, desk: Desk, member: Relative | None, save: Any, cancel: Any) -> None:
        super().__init__()
        self._member, self._give = member, save
        self.picker = PersonPicker(desk, _("Who it is"))
        self.picker.new_wanted.connect(lambda name: desk.go("intake", name))
        self.form = Form(desk.places, asks_why=False)
        row_ = self.form.add_field(field_of(HouseholdMember.relation))
        row_.stack()
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GAP)
        who = _("Who is {name}?").format(name=member.name) if member else _("Who it is")
        inside.addWidget(label(who, wrap=True))
        inside.addWidget(self.picker)
        inside.addWidget(self.form)
        self.save_button = button(_("&Save"), self.save, role="main", help="Ctrl+S")
        inside.addLayout(row(self.save_button, button(_("Cancel"), cancel, help="Esc"), None))
        if member is not None:
            self.form.hide()
        for keys, act in (("Ctrl+S", self.save), ("Ctrl+Return", self.save), ("Esc", cancel)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def begin(self) -> None:
        """Take the keyboard; a member's own name is looked for at once."""
        self.picker.line.setFocus()
        if self._member is not None and self._member.name:
            self.picker.line.setText(self._member.name)
            self.picker.line.wondering.emit(self._member.name)

    def save(self) -> None:
        """Give the answers on, or say what is missing."""
        from resource_centre.problems import Problem

        if self.picker.person_id is None:
            self.picker.mark(_("Please choose somebody from the list."))
            self.picker.line.setFocus()
            return
        relation = self.form.values()["relation"]
        if self._member is None and relation is None:
            self.form.show_problems([Problem("relation", "required")])
            return
        member_id = self._member.member_id if self._member else None
        self._give({"relative_id": self.picker.person_id, "relation": relation, "member_id": member_id})

    def refused(self, error: Exception) -> None:
        """Say why beside the name."""
        problems = getattr(error, "problems", ())
        self.picker.mark(" ".join(one.words() for one in problems) or str(getattr(error, "words", str)()))


def _facts(one: Relative) -> str:
    gone = one.standing == DEAD
    age = "" if gone else age_words(one.birth_date)
    parts = (
        one.relation_words,
        _("has died") if gone else "",
        _("{age} years old").format(age=age) if age else "",
        one.number or ("" if one.person_id else _("no record of their own")),
    )
    return " · ".join(part for part in parts if part)


def _family(session: Any, person_id: str) -> tuple[str, list[Relative]]:
    from resource_centre.services.family import family_of

    return person_id, family_of(session, person_id)


def _link(session: Any, person_id: str, *, relative_id: str, relation: str | None, member_id: str | None) -> str:
    from resource_centre.services import family

    if member_id is not None:
        return family.link_member(session, member_id, relative_id).id
    return family.link(session, person_id, relative_id, relation or "").id


def _unlink(session: Any, member_id: str) -> str:
    from resource_centre.services.family import unlink

    return unlink(session, member_id).id
