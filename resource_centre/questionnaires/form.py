# SPDX-License-Identifier: Apache-2.0
"""What a questionnaire is, once it is read: questions in groups and repeats, each with its expressions as XPath.

Nothing here knows spreadsheets, windows or the store. A place in the form is a path below its root without positions,
``household/child/age``; a place among the answers names the turn of each repeat, ``household/child[2]/age``. Answers
are the text that an ODK submission would hold: a choice's name, several names parted by blanks, ``2026-11-22``,
``12.5``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.sax.saxutils import quoteattr, unescape

Words = Mapping[str, str]
"""A text per language as the form names it, such as ``Bahasa Indonesia (id)``; ``""`` holds what has no language.

Where an answer belongs inside the text stands ``<output value="XPATH"/>``; `parts` takes such a text apart. Of media
the keys are ``image``, ``big-image``, ``audio`` and ``video`` instead, or ``image::LANGUAGE`` where they differ.
"""

CHOICES: Final = frozenset({"select_one", "select_multiple", "rank"})
"""Kinds whose answer is one or more names of a list."""

MEDIA: Final = frozenset({"image", "audio", "video", "file"})
"""Kinds whose answer is the name of an attached file."""

COMPUTED: Final = frozenset({"calculate", "hidden", "start", "end", "today", "deviceid", "username", "phonenumber"})
"""Kinds that nobody is asked: filled by the form or by the program."""

KINDS: Final = (
    frozenset(
        {"text", "integer", "decimal", "date", "time", "datetime", "range", "geopoint", "geotrace", "geoshape"}
        | {"barcode", "note", "acknowledge"}
    )
    | CHOICES
    | MEDIA
    | COMPUTED
)
"""Every kind of question this program can ask, keep and print; any other is refused when the form is read."""


@dataclass(frozen=True)
class Choice:
    """One answer of a list. `extra` holds the list's further columns, by which choices are filtered."""

    name: str
    label: Words = field(default_factory=dict)
    extra: Words = field(default_factory=dict)
    media: Words = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """One question. Expressions are XPath as in the XForm, ``""`` for none.

    `choices` names one of the form's lists; `choice_filter` is the condition on its items, to be asked of each.
    `default` is a fixed text, `dynamic_default` an expression asked once when the question comes into being.
    `parameters` holds a range's start, end and step, a text's rows, and as seed of `randomize` a number or an
    expression. `appearance` holds the words that say how it is shown. The headings of a table of selects are a note
    with `choices`.
    """

    path: str
    kind: str
    label: Words = field(default_factory=dict)
    hint: Words = field(default_factory=dict)
    guidance: Words = field(default_factory=dict)
    media: Words = field(default_factory=dict)
    required: str = ""
    required_message: Words = field(default_factory=dict)
    relevant: str = ""
    constraint: str = ""
    constraint_message: Words = field(default_factory=dict)
    calculation: str = ""
    read_only: str = ""
    default: str = ""
    dynamic_default: str = ""
    choices: str = ""
    choice_filter: str = ""
    randomize: bool = False
    parameters: Words = field(default_factory=dict)
    appearance: frozenset[str] = frozenset()
    stored_type: str = "string"
    """The type of its bind: string, int, decimal, boolean, date, time, dateTime, geopoint, binary, barcode ..."""
    triggers: tuple[str, ...] = ()
    """Paths of questions: each time one of them changes `calculation` is asked once and kept, and not otherwise."""

    @property
    def name(self) -> str:
        """The last part of its path: what a form calls ``${name}``."""
        return self.path.rpartition("/")[2]

    @property
    def asked(self) -> bool:
        """Whether a person sees it."""
        return self.kind not in COMPUTED


@dataclass(frozen=True)
class Group:
    """Questions under one heading; with ``field-list`` they stand on one page. `repeat` says it may come again."""

    path: str
    children: tuple[Question | Group, ...]
    label: Words = field(default_factory=dict)
    hint: Words = field(default_factory=dict)
    relevant: str = ""
    read_only: str = ""
    appearance: frozenset[str] = frozenset()
    repeat: bool = False
    repeat_count: str = ""
    """For a repeat: the expression that says how often it comes, ``""`` when a person decides."""

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True)
class Form:
    """A questionnaire of one version.

    `name` is its form_id, the same in every version; `lists` holds the choices by list. `instances` holds further
    tables by name, rows of column to text (from files that came with the form). `instance_name` is the expression that
    names one filling-in, ``""`` for none. `xform` is the whole as XForm XML; `sheets` the rows of the XLSForm it came
    from (sheet name to rows, each with every column of its sheet), from which the workbook is written again.
    `warnings` are sentences for who designed the form, in the language of who read it.
    """

    name: str
    title: str
    version: str
    root: str
    """The name of the XForm's root element."""
    children: tuple[Question | Group, ...]
    languages: tuple[str, ...] = ("",)
    default_language: str = ""
    lists: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    instances: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    instance_name: str = ""
    xform: str = ""
    sheets: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def items(self) -> Iterator[Question | Group]:
        """Every question and group, each group before what is in it, in the form's order."""
        return _walk(self.children)

    def questions(self) -> Iterator[Question]:
        """Every question in the form's order."""
        return (item for item in self.items() if isinstance(item, Question))

    def language_for(self, code: str) -> str:
        """The form's own name for a language ("id" or "en"): the one that ends with its code or is called so."""
        wanted = (*NAMES.get(code, ()), f"({code})")
        found = (one for one in self.languages if one.lower() == code or any(word in one.lower() for word in wanted))
        return next(found, self.default_language or self.languages[0])


NAMES: Final[Mapping[str, tuple[str, ...]]] = {"id": ("indonesia",), "en": ("english", "inggris")}
"""How forms call the program's languages, beside their codes."""


_OUTPUT: Final = re.compile(r"<output value=(?:\"([^\"]*)\"|'([^']*)')/>")


def output(expression: str) -> str:
    """How an expression stands inside a text."""
    return f"<output value={quoteattr(expression)}/>"


def parts(text: str) -> tuple[tuple[str, bool], ...]:
    """A text in its pieces: (words, False) as they are, (XPath, True) where its value belongs."""
    found: list[tuple[str, bool]] = []
    last = 0
    for match in _OUTPUT.finditer(text):
        found.append((text[last : match.start()], False))
        found.append((unescape(match[1] or match[2] or "", {"&quot;": '"', "&apos;": "'"}), True))
        last = match.end()
    return tuple(piece for piece in (*found, (text[last:], False)) if piece[0])


def say(words: Words, language: str) -> str:
    """A text in one of the form's languages, else in whichever it has, else nothing."""
    return words.get(language) or words.get("") or next((text for text in words.values() if text), "")


def _walk(children: tuple[Question | Group, ...]) -> Iterator[Question | Group]:
    for item in children:
        yield item
        if isinstance(item, Group):
            yield from _walk(item.children)
