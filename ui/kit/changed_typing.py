# SPDX-License-Identifier: Apache-2.0
"""The draft of a form on a record: only what was changed, so that taking it up never undoes what others saved since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resource_centre.i18n import _
from ui.kit.field_words import answer_words
from ui.kit.form import Form

if TYPE_CHECKING:
    from resource_centre.records import Logged
    from ui.kit.places import Places


class ChangedTyping:
    """`Typing` for a `DraftKeeper`. Call `begin` when the form shows the record and nothing is typed yet."""

    def __init__(self, form: Form, record: Logged, places: Places) -> None:
        self._form, self._record, self._places = form, record, places
        self._shown: dict[str, Any] = {}

    def begin(self) -> None:
        """Remember what is shown."""
        self._shown = self._form.typed()

    def typed(self) -> dict[str, Any]:
        """What differs from what was shown, each with what it was."""
        now = self._form.typed()
        changed = [name for name in self._form.rows if now.get(name) != self._shown.get(name)]
        return {name: {**self._said(name, now), "was": self._shown.get(name)} for name in changed}

    def restore(self, typed: dict[str, Any]) -> None:
        """Put it back, and say beside a field when somebody else has changed it since."""
        self._form.restore(typed)
        for name, said in typed.items():
            known = name in self._form.rows and isinstance(said, dict) and "was" in said
            if known and said["was"] != self._shown.get(name):
                words = _("Somebody else has written here meanwhile: {words}").format(words=self._theirs(name))
                self._form.rows[name].show_problem("warning", words)

    def _said(self, name: str, now: dict[str, Any]) -> dict[str, Any]:
        said: dict[str, Any] = now.get(name) or {"typed": self._form.editor(name).typed()}
        return said

    def _theirs(self, name: str) -> str:
        from resource_centre.records import fields_of

        field = next((one for one in fields_of(type(self._record)) if one.name == name), None)
        if field is None:
            return ""
        reason = (self._record.unanswered or {}).get(name)
        return answer_words(field, getattr(self._record, name), reason, self._places)
