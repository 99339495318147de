# SPDX-License-Identifier: Apache-2.0
"""Which figure an indicator of the centre's own is: a measure of the catalogue, perhaps of some lines only.

It is written as the measure's code and, each behind a stroke, codes of breakdowns: ``participants/sex=P/regency=52.03``
is the women from East Lombok who were trained.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy.orm import Session

from reports.monthly.periods import Span
from reports.monthly.scope import Scope
from resource_centre.i18n import _

Values = tuple[float | None, float | None, float | None]
NOTHING: Final[Values] = (None, None, None)
HOME_CURRENCY: Final = "IDR"


@dataclass(frozen=True)
class Formula:
    """A measure by its code, and the codes of breakdowns it is narrowed down to."""

    measure: str
    where: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return "/".join((self.measure, *(f"{by}={code}" for by, code in self.where.items())))

    @property
    def unit(self) -> str:
        """The unit of the figure."""
        from reports.measures.catalogue import MEASURES

        return MEASURES[self.measure].unit

    def words(self, in_language: str | None = None) -> str:
        """As it is read: Participants in training (Woman · Kabupaten Lombok Timur)."""
        from reports.measures.breakdowns import BREAKDOWNS
        from reports.measures.catalogue import MEASURES

        told = " · ".join(BREAKDOWNS[by].label_of(code, in_language) for by, code in self.where.items())
        name = MEASURES[self.measure].words
        return _("{figure} ({lines})").format(figure=name, lines=told) if told else name


def read_formula(text: str | None) -> Formula | None:
    """What a formula says; None when it is none, or one of a measure or breakdown this version does not count."""
    from reports.measures.catalogue import MEASURES

    code, *parts = (text or "").split("/")
    measure = MEASURES.get(code)
    pairs = [part.partition("=") for part in parts]
    if measure is None or not all(by in measure.by and sign and told for by, sign, told in pairs):
        return None
    where = {by: told for by, _sign, told in pairs}
    if "currency" in measure.by and measure.unit == "money":
        where.setdefault("currency", HOME_CURRENCY)  # nothing is converted
    return Formula(code, where)


def own_value(session: Session, formula: str, span: Span, scope: Scope) -> Values:
    """The figure in the month, the year and the project; nothing where the formula is not understood."""
    from reports.measures.catalogue import MEASURES
    from reports.measures.counting import counted

    read = read_formula(formula)
    if read is None:
        return NOTHING
    measure = MEASURES[read.measure]
    parts = [MEASURES[code] for code in measure.parts] if measure.parts is not None else [measure]
    made = [counted(session, one, (), span, scope, read.where) for one in parts]
    if measure.parts is None:
        return made[0].value("month"), made[0].value("year"), made[0].value("project")
    part, of = made
    month, year, project = (
        100 * part.value(period) / of.value(period) if of.value(period) else None
        for period in ("month", "year", "project")
    )
    return month, year, project
