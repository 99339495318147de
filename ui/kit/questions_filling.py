# SPDX-License-Identifier: Apache-2.0
"""One filling-in while it is on the screen: its answers, what was typed and cannot be understood, where one is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from resource_centre.problems import Problem
from resource_centre.questionnaires.form import CHOICES, Question, say
from ui.kit.questions_words import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from resource_centre.questionnaires.live import LiveForm
    from ui.kit.editors import Editor
    from ui.kit.questions_choices import Choice


class Filling:
    """Shared by all pages of a questionnaire; the form of questions writes here, its draft is read from here."""

    def __init__(self, live: LiveForm) -> None:
        self.live = live
        self.raws: dict[str, tuple[Any, str]] = {}
        """What stands on the screen and is no answer yet, by place, with the code of what is wrong with it."""
        self.seen: set[str] = set()
        """Places that somebody has answered and left, of which may be said what is wrong."""
        self.checked = False
        """Somebody wanted to finish: what is missing is shown as well."""
        self.at = ""
        """The question the keyboard was in last."""

    def take(self, place: str, editor: Editor, why: str | None) -> frozenset[str]:
        """Take over what an editor holds; the places that may look different now."""
        code = None if why else editor.unreadable()
        if code:
            self.raws[place] = (editor.typed(), code)
        else:
            self.raws.pop(place, None)
        value = None if why or code else editor.value()
        return self.live.answer(place, value, why)

    def words(self, place: str) -> str:
        """The question."""
        return plain(self.live.label(place))

    def hint(self, place: str) -> str:
        """The hint, with the advice for who asks below it."""
        parts = (plain(self.live.hint(place)), plain(self.live.guidance(place)))
        return "\n".join(part for part in parts if part)

    def choices(self, place: str) -> list[Choice]:
        """Names and words of what may be chosen now."""
        item = self.live.item(place)
        if not isinstance(item, Question) or item.kind not in CHOICES:
            return []
        return [(one.name, plain(say(one.label, self.live.language)) or one.name) for one in self.live.choices(place)]

    def problems(self) -> tuple[Problem, ...]:
        """What must be settled before it is complete, in the form's order."""
        found = {problem.field: problem for problem in self.live.problems() if problem.severity == "error"}
        places = set(self.live.places())
        for place, (_typed, code) in self.raws.items():
            if place in places and self.live.state(place).relevant:
                found[place] = Problem(place, code)
        order = {place: number for number, place in enumerate(self.live.places())}
        return tuple(sorted(found.values(), key=lambda problem: order.get(problem.field, -1)))

    def forget_below(self, place: str) -> None:
        """A turn goes away: what was typed in it, and in those that move up, with it."""
        repeat = place.rpartition("[")[0]
        self.raws = {at: raw for at, raw in self.raws.items() if not at.startswith(f"{repeat}[")}
        self.seen = {at for at in self.seen if not at.startswith(f"{repeat}[")}

    def first_unanswered(self) -> str:
        """The first question that is asked now and has neither answer nor reason; empty when there is none."""
        return next((place for place in self.live.places() if self._is_open(place)), "")

    # Drafts

    def typed(self) -> dict[str, Any]:
        """Everything as plain JSON; nothing while nothing is answered."""
        answers, reasons = self.live.remembered()
        return {
            "answers": answers,
            "unanswered": reasons,
            "raws": {place: list(raw) for place, raw in self.raws.items()},
            "at": self.at,
        }

    def take_raws(self, raws: object) -> None:
        """Put back what a draft held of it."""
        pairs: Iterable[tuple[Any, Any]] = raws.items() if isinstance(raws, dict) else ()
        for place, raw in pairs:
            if isinstance(raw, list) and len(raw) == 2 and isinstance(raw[1], str):
                self.raws[str(place)] = (raw[0], raw[1])

    def _is_open(self, place: str) -> bool:
        item = self.live.item(place)
        if not isinstance(item, Question) or not item.asked or item.kind == "note":
            return False
        state = self.live.state(place)
        return state.relevant and not state.read_only and state.value is None and state.reason is None
