# SPDX-License-Identifier: Apache-2.0
"""Know a column by what stands in it, where its heading says nothing; only what can hardly be anything else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from resource_centre.registers.cells import fold_word
from resource_centre.registers.codes import LISTS
from resource_centre.registers.readings import as_text, words_for
from resource_centre.registers.sheet import Cell, Sheet, cell_at
from resource_centre.registers.tables import Column, Head
from resource_centre.vocabulary import vocabulary

LOOKED_AT: Final = 150
FEWEST_CELLS: Final = 5
MOST_OF_THEM: Final = 0.85
SURE: Final = 0.6

_NIK = re.compile(r"\d{15,16}")
_PHONE = re.compile(r"(?:\+|00)?(?:62|0)?8[1-9]\d{7,11}")
_OF_KIND: Final = {
    "register": ("nik", "sex", "phone", "country", "return_type", "job"),
    "counselling": ("nik", "kind"),
    "training": ("nik", "sex", "phone", "status"),
}


def with_columns_by_contents(sheet: Sheet, head: Head) -> Head:
    """The headings, with columns added whose cells tell what they are; a column settled by hand stays as it is."""
    used = {column.field for column in head.columns}
    wanted = [name for name in _OF_KIND[head.kind] if name not in used]
    found: list[Column] = []
    for column in head.unknown:
        cells = _sample(sheet, head.last, column.index)
        name = next((name for name in wanted if _is_mostly(cells, _TESTS[name])), None)
        if name is not None:
            wanted.remove(name)
            found.append(Column(column.index, column.heading, name, SURE, "contents"))
    if not found:
        return head
    taken = {column.index for column in found}
    columns = tuple(sorted((*head.columns, *found), key=lambda column: column.index))
    return replace(head, columns=columns, unknown=tuple(c for c in head.unknown if c.index not in taken))


def _sample(sheet: Sheet, after: int, index: int) -> list[Cell]:
    cells: list[Cell] = []
    for number in sorted(sheet.lines):
        if number > after and (cell := cell_at(sheet.lines[number], index)) is not None:
            cells.append(cell)
            if len(cells) == LOOKED_AT:
                break
    return cells


def _is_mostly(cells: Iterable[Cell], test: Callable[[str], bool]) -> bool:
    texts = [as_text(cell).strip() for cell in cells]
    texts = [text for text in texts if text not in {"", "-"}]
    return len(texts) >= FEWEST_CELLS and sum(map(test, texts)) >= MOST_OF_THEM * len(texts)


def _nik(text: str) -> bool:
    return bool(_NIK.fullmatch(re.sub(r"[\s.\-']", "", text)))


def _phone(text: str) -> bool:
    return bool(_PHONE.match(re.sub(r"[\s.\-()']", "", text)))


def _sex(text: str) -> bool:
    word = fold_word(text)
    return word in words_for("sex_L") or word in words_for("sex_P")


def _in_list(name: str) -> Callable[[str], bool]:
    return lambda text: len(text) > 1 and vocabulary(LISTS[name]).find(text) is not None


_TESTS: Final[dict[str, Callable[[str], bool]]] = {
    "nik": _nik,
    "phone": _phone,
    "sex": _sex,
    **{name: _in_list(name) for name in ("country", "return_type", "job", "kind", "status")},
}
