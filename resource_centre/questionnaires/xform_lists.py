# SPDX-License-Identifier: Apache-2.0
"""The lists of an XForm: choices, and tables that came with the form as files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final
from xml.etree.ElementTree import Element

from resource_centre.questionnaires.form import Choice
from resource_centre.questionnaires.sources import local_name
from resource_centre.questionnaires.xform_texts import XF, Texts, inner

_INSTANCE = re.compile(r"instance\(\s*['\"]([^'\"]+)['\"]\s*\)/root/item\s*(?:\[(.*)\])?", re.DOTALL)
EXTERNAL: Final = "external_choices "
"""What the tables of select_one_external are called before their name: they may be called like a list of choices."""

_LABEL_IN = re.compile(r"\blabel::([^\W\d][\w-]*)")
_OWN: Final = frozenset({"name", "label", "itextId"})

Row = dict[str, str]


@dataclass(frozen=True)
class Itemset:
    """Where the choices of a question come from: a list, a condition on its items, the columns, the order."""

    table: str
    filter: str = ""
    value: str = "name"
    label: str = "label"
    randomize: bool = False
    seed: str = ""

    @property
    def condition(self) -> str:
        """The filter; a column of labels, which XPath would take for something else, by a name of its own."""
        return _LABEL_IN.sub(r"label.\1", self.filter)


@dataclass
class Lists:
    """The secondary instances of a form, and the lists of choices that its questions make of them."""

    texts: Texts
    tables: dict[str, list[Element]] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    made: dict[str, tuple[Choice, ...]] = field(default_factory=dict)

    def read(self, model: Element) -> None:
        """Take every instance but the first, which is the form's own."""
        for instance in model.findall(f"{XF}instance")[1:]:
            name = instance.get("id", "")
            self.tables[name] = list(instance.iterfind(f"{XF}root/{XF}item"))
            if instance.get("src"):
                self.sources[name] = instance.get("src", "")
            else:
                self.made[name] = tuple(self._choice(item) for item in self.tables[name])

    def rows(self) -> dict[str, tuple[Row, ...]]:
        """The tables that came as files."""
        return {name: tuple(_row(item) for item in self.tables[name]) for name in self.sources}

    def use(self, itemset: Itemset) -> str:
        """The name of the list of choices that an itemset asks for."""
        if itemset.table not in self.sources:
            if languages := _LABEL_IN.findall(itemset.filter):
                self.made[itemset.table] = tuple(
                    replace(choice, extra={**choice.extra, **_labels(choice, languages)})
                    for choice in self.made[itemset.table]
                )
            return itemset.table
        usual = (itemset.value, itemset.label) == ("name", "label")
        name = itemset.table if usual else f"{itemset.table} {itemset.value} {itemset.label}"
        if name not in self.made:
            rows = (_row(item) for item in self.tables[itemset.table])
            self.made[name] = tuple(_from_row(row, itemset) for row in rows)
        return name

    def inline(self, name: str, control: Element) -> str:
        """Keep the choices that stand inside a question itself; their list is called by the question's path."""
        items = control.findall(f"{XF}item")
        if not items:
            return ""
        self.made[name] = tuple(
            Choice(_text(item.find(f"{XF}value")), self.texts.words(item.find(f"{XF}label"))) for item in items
        )
        return name

    def _choice(self, item: Element) -> Choice:
        row = _row(item)
        key = row.get("itextId", "")
        label = self.texts.of(key) if key else self.texts.words(item.find(f"{XF}label"))
        extra = {column: text for column, text in row.items() if column not in _OWN}
        return Choice(row.get("name", ""), label, extra, self.texts.media(key) if key else {})


def itemset_of(nodeset: str, value: str, label: str) -> Itemset | None:
    """Read ``randomize(instance('list')/root/item[condition], seed)``; None for any other source of choices."""
    text, seed, randomize = nodeset.strip(), "", False
    if text.startswith("randomize(") and text.endswith(")"):
        randomize = True
        text, seed = _split(text[len("randomize(") : -1])
    found = _INSTANCE.fullmatch(text.strip())
    if found is None:
        return None
    return Itemset(found[1], (found[2] or "").strip(), value, label, randomize, seed)


def _split(text: str) -> tuple[str, str]:
    """The two arguments of randomize(): the nodeset and the seed, which may be missing."""
    depth, quote = 0, ""
    for place, letter in enumerate(text):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"":
            quote = letter
        elif letter in "([":
            depth += 1
        elif letter in ")]":
            depth -= 1
        elif letter == "," and not depth:
            return text[:place], text[place + 1 :].strip()
    return text, ""


def _labels(choice: Choice, languages: list[str]) -> Row:
    return {f"label.{language}": choice.label.get(language, "") for language in languages}


def _row(item: Element) -> Row:
    return dict(_columns(item))


def _columns(item: Element) -> Iterator[tuple[str, str]]:
    for column in item:
        yield local_name(column), inner(column)


def _from_row(row: Row, itemset: Itemset) -> Choice:
    label = row.get(itemset.label, "")
    extra = {column: text for column, text in row.items() if column not in (itemset.value, itemset.label)}
    return Choice(row.get(itemset.value, ""), {"": label} if label else {}, extra)


def _text(element: Element | None) -> str:
    return inner(element) if element is not None else ""
