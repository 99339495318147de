# SPDX-License-Identifier: Apache-2.0
"""Publications of the whole centre, of one place and of one project speak of the same people: what follows of that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from reports.disclosure.figures import Figure, Series

PLACES: Final = "R4/"
"""The table whose lines are places, which are what a report of that place counts."""
_REST: Final = "rest"

Scope = tuple[str, str]
Found = tuple[Figure, tuple[Figure, ...], Figure | None, int | None]


def scope_sums(
    latest: Mapping[Series, Mapping[tuple[int, int], Figure]], values: Mapping[Figure, int | None]
) -> Iterator[Found]:
    """Sums of a wider publication's figure: the narrower ones within it, and what is left, which nobody prints.

    None is left where the wider one counts nobody else; the value of what is left is None where nobody knows it.
    """
    scopes = {(series.place, series.fund) for series in latest}
    if len(scopes) < 2:
        return
    within = {scope: list(_within(scope, scopes)) for scope in scopes}
    for series, spans in list(latest.items()):
        for narrower in within[series.place, series.fund]:
            for figure in list(spans.values()):
                found = [one for one in (_same(latest, figure, scope) for scope in narrower) if one is not None]
                if found:
                    yield _sum(figure, found, values)


def _within(scope: Scope, scopes: set[Scope]) -> Iterator[list[Scope]]:
    """The scopes directly within one: places together, for they share nobody; every fund by itself, which may."""
    place, fund = scope
    inner = [one for one in scopes if one[1] == fund and one[0] != place and _lies_in(one[0], place)]
    direct = [one for one in inner if not any(other != one and _lies_in(one[0], other[0]) for other in inner)]
    if direct:
        yield sorted(direct)
    if not fund:
        yield from ([one] for one in sorted(scopes) if one[1] and one[0] == place)


def _lies_in(place: str, other: str) -> bool:
    return not other or place == other or place.startswith(f"{other}.")


def _same(latest: Mapping[Series, Mapping[tuple[int, int], Figure]], figure: Figure, scope: Scope) -> Figure | None:
    series = figure.series._replace(place=scope[0], fund=scope[1])
    return latest.get(series, {}).get((figure.first, figure.last))


def _sum(figure: Figure, parts: Sequence[Figure], values: Mapping[Figure, int | None]) -> Found:
    if len(parts) == 1 and _is_the_place(figure, parts[0]):
        return figure, tuple(parts), None, None
    known = [values[one] for one in (figure, *parts)]
    rest = None if None in known else (known[0] or 0) - sum(value or 0 for value in known[1:])
    names = "+".join(f"{one.series.place}/{one.series.fund}" for one in parts)
    series = figure.series._replace(measure=f"{figure.series.measure} {_REST} {names}")
    left = Figure(series, figure.first, figure.last)
    return figure, tuple(parts), left, None if rest is None or rest < 0 else rest


def _is_the_place(figure: Figure, part: Figure) -> bool:
    """Whether a line of places lies within the place of the narrower publication, which therefore counts the same."""
    code = figure.series.row.removeprefix(PLACES)
    return code != figure.series.row and _lies_in(code, part.series.place) and part.series.fund == figure.series.fund
