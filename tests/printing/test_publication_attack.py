# SPDX-License-Identifier: Apache-2.0
"""Somebody who has every publication of a year tries to work out the numbers that were left out, and cannot.

The attacker knows how the centre counts: every person has a month, a place, a kind of return, a country, a fund and a
sex, and each printed figure is the sum of some of these. What is printed, in tables, shares, charts, frames and means
times their numbers, becomes equations; what the signs for hidden figures say becomes bounds; somebody written down late
is one person more in all later figures, somebody taken out again one less. Nothing of the library that hides is used.
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

pytestmark = pytest.mark.attacks
EXAMPLES = int(os.environ.get("CENTRE_EXAMPLES", "5"))
SEXES = ("L", "P", "unknown")
RETURNS = ("MANDIRI", "DEPORTASI", "SAKIT")
COUNTRIES = ("MY", "SA")
FUNDS = ("ILO", "-")
"""What one project pays for, and what none does."""
ROW = "training_participants"
PLACES = ("52.03", "52.02")
MONTHS = 6
"""The first one is before the year, and stands for the project's beginning."""
SHAPE = (MONTHS, len(PLACES), len(RETURNS), len(COUNTRIES), len(SEXES), len(FUNDS))
ALL = slice(None)
JANUARY = 1


def day(month, *, last=False):
    begins = dt.date(2025 + (month + 11) // 12, (month + 11) % 12 + 1, 1)
    return (begins.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1) if last else begins


class Centre:
    """People by month, place, kind of return, country, sex and fund; its reports, and which people each figure counts.

    `late` are written down after a part of the publications, in which they are missing; `gone` are taken out then.
    """

    def __init__(self, people, late=None, gone=None):
        self.known, self.late, self.gone = people, late, gone
        self.everybody = np.concatenate([one.ravel() for one in (people, late, gone) if one is not None])
        self.corrected = False
        self.counts = {}

    def correct(self):
        """From now on those who were late are counted, and those who were wrong are not."""
        self.corrected = True

    @property
    def people(self):
        """Who is counted at present."""
        changed = self.late if self.corrected else self.gone
        return self.known if changed is None else self.known + changed

    def _counted(self, chosen):
        """Of the people known, of those who were late and of those who were wrong whom a figure counts."""
        late, gone = chosen * self.corrected, chosen * (not self.corrected)
        changed = ((late, self.late), (gone, self.gone))
        return np.concatenate([chosen.ravel(), *(one.ravel() for one, some in changed if some is not None)])

    def report(self, first, last, *, place=None, fund=None):
        """Of the months from `first` to `last`, with the year and the project so far."""
        periods = {"month": (first, last), "year": (JANUARY, last), "project": (0, last)}
        here = (ALL if place is None else PLACES.index(place), ALL if fund is None else FUNDS.index(fund))
        tables = [
            self._table("R1", {ROW: (ALL, ALL)}, periods, here),
            self._table("R6", {code: (at, ALL) for at, code in enumerate(RETURNS)}, periods, here, sums=True),
            self._table("R7", {code: (ALL, at) for at, code in enumerate(COUNTRIES)}, periods, here, sums=True),
        ]
        tables.append(self._frame(tables[0], self.name(periods, here)))
        if fund is None:
            tables.append(self._projects(periods, here))
        facts = Facts(
            "Report", "period", day(first).isoformat(), day(last, last=True).isoformat(), "Pusat Uji", "en",
            place=place, fund=fund,
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
            cells = [self._cell(f"{key}/{code}/{column}", periods, here, (kind, country)) for column in columns]
            of = (f"{key}/{code}/month.total", f"{key}/total/month.total")
            whole = cells[3].value if code == "total" else self._cell("", periods, here, (ALL, ALL), "month").value
            cells += [Cell(100 * cells[3].value / whole if whole else None, "percent", 1, of=of) for _one in shares]
            cells += [Cell(7.0 if cells[at].value else None, "mean", 1, of=(f"{key}/{code}/{columns[at]}",),
                           pairs=cells[at].value) for at in (3, 7)]  # fmt: skip
            rows.append(Row(code, (code,), tuple(cells), "total" if code == "total" else "body"))
            known += [
                total(f"{key}/{code}/{period}.total", (f"{key}/{code}/{period}.{sex}" for sex in SEXES))
                for period in ("month", "year")
            ]
        if sums:
            known += [total(f"{key}/total/{one}", (f"{key}/{code}/{one}" for code in lines if code != "total"))
                      for one in columns]  # fmt: skip
        headed = tuple(Column(one, one) for one in (*columns, *shares, "month.mean", "year.mean"))
        return Table(key, key, ("",), headed, tuple(rows), tuple(known))

    def _cell(self, key, periods, here, kinds, period="", sex=""):
        if key:
            period, _dot, sex = key.rpartition("/")[2].partition(".")
        chosen = np.zeros(SHAPE)
        first, last = periods[period]
        place, fund = here
        chosen[first : last + 1, place, *kinds, SEXES.index(sex) if sex in SEXES else ALL, fund] = 1
        if key:
            self.counts[self.name(periods, here), key] = self._counted(chosen)
        return Cell(int((chosen * self.people).sum()), "people")

    def _projects(self, periods, here):
        columns = [f"{period}.{sex}" for period in ("month", "year") for sex in (*SEXES, "total")] + ["project.total"]
        rows, known = [], []
        for at, fund in enumerate(FUNDS):
            stem, paid = f"projects/{fund}.participants", {}
            for one in columns:
                paid[one] = self._cell(f"{stem}/{one}", periods, (here[0], at), (ALL, ALL))
                self.counts[self.name(periods, here), f"{stem}/{one}"] = self.counts.pop(
                    (self.name(periods, (here[0], at)), f"{stem}/{one}")
                )
            rows.append(Row(f"{fund}.participants", (fund,), tuple(paid.values())))
            known += [total(f"{stem}/{period}.total", (f"{stem}/{period}.{sex}" for sex in SEXES))
                      for period in ("month", "year")]  # fmt: skip
        known += [total(f"R1/{ROW}/{one}", (f"projects/{fund}.participants/{one}" for fund in FUNDS))
                  for one in columns]  # fmt: skip
        return Table("projects", "", ("",), tuple(Column(one, one) for one in columns), tuple(rows), tuple(known))

    def _frame(self, table, name):
        """The totals once more."""
        columns = [column for column in table.columns if column.key.endswith("total")]
        cells = []
        for column in columns:
            of = f"R1/{ROW}/{column.key}"
            self.counts[name, f"gcm/18.{ROW}/{column.key}"] = self.counts[name, of]
            cells.append(Cell(dict(table.cells())[of].value, "people", of=(of,), repeats=True))
        return Table("gcm", "", ("",), tuple(columns), (Row(f"18.{ROW}", (ROW,), tuple(cells)),), additive=False)

    @staticmethod
    def name(periods, here):
        return (*periods["month"], str(here))


def hangs_together(report):
    """What the library knows, and that the tables of returns are of the people trained."""
    keys = {key for table in report.tables() for key, _cell in table.cells()}
    same = [total(key, (key.replace(f"R1/{ROW}", f"{table}/total"),)) for key in sorted(keys)
            for table in ("R6", "R7") if key.startswith(f"R1/{ROW}/") and not key.endswith("mean")]  # fmt: skip
    return (*relations(report), *same)


class Attacker:
    """Collects what publications say about how many people there are of each sort."""

    def __init__(self, centre):
        self.centre = centre
        self.rows, self.sums, self.bounded, self.hidden = [], [], [], {}
        self.amounts, self.no_amounts = [], {}
        """Whose money is told, as a mean of a number that is told, and whose is not."""

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
        self._means(name, shown, seen)
        for key, cell in shown.items():
            if cell.hidden and cell.unit == "people":
                self._hidden(name, key, cell, report.facts.threshold)

    def _hidden(self, name, key, cell, threshold):
        counts = self.hidden[name, key] = self.centre.counts[name, key]
        if cell.few:
            self.bounded.append((counts, 1, threshold - 1))

    def _means(self, name, shown, seen):
        """Times its number a mean is all the money of these people; of nobody there is none."""
        self.amounts += [self.centre.counts[name, key] for key, value in seen.items() if not value]
        for key, cell in shown.items():
            if cell.unit == "mean" and cell.value is not None and cell.of[0] in seen:
                self.amounts.append(self.centre.counts[name, cell.of[0]])
            elif cell.unit == "mean" and cell.hidden:
                self.no_amounts[name, key] = self.centre.counts[name, cell.of[0]]

    def _learn(self, counts, value):
        self.rows.append(counts)
        self.sums.append(value)

    def small(self, threshold):
        """Hidden figures that count a few, by their keys."""
        return self._few(self.hidden, threshold)

    def _few(self, figures, threshold):
        everybody = self.centre.everybody
        return {key: counts for key, counts in figures.items() if 0 < counts @ everybody < threshold}

    def by_algebra(self, threshold):
        """The small ones that adding and subtracting what is printed gives away, and the money of as few."""
        money = self._few(self.no_amounts, threshold)
        return _follow(self.small(threshold), self.rows) | _follow(money, self.amounts)

    def by_search(self, threshold, most=12):
        """Of some small ones those that no other whole numbers, within what the signs say, would fit."""
        limits = [LinearConstraint(np.array(self.rows), self.sums, self.sums)] if self.rows else []
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


def _follow(wanted, rows):
    """Which of the figures follow from the others."""
    if not rows or not wanted:
        return set()
    _left, size, right = np.linalg.svd(np.array(rows))
    nothing_said = right[(size > 1e-9).sum() :]
    return {key for key, counts in wanted.items() if np.abs(nothing_said @ counts).max(initial=0) < 1e-7}


def publish(centre, plan, threshold, *, forget=False):
    """Publish reports one after the other, each knowing those before; the attacker who reads them."""
    attacker, earlier = Attacker(centre), []
    for at, (first, last, place, *fund) in enumerate(plan):
        if at == len(plan) // 2:
            centre.correct()
        about = {"place": place, "fund": fund[0] if fund else None}
        report = centre.report(first, last, **about)
        known = hangs_together(report)
        shown = published(report, threshold, relations=known, earlier=() if forget else earlier)
        earlier.append(statement_of(report, shown, known))
        here = (ALL if place is None else PLACES.index(place), FUNDS.index(fund[0]) if fund else ALL)
        attacker.read((first, last, str(here)), shown)
    return attacker


A_YEAR = [(month, month, None) for month in range(JANUARY, MONTHS)]
PLANS = {
    "months": A_YEAR,
    "months_and_quarter": [*A_YEAR[:3], (JANUARY, JANUARY + 2, None), *A_YEAR[3:]],
    "quarter_then_months": [(JANUARY, JANUARY + 2, None), *A_YEAR[:2]],
    "backwards": [*A_YEAR[3:1:-1], A_YEAR[0]],
    "with_a_regency": [A_YEAR[0], (1, 1, PLACES[0]), A_YEAR[1], (2, 2, PLACES[0])],
    "restated": [*A_YEAR[:2], *A_YEAR[:3]],
    "with_a_fund": [A_YEAR[0], (1, 1, None, "ILO"), (2, 2, None, "ILO"), A_YEAR[1]],
    "fund_told_again": [A_YEAR[0], (1, 1, None, "ILO"), (1, 1, None, "ILO"), A_YEAR[0], A_YEAR[1]],
    "regency_told_again": [A_YEAR[0], (1, 1, PLACES[0]), (1, 1, PLACES[0]), A_YEAR[0]],
}


def people(draw_seed, often):
    random = np.random.default_rng(draw_seed)
    sorts = random.gamma(0.5, 1, SHAPE[1:]) * np.array([[0.5], [0.45], [0.05]])
    return random.poisson(sorts * often, SHAPE)


MANY = {
    "seed": st.integers(0, 10**6),
    "often": st.sampled_from([0.6, 2.0, 6.0, 20.0]),
    "threshold": st.sampled_from([3, 5, 10]),
    "plan": st.sampled_from(sorted(PLANS)),
    "late": st.booleans(),
    "gone": st.booleans(),
}


@pytest.mark.models
@given(**MANY)
@example(seed=180, often=2.0, threshold=5, plan="months", late=False, gone=False)
@example(seed=4, often=2.0, threshold=5, plan="restated", late=True, gone=False)
@example(seed=275, often=0.6, threshold=10, plan="backwards", late=False, gone=False)
@example(seed=0, often=2.0, threshold=3, plan="with_a_fund", late=True, gone=False)
@example(seed=0, often=2.0, threshold=5, plan="with_a_fund", late=True, gone=False)
@example(seed=11, often=2.0, threshold=3, plan="with_a_regency", late=True, gone=True)
@example(seed=0, often=2.0, threshold=10, plan="regency_told_again", late=False, gone=True)
@example(seed=30, often=6.0, threshold=3, plan="fund_told_again", late=True, gone=True)
@settings(deadline=None, max_examples=EXAMPLES)
def test_nobody_who_has_all_publications_can_work_out_a_small_number(seed, often, threshold, plan, late, gone):
    attacked_in_vain(seed, often, threshold, plan, late=late, gone=gone)


def attacked_in_vain(seed, often, threshold, plan, *, late=False, gone=False):
    added, removed = (people(seed + 1 + at, often / 6) if some else None for at, some in enumerate((late, gone)))
    attacker = publish(Centre(people(seed, often), added, removed), PLANS[plan], threshold)
    assert not attacker.by_algebra(threshold)
    assert not attacker.by_search(threshold)


@pytest.mark.parametrize(("late", "gone", "seed"), [(True, False, 2), (True, True, 1)])
def test_a_month_told_again_after_corrections_withstands_a_search_too(late, gone, seed):
    attacked_in_vain(seed, 0.6, 3, "restated", late=late, gone=gone)


SEED, OFTEN, SELDOM = 11, 2.0, 0.3
SHOWN = publication._Hiding._shown


@pytest.fixture
def attacked():
    """Publishes an invented year under whatever has been broken, and says what the attacker works out."""

    def attack(plan="months", often=OFTEN, **how):
        centre = Centre(people(SEED, often))
        return publish(centre, PLANS[plan], 5, **how).by_algebra(5)

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


def test_the_attacker_notices_when_a_fund_does_not_know_of_the_whole(attacked):
    assert attacked("with_a_fund", forget=True)


def test_the_attacker_notices_means_when_only_small_numbers_are_hidden(attacked, monkeypatch):
    monkeypatch.setattr("reports.disclosure.hiding._Work.finish", lambda _work: None)
    assert any(key.endswith("mean") for _name, key in attacked())


def test_the_attacker_notices_what_is_told_once_more(attacked, monkeypatch):
    def told(hiding, key, cell):
        return cell if cell.repeats else SHOWN(hiding, key, cell)

    monkeypatch.setattr(publication._Hiding, "_shown", told)
    assert attacked(often=SELDOM)
