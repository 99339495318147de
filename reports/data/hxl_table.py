# SPDX-License-Identifier: Apache-2.0
"""A report as a table with HXL hashtags (domain reference 7.4): a heading, the hashtags, then a line for each row and
period. UTF-8 without a byte order mark; hashtags are those of the standard's own schema, as libhxl checks them.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from typing import Final

from reports.data.figures import Figure, days_of_periods, figures
from reports.data.long_table import harmless, table_text
from reports.tables.model import Report
from resource_centre.i18n import N_, _

FIXED: Final = {
    "#date+start": N_("First day"), "#date+end": N_("Last day"), "#meta+period": N_("Period"),
    "#org+name": N_("Centre"), "#meta+table+code": N_("Table code"), "#meta+table+name": N_("Table"),
    "#meta+row+code": N_("Row code"), "#meta+row+name": N_("Row"), "#meta+row+kind": N_("Kind of row"),
    "#indicator+code": N_("Indicator"),
    "#meta+measure+code": N_("Measure code"), "#meta+measure+name": N_("Measure"), "#meta+unit": N_("Unit"),
    "#adm1+code": N_("Province code"), "#adm1+name": N_("Province"),
    "#adm2+code": N_("Regency code"), "#adm2+name": N_("Regency"),
    "#adm3+code": N_("District code"), "#adm3+name": N_("District"),
    "#adm4+code": N_("Village code"), "#adm4+name": N_("Village"),
    "#country+code": N_("Country code"), "#service+type": N_("Kind of service"), "#meta+hidden": N_("Left out"),
}  # fmt: skip
SEXES: Final = {"L": "+m", "P": "+f", "unknown": "+i", "total": ""}
AGES: Final = {"0-11": "+children", "12-17": "+adolescents", "18-24": "+adults", "25-34": "+adults", "35-44": "+adults",
               "45-54": "+adults", "55-59": "+adults", "60+": "+elderly"}  # fmt: skip
"""Attributes of the age bands in which a report counts."""
_VALUE: Final = "#indicator+value+num"
_OF_TABLE: Final = {"R1": "#indicator+code", "R7": "#country+code", "R12": "#service+type"}
_PLACE: Final = re.compile(r"\d\d(\.\d\d(\.\d\d(\.\d{4})?)?)?", re.ASCII)
_TAG: Final = re.compile(r"#[a-z][a-z0-9]*(\+[a-z][a-z0-9_]*)*", re.ASCII)


@dataclass
class _Line:
    """What stands under the fixed hashtags, and the figures under theirs."""

    fixed: dict[str, str]
    values: dict[str, str] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)


def content(report: Report) -> bytes:
    """The file. Raises `NotWritten` (text_too_long)."""
    lines = list(_lines(report))
    tags = list(dict.fromkeys(tag for line in lines for tag in line.values))
    used = [tag for tag in FIXED if any(line.fixed.get(tag) for line in lines) or tag.startswith("#date")]
    headings = [*(_(FIXED[tag]) for tag in used), *map(_heading, tags)]
    body = [[*(line.fixed.get(tag, "") for tag in used), *(line.values.get(tag, "") for tag in tags)] for line in lines]
    return table_text([headings, [*used, *tags], *body]).encode()


def values_of(report: Report) -> list[str]:
    """The figures as they must stand in the file, line by line, in the order of the hashtags."""
    lines = list(_lines(report))
    tags = list(dict.fromkeys(tag for line in lines for tag in line.values))
    return [line.values[tag] for line in lines for tag in tags if line.values.get(tag)]


def values_in(written: bytes) -> list[str]:
    """The figures as they stand in a file."""
    lines = list(csv.reader(StringIO(written.decode(), newline="")))
    places = [place for place, tag in enumerate(lines[1]) if tag not in FIXED]
    return [line[place] for line in lines[2:] for place in places if line[place]]


def tag_of(figure: Figure) -> str:
    """The hashtag of a figure: who was reached, by sex and age, or the value of an indicator."""
    named = figure.column.hxl
    if not _TAG.fullmatch(named):
        named = _VALUE + SEXES.get(figure.measure.rpartition(".")[2], "")
    # The period is told by the days of the line.
    named = "+".join(part for part in named.split("+") if part != figure.period)
    if figure.cell.unit == "people" and figure.cell.counted:
        named = named.replace(_VALUE, "#reached")
    age = AGES.get(figure.row.key, "")
    return named if not named.startswith("#reached") or age in named else named + age


def _lines(report: Report) -> Iterator[_Line]:
    """A line for each row of a table, period and measure, with the sexes beside one another."""
    days = days_of_periods(report)
    found: dict[tuple[str, int, str, str], _Line] = {}
    for figure in figures(report):
        measure, sex = _measure(figure)
        key, tag = (figure.table.key, id(figure.row), figure.period, measure), tag_of(figure)
        while key in found and tag in found[key].values:  # one hashtag, one figure: the next begins a line of its own
            key = (*key[:3], f"{key[3]}+")
        if key not in found:
            item = figure.column.group if sex else figure.column.heading
            about = {
                "#meta+measure+code": measure,
                "#meta+measure+name": item if measure else "",
                "#org+name": report.facts.centre_name,
            }
            found[key] = _Line(_fixed(figure, about, days.get(figure.period, days["month"])))
        _put(found[key], tag, figure)
    yield from found.values()


def _measure(figure: Figure) -> tuple[str, str]:
    """What of the row a column counts, and of which sex; either may be empty."""
    measure, dot, sex = figure.measure.rpartition(".")
    return (measure, sex) if sex in SEXES else (measure + dot + sex, "")


def _put(line: _Line, tag: str, figure: Figure) -> None:
    line.values[tag] = "" if figure.value is None else str(figure.value)
    if figure.hidden:
        line.hidden.append(f"{tag.removeprefix('#')} {figure.hidden}")
        line.fixed["#meta+hidden"] = ", ".join(line.hidden)


def _fixed(figure: Figure, about: dict[str, str], days: tuple[str, str]) -> dict[str, str]:
    table, row = figure.table, figure.row
    told = {
        "#date+start": days[0], "#date+end": days[1], "#meta+period": figure.period,
        "#meta+table+code": table.key, "#meta+table+name": table.title, "#meta+row+code": row.key,
        "#meta+row+name": figure.words, "#meta+row+kind": row.kind, "#meta+unit": figure.cell.unit,
    }  # fmt: skip
    own = _OF_TABLE.get(table.number)
    if own and row.kind == "body":
        told[own] = row.key
    # Blanks that are too many are reported as sloppy.
    return {tag: harmless(" ".join(text.split())) for tag, text in (about | told | _places(figure)).items()}


def _places(figure: Figure) -> dict[str, str]:
    """Code of the place a row is about and of those around it, and its own name."""
    code = figure.row.key
    if figure.table.number != "R4" or not _PLACE.fullmatch(code):
        return {}
    parts = code.split(".")
    codes = {f"#adm{level}+code": ".".join(parts[:level]) for level in range(1, len(parts) + 1)}
    return codes | {f"#adm{len(parts)}+name": figure.words}


def _heading(tag: str) -> str:
    """What a column of figures is called."""
    name = _("People reached") if tag.startswith("#reached") else _("Value")
    about = [word for sign, word in _ATTRIBUTES.items() if sign in tag.split("+")]
    return " · ".join([name, *map(_, about)])


_ATTRIBUTES: Final = {
    "f": N_("Women"), "m": N_("Men"), "i": N_("Not known"), "children": N_("0–11 years"),
    "adolescents": N_("12–17 years"), "adults": N_("18–59 years"), "elderly": N_("60 years and older"),
}  # fmt: skip
