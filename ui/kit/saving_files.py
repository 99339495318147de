# SPDX-License-Identifier: Apache-2.0
"""A file saved outside the centre: asked where, written whole or not at all, its folder offered."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk

LONGEST: Final = 80
"""Characters of a suggested name: what is easily read, and far from what a disk refuses."""

_NO_FILE = re.compile(r"[^\w .()-]+")


def ask_where(parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
    """Where to save, None when one changed one's mind; what is chosen gets the ending of the suggested `name`.

    A name may come out of a form, and forms come from anybody: what could lead to another folder is left out.
    """
    path, _filter = QFileDialog.getSaveFileName(parent, title, str(Path.home() / file_name(name)), kinds)
    if not path:
        return None
    chosen, ending = Path(path), Path(name).suffix
    return chosen if chosen.suffix.lower() == ending else chosen.with_name(f"{chosen.name}{ending}")


def file_name(name: str) -> str:
    """A name that every system takes for a file in the folder one is in."""
    stem, ending = Path(name.replace("/", "_").replace("\\", "_")).stem, Path(name).suffix
    return (_NO_FILE.sub("_", stem).strip("._ ")[:LONGEST] or "_") + ending


def save_whole(
    desk: Desk, path: Path, content: bytes, saved: Callable[[], object] | None = None, owner: QWidget | None = None
) -> None:
    """Write on the worker's thread, say where the file is, then call `saved`.

    A disk that is full or not to be written on is told in words; an older file of that name stays then.
    """

    def written(_path: Path) -> None:
        folder = QUrl.fromLocalFile(str(path.parent))
        words = _("Saved as {file}.").format(file=path.name)
        desk.messages.tell(words, "good", (_("Open the folder"), lambda: QDesktopServices.openUrl(folder)))
        if saved is not None:
            saved()

    desk.worker.run(lambda: _write(path, content), written, owner=owner)


def _write(path: Path, content: bytes) -> Path:
    from reports.kit.files import write_whole

    return write_whole(path, content)
