"""One chart, three pens: paper, web page and screen draw the same plan, and the keyboard goes through its figures."""

import re
from unittest.mock import MagicMock
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF

from reports.kit.chart_plan import plan_chart
from reports.kit.chart_shapes import Box, Mark, Stroke, Word
from reports.kit.charts import PaperPen
from reports.tables.model import Chart, ChartSeries
from ui.kit.chart import ChartView
from ui.kit.chart_pen import ScreenPen, scale_of

NAMES = ("Returning", "New", "Third", "Fourth")
MONTHS = ("Aug", "Sep", "Oct")


def chart(kind="bars", rows=((4, 0, 7), (2, 3, None)), **about):
    series = tuple(ChartSeries(name, row) for name, row in zip(NAMES, rows, strict=False))
    return Chart("trend", "People served", MONTHS, series, kind=kind, strong=2, **about)


class Heard:
    """What a pen has drawn: rectangles, lines through points, words; in points of the plan."""

    def __init__(self):
        self.boxes, self.lines, self.words = [], [], []


def on_paper(plan):
    """From the calls to a canvas of ReportLab."""
    canvas, heard = MagicMock(), Heard()
    plan.draw(PaperPen(canvas))
    for name, args, _more in canvas.mock_calls:
        if name == "rect":
            heard.boxes.append(args)
        elif name == "beginPath":
            heard.lines.append([])
        elif name in ("beginPath().moveTo", "beginPath().lineTo"):
            heard.lines[-1].append(args)
        elif name in ("drawString", "drawCentredString", "drawRightString"):
            heard.words.append(args[2])
    return heard


def on_screen(plan, theme, font):
    """From the calls to a painter of Qt, in pixels from above."""
    painter, heard, scale = MagicMock(), Heard(), scale_of(font)
    plan.draw(ScreenPen(painter, theme.colours, font, plan.height))

    def back(point):
        return point.x() / scale, plan.height - point.y() / scale

    for name, args, _more in painter.mock_calls:
        if name == "fillRect":
            heard.boxes.append((*back(args[0].bottomLeft()), args[0].width() / scale, args[0].height() / scale))
        elif name in ("drawPolyline", "drawPolygon"):
            heard.lines.append([back(point) for point in args[0]])
        elif name == "drawText":
            heard.words.append(args[1])
    return heard


def on_web_page(plan):
    from reports.data.web_charts import chart_svg

    heard = Heard()
    root = ET.fromstring(re.sub(r' xmlns="[^"]+"', "", chart_svg(plan, "c")))
    for one in root.iter():
        place = {name: float(one.get(name)) for name in ("x", "y", "width", "height") if one.get(name)}
        if one.tag == "rect":
            y = plan.height - place["y"] - place["height"]
            heard.boxes.append((place["x"], y, place["width"], place["height"]))
        elif one.tag in ("polyline", "polygon"):
            points = (point.split(",") for point in one.get("points").split())
            heard.lines.append([(float(x), plan.height - float(y)) for x, y in points])
        elif one.tag == "text":
            heard.words.append(one.text)
    return heard


@pytest.mark.parametrize("kind", ["bars", "lines", "across"])
def test_paper_screen_and_web_page_draw_the_same(theme, kind):
    font = QFont("Noto Sans")
    font.setPointSizeF(10.5)
    plan = plan_chart(chart(kind), language="id", width=480)
    boxes = [(one.x, one.y, one.width, one.height) for one in plan.shapes if isinstance(one, Box)]
    words = [one.text for one in plan.shapes if isinstance(one, Word)]
    strokes = [list(one.points) for one in plan.shapes if isinstance(one, Stroke)]
    assert strokes
    assert words
    for heard in (on_paper(plan), on_screen(plan, theme, font), on_web_page(plan)):
        assert [pytest.approx(box, abs=0.02) for box in boxes] == heard.boxes
        assert heard.words == words
        of_lines = [line for line in heard.lines if any(len(line) == len(one) for one in strokes)]
        for stroke in strokes:
            assert any(_alike(stroke, line) for line in of_lines), stroke


def _alike(one, other):
    return len(one) == len(other) and all(
        point == pytest.approx(found, abs=0.02) for point, found in zip(one, other, strict=True)
    )


def test_every_mark_has_its_place_on_the_screen(theme, qtbot, desk):
    view = shown(qtbot, desk, chart("lines"))
    marks = [one for one in view.plan.shapes if isinstance(one, Mark)]
    assert len(marks) == 5
    scale, picture = scale_of(view.font()), view.grab().toImage()
    ratio = picture.devicePixelRatio()
    first = marks[0]
    at = picture.pixelColor(round(first.x * scale * ratio), round((view.plan.height - first.y) * scale * ratio))
    assert at.name() == desk.theme.colours.accent


def shown(qtbot, desk, one, width=600):
    view = ChartView(desk.theme, "x")
    qtbot.addWidget(view)
    view.resize(width, 220)
    view.show_chart(one)
    view.show()
    return view


def test_the_keyboard_goes_from_figure_to_figure(qtbot, desk):
    view = shown(qtbot, desk, chart())
    opened = []
    view.chosen.connect(opened.append)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.spot().words == "Aug: 6 (Returning 4; New 2)"
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.spot().words == "Oct: Returning 7; New –"
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.keyClick(view, Qt.Key.Key_Left)
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert opened == [2]
    assert view.at == 2


def test_the_first_arrow_begins_with_the_newest(qtbot, desk):
    view = shown(qtbot, desk, chart())
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert view.at == 2


def test_a_click_opens_what_it_is_on(qtbot, desk):
    view = shown(qtbot, desk, chart())
    place = view.plan.spots[1]
    middle = QPointF(place.x + place.width / 2, 20) * scale_of(view.font())
    with qtbot.waitSignal(view.chosen) as heard:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle.toPoint())
    assert heard.args == [1]


def test_a_screen_reader_is_told_all_of_it(qtbot, desk):
    view = shown(qtbot, desk, chart(words="Fewer came."))
    assert view.accessibleName() == "People served"
    assert view.accessibleDescription() == "Fewer came."
    view.show_chart(chart())
    assert "Aug: 6 (Returning 4; New 2)" in view.accessibleDescription()


def test_words_fit_the_letters_of_the_window(qtbot, desk):
    view = shown(qtbot, desk, chart("across"), width=320)
    large = QFont(view.font())
    large.setPointSizeF(view.font().pointSizeF() * 1.6)
    view.setFont(large)
    pen_font = QFont(large)
    pen_font.setPointSizeF(large.pointSizeF() * 0.86)
    for one in view.plan.shapes:
        if isinstance(one, Word) and one.anchor == "start":
            wide = QFontMetricsF(pen_font).horizontalAdvance(one.text)
            assert one.x * scale_of(large) + wide <= view.width() + 1


def test_it_is_as_high_as_its_words_need(qtbot, desk):
    many = Chart("x", "x", tuple(f"Kind {at}" for at in range(20)), (ChartSeries("x", tuple(range(20))),), "across")
    view = shown(qtbot, desk, many)
    assert view.minimumHeight() > 20 * 20
    view.show_chart(chart())
    assert view.minimumHeight() == 200


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_two_parts_of_a_bar_differ_from_the_ground_and_from_one_another(theme, look):
    from ui.kit.theme import contrast

    theme.choose(look)
    pen = ScreenPen(None, theme.colours, QFont(), 100)
    dark, light, ground = (pen._inks[ink].name() for ink in ("dark", "light", "paper"))
    assert contrast(dark, ground) > 3
    assert contrast(light, ground) > 1.6
    assert contrast(dark, light) > 1.6


def test_of_nothing_there_are_words(qtbot, desk):
    view = shown(qtbot, desk, chart(rows=((None,) * 3,)))
    assert view.accessibleDescription() == "There are no figures for this chart."
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.spot().words == "There are no figures for this chart."
