# SPDX-License-Identifier: Apache-2.0
"""Bundles that are broken, forged, sent on, blown up or written by a newer program: refused, in a sentence."""

import errno
import io
import json
import random
import zlib
from hashlib import sha256

import pytest

from db.exchange import bundle_body, bundle_header
from db.exchange.bundle import peek
from db.exchange.bundle_lines import change_line, file_line
from resource_centre import i18n
from resource_centre.errors import EnvironmentFailed
from resource_centre.records import new_id
from resource_centre.records.change import SCHEMA

LAPTOP, CENTRE = "0123456789abc", "zyxwvutsrqpnm"
BROKEN = {"bundle_damaged", "bundle_not_for_us", "not_a_bundle"}


def refusal(act, *args, **options):
    """The code of a refusal that has a sentence, and names nobody."""
    with pytest.raises(EnvironmentFailed) as refused:
        act(*args, **options)
    assert refused.value.words() != refused.value.code
    return refused.value.code


def refusals(road, contents):
    """The codes with which these files are refused, all of them."""
    path = road.stick / "attacked.rcb"
    found = set()
    for content in contents:
        path.write_bytes(content)
        found.add(refusal(road.open, path))
    return found


def flipped(content, place, bit):
    return content[:place] + bytes([content[place] ^ 1 << bit]) + content[place + 1 :]


@pytest.fixture
def small(road, entries):
    """A bundle of one entry as the stick gives it."""
    return road.write(entries(1)).path.read_bytes()


# Broken on the way


def test_cut_off_at_any_length_it_is_refused(road, small):
    codes = refusals(road, (small[:length] for length in range(1, len(small))))
    assert codes <= {"bundle_damaged", "bundle_not_for_us"}
    assert refusals(road, [b""]) == {"not_a_bundle"}


def test_of_a_long_bundle_every_beginning_is_refused(road, entries):
    whole = road.write(entries(3000)).path.read_bytes()
    assert len(whole) > 2 * 65536
    pick = random.Random(7)
    ends = [65536, 65536 * 2, *(pick.randrange(1, len(whole)) for _ in range(60))]
    assert refusals(road, (whole[:length] for length in ends)) == {"bundle_damaged"}


def test_a_bit_changed_anywhere_is_refused(road, entries):
    whole = road.write(entries(40)).path.read_bytes()
    pick = random.Random(11)
    changed = [flipped(whole, pick.randrange(len(whole)), pick.randrange(8)) for _ in range(500)]
    assert refusals(road, changed) <= BROKEN


def test_a_bit_changed_in_the_envelopes_head_is_refused(road, small):
    head = small.index(b"\n---") + 60
    assert refusals(road, (flipped(small, place, place % 8) for place in range(head))) <= BROKEN


def test_more_at_its_end_is_refused(road, small):
    assert refusals(road, [small + b"x", small + small, small + bytes(70_000)]) == {"bundle_damaged"}


def test_garbage_is_not_taken_for_a_bundle(road):
    pick = random.Random(13)
    garbage = [pick.randbytes(pick.randrange(1, 4000)) for _ in range(100)]
    others = [b"PK\x03\x04 a workbook", b"%PDF-1.7", b"nama,desa\nSiti,Sukarara\n", bytes(5000), b"\n" * 5000]
    assert refusals(road, garbage + others) == {"not_a_bundle"}


def test_something_else_that_was_closed_for_us_is_not_taken_for_a_bundle(road):
    contents = [b"x", b"Dear centre, the figures of May", b"resource-centre bundel 1\n" + bytes(100), bytes(200_000)]
    codes = {refusal(road.open, road.seal(content)) for content in contents}
    assert codes <= {"not_a_bundle", "bundle_damaged"}
    assert refusal(road.open, road.seal(b"")) == "bundle_damaged"


def test_a_folder_and_a_missing_file_are_no_bundles(road):
    assert refusal(road.open, road.stick) == "file_missing"
    assert refusal(road.open, road.stick / "away.rcb") == "file_missing"


def test_a_stick_that_is_pulled_while_reading_is_named(road, entries, monkeypatch):
    path = road.write(entries(600)).path
    content = path.read_bytes()

    class Pulled(io.BytesIO):
        def read(self, size=-1):
            if self.tell() > 20_000:
                raise OSError(errno.EIO, "gone")
            return super().read(size)

    monkeypatch.setattr(type(path), "open", lambda _path, _mode: Pulled(content))
    assert refusal(road.open, path) == "io"


# Forged, sent on


def test_changed_by_who_can_close_but_not_sign(road, entries):
    """Anybody with the centre's public key can make an envelope; every byte before the body is under the signature."""
    inside = road.signed(change_line(entries(1)[0]))
    until = inside.index(b"}") + 2 + 64
    changed = [flipped(inside, place, place % 8) for place in range(until)]
    codes = {refusal(road.open, road.seal(content)) for content in changed}
    assert "bundle_forged" in codes
    # The number of the format, the length and the sender are read before there is a key to prove anything with.
    assert codes <= {"bundle_forged", "bundle_unknown_sender", "bundle_newer", "bundle_too_large", *BROKEN}


def test_another_body_under_a_signed_header(road, entries):
    inside = road.signed(change_line(entries(1)[0]))
    start = len(inside) - 80
    changed = [flipped(inside, place, place % 8) for place in range(start, len(inside))]
    assert {refusal(road.open, road.seal(content)) for content in changed} == {"bundle_damaged"}
    other = road.signed(change_line(entries(1, name="Budi")[0]))
    swapped = inside[: inside.index(b"}") + 65] + other[other.index(b"}") + 65 :]
    assert refusal(road.open, road.seal(swapped)) == "bundle_damaged"


def test_signed_by_somebody_else_in_a_laptops_name(road, entries):
    from nacl.signing import SigningKey

    path = road.write(entries(1), signing_key=SigningKey.generate()).path
    assert refusal(road.open, path) == "bundle_forged"
    assert refusal(peek, path, [road.centre], road.known.get, own_sites=[CENTRE]) == "bundle_forged"


def test_signed_by_one_laptop_in_the_name_of_another(road, entries):
    from nacl.signing import SigningKey

    road.known["otherotherabc"] = SigningKey.generate().verify_key
    path = road.write(entries(1), facts=road.facts(sender="otherotherabc")).path
    assert refusal(road.open, path) == "bundle_forged"


def test_from_a_laptop_nobody_knows(road, entries):
    path = road.write(entries(1), facts=road.facts(sender="strangerstran")).path
    assert refusal(road.open, path) == "bundle_unknown_sender"


def test_claiming_to_have_been_a_known_laptop_formerly(road, entries):
    from nacl.signing import SigningKey

    facts = road.facts(sender="strangerstran", formerly=(LAPTOP,))
    path = road.write(entries(1), facts=facts, signing_key=SigningKey.generate()).path
    assert refusal(road.open, path) == "bundle_forged"


@pytest.mark.parametrize("sender", [LAPTOP, "strangerstran"])
def test_claiming_the_name_of_another_laptop_beside_its_own(road, entries, sender):
    """Otherwise a laptop that may be listened to could bring entries in the name of any other one."""
    from nacl.signing import SigningKey

    road.known["otherotherabc"] = SigningKey.generate().verify_key
    path = road.write(entries(1), facts=road.facts(sender=sender, formerly=(LAPTOP, "otherotherabc"))).path
    assert refusal(road.open, path) == "bundle_forged"


@pytest.mark.parametrize("facts", [{"sender": CENTRE, "formerly": (LAPTOP,)}, {"formerly": (CENTRE,)}])
def test_claiming_to_be_the_very_centre_it_is_for(road, entries, facts):
    path = road.write(entries(1), facts=road.facts(**facts)).path
    assert refusal(road.open, path) == "bundle_forged"


def test_sent_on_to_another_centre(road, entries):
    """A centre that received a bundle closes the same signed words for another one."""
    path = road.write(entries(1), facts=road.facts(recipient="anothercentre")).path
    assert refusal(road.open, path) == "bundle_not_for_us"


def test_closed_for_somebody_else(road, entries):
    from pyrage.x25519 import Identity

    path = road.write(entries(1), recipients=[str(Identity.generate().to_public())]).path
    assert refusal(road.open, path) == "bundle_not_for_us"
    assert refusal(road.open, path, []) == "bundle_not_for_us"


# From the future


def test_a_newer_format_is_refused_with_what_to_do(road, entries):
    inside = road.signed(change_line(entries(1)[0])).replace(b"bundle 1\n", b"bundle 2\n", 1)
    assert refusal(road.open, road.seal(inside)) == "bundle_newer"


def test_a_newer_shape_of_the_log_is_refused_with_what_to_do(road, entries):
    line = change_line(entries(1)[0])
    assert refusal(road.open, road.seal(road.signed(line, schema_no=SCHEMA + 1))) == "bundle_newer"
    newer = change_line(entries(1, schema_no=SCHEMA + 1)[0])
    assert refusal(road.open, road.seal(road.signed(newer))) == "bundle_newer"


# Blown up


def test_a_header_as_long_as_it_likes_is_not_read(road):
    first = b"resource-centre bundle 1\n"
    assert refusal(road.open, road.seal(first + b"99999999\n" + bytes(300_000))) == "bundle_too_large"
    assert refusal(road.open, road.seal(first + b"999999999999999999999\n" + bytes(300))) == "bundle_damaged"
    assert refusal(road.open, road.seal(first + b"-5\n" + bytes(300))) == "bundle_damaged"
    assert refusal(road.open, road.seal(first + b"0x20\n" + bytes(300))) == "bundle_damaged"


@pytest.mark.parametrize(
    "text", [b"[" * 100_000, b'{"a":' * 40_000, b"9" * 200_000, b"[]", b"null", b"\xff\xfe{}", b"{"]
)
def test_a_header_that_is_nonsense_is_refused(road, text):
    inside = b"resource-centre bundle 1\n%d\n" % len(text) + text + bytes(64)
    assert refusal(road.open, road.seal(inside)) == "bundle_damaged"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("id", "1"), ("id", None), ("sender", "../../etc"), ("sender", ["0123456789abc"]), ("recipient", ""),
        ("link_no", 0), ("link_no", -1), ("link_no", True), ("link_no", 1.0), ("link_no", 1 << 63), ("part", 2),
        ("parts", "1"), ("made_ms", -1), ("age_key", "siti"), ("heard", "x"), ("heard", [1]), ("heard_to", None),
        ("formerly", {"a": 1}), ("schema_no", "1"), ("program", "<b>1</b>"), ("program", "1\n2"), ("changes", -1),
        ("body_sha256", "A" * 64), ("body_length", 1e3), ("more", 1),
    ],
)  # fmt: skip
def test_a_header_of_other_kinds_of_values_is_refused(road, entries, name, value):
    first, length, rest = road.signed(change_line(entries(1)[0])).split(b"\n", 2)
    values = json.loads(rest[: int(length)]) | {name: value}
    text = bundle_header.canonical(values).encode()
    signature = road.signing_key.sign(first + b"\n" + text).signature
    inside = first + b"\n%d\n" % len(text) + text + signature + rest[int(length) + 64 :]
    assert refusal(road.open, road.seal(inside)) == "bundle_damaged"


def test_a_header_written_in_another_way_is_refused(road, entries):
    first, length, rest = road.signed(change_line(entries(1)[0])).split(b"\n", 2)
    for text in (b" " + rest[: int(length)], rest[: int(length)].replace(b'{"', b'{"link_no":8,"', 1)):
        signature = road.signing_key.sign(first + b"\n" + text).signature
        inside = first + b"\n%d\n" % len(text) + text + signature + rest[int(length) + 64 :]
        assert refusal(road.open, road.seal(inside)) == "bundle_damaged"


def test_a_file_larger_than_any_bundle_is_not_even_opened(road, small):
    path = road.stick / "huge.rcb"
    path.write_bytes(small)
    with path.open("r+b") as file:
        file.truncate(200_000_000)
    assert refusal(road.open, path) == "bundle_too_large"


def test_a_body_that_unpacks_to_more_than_it_says_is_stopped_at_once(road, monkeypatch):
    inflated, real = [], bundle_body._inflate

    def counted(*args):
        inflated.append(real(*args))
        return inflated[-1]

    monkeypatch.setattr(bundle_body, "_inflate", counted)
    inside = road.signed(b"", zlib.compress(bytes(50_000_000)), body_raw_length=1000)
    assert refusal(road.open, road.seal(inside)) == "bundle_damaged"
    assert sum(map(len, inflated)) < 100_000


def test_a_body_that_says_it_is_a_bomb_is_not_unpacked(road):
    inside = road.signed(b"", zlib.compress(b""), body_raw_length=10**12)
    assert refusal(road.open, road.seal(inside)) == "bundle_too_large"
    assert refusal(road.open, road.seal(road.signed(b"", body_length=10**12))) == "bundle_too_large"


def test_a_line_without_end_is_stopped(road):
    press = zlib.compressobj()
    body = b"".join([*(press.compress(b"x" * 1_000_000) for _ in range(110)), press.flush()])
    inside = road.signed(b"", body, body_raw_length=110_000_000, changes=1)
    assert refusal(road.open, road.seal(inside)) == "bundle_too_large"


def test_a_line_of_values_without_number_is_stopped(road):
    line = b'{"change":{"body":[' + b"[]," * 3_100_000 + b"[]]}}"
    assert refusal(road.open, road.sign([line])) == "bundle_too_large"


@pytest.mark.parametrize("line", [b'{"change":' + b"[" * 50_000, b'{"held":' + b'{"a":' * 50_000])
def test_a_line_that_goes_deeper_than_anybody_can_follow_is_refused(road, line):
    assert refusal(road.open, road.sign([line])) == "bundle_damaged"


# Signed, and still nonsense


@pytest.mark.parametrize(
    "line",
    [
        b"", b"{}", b"[]", b"null", b"Siti", b'{"change":null}', b'{"change":[]}', b'{"change":{}}', b'{"drop":[]}',
        b'{"drop":["person","1"]}', b'{"drop":["../x","0198f000-0000-7000-8000-000000000000"]}', b'{"drop":"ab"}',
        b'{"file":{"digest":"00","content":"","preview":null}}', b'{"file":[]}', b'{"held":[]}',
        b'{"held":{"a":[[2,1]]}}',
        b'{"held":{"a":[[0,1]]}}', b'{"held":{"a b":[[1,1]]}}', b'{"held":{"a":1}}', b'{"other":1}',
        b'{"held":{},"drop":[]}', b' {"held":{}}', b'{"held":{}} ', b'{"held":{}}{"held":{}}', b"\xff",
    ],
)  # fmt: skip
def test_a_line_that_is_nothing_is_refused(road, line):
    assert refusal(road.open, road.sign([line])) == "bundle_damaged"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("site", ""), ("site", None), ("site", "a" * 14), ("seq", 0), ("seq", -1), ("seq", "1"), ("seq", True),
        ("seq", 1 << 63), ("wall_ms", None), ("wall_ms", 1 << 64), ("actor", "ratna"), ("tbl", "person; --"),
        ("tbl", None), ("row_id", "1"), ("row_id", None), ("kind", "drop"), ("kind", None), ("kind", []),
        ("schema_no", "1"), ("schema_no", -1), ("digest", "x"), ("body", None), ("body", {}), ("body", ""),
        ("body", "[]"), ("body", "null"), ("body", '{"a":1}'), ("body", '{"a":[1,1]}'), ("body", '{"a":[1,"1",[]]}'),
        ("body", '{"a":[1,1,{}]}'), ("body", '{"a":[1,1,[["x"]]]}'), ("body", '{"a":[1,1,[["x",-1]]]}'),
        ("body", '{"a":["\\u0000",1,[]]}'), ("body", '{"a":["\\ud800",1,[]]}'), ("body", '{"a":["x\0",1,[]]}'),
        ("body", '{"a":[99999999999999999999,1,[]]}'), ("body", '{"a":[1e999,1,[]]}'), ("body", '{"a":[NaN,1,[]]}'),
        ("body", '{"a":[' + "[" * 25 + "]" * 25 + ",1,[]]}"), ("body", "[" * 5000), ("body", '{"a":["x",1,[]]} '),
    ],
)  # fmt: skip
def test_an_entry_that_no_table_can_hold_is_refused(road, entries, name, value):
    line = bundle_header.canonical({"change": entries(1)[0] | {name: value}}).encode()
    assert refusal(road.open, road.sign([line])) == "bundle_damaged"


def test_an_entry_with_half_a_character_in_its_line_is_refused(road, entries):
    line = json.dumps({"change": entries(1, body='{"a":["\ud800",1,[]]}')[0]}, separators=(",", ":")).encode()
    assert refusal(road.open, road.sign([line])) == "bundle_damaged"


@pytest.mark.parametrize("change", [{"more": 1}, {"body": ...}])
def test_an_entry_with_more_or_fewer_columns_is_refused(road, entries, change):
    entry = {name: value for name, value in (entries(1)[0] | change).items() if value is not ...}
    assert refusal(road.open, road.sign([bundle_header.canonical({"change": entry}).encode()])) == "bundle_damaged"


def test_a_file_under_the_name_of_another_is_refused(road):
    line = file_line((sha256(b"paper").hexdigest(), b"another paper", None)).rstrip()
    assert refusal(road.open, road.sign([line])) == "bundle_damaged"


@pytest.mark.parametrize(
    "facts", [{"changes": 3}, {"changes": 1}, {"drops": 1}, {"files": 1}, {"body_sha256": "0" * 64}]
)
def test_a_header_that_promises_something_else_is_refused(road, entries, facts):
    raw = b"".join(map(change_line, entries(2)))
    assert refusal(road.open, road.seal(road.signed(raw, **facts))) == "bundle_damaged"


@pytest.mark.parametrize("name", ["body_length", "body_raw_length"])
@pytest.mark.parametrize("more", [-1, 1])
def test_a_header_that_promises_another_length_is_refused(road, entries, name, more):
    raw = change_line(entries(1)[0])
    true = {"body_length": len(zlib.compress(raw)), "body_raw_length": len(raw)}[name]
    assert refusal(road.open, road.seal(road.signed(raw, **{name: true + more}))) == "bundle_damaged"


def test_lines_out_of_their_order_are_refused(road, entries):
    drop = b'{"drop":["person","%s"]}' % new_id().encode()
    line = change_line(entries(1)[0]).rstrip()
    assert list(road.open(road.sign([line, drop])).drops())
    assert refusal(road.open, road.sign([drop, line])) == "bundle_damaged"


def test_a_last_line_without_its_end_is_refused(road, entries):
    raw = change_line(entries(1)[0]).rstrip()
    assert refusal(road.open, road.seal(road.signed(raw, changes=0))) == "bundle_damaged"


def test_something_after_what_was_packed_is_refused(road, entries):
    raw = change_line(entries(1)[0])
    packed = zlib.compress(raw)
    assert refusal(road.open, road.seal(road.signed(raw, packed + b"more"))) == "bundle_damaged"
    assert refusal(road.open, road.seal(road.signed(raw, packed[:-3]))) == "bundle_damaged"
    assert refusal(road.open, road.seal(road.signed(raw, b"not packed"))) == "bundle_damaged"


# How it is said


@pytest.mark.parametrize(
    "code",
    [
        "not_a_bundle", "bundle_damaged", "bundle_not_for_us", "bundle_unknown_sender", "bundle_forged", "bundle_newer",
        "bundle_too_large", "not_a_key", "wrong_bundle_recovery",
    ],
)  # fmt: skip
def test_each_refusal_is_a_sentence_in_indonesian_too(code):
    english = EnvironmentFailed(code).words()
    i18n.set_language("id")
    assert EnvironmentFailed(code).words() not in (english, code)


def test_a_refusal_tells_nothing_of_what_the_bundle_holds(road, entries):
    line = change_line(entries(1, body='{"full_name":["Siti Aminah"]}')[0]).rstrip()
    with pytest.raises(EnvironmentFailed) as refused:
        road.open(road.sign([line]))
    assert "Siti" not in f"{refused.value!r} {refused.value} {refused.value.words()}"
