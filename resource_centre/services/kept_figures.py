# SPDX-License-Identifier: Apache-2.0
"""The figures of a month that was handed over: their digest, that they name nobody, and whether two are the same."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from resource_centre.errors import Bug

STAMPS: Final = frozenset({"cut_off", "version"})
"""When and with which program the figures were counted: kept and in the digest, but no figures themselves."""
QUALITY: Final = "R24"
QUALITY_INDEX: Final = "data_quality"
"""How good the data were on that day: the table, and its line of R1. They are kept as they were told then. What is
found out later about somebody makes no other report of it, nor does what another laptop knows."""
SHOWN: Final = 12
"""Characters of a digest that are printed."""

_CODE = re.compile(r"[\w.:+/?#~-]{0,64}|[\w.~-]{0,400}", re.ASCII)
"""The second: a fund as `reports.monthly.project_keys` tells it, letter by letter."""


def is_code(text: str) -> bool:
    """Whether a text may be a code, a day or a number rather than words."""
    return _CODE.fullmatch(text) is not None


def digest_of(figures: Mapping[str, Any]) -> str:
    """SHA-256 of the figures as canonical JSON: sorted keys, no blanks, UTF-8. 64 hexadecimal digits."""
    text = json.dumps(figures, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def as_kept(figures: Mapping[str, Any]) -> dict[str, Any]:
    """The figures as the log gives them back. Raises `Bug` when anything but numbers, codes and days is in them."""
    if not all(map(is_code, _texts(figures))):
        raise Bug("bug")
    kept: dict[str, Any] = json.loads(json.dumps(figures, allow_nan=False))
    return kept


def same_figures(was: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether two reports of a month say the same, whenever they were counted.

    A newer program may know tables that an older one did not: between two versions only what both have is compared.
    """
    return _same(_compared(was), _compared(now), strict=was.get("version") == now.get("version"))


def _compared(figures: Mapping[str, Any]) -> dict[str, Any]:
    """What makes a report another one."""
    told = {key: value for key, value in figures.items() if key not in STAMPS and key != QUALITY}
    if "R1" in told:
        lines = told["R1"] if isinstance(told["R1"], list) else [told["R1"]]
        told["R1"] = [one for one in lines if not (isinstance(one, Mapping) and one.get("code") == QUALITY_INDEX)]
    return told


def same_value(was: Any, now: Any) -> bool:
    """Whether two figures are the same; a mean may differ where no digit of it is ever printed."""
    return _same(was, now, strict=True)


def _same(was: Any, now: Any, *, strict: bool) -> bool:
    if isinstance(was, Mapping) and isinstance(now, Mapping):
        if strict and was.keys() != now.keys():
            return False
        return all(_same(was[key], now[key], strict=strict) for key in was.keys() & now.keys())
    if isinstance(was, list | tuple) and isinstance(now, list | tuple):
        return len(was) == len(now) and all(_same(*pair, strict=strict) for pair in zip(was, now, strict=True))
    if isinstance(was, float) or isinstance(now, float):
        both = isinstance(was, int | float) and isinstance(now, int | float)
        return both and math.isclose(was, now, rel_tol=1e-9, abs_tol=1e-9)
    return bool(was == now)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield str(key)
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
