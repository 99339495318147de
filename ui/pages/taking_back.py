# SPDX-License-Identifier: Apache-2.0
"""Below the form of a record: the way to say that it is not right and should not count."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from resource_centre.i18n import _
from ui.kit.messages import ask
from ui.kit.pieces import button, row
from ui.pages.record_form import RecordForm


def offer_to_take_back(form: RecordForm, take_back: Callable[[Any, str], None], done: Callable[[Any], None]) -> None:
    """Add the way to it; ``take_back(session, reason)`` marks the record as not valid, on the worker's thread."""

    def asked() -> None:
        question = _("Take this entry back? It stays in the trail, marked as not valid.")
        if ask(form, question, _("Take it back"), _("Keep it"), danger=True):
            reason = _("Entered by mistake.")
            form.keeper.discard()
            form.desk.worker.change(lambda session: take_back(session, reason), done)

    inside = form.layout()
    assert isinstance(inside, QVBoxLayout)
    inside.insertLayout(inside.count() - 1, row(button(_("This is not right: take it back"), asked, role="link"), None))
