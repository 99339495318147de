# SPDX-License-Identifier: Apache-2.0
"""A file saved outside the centre: asked where, written whole or not at all, its folder offered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from resource_centre.i18n import _
from ui.kit.desk import Desk


def ask_where(parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
    """Where to save, None when one changed one's mind; what is chosen gets the ending of the suggested `name`."""
    path, _filter = QFileDialog.getSaveFileName(parent, title, str(Path.home() / name), kinds)
    if not path:
        return None
    chosen, ending = Path(path), Path(name).suffix
    return chosen if chosen.suffix.lower() == ending else chosen.with_name(f"{chosen.name}{ending}")


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
