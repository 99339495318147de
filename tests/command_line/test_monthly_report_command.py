"""`resource-centre report monthly` on a real centre, as somebody at a terminal meets it."""

import csv
import datetime as dt
import json
from io import BytesIO, StringIO
from pathlib import Path

import pytest

from resource_centre.services.intake import register_intake
from ui.cli.main import main

LOGIN = "ibu.ratna"
PASSPHRASE = "kopi hangat di pagi hari"
PASSWORD = "kuda laut makan siang"
VILLAGE = "52.03.01.2001"


@pytest.fixture
def call(centre_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Calls the command for the centre, with the passphrase in a file."""
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    for name in ("RESOURCE_CENTRE_FOLDER", "RESOURCE_CENTRE_LOGIN", "RESOURCE_CENTRE_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)

    def run(*words: object, language: str = "en") -> int:
        who = ["--centre", centre_folder, "--login", LOGIN, "--passphrase-file", secret, "--language", language]
        return main(["report", "monthly", *map(str, words), *map(str, who)])

    return run


@pytest.fixture
def returned(centre):
    """Three women and one man of one village who came back in October."""
    with centre.change() as session:
        for number, sex in enumerate("PPPL"):
            register_intake(
                session,
                person={"full_name": f"Baiq {number}", "sex": sex},
                address={"village_code": VILLAGE},
                episode={"destination_country": "MYS", "return_date": "2026-10-05", "return_type": "KONTRAK_SELESAI"},
                on=dt.date(2026, 10, 12),
            )
    centre.close()


def figures_in(file: Path) -> dict[tuple[str, str, str], str]:
    lines = csv.DictReader(StringIO(file.read_text("utf-8-sig"), newline=""))
    return {(line["table"], line["row"], line["column"]): line["value"] + line["hidden"] for line in lines}


@pytest.mark.parametrize("ending", [".pdf", ".html", ".xlsx", ".csv", ".hxl.csv", ".json"])
def test_every_ending_is_written_and_counted(call, returned, tmp_path, ending, capsys) -> None:
    file = tmp_path / f"october{ending}"
    assert call("--month", "2026-10", "--output", file) == 0
    assert file.stat().st_size
    said = capsys.readouterr()
    assert f"Written: {file}" in said.out
    assert "Figures: " in said.out
    assert "not encrypted" in said.err


def test_the_twin_of_a_pdf_is_beside_it(call, returned, tmp_path, capsys) -> None:
    assert call("--month", "2026-10", "--output", tmp_path / "october.pdf") == 0
    assert "<table" in (tmp_path / "october.html").read_text("utf-8")
    assert "october.html" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "registered"),
    [
        (("--month", "2026-10"), "4"), (("--quarter", "2026-Q4"), "4"), (("--half", "2026-H1"), "0"),
        (("--year", "2026"), "4"), (("--from", "2026-10-12", "--to", "2026-10-12"), "4"),
        (("--from", "2026-10-13", "--to", "2026-10-31"), "0"), (("--month", "2019-02"), "0"),
    ],
)  # fmt: skip
def test_any_time_may_be_named(call, returned, tmp_path, words: tuple[str, ...], registered: str) -> None:
    file = tmp_path / "report.csv"
    assert call(*words, "--output", file) == 0
    assert figures_in(file)["R1", "returnees_registered", "month.total"] == registered


def test_one_place_is_counted_alone(call, returned, tmp_path) -> None:
    for place, registered in ((VILLAGE, "4"), ("52.03", "4"), ("52.01", "0")):
        file = tmp_path / f"{place}.csv"
        assert call("--month", "2026-10", "--place", place, "--output", file) == 0
        assert figures_in(file)["R1", "returnees_registered", "month.total"] == registered


def test_the_words_are_in_the_language_asked_for_and_the_codes_are_not(call, returned, tmp_path) -> None:
    for language in ("id", "en"):
        assert call("--month", "2026-10", "--output", tmp_path / f"{language}.csv", language=language) == 0
    assert figures_in(tmp_path / "id.csv") == figures_in(tmp_path / "en.csv")
    assert (tmp_path / "id.csv").read_bytes() != (tmp_path / "en.csv").read_bytes()


def test_nobody_is_named_in_what_is_written(call, returned, tmp_path) -> None:
    for ending in (".html", ".csv", ".json"):
        assert call("--month", "2026-10", "--output", tmp_path / f"a{ending}") == 0
        assert "Baiq" not in (tmp_path / f"a{ending}").read_text("utf-8")


def test_a_publication_leaves_small_numbers_out_and_is_kept(call, returned, centre_folder, tmp_path) -> None:
    from db.centre import open_centre
    from resource_centre.services.publications import publications

    file = tmp_path / "public.csv"
    assert call("--month", "2026-10", "--audience", "public", "--threshold", "10", "--output", file) == 0
    assert figures_in(file)["R1", "returnees_registered", "month.total"] in ("<10", "·")
    with open_centre(centre_folder, login=LOGIN, passphrase=PASSPHRASE) as centre, centre.read() as session:
        assert [one.threshold for one in publications(session)] == [10]


def test_without_a_threshold_a_publication_takes_five(call, returned, tmp_path) -> None:
    file = tmp_path / "public.json"
    assert call("--month", "2026-10", "--audience", "public", "--output", file) == 0
    told = json.loads(file.read_text("utf-8"))
    assert told["report"]["facts"]["threshold"] == 5
    assert set(told) == {"report"}


def test_a_file_gets_the_password_of_a_file(call, returned, tmp_path, capsys) -> None:
    from pypdf import PdfReader

    secret = tmp_path / "password"
    secret.write_text(PASSWORD + "\n", encoding="utf-8")
    assert call("--month", "2026-10", "--password-file", secret, "--output", tmp_path / "a.pdf") == 0
    assert capsys.readouterr().err == ""
    assert PdfReader(tmp_path / "a.pdf").is_encrypted
    assert (tmp_path / "a.html.zip").exists()
    assert not (tmp_path / "a.html").exists()


@pytest.mark.parametrize(
    ("words", "name", "code", "said"),
    [
        ((), "a.pdf", 2, "not a month"),
        (("--month", "2026-13"), "a.pdf", 2, "not a month"),
        (("--quarter", "2026-Q5"), "a.pdf", 2, "not a quarter"),
        (("--half", "2026-H3"), "a.pdf", 2, "not a half-year"),
        (("--month", "2026-10", "--quarter", "2026-Q4"), "a.pdf", 2, "only one of these"),
        (("--from", "2026-10-05", "--to", "2026-10-04"), "a.pdf", 2, "comes after"),
        (("--month", "2026-10"), "a.docx", 2, ".hxl.csv"),
        (("--month", "2026-10", "--threshold", "5"), "a.pdf", 2, "--audience public"),
        (("--month", "2026-10", "--place", "99"), "a.pdf", 2, "No place"),
        (("--month", "2026-10", "--project", "NOBODY"), "a.pdf", 2, "No project"),
        (("--month", "2026-10", "--password"), "a.pdf", 2, "nobody to ask"),
        (("--month", "2026-10", "--audience", "public", "--place", VILLAGE), "a.pdf", 1, "one village"),
        (("--month", "2026-10"), "nowhere/a.pdf", 3, "cannot be written"),
    ],
)
def test_what_cannot_be_written_is_said_and_nothing_is(call, tmp_path, words, name, code, said, capsys) -> None:
    assert call(*words, "--output", tmp_path / name) == code
    assert said in capsys.readouterr().err
    assert not (tmp_path / name).exists()


def test_a_weak_password_is_refused_before_anything_is_counted(call, tmp_path, capsys) -> None:
    secret = tmp_path / "password"
    secret.write_text("kopi\n", encoding="utf-8")
    assert call("--month", "2026-10", "--password-file", secret, "--output", tmp_path / "a.pdf") == 1
    assert "too short" in capsys.readouterr().err


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_libhxl_finds_nothing_wrong_in_a_whole_report(call, returned, tmp_path, audience) -> None:
    import hxl

    file = tmp_path / "report.hxl.csv"
    assert call("--quarter", "2026-Q4", "--audience", audience, "--output", file) == 0
    found = []
    hxl.schema(None, callback=found.append).validate(hxl.data(BytesIO(file.read_bytes())))
    # What libhxl calls information, numbers far from the others, is no fault.
    assert not [(fault.message, fault.value) for fault in found if fault.rule.severity != "info"]


@pytest.fixture
def trail(centre_folder):
    """What the trail of papers says of reports: which, how, for whom, whether with a password."""

    def told() -> list[tuple]:
        from db.centre import open_centre
        from resource_centre.services.paper_copies import copies_of

        with open_centre(centre_folder, login=LOGIN, passphrase=PASSPHRASE) as centre, centre.read() as session:
            return [(one.kind, one.number, one.way, one.audience, one.locked) for one in copies_of(session)]

    return told


def test_a_report_that_was_written_stands_in_the_trail(call, returned, tmp_path, trail) -> None:
    assert call("--quarter", "2026-Q4", "--place", "52.03", "--output", tmp_path / "a.csv") == 0
    assert trail() == [("report", "2026-Q4 52.03", "command", "internal", False)]


def test_a_report_that_could_not_be_written_stands_there_as_such(call, returned, tmp_path, trail) -> None:
    assert call("--month", "2026-10", "--output", tmp_path / "nowhere" / "a.csv") == 3
    assert [one[2] for one in trail()] == ["failed"]


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_a_report_is_written_beside_an_open_window_and_stands_in_its_trail(
    call, returned, centre_folder, tmp_path, audience
) -> None:
    from db.centre import open_centre
    from resource_centre.services.paper_copies import copies_of

    with open_centre(centre_folder, login=LOGIN, passphrase=PASSPHRASE) as window:
        assert call("--month", "2026-10", "--audience", audience, "--output", tmp_path / "a.csv") == 0
        with window.read() as session:
            assert [(one.number, one.audience) for one in copies_of(session)] == [("2026-10", audience)]


def test_what_was_published_while_a_report_was_counted_is_seen(call, returned, tmp_path, monkeypatch) -> None:
    from reports.disclosure import keeping

    prepared = []
    prepare = keeping.prepare

    def prepared_meanwhile(session, report, threshold, **wanted):
        if not prepared:
            prepared.append("first")
            assert call("--month", "2026-10", "--audience", "public", "--output", tmp_path / "theirs.csv") == 0
        prepared.append("again")
        return prepare(session, report, threshold, **wanted)

    monkeypatch.setattr(keeping, "prepare", prepared_meanwhile)
    assert call("--quarter", "2026-Q4", "--audience", "public", "--output", tmp_path / "ours.csv") == 0
    assert prepared == ["first", "again", "again", "again"]


def test_what_was_written_is_published_only_when_that_is_asked_for(call, centre, tmp_path, capsys) -> None:
    from resource_centre.services.month_narratives import write_narrative

    with centre.change() as session:
        write_narrative(session, "2026-10", {"achievements": "Dua desa baru."})
    centre.close()
    for words, found in (((), False), (("--with-words",), True)):
        file = tmp_path / "october.html"
        assert call("--month", "2026-10", "--audience", "public", *words, "--output", file) == 0
        assert ("Dua desa baru." in file.read_text("utf-8")) is found
    assert call("--month", "2026-10", "--with-words", "--output", tmp_path / "internal.html") == 2
    assert "publication" in capsys.readouterr().err
