# SPDX-License-Identifier: Apache-2.0
"""Which questions of a finished filling-in were skipped by their condition, and so are not missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from resource_centre.questionnaires.form import Form, Group, Question


class Relevance:
    """The conditions that decide whether some places of a form are asked.

    What they come to depends on few answers; for the same few it is worked out once.
    """

    def __init__(self, form: Form, places: Iterable[str]) -> None:
        self._form = form
        self._items = {item.path: item for item in form.items()}
        self._conditional = tuple(place for place in places if any(True for _one in self._conditions(place)))
        self._reads = {place: self._read_by(place) for place in self._conditional}
        self._known: dict[tuple[str, str | tuple[str, ...]], bool] = {}

    def skipped(self, answers: Mapping[str, str], unanswered: Mapping[str, str]) -> tuple[str, ...]:
        """The places without answer and without reason that were not asked."""
        found: tuple[str, ...] = ()
        for place in self._conditional:
            if not answers.get(place) and place not in unanswered and not self._asked(place, answers, unanswered):
                found = (*found, place)
        return found

    def _asked(self, place: str, answers: Mapping[str, str], unanswered: Mapping[str, str]) -> bool:
        reads = self._reads[place]
        if reads is None:
            return self._work_out(place, answers, unanswered)
        key = (place, answers.get(reads[0], "") if len(reads) == 1 else tuple(answers.get(path, "") for path in reads))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._work_out(place, answers, unanswered)
        return found

    def _work_out(self, place: str, answers: Mapping[str, str], unanswered: Mapping[str, str]) -> bool:
        from resource_centre.questionnaires.live import LiveForm

        return LiveForm(self._form, answers, unanswered).state(place).relevant

    def _conditions(self, path: str) -> Iterator[str]:
        """The condition of a question and of each group around it."""
        while path:
            item = self._items[path]
            if item.relevant:
                yield path
            path = path.rpartition("/")[0]

    def _read_by(self, place: str) -> tuple[str, ...] | None:
        """All the questions it may depend on, however far round; None when they are not a fixed number."""
        from resource_centre.questionnaires.expressions import compile_expression

        found: set[str] = set()
        waiting = [place]
        while waiting:
            for path, text in self._expressions(waiting.pop()):
                reads = compile_expression(text, root=self._form.root, at=path).reads
                if not all(self._comes_once(one) for one in reads):
                    return None
                waiting += reads - found
                found |= reads
        return tuple(sorted(found))

    def _expressions(self, path: str) -> Iterator[tuple[str, str]]:
        for one in self._conditions(path):
            yield one, self._items[one].relevant
        item = self._items[path]
        if isinstance(item, Question) and item.calculation:
            yield path, item.calculation

    def _comes_once(self, path: str) -> bool:
        if not isinstance(self._items.get(path), Question):
            return False
        above = path.rpartition("/")[0]
        while above:
            group = self._items[above]
            if isinstance(group, Group) and group.repeat:
                return False
            above = above.rpartition("/")[0]
        return True
