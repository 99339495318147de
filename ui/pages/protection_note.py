# SPDX-License-Identifier: Apache-2.0
"""A few words to the protection officer: written down, and not to be read again by anybody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from resource_centre.i18n import _
from resource_centre.records import ProtectionConcern, fields_of
from ui.kit.desk import Desk
from ui.kit.form import Form
from ui.kit.pieces import label
from ui.pages.record_form import RecordForm
from ui.pages.screening_form import hotline_line

NAME = "protection_note"


def protection_note(
    desk: Desk, person_id: str, saved: Callable[[Any], None], cancelled: Callable[[], None]
) -> RecordForm:
    """The form about one person: what matter, how urgent, what was seen and told."""
    form = Form(desk.places, asks_why=False)
    form.add_fields(fields_of(ProtectionConcern), "kind", "urgency", "account")

    def write(form: Form) -> Callable[[Any], Any]:
        values = form.values()

        def tell(session: Any) -> None:
            from resource_centre.services.drafts import discard_draft
            from resource_centre.services.protection import note_concern

            note_concern(session, person_id, values["kind"] or "", urgency=values["urgency"], account=values["account"])
            discard_draft(session, form=NAME, record_id=person_id)

        return tell

    made = RecordForm(
        desk, _("Tell the protection officer"), form, name=NAME, record_id=person_id, write=write, saved=saved,
        cancelled=cancelled,
    )  # fmt: skip
    inside = made.layout()
    if isinstance(inside, QVBoxLayout):
        words = _("Trafficking, violence, threats, risk of self-harm. Only the protection officer reads it: you cannot "
                  "open it again. Everybody else sees one line that says whom to speak to.")  # fmt: skip
        inside.insertWidget(1, label(words, wrap=True))
        inside.insertWidget(2, hotline_line())
    form.edited.connect(lambda name: _suggest_urgency(form) if name == "kind" else None)
    return made


def _suggest_urgency(form: Form) -> None:
    """What a matter usually has, until somebody says otherwise."""
    from resource_centre.vocabulary import vocabulary

    term = vocabulary("protection_concern").get(form.editor("kind").value())
    if term is not None and form.editor("urgency").value() is None:
        form.editor("urgency").set_value(term.extra["priority"])
