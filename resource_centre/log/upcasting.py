# SPDX-License-Identifier: Apache-2.0
"""Bodies that an older program wrote, as today's reads them: lifted at every reading for the fold, never rewritten.

The log keeps what was written and its digest. A step is pure and looks at one body alone, so that every computer makes
the same of the same entry, in whatever order and by whatever way it came.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, Final

from resource_centre.log.shape import KEY_MARK, REASON_MARK, logged_columns, logged_records
from resource_centre.records.change import SCHEMA

Body = dict[str, list[Any]]
Step = Callable[[str, Body], Body]
"""From table and body of the number before, the body of its own number; what it is not about it gives back as it is."""

STEPS: Final[dict[int, Step]] = {}
"""By the number of `data/log_shapes.csv` that a step leads to. A number without one has only gained fields."""


def lifted(tbl: str, schema_no: int, body: Body) -> Body:
    """The body of an entry about a record of `tbl`, written under number `schema_no`, as of today's."""
    for number in range(schema_no + 1, SCHEMA + 1):
        step = STEPS.get(number)
        if step is not None:
            body = step(tbl, body)
    return body


def names_now(tbl: str, schema_no: int, field: str, said: list[Any]) -> frozenset[str]:
    """What one field of an older body is called today; several when it was split."""
    return frozenset(lifted(tbl, schema_no, {field: said}))


def renamed(body: Body, before: str, now: str) -> Body:
    """The body with a column under its new name: also its keys, and the reasons why there is no answer."""
    return {_renamed(name, before, now): said for name, said in body.items()}


def _renamed(name: str, before: str, now: str) -> str:
    rest = name.removeprefix(before)
    return now + rest if rest != name and (not rest or rest[0] in (KEY_MARK, REASON_MARK)) else name


def split(body: Body, before: str, parts: Callable[[Any], Mapping[str, Any]]) -> Body:
    """The body with one field made into several, each said in sight of the same entries as the one was.

    `parts` gives a value to every new field whatever it is given, also None; why there was none holds for all of them.
    """
    new = {name: said for name, said in body.items() if name not in (before, before + REASON_MARK)}
    if before in body:
        value, *sight = body[before]
        new |= {name: [part, *sight] for name, part in parts(value).items()}
    if before + REASON_MARK in body:
        new |= {name + REASON_MARK: body[before + REASON_MARK] for name in parts(None)}
    return new


def fingerprint() -> str:
    """What stands for all logged tables, their fields and how each is kept: another one is another number."""
    shape = [
        f"{tbl}.{name}:{column.info.get('format') or type(column.type).__name__}"
        for tbl, record in logged_records().items()
        for name, column in logged_columns(record).items()
    ]
    return hashlib.sha256("\n".join(sorted(shape)).encode()).hexdigest()[:16]
