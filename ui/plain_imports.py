# SPDX-License-Identifier: Apache-2.0
"""Imports as Python does them.

PySide puts itself before `import` and reads the source of each module that comes after it, looking for the word
`PySide6`: that is for ``from __feature__ import snake_case``, which nothing here uses. With SQLAlchemy to come it is
20 MiB of sources kept in memory and a tenth of the time of loading.
"""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401 - puts its own function in place


def import_plainly() -> None:
    """Give `import` back to Python; nothing happens where a PySide leaves it alone."""
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
