"""The accessible twin of a report, as a browser and a screen reader find it."""

import itertools
import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from reports.data.writing import made_as
from reports.disclosure.publication import published
from reports.tables.model import Column

VOID = {"meta", "br", "link", "img"}


class Page(HTMLParser):
    """Every element with its attributes and the text in it; fails where one is not closed."""

    def __init__(self, text):
        super().__init__()
        self.found, self._open = [], []
        self.feed(text)
        assert not self._open

    def handle_starttag(self, tag, attrs):
        one = {"tag": tag, "text": "", **dict(attrs)}
        self.found.append(one)
        if tag not in VOID:
            self._open.append(one)

    def handle_endtag(self, tag):
        assert self._open.pop()["tag"] == tag

    def handle_data(self, data):
        for one in self._open:
            one["text"] += data

    def all(self, *tags):
        return [one for one in self.found if one["tag"] in tags]


@pytest.fixture(scope="session")
def page(report_by_hand):
    """The page of a report."""
    return Page(made_as(report_by_hand(), ".html").decode())


def test_the_page_says_its_language_and_what_it_is(page):
    assert page.all("html")[0]["lang"] == "en"
    assert page.all("title")[0]["text"] == "Monthly report · October 2026 · Pusat Layanan Uji"
    assert page.all("a")[0]["href"] == "#report"
    assert [one.get("id") for one in page.all("main")] == ["report"]


def test_headings_go_down_by_one_level_at_a_time(page):
    levels = [int(one["tag"][1]) for one in page.all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in itertools.pairwise(levels))


def test_every_key_is_there_once_and_every_way_leads_somewhere(page):
    keys = Counter(one["id"] for one in page.found if one.get("id"))
    assert not [key for key, times in keys.items() if times > 1]
    named = {key for one in page.found for name in ("aria-labelledby", "aria-describedby", "headers")
             for key in (one.get(name) or "").split()}  # fmt: skip
    assert named <= keys.keys()
    assert {one["href"] for one in page.all("a")} <= {f"#{key}" for key in keys}


def test_every_table_has_a_caption_and_heads_that_say_what_they_head(page):
    assert len(page.all("table")) == len([one for one in page.all("caption") if one["text"].strip()]) == 3
    assert {one["scope"] for one in page.all("th")} == {"col", "colgroup", "row"}
    assert all(one["text"].strip() for one in page.all("th") if one["scope"] != "row")


def test_a_figure_below_two_heads_names_its_row_and_both(page):
    texts = {one["id"]: one["text"] for one in page.found if one.get("id")}
    bound = [[texts[key] for key in one["headers"].split()] for one in page.all("td") if one.get("headers")]
    assert ["Keruak", "2026 so far", "Women"] in bound
    assert len(bound) == 40


def test_a_wide_table_scrolls_with_the_keyboard_and_has_a_name(page):
    rooms = [one for one in page.all("div") if one.get("role") == "region"]
    assert len(rooms) == 2
    assert all(one["tabindex"] == "0" and one["aria-labelledby"] for one in rooms)


def test_a_chart_says_in_words_what_it_shows_and_has_its_figures_behind(page):
    picture = page.all("svg")[0]
    assert picture["role"] == "img"
    assert page.all("desc")[0]["text"]
    behind = page.all("details")[0]["text"]
    assert all(words in behind for words in ("Aug", "4", "–", "7"))


def test_definitions_are_one_click_away(page):
    assert [one["href"] for one in page.all("a") if one["text"] == "Person served"] == ["#d-served"]
    assert next(one for one in page.all("dt") if one.get("id") == "d-served")


def test_nothing_is_fetched_and_nothing_runs(report_by_hand):
    odd = '"><script src="https://example.org/x.js"></script><img src=x onerror=alert(1)>'
    text = made_as(report_by_hand(words=odd), ".html").decode()
    page = Page(text)
    assert not page.all("script", "img", "link", "iframe", "object")
    assert not [one for one in page.found if any(name.startswith("on") for name in one)]
    assert not re.search(r"(src|href)=.https?:", re.sub(r"&[a-z#0-9]+;", "", text))
    assert "url(" not in text
    assert "@import" not in text


def test_an_internal_page_is_marked_and_a_public_one_says_what_is_left_out(report_by_hand, page):
    assert "CONFIDENTIAL" in page.all("main")[0]["text"]
    shown = Page(made_as(published(report_by_hand(), 5), ".html").decode())
    told = shown.all("main")[0]["text"]
    assert "CONFIDENTIAL" not in told
    assert "FOR PUBLICATION" in told
    assert "<5: fewer than 5." in told
    assert {one["title"] for one in shown.all("abbr")} == {"fewer than 5", "left out"}


def test_the_pages_of_a_report_are_counted_too(report_by_hand, monkeypatch):
    import reports.paper
    from resource_centre.errors import Bug

    whole = reports.paper.placed
    assert made_as(report_by_hand(), ".pdf").startswith(b"%PDF")
    monkeypatch.setattr(reports.paper, "placed", lambda _report, **options: whole(report_by_hand(rows=1), **options))
    with pytest.raises(Bug):
        made_as(report_by_hand(), ".pdf")


def test_the_keys_of_columns_do_not_end_up_as_markup(report_by_hand):
    from dataclasses import replace

    report = report_by_hand()
    table = report.table("R18")
    columns = tuple(replace(column, heading="<i>") for column in table.columns)
    assert isinstance(columns[0], Column)
    section = replace(report.sections[1], tables=(replace(table, columns=columns),))
    page = Page(made_as(replace(report, sections=(section,)), ".html").decode())
    assert not page.all("i")
