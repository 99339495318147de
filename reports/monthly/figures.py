# SPDX-License-Identifier: Apache-2.0
"""The figures of a month, typed: what is tested, printed and written as JSON. Definitions: domain reference 5.2."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Session

from reports.measures.quality import as_handed_over
from reports.measures.tables import Profile, profile_of
from reports.monthly import desk
from reports.monthly.cascade import Trainers, trainers
from reports.monthly.case_work import CaseWork, case_work
from reports.monthly.cases import case_flow
from reports.monthly.counselling import Counselling, counselling
from reports.monthly.counts import PERIODS, BySex, Counted, Line, lines
from reports.monthly.frames import Frames, frames_of
from reports.monthly.handed_over import Closing, closing, without_words
from reports.monthly.headline import OF_TODAY, Indicator, Parts, headline
from reports.monthly.household_savings import SavingsGoals, savings_goals
from reports.monthly.people import PeopleServed, people_served, places, served_by_month
from reports.monthly.periods import Period, Span, month_of, months_back, span_of
from reports.monthly.returnees import returnees
from reports.monthly.savings_groups import SavingsGroups, savings_groups
from reports.monthly.scope import Scope
from reports.monthly.surveys import Surveys, surveys
from reports.monthly.targets import TargetLine, year_targets
from reports.monthly.training import Training, trainings
from reports.monthly.trend import TrendMonth, trend
from resource_centre import __version__
from resource_centre.access import viewer_of
from resource_centre.exchange.identity import own_profile
from resource_centre.records import CentreProfile, CounsellingSession, GroupMeeting, Person, TrainingEvent
from resource_centre.services.kept_figures import QUALITY
from resource_centre.services.month_narratives import told
from resource_centre.services.month_reports import kept_month
from resource_centre.services.projects import project_of
from resource_centre.values.partial_date import earliest
from resource_centre.vocabulary import vocabulary

if TYPE_CHECKING:
    from reports.book.counting import PageFigures

TREND_MONTHS: Final = 13
"""A month and the same month of the year before, with all between."""
Progress = Callable[[str], None]


@dataclass(frozen=True)
class AgeLine:
    """One row of R2: new and returning people of an age band."""

    band: str
    new: Counted
    returning: Counted

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"band": self.band, "new": self.new.as_dict(), "returning": self.returning.as_dict()}


@dataclass(frozen=True)
class Check:
    """An identity between figures in one period: both sides were counted on their own and must be the same."""

    code: str
    period: str
    left: int
    right: int

    @property
    def holds(self) -> bool:
        """Whether they are."""
        return self.left == self.right


@dataclass(frozen=True)
class MonthlyFigures:
    """A report as numbers. `cut_off` is when it was read; later changes are not in it.

    `targets` of the year and `narratives` (of each month the texts by field, in their order) are those of the whole
    centre: a report on one place or fund, or of an account that sees some villages only, has none.
    """

    month: Period
    year: Period
    project: Period
    place: str | None
    fund: str | None
    cut_off: dt.datetime
    version: str
    centre_name: str
    indicators: tuple[Indicator, ...]
    ages: tuple[AgeLine, ...]
    places: tuple[Line, ...]
    return_types: tuple[Line, ...]
    destinations: tuple[Line, ...]
    client_types: tuple[Line, ...]
    profile: Profile
    counselling: Counselling
    case_work: CaseWork
    training_month: Training
    training_year: Training
    training_project: Training
    trainers: Trainers
    savings_goals: SavingsGoals
    savings_groups: SavingsGroups
    surveys: Surveys
    trend: tuple[TrendMonth, ...]
    checks: tuple[Check, ...]
    targets: tuple[TargetLine, ...] = ()
    narratives: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    closing: Closing | None = None
    frames: Frames = field(default_factory=Frames)
    book: tuple[PageFigures, ...] = ()
    """Pages of the report book that stand in this report too."""

    @property
    def span(self) -> Span:
        """The three periods."""
        return Span(self.month, self.year, self.project)

    @property
    def narrative(self) -> Mapping[str, str]:
        """What is written to the month, of a report on a month."""
        return self.narratives.get(self.month.code, {})

    def indicator(self, code: str) -> Indicator:
        """One line of R1. KeyError when there is none of this code."""
        return {indicator.code: indicator for indicator in self.indicators}[code]

    def identities(self) -> dict[str, bool]:
        """Each kind of check, and whether it holds in all periods."""
        codes = dict.fromkeys(check.code for check in self.checks)
        return {code: all(check.holds for check in self.checks if check.code == code) for code in codes}

    def in_full(self) -> dict[str, Any]:
        """The report as JSON: its counts, and with them what the year is to come to and what was written to it."""
        targets = [line.as_dict() for line in self.targets]
        closed = self.closing.as_dict() if self.closing is not None else {}
        texts = {month: dict(told) for month, told in self.narratives.items()}
        written = {"targets": targets, "narratives": texts, "frames": self.frames.as_dict()}
        return self.as_dict() | written | closed

    def as_kept(self) -> dict[str, Any]:
        """The counts without a word, as they are kept when the month is handed over."""
        kept: dict[str, Any] = without_words(self.as_dict())
        return kept

    def as_dict(self) -> dict[str, Any]:
        """All counts for JSON, with the table numbers of the domain reference as keys."""
        trained = {"month": self.training_month, "year": self.training_year, "project": self.training_project}
        return {
            "month": self.month.code,
            "year_from": self.year.first.isoformat(),
            "project_from": self.project.first.isoformat(),
            "place": self.place,
            "fund": self.fund,
            "cut_off": self.cut_off.isoformat(timespec="seconds"),
            "version": self.version,
            "centre": self.centre_name,
            "R1": [indicator.as_dict() for indicator in self.indicators],
            "R2": [line.as_dict() for line in self.ages],
            "R4": [line.as_dict() for line in self.places],
            "R5": [line.as_dict() for line in self.client_types],
            "R6": [line.as_dict() for line in self.return_types],
            "R7": [line.as_dict() for line in self.destinations],
            "R15": self.counselling.as_dict(),
            **self.profile.as_dict(),
            **self.case_work.as_dict(),
            **self.surveys.as_dict(),
            "R20": {period: one.as_dict()["events"] for period, one in trained.items()},
            "R21": {period: one.as_dict()["gains"] for period, one in trained.items()},
            "R22": {"goals": self.savings_goals.as_dict(), "groups": self.savings_groups.as_dict()},
            "R23": self.trainers.as_dict(),
            "trend": [point.as_dict() for point in self.trend],
            "checks": [asdict(check) | {"holds": check.holds} for check in self.checks],
        }


def monthly_figures(
    session: Session, month: str, *, place: str | None = None, progress: Progress = lambda _stage: None
) -> MonthlyFigures:
    """`report_figures` of a calendar month, written as 2026-10. ValueError when `month` is not one."""
    return report_figures(session, month_of(month), place=place, progress=progress)


def report_figures(
    session: Session,
    period: Period,
    *,
    place: str | None = None,
    fund: str | None = None,
    progress: Progress = lambda _stage: None,
) -> MonthlyFigures:
    """The figures of any period, as far as the session's account may see them.

    `place`, the code of a province, regency, district or village, narrows them down to the people who live there now
    and the events held there; `fund`, the code of a project, to what it pays for. `progress` is told each stage.
    """
    figures = _counted(session, period, Scope(place, fund), progress)
    if period.length == "month" and place is None and fund is None and viewer_of(session).bound is None:
        figures = _with_kept_quality(session, figures)
    from reports.book.report import pages_in_report  # counts by the catalogue, which stands on these figures

    picked = pages_in_report(session, period, Scope(place, fund))
    figures = replace(figures, frames=frames_of(session, figures), book=picked)
    if place is not None or viewer_of(session).bound is not None:
        return figures
    figures = replace(figures, targets=year_targets(session, figures.month.last.year, figures.indicators, fund=fund))
    if fund is not None:
        return figures
    texts = {month: found for month in period.months if (found := told(session, month))}
    figures = replace(figures, narratives=texts)
    if period.length != "month":
        return figures
    return replace(figures, closing=closing(session, figures.month, figures.as_dict()))


def _with_kept_quality(session: Session, figures: MonthlyFigures) -> MonthlyFigures:
    """How good the data of a month were that was handed over: as its report said, not as they are by now."""
    kept = kept_month(session, figures.month.month)
    if kept is None or kept.figures is None or QUALITY not in kept.figures:
        return figures
    then = as_handed_over(figures.profile.quality, kept.figures[QUALITY], kept.reported_on)
    index = Indicator(OF_TODAY, "percent", *then.index)
    indicators = tuple(index if one.code == OF_TODAY else one for one in figures.indicators)
    return replace(figures, indicators=indicators, profile=replace(figures.profile, quality=then))


def _counted(session: Session, period: Period, scope: Scope, progress: Progress) -> MonthlyFigures:
    profile = own_profile(session)
    span = span_of(period, _started(session, profile, scope.fund))
    shown = months_back(month_of(period.month), TREND_MONTHS)
    progress("month")
    people = people_served(session, span, shown, scope)
    progress("year")
    served = served_by_month(session, shown, scope)
    progress("project")
    home, taught = returnees(session, span, scope), trainings(session, span, scope)
    progress("tables")
    held = counselling(session, span, scope, people.counselled)
    cases = case_flow(session, span, scope)
    met, due = desk.contacts(session, span, scope), desk.follow_ups(session, span, scope)
    asked, saved = surveys(session, span, scope), savings_goals(session, span, scope)
    teaching = trainers(session, span, scope)
    work, told = case_work(session, span, scope, cases), profile_of(session, span, scope)
    parts = Parts(people, met, home, cases, due, taught, teaching, held.held, asked, saved, work, told)
    return MonthlyFigures(
        month=span.month,
        year=span.year,
        project=span.project,
        place=scope.place,
        fund=scope.fund,
        cut_off=dt.datetime.now().astimezone(),
        version=__version__,
        centre_name=(profile.name if profile else None) or "",
        indicators=headline(parts),
        ages=_ages(people),
        places=places(people.by_village, scope.place),
        return_types=lines(home.by_return_type, vocabulary("return_type").codes),
        destinations=lines(home.by_country),
        counselling=held,
        client_types=lines(people.by_client_type, vocabulary("client_type").codes),
        profile=told,
        case_work=work,
        training_month=taught[0],
        training_year=taught[1],
        training_project=taught[2],
        trainers=teaching,
        savings_goals=saved,
        savings_groups=savings_groups(session, span, scope),
        surveys=asked,
        trend=trend(served, people.new_by_month),
        checks=tuple(_checks(parts, held, served[period.month].total if period.length == "month" else None)),
    )


def _started(session: Session, profile: CentreProfile | None, fund: str | None = None) -> dt.date:
    """The first day of the project that pays, or of the centre's; where it is not known, of anything recorded."""
    paid_by = project_of(session, fund)
    if paid_by is not None and paid_by.starts_on is not None:
        return paid_by.starts_on
    if profile and profile.project_starts_on:
        return earliest(profile.project_starts_on)
    firsts = (
        session.scalar(sa.select(sa.func.min(CounsellingSession.held_on))),
        session.scalar(sa.select(sa.func.min(Person.registered_on))),
        session.scalar(sa.select(sa.func.min(TrainingEvent.starts_on))),
        session.scalar(sa.select(sa.func.min(GroupMeeting.held_on))),
    )
    return min((first for first in firsts if first), default=dt.date.max)


def _ages(people: PeopleServed) -> tuple[AgeLine, ...]:
    empty = Counted()
    shown = (code for code in vocabulary("age_band").codes if code in people.new_by_age | people.returning_by_age)
    return tuple(
        AgeLine(code, people.new_by_age.get(code, empty), people.returning_by_age.get(code, empty)) for code in shown
    )


def _checks(parts: Parts, held: Counselling, served_in_month: int | None) -> Iterator[Check]:
    """The identities of domain reference 5.2 and those between tables that are counted by different statements."""
    people, cases = parts.people, parts.cases
    in_villages = sum(people.by_village.values(), Counted())
    for at, period in enumerate(PERIODS):

        def total(counted: Counted, at: int = at) -> int:
            column: BySex = tuple(counted)[at]
            return column.total

        yield Check(
            "new_and_returning_is_served", period, total(people.served), total(people.new) + total(people.returning)
        )
        yield Check("places_are_served", period, total(people.served), total(in_villages))
        yield Check("sessions", period, total(people.sessions), held.attended[at])
        flow = total(cases.open_at_start) + total(cases.opened) + total(cases.reopened) - total(cases.closed)
        yield Check("caseload", period, total(cases.open_at_end), flow)
    if served_in_month is not None:
        yield Check("trend", "month", people.served.month.total, served_in_month)
