# SPDX-License-Identifier: Apache-2.0
"""Somebody who has every publication of a year tries to work out the numbers that were left out, and cannot.

The attacker knows how the centre counts: every person has a month, a place, a kind of return, a country and a sex, and
each printed figure is the sum of some of these. What is printed, in tables, shares and charts, becomes equations; what
the signs for hidden figures say becomes bounds. Nothing of the library that hides is used for it.
"""

import datetime as dt
import os

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from reports.disclosure import publication
from reports.disclosure.publication import published, statement_of
from reports.monthly.relations import relations
from reports.tables.model import Cell, Chart, ChartSeries, Column, Facts, Report, Row, Section, Table, total

EXAMPLES = int(os.environ.get("CENTRE_EXAMPLES", "8"))
SEXES = ("L", "P", "unknown")
RETURNS = ("MANDIRI", "DEPORTASI", "SAKIT")
COUNTRIES = ("MY", "SA", "HK")
PLACES = ("52.03", "52.02")
MONTHS = 6
"""The first one is before the year, and stands for the project's beginning."""
SHAPE = (MONTHS, len(PLACES), len(RETURNS), len(COUNTRIES), len(SEXES))
JANUARY = 1


def day(month, *, last=False):
    begins = dt.date(2025 + (month + 11) // 12, (month + 11) % 12 + 1, 1)
    return (begins.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1) if last else begins


class Centre:
    """People by month, place, kind of return, country and sex; its reports, and which people each figure counts."""

    def __init__(self, people):
        self.people = people
        self.counts = {}

    def report(self, first, last, *, place=None):
        """Of the months from `first` to `last`, with the year and the project so far."""
        periods = {"month": (first, last), "year": (JANUARY, last), "project": (0, last)}
        here = slice(None) if place is None else PLACES.index(place)
        tables = [
            self._table("R1", {"returnees_registered": (slice(None), slice(None))}, periods, here),
            self._table("R6", {code: (at, slice(None)) for at, code in enumerate(RETURNS)}, periods, here, sums=True),
            self._table("R7", {code: (slice(None), at) for at, code in enumerate(COUNTRIES)}, periods, here, sums=True),
        ]
        facts = Facts(
            "Report", "period", day(first).isoformat(), day(last, last=True).isoformat(), "Pusat Uji", "en",
            place=place,
            periods=tuple((key, day(one).isoformat(), day(end, last=True).isoformat())
                          for key, (one, end) in periods.items()),
        )  # fmt: skip
        keys = tuple(f"R6/{code}/month.total" for code in RETURNS)
        cells = dict(tables[1].cells())
        chart = Chart("R6", "Chart", RETURNS, (ChartSeries("People", tuple(cells[key].value for key in keys), keys),))
        return Report(facts, (Section("R1", "Figures", tuple(tables), charts=(chart,)),))

    def _table(self, key, lines, periods, here, *, sums=False):
        columns = [f"{period}.{sex}" for period in ("month", "year") for sex in (*SEXES, "total")] + ["project.total"]
        shares = ["month.share"] if sums else []
        lines = {**lines, **({"total": (slice(None), slice(None))} if sums else {})}
        rows, known = [], []
        for code, (kind, country) in lines.items():
            cells = []
            for column in columns:
                period, _dot, sex = column.partition(".")
                chosen = np.zeros(SHAPE)
                first, last = periods[period]
                chosen[first : last + 1, here, kind, country, SEXES.index(sex) if sex in SEXES else slice(None)] = 1
                self.counts[self.name(periods, here), f"{key}/{code}/{column}"] = chosen
                cells.append(Cell(int((chosen * self.people).sum()), "people"))
            of = (f"{key}/{code}/month.total", f"{key}/total/month.total")
            whole = int(self.people[slice(*np.add(periods["month"], (0, 1))), here].sum())
            cells += [Cell(100 * cells[3].value / whole if whole else None, "percent", 1, of=of) for _one in shares]
            rows.append(Row(code, (code,), tuple(cells), "total" if code == "total" else "body"))
            known += [
                total(f"{key}/{code}/{period}.total", (f"{key}/{code}/{period}.{sex}" for sex in SEXES))
                for period in ("month", "year")
            ]
        if sums:
            known += [total(f"{key}/total/{one}", (f"{key}/{code}/{one}" for code in lines if code != "total"))
                      for one in columns]  # fmt: skip
        headed = tuple(Column(one, one) for one in (*columns, *shares))
        return Table(key, key, ("",), headed, tuple(rows), tuple(known))

    @staticmethod
    def name(periods, here):
        return (*periods["month"], str(here))


class Attacker:
    """Collects what publications say about how many people there are of each sort."""

    def __init__(self, centre):
        self.centre = centre
        self.rows, self.sums, self.bounded, self.hidden = [], [], [], {}

    def read(self, name, report):
        """Take in a publication."""
        shown = {key: cell for table in report.tables() for key, cell in table.cells()}
        seen = {key: cell.value for key, cell in shown.items() if cell.value is not None and cell.unit == "people"}
        for section in report.sections:
            for chart in section.charts:
                for row in chart.series:
                    seen |= {key: value for key, value in zip(row.of, row.values, strict=True) if value is not None}
        for cell in shown.values():
            if cell.unit == "percent" and cell.value is not None and cell.of[1] in seen:
                seen[cell.of[0]] = round(cell.value * seen[cell.of[1]] / 100)
        for key, value in seen.items():
            self._learn(self.centre.counts[name, key], value)
        for key, cell in shown.items():
            if cell.hidden and cell.unit == "people":
                counts = self.centre.counts[name, key]
                self.hidden[name, key] = counts.ravel()
                if cell.few:
                    self.bounded.append((counts.ravel(), 1, report.facts.threshold - 1))

    def _learn(self, counts, value):
        self.rows.append(counts.ravel())
        self.sums.append(value)

    def small(self, threshold):
        """Hidden figures that count a few, by their keys."""
        people = self.centre.people.ravel()
        return {key: counts for key, counts in self.hidden.items() if 0 < counts @ people < threshold}

    def by_algebra(self, threshold):
        """The small ones that adding and subtracting what is printed gives away."""
        matrix = np.array(self.rows)
        _left, size, right = np.linalg.svd(matrix)
        nothing_said = right[(size > 1e-9).sum() :]
        return {
            key for key, counts in self.small(threshold).items() if np.abs(nothing_said @ counts).max(initial=0) < 1e-7
        }

    def by_search(self, threshold, most=12):
        """Of some small ones those that no other whole numbers, within what the signs say, would fit."""
        limits = [LinearConstraint(np.array(self.rows), self.sums, self.sums)]
        if self.bounded:
            counts, least, greatest = zip(*self.bounded, strict=True)
            limits.append(LinearConstraint(np.array(counts), least, greatest))
        small = sorted(self.small(threshold).items())
        found = set()
        for key, counts in small[:: max(1, len(small) // most)]:
            ends = []
            for sign in (1, -1):
                result = milp(sign * counts, constraints=limits, bounds=Bounds(0, 10_000), integrality=1)
                assert result.success
                ends.append(round(sign * result.fun))
            if ends[0] == ends[1]:
                found.add(key)
        return found


def publish(centre, plan, threshold, *, attacker, forget=False):
    """Publish reports one after the other, each knowing those before, and let the attacker read them."""
    earlier = []
    for first, last, place in plan:
        report = centre.report(first, last, place=place)
        shown = published(report, threshold, relations=relations(report), earlier=() if forget else earlier)
        earlier.append(statement_of(report, shown, relations(report)))
        here = slice(None) if place is None else PLACES.index(place)
        attacker.read((first, last, str(here)), shown)
    return attacker


A_YEAR = [(month, month, None) for month in range(JANUARY, MONTHS)]
PLANS = {
    "months": A_YEAR,
    "months_and_quarter": [*A_YEAR[:3], (JANUARY, JANUARY + 2, None), *A_YEAR[3:]],
    "quarter_then_months": [(JANUARY, JANUARY + 2, None), *A_YEAR[:2]],
    "backwards": [*A_YEAR[3:1:-1], A_YEAR[0]],
    "with_a_regency": [A_YEAR[0], (1, 1, PLACES[0]), A_YEAR[1], (2, 2, PLACES[0])],
}


def people(draw_seed, often):
    random = np.random.default_rng(draw_seed)
    sorts = random.gamma(0.5, 1, SHAPE[1:]) * np.array([0.5, 0.45, 0.05])
    return random.poisson(sorts * often, SHAPE)


MANY = {
    "seed": st.integers(0, 10**6),
    "often": st.sampled_from([0.6, 2.0, 6.0, 20.0]),
    "threshold": st.sampled_from([3, 5, 10]),
    "plan": st.sampled_from(sorted(PLANS)),
}


@pytest.mark.models
@given(**MANY)
@example(seed=180, often=2.0, threshold=5, plan="months")
@settings(deadline=None, max_examples=EXAMPLES)
def test_nobody_who_has_all_publications_can_work_out_a_small_number(seed, often, threshold, plan):
    attacked_in_vain(seed, often, threshold, plan)


def attacked_in_vain(seed, often, threshold, plan):
    centre = Centre(people(seed, often))
    attacker = publish(centre, PLANS[plan], threshold, attacker=Attacker(centre))
    assert not attacker.by_algebra(threshold)
    assert not attacker.by_search(threshold)


SEED, OFTEN = 7, 2.0


@pytest.fixture
def attacked():
    """Publishes an invented year under whatever has been broken, and says what the attacker works out."""

    def attack(plan="months", **how):
        centre = Centre(people(SEED, OFTEN))
        return publish(centre, PLANS[plan], 5, attacker=Attacker(centre), **how).by_algebra(5)

    return attack


def test_the_attacker_finds_nothing_in_the_invented_year(attacked):
    assert not attacked()


def test_the_attacker_notices_when_only_small_numbers_are_hidden(attacked, monkeypatch):
    monkeypatch.setattr("reports.disclosure.hiding._Work.finish", lambda _work: None)
    assert attacked()


def test_the_attacker_notices_when_shares_are_left(attacked, monkeypatch):
    monkeypatch.setattr(publication._Hiding, "_of_few", lambda _hiding, _key: False)
    assert attacked()


def test_the_attacker_notices_a_chart_that_still_draws_what_is_hidden(attacked, monkeypatch):
    monkeypatch.setattr("reports.disclosure.unsaid._chart", lambda chart, *_how: chart)
    assert attacked()


def test_the_attacker_notices_when_months_do_not_know_of_each_other(attacked):
    assert attacked(forget=True)


def test_the_attacker_notices_when_a_regency_does_not_know_of_the_whole(attacked):
    assert attacked("with_a_regency", forget=True)
