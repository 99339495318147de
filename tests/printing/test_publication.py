# SPDX-License-Identifier: Apache-2.0
"""A report for publication leaves out what would tell of a few people, and whatever would give that away."""

from dataclasses import replace

import pytest

from reports.disclosure.publication import NotPublished, published, statement_of
from reports.disclosure.statements import of_kept
from reports.tables.model import Cell, Column, Facts, Report, Row, Section, Table, total

SEXES = ("L", "P", "unknown", "total")


def people(key, lines, *, topic=""):
    """A table of people by sex with a total line: code and three counts each."""
    columns = tuple(Column(f"month.{sex}", sex) for sex in SEXES)
    rows, sums = [], []
    together = [sum(line[at] for line in lines.values()) for at in range(3)]
    for code, counts in {**lines, "total": together}.items():
        rows.append(Row(code, (code,), tuple(Cell(value, "people") for value in (*counts, sum(counts)))))
        sums.append(total(f"{key}/{code}/month.total", (f"{key}/{code}/month.{sex}" for sex in SEXES[:3])))
    sums += [total(f"{key}/total/month.{sex}", (f"{key}/{code}/month.{sex}" for code in lines)) for sex in SEXES]
    return Table(key, key, ("",), columns, tuple(rows), tuple(sums), topic=topic)


def report(*tables, place=None, charts=(), key_figures=(), key_cells=(), texts=(), notes=(), foot=()):
    facts = Facts(
        "Monthly report", "October 2026", "2026-10-01", "2026-10-31", "Pusat Uji", "en", place=place,
        key_figures=key_figures, key_cells=key_cells, foot=foot,
    )  # fmt: skip
    section = Section("R6", "Returnees", tables, charts=charts, texts=texts, notes=notes)
    return Report(facts, (section,), data={"everything": 1})


@pytest.fixture
def returnees():
    return people("R6", {"PMI": (20, 2, 0), "DEPORTASI": (30, 40, 0), "SAKIT": (25, 18, 0)})


def cells_of(report):
    return {key: cell for table in report.tables() for key, cell in table.cells()}


def test_a_small_number_is_left_out_with_another_of_its_row_and_column(returnees):
    cells = cells_of(published(report(returnees), 5))
    assert cells["R6/PMI/month.P"].few
    assert cells["R6/PMI/month.L"].hidden
    assert not cells["R6/PMI/month.L"].few
    assert cells["R6/PMI/month.total"].value == 22


def test_nothing_of_a_hidden_number_is_left_in_the_report(returnees):
    shown = published(report(returnees), 5)
    hidden = [cell for cell in cells_of(shown).values() if cell.hidden]
    assert {cell.value for cell in hidden} == {None}
    assert shown.facts.hidden == len(hidden) == 4
    assert not shown.data


@pytest.mark.parametrize("threshold", [0, 1, 4, 20])
def test_other_thresholds_than_those_of_the_list_are_refused(returnees, threshold):
    with pytest.raises(NotPublished, match="threshold"):
        published(report(returnees), threshold)


def test_what_is_for_publication_already_is_not_hidden_once_more(returnees):
    with pytest.raises(NotPublished, match="published_already"):
        published(published(report(returnees), 5), 10)


def test_nought_is_shown_but_where_even_that_tells():
    lines = {"TPPO": (0, 12, 0), "UPAH": (30, 40, 25)}
    plain, telling = people("R19", lines), people("R19", lines, topic="trafficking")
    assert not cells_of(published(report(plain), 5))["R19/TPPO/month.L"].hidden
    assert cells_of(published(report(telling), 5))["R19/TPPO/month.L"].hidden


def test_matters_of_protection_are_published_for_a_regency_but_not_for_a_district():
    table = people("R11", {"a": (20, 30, 40)}, topic="violence")
    regency, district = (published(report(table, place=place), 5) for place in ("52.03", "52.03.01"))
    assert [one.key for one in regency.tables()] == ["R11"]
    assert not list(district.tables())
    assert "regency" in district.sections[0].notes[0]


def test_villages_are_counted_in_their_districts_unless_more_is_hidden():
    places = people("R4", {"52.03.01": (20, 30, 40), "52.03.01.2001": (20, 30, 40)})
    five, ten = published(report(places), 5), published(report(places), 10)
    assert "52.03.01.2001" not in [row.key for row in five.table("R4").rows]
    assert "52.03.01.2001" in [row.key for row in ten.table("R4").rows]


def test_a_report_of_one_village_needs_the_highest_threshold():
    table = people("R6", {"a": (20, 30, 40)})
    with pytest.raises(NotPublished, match="village"):
        published(report(table, place="52.03.01.2001"), 5)
    assert list(published(report(table, place="52.03.01.2001"), 10).tables())


def test_what_was_typed_and_sentences_with_numbers_stay_inside(returnees):
    inside = report(
        returnees, texts=("Siti came home.",), notes=("Of these 2 are ill.", "By the first return."),
        foot=("Digest of the figures (SHA-256): 6da4d2a1091a.", "Version one."),
    )  # fmt: skip
    shown = published(inside, 5)
    assert shown.sections[0].texts == ()
    assert shown.sections[0].notes == ("By the first return.",)
    assert shown.facts.foot[0] == "Version one."


def test_what_was_written_to_the_month_goes_along_when_that_is_asked_for_and_nothing_else_typed(returnees):
    inside = report(returnees, texts=("Siti came home.",))
    written = Section("achievements", "Achievements", texts=("Two classes in new villages.",), narrative=True)
    inside = replace(inside, sections=(*inside.sections, written))
    assert [section.texts for section in published(inside, 5).sections] == [(), ()]
    assert [section.texts for section in published(inside, 5, words=True).sections] == [(), written.texts]


def test_a_key_figure_is_told_only_where_its_cell_is(returnees):
    figures = (("22", "PMI", ""), ("2", "Women", ""), ("5", "Nobody knows", ""))
    cells = (("R6/PMI/month.total",), ("R6/PMI/month.P",), ())
    shown = published(report(returnees, key_figures=figures, key_cells=cells), 5)
    assert [words for _number, words, _more in shown.facts.key_figures] == ["PMI"]


def framed(value, *, of="R6/PMI/month.total", own=False):
    """A logframe of one line: a figure that the report says elsewhere, or one of the centre's own."""
    columns = (Column("baseline", "Baseline"), Column("month.total", "Month"), Column("reached", "Reached"))
    way = Cell(50, "percent", of=("R6/PMI/month.total", "logframe/0.x/baseline"))
    told = Cell(value, "people") if own else Cell(value, "people", of=(of,), repeats=True)
    blank = Cell(blank=True)
    return Section("logframe", "Logical framework of Siti's project", (Table(
        "logframe", "Logical framework of Siti's project", ("",), columns,
        (
            Row("0", ("Outcome 1  Siti comes home",), (blank,) * 3, "section", untyped=("Outcome 1",)),
            Row("0.x", ("Typed name",), (Cell(4, "mean"), told, way), untyped=() if own else ("Returnees",)),
            Row("0.means", ("Verified by: Siti",), (blank,) * 3, "quiet", untyped=()),
        ),
    ),), notes=("Baselines: Siti.",))  # fmt: skip


def with_frame(report, section):
    return replace(report, sections=(*report.sections, section))


def rows_of(shown, key="logframe"):
    return {row.key: row for row in shown.table(key).rows}


@pytest.mark.parametrize(("of", "value"), [("R6/PMI/month.P", 2), ("R6/PMI/month.L", 20), ("R6/PMI/month.total", 22)])
def test_a_figure_told_once_more_is_hidden_with_the_same_sign(returnees, of, value):
    cells = cells_of(published(with_frame(report(returnees), framed(value, of=of)), 5))
    said = [(cells[key].value, cells[key].hidden, cells[key].few) for key in (of, "logframe/0.x/month.total")]
    assert said[0] == said[1]


def test_a_figure_told_once_more_is_nothing_new_to_keep(returnees):
    inside = with_frame(report(returnees), framed(22))
    assert not [key for key in statement_of(inside, published(inside, 5)).cells if key.startswith("logframe")]


def test_baselines_are_not_published_nor_what_tells_them(returnees):
    shown = published(with_frame(report(returnees), framed(22)), 5)
    assert [column.key for column in shown.table("logframe").columns] == ["month.total", "reached"]
    assert cells_of(shown)["logframe/0.x/reached"].hidden


def test_an_indicator_of_the_centres_own_is_not_published(returnees):
    shown = published(with_frame(report(returnees), framed(2, own=True)), 5, words=True)
    assert "0.x" not in rows_of(shown)


def test_what_was_typed_in_a_frame_stays_inside_unless_it_is_asked_for(returnees):
    inside = with_frame(report(returnees), framed(22))
    bare, told = published(inside, 5), published(inside, 5, words=True)
    assert {key: row.words[0] for key, row in rows_of(bare).items()} == {"0": "Outcome 1", "0.x": "Returnees"}
    assert "Siti" not in str(bare)
    assert [row.words[0] for row in rows_of(told).values()] == [
        "Outcome 1  Siti comes home", "Typed name", "Verified by: Siti",
    ]  # fmt: skip


def test_definitions_typed_at_the_centre_are_not_published(returnees):
    inside = report(returnees)
    terms = (("sex", "Sex", "As recorded."), ("indicator.mine", "Siti", "Siti's."))
    shown = published(replace(inside, facts=replace(inside.facts, definitions=terms)), 5)
    assert shown.facts.definitions == terms[:1]


def amounts(pairs, value=900_000):
    cells = (Cell(value, "money", pairs=pairs),)
    return Table("R22", "R22", ("",), (Column("month.total", "Month"),), (Row("saved.IDR", ("Saved",), cells),))


@pytest.mark.parametrize(("pairs", "hidden"), [(12, False), (5, False), (4, True), (1, True)])
def test_an_amount_is_told_when_it_is_of_enough_people(pairs, hidden):
    assert cells_of(published(report(amounts(pairs)), 5))["R22/saved.IDR/month.total"].hidden is hidden


def test_nothing_of_nobody_is_told():
    assert cells_of(published(report(amounts(0, 0)), 5))["R22/saved.IDR/month.total"].value == 0


def dated(table, first, last):
    made = report(table)
    periods = (("month", first, last),)
    return replace(made, facts=replace(made.facts, first=first, last=last, periods=periods))


def test_two_amounts_do_not_tell_what_few_gave_between_them():
    first = dated(amounts(12), "2026-01-01", "2026-05-31")
    second = dated(amounts(13, 950_000), "2026-01-01", "2026-06-30")
    out = published(first, 5)
    known = [statement_of(first, out)]
    assert not cells_of(out)["R22/saved.IDR/month.total"].hidden
    assert cells_of(published(second, 5, earlier=known))["R22/saved.IDR/month.total"].hidden
    third = dated(amounts(20, 950_000), "2026-01-01", "2026-06-30")
    assert not cells_of(published(third, 5, earlier=known))["R22/saved.IDR/month.total"].hidden


def test_of_how_many_an_amount_is_is_kept_with_it():
    inside = dated(amounts(12), "2026-01-01", "2026-05-31")
    kept = statement_of(inside, published(inside, 5))
    assert of_kept(kept.kept(), threshold=5).cells == kept.cells
