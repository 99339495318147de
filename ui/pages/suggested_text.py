# SPDX-License-Identifier: Apache-2.0
"""A line of text that offers what was written before, such as the names of partners; anything else may be typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ui.kit.desk import Desk
from ui.kit.editors import Editor
from ui.pages.suggesting import SuggestingLine, Suggestion

Ask = Callable[[Any, str], Sequence[str]]
"""``ask(session, text) -> what could be meant``; runs on the worker's thread."""

LONGEST = 500


def fund_editor(desk: Desk) -> SuggestedTextEditor:
    """Codes of projects, found by their code, name or donor; any other fund may be typed."""

    def ask(session: Any, text: str) -> Sequence[str]:
        from resource_centre.services.projects import fund_codes

        return fund_codes(session, text)

    return SuggestedTextEditor(desk, ask)


class SuggestedTextEditor(Editor):
    """What is offered is taken with the arrow keys and Enter; Enter alone leaves what is typed."""

    line: SuggestingLine

    def __init__(self, desk: Desk, ask: Ask) -> None:
        self.line = SuggestingLine()
        super().__init__(self.line)
        self.line.setMaxLength(LONGEST)
        self._desk, self._ask = desk, ask
        self.line.textEdited.connect(lambda _text: self.edited.emit())
        self.line.wondering.connect(self._wonder)
        self.line.taken.connect(self._taken)
        self.settle_when_left(self.line)

    def value(self) -> Any:
        """The tidied text, None when empty."""
        from resource_centre.values.text import tidy

        return tidy(self.line.text()) or None

    def set_value(self, value: Any) -> None:
        """Show a text."""
        self.line.setText(value or "")

    def typed(self) -> Any:
        """The text as it is."""
        return self.line.text()

    def set_typed(self, typed: Any) -> None:
        """The text as it was."""
        self.set_value(typed)

    def _wonder(self, text: str) -> None:
        if not text.strip():
            self.line.offer(())
            return
        self._desk.worker.read(
            lambda session: self._ask(session, text),
            self._offer,
            replaces=f"suggested-{id(self)}",
            quiet=True,
            owner=self,
        )

    def _offer(self, found: Sequence[str]) -> None:
        self.line.offer([Suggestion(words, "", words) for words in found if words != self.line.text()])

    def _taken(self, _chosen: Suggestion) -> None:
        self.edited.emit()
        self.settled.emit()
