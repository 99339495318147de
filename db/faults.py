# SPDX-License-Identifier: Apache-2.0
"""What drivers and the operating system report, as one of our three families of error.

Told apart by result code, never by text: SQLite's primary and extended codes (sqlite.org/rescode.html), PostgreSQL's
SQLSTATE (appendix A of its manual), the operating system's errno.
"""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from resource_centre.errors import Bug, CentreError, EnvironmentFailed

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.engine import ExceptionContext

_SQLITE_PRIMARY = {
    3: "read_only",  # PERM
    5: "locked",  # BUSY
    6: "locked",  # LOCKED
    8: "read_only",  # READONLY
    10: "io",  # IOERR
    11: "damaged",  # CORRUPT
    13: "disk_full",  # FULL
    14: "file_unreadable",  # CANTOPEN
    26: "damaged",  # NOTADB; a wrong key is noticed before, by its slot
}
_SQLITE_EXTENDED = {
    522: "damaged",  # IOERR_SHORT_READ
    1032: "file_missing",  # READONLY_DBMOVED
    8458: "damaged",  # IOERR_DATA, a page that does not agree with its checksum
}
_SQLSTATE = {
    "25006": "read_only",
    "28000": "wrong_passphrase",
    "28P01": "wrong_passphrase",
    "3D000": "not_a_centre",
    "40001": "locked",
    "40P01": "locked",
    "53100": "disk_full",
    "55P03": "locked",
    "57014": "locked",
    "58030": "io",
    "XX001": "damaged",
    "XX002": "damaged",
}
_SQLSTATE_CLASS = {"08": "no_server", "57": "no_server", "53": "no_server"}
_ERRNO = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EROFS: "read_only",
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
    errno.ENOENT: "file_missing",
    errno.ENOTDIR: "file_missing",
    errno.EAGAIN: "locked",
    errno.EBUSY: "locked",
    errno.ETXTBSY: "locked",
}


def as_environment(error: OSError) -> EnvironmentFailed:
    """What the operating system said about a file."""
    return EnvironmentFailed(_ERRNO.get(error.errno or 0, "io"))


def environment_code(error: BaseException) -> str | None:
    """The code of the environment's failure behind a driver's error; None when it is none we know."""
    result = getattr(error, "sqlite_errorcode", None)
    if result is not None:
        return _SQLITE_EXTENDED.get(result) or _SQLITE_PRIMARY.get(result & 0xFF)
    if hasattr(error, "sqlstate"):
        return _server_code(error)
    return None


def in_words(error: BaseException) -> CentreError:
    """Any error as one of the three families; what nobody planned for is our bug."""
    if isinstance(error, CentreError):
        return error
    if isinstance(error, OSError):
        return as_environment(error)
    code = environment_code(getattr(error, "orig", None) or error)
    return EnvironmentFailed(code) if code else Bug("bug")


def listen(engine: Engine) -> None:
    """Let an engine raise EnvironmentFailed instead of the driver's error where we know the cause."""
    from sqlalchemy import event

    event.listen(engine, "handle_error", _on_error)


def _on_error(context: ExceptionContext) -> EnvironmentFailed | None:
    code = environment_code(context.original_exception)
    return EnvironmentFailed(code) if code else None


def _server_code(error: BaseException) -> str | None:
    """PostgreSQL's own word; a psycopg OperationalError without one never reached a server."""
    state = getattr(error, "sqlstate", None)
    if state:
        return _SQLSTATE.get(state) or _SQLSTATE_CLASS.get(state[:2])
    return "no_server" if type(error).__name__ in {"OperationalError", "ConnectionTimeout"} else None
