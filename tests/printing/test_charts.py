"""Charts as they are planned: the axis begins at nought, what is hidden or missing is never drawn as a number."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.kit.chart_axis import axis_for
from reports.kit.chart_shapes import Box, Mark, Stroke, Word
from reports.kit.charts import plan_chart
from reports.tables.model import Chart, ChartSeries

MONTHS = ("Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov")


def chart(*values, kind="bars", labels=None, **about):
    names = ("Returning", "New", "Third", "Fourth", "Fifth")
    series = tuple(ChartSeries(name, tuple(row)) for name, row in zip(names, values, strict=False))
    return Chart("trend", "People served", labels or MONTHS[: len(values[0])], series, kind=kind, **about)


def planned(one, language="en", width=490.0, **size):
    return plan_chart(one, language=language, width=width, **size)


def bars(plan):
    """The rectangles that stand for figures."""
    return [shape for shape in plan.shapes if isinstance(shape, Box) and _in_the_field(plan, shape)]


def _in_the_field(plan, box):
    is_ground = box.ink == "paper" and box.outline is None
    return not is_ground and (box.width, box.height) != (7.0, 7.0)


def words(plan, **traits):
    found = [shape for shape in plan.shapes if isinstance(shape, Word)]
    return [one.text for one in found if all(getattr(one, name) == value for name, value in traits.items())]


@pytest.mark.parametrize(
    ("highest", "end"), [(0, 4), (1, 4), (4, 4), (5, 6), (38, 40), (100, 100), (12_345, 15_000), (7e12, 8e12)]
)
def test_an_axis_begins_at_zero_and_ends_at_a_round_number(highest, end):
    axis = axis_for([highest], "people", "en")
    assert axis.ticks()[0] == 0
    assert axis.ticks()[-1] == axis.high == end


@given(
    st.lists(st.floats(-1e12, 1e12, allow_nan=False).map(lambda one: round(one, 2)), min_size=1, max_size=13),
    st.sampled_from(["people", "percent", "points", "mean", "money"]),
)
def test_any_figures_lie_on_an_axis_with_zero_and_a_few_ticks(figures, unit):
    axis = axis_for(figures, unit, "en")
    assert axis.low <= min(*figures, 0)
    assert axis.high >= max(*figures, 0) * (1 - 1e-9)
    assert 0 in axis.ticks()
    assert 2 <= len(axis.ticks()) <= 12
    assert len({axis.tick_words(tick) for tick in axis.ticks()}) == len(axis.ticks())


def test_half_steps_are_written_in_full():
    axis = axis_for([9.4e9], "money", "id").in_parts()
    assert [axis.tick_words(tick) for tick in axis.ticks()] == ["0", "2,5", "5,0", "7,5", "10,0"]


def test_bars_are_as_high_as_their_numbers():
    plan = planned(chart((10, 20, 0), (5, 0, 0)))
    first, second, third = bars(plan)
    assert first.height == pytest.approx(second.height * 2)
    assert third.height == pytest.approx(first.height * 2)
    assert first.y == third.y == plan.zero
    assert second.y == pytest.approx(first.y + first.height)
    assert words(plan, ink="text", anchor="middle") == ["15", "20", "0"]


def test_a_label_for_every_figure():
    with pytest.raises(ValueError, match="label"):
        Chart("x", "x", ("a",), (ChartSeries("x", (1, 2)),))


def test_no_more_series_than_can_be_told_apart():
    with pytest.raises(ValueError, match="four"):
        planned(chart(*[(1, 2)] * 5))


def test_the_series_are_told_apart_without_colour():
    plan = planned(chart(*[(9, 8)] * 4))
    looks = {(box.ink, box.outline) for box in bars(plan)}
    assert looks == {("dark", None), ("light", None), ("paper", "dark")}
    striped = [shape for shape in plan.shapes if isinstance(shape, Stroke) and shape.ink == "dark"]
    assert striped, "the third is striped, the fourth is not"
    assert [name for name in ("Returning", "New", "Third", "Fourth") if name in plan.texts()] == [
        "Returning", "New", "Third", "Fourth",
    ]  # fmt: skip


def test_the_lines_are_told_apart_without_colour():
    plan = planned(chart(*[(1, 4), (2, 3), (3, 2), (4, 1)], kind="lines"))
    forms = [mark.form for mark in plan.shapes if isinstance(mark, Mark)]
    assert list(dict.fromkeys(forms)) == ["circle", "square", "triangle", "diamond"]
    dashes = [line.dash for line in plan.shapes if isinstance(line, Stroke) and line.weight >= 1]
    assert len(set(dashes)) == 4


def test_the_names_of_lines_stand_at_their_ends_and_not_on_one_another():
    plan = planned(chart(*[(1, 50), (2, 50), (3, 51), (4, 49)], kind="lines"))
    found = [one for one in plan.shapes if isinstance(one, Word) and one.anchor == "start"]
    assert sorted(one.text for one in found if not one.strong) == ["Fourth", "New", "Returning", "Third"]
    heights = sorted(one.y for one in found)
    assert min(after - before for before, after in itertools.pairwise(heights)) >= 8.9
    assert 0 < heights[0] < heights[-1] < plan.height


def test_a_gap_is_no_zero():
    plan = planned(chart((4, 5, None, 6, 7), kind="lines"))
    stretches = [line.points for line in plan.shapes if isinstance(line, Stroke) and line.weight > 1]
    assert [len(points) for points in stretches] == [2, 2]
    assert len([one for one in plan.shapes if isinstance(one, Mark)]) == 4
    bar = planned(chart((4, None)))
    assert len(bars(bar)) == 1
    assert words(bar, ink="text", anchor="middle") == ["4", "–"]


def test_figures_reckoned_differently_are_not_joined():
    one = chart((4, 5, 6), kind="lines")
    broken = replace(one, series=(replace(one.series[0], breaks=(1,)),))
    assert [len(line.points) for line in planned(broken).shapes if isinstance(line, Stroke) and line.weight > 1] == [2]


def hidden_at(one, at, signs):
    """The chart as it is published: figures of one label are left out."""
    changed = []
    for row, sign in zip(one.series, signs, strict=True):
        values = tuple(None if sign and place == at else value for place, value in enumerate(row.values))
        told = tuple(sign if place == at else "" for place in range(len(row.values)))
        changed.append(replace(row, values=values, hidden=told))
    return replace(one, series=tuple(changed))


@pytest.mark.parametrize("kind", ["bars", "lines", "across"])
@pytest.mark.parametrize("signs", [("<5", "<5"), ("", "·"), ("<5", "")])
def test_what_is_hidden_looks_alike_whatever_it_is(kind, signs):
    small = hidden_at(chart((10, 3, 20), (1, 4, 2), kind=kind), 1, signs)
    large = hidden_at(chart((10, 4 if signs[0] else 3, 20), (1, 2 if signs[1] else 4, 2), kind=kind), 1, signs)
    assert planned(small) == planned(large)
    said = planned(small).spots[1].words
    assert all({"·": "left out"}.get(sign, sign) in said for sign in signs if sign)
    assert any(sign in text for text in planned(small).texts() for sign in signs if sign)


def test_a_sum_with_a_hidden_part_is_not_told():
    plan = planned(hidden_at(chart((10, 20), (1, 4)), 1, ("", "<5")))
    assert words(plan, ink="text", anchor="middle") == ["11", "20 + <5"]
    assert plan.spots[1].words == "Dec: Returning 20; New <5"


def test_a_value_left_in_a_hidden_place_is_not_drawn():
    row = ChartSeries("Returning", (10, 3), hidden=("", "<5"))
    plan = planned(Chart("x", "x", ("a", "b"), (row,)))
    assert len(bars(plan)) == 1
    assert "3" not in plan.texts()
    assert "3" not in plan.words


def test_changes_hang_from_the_axis():
    plan = planned(chart((10, -5), unit="points"))
    up, down = bars(plan)
    assert up.y == plan.zero
    assert down.y + down.height == pytest.approx(plan.zero)
    assert up.height == pytest.approx(down.height * 2)
    assert words(plan, ink="text", anchor="middle") == ["+10", "–5"]


@pytest.mark.parametrize("kind", ["bars", "lines", "across"])
def test_one_month_by_itself(kind):
    plan = planned(chart((12,), kind=kind))
    assert plan.spots[0].words == "Nov: 12"
    assert "12" in plan.texts()


@pytest.mark.parametrize("kind", ["bars", "lines", "across"])
@pytest.mark.parametrize("values", [(), ((),), ((None, None),)])
def test_of_nothing_there_are_words(kind, values):
    one = chart(*values, kind=kind) if values else Chart("x", "x", (), (), kind=kind)
    plan = planned(one, "id")
    assert plan.texts() == ["Tidak ada angka untuk grafik ini."]
    assert plan.zero is None


@pytest.mark.parametrize("kind", ["bars", "lines", "across"])
def test_a_month_of_zeros_is_a_figure(kind):
    assert "0" in planned(chart((0, 0), kind=kind)).texts()


@pytest.mark.parametrize(("language", "millions"), [("en", "in millions"), ("id", "dalam jutaan")])
def test_huge_numbers_are_in_millions_and_told_in_full(language, millions):
    plan = planned(chart((12_345_678,) * 13, unit="money"), language)
    assert millions in plan.texts()
    assert plan.spots[0].words.replace(".", ",") == "Nov: 12,345,678"


def test_numbers_are_written_as_the_language_has_them():
    assert "1.234" in planned(chart((1234, 900)), "id").texts()
    assert "1,234" in planned(chart((1234, 900)), "en").texts()
    assert "62\u00a0%" in planned(chart((62, 40), unit="percent"), "en").texts()


def test_long_names_lie_beside_their_bars_whole():
    names = ("Counselling for reintegration of families left behind in the village", "Legal help", "Health")
    plan = planned(chart((3, 4, 5), labels=names))
    assert " ".join(plan.texts()).startswith(names[0])
    assert [box.height for box in bars(plan)] == [9.0] * 3
    assert max(box.x + box.width for box in bars(plan)) < 490


@pytest.mark.parametrize("kind", ["bars", "lines", "across"])
@pytest.mark.parametrize("width", [120.0, 260.0, 490.0])
@pytest.mark.parametrize("language", ["en", "id"])
def test_nothing_leaves_the_room_it_was_given(kind, width, language):
    from reports.kit import fonts

    plan = planned(chart((1, 20_000, 30), (400, 5, 6), kind=kind), language, width, height=90)
    for shape in plan.shapes:
        if isinstance(shape, Word):
            wide = fonts.width(shape.text, fonts.BOLD if shape.strong else fonts.REGULAR, 7.2)
            left = shape.x - wide * {"start": 0, "middle": 0.5, "end": 1}[shape.anchor]
            assert left >= -3
            assert left + wide <= width + 3
            assert 0 <= shape.y <= plan.height
        if isinstance(shape, Box):
            assert shape.x >= -1
            assert shape.y >= 0
            assert shape.y + shape.height <= plan.height + 0.1


def test_many_months_are_named_as_far_as_there_is_room():
    labels = tuple(f"{month} {year}" for year in range(2023, 2027) for month in MONTHS[1:])
    plan = planned(chart(tuple(range(len(labels))), labels=labels, strong=47))
    written = [one for one in plan.shapes if isinstance(one, Word) and one.anchor == "middle" and one.text in MONTHS]
    assert 10 < len(written) < 48
    places = sorted({round(one.x) for one in written})
    assert min(after - before for before, after in itertools.pairwise(places)) > 18
    assert "2026" in words(plan, strong=True)


def test_the_bands_of_a_score_are_named_on_its_whole_scale():
    one = chart((40, 55), kind="lines", unit="score", highest=100, bands=(("medium", 40), ("good", 70)))
    plan = planned(one)
    assert {"0", "25", "50", "75", "100", "medium", "good"} <= set(plan.texts())


def test_days_stand_as_far_apart_as_they_are():
    plan = planned(chart((40, 55, 60), kind="lines", places=(0, 0.25, 1)))
    first, second, third = (mark.x for mark in plan.shapes if isinstance(mark, Mark))
    assert third - first == pytest.approx(4 * (second - first))


def test_its_own_words_come_first():
    assert planned(chart((1, 2), words="Twice as many.")).words == "Twice as many."
    assert planned(chart((1, 2), (3, 4))).words == "Nov: 4 (Returning 1; New 3); Dec: 6 (Returning 2; New 4)"


@pytest.mark.parametrize("kind", ["bars", "across"])
def test_the_key_says_what_the_sign_of_a_hidden_figure_means(kind):
    plan = planned(hidden_at(chart((10, 0, 20), (1, 4, 2), kind=kind), 1, ("", "·")))
    assert "·: left out, so that nobody is recognised" in plan.texts()
    assert [text for text in plan.texts() if "+" in text] == []
