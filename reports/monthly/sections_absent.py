# SPDX-License-Identifier: Apache-2.0
"""The tables R1 to R24 that have nothing to tell: each stands in its place and says so, so that none is missed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from reports.tables.model import Section, Table, Topic
from resource_centre.i18n import N_, _

HEADINGS: Final = {
    3: N_("Contacts at the front desk"),
    4: N_("People served by place"),
    5: N_("People served by kind of client"),
    6: N_("Returnees registered, by kind of return"),
    7: N_("Returnees registered, by country"),
    8: N_("Returnees registered, by occupation abroad"),
    9: N_("Returnees registered, by how they had left"),
    10: N_("Returnees registered, by time abroad and since the return"),
    11: N_("Vulnerability"),
    12: N_("Services given"),
    13: N_("Cases"),
    14: N_("Plans and goals"),
    15: N_("Counselling sessions"),
    16: N_("Follow-ups"),
    17: N_("Survey of reintegration"),
    18: N_("Referrals"),
    19: N_("Complaints"),
    20: N_("Training events"),
    21: N_("Tests before and after training"),
    22: N_("Savings goals"),
    23: N_("Trainers and whom they reach"),
    24: N_("Quality of the data"),
}
"""The headings of the tables that a report may be without."""
_TOPICS: Final[dict[int, Topic]] = {11: "trafficking", 19: "trafficking"}
"""Tables of which even that there is nothing is told of a regency or a larger place only."""


def accounted(sections: Sequence[Section]) -> Iterator[Section]:
    """The sections of a report with those it is without, in the order of their numbers."""
    told = {_number(one) for one in sections}
    waiting = [number for number in HEADINGS if number not in told]
    last = max(at for at, one in enumerate(sections) if _number(one))
    for at, section in enumerate(sections):
        while waiting and waiting[0] < _number(section):
            yield _nothing(waiting.pop(0))
        yield section
        if at == last:
            yield from map(_nothing, waiting)
            waiting = []


def _number(section: Section) -> int:
    return int(section.number[1:] or 0)


def _nothing(number: int) -> Section:
    heading, words = _(HEADINGS[number]), _("No data in this period.")
    table = Table(f"R{number}", heading, ("",), (), (), topic=_TOPICS.get(number, ""), empty=words)
    return Section(table.key, heading, (table,))
