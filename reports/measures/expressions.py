# SPDX-License-Identifier: Apache-2.0
"""What is worked out where the records are, alike on both databases: bands, days between partial dates, lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from reports.monthly.counts import UNKNOWN
from resource_centre.vocabulary import vocabulary

_LENGTHS = {1: 2, 2: 5, 3: 8, 4: 13}
"""Letters in the code of a province, a regency, a district and a village."""
_YEAR, _MONTH, _DAY = 4, 7, 10


def known_sex(sex: Any) -> Any:
    """L or P; null for anything else, which reports tell as not known."""
    return sa.case((sex.in_(("L", "P")), sex))


def month_of_day(day: Any) -> Any:
    """2026-10 of a day."""
    return sa.func.substr(sa.cast(day, sa.String), 1, _MONTH)


def part_of_place(village: Any, level: int) -> Any:
    """The province, regency, district or village in which a place lies; null when the place says less than that."""
    length = _LENGTHS[level]
    return sa.case((sa.func.length(village) >= length, sa.func.substr(village, 1, length)))


def band(value: Any, list_name: str) -> Any:
    """The code of the band a whole number lies in (columns min and max of the list); null without a number."""
    terms = [term for term in vocabulary(list_name) if term.extra.get("min")]
    ladder = sorted(((int(term.extra["min"]), term.code) for term in terms), reverse=True)
    lowest = ladder[-1][1]
    return sa.case((value.is_(None), None), *((value >= least, code) for least, code in ladder), else_=lowest)


class day_number(FunctionElement[int]):  # noqa: N801
    """Days from a day long ago to the middle of a partial date (or to a day), for differences; null for what is none.

    A bare year counts from 1 July and a bare month from the 15th, as `partial_date.middle` says.
    """

    type = sa.Integer()
    inherit_cache = True

    def __init__(self, text: Any) -> None:
        super().__init__(_whole_day(text))


@compiles(day_number)
def _in_sqlite(element: day_number, compiler: Any, **facts: Any) -> str:
    return f"CAST(julianday({compiler.process(element.clauses, **facts)}) AS INTEGER)"


@compiles(day_number, "postgresql")
def _in_postgres(element: day_number, compiler: Any, **facts: Any) -> str:
    return f"(CAST({compiler.process(element.clauses, **facts)} AS DATE) - DATE '2000-01-01')"


class id_version(FunctionElement[str]):  # noqa: N801
    """The version of an id, a letter: of 7 the id begins with the time at which it was made (RFC 9562)."""

    type = sa.String()
    inherit_cache = True


@compiles(id_version)
def _of_letters(element: id_version, compiler: Any, **facts: Any) -> str:
    return f"substr({compiler.process(element.clauses, **facts)}, 13, 1)"


@compiles(id_version, "postgresql")
def _of_an_uuid(element: id_version, compiler: Any, **facts: Any) -> str:
    return f"substr(CAST({compiler.process(element.clauses, **facts)} AS VARCHAR), 15, 1)"


class is_sixteen_digits(FunctionElement[bool]):  # noqa: N801
    """Whether a text is sixteen digits and nothing else."""

    type = sa.Boolean()
    inherit_cache = True


@compiles(is_sixteen_digits)
def _by_pattern(element: is_sixteen_digits, compiler: Any, **facts: Any) -> str:
    return f"({compiler.process(element.clauses, **facts)} GLOB '{'[0-9]' * 16}')"


@compiles(is_sixteen_digits, "postgresql")
def _by_expression(element: is_sixteen_digits, compiler: Any, **facts: Any) -> str:
    return f"({compiler.process(element.clauses, **facts)} ~ '^[0-9]{{16}}$')"


def earliest_day(text: Any) -> Any:
    """The first day a partial date may mean, as text; null for what is none."""
    length = sa.func.length(text)
    return sa.case((length == _YEAR, text + "-01-01"), (length == _MONTH, text + "-01"), (length == _DAY, text))


def months_between(first: Any, last: Any) -> Any:
    """Completed months between two partial dates; null when one is not known or they are turned."""
    (year, month, day), (to_year, to_month, to_day) = _parts(first), _parts(last)
    months = 12 * (to_year - year) + to_month - month - sa.case((to_day < day, 1), else_=0)
    return sa.case((months >= 0, months))


def days_between(first: Any, last: Any) -> Any:
    """Days between two partial dates or days; null when one is not known or they are turned."""
    days = day_number(last) - day_number(first)
    return sa.case((days >= 0, days))


def _whole_day(text: Any) -> Any:
    """The day in the middle of a partial date, as text; null for what is none."""
    written = sa.cast(text, sa.String)
    length = sa.func.length(written)
    return sa.case(
        (length == _DAY, written), (length == _MONTH, written + "-15"), (length == _YEAR, written + "-07-01")
    )


def _parts(text: Any) -> tuple[Any, Any, Any]:
    day = _whole_day(text)
    year, month, number = (sa.func.substr(day, start, count) for start, count in ((1, 4), (6, 2), (9, 2)))
    return sa.cast(year, sa.Integer), sa.cast(month, sa.Integer), sa.cast(number, sa.Integer)


def grouped(code: Any, list_name: str, column: str = "") -> Any:
    """The group of a code of a list (or what a further column says of it); null for a code of none."""
    found: dict[str, list[str]] = {}
    for term in vocabulary(list_name):
        group = term.extra.get(column, "") if column else term.group
        if group:
            found.setdefault(group, []).append(term.code)
    return sa.case(*((code.in_(codes), group) for group, codes in found.items()))


def codes_in(listed: Any, codes: Iterable[str]) -> tuple[Any, Any]:
    """A table with one row for each of some codes, and how it is joined to a column that holds a list of them.

    What has none of them is joined to the code of what is not known.
    """
    written = sa.func.coalesce(sa.cast(listed, sa.String), "")
    known = tuple(codes)
    rows = sa.union_all(*(sa.select(sa.literal(code).label("code")) for code in (*known, UNKNOWN))).subquery("listed")

    def holds(code: Any) -> Any:
        # Not LIKE: an underscore, of which codes have many, would stand for any letter.
        return sa.func.replace(written, sa.literal('"') + code + sa.literal('"'), "") != written

    none = sa.and_(rows.c.code == UNKNOWN, ~sa.or_(*(holds(sa.literal(code)) for code in known)))
    return rows, sa.or_(sa.and_(rows.c.code != UNKNOWN, holds(rows.c.code)), none)
