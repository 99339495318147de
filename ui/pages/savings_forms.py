# SPDX-License-Identifier: Apache-2.0
"""The forms of a savings group: its rules, a member found or added, a share-out, a new cycle."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from resource_centre.clock import today
from resource_centre.i18n import _, ngettext
from resource_centre.records import GroupMeeting, GroupMember, SavingsGroup, fields_of
from resource_centre.values.names import fold_name
from ui.kit.desk import Desk
from ui.kit.editors import Editor
from ui.kit.form import Form
from ui.pages.column_form import ColumnForm
from ui.pages.record_form import RecordForm
from ui.pages.savings_store import GroupLook
from ui.pages.suggesting import SuggestingLine, Suggestion
from ui.pages.training_store import known_people
from ui.pages.wording import age_or_standing, term, village_words

if TYPE_CHECKING:
    from resource_centre.services.group_books import ShareOut

RULES = (("name", "village_code", "founded_on"), ("cycle_begins_on", "cycle_ends_on", "meets"))
MONEY_RULES = (("share_value", "most_shares", "loan_fee"), ("constitution",))
OF_CYCLE = ("cycle_begins_on", "cycle_ends_on", "share_value", "most_shares", "loan_fee")
Done = tuple[Callable[[Any], None], Callable[[], None]]


class MemberNameEditor(Editor):
    """A name that offers the registered people it could be; choosing one links the member to them.

    `noticed`: it became known how many registered people have just this name (`alike`).
    """

    noticed = Signal()
    line: SuggestingLine

    def __init__(self, desk: Desk) -> None:
        # A known person is never taken by Enter alone: two people may have one name.
        self.line = SuggestingLine(first_is_chosen=False)
        super().__init__(self.line)
        self.person_id: str | None = None
        self.alike = 0
        self._desk = desk
        self.line.textEdited.connect(lambda _text: self._typed())
        self.line.wondering.connect(self._wonder)
        self.line.taken.connect(self._taken)
        self.settle_when_left(self.line)

    def value(self) -> Any:
        """The tidied name."""
        from resource_centre.values.text import tidy

        return tidy(self.line.text()) or None

    def set_value(self, value: Any) -> None:
        """Show a name."""
        self.line.setText(value or "")

    def typed(self) -> Any:
        """The name and whose it is."""
        return [self.line.text(), self.person_id] if self.person_id else self.line.text()

    def set_typed(self, typed: Any) -> None:
        """The line as it was."""
        name, self.person_id = typed if isinstance(typed, list) else (typed, None)
        self.set_value(name)

    def understood(self) -> str:
        """Whether it is somebody registered."""
        if self.person_id:
            return _("Linked to the registered person.")
        words = ngettext(
            "Somebody registered has this name. If it is them, type the name on and choose them with ↓.",
            "{n} registered people have this name. If it is one of them, type the name on and choose them with ↓.",
            self.alike,
        )
        return words.format(n=self.alike) if self.alike else ""

    def look(self) -> None:
        """Ask whether somebody registered has this name."""
        text = self.line.text()
        if self.person_id is None and text.strip():
            self._ask(text, lambda _people: None)

    def _typed(self) -> None:
        self.person_id, self.alike = None, 0
        self.edited.emit()

    def _wonder(self, text: str) -> None:
        if len(text.strip()) < 2:
            self.line.offer(())
            return
        self._ask(text, lambda people: self.line.offer([self._suggestion(person) for person in people]))

    def _ask(self, text: str, offer: Callable[[list[Any]], object]) -> None:
        def found(people: list[tuple[Any, str | None]]) -> None:
            offer([person for person, _kind in people])
            if self.line.text() == text:
                self.alike = sum(fold_name(person.name) == fold_name(text) for person, _kind in people)
                self.noticed.emit()

        self._desk.worker.read(
            lambda session: known_people(session, text), found, replaces="group-names", quiet=True, owner=self
        )

    def _suggestion(self, person: Any) -> Suggestion:
        village = village_words(self._desk.places, person.village_code)
        said = age_or_standing(person.birth_date, person.standing)
        facts = (person.number or "", term("sex", person.sex), said, village)
        return Suggestion(person.name, " · ".join(fact for fact in facts if fact), person)

    def _taken(self, chosen: Suggestion) -> None:
        self.person_id = str(chosen.value.id)
        self.edited.emit()
        self.offered.emit({"sex": chosen.value.sex} if chosen.value.sex else {})
        self.settled.emit()


def group_form(desk: Desk, group: SavingsGroup | None, done: Done) -> RecordForm:
    """The rules of a group, or of a new one."""
    from resource_centre.services.savings_groups import change_group, start_group

    known = {field.name: field for field in fields_of(SavingsGroup)}
    form = ColumnForm(desk.places, columns=1)
    for heading, lines in ((_("The group"), RULES), (_("Its rules"), MONEY_RULES)):
        form.section(heading, heading)
        for line in lines:
            form.add_fields(known.values(), *line)
            form.side_by_side(*line, noted=True)
    form.add_field(known["remarks"])
    form.close_columns()

    def write(form: Form) -> Callable[[Any], str]:
        values, why, version = form.values(), form.unanswered(), form.version
        if group is None:
            return lambda session: str(start_group(session, values, why).id)
        return lambda session: str(change_group(session, group.id, values, why, version=version).id)

    heading = _("A new savings group") if group is None else _("Rules of the group")
    record_id = group.id if group is not None else None
    made = _record_form(desk, heading, form, "savings_group", record_id, write, done, about=group)
    form.set_values(group if group is not None else {"cycle_begins_on": today(), "meets": "bulanan"})
    return made


def member_form(desk: Desk, look: GroupLook, member: GroupMember | None, done: Done) -> RecordForm:
    """One member of a group, or a new one: a name, or somebody registered."""
    from resource_centre.services.savings_groups import add_member, change_member

    known = {field.name: field for field in fields_of(GroupMember)}
    name = MemberNameEditor(desk)
    form = ColumnForm(desk.places, columns=1)
    form.section("who", "")
    form.add_field(known["name"], name, help=_("Registered people with this name are offered as you type; ↓ chooses."))
    form.add_fields(known.values(), "sex", "phone", "joined_on", "left_on")
    form.close_columns()

    def write(form: Form) -> Callable[[Any], str]:
        values, version = form.values() | {"person_id": name.person_id}, form.version
        if member is None:
            return lambda session: str(add_member(session, look.group.id, values).id)
        return lambda session: str(change_member(session, member.id, values, version=version).id)

    heading = _("A new member") if member is None else _("Change a member")
    record_id = member.id if member is not None else look.group.id
    made = _record_form(desk, heading, form, "group_member", record_id, write, done, about=member)
    form.set_values(member if member is not None else {})
    name.person_id = member.person_id if member is not None else None
    name.noticed.connect(lambda: form.rows["name"].show_note(name.understood(), "good"))
    name.look()
    return made


def share_out_form(desk: Desk, look: GroupLook, planned: ShareOut, done: Done) -> RecordForm:
    """The share-out: on which day, and what the box holds when everybody was paid."""
    from resource_centre.services.group_meetings import carry_out_share_out
    from ui.pages.savings_words import share_out_words

    known = {field.name: field for field in fields_of(GroupMeeting)}
    form = ColumnForm(desk.places, columns=1)
    form.section("count", _("Share out"), note=share_out_words(planned, look.books.outstanding))
    form.add_field(known["held_on"])
    form.add_field(known["cash_counted"], help=_("Count what is left when everybody was paid."))
    form.add_fields(known.values(), "difference_why", "signed_by")
    form.close_columns()

    def write(form: Form) -> Callable[[Any], str]:
        values = form.values()
        return lambda session: str(carry_out_share_out(session, look.group.id, values).id)

    made = _record_form(desk, _("Share-out"), form, "group_share_out", look.group.id, write, done, say=_on_a_row)
    form.set_values({"held_on": today()})
    return made


def cycle_form(desk: Desk, look: GroupLook, done: Done) -> RecordForm:
    """The rules of the next cycle."""
    from resource_centre.services.savings_groups import begin_cycle

    known = {field.name: field for field in fields_of(SavingsGroup)}
    form = ColumnForm(desk.places, columns=1)
    form.section("cycle", "")
    form.add_fields(known.values(), *OF_CYCLE)
    form.close_columns()

    def write(form: Form) -> Callable[[Any], str]:
        values = form.values()
        return lambda session: str(begin_cycle(session, look.group.id, values).id)

    made = _record_form(desk, _("A new cycle"), form, "group_cycle", look.group.id, write, done)
    kept = {name: getattr(look.group, name) for name in OF_CYCLE[2:]}
    form.set_values(kept | {"cycle_begins_on": look.group.shared_out_on})
    return made


def _on_a_row(field: str) -> str:
    """What stands in the way of a share-out as a whole is said at its day."""
    return "held_on" if field in ("loans", "shares") else field


def _record_form(
    desk: Desk,
    heading: str,
    form: ColumnForm,
    name: str,
    record_id: str | None,
    write: Callable[[Form], Callable[[Any], Any]],
    done: Done,
    *,
    about: Any = None,
    say: Callable[[str], str] = lambda field: field,
) -> RecordForm:
    saved, cancelled = done
    return RecordForm(
        desk, heading, form,
        name=name, record_id=record_id, write=write, saved=saved, cancelled=cancelled, about=about, say=say,
    )  # fmt: skip
