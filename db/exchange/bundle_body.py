# SPDX-License-Identifier: Apache-2.0
"""The body of a bundle: lines of JSON, packed by zlib. Each line is one thing of one kind, and kinds keep their order.

    {"change": {column: value, ...}}                an entry of the log
    {"drop": [table, record]}                       a record to be given back
    {"file": {"content": ..., "digest": ..., "preview": ...}}    an attached file, base64
    {"held": {site: [[first, last], ...]}}          entries the sender holds

Packing and unpacking go in pieces: neither the lines nor the unpacked text are ever there as a whole.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from db.exchange.bundle_header import is_digest, is_id, is_number, is_site
from resource_centre.errors import EnvironmentFailed, Refused
from resource_centre.exchange.dots import Dots
from resource_centre.log.shape import canonical
from resource_centre.records.base import table_of
from resource_centre.records.change import ERASE, PUT, SCHEMA, Change
from resource_centre.services.rules import rule

Entry = dict[str, Any]
Row = tuple[str, str]
File = tuple[str, bytes, bytes | None]
Told = Callable[[int], None]

CHANGE: Final = "change"
DROP: Final = "drop"
FILE: Final = "file"
HELD: Final = "held"
ORDER: Final = {CHANGE: 0, DROP: 1, FILE: 2, HELD: 3}
_BEGINS: Final = {kind: b'{"%s":' % kind.encode() for kind in ORDER}
MEGABYTE: Final = 1_000_000
_PIECE: Final = 1 << 16
_TELL_EVERY: Final = 500
_RUNS_A_LINE: Final = 1000


@dataclass
class Packed:
    """A body ready to be closed: its pieces, lengths, digest of the packed form, and how many lines of each kind."""

    pieces: list[bytes] = field(default_factory=list)
    length: int = 0
    raw_length: int = 0
    sha256: str = ""
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ORDER, 0))


def pack(
    changes: Iterable[Entry],
    drops: Iterable[Row],
    files: Iterable[File],
    held: Dots,
    *,
    told: Told | None = None,
    stop: Callable[[], bool] | None = None,
) -> Packed:
    """The body of these. `told` hears how many changes are packed, `stop` is asked whether to go on.

    Raises EnvironmentFailed `bundle_too_large` beyond `bundle_megabytes` of the rules, Refused `stopped`.
    """
    packed, press, digest = Packed(), zlib.compressobj(), hashlib.sha256()
    most = int(rule("bundle_megabytes")) * MEGABYTE

    def keep(piece: bytes) -> None:
        if piece:
            packed.pieces.append(piece)
            packed.length += len(piece)
            digest.update(piece)
        if packed.length > most:
            raise EnvironmentFailed("bundle_too_large")

    for kind, line in _lines_of(changes, drops, files, held):
        packed.counts[kind] += 1
        packed.raw_length += len(line)
        keep(press.compress(line))
        _listen(packed.counts, kind, told, stop)
    keep(press.flush())
    if told is not None:
        told(packed.counts[CHANGE])
    packed.sha256 = digest.hexdigest()
    return packed


def _listen(counts: dict[str, int], kind: str, told: Told | None, stop: Callable[[], bool] | None) -> None:
    if counts[kind] % _TELL_EVERY and kind != FILE:
        return
    if stop is not None and stop():
        raise Refused("stopped")
    if told is not None:
        told(counts[CHANGE])


def _lines_of(
    changes: Iterable[Entry], drops: Iterable[Row], files: Iterable[File], held: Dots
) -> Iterator[tuple[str, bytes]]:
    for change in changes:
        yield CHANGE, _line(CHANGE, change)
    for tbl, row_id in drops:
        yield DROP, _line(DROP, [tbl, row_id])
    for digest, content, preview in files:
        yield FILE, _line(FILE, {"digest": digest, "content": _text(content), "preview": _text(preview)})
    for some in _some_at_a_time(held):
        yield HELD, _line(HELD, some.to_json())


def _line(kind: str, value: Any) -> bytes:
    return canonical({kind: value}).encode() + b"\n"


def _text(content: bytes | None) -> str | None:
    return None if content is None else base64.b64encode(content).decode()


def _some_at_a_time(held: Dots) -> Iterator[Dots]:
    some: dict[str, list[tuple[int, int]]] = {}
    for count, (site, first, last) in enumerate(held.runs(), start=1):
        some.setdefault(site, []).append((first, last))
        if count % _RUNS_A_LINE == 0:
            yield Dots(some)
            some = {}
    if some:
        yield Dots(some)


def unpacked(body: memoryview, raw_length: int) -> Iterator[bytes]:
    """The lines of a body, without their ends. EnvironmentFailed as soon as it is not what was promised."""
    longest = int(rule("bundle_line_megabytes")) * MEGABYTE
    begun = bytearray()
    for piece in _inflated(body, raw_length):
        first, *others = piece.split(b"\n")
        begun += first
        if len(begun) > longest:
            raise EnvironmentFailed("bundle_too_large")
        if others:
            yield bytes(begun)
            yield from others[:-1]
            begun = bytearray(others[-1])
    if begun:
        raise EnvironmentFailed("bundle_damaged")


def _inflated(body: memoryview, raw_length: int) -> Iterator[bytes]:
    inflate, left = zlib.decompressobj(), raw_length
    for start in range(0, len(body), _PIECE):
        packed: bytes | memoryview = body[start : start + _PIECE]
        while packed:
            piece = _inflate(inflate, packed)
            left -= len(piece)
            if left < 0 or inflate.unused_data:
                raise EnvironmentFailed("bundle_damaged")
            yield piece
            packed = inflate.unconsumed_tail
    if left or not inflate.eof:
        raise EnvironmentFailed("bundle_damaged")


def _inflate(inflate: Any, packed: bytes | memoryview) -> bytes:
    try:
        return bytes(inflate.decompress(packed, _PIECE))
    except zlib.error as error:
        raise EnvironmentFailed("bundle_damaged") from error


@dataclass
class Checked:
    """What a body holds, every line of it read and found to be of its kind."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ORDER, 0))
    drops: list[Row] = field(default_factory=list)
    held: Dots = field(default_factory=Dots)


def check(body: memoryview, raw_length: int) -> Checked:
    """Read the whole body once. EnvironmentFailed `bundle_damaged`, `bundle_newer` or `bundle_too_large`."""
    checked = Checked()
    at, held = 0, []
    for line in unpacked(body, raw_length):
        kind, value = read_line(line)
        if ORDER[kind] < at:
            raise EnvironmentFailed("bundle_damaged")
        at = ORDER[kind]
        checked.counts[kind] += 1
        if kind == DROP:
            checked.drops.append(value)
        elif kind == HELD:
            held.append(value)
    checked.held = _together(held)
    return checked


def read_line(line: bytes) -> tuple[str, Any]:
    """Kind and value of a line: a `Change` as a dictionary, a row, a file or a set of entries."""
    try:
        if len(line) > _LONGEST_BUT_FILES and line.count(b",") > _COMMAS_OF_A_FILE:
            raise EnvironmentFailed("bundle_too_large")  # before it is made into objects without number
        kind = kind_of(line)
        ((_same, value),) = json.loads(line).items()
        return kind, _READERS[kind](value)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise EnvironmentFailed("bundle_damaged") from error


def read_again(kind: str, line: bytes) -> Any:
    """The value of a line that `read_line` has read before: nothing is checked a second time."""
    value = json.loads(line)[kind]
    if kind != FILE:
        return value
    preview = value["preview"]
    return value["digest"], _content(value["content"]), None if preview is None else _content(preview)


def kind_of(line: bytes) -> str:
    """Which kind of line this is, by how it begins; ValueError when by that it is none."""
    for kind, begin in _BEGINS.items():
        if line.startswith(begin):
            return kind
    raise ValueError("no kind of line")


def sha256_of(body: memoryview) -> str:
    """The digest of a packed body."""
    return hashlib.sha256(body).hexdigest()


def _together(held: list[Dots]) -> Dots:
    runs: dict[str, list[tuple[int, int]]] = {}
    for some in held:
        for site, first, last in some.runs():
            runs.setdefault(site, []).append((first, last))
    return Dots(runs)


_LONGEST_BUT_FILES: Final = 4 * MEGABYTE
_COMMAS_OF_A_FILE: Final = 3
_COLUMNS: Final = frozenset(column.name for column in table_of(Change).columns)
_TABLE: Final = re.compile(r"[a-z][a-z0-9_]{0,62}")
_NO_TEXT: Final = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
"""What JSON can write and a database cannot keep: the character nought, halves of characters."""


def _change(value: Any) -> Entry:
    if value.keys() != _COLUMNS or not _is_named(value) or not _is_said(value):
        raise ValueError("not an entry of the log")
    if value["schema_no"] > SCHEMA:
        raise EnvironmentFailed("bundle_newer")
    return dict(value)


def _is_named(value: Any) -> bool:
    return (
        is_site(value["site"])
        and is_number(value["seq"])
        and value["seq"] > 0
        and is_id(value["row_id"])
        and _TABLE.fullmatch(value["tbl"]) is not None
        and is_digest(value["digest"])
    )


def _is_said(value: Any) -> bool:
    return (
        is_number(value["wall_ms"])
        and (value["actor"] is None or is_id(value["actor"]))
        and value["kind"] in (PUT, ERASE)
        and is_number(value["schema_no"])
        and _is_body(value["body"])
    )


def _is_body(text: Any) -> bool:
    """``{field: [value, revision, [[site, seq], ...]]}`` as text that a database can keep."""
    if not _can_be_kept(text):
        return False
    return all(map(_is_field, json.loads(text).values()))


def _is_field(said: Any) -> bool:
    if type(said) is not list or len(said) != 3:
        return False
    _value, revision, seen = said
    return is_number(revision) and type(seen) is list and all(map(_is_dot, seen))


def _is_dot(dot: Any) -> bool:
    return type(dot) is list and len(dot) == 2 and is_site(dot[0]) and is_number(dot[1])


def _can_be_kept(text: str) -> bool:
    text.encode()
    if "\0" in text:
        return False
    if "\\u" not in text or not _NO_TEXT.search(text):
        return True
    # Escaped halves may still be two of one character; what comes out must be a text.
    plain = canonical(json.loads(text))
    plain.encode()
    return "\\u0000" not in plain


def _row(value: Any) -> Row:
    tbl, row_id = value
    if type(value) is not list or not is_id(row_id) or _TABLE.fullmatch(tbl) is None:
        raise ValueError("not a record")
    return tbl, row_id


def _file(value: Any) -> File:
    if value.keys() != {"digest", "content", "preview"} or not is_digest(value["digest"]):
        raise ValueError("not a file")
    content = _content(value["content"])
    if hashlib.sha256(content).hexdigest() != value["digest"]:
        raise ValueError("not the file of this digest")
    return value["digest"], content, None if value["preview"] is None else _content(value["preview"])


def _content(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _held(value: Any) -> Dots:
    if not all(map(is_site, value)):
        raise ValueError("not entries of sites")
    return Dots.from_json(value)


_READERS: Final[dict[str, Callable[[Any], Any]]] = {CHANGE: _change, DROP: _row, FILE: _file, HELD: _held}
