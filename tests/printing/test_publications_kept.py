# SPDX-License-Identifier: Apache-2.0
"""What left the centre is kept with what it hid, so that the next publication hides the same."""

import pytest

from reports.data import write
from reports.disclosure.keeping import earlier_statements, keep, prepare, published_so_far
from reports.disclosure.publication import NotPublished
from reports.monthly.figures import monthly_figures, report_figures
from reports.monthly.periods import month_of
from reports.monthly.report import report_of
from resource_centre.errors import Refused
from resource_centre.services.publications import publications


@pytest.fixture
def returnees(desk):
    """Eleven women and two men who came back in January, six women and a man in February."""
    for month, sexes in (("01", "P" * 11 + "LL"), ("02", "P" * 6 + "L")):
        for at, sex in enumerate(sexes):
            stay = ("MYS", "2026-01", "KONTRAK_SELESAI")
            desk.person(f"Nama {month} {at}", sex=sex, registered=f"2026-{month}-10", stay=stay)
    return desk


@pytest.fixture
def month(session, returnees):
    """The internal report of a month."""

    def made(month):
        return report_of(monthly_figures(session, month), "en")

    return made


def cells_of(report):
    return {key: cell for table in report.tables() for key, cell in table.cells()}


def test_two_men_are_not_told_nor_is_what_they_follow_from(session, month):
    cells = cells_of(prepare(session, month("2026-01"), 5))
    assert cells["R6/KONTRAK_SELESAI/month.L"].few
    assert cells["R6/KONTRAK_SELESAI/month.P"].hidden
    assert cells["R6/KONTRAK_SELESAI/month.total"].value == 13
    assert cells["R1/returnees_registered/month.L"].hidden
    assert cells["R7/MYS/month.L"].hidden


def test_february_does_not_give_january_away(session, month):
    january = month("2026-01")
    keep(session, january, prepare(session, january, 5))
    cells = cells_of(prepare(session, month("2026-02"), 5))
    assert cells["R6/KONTRAK_SELESAI/month.L"].hidden
    assert cells["R6/KONTRAK_SELESAI/year.L"].hidden


def test_printed_twice_it_is_kept_once_and_says_the_same(session, month):
    january = month("2026-01")
    first = prepare(session, january, 5)
    keep(session, january, first)
    again = prepare(session, january, 5)
    assert cells_of(again) == cells_of(first)
    keep(session, january, again)
    assert len(publications(session)) == 1


def test_what_was_hidden_in_sight_of_fewer_publications_does_not_leave(session, month):
    january, february = month("2026-01"), month("2026-02")
    known, shown = published_so_far(session), prepare(session, february, 5)
    keep(session, january, prepare(session, january, 5))
    with session.begin_nested(), pytest.raises(NotPublished) as refused:
        keep(session, february, shown, known=known)
    assert "meanwhile" in refused.value.words()


def test_the_same_leaves_again_in_another_form(session, month):
    january = month("2026-01")
    known, shown = published_so_far(session), prepare(session, january, 5)
    first = keep(session, january, shown, known=known)
    assert keep(session, january, shown, known=known).id == first.id


def test_what_is_kept_is_read_as_it_was(session, month):
    january = month("2026-01")
    shown = prepare(session, january, 5)
    keep(session, january, shown)
    (kept,) = earlier_statements(session)
    assert {key for key, said in kept.cells.items() if said.state} == {
        key for key, cell in cells_of(shown).items() if cell.hidden and key in kept.cells
    }


def test_no_file_of_a_publication_has_a_hidden_number(session, month, tmp_path):
    january = month("2026-01")
    shown = prepare(session, january, 5)
    path = tmp_path / "report.json"
    write(shown, path)
    assert '"hidden": "<5"' in path.read_text("utf-8")
    assert '"value": 2,' not in path.read_text("utf-8")
    assert not shown.data


def test_a_collector_publishes_nothing(session, month, collector_session):
    report = month("2026-01")
    with pytest.raises(Refused, match="not_allowed"):
        prepare(collector_session("52.03.01.2001"), report, 5)


@pytest.mark.parametrize("fund", ["DANA DESA", "-", "x" * 60 + " (y)"])
def test_what_a_fund_paid_is_kept_whatever_its_name(session, desk, fund):
    woman = desk.person()
    for _time in range(6):
        desk.helped(woman, "2026-01-05").fund = fund
    session.flush()
    january = report_of(monthly_figures(session, "2026-01"), "en")
    shown = prepare(session, january, 5)
    keep(session, january, shown)
    (kept,) = earlier_statements(session)
    assert [key for key in kept.cells if key.startswith("projects/") and ".services/" in key]


def test_what_a_project_paid_for_is_the_same_in_its_own_report(session, desk):
    for at in range(13):
        person = desk.person(f"Nama {at}", sex="P" if at < 11 else "L")
        desk.helped(person, "2026-01-05").fund = "ILO" if at % 2 else None
    session.flush()
    whole = report_of(report_figures(session, month_of("2026-01")), "en")
    keep(session, whole, prepare(session, whole, 5))
    cells, part = (
        cells_of(whole),
        prepare(session, report_of(report_figures(session, month_of("2026-01"), fund="ILO"), "en"), 5),
    )
    known = {key.rpartition("/")[2]: cell.hidden for key, cell in cells_of(prepare(session, whole, 5)).items()
             if key.startswith("projects/ILO.services/")}  # fmt: skip
    assert cells["projects/ILO.services/month.L"].value == 1
    for column, hidden in known.items():
        assert cells_of(part)[f"R1/services/{column}"].hidden == hidden
