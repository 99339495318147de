# SPDX-License-Identifier: Apache-2.0
"""Answers that should not be there are taken back: marked as not valid, with the reason in the trail."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk
from ui.kit.messages import ask


def take_answers_back(desk: Desk, parent: QWidget, record_id: str) -> None:
    """Ask whether, then do it; lists hear of it as of any change."""
    question = _("Take these answers back? They stay in the trail, marked as not valid.")
    if not ask(parent, question, _("Take them back"), _("Keep them"), danger=True):
        return
    reason = _("Entered by mistake.")

    def write(session: Any) -> None:
        from resource_centre.services.responses import void_response

        void_response(session, record_id, reason)

    desk.worker.change(write, lambda _nothing: desk.messages.done(_("Taken back.")), owner=parent)
