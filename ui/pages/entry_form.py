# SPDX-License-Identifier: Apache-2.0
"""One form for a new record and for one that is changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from resource_centre.records import Logged
from ui.kit.desk import Desk
from ui.kit.form import Form
from ui.pages.record_form import RecordForm

Done = Callable[[Any], None]
Cancelled = Callable[[], None]


@dataclass(frozen=True)
class Saving:
    """How a record is written: ``add(session, values, unanswered)`` a new one, `change` as services change records.

    `name` is that of its drafts; drafts of new ones are kept apart by `belongs_to`, such as the person's id.
    """

    name: str
    belongs_to: str | None
    add: Callable[[Any, dict[str, Any], Any], Any]
    change: Callable[..., Any]


def entry_form(
    desk: Desk,
    heading: str,
    form: Form,
    record: Logged | None,
    saving: Saving,
    done: tuple[Done, Cancelled],
    *,
    usual: Mapping[str, Any],
) -> RecordForm:
    """The questions of `form` about `record`, or about a new one (None) that begins with the `usual` answers."""

    def write(form: Form) -> Callable[[Any], str]:
        values, why, version = form.values(), form.unanswered(), form.version
        if record is None:
            return lambda session: str(saving.add(session, values, why).id)
        return lambda session: str(saving.change(session, record.id, values, why, version=version).id)

    saved, cancelled = done
    made = RecordForm(
        desk, heading, form,
        name=saving.name, record_id=record.id if record is not None else saving.belongs_to,
        write=write, saved=saved, cancelled=cancelled, about=record,
    )  # fmt: skip
    form.set_values(record if record is not None else usual)
    return made
