"""A folder that was copied or restored is noticed before the first save there."""

from __future__ import annotations

import shutil

import pytest
import sqlalchemy as sa

from db.centre import open_centre
from db.installation import state_folder
from resource_centre.exchange.identity import own_site, own_sites
from resource_centre.records import Change, Person

LOGIN = "ibu.ratna"
PASSPHRASE = "kopi hangat di pagi hari"


@pytest.fixture(autouse=True)
def this_computer(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "this computer"))


def enter(folder):
    return open_centre(folder, login=LOGIN, passphrase=PASSPHRASE)


def sites(folder):
    with enter(folder) as centre, centre.read() as session:
        return centre.copied, own_sites(session.connection())


def register(centre, name):
    with centre.change() as session:
        session.add(Person(full_name=name))


def test_day_after_day_it_is_the_same_installation(centre_folder):
    first = sites(centre_folder)
    assert [sites(centre_folder) for _day in range(3)] == [first] * 3
    assert first[0] is False


def test_of_a_folder_and_its_copy_one_writes_as_a_new_site(centre_folder, tmp_path):
    sites(centre_folder)
    copy = shutil.copytree(centre_folder, tmp_path / "copy")
    first, second = sites(centre_folder), sites(copy)
    assert (first[0], second[0]) == (False, True)
    assert second[1][1:] == first[1]
    assert sites(copy) == (False, second[1])


def test_on_another_computer_it_is_a_new_site_and_keeps_what_was_not_sent(centre_folder, monkeypatch, tmp_path):
    with enter(centre_folder) as centre:
        register(centre, "Sumiati")
        with centre.read() as session:
            before = own_site(session.connection())
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another computer"))
    with enter(centre_folder) as centre:
        assert any("counts as a new one" in warning for warning in centre.warnings)
        register(centre, "Rohani")
        with centre.read() as session:
            now = own_sites(session.connection())
            people = session.execute(sa.select(Change.site).where(Change.tbl == "person").order_by(Change.wall_ms))
            assert [site for (site,) in people] == [before, now[0]]
    assert now[1:] == (before,)


def test_a_day_that_was_put_back_from_a_copy_is_noticed(centre_folder, tmp_path):
    sites(centre_folder)
    yesterday = shutil.copytree(centre_folder, tmp_path / "yesterday")
    sites(centre_folder)
    shutil.rmtree(centre_folder)
    shutil.copytree(yesterday, centre_folder)
    assert sites(centre_folder)[0] is True


def test_a_crash_while_it_was_opened_is_no_copy(centre_folder, monkeypatch):
    from db import installation

    before = sites(centre_folder)
    write, calls = installation.write_whole, []

    def dies(path, content):
        calls.append(path)
        if len(calls) == 2:
            raise KeyboardInterrupt
        write(path, content)

    with monkeypatch.context() as patch:
        patch.setattr(installation, "write_whole", dies)
        with pytest.raises(KeyboardInterrupt):
            enter(centre_folder)
    assert sites(centre_folder) == before


def test_where_nothing_can_be_kept_beside_it_is_taken_for_the_same(centre_folder, monkeypatch, tmp_path):
    before = sites(centre_folder)
    (tmp_path / "a file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "a file"))
    assert sites(centre_folder) == before


@pytest.mark.parametrize(
    ("platform", "environment", "end"),
    [
        ("linux", {"XDG_STATE_HOME": "/somewhere"}, "/somewhere/resource-centre"),
        ("linux", {"XDG_STATE_HOME": "not/absolute"}, ".local/state/resource-centre"),
        ("win32", {"LOCALAPPDATA": "C:/Local"}, "C:/Local/resource-centre"),
        ("darwin", {}, "Library/Application Support/resource-centre"),
    ],
)
def test_each_system_keeps_it_where_its_programs_do(platform, environment, end):
    assert state_folder(environment, platform).as_posix().endswith(end)


def test_a_folder_that_cannot_be_written_can_still_be_looked_at(centre_folder, monkeypatch):
    from db import installation
    from resource_centre.errors import EnvironmentFailed

    before = sites(centre_folder)

    def write_protected(*_words):
        raise EnvironmentFailed("read_only")

    with monkeypatch.context() as patch:
        patch.setattr(installation, "remember", write_protected)
        with enter(centre_folder) as centre:
            assert not centre.copied
    assert sites(centre_folder) == before
