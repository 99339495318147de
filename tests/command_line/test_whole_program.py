"""The demo and the selftest, run whole, as somebody who has just got the program does."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from db.centre import open_centre
from db.doctor import examine
from resource_centre.clock import today
from ui.cli.demo import LOGIN, PASSPHRASE
from ui.cli.invented import last_month


def call(*words: object) -> subprocess.CompletedProcess[str]:
    foreign = ("DISPLAY", "WAYLAND_DISPLAY", "LANGUAGE", "LC_ALL")
    environment = {name: value for name, value in os.environ.items() if name not in foreign}
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "ui.cli.main", *map(str, words)],
        capture_output=True,
        text=True,
        env=environment | {"LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen"},
        timeout=300,
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Where a demo has put everything, and what it said."""
    into = tmp_path_factory.mktemp("demo") / "out"
    done = call("demo", "--into", into)
    assert done.returncode == 0, done.stdout + done.stderr
    return into, done.stdout


def test_the_demo_prints_last_month_in_both_languages(demo: tuple[Path, str]) -> None:
    month = f"{last_month(today()):%Y-%m}"
    papers = [demo[0] / f"report-{month}-{language}.pdf" for language in ("id", "en")]
    assert all(paper.read_bytes().startswith(b"%PDF") for paper in papers)
    assert papers[0].read_bytes() != papers[1].read_bytes()


def test_without_a_screen_the_demo_saves_pictures_and_says_so(demo: tuple[Path, str]) -> None:
    into, said = demo
    assert "There is no screen here" in said
    pictures = {file.name for file in into.glob("window-*.png")}
    assert {"window-home.png", "window-people.png", "window-person.png", "window-report.png"} <= pictures


def test_the_demos_centre_opens_and_is_whole(demo: tuple[Path, str]) -> None:
    with open_centre(demo[0] / "demo", login=LOGIN, passphrase=PASSPHRASE) as centre:
        assert all(result.well for result in examine(centre))


def test_the_demo_can_be_run_again_and_removes_only_its_own_centre(demo: tuple[Path, str], centre_folder: Path) -> None:
    into = centre_folder.parent / "out"
    into.mkdir()
    centre_folder.rename(into / "demo")
    done = call("demo", "--into", into)
    assert done.returncode == 3
    assert (into / "demo" / "centre.db").exists()


def test_the_selftest_passes_and_leaves_nothing_behind(tmp_path: Path) -> None:
    done = call("selftest", "--in", tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Everything works on this computer." in done.stdout
    assert list(tmp_path.iterdir()) == []
