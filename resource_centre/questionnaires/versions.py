# SPDX-License-Identifier: Apache-2.0
"""What differs between two versions of a questionnaire, in words; which of its questions may be counted together.

A question is the same one when it stands at the same path, or when nothing but its path changed and its name is there
once. Reports join versions by the question's name, and only where its kind agrees.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from resource_centre.i18n import N_, _
from resource_centre.questionnaires.form import Choice, Form, Group, Question, Words, say

WORDS: Final = {
    "title": N_("The title is now: {now}"),
    "language_added": N_("There is a further language: {now}"),
    "language_removed": N_("There is no language {before} any more"),
    "question_added": N_("New question {name}: {now}"),
    "question_removed": N_("Question {name} is gone: {before}"),
    "section_added": N_("New section {name}"),
    "section_removed": N_("Section {name} is gone"),
    "moved": N_("{name} stands elsewhere"),
    "kind": N_("{name} is now answered as {now}, not as {before}"),
    "repeat": N_("{name} may now come several times, or may no longer"),
    "label": N_("{name} is now worded: {now}"),
    "hint": N_("The hint of {name} has changed"),
    "relevant": N_("{name} is asked under another condition"),
    "required": N_("{name} must now be answered, or need no longer be"),
    "constraint": N_("Other answers to {name} are accepted"),
    "calculation": N_("{name} is worked out differently"),
    "choice_filter": N_("The answers of {name} are narrowed down differently"),
    "list": N_("{name} now has the answers of another list"),
    "choice_added": N_("List {name} has a new answer: {now}"),
    "choice_removed": N_("List {name} has no answer {before} any more"),
    "choice_label": N_("In list {name} an answer is now worded: {now}"),
}
"""Each kind of difference, for the page that shows them."""

EXPRESSIONS: Final = ("relevant", "required", "constraint", "calculation", "choice_filter")
NUMBERS: Final = frozenset({"integer", "decimal", "range"})
"""Kinds whose answers are numbers and may be counted together."""


@dataclass(frozen=True)
class Change:
    """One difference. `what` is a key of `WORDS`; `name` a question, section or list; `before` and `now` what it was
    and is, as far as that can be said; `language` for words."""

    what: str
    name: str
    before: str = ""
    now: str = ""
    language: str = ""

    def words(self) -> str:
        """The sentence for whoever publishes, in the active language."""
        said = _(WORDS[self.what]).format(name=self.name, before=self.before, now=self.now)
        return f"{said} ({self.language})" if self.language else said


@dataclass(frozen=True)
class Changes:
    """All differences between two versions, in the order of the later form."""

    found: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.found)

    def of(self, *what: str) -> tuple[Change, ...]:
        """Those of some kinds."""
        return tuple(one for one in self.found if one.what in what)


def changes(before: Form, after: Form) -> Changes:
    """What differs between two versions of one questionnaire."""
    pairs = _paired(before, after)
    found = [*_heads(before, after), *_comings_and_goings(before, after, pairs), *_moves(before, pairs)]
    for old, new in pairs:
        found += _item_changes(before, after, old, new)
    found += _list_changes(before, after)
    return Changes(tuple(found))


def joinable(before: Form, after: Form) -> dict[str, bool]:
    """For every question name of either version whether answers to both may be counted together."""
    old, new = _by_name(before), _by_name(after)
    return {name: _may_join(old.get(name, []), new.get(name, [])) for name in old | new}


def lost_choices(before: Form, after: Form) -> dict[str, tuple[str, ...]]:
    """By the path of a question in the earlier version: the choices that the later one has no longer."""
    lost: dict[str, tuple[str, ...]] = {}
    for old, new in _paired(before, after):
        if isinstance(old, Question) and isinstance(new, Question) and old.choices:
            kept = {one.name for one in after.lists.get(new.choices, ())}
            gone = tuple(one.name for one in before.lists.get(old.choices, ()) if one.name not in kept)
            if gone:
                lost[old.path] = gone
    return lost


def answered_lost(lost: Mapping[str, Sequence[str]], answers: Iterable[Mapping[str, str]]) -> Counter[tuple[str, str]]:
    """How often each lost choice was given as an answer: (path, choice) to number."""
    from resource_centre.questionnaires.instance import plain

    found: Counter[tuple[str, str]] = Counter()
    for told in answers:
        for place, text in told.items():
            gone = lost.get(plain(place), ())
            found.update((plain(place), name) for name in text.split() if name in gone)
    return found


def _paired(before: Form, after: Form) -> list[tuple[Question | Group, Question | Group]]:
    """The items that both versions have, in the order of the later one."""
    old = {item.path: item for item in before.items()}
    new = {item.path: item for item in after.items()}
    loose = _only_once(item for item in before.items() if item.path not in new)
    strangers = _only_once(item for item in after.items() if item.path not in old)
    pairs = []
    for item in after.items():
        found = old.get(item.path)
        if found is None and strangers.get(item.name) is item:
            found = loose.get(item.name)
        if found is not None and isinstance(found, Question) == isinstance(item, Question):
            pairs.append((found, item))
    return pairs


def _only_once(items: Iterable[Question | Group]) -> dict[str, Question | Group]:
    """By name what bears a name that no other item bears."""
    listed = list(items)
    times = Counter(item.name for item in listed)
    return {item.name: item for item in listed if times[item.name] == 1}


def _heads(before: Form, after: Form) -> Iterator[Change]:
    if before.title != after.title:
        yield Change("title", after.name, before.title, after.title)
    yield from (Change("language_added", after.name, now=one) for one in after.languages if one not in before.languages)
    gone = (one for one in before.languages if one not in after.languages)
    yield from (Change("language_removed", after.name, before=one) for one in gone)


def _comings_and_goings(
    before: Form, after: Form, pairs: Sequence[tuple[Question | Group, Question | Group]]
) -> Iterator[Change]:
    known = {new.path for _old, new in pairs}
    for item in after.items():
        if item.path not in known:
            what = "question_added" if isinstance(item, Question) else "section_added"
            yield Change(what, item.name, now=say(item.label, after.default_language))
    kept = {old.path for old, _new in pairs}
    for item in before.items():
        if item.path not in kept:
            what = "question_removed" if isinstance(item, Question) else "section_removed"
            yield Change(what, item.name, before=say(item.label, before.default_language))


def _moves(before: Form, pairs: Sequence[tuple[Question | Group, Question | Group]]) -> Iterator[Change]:
    """What stands in another section, and the fewest items that must have changed places among the others."""
    order = {item.path: number for number, item in enumerate(before.items())}
    stayed = _longest_run([order[old.path] for old, _new in pairs])
    for old, new in pairs:
        if old.path != new.path or order[old.path] not in stayed:
            yield Change("moved", new.name, old.path, new.path)


def _longest_run(numbers: Sequence[int]) -> frozenset[int]:
    """A longest part of the numbers that only grows."""
    ends: list[int] = []
    position: dict[int, int] = {}
    for number in numbers:
        place = bisect_left(ends, number)
        ends[place : place + 1] = [number]
        position[number] = place
    run, wanted = [], len(ends) - 1
    for number in reversed(numbers):
        if position[number] == wanted:
            run.append(number)
            wanted -= 1
    return frozenset(run)


def _item_changes(before: Form, after: Form, old: Question | Group, new: Question | Group) -> Iterator[Change]:
    yield from _word_changes("label", new.name, old.label, new.label, say_them=True)
    yield from _word_changes("hint", new.name, old.hint, new.hint, say_them=False)
    if isinstance(old, Group) or isinstance(new, Group):
        yield from _section_changes(old, new)
        return
    if old.kind != new.kind:
        yield Change("kind", new.name, old.kind, new.kind)
    for name in EXPRESSIONS:
        if getattr(old, name) != getattr(new, name):
            yield Change(name, new.name, getattr(old, name), getattr(new, name))
    if old.choices != new.choices and _names(before, old.choices) != _names(after, new.choices):
        yield Change("list", new.name, old.choices, new.choices)


def _section_changes(old: Question | Group, new: Question | Group) -> Iterator[Change]:
    if old.relevant != new.relevant:
        yield Change("relevant", new.name, old.relevant, new.relevant)
    if getattr(old, "repeat", False) != getattr(new, "repeat", False):
        yield Change("repeat", new.name)


def _word_changes(what: str, name: str, old: Words, new: Words, *, say_them: bool) -> Iterator[Change]:
    for language in new:
        if language in old and old[language] != new[language]:
            told = (old[language], new[language]) if say_them else ("", "")
            yield Change(what, name, *told, language)


def _list_changes(before: Form, after: Form) -> Iterator[Change]:
    for name in after.lists:
        if name not in before.lists:
            continue
        old = {one.name: one for one in before.lists[name]}
        new = {one.name: one for one in after.lists[name]}
        yield from (Change("choice_added", name, now=_said(one, after)) for key, one in new.items() if key not in old)
        gone = (one for key, one in old.items() if key not in new)
        yield from (Change("choice_removed", name, before=_said(one, before)) for one in gone)
        for key in (key for key in new if key in old):
            yield from _word_changes("choice_label", name, old[key].label, new[key].label, say_them=True)


def _said(choice: Choice, form: Form) -> str:
    said = say(choice.label, form.default_language)
    return f"{choice.name}: {said}" if said and said != choice.name else choice.name


def _names(form: Form, name: str) -> frozenset[str]:
    return frozenset(one.name for one in form.lists.get(name, ()))


def _by_name(form: Form) -> dict[str, list[tuple[Question, bool]]]:
    """Questions by name, each with whether it may come several times."""
    repeats = tuple(f"{item.path}/" for item in form.items() if isinstance(item, Group) and item.repeat)
    found: dict[str, list[tuple[Question, bool]]] = {}
    for one in form.questions():
        found.setdefault(one.name, []).append((one, one.path.startswith(repeats)))
    return found


def _may_join(old: Sequence[tuple[Question, bool]], new: Sequence[tuple[Question, bool]]) -> bool:
    if len(old) != 1 or len(new) != 1 or old[0][1] != new[0][1]:
        return False
    kinds = {old[0][0].kind, new[0][0].kind}
    return len(kinds) == 1 or kinds <= NUMBERS
