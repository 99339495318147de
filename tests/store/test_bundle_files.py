# SPDX-License-Identifier: Apache-2.0
"""Bundles on a stick: what goes in comes out, who can read one, and what the stick holds afterwards."""

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
import sqlalchemy as sa

from db.exchange import bundle_body, own_keys, recovery, writing
from db.exchange.bundle import name_for, peek
from resource_centre.clock import wall_ms
from resource_centre.errors import EnvironmentFailed, Refused
from resource_centre.exchange.dots import Dots
from resource_centre.records import LocalSetting, new_id
from resource_centre.records.exchange import OwnKey

PROJECT = Path(writing.__file__).parents[2]
PHOTO, SMALL = b"\x89PNG a scanned card" * 4000, b"\xff\xd8 a small picture"
HELD = Dots({"zyxwvutsrqpnm": [(1, 40), (44, 44)], "0123456789abc": [(1, 9)]})
STEPS = ("open", "write", "fsync", "read", "link")


@pytest.fixture
def age():
    """The age program of the system, as anybody can install it."""
    found = shutil.which("age")
    if found is None:
        pytest.skip("the program age is not installed: whether it opens our bundles was not tried")
    return found


def photo():
    return hashlib.sha256(PHOTO).hexdigest(), PHOTO, SMALL


def paper():
    return hashlib.sha256(b"paper").hexdigest(), b"paper", None


def refusal(act, *args, **options):
    with pytest.raises(EnvironmentFailed) as refused:
        act(*args, **options)
    assert refused.value.words() != refused.value.code
    return refused.value.code


def names_on(stick):
    return sorted(path.name for path in stick.iterdir())


def contents_of(stick):
    return {path.name: path.read_bytes() for path in stick.iterdir()}


# What goes in comes out


def test_what_is_written_is_what_is_opened(road, entries):
    changes, drops = entries(3), [("person", new_id()), ("household", new_id())]
    written = road.write(changes, drops, [photo(), paper()], HELD)
    opened = road.open(written.path)
    assert list(opened.changes()) == changes
    assert list(opened.drops()) == drops
    assert list(opened.files()) == [photo(), paper()]
    assert opened.held == HELD
    assert opened.header == written.header


def test_a_bundle_is_read_as_often_as_one_likes(road, entries):
    opened = road.open(road.write(entries(5), files=[paper()]).path)
    assert list(opened.changes()) == list(opened.changes())
    assert list(opened.files()) == list(opened.files()) == [paper()]


def test_a_bundle_that_only_acknowledges_holds_nothing_else(road):
    opened = road.open(road.write().path)
    assert (list(opened.changes()), list(opened.drops()), list(opened.files())) == ([], [], [])
    assert len(opened.header.heard) == 1


def test_names_in_every_script_arrive_as_they_were(road, entries):
    changes = entries(1, name='สมชาย 𝒩 \u0301\U0001f600 \\ud83d "quoted" \\')
    assert list(road.open(road.write(changes).path).changes()) == changes


def test_what_the_sender_holds_may_be_in_very_many_pieces(road):
    held = Dots({"0123456789abc": [(3 * place + 1, 3 * place + 2) for place in range(5000)]})
    assert road.open(road.write(held=held).path).held == held


def test_the_header_is_read_without_the_rest(road, entries):
    written = road.write(entries(2000))
    whole = written.path.read_bytes()
    written.path.write_bytes(whole[: len(whole) - 10])
    assert peek(written.path, [road.centre]) == written.header
    assert peek(written.path, [road.centre], road.known.get, own_sites=[written.header.recipient]) == written.header
    assert refusal(road.open, written.path) == "bundle_damaged"


def test_the_header_alone_is_refused_when_it_is_not_from_whom_it_says(road, entries):
    path = road.write(entries(1)).path
    road.known.clear()
    assert refusal(peek, path, [road.centre], road.known.get, own_sites=["zyxwvutsrqpnm"]) == "bundle_unknown_sender"


def test_a_laptop_under_a_new_name_is_known_by_the_one_it_had(road, entries):
    facts = road.facts(sender="newnamenewnam", formerly=("0123456789abc",))
    assert road.open(road.write(entries(1), facts=facts).path).header.formerly == ("0123456789abc",)


def test_how_far_it_is_gets_told_while_writing_and_while_opening(road, entries):
    packed, looked_at = [], []
    path = road.write(entries(1200), progress=packed.append).path
    road.open(path, progress=looked_at.append)
    assert packed == [500, 1000, 1200]
    assert looked_at == [500, 1000]


def test_stopping_leaves_nothing_on_the_stick(road, entries):
    with pytest.raises(Refused, match="stopped"):
        road.write(entries(600), stop=lambda: True)
    assert names_on(road.stick) == []


def test_opening_can_be_stopped(road, entries):
    path = road.write(entries(600)).path
    with pytest.raises(Refused, match="stopped"):
        road.open(path, stop=lambda: True)


def test_more_than_fits_into_one_bundle_is_refused_and_leaves_nothing(road, entries, monkeypatch):
    monkeypatch.setattr(bundle_body, "rule", {"bundle_megabytes": 0}.get)
    assert refusal(road.write, entries(100)) == "bundle_too_large"
    assert names_on(road.stick) == []


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="this system does not say what a program took")
def test_a_hundred_thousand_entries_stay_within_150_megabytes():
    done = subprocess.run(
        [sys.executable, "-c", HUNDRED_THOUSAND, str(PROJECT / "tests" / "store")],
        capture_output=True, text=True, cwd=PROJECT, check=True,
    )  # fmt: skip
    assert int(done.stdout) < 150_000


HUNDRED_THOUSAND = """
import re, sys, tempfile
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import conftest
make = conftest.entries.__wrapped__()
with tempfile.TemporaryDirectory() as folder:
    road = conftest.Road(Path(folder))
    # Eight times a name: as long as an entry of an intake is.
    changes = (entry for seq in range(1, 100001) for entry in make(1, "Siti Aminah " * 8, seq))
    opened = road.open(road.write(changes).path)
    assert sum(1 for _change in opened.changes()) == 100000
print(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
"""


# Who can read one


def by_hand(content):
    """Header and lines of the body, read with nothing but what decision 30 says."""
    first, length, rest = content.split(b"\n", 2)
    assert first == b"resource-centre bundle 1"
    header, packed = rest[: int(length)], rest[int(length) + 64 :]
    return json.loads(header), [json.loads(line) for line in zlib.decompress(packed).splitlines()]


def decrypted(age, path, identity, tmp_path):
    key = tmp_path / "identity.txt"
    key.write_text(str(identity))
    return subprocess.run([age, "--decrypt", "-i", str(key), str(path)], capture_output=True, check=False)


def test_the_age_program_opens_a_bundle_and_its_lines_can_be_read(road, entries, age, tmp_path):
    changes = entries(2)
    written = road.write(changes, [("person", changes[0]["row_id"])], [paper()], HELD)
    done = decrypted(age, written.path, road.centre, tmp_path)
    assert done.returncode == 0
    header, lines = by_hand(done.stdout)
    assert header["link_no"] == 7
    assert [line["change"] for line in lines[:2]] == changes
    assert [next(iter(line)) for line in lines[2:]] == ["drop", "file", "held"]


def test_with_another_key_the_age_program_shows_nothing(road, entries, age, tmp_path):
    from pyrage.x25519 import Identity

    done = decrypted(age, road.write(entries(1)).path, Identity.generate(), tmp_path)
    assert (done.returncode, done.stdout) == (1, b"")


def test_nothing_about_anybody_can_be_seen_from_outside(road, entries):
    written = road.write(entries(20))
    content = written.path.read_bytes()
    for word in (b"Siti", b"person", b"0123456789abc", written.header.id.encode(), b"resource-centre"):
        assert word not in content


def test_the_name_of_the_file_is_a_code_and_numbers():
    assert name_for("LTM-02", 7) == "LTM-02-7.rcb"
    assert name_for("LTM-02", 8, 1, 3) == "LTM-02-8-1of3.rcb"
    assert name_for("../Siti Ä/", 1) == "Siti-1.rcb"
    assert name_for("///", 1) == "bundle-1.rcb"


def test_each_of_several_recipients_opens_it_alone(road, entries):
    from pyrage.x25519 import Identity

    others = [Identity.generate(), Identity.generate()]
    recipients = [road.public, *(str(other.to_public()) for other in others)]
    path = road.write(entries(2), recipients=recipients).path
    for identity in (road.centre, *others):
        assert len(list(road.open(path, [identity]).changes())) == 2
    assert refusal(road.open, path, [Identity.generate()]) == "bundle_not_for_us"


def test_a_bundle_is_not_closed_for_what_is_no_key(road, entries):
    assert refusal(road.write, entries(1), recipients=["age1siti"]) == "not_a_key"
    assert names_on(road.stick) == []


# What the stick holds afterwards


def test_other_files_of_a_stick_stay_as_they_are(road, entries):
    (road.stick / "foto.jpg").write_bytes(b"somebody's picture")
    (road.stick / "LTM-02-7.rcb").write_bytes(b"something else")
    before = contents_of(road.stick)
    written = road.write(entries(1))
    assert written.path.name == "LTM-02-7-2.rcb"
    assert contents_of(road.stick).items() >= before.items()
    assert len(names_on(road.stick)) == 3
    assert road.write(entries(1)).path.name == "LTM-02-7-3.rcb"


def test_a_stick_whose_files_have_one_name_only_takes_a_bundle_too(road, entries, monkeypatch):
    """FAT, as most sticks have it, knows no second names."""

    def no_links(*_paths):
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", no_links)
    (road.stick / "LTM-02-7.rcb").write_bytes(b"something else")
    written = road.write(entries(1))
    assert names_on(road.stick) == ["LTM-02-7-2.rcb", "LTM-02-7.rcb"]
    assert len(list(road.open(written.path).changes())) == 1


def test_a_folder_that_is_not_there_is_named(road, entries):
    road.stick.rmdir()
    assert refusal(road.write, entries(1)) == "file_missing"


@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, "disk_full"), (errno.EIO, "io")])
@pytest.mark.parametrize("step", STEPS)
def test_a_full_or_pulled_stick_keeps_neither_half_a_bundle_nor_anything_temporary(
    road, entries, monkeypatch, step, number, code
):
    (road.stick / "foto.jpg").write_bytes(b"somebody's picture")

    def fails(*_args, **_options):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, step, fails)
        assert refusal(road.write, entries(50)) == code
    assert contents_of(road.stick) == {"foto.jpg": b"somebody's picture"}
    assert len(list(road.open(road.write(entries(50)).path).changes())) == 50


@pytest.mark.parametrize("room", [0, 1, 100, 1000, 60_000, 70_000])
def test_a_stick_that_fills_up_on_the_way_keeps_nothing(road, entries, monkeypatch, room):
    real, left = os.write, [room]

    def write(handle, content):
        if not left[0]:
            raise OSError(errno.ENOSPC, "full")
        taken = real(handle, content[: left[0]])
        left[0] -= taken
        return taken

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", write)
        assert refusal(road.write, entries(1200)) == "disk_full"
    assert names_on(road.stick) == []


def test_a_stick_that_gives_back_something_else_is_not_trusted(road, entries, monkeypatch):
    real = os.read

    def read(handle, size):
        content = bytearray(real(handle, size))
        content[len(content) // 2 :] = bytes(len(content) - len(content) // 2)
        return bytes(content)

    with monkeypatch.context() as patch:
        patch.setattr(os, "read", read)
        assert refusal(road.write, entries(10)) == "io"
    assert names_on(road.stick) == []


def test_a_name_that_could_not_be_made_to_last_is_taken_back(road, entries, monkeypatch):
    def fails(_folder):
        raise OSError(errno.EIO, "gone")

    with monkeypatch.context() as patch:
        patch.setattr(writing, "sync_folder", fails)
        assert refusal(road.write, entries(1)) == "io"
    assert names_on(road.stick) == []


def test_a_network_folder_that_cannot_be_flushed_takes_a_bundle(road, entries, monkeypatch):
    def fails(_folder):
        raise OSError(errno.EINVAL, "not here")

    monkeypatch.setattr(writing, "sync_folder", fails)
    assert road.write(entries(1)).path.exists()


KILLED = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import conftest
road = conftest.Road(Path(sys.argv[2]))
def killed(*_args, **_options):
    os._exit(9)
setattr(os, sys.argv[3], killed)
road.write(conftest.entries.__wrapped__()(50))
"""


@pytest.mark.parametrize("step", ["write", "fsync", "read", "link", "unlink"])
def test_killed_at_any_step_leaves_a_whole_bundle_or_what_the_next_one_clears_away(road, entries, step):
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(PROJECT / "tests" / "store"), str(road.stick), step],
        cwd=PROJECT, check=False,
    )  # fmt: skip
    assert done.returncode == 9
    left = names_on(road.stick)
    assert [name for name in left if name.endswith(writing.UNFINISHED)]
    assert ("LTM-02-7.rcb" in left) == (step == "unlink")
    road.write(entries(1), name="LTM-02-8.rcb")
    assert not [name for name in names_on(road.stick) if name.endswith(writing.UNFINISHED)]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a file that is open by itself")
def test_what_another_program_is_writing_now_is_not_cleared_away(road, entries):
    def write_beside(write):
        write(b"begun")
        road.write(entries(1))
        write(b" and finished")

    assert writing.write_fresh(road.stick / "slow.rcb", write_beside).read_bytes() == b"begun and finished"
    assert names_on(road.stick) == ["LTM-02-7.rcb", "slow.rcb"]


# Our own keys


def test_keys_are_made_once_and_stay(either_centre):
    with either_centre.change() as session:
        connection = session.connection()
        first = own_keys.public_sign_key(connection), own_keys.public_age_key(connection)
        assert own_keys.signing_key(connection).verify_key == own_keys.verify_key(first[0])
        assert [str(one.to_public()) for one in own_keys.identities(connection)] == [first[1]]
    with either_centre.change() as session:
        connection = session.connection()
        assert (own_keys.public_sign_key(connection), own_keys.public_age_key(connection)) == first


def test_what_was_closed_for_the_key_before_opens_until_that_is_destroyed(either_centre, road, entries):
    with either_centre.change() as session:
        old = own_keys.public_age_key(session.connection())
        path = road.write(entries(1), recipients=[old]).path
        new = own_keys.renew_age_key(session)
        identities = own_keys.identities(session.connection())
    assert old != new == str(identities[0].to_public())
    assert road.open(path, identities).header.link_no == 7
    with either_centre.change() as session:
        assert own_keys.destroy_retired(session) == 0
        assert own_keys.destroy_retired(session, wall_ms() + 1) == 1
        left = own_keys.identities(session.connection())
    assert refusal(road.open, path, left) == "bundle_not_for_us"


def test_a_key_before_is_destroyed_ninety_days_after_its_renewal(session):
    own_keys.public_age_key(session.connection())
    own_keys.renew_age_key(session)
    day = own_keys.DAY_MS
    session.execute(sa.update(OwnKey).where(OwnKey.retired_ms.is_not(None)).values(retired_ms=wall_ms() - 89 * day))
    assert own_keys.destroy_retired(session) == 0
    session.execute(sa.update(OwnKey).where(OwnKey.retired_ms.is_not(None)).values(retired_ms=wall_ms() - 91 * day))
    assert own_keys.destroy_retired(session) == 1


def test_a_key_that_opens_is_due_for_renewal_after_a_year(session):
    assert not own_keys.renewal_is_due(session.connection())
    session.execute(sa.update(OwnKey).values(made_ms=wall_ms() - 366 * own_keys.DAY_MS))
    assert own_keys.renewal_is_due(session.connection())
    own_keys.renew_age_key(session)
    assert not own_keys.renewal_is_due(session.connection())


@pytest.mark.parametrize("text", ["", "siti", "age1siti", "00" * 31, "zz" * 32, "AGE-SECRET-KEY-1"])
def test_what_is_no_key_is_not_taken_for_one(text):
    assert refusal(own_keys.verify_key, text) == "not_a_key"
    assert refusal(own_keys.recipient, text) == "not_a_key"


# The key on paper


def test_the_sheet_opens_what_was_closed_for_it(session, road, entries, age, tmp_path):
    sheet = recovery.make_recovery()
    recovery.keep(session.connection(), sheet.public)
    path = road.write(entries(2), recipients=[road.public, *recovery.recipients(session.connection())]).path
    typed = recovery.read_recovery(" ".join(sheet.groups).lower().replace("0", "o"))
    assert typed.identity
    done = decrypted(age, path, typed.identity, tmp_path)
    assert len(by_hand(done.stdout)[1]) == 2


def test_the_sheet_is_read_typed_and_scanned():
    sheet = recovery.make_recovery()
    assert len(sheet.groups) == 8
    assert recovery.read_recovery("-".join(sheet.groups)).identity == sheet.identity
    assert recovery.read_recovery(f" {sheet.identity.lower()}\n").identity == sheet.identity
    assert recovery.public_of(sheet.identity) == sheet.public


def test_every_sheet_is_another_one():
    one, other = recovery.make_recovery(), recovery.make_recovery()
    assert one.public != other.public
    assert recovery.read_recovery(" ".join(one.groups)).identity != other.identity


def test_a_slip_of_the_pen_names_the_group():
    sheet = recovery.make_recovery()
    groups = list(sheet.groups)
    groups[4] = groups[4][:2] + ("A" if groups[4][2] != "A" else "B") + groups[4][3:]
    assert recovery.read_recovery(" ".join(groups)) == recovery.SheetReading(None, (5,))


def test_a_sheet_that_was_scanned_wrongly_is_refused():
    sheet = recovery.make_recovery()
    wrong = sheet.identity[:-1] + ("Q" if sheet.identity[-1] != "Q" else "P")
    assert refusal(recovery.read_recovery, wrong) == "wrong_bundle_recovery"


def test_only_the_public_half_of_the_sheet_stays(session):
    sheet = recovery.make_recovery()
    recovery.keep(session.connection(), sheet.public)
    kept = json.dumps([row.value for row in session.scalars(sa.select(LocalSetting))])
    assert sheet.public in kept
    assert sheet.identity not in kept
    assert not [group for group in sheet.groups if group in kept]
    assert sheet.identity not in repr(sheet)


def test_without_a_sheet_bundles_are_closed_for_nobody_else(session):
    assert recovery.recipients(session.connection()) == []
    recovery.keep(session.connection(), recovery.make_recovery().public)
    assert len(recovery.recipients(session.connection())) == 1
    recovery.keep(session.connection(), None)
    assert recovery.recipients(session.connection()) == []
    assert refusal(recovery.keep, session.connection(), "siti") == "not_a_key"
