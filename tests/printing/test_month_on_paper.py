# SPDX-License-Identifier: Apache-2.0
"""The month as a file that is signed and sent: the same numbers as the figures, whole or not there at all."""

from __future__ import annotations

import dataclasses
import errno
import re

import pytest

from reports.kit.words import number, percent
from reports.monthly.counts import BySex, Line
from reports.monthly.document import draw_monthly_report
from resource_centre.errors import EnvironmentFailed
from resource_centre.places import gazetteer

LANGUAGES = ("id", "en")


@pytest.fixture(scope="module")
def october(make_either_centre, desk_of, on_friday):
    """The figures of a month with some of everything, whose numbers differ from one another; nobody changes them."""
    with on_friday(), make_either_centre("sqlite") as centre, centre.session() as session:
        return some_of_everything(desk_of(session))


def some_of_everything(desk):
    for at in range(7):
        who = desk.person(
            f"Sumiati {at}", sex=("P", "L")[at % 3 == 1], birth_date="1990",
            stay=("MYS", "2026-08", "PHK") if at < 5 else None, registered="2026-10-01",
        )  # fmt: skip
        for visit in range(2 if at < 4 else 0):
            desk.counselled(who, f"2026-10-{2 + visit:02}", attendance="tidak_hadir" if at == 3 and visit else "hadir")
        desk.visited("2026-10-05", who)
    lines = [
        {"name": f"Baiq {at}", "sex": "P", "days": "H", "pre_score": 40, "post_score": 60 + at} for at in range(13)
    ]
    desk.trained("2026-10-09", *lines, hours=3, module="M2")
    return desk.month()


def text_of(path):
    """The words of each page, every blank the same."""
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(path)
    try:
        return [re.sub(r"\s+", " ", page.get_textpage().get_text_bounded()) for page in document]
    finally:
        document.close()


def drawn(figures, folder, language="id", **more):
    return draw_monthly_report(figures, folder / f"{language}.pdf", language=language, **more)


def written(indicator, value, language):
    if isinstance(value, BySex):
        return " ".join(number(part, language) for part in (value.men, value.women, value.unknown, value.total))
    if indicator.unit == "percent":
        return re.sub(r"\s+", " ", percent(value, language))
    points = indicator.unit == "points"
    return number(value, language, decimals=int(points), sign=points)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_headline_figure_stands_in_its_line(october, tmp_path, language):
    from reports.monthly.words import INDICATORS
    from resource_centre.i18n import _, using

    page = " ".join(text_of(drawn(october, tmp_path, language))[:2])
    with using(language):
        names = {code: _(words) for code, words in INDICATORS.items()}
    for one in october.indicators:
        numbers = " ".join(written(one, value, language) for value in (one.month, one.year))
        assert re.search(rf"{re.escape(names[one.code])}[^0-9–+]{{0,40}}{re.escape(numbers)}", page), one.code


def test_the_two_languages_differ_in_words_only(october, tmp_path):
    def numbers(language):
        tables = re.sub(r"SDG \d+\.\w+", "", " ".join(text_of(drawn(october, tmp_path, language))[:-1]))
        swapped = tables.translate(str.maketrans(",.", ".,")) if language == "id" else tables
        return re.findall(r"[+\u2013]?\d+\.\d", swapped)

    assert numbers("id") == numbers("en") != []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_left_in_the_other_language(october, tmp_path, language):
    text = " ".join(text_of(drawn(october, tmp_path, language)))
    indonesian, english = ("Perempuan", "Jumlah", "Pengertian"), ("Women", "Together", "Definitions")
    ours, theirs = (indonesian, english) if language == "id" else (english, indonesian)
    assert all(word in text for word in ours)
    assert not any(word in text for word in theirs)


@pytest.mark.parametrize(
    "name", ["Pusat <b>Layanan</b> & Desk", "A</para><img src='x'>", "=1+1", "Rumah &amp; Kerja", "Pusat “Bina” 100 %"]
)
def test_the_centres_name_is_printed_as_it_is_written(october, tmp_path, name):
    for page in text_of(drawn(october, tmp_path, centre_name=name)):
        assert name in page


def test_a_name_that_turns_the_reading_direction_does_not(october, tmp_path):
    text = " ".join(text_of(drawn(october, tmp_path, centre_name="Pusat \u202eayaL\u202c nan\u0000\nUji")))
    assert "Pusat ayaL nan Uji" in text


def test_a_long_name_ends_in_dots_and_leaves_room_for_the_page_number(october, tmp_path):
    pages = text_of(drawn(october, tmp_path, centre_name="Pusat Layanan Terpadu " * 20))
    for at, page in enumerate(pages, start=1):
        assert "…" in page
        assert f"Halaman {at} dari {len(pages)}" in page


def test_the_file_names_nobody(october, tmp_path):
    content = drawn(october, tmp_path, centre_name="Pusat Rahasia Sekali").read_bytes()
    assert b"Sumiati" not in content
    assert b"Rahasia Sekali" not in content
    assert b"Ratna" not in content


def test_every_font_travels_with_the_file(october, tmp_path):
    content = drawn(october, tmp_path).read_bytes()
    fonts = set(re.findall(rb"/BaseFont /(\S+)", content))
    assert fonts
    assert all(b"NotoSans" in font for font in fonts)
    descriptors = [one for one in re.findall(rb"obj(.*?)endobj", content, re.DOTALL) if b"/Type /FontDescriptor" in one]
    assert descriptors
    assert all(b"/FontFile2" in one for one in descriptors)


def with_villages(figures, count):
    """The month of a centre that has served somebody in so many villages."""
    names = gazetteer()
    found = [place for district in _districts(names) for place in district][:count]
    one = BySex(men=1, women=2)
    lines = {}
    for village in found:
        parts = village.code.split(".")
        for depth in range(1, 5):
            code = ".".join(parts[:depth])
            before = lines.get(code, BySex())
            lines[code] = before + one
    made = tuple(Line(code, count_, count_, count_) for code, count_ in sorted(lines.items()))
    return dataclasses.replace(figures, places=made), found


def _districts(names):
    """The villages of one district after the other, in Lombok."""
    for regency in ("52.01", "52.02", "52.03", "52.08"):
        for number_ in range(1, 30):
            district = f"{regency}.{number_:02}"
            codes = (f"{district}.{kind}{at:03}" for kind in "12" for at in range(1, 40))
            found = [place for code in codes if (place := names.place(code))]
            if found:
                yield found


def test_four_hundred_villages_break_over_pages_with_their_headings(october, tmp_path):
    figures, villages = with_villages(october, 400)
    assert len(villages) == 400
    pages = text_of(drawn(figures, tmp_path))
    whole = " ".join(pages)
    assert all(village.name in whole for village in villages)
    of_places = [page for page in pages if sum(village.name in page for village in villages) > 20]
    assert len(of_places) >= 8
    for page in of_places:
        assert "Tempat" in page
        assert "Laki-laki" in page
    assert f"Jumlah {number(400, 'id')} {number(800, 'id')} 0 {number(1200, 'id')}" in whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_centre_prints_and_says_that_there_was_nothing(desk, tmp_path, language):
    pages = text_of(drawn(desk.month(), tmp_path, language))
    said = {"id": "Belum ada orang yang dilayani", "en": "Nobody has been served yet"}[language]
    assert said in " ".join(pages)
    assert len(pages) <= 6  # every table has its place, with the sentence that there was nothing


def test_hours_nobody_wrote_down_are_not_called_no_hours(desk, tmp_path):
    desk.trained("2026-10-09", {"name": "Baiq", "sex": "P", "days": "H"})
    page, *others = text_of(drawn(desk.month(), tmp_path, "en"))
    assert "Hours of training times participants – – –" in page
    assert "Participants' class 1 – 0 1 0 1 1 – 1 1 – 1" in " ".join(others)


def test_no_events_took_no_hours(desk, tmp_path):
    (page, *_others) = text_of(drawn(desk.month(), tmp_path, "en"))
    assert "Hours of training times participants 0 0 0" in page


def test_what_does_not_add_up_is_said_on_the_paper(october, tmp_path):
    wrong = dataclasses.replace(october.checks[0], left=1_000)
    figures = dataclasses.replace(october, checks=(wrong, *october.checks[1:]))
    assert "do not agree" in " ".join(text_of(drawn(figures, tmp_path, "en")))
    assert "do not agree" not in " ".join(text_of(drawn(october, tmp_path, "en")))


@pytest.mark.parametrize(
    ("fault", "code"), [(errno.ENOSPC, "disk_full"), (errno.EROFS, "read_only"), (errno.EIO, "cannot_write")]
)
def test_a_disk_that_says_no_leaves_the_old_report_and_nothing_else(october, tmp_path, monkeypatch, fault, code):
    path = drawn(october, tmp_path)
    before = path.read_bytes()

    def fails(_descriptor):
        raise OSError(fault, "no")

    monkeypatch.setattr("reports.kit.files.os.fsync", fails)
    with pytest.raises(EnvironmentFailed) as failed:
        drawn(october, tmp_path, centre_name="Another name")
    assert failed.value.code == code
    assert failed.value.words() != code
    assert [one.name for one in tmp_path.glob("*")] >= ["id.pdf"]
    assert path.read_bytes() == before
    assert not [one for one in tmp_path.iterdir() if one.name.endswith(".part")]


def test_a_folder_in_place_of_the_file_is_left_alone(october, tmp_path):
    (tmp_path / "id.pdf").mkdir()
    with pytest.raises(EnvironmentFailed):
        drawn(october, tmp_path)
    assert [one.name for one in tmp_path.glob("*.pdf*")] == ["id.pdf"]
    assert not list(tmp_path.glob(".*part"))


def test_the_same_figures_are_printed_again_the_same(october, tmp_path):
    first, second = (text_of(drawn(october, tmp_path)) for _ in range(2))
    assert first == second
