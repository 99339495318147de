# SPDX-License-Identifier: Apache-2.0
"""Which editor goes with which question, by its kind and by how the form wants it shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from resource_centre.i18n import N_, _
from resource_centre.questionnaires.answer_check import number
from resource_centre.questionnaires.form import COMPUTED, MEDIA, Question
from ui.kit.editors import Editor, ParagraphEditor, TextEditor
from ui.kit.editors_codes import CodeEditor
from ui.kit.questions_answers import (
    DateAnswer,
    DecimalAnswer,
    LineAnswer,
    MomentAnswer,
    MonthAnswer,
    PointAnswer,
    TimeAnswer,
    WholeNumberAnswer,
    show_number,
)
from ui.kit.questions_choices import Choice, OneAnswer, SeveralAnswers, Shape
from ui.kit.questions_special import (
    FileAnswer,
    RangeAnswer,
    RankAnswer,
    SeveralOfManyAnswer,
    ShownAnswer,
    TickAnswer,
)

MOST_IN_SIGHT = 14
"""Longer lists are typed into."""
MOST_ON_SCALE = 11
SIDE_BY_SIDE = 6
SIDE_BY_SIDE_LETTERS = 62
LONGEST_ACROSS = 40
TYPED_INTO = frozenset({"minimal", "autocomplete", "search", "quickcompact", "autocomplete-minimal"})
ACROSS = frozenset({"likert", "horizontal", "horizontal-compact", "quick", "columns", "columns-pack", "label"})

FILES: Mapping[str, tuple[str, str]] = {
    "image": (N_("Pictures"), "*.jpg *.jpeg *.png *.webp *.tif *.tiff"),
    "audio": (N_("Sound"), "*.mp3 *.m4a *.wav *.ogg *.amr"),
    "video": (N_("Films"), "*.mp4 *.mov *.avi *.3gp"),
    "file": (N_("Any file"), "*"),
}

_TYPED: Mapping[str, Callable[[], Editor]] = {
    "integer": WholeNumberAnswer,
    "decimal": DecimalAnswer,
    "time": TimeAnswer,
    "datetime": MomentAnswer,
    "geopoint": PointAnswer,
    "geotrace": LineAnswer,
    "geoshape": LineAnswer,
    "acknowledge": TickAnswer,
}


def question_editor(
    question: Question, choices: Sequence[Choice], *, grid: bool = False, large: bool = False
) -> Editor | None:
    """A new editor; None for what is only read, such as a note.

    `grid`: the answers' words stand above, in the head of the grid. `large`: asked aloud, so the answers are a list
    with numbers.
    """
    kind = question.kind
    if kind == "note":
        return None
    if kind in COMPUTED:
        return ShownAnswer(show_number)
    if kind == "select_one":
        return _one(question, choices, grid=grid, large=large)
    if kind == "select_multiple":
        return _several(question, choices, large=large)
    if kind == "rank":
        return RankAnswer(choices)
    if kind == "range":
        return _range(question, large=large)
    if kind == "date":
        return _date(question)
    if kind in MEDIA:
        words, endings = FILES[kind]
        return FileAnswer(f"{_(words)} ({endings})")
    if kind in _TYPED:
        return _TYPED[kind]()
    return _text(question)


def _one(question: Question, choices: Sequence[Choice], *, grid: bool, large: bool) -> Editor:
    if grid:
        return OneAnswer(choices, "grid")
    if _typed_into(question, choices):
        return CodeEditor(choices)
    return OneAnswer(choices, _shape(question, choices, large=large), numbered=large)


def _several(question: Question, choices: Sequence[Choice], *, large: bool) -> Editor:
    if _typed_into(question, choices):
        return SeveralOfManyAnswer(choices)
    return SeveralAnswers(choices, _shape(question, choices, large=large), numbered=large)


def _typed_into(question: Question, choices: Sequence[Choice]) -> bool:
    return bool(question.appearance & TYPED_INTO) or len(choices) > MOST_IN_SIGHT


def _shape(question: Question, choices: Sequence[Choice], *, large: bool) -> Shape:
    if large:
        return "list"
    letters = sum(len(words) + 5 for _name, words in choices)
    if len(choices) <= SIDE_BY_SIDE and letters <= SIDE_BY_SIDE_LETTERS:
        return "line"
    across = bool(question.appearance & ACROSS) or any(one.startswith("columns") for one in question.appearance)
    return "flow" if across and max((len(words) for _name, words in choices), default=0) < LONGEST_ACROSS else "list"


def _range(question: Question, *, large: bool) -> Editor:
    ends = [number(question.parameters.get(name) or "") for name in ("start", "end", "step")]
    start, end, step = (found if found is not None else usual for found, usual in zip(ends, (1, 10, 1), strict=True))
    first, last, width = Decimal(start), Decimal(end), abs(Decimal(step)) or Decimal(1)
    steps = abs(last - first) / width
    if steps >= MOST_ON_SCALE or steps != int(steps):
        return RangeAnswer(first, last, width)
    sign = 1 if last >= first else -1
    points = [format((first + sign * place * width).normalize(), "f") for place in range(int(steps) + 1)]
    return OneAnswer([(point, show_number(point)) for point in points], "line" if not large else "list")


def _date(question: Question) -> Editor:
    if "year" in question.appearance:
        return MonthAnswer(1)
    return MonthAnswer(2) if "month-year" in question.appearance else DateAnswer()


def _text(question: Question) -> Editor:
    if "multiline" in question.appearance:
        return ParagraphEditor(lines=4)
    return TextEditor(longest=2000 if question.kind == "text" else 200)
