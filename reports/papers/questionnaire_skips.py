# SPDX-License-Identifier: Apache-2.0
"""When a question is asked, in words that somebody with a pencil can follow: ``Only if 9 = Yes``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from resource_centre.i18n import _
from resource_centre.questionnaires.form import Form, Question, say

_PATH: Final = r"(?P<path>(?:current\(\)/)?[\w./\-]*[\w\-])"
_TEXT: Final = r"(?:'(?P<text>[^']*)'|\"(?P<quoted>[^\"]*)\"|(?P<number>-?\d+(?:\.\d+)?))"
_COMPARED: Final = re.compile(rf"{_PATH}\s*(?P<sign>!=|<=|>=|=|<|>)\s*{_TEXT}")
_SELECTED: Final = re.compile(rf"(?P<no>not\(\s*)?selected\(\s*{_PATH}\s*,\s*{_TEXT}\s*\)\s*(?(no)\))")
_PIECE: Final = re.compile(r"'[^']*'|\"[^\"]*\"|[()]|\b(?:and|or)\b|[^'\"()]")
_SIGNS: Final[Mapping[str, str]] = {"=": "=", "!=": "≠", "<": "<", ">": ">", "<=": "≤", ">=": "≥"}
LONGEST: Final = 110
"""In characters: a longer condition is not followed by anybody."""


def only_if(form: Form, item_path: str, relevant: str, numbers: Mapping[str, str], language: str) -> str:
    """The condition of an item in words, ``""`` for none; a sentence that leaves it open where it is no simple one.

    `numbers` are those of the questions on the paper, by path.
    """
    if not relevant.strip():
        return ""
    words = _Reader(form, item_path, numbers, language).any_of(relevant)
    if words is None or len(words) > LONGEST:
        return _("Only where the answers above call for it")
    return _("Only if {condition}").format(condition=words)


class _Reader:
    def __init__(self, form: Form, item_path: str, numbers: Mapping[str, str], language: str) -> None:
        self._form, self._at, self._numbers, self._language = form, item_path, numbers, language
        self._questions = {question.path: question for question in form.questions()}

    def any_of(self, text: str) -> str | None:
        return self._one_of(_split(text, "or")) or self._joined(text, "or", _(", or "), self._all_of)

    def _one_of(self, texts: list[str]) -> str | None:
        """Several answers to the same question in one breath."""
        found = [_COMPARED.fullmatch(_unwrapped(text)) for text in texts]
        same = {(match["path"], match["sign"]) if match else None for match in found}
        if len(texts) < 2 or len(same) > 1 or {sign for one in same if one for sign in one[1:]} != {"="}:
            return None
        said = [self._compared(match) for match in found if match]
        if any(one is None for one in said):
            return None
        first, *others = [one for one in said if one]
        return _(" or ").join((first, *(one.partition(" = ")[2] for one in others)))

    def _all_of(self, text: str) -> str | None:
        return self._joined(text, "and", _(" and "), self._one)

    def _joined(self, text: str, word: str, between: str, read: Callable[[str], str | None]) -> str | None:
        said = [read(part) for part in _split(text, word)]
        return None if None in said else between.join(one for one in said if one)

    def _one(self, text: str) -> str | None:
        inner = _unwrapped(text)
        if inner != text.strip():
            return self.any_of(inner)
        if match := _SELECTED.fullmatch(inner):
            return self._chosen(match)
        if match := _COMPARED.fullmatch(inner):
            return self._compared(match)
        return None

    def _compared(self, match: re.Match[str]) -> str | None:
        question, number = self._question(match["path"])
        if question is None:
            return None
        value, sign = _value(match), match["sign"]
        if value == "":
            said = {"!=": _("{number} is answered"), "=": _("{number} is not answered")}.get(sign)
            return said.format(number=number) if said else None
        return f"{number} {_SIGNS[sign]} {self._label(question, value)}"

    def _chosen(self, match: re.Match[str]) -> str | None:
        question, number = self._question(match["path"])
        if question is None:
            return None
        label = self._label(question, _value(match))
        if question.kind == "select_one":
            return f"{number} {'≠' if match['no'] else '='} {label}"
        said = _("“{answer}” is not ticked at {number}") if match["no"] else _("“{answer}” is ticked at {number}")
        return said.format(answer=label, number=number)

    def _question(self, path: str) -> tuple[Question | None, str]:
        place = resolved(path, self._at)
        number = self._numbers.get(place, "")
        return (self._questions.get(place) if number else None), number

    def _label(self, question: Question, value: str) -> str:
        found = (choice for choice in self._form.lists.get(question.choices, ()) if choice.name == value)
        choice = next(found, None)
        return (say(choice.label, self._language) if choice else "") or value


def resolved(path: str, at: str) -> str:
    """A path of an expression as a place of the form: below the root, without steps back."""
    if path.startswith("/"):
        return path.lstrip("/").partition("/")[2]
    here = at.split("/")
    for step in path.removeprefix("current()/").split("/"):
        if step == "..":
            here = here[:-1]
        elif step != ".":
            here.append(step)
    return "/".join(here)


def _value(match: re.Match[str]) -> str:
    return next((match[name] for name in ("text", "quoted", "number") if match[name] is not None), "")


def _split(text: str, word: str) -> list[str]:
    """The parts of an expression between a word that stands outside brackets and quotes."""
    parts, depth, part = [], 0, ""
    for match in _PIECE.finditer(text):
        piece = match[0]
        depth += (piece == "(") - (piece == ")")
        if piece == word and depth == 0:
            parts.append(part)
            part = ""
        else:
            part += piece
    return [*parts, part]


def _unwrapped(text: str) -> str:
    """An expression without brackets that hold all of it."""
    text = text.strip()
    while text.startswith("(") and text.endswith(")") and _balanced(text[1:-1]):
        text = text[1:-1].strip()
    return text


def _balanced(text: str) -> bool:
    depth = 0
    for match in _PIECE.finditer(text):
        depth += (match[0] == "(") - (match[0] == ")")
        if depth < 0:
            return False
    return depth == 0
