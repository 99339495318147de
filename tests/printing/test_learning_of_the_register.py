# SPDX-License-Identifier: Apache-2.0
"""The training sheet of the register beside the project: every figure of learning, reckoned from the workbook itself.

Here it is read with openpyxl and reckoned with NumPy and SciPy; the program knows it from its import.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from scipy import stats

from resource_centre.registers.importing import import_register
from resource_centre.services.learning_results import learning_of

REGISTER = Path(__file__).parents[3] / "shared" / "data" / "register-lombok-2026.xlsx"
MODULES = {"Anggaran rumah tangga": "M2", "Menabung & tujuan keuangan": "M3", "Utang dan pinjaman": "M4",
           "Mengelola remitansi": "M5"}  # fmt: skip
AGES = {"12-17": (12, 17), "18-24": (18, 24), "25-34": (25, 34), "35-44": (35, 44), "45-54": (45, 54),
        "55-59": (55, 59), "60+": (60, 200)}  # fmt: skip
close = pytest.approx


@pytest.fixture(scope="module")
def sheet():
    """The columns of the sheet as they stand there: sex, age, module, scores (NaN where empty), marks of two days."""
    if not REGISTER.exists():
        pytest.skip("the register to try with is not beside the project")
    book = openpyxl.load_workbook(REGISTER, read_only=True, data_only=True)
    heads, *rows = book["Literasi Keuangan"].iter_rows(values_only=True)
    column = {head: [row[at] for row in rows] for at, head in enumerate(heads)}
    return {
        "sex": np.array(column["L/P"]),
        "age": np.array(column["Umur"]),
        "module": np.array([MODULES[text] for text in column["Materi"]]),
        "pre": np.array(column["Pre Test"], dtype=float),
        "post": np.array(column["Post Test"], dtype=float),
        "days": np.array([[mark in ("h", "H", "v") for mark in column[day]] for day in ("Hari 1", "Hari 2")]),
    }


@pytest.fixture(scope="module")
def learnt(sheet, make_either_centre):
    """What the program says after the import."""
    with make_either_centre("sqlite") as centre:
        with centre.change() as session:
            import_register(session, REGISTER)
        with centre.read() as session:
            return learning_of(session, since=dt.date(2026, 1, 1), until=dt.date(2026, 12, 31))


def matches(gain, sheet, among):
    """Every figure of these lines, reckoned anew."""
    pre, post = sheet["pre"][among], sheet["post"][among]
    both = ~np.isnan(pre) & ~np.isnan(post)
    missing = (np.isnan(pre) & ~np.isnan(post), ~np.isnan(pre) & np.isnan(post), np.isnan(pre) & np.isnan(post))
    assert gain.pairs == both.sum()
    assert (gain.missing.pre, gain.missing.post, gain.missing.both) == tuple(one.sum() for one in missing)
    pre, post = pre[both], post[both]
    risen = post - pre
    assert (gain.mean_pre, gain.mean_post, gain.mean_gain) == close((pre.mean(), post.mean(), risen.mean()))
    interval = stats.ttest_rel(post, pre).confidence_interval(0.95)
    assert (gain.low, gain.high) == close((interval.low, interval.high))
    assert (gain.median_gain, gain.sd) == close((np.median(risen), risen.std(ddof=1)))
    able = pre < 100
    assert gain.normalised == close((risen[able] / (100 - pre[able])).mean())
    assert gain.class_normalised == close(risen.mean() / (100 - pre.mean()))
    for share, who in ((gain.improved, risen > 0), (gain.passed_before, pre >= 70), (gain.passed_after, post >= 70)):
        wilson = stats.binomtest(int(who.sum()), int(both.sum())).proportion_ci(method="wilson")
        assert (share.part, share.percent) == (who.sum(), close(100 * who.mean()))
        assert (share.low, share.high) == close((100 * wilson.low, 100 * wilson.high), abs=1e-9)


def test_the_whole_sheet(learnt, sheet):
    assert (learnt.events, learnt.gain.pairs) == (14, 260)
    matches(learnt.gain, sheet, np.ones(len(sheet["sex"]), dtype=bool))


@pytest.mark.parametrize("sex", ["L", "P"])
def test_by_sex(learnt, sheet, sex):
    matches({line.code: line.gain for line in learnt.by_sex}[sex], sheet, sheet["sex"] == sex)


@pytest.mark.parametrize("module", ["M2", "M3", "M4", "M5"])
def test_by_module(learnt, sheet, module):
    matches({line.code: line.gain for line in learnt.by_module}[module], sheet, sheet["module"] == module)


def test_by_age_as_written_on_the_sheet(learnt, sheet):
    """People on it who are registered have a date of birth, which counts; the others have the age that was written."""
    found = {line.code: line.attrition.enrolled for line in learnt.by_age}
    written = {code: ((sheet["age"] >= low) & (sheet["age"] <= high)).sum() for code, (low, high) in AGES.items()}
    assert sum(found.values()) == len(sheet["age"]) == sum(written.values())
    assert {code: found.get(code, 0) for code in AGES} == {code: close(count, abs=8) for code, count in written.items()}


def test_who_stayed(learnt, sheet):
    first, second = sheet["days"]
    tested = ~np.isnan(sheet["pre"]) & ~np.isnan(sheet["post"])
    assert learnt.attrition.as_dict() == {
        "enrolled": len(first), "came": (first | second).sum(), "first_day": first.sum(), "last_day": second.sum(),
        "completed": (first & second).sum(), "tested": tested.sum(),
    }  # fmt: skip
