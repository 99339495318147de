# SPDX-License-Identifier: Apache-2.0
"""Trainers and whom they reached, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from resource_centre.i18n import _, ngettext
from ui.kit.places import Places
from ui.kit.typed_dates import show_date
from ui.pages.wording import days_words, decimal, home_of, phone_words, term, village_words, whole_number

if TYPE_CHECKING:
    from resource_centre.records import Trainer, TrainingEvent
    from resource_centre.services.cascade import Cascade, LevelLine, TreeNode
    from resource_centre.services.trainer_view import TrainerView
    from resource_centre.services.trainers import TrainerRow
    from ui.kit.desk import Desk


def trainer_words(row: TrainerRow) -> str:
    """ "Wati · Trainer · P0001": what tells one trainer from another in a choice."""
    return " · ".join(part for part in (row.name or "", term("trainer_level", row.level), row.number or "") if part)


def event_words(event: TrainingEvent, places: Places, home: str | None) -> str:
    """ "5–6 October 2026 · Household budget · Selong"."""
    what = event.topic or term("module", event.module)
    where = village_words(places, event.village_code, home).split(",")[0]
    return " · ".join(part for part in (days_words(event.starts_on, event.ends_on), what, where) if part)


def areas_words(places: Places, areas: tuple[str, ...], home: str | None) -> str:
    """The places somebody works in."""
    return ", ".join(village_words(places, code, home).split(",")[0] for code in areas)


def active_words(active: bool, ended: bool) -> str:
    """Whether somebody teaches."""
    if ended:
        return _("no longer")
    return _("yes") if active else _("no")


def facts_of(view: TrainerView, desk: Desk) -> str:
    """A trainer in a few lines."""
    own, row = view.trainer, view.row
    lines = [
        [row.number or "", term("sex", own.sex), own.organisation or "", phone_words(own.phone)],
        [*_certified(own)],
        [*_learnt(view, desk)],
        [*_teaches(row, desk)],
        [_("generation {n}").format(n=view.generation), did_words(row), *_observed(view)],
    ]
    said = (" · ".join(part for part in line if part) for line in lines)
    return "\n".join(line[:1].upper() + line[1:] for line in said if line)


def did_words(row: TrainerRow) -> str:
    """How much somebody taught."""
    sessions = ngettext("{n} session", "{n} sessions", row.sessions).format(n=whole_number(row.sessions))
    return _("{sessions}, {people}").format(sessions=sessions, people=people_words(row.people or 0))


def people_words(count: int) -> str:
    """ "1,234 people"."""
    return ngettext("{n} person reached", "{n} people reached", count).format(n=whole_number(count))


def node_words(node: TreeNode) -> str:
    """One trainer of the tree, as a screen reader says it."""
    words = _("{name}, {level}, generation {generation}, {sessions}, {people}")
    return words.format(
        name=node.name or "",
        level=term("trainer_level", node.level),
        generation=node.generation,
        sessions=ngettext("{n} session", "{n} sessions", node.sessions).format(n=whole_number(node.sessions)),
        people=people_words(node.people),
    )


def cascade_words(found: Cascade) -> str:
    """All generations together in one line."""
    parts = [
        _("{n} people reached in all, each counted once").format(n=whole_number(found.people)),
        ngettext("{n} session", "{n} sessions", found.sessions).format(n=whole_number(found.sessions)),
    ]
    if found.heads:
        parts.append(_("{n} besides were only counted: who they are is not known").format(n=whole_number(found.heads)))
    return " · ".join(parts)


def level_words(line: LevelLine, months: int) -> str:
    """ "Trainer: 12, of whom 10 certified and 8 active in the last 6 months, 2.5 sessions each"."""
    words = _(
        "{level}: {n}, of whom {certified} certified and {active} active in the last {months} months, "
        "{each} sessions each"
    )
    return words.format(
        level=term("trainer_level", line.level) or _("Level not known"),
        n=whole_number(line.trainers),
        certified=whole_number(line.certified),
        active=whole_number(line.active),
        months=months,
        each=decimal(line.sessions_each or 0.0),
    )


def circle_words(found: Cascade, names: dict[str, str]) -> str:
    """Who is said to have trained each other, empty when nobody is."""
    words = _(
        "{names} are said to have trained each other in a circle, perhaps written down on two computers. "
        "{first} stands above here until that is corrected."
    )
    said = []
    for circle in found.cycles:
        known = [names.get(one, "") for one in circle]
        said.append(words.format(names=", ".join(known), first=known[0]))
    return "\n".join(said)


def _certified(own: Trainer) -> list[str]:
    said = []
    if own.certified_on:
        words = _("certified {day} by {who}") if own.certified_by else _("certified {day}")
        said.append(words.format(day=show_date(own.certified_on), who=own.certified_by))
    if own.competence is not None:
        said.append(_("competence check {n}%").format(n=decimal(float(own.competence), 0)))
    if own.ended_on:
        said.append(_("teaches no longer since {day}").format(day=show_date(own.ended_on)))
    return said


def _learnt(view: TrainerView, desk: Desk) -> list[str]:
    said = []
    if view.trained_by is not None:
        said.append(_("trained by {name}").format(name=view.trained_by.name or ""))
    if view.trained_at is not None:
        said.append(event_words(view.trained_at, desk.places, home_of(desk)))
    return said


def _teaches(row: TrainerRow, desk: Desk) -> list[str]:
    said = []
    if row.areas:
        said.append(_("works in {places}").format(places=areas_words(desk.places, row.areas, home_of(desk))))
    if row.modules:
        modules = ", ".join(term("module", code) for code in row.modules)
        said.append(_("teaches {modules}").format(modules=modules))
    return [*said, ", ".join(term("language", code) for code in row.languages)]


def _observed(view: TrainerView) -> list[str]:
    given = [one.percent for one in view.observed if one.percent is not None]
    if not given:
        return []
    words = ngettext("{n} observation, {percent}%", "{n} observations, {percent}% on average", len(given))
    return [words.format(n=len(given), percent=decimal(sum(given) / len(given), 0))]
