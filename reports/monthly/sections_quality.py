# SPDX-License-Identifier: Apache-2.0
"""R24: how good the data are that all other tables are made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from reports.kit.words import long_date
from reports.measures.quality import INDEX, Quality
from reports.monthly.columns import MEASURED, measure
from reports.monthly.figures import MonthlyFigures
from reports.monthly.setting import Setting
from reports.tables.model import BLANK, Cell, Column, Row, Section, Table, Unit, figure
from resource_centre.i18n import N_, _

LINES: Final = {
    "nik": N_("NIK recorded"),
    "nik_valid": N_("NIK recorded and valid"),
    "village": N_("Village known by its code"),
    "consent": N_("Decision on consent recorded"),
    "late": N_("Sessions, services and contacts written down late"),
}
_NOW: Final = {
    "to_decide": N_("Rows of registers that may be somebody already registered"),
    "devices": N_("Laptops whose records are here"),
    "silent": N_("of these silent"),
}


def quality_section(figures: MonthlyFigures, setting: Setting) -> Section | None:
    """R24; nothing where nobody was registered and nothing was written down."""
    found = figures.profile.quality
    if not any(one.of for each in found.shares.values() for one in each):
        return None
    heading = _("Quality of the data")
    return Section(
        "R24", heading, (_shares(found, heading, setting), *_now(found)), notes=tuple(_notes(found, setting))
    )


def _notes(found: Quality, setting: Setting) -> Iterator[str]:
    if found.told_on is not None:
        words = _("The shares are those of {day}, when the report of this month was handed over.")
        yield words.format(day=long_date(found.told_on, setting.language))


def _shares(found: Quality, heading: str, setting: Setting) -> Table:
    columns = tuple(
        column
        for one in setting.periods
        for column in (
            measure(one, "part", _("How many")),
            measure(one, "of", _("Of how many")),
            measure(one, "share", _("Share"), hxl=MEASURED, strong=True),
        )
    )
    rows = [Row(name, (_(words),), tuple(_share(found, name, setting))) for name, words in LINES.items()]
    rows.append(
        Row("index", (_("Mean of the valid, the known and the decided"),), tuple(_index(found, setting)), "total")
    )
    return Table("R24", heading, ("",), columns, tuple(rows), terms=("quality",), additive=False)


def _share(found: Quality, name: str, setting: Setting) -> Iterator[Cell]:
    for one in setting.periods:
        share, key = found.shares[name][one.at], f"R24/{name}/{one.key}"
        told = name != "late" or one in setting.without_project
        unit: Unit = "people" if name != "late" else "count"
        of = (f"{key}.part", f"{key}.of")
        yield figure(share.part, unit) if told else BLANK
        yield figure(share.of, unit) if told else BLANK
        yield figure(share.percent, "percent", of=of, pairs=share.of) if told else BLANK


def _index(found: Quality, setting: Setting) -> Iterator[Cell]:
    for one in setting.periods:
        yield from (BLANK, BLANK)
        of = tuple(f"R24/{name}/{one.key}.share" for name in INDEX)
        yield figure(found.index[one.at], "percent", of=of, pairs=found.shares[INDEX[0]][one.at].of)


def _now(found: Quality) -> Iterator[Table]:
    if found.devices is None:
        return
    column = Column("now.total", _("Today"), "", True, "#output+num+now", 60)
    rows = tuple(
        Row(name, (_(words),), (figure(getattr(found, name)),), indent=int(name == "silent"))
        for name, words in _NOW.items()
    )
    yield Table(
        "R24.now",
        _("What waits to be settled"),
        ("",),
        (column,),
        rows,
        terms=("quality",),
        additive=False,
    )
