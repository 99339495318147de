# SPDX-License-Identifier: Apache-2.0
"""How curricula are put into words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from resource_centre.i18n import N_, _, ngettext
from ui.kit.typed_dates import show_date
from ui.pages.wording import term

if TYPE_CHECKING:
    from resource_centre.services.curricula import CurriculumRow

STATES = {
    "draft": N_("Draft"),
    "in_use": N_("In use"),
    "replaced": N_("Replaced"),
    "withdrawn": N_("Withdrawn"),
}

SHORT_PHASES = {
    "pra": N_("before"),
    "selama": N_("abroad"),
    "purna": N_("returned"),
    "keluarga": N_("family"),
}
"""Phases of migration for a narrow column."""


def time_words(minutes: int | None) -> str:
    """ "14 h", "1 h 15 min", "45 min"; nothing for none."""
    hours, rest = divmod(minutes or 0, 60)
    parts = [_("{n} h").format(n=hours) if hours else "", _("{n} min").format(n=rest) if rest else ""]
    return " ".join(part for part in parts if part)


def state_words(row: CurriculumRow) -> str:
    """Where a version stands."""
    return _(STATES[row.state])


def origin_words(row: CurriculumRow) -> str:
    """Whose it is."""
    return _("Comes with the program") if row.shipped else _("The centre's own")


def where_it_stands(row: CurriculumRow) -> str:
    """Where a version stands, and that it came with the program."""
    return f"{origin_words(row)} · {state_words(row)}" if row.shipped else state_words(row)


def modules_words(count: int, minutes: int) -> str:
    """ "10 modules, 14 h together"."""
    words = ngettext("{n} module", "{n} modules", count).format(n=count)
    return _("{modules}, {time} together").format(modules=words, time=time_words(minutes)) if minutes else words


def subtitle(row: CurriculumRow) -> str:
    """A version in one line."""
    since = ""
    if row.withdrawn_on is not None:
        since = _("withdrawn on {day}").format(day=show_date(row.withdrawn_on))
    elif row.published_on is not None:
        since = _("published on {day}").format(day=show_date(row.published_on))
    edition = _("Version {edition}").format(edition=row.edition) if row.edition else ""
    parts = (edition, origin_words(row), state_words(row) if row.state != "withdrawn" else "", since)
    return " · ".join(part for part in parts if part)


def phases_words(phases: Sequence[str]) -> str:
    """For whom a module is."""
    return ", ".join(term("migration_phase", one) for one in phases)


def short_phases(phases: Sequence[str]) -> str:
    """For whom a module is, in a word each."""
    return ", ".join(_(SHORT_PHASES[one]) if one in SHORT_PHASES else term("migration_phase", one) for one in phases)
