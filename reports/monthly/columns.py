# SPDX-License-Identifier: Apache-2.0
"""Columns and cells that stand in many tables of the report, each made in one place so that all tables look alike.

The attributes for other programs follow domain reference 7.4; of which period a column is, is an attribute too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from reports.monthly.counts import BySex, Counted, Line
from reports.monthly.setting import Setting, Shown
from reports.tables.building import body_keys, with_sexes, with_total
from reports.tables.model import BLANK, Cell, Column, Row, Table, Topic, Unit, figure
from resource_centre.i18n import _

NARROW: Final = 24.0
"""Least width of a column of numbers, so that the same columns stand in the same place in every table."""
REACHED: Final = "#reached"
MEASURED: Final = "#indicator+value+num"
COUNTED: Final = "#output+num"
MONEY: Final = "#value+num"


def sexes(shown: Shown, *, group: str = "", of: str = "", hxl: str = REACHED) -> tuple[Column, ...]:
    """Men, women, not known and all of them, in one period; `of` names what is counted where it is not the row."""
    stem, tags = ".".join(filter(None, (shown.key, of))), "+".join(filter(None, (of, shown.key)))
    heading = group or shown.heading
    # L and P are what Indonesian government tables call them; the definitions page spells them out.
    return (
        Column(f"{stem}.L", _("Men"), heading, hxl=f"{hxl}+m+{tags}", width=NARROW, short=_("M")),
        Column(f"{stem}.P", _("Women"), heading, hxl=f"{hxl}+f+{tags}", width=NARROW, short=_("W")),
        Column(f"{stem}.unknown", _("Not known"), heading, hxl=f"{hxl}+i+{tags}", short=_("N/K")),
        Column(f"{stem}.total", _("Total"), heading, strong=True, hxl=f"{hxl}+{tags}"),
    )


def measure(
    shown: Shown, name: str, heading: str, *, group: str = "", hxl: str = COUNTED, strong: bool = False,
    width: float | None = None,
) -> Column:  # fmt: skip
    """One figure of a period, under the period's heading."""
    hashtag = f"{hxl}+{name}+{shown.key}"
    return Column(f"{shown.key}.{name}", heading, group or shown.heading, strong, hashtag, width)


def single(shown: Shown, *, hxl: str = COUNTED, strong: bool = False, width: float | None = None) -> Column:
    """The one column of a period that is told in one figure, headed by the period itself."""
    return Column(f"{shown.key}.total", shown.heading, "", strong, f"{hxl}+{shown.key}", width)


def singles(setting: Setting, *, hxl: str = COUNTED, width: float | None = None) -> tuple[Column, ...]:
    """A column for each period; the first one, which the report is about, stands out."""
    return tuple(single(one, hxl=hxl, strong=not at, width=width) for at, one in enumerate(setting.periods))


def people_columns(setting: Setting) -> tuple[Column, ...]:
    """The columns of every table of people: by sex, and the project in total."""
    longest = setting.periods[-1]
    last = Column(f"{longest.key}.total", _("Total"), longest.heading, True, f"{REACHED}+{longest.key}")
    return (*(column for one in setting.by_sex for column in sexes(one)), last)


def by_sex(count: BySex, unit: Unit = "people") -> tuple[Cell, ...]:
    """The cells of `sexes`."""
    return tuple(figure(value, unit) for value in (count.men, count.women, count.unknown, count.total))


def people(counted: Counted, setting: Setting) -> tuple[Cell, ...]:
    """A count of people in the columns of every table of people."""
    each = tuple(counted)
    split = (cell for one in setting.by_sex for cell in by_sex(each[one.at]))
    return (*split, figure(each[setting.periods[-1].at].total, "people"))


def counted_of(line: Line) -> Counted:
    """A line's numbers without its code."""
    return Counted(line.month, line.year, line.project)


def blanks(count: int) -> tuple[Cell, ...]:
    """Places in which this row has no figure."""
    return (BLANK,) * count


def people_table(
    key: str, title: str, head: str, lines: Sequence[Line], setting: Setting, *, list_name: str,
    terms: tuple[str, ...] = (), topic: Topic = "", empty: str = "", summed: bool = True,
) -> Table:  # fmt: skip
    """A line of people for each code of a list, and their sum below where everybody stands in one line only."""
    rows = [Row(one.code, (setting.label(list_name, one.code),), people(counted_of(one), setting)) for one in lines]
    parts = body_keys(rows)
    if summed and rows:
        rows.append(together(map(counted_of, lines), setting))
    table = Table(
        key, title, (head,), people_columns(setting), tuple(rows), terms=terms, topic=topic, empty=empty,
    )  # fmt: skip
    return with_total(with_sexes(table), parts) if summed and rows else with_sexes(table)


def together(lines: Iterable[Counted], setting: Setting, heads: int = 1) -> Row:
    """The last row of a table of people."""
    return Row("total", (_("Together"), *[""] * (heads - 1)), people(sum(lines, Counted()), setting), "total")
