# SPDX-License-Identifier: Apache-2.0
"""The lines of a bundle's body. Each is JSON and one thing of one kind; kinds keep their order.

    {"change": {column: value, ...}}                an entry of the log
    {"drop": [table, record]}                       a record to be given back
    {"file": {"content": ..., "digest": ..., "preview": ...}}    an attached file, base64
    {"held": {site: [[first, last], ...]}}          entries the sender holds

A line that is read is checked down to its last value: what a database cannot hold goes no further.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from db.exchange.bundle_header import is_digest, is_id, is_number, is_site
from resource_centre.errors import EnvironmentFailed
from resource_centre.exchange.dots import Dots
from resource_centre.log.shape import canonical
from resource_centre.records.change import ERASE, PUT, SCHEMA
from resource_centre.services.rules import rule

Entry = dict[str, Any]
Row = tuple[str, str]
File = tuple[str, bytes, bytes | None]

CHANGE: Final = "change"
DROP: Final = "drop"
FILE: Final = "file"
HELD: Final = "held"
ORDER: Final = {CHANGE: 0, DROP: 1, FILE: 2, HELD: 3}
MEGABYTE: Final = 1_000_000
_BEGINS: Final = {kind: b'{"%s":' % kind.encode() for kind in ORDER}
_DECODER: Final = json.JSONDecoder()
_RUNS_A_LINE: Final = 1000
_COLUMNS: Final = (
    "actor", "body", "digest", "kind", "row_id", "schema_no", "seq", "site", "tbl", "wall_ms",
)  # fmt: skip
"""What of a `Change` travels; it belongs to the format and does not follow the table."""
_NAMES: Final = frozenset(_COLUMNS)
_TABLE: Final = re.compile(r"[a-z][a-z0-9_]{0,62}")
_LARGEST: Final = (1 << 63) - 1
_DEEPEST: Final = 20
_NO_TEXT: Final = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
"""What JSON can write and a database cannot keep: the character nought, halves of characters."""


def change_line(change: Entry) -> bytes:
    """An entry of the log, as column values of `Change`."""
    return _line(CHANGE, {name: change[name] for name in _COLUMNS})


def drop_line(row: Row) -> bytes:
    """A record to be given back."""
    return _line(DROP, list(row))


def file_line(file: File) -> bytes:
    """An attached file: digest, content, small picture."""
    digest, content, preview = file
    return _line(FILE, {"digest": digest, "content": _text(content), "preview": _text(preview)})


def held_lines(held: Dots) -> Iterator[bytes]:
    """The entries the sender holds, a thousand runs a line."""
    return (_line(HELD, some.to_json()) for some in _some_at_a_time(held))


def read_line(line: bytes) -> tuple[str, Any]:
    """Kind and value of a line: a `Change` as a dictionary, a row, a file or a set of entries."""
    try:
        bound(line)
        kind = kind_of(line)
        ((_same, value),) = _parsed(line.decode()).items()
        return kind, _READERS[kind](value)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise EnvironmentFailed("bundle_damaged") from error


def bound(line: bytes) -> None:
    """EnvironmentFailed `bundle_too_large` for a line that would take too much memory to read."""
    if len(line) <= MEGABYTE:
        return
    # Each value between commas becomes an object, many times as long as `[],`.
    too_long = len(line) > int(rule("bundle_line_megabytes")) * MEGABYTE
    if too_long or line.count(b",") > int(rule("bundle_line_values")):
        raise EnvironmentFailed("bundle_too_large")


def read_again(kind: str, line: bytes) -> Any:
    """The value of a line that `read_line` has read before: nothing is checked a second time."""
    value = _parsed(line.decode())[kind]
    if kind != FILE:
        return value
    preview = value["preview"]
    return value["digest"], _content(value["content"]), None if preview is None else _content(preview)


def _parsed(text: str) -> Any:
    """What a text of JSON says, without blanks around it."""
    value, end = _DECODER.raw_decode(text)
    if end != len(text):
        raise ValueError("more than one value")
    return value


def kind_of(line: bytes) -> str:
    """Which kind of line this is, by how it begins; ValueError when by that it is none."""
    for kind, begin in _BEGINS.items():
        if line.startswith(begin):
            return kind
    raise ValueError("no kind of line")


def _line(kind: str, value: Any) -> bytes:
    line = canonical({kind: value}).encode()
    bound(line)
    return line + b"\n"


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


def _change(value: Any) -> Entry:
    if value.keys() != _NAMES or not _is_named(value) or not _is_said(value):
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
    """``{field: [value, revision, [[site, seq], ...]]}`` as text that a database can keep.

    A mark as not valid names in a fourth place what else its author saw.
    """
    if not _can_be_kept(text):
        return False
    for said in _parsed(text).values():
        # Written out: there are ten of them in every entry.
        if (
            type(said) is not list
            or (len(said) != 3 and not _is_mark(said))
            or type(said[2]) is not list
            or not is_number(said[1])
        ):
            return False
        if not (said[0] is None or type(said[0]) is str or _is_value(said[0])):
            return False
        if said[2] and not all(map(_is_dot, said[2])):
            return False
    return True


def _is_value(value: Any, depth: int = 0) -> bool:
    """Whether a database can hold this: numbers of 64 bits, lists within lists only so deep."""
    if isinstance(value, int):
        return -_LARGEST <= value <= _LARGEST
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, list | dict):
        inner = value.values() if isinstance(value, dict) else value
        return depth < _DEEPEST and all(_is_value(one, depth + 1) for one in inner)
    return True


def _is_mark(said: list[Any]) -> bool:
    return len(said) == 4 and said[0] is True and type(said[3]) is list and all(map(_is_dot, said[3]))


def _is_dot(dot: Any) -> bool:
    return type(dot) is list and len(dot) == 2 and is_site(dot[0]) and is_number(dot[1])


def _can_be_kept(text: str) -> bool:
    text.encode()
    if "\0" in text:
        return False
    if "\\u" not in text or not _NO_TEXT.search(text):
        return True
    # Escaped halves may still be two of one character; what comes out must be a text.
    plain = canonical(_parsed(text))
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
