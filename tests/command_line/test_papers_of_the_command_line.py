# SPDX-License-Identifier: Apache-2.0
"""Papers from a terminal: blank ones without any centre, filled ones by the number on another paper."""

import datetime as dt
from pathlib import Path

import pytest

from ui.cli.main import main
from ui.cli.paper import BLANK, PAPERS

LOGIN = "ibu.ratna"
PASSPHRASE = "kopi hangat di pagi hari"


@pytest.fixture
def call(centre_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Calls `paper` for the centre, with the passphrase in a file."""
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    for name in ("RESOURCE_CENTRE_FOLDER", "RESOURCE_CENTRE_LOGIN", "RESOURCE_CENTRE_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)

    def run(*words: object) -> int:
        who = ["--centre", centre_folder, "--login", LOGIN, "--passphrase-file", secret, "--language", "en"]
        return main(["paper", *map(str, words), *map(str, who)])

    return run


@pytest.fixture
def number(centre_folder: Path) -> str:
    """The number of a case that is open."""
    from db.centre import open_centre
    from resource_centre.services.cases import open_case
    from resource_centre.services.intake import register_intake

    with open_centre(centre_folder, login=LOGIN, passphrase=PASSPHRASE) as centre, centre.change() as session:
        who = {"full_name": "Siti Aminah", "sex": "P"}
        person_id = register_intake(session, person=who, on=dt.date(2026, 11, 2)).person_id
        return str(open_case(session, person_id=person_id, on=dt.date(2026, 11, 3)).number)


def test_the_papers_offered_are_those_there_are() -> None:
    from reports.papers.kinds import BLANKS, KINDS

    without_a_number = {"next_meeting", "curriculum", "practice", "pairing_card"}
    assert set(PAPERS) == KINDS.keys() - without_a_number
    assert set(BLANK) == {*BLANKS, "questionnaire"}


def test_a_blank_form_needs_no_centre(tmp_path: Path) -> None:
    assert main(["paper", "intake", "--blank", "--language", "id", "--output", str(tmp_path / "form.pdf")]) == 0
    assert (tmp_path / "form.pdf").read_bytes().startswith(b"%PDF")


def test_a_number_is_enough_to_print_a_paper(call, number: str, tmp_path: Path) -> None:
    assert call("case_summary", "--number", number.lower(), "--output", tmp_path / "case.pdf") == 0
    assert (tmp_path / "case.pdf").read_bytes().startswith(b"%PDF")


def test_the_newest_goal_is_printed_by_the_number_of_its_client(
    call, number: str, centre_folder, tmp_path: Path
) -> None:
    from sqlalchemy import select

    from db.centre import open_centre
    from resource_centre.records import Person
    from resource_centre.services.savings import set_goal

    with open_centre(centre_folder, login=LOGIN, passphrase=PASSPHRASE) as centre, centre.change() as session:
        person_id = session.scalars(select(Person.id)).one()
        set_goal(session, person_id, {"name": "Atap", "category": "rumah", "target": 5_000_000})
    assert call("savings_goal", "--number", number, "--output", tmp_path / "goal.pdf") == 0
    assert call("budget", "--number", number, "--output", tmp_path / "budget.pdf") == 1
    assert (tmp_path / "goal.pdf").read_bytes().startswith(b"%PDF")


def test_a_savings_group_is_found_by_its_number(call, centre_folder, tmp_path: Path) -> None:
    from db.centre import open_centre
    from resource_centre.services.savings_groups import start_group

    rules = {"name": "Melati", "village_code": "52.03.01.2001", "share_value": 10_000}
    with open_centre(centre_folder, login=LOGIN, passphrase=PASSPHRASE) as centre, centre.change() as session:
        group = start_group(session, rules | {"cycle_begins_on": dt.date(2026, 1, 5)})
        number = str(group.number)
    assert call("group_summary", "--number", number, "--output", tmp_path / "group.pdf") == 0
    assert call("intake", "--number", number, "--output", tmp_path / "intake.pdf") == 1
    assert (tmp_path / "group.pdf").read_bytes().startswith(b"%PDF")


def test_papers_of_an_event_are_printed_by_its_number(call, centre_folder, tmp_path: Path) -> None:
    from db.centre import open_centre
    from resource_centre.services.training import record_training

    event = {"training_type": "kelas", "module": "M2", "starts_on": dt.date(2026, 11, 3)}
    with open_centre(centre_folder, login=LOGIN, passphrase=PASSPHRASE) as centre, centre.change() as session:
        number = str(record_training(session, event=event, participants=[{"name": "Sumiati", "days": "H"}]).number)
    for paper in ("attendance", "event_report"):
        assert call(paper, "--number", number, "--output", tmp_path / f"{paper}.pdf") == 0
    assert call("certificates", "--number", number, "--output", tmp_path / "certificates.pdf") == 1
    assert not (tmp_path / "certificates.pdf").exists()


def test_the_week_needs_no_number(call, number: str, tmp_path: Path) -> None:
    assert number
    assert call("week_list", "--output", tmp_path / "week.pdf") == 0
    assert (tmp_path / "week.pdf").exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("case_summary", "--number", "LTM-26-A1-K0009-X"), 1),
        (("case_summary",), 2),
        (("case_summary", "--blank"), 2),
        (("referral", "--number", "nobody"), 1),
    ],
)
def test_what_cannot_be_printed_is_said_and_nothing_is_written(call, tmp_path: Path, words, code) -> None:
    assert call(*words, "--output", tmp_path / "paper.pdf") == code
    assert not (tmp_path / "paper.pdf").exists()


def test_another_ending_is_called_wrongly(call, tmp_path: Path) -> None:
    assert call("intake", "--blank", "--output", tmp_path / "paper.docx") == 2


def copies(folder: Path) -> list[tuple[str, int, str, bool]]:
    """What the trail says: the paper, which copy, how, and whether somebody's papers they are."""
    from db.centre import open_centre
    from resource_centre.services.paper_copies import copies_of

    with open_centre(folder, login=LOGIN, passphrase=PASSPHRASE) as centre, centre.read() as session:
        return [(row.kind, row.copy, row.way, row.person_id is not None) for row in copies_of(session)]


def test_every_paper_about_somebody_stands_in_the_trail(call, number: str, centre_folder: Path, tmp_path: Path) -> None:
    for _again in range(2):
        assert call("case_summary", "--number", number, "--output", tmp_path / "case.pdf") == 0
    assert call("intake", "--blank", "--output", tmp_path / "blank.pdf") == 0
    assert copies(centre_folder) == [("case_summary", 2, "command", True), ("case_summary", 1, "command", True)]


def test_a_paper_that_cannot_be_written_says_so_in_the_trail(
    call, number: str, centre_folder: Path, tmp_path: Path
) -> None:
    assert call("closing", "--number", number, "--output", tmp_path / "nowhere" / "closing.pdf") == 3
    assert copies(centre_folder) == [("closing", 1, "failed", True)]


def test_beside_a_program_that_has_the_centre_open_no_paper_leaves_unseen(
    call, number: str, centre_folder: Path, tmp_path: Path
) -> None:
    from db.centre import open_centre
    from resource_centre.services.paper_copies import copies_of

    with open_centre(centre_folder, login=LOGIN, passphrase=PASSPHRASE) as window:
        assert call("closing", "--number", number, "--output", tmp_path / "closing.pdf") == 0
        with window.read() as session:
            assert [(row.kind, row.way) for row in copies_of(session)] == [("closing", "command")]
    assert (tmp_path / "closing.pdf").exists()
