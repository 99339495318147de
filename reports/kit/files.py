# SPDX-License-Identifier: Apache-2.0
"""A paper is there whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from resource_centre.errors import EnvironmentFailed

_CODES = {errno.ENOSPC: "disk_full", errno.EDQUOT: "disk_full", errno.EROFS: "read_only"}


def write_whole(path: Path, content: bytes) -> Path:
    """Write under another name, then rename; an older file of that name stays untouched until the new one is safe.

    Raises `EnvironmentFailed` (disk_full, read_only, cannot_write); nothing is left behind then.
    """
    partial = path.with_name(f".{path.name}.part")
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True) if partial.parent.is_dir() else None
        raise EnvironmentFailed(_CODES.get(error.errno or 0, "cannot_write")) from error
    return path
