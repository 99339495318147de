"""A long list is scanned by several processes: they find what one finds, and nothing is lost with one that dies."""

import multiprocessing
from pathlib import Path

import pytest

from resource_centre.matching import processes
from resource_centre.matching.people import People
from resource_centre.matching.processes import Processes, engage
from resource_centre.matching.scan import Nowhere, Stopped, scan, scan_in_pieces
from resource_centre.matching.table import read_people
from resource_centre.matching.work import Alone

LIST = Path(__file__).parents[1] / "fixtures" / "people" / "list.csv"


@pytest.fixture(scope="module")
def people():
    return People(read_people(LIST).records[:50])


@pytest.fixture(scope="module")
def found_alone(people):
    return scan(people, engage=Alone)


def by_two(people, stop):
    return Processes(people, stop, 2)


def test_two_processes_find_what_one_finds(people, found_alone):
    assert found_alone.found
    assert scan(people, engage=by_two) == found_alone
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("killed", [1, 2])
def test_what_a_process_that_died_was_doing_is_done_by_others_or_here(people, found_alone, killed):
    def told(stage, done, _whole):
        if (stage, done) == ("candidates", 3):
            for process in multiprocessing.active_children()[:killed]:
                process.kill()

    assert scan_in_pieces(people, told, Nowhere(), engage=by_two) == found_alone


def test_stopped_in_the_middle_no_process_is_left(people):
    asked = iter(range(10_000))
    with pytest.raises(Stopped):
        scan_in_pieces(people, lambda *_told: None, Nowhere(), lambda: next(asked) > 60, by_two)
    assert multiprocessing.active_children() == []


def test_a_mistake_in_a_process_is_told_here(people):
    hands = by_two(people, lambda: False)
    with pytest.raises(IndexError):
        list(hands.each("candidates", [(0,), (1000,)]))
    hands.close()


def test_a_short_list_is_scanned_by_this_process(people):
    assert isinstance(engage(people, lambda: False), Alone)


def test_where_no_process_can_be_begun_this_one_does_all(people, found_alone, monkeypatch):
    def nothing(*_arguments):
        raise OSError

    monkeypatch.setattr(processes, "cores", lambda: 2)
    monkeypatch.setattr(processes, "rule", {"alone_below": 10, "most_processes": 4}.__getitem__)
    monkeypatch.setattr(processes, "Processes", nothing)
    assert scan(people) == found_alone
