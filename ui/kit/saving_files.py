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
from ui.kit.messages import ask

LONGEST: Final = 80
"""Characters of a suggested name: what is easily read, and far from what a disk refuses."""

_NO_FILE = re.compile(r"[^\w .()-]+")


def ask_where(parent: QWidget, title: str, name: str, kinds: str, ending: str = "") -> Path | None:
    """Where to save, None when one changed one's mind; what is chosen gets the ending of the suggested `name`.

    `ending` says which that is where it has several points, such as ``.hxl.csv``.

    A name may come out of a form, and forms come from anybody: what could lead to another folder is left out.
    """
    ending = ending or Path(name).suffix
    suggested = file_name(f"{name.removesuffix(ending)}.x").removesuffix(".x") + ending
    path, _filter = QFileDialog.getSaveFileName(parent, title, str(Path.home() / suggested), kinds)
    if not path:
        return None
    chosen = Path(path)
    if chosen.name.lower().endswith(ending):
        return chosen
    ended = chosen.with_name(f"{chosen.name}{ending}")
    # The system has asked about the name as it was typed.
    question = _("There is a file {file} already. Replace it?").format(file=ended.name)
    if ended.exists() and not ask(parent, question, _("Replace it"), _("Keep it"), danger=True):
        return None
    return ended


def file_name(name: str) -> str:
    """A name that every system takes for a file in the folder one is in."""
    stem, ending = Path(name.replace("/", "_").replace("\\", "_")).stem, Path(name).suffix
    return (_NO_FILE.sub("_", stem).strip("._ ")[:LONGEST] or "_") + ending


def save_whole(
    desk: Desk,
    path: Path,
    content: bytes,
    saved: Callable[[], object] | None = None,
    owner: QWidget | None = None,
    failed: Callable[[Exception], object] | None = None,
) -> None:
    """Write on the worker's thread, say where the file is, then call `saved`; `failed` is called when it was not.

    A disk that is full or not to be written on is told in words; an older file of that name stays then.
    """

    def written(_path: Path) -> None:
        tell_saved(desk, _("Saved as {file}.").format(file=path.name), path.parent)
        if saved is not None:
            saved()

    def not_written(error: Exception) -> None:
        desk.messages.show_error(error)
        if failed is not None:
            failed(error)

    desk.worker.run(lambda: _write(path, content), written, not_written, owner=owner)


def tell_saved(desk: Desk, words: str, folder: Path) -> None:
    """Say what was saved, and offer to open the folder it lies in."""
    where = QUrl.fromLocalFile(str(folder))
    desk.messages.tell(words, "good", (_("Open the folder"), lambda: QDesktopServices.openUrl(where)))


def _write(path: Path, content: bytes) -> Path:
    from reports.kit.files import write_whole

    return write_whole(path, content)
