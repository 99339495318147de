# SPDX-License-Identifier: Apache-2.0
"""`resource-centre report training` on a real centre, as somebody at a terminal meets it."""

import datetime as dt
import json
from pathlib import Path

import pytest

from resource_centre.services.learning_results import learning_of
from resource_centre.services.training import record_training
from ui.cli.main import main

LOGIN = "ibu.ratna"
PASSPHRASE = "kopi hangat di pagi hari"


@pytest.fixture
def call(centre_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Calls the command for the centre, with the passphrase in a file."""
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    for name in ("RESOURCE_CENTRE_FOLDER", "RESOURCE_CENTRE_LOGIN", "RESOURCE_CENTRE_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)

    def run(*words: object) -> int:
        who = ["--centre", centre_folder, "--login", LOGIN, "--passphrase-file", secret, "--language", "en"]
        return main(["report", "training", *map(str, words), *map(str, who)])

    return run


@pytest.fixture
def taught(centre):
    """A class of six in October, and what was learnt there in this year."""
    people = [{"name": f"Baiq {n}", "days": "H", "pre_score": 10 * n, "post_score": 90 - n} for n in range(6)]
    event = {
        "training_type": "kelas",
        "module": "M2",
        "starts_on": dt.date(2026, 10, 5),
        "village_code": "52.03.01.2001",
    }
    with centre.change() as session:
        record_training(session, event=event, participants=people)
    with centre.read() as session:
        found = learning_of(session, since=dt.date(2026, 1, 1), until=dt.date(2026, 12, 31))
    centre.close()
    return found


def test_the_figures_are_those_of_the_windows(call, taught, tmp_path: Path) -> None:
    file = tmp_path / "training.json"
    assert call("--year", 2026, "--output", file) == 0
    written = json.loads(file.read_text(encoding="utf-8"))
    assert written["learning"]["gain"] == json.loads(json.dumps(taught.gain.as_dict()))
    assert (written["from"], written["until"]) == ("2026-01-01", "2026-12-31")
    assert "Baiq" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "events"),
    [(("--month", "2026-10"), 1), (("--month", "2026-09"), 0), (("--year", "2025"), 0),
     (("--from", "2026-10-05", "--to", "2026-10-05"), 1), (("--to", "2026-10-04"), 0), (("--from", "2026-10-06"), 0)],
)  # fmt: skip
def test_any_time_may_be_named(call, taught, tmp_path: Path, words: tuple[str, ...], events: int) -> None:
    file = tmp_path / "training.json"
    assert call(*words, "--output", file) == 0
    assert json.loads(file.read_text(encoding="utf-8"))["learning"]["events"] == events


@pytest.mark.parametrize(
    ("words", "name", "said"),
    [
        (("--month", "2026-13"), "a.json", "not a month"),
        (("--month", "0000-01"), "a.json", "not a month"),
        (("--year", "20"), "a.json", "not a year"),
        (("--to", "0001-01-01"), "a.json", "not a day"),
        (("--from", "2026-W40-1"), "a.json", "not a day"),
        (("--from", "5 October"), "a.json", "not a day"),
        (("--from", "2026-10-05", "--to", "2026-10-04"), "a.json", "comes after"),
        (("--month", "2026-10", "--year", "2026"), "a.json", "only one of these"),
        (("--year", "2026"), "a.pdf", "written as .json"),
    ],
)
def test_what_cannot_be_written_is_said_and_nothing_is(
    call, tmp_path: Path, words: tuple[str, ...], name: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(*words, "--output", tmp_path / name) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / name).exists()


def test_the_months_report_still_wants_a_month(call, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "monthly", "--output", str(tmp_path / "a.pdf"), "--language", "en"]) == 2
    assert "not a month" in capsys.readouterr().err


@pytest.mark.parametrize("words", [("--place", "52"), ("--audience", "public"), ("--password",), ("--fund", "X")])
def test_what_training_does_not_have_is_not_left_out_in_silence(call, tmp_path: Path, words, capsys) -> None:
    assert call("--year", "2026", *words, "--output", tmp_path / "a.json") == 2
    assert "whole centre" in capsys.readouterr().err
