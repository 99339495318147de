# SPDX-License-Identifier: Apache-2.0
"""A paper is there whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from pathlib import Path

from resource_centre.errors import EnvironmentFailed

_CODES = {errno.ENOSPC: "disk_full", errno.EDQUOT: "disk_full", errno.EROFS: "read_only"}


def write_whole(path: Path, content: bytes) -> Path:
    """Write under another name, then rename; an older file of that name stays untouched until the new one is safe.

    Raises `EnvironmentFailed` (disk_full, read_only, cannot_write); nothing is left behind then.
    """
    write_together({path: content})
    return path


def write_together(contents: Mapping[Path, bytes]) -> None:
    """Write several files as `write_whole` does one: older ones stay until all new ones are safe on the disk."""
    partials = {path: path.with_name(f".{place}{path.name[:40]}.part") for place, path in enumerate(contents)}
    try:
        if any(path.is_dir() for path in contents):
            raise IsADirectoryError(errno.EISDIR, "a folder has this name")
        for path, content in contents.items():
            _write(partials[path], content)
        for path, partial in partials.items():
            partial.replace(path)
    except OSError as error:
        for partial in partials.values():
            _forget(partial)
        raise EnvironmentFailed(_CODES.get(error.errno or 0, "cannot_write")) from error


def _write(partial: Path, content: bytes) -> None:
    with partial.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _forget(partial: Path) -> None:
    try:
        partial.unlink(missing_ok=True)
    except OSError:  # its folder is none, or cannot be written: then there is no partial file either
        return
