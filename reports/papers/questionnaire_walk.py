# SPDX-License-Identifier: Apache-2.0
"""A questionnaire as it stands on paper: titles, questions, tables of questions with the same answers, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from reports.papers.intake import Option
from reports.papers.questionnaire_answers import MOST_BOXES, answer_words, chosen, room_for, scale_of
from reports.papers.questionnaire_skips import only_if, resolved
from reports.papers.values import refused_words
from resource_centre.i18n import N_, _
from resource_centre.questionnaires.form import CHOICES, Choice, Form, Group, Question, Words, parts, say
from resource_centre.questionnaires.live import LiveForm

COPIES: Final = 3
"""How many empty turns of a repeat a blank paper has, where the form does not count them."""
MOST_COPIES: Final = 10
FEW_QUESTIONS: Final = 8
"""Repeats with more questions have one turn less."""
FEWEST_ROWS: Final = 3
MOST_COLUMNS: Final = 7
LONGEST_WORD: Final = 13
LONGEST_HEADING: Final = 34
LONGEST_ROW: Final = 500
"""In characters, question and hint: longer ones stand alone."""
LONGEST_TITLE: Final = 200
MOST_CHOICE_WORDS: Final = 2400
"""In characters, all choices of a question together: so much stands on one page."""
MOST_SHOWN: Final = 9
"""Of an answered question with more choices than this only the answer is printed."""
HOW_TO_CHOOSE: Final = {
    "select_multiple": N_("more than one is possible"),
    "rank": N_("write 1, 2, 3 … in the boxes"),
}
FOR_STAFF: Final = ("untuk petugas", "for you, not to be read", "for you: ")
"""How notes begin that are not for the eyes of whom they are about."""
GAP: Final = "……………"
_TURN: Final = re.compile(r"\[\d+\]")
_REFERENCE: Final = re.compile(r"(?:current\(\)/)?(?:\.\./|/)[\w./\-]+")


@dataclass(frozen=True)
class Title:
    """A heading; level 1 for the outermost. Where it has no words it only says when what follows is asked."""

    words: str
    level: int = 1
    only_if: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Note:
    """Something said, not asked."""

    words: str
    only_if: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Asked:
    """One question. `room` says how it is answered by hand and `size` how much room that needs (questionnaire_answers).

    On an answered paper `answer` is in words and `no_answer` a code of ``unanswered``.
    """

    place: str
    number: str
    kind: str
    label: str
    room: str
    hint: str = ""
    only_if: str = ""
    options: tuple[Option, ...] = ()
    size: tuple[int, ...] = ()
    list_words: str = ""
    """How to choose; of a list too long to be printed, or one that hangs on earlier answers, what to write."""
    answer: str = ""
    no_answer: str = ""
    gathered: bool = field(default=False, repr=False)
    """Whether the form itself puts it in a table."""
    to_answer: bool = field(default=False, repr=False)
    """Whether it is to be answered here although no boxes say why there is no answer: whoever answers fills it in."""

    @property
    def no_answer_words(self) -> str:
        """Why there is no answer."""
        return refused_words(self.no_answer) if self.no_answer else ""


@dataclass(frozen=True)
class Table:
    """Questions below each other that have the same answers, which are its columns."""

    columns: tuple[str, ...]
    rows: tuple[Asked, ...]


Item = Title | Note | Asked | Table


def numbers_of(form: Form) -> dict[str, str]:
    """The number of each question that is asked, by path: the same in every language, blank or answered."""
    asked = [question.path for question in form.questions() if question.asked and question.kind != "note"]
    return {path: str(number) for number, path in enumerate(asked, start=1)}


def cut(words: str, most: int) -> str:
    """No more than so many characters."""
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def for_staff(words: Words) -> bool:
    """Whether a text is only for whoever asks."""
    return any(text.strip().lower().startswith(FOR_STAFF) for text in words.values())


def walk(form: Form, live: LiveForm, language: str, *, blank: bool) -> tuple[Item, ...]:
    """What stands on the paper, in the order in which it is asked.

    On a blank one everything anybody may be asked, but no note to the staff and nothing that hangs on a result; else
    what was relevant in `live`.
    """
    return tuple(_Walk(form, live, language, blank=blank).below(form.children, "", 1))


class _Walk:
    def __init__(self, form: Form, live: LiveForm, language: str, *, blank: bool) -> None:
        self._form, self._live, self._language, self._blank = form, live, language, blank
        self._numbers = numbers_of(form)
        self._known = frozenset(live.places())
        self._repeats = frozenset(place.rpartition("[")[0] for place in self._known if place.endswith("]"))

    def below(self, children: Sequence[Question | Group], prefix: str, level: int) -> list[Item]:
        found: list[Item] = []
        for child in children:
            place = f"{prefix}/{child.name}" if prefix else child.name
            if isinstance(child, Question):
                item = self._question(child, place)
                found += [] if item is None else [item]
            else:
                found += self._turns(child, place, level) if child.repeat else self._group(child, place, level)
        return gathered(found)

    def _group(self, group: Group, place: str, level: int) -> list[Item]:
        if not self._shown(place):
            return []
        words = self._words(place, group.label)
        condition = self._condition(group.path, group.relevant)
        inside = self.below(group.children, place, level + bool(words))
        if not inside or not (words or condition):
            return inside
        return [Title(cut(words, LONGEST_TITLE), level, condition, self._advice(place, group.hint)), *inside]

    def _turns(self, repeat: Group, place: str, level: int) -> list[Item]:
        found: list[Item] = []
        words = self._words(f"{place}[1]", repeat.label) or repeat.name
        condition = self._condition(repeat.path, repeat.relevant)
        count = self._copies(repeat) if self._blank else self._live.turns(place) if place in self._repeats else 0
        for turn in range(1, count + 1):
            inside = self.below(repeat.children, f"{place}[{turn}]", level + 1)
            more = self._blank and turn == 1 and not repeat.repeat_count
            hint = _("Room for {n}; write further ones on another sheet.").format(n=count) if more else ""
            if inside:
                found += [
                    Title(f"{cut(words, LONGEST_TITLE)} {turn}", level, condition if turn == 1 else "", hint),
                    *inside,
                ]
        return found

    def _copies(self, repeat: Group) -> int:
        counted = repeat.repeat_count.strip()
        if counted.isdecimal():
            return min(int(counted), MOST_COPIES)
        questions = sum(isinstance(item, Question) and item.asked for item in _all(repeat))
        return COPIES if questions <= FEW_QUESTIONS else COPIES - 1

    def _question(self, question: Question, place: str) -> Item | None:
        if not question.asked or not self._shown(place):
            return None
        if question.kind == "note":
            return self._note(question, place)
        reason = "" if self._blank else self._live.state(place).reason or ""
        asked = Asked(
            place=place,
            number=self._numbers[question.path],
            kind=question.kind,
            label=self._words(place, question.label) or question.name,
            room="",
            hint=self._advice(place, question.hint),
            only_if=self._condition(question.path, question.relevant),
            no_answer=reason,
            gathered=bool(question.appearance & {"label", "list-nolabel"}),
        )
        return self._with_room(question, asked)

    def _note(self, question: Question, place: str) -> Item | None:
        headings = bool(question.choices)
        if headings or (self._blank and (for_staff(question.label) or self._on_result(question))):
            return None
        words, hint = self._words(place, question.label), self._advice(place, question.hint)
        return Note(words, self._condition(question.path, question.relevant), hint) if words or hint else None

    def _with_room(self, question: Question, asked: Asked) -> Asked:
        value = "" if self._blank else self._live.state(asked.place).value or ""
        offered, whole = self._offered(question, asked.place)
        answer = answer_words(question, value, whole if not self._blank else offered, self._language)
        names = tuple(choice.name for choice in offered) or scale_of(question)
        if self._ticked(question, names):
            options = self._options(question, (*names, *chosen(question, value)), offered, value)
            return replace(asked, room="ticks", options=options, answer=answer, list_words=self._how(question, asked))
        if question.kind in CHOICES:
            said = _list_words(question, len(names)) if self._blank else ""
            return replace(asked, room="lines", size=(1,), list_words=said, answer=answer)
        room, size = room_for(question)
        options = (Option("OK", _("Yes"), bool(value)),) if question.kind == "acknowledge" else ()
        return replace(asked, room=room, size=size, options=options, answer=answer)

    def _ticked(self, question: Question, names: Sequence[str]) -> bool:
        """Whether every choice stands on the paper; an order of choices is only shown by writing it."""
        if self._blank:
            return 0 < len(names) <= MOST_BOXES
        return 0 < len(names) <= MOST_SHOWN and question.kind != "rank"

    def _options(
        self, question: Question, names: Sequence[str], offered: Sequence[Choice], value: str
    ) -> tuple[Option, ...]:
        """The choices, those too that were chosen and are not offered any more."""
        known = (*self._form.lists.get(question.choices, ()), *offered)
        labels = {choice.name: say(choice.label, self._language) or choice.name for choice in known}
        ticked, most = chosen(question, value), MOST_CHOICE_WORDS // len(names)
        return tuple(Option(name, cut(labels.get(name, name), most), name in ticked) for name in dict.fromkeys(names))

    def _how(self, question: Question, asked: Asked) -> str:
        """How to choose, where the hint does not say so already."""
        said = _(HOW_TO_CHOOSE.get(question.kind, "")) if self._blank else ""
        return "" if _("more than one") in asked.hint.lower() else said

    def _offered(self, question: Question, place: str) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
        """What may be chosen as far as that is known, and the whole list."""
        if question.kind not in CHOICES:
            return (), ()
        whole = self._form.lists.get(question.choices, ())
        sample = _TURN.sub("[1]", place) if self._blank else place
        if not question.choice_filter or sample not in self._known:
            return () if question.choice_filter else whole or self._from_live(sample), whole
        return self._from_live(sample), whole

    def _from_live(self, place: str) -> tuple[Choice, ...]:
        return self._live.choices(place) if place in self._known else ()

    def _shown(self, place: str) -> bool:
        return self._blank or (place in self._known and self._live.state(place).relevant)

    def _words(self, place: str, words: Words) -> str:
        said = say(words, self._language)
        if "<output" not in said:
            return said
        if self._blank or place not in self._known:
            return "".join(GAP if asks else piece for piece, asks in parts(said))
        same = {id(self._live.item(place).label): self._live.label, id(self._live.item(place).hint): self._live.hint}
        read = same.get(id(words))
        return read(place) if read else "".join(piece for piece, asks in parts(said) if not asks)

    def _advice(self, place: str, words: Words) -> str:
        """What is said to whoever asks, while there is still something to be asked."""
        return self._words(place, words) if self._blank else ""

    def _condition(self, path: str, relevant: str) -> str:
        return only_if(self._form, path, relevant, self._numbers, self._language) if self._blank else ""

    def _on_result(self, question: Question) -> bool:
        """Whether a note tells a result, or hangs on one."""
        if any("<output" in text for text in question.label.values()):
            return True
        named = {resolved(match[0], question.path) for match in _REFERENCE.finditer(question.relevant)}
        return bool(named - self._numbers.keys())


def gathered(items: Sequence[Item]) -> list[Item]:
    """The same, with questions that follow each other and have the same answers as a table."""
    found: list[Item] = []
    for run in _runs(items):
        first = run[0]
        enough = isinstance(first, Asked) and len(run) >= (2 if first.gathered else FEWEST_ROWS)
        if enough and isinstance(first, Asked):
            rows = tuple(one for one in run if isinstance(one, Asked))
            found.append(Table(tuple(option.label for option in first.options), rows))
        else:
            found += run
    return found


def _runs(items: Sequence[Item]) -> Iterator[list[Item]]:
    run: list[Item] = []
    for item in items:
        if run and (not _fits_a_table(item) or _columns(item) != _columns(run[0])):
            yield run
            run = []
        run.append(item)
        if not _fits_a_table(item):
            yield run
            run = []
    if run:
        yield run


def _fits_a_table(item: Item) -> bool:
    if not isinstance(item, Asked) or item.kind not in ("select_one", "range") or item.room != "ticks":
        return False
    labels = [option.label for option in item.options]
    short = all(
        len(label) <= LONGEST_HEADING and all(len(word) <= LONGEST_WORD for word in label.split()) for label in labels
    )
    return short and 2 <= len(labels) <= MOST_COLUMNS and len(item.label) + len(item.hint) <= LONGEST_ROW


def _columns(item: Item) -> tuple[tuple[str, str], ...]:
    return tuple((option.code, option.label) for option in item.options) if isinstance(item, Asked) else ()


def _list_words(question: Question, count: int) -> str:
    several = question.kind != "select_one"
    if not count:
        return _("Answers that fit what was said above") if several else _("One that fits what was said above")
    return (_("Any of a list of {n} answers") if several else _("One of a list of {n} answers")).format(n=count)


def _all(group: Group) -> Iterator[Question | Group]:
    for child in group.children:
        yield child
        if isinstance(child, Group):
            yield from _all(child)


def items_of(items: Sequence[Item]) -> Mapping[str, Asked]:
    """Every question of a paper by place, those in tables too, in their order."""
    rows = (row for item in items for row in (item.rows if isinstance(item, Table) else (item,)))
    return {row.place: row for row in rows if isinstance(row, Asked)}
