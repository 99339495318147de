# SPDX-License-Identifier: Apache-2.0
"""Dissolving a savings group: the day, the reason, and what still stands in the way of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.records import SavingsGroup, fields_of
from ui.kit.desk import Desk
from ui.kit.form import Form
from ui.kit.typed_dates import show_date
from ui.pages.column_form import ColumnForm
from ui.pages.record_form import RecordForm
from ui.pages.savings_store import GroupLook

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SHARED, DISSOLVED = "dibagi", "bubar"
"""States of a group (code list group_state)."""
ASKED = ("dissolved_on", "dissolved_why")


def dissolve_form(
    desk: Desk, look: GroupLook, saved: Callable[[Any], None], cancelled: Callable[[], None]
) -> RecordForm:
    """On which day a group ended, and why."""
    from resource_centre.services.group_ending import dissolve_group

    known = {field.name: field for field in fields_of(SavingsGroup)}
    form = ColumnForm(desk.places, columns=1)
    note = _("Its members, meetings and papers stay readable. A group ends once nobody owes it anything and its box is "
             "empty.")  # fmt: skip
    form.section("end", "", note=note)
    form.add_fields(known.values(), *ASKED)
    form.close_columns()

    def write(form: Form) -> Callable[[Any], str]:
        values = form.values()
        return lambda session: str(dissolve_group(session, look.group.id, values).id)

    made = RecordForm(
        desk, _("Dissolve the group"), form,
        name="group_end", record_id=look.group.id, write=write, saved=saved, cancelled=cancelled,
    )  # fmt: skip
    form.set_values({"dissolved_on": today()})
    return made


def take_up(session: Session, group_id: str) -> None:
    """The group goes on after all."""
    from resource_centre.services.group_ending import take_up_group

    take_up_group(session, group_id)


def ended_words(group: SavingsGroup) -> str:
    """Since when there is no such group any more, and why; nothing while it goes on."""
    if group.state != DISSOLVED:
        return ""
    return _("Dissolved on {date}: {why}").format(date=show_date(group.dissolved_on), why=group.dissolved_why or "–")
