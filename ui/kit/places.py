# SPDX-License-Identifier: Apache-2.0
"""The villages for the picker: read from disk once, beside the window's thread, and asked from it as one types."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from resource_centre.places import Gazetteer, Place


def _load() -> Gazetteer:
    from resource_centre.places import gazetteer

    found = gazetteer()
    found.find("a", limit=1)  # builds what searching needs, still beside the window's thread
    return found


class Places(QObject):
    """`ready` once the gazetteer is there; before that `gazetteer` is None and pickers wait for the signal."""

    ready = Signal()
    _loaded = Signal(object)

    def __init__(self, parent: QObject | None = None, load: Callable[[], Gazetteer] = _load) -> None:
        super().__init__(parent)
        self._load = load
        self._started = False
        self.gazetteer: Gazetteer | None = None
        self.near = ""
        """Code of the place whose villages are proposed first: the centre's own regency."""
        self._loaded.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def wanted(self) -> None:
        """Begin reading, if nobody has asked yet."""
        if not self._started:
            self._started = True
            threading.Thread(target=self._read, name="places", daemon=True).start()

    def find(self, text: str, levels: tuple[str, ...], limit: int) -> list[Place]:
        """Places for what is typed so far; villages alone unless `levels` names others, which then come first."""
        if self.gazetteer is None:
            return []
        found = [place for place in self._upper_places(text) if place.level in levels][:limit] if levels else []
        if not levels or "village" in levels:
            found += self._villages(text, limit - len(found))
        return found

    def full_name(self, code: str) -> str:
        """The place in words, or its code while the list is not there yet."""
        return self.gazetteer.full_name(code) if self.gazetteer is not None else code

    def _villages(self, text: str, limit: int) -> list[Place]:
        """Villages near the centre first."""
        assert self.gazetteer is not None
        if limit <= 0:
            return []
        near = self.gazetteer.find(text, limit=limit, within=self.near) if self.near else []
        known = {place.code for place in near}
        rest = self.gazetteer.find(text, limit=limit) if len(near) < limit else []
        return [*near, *(place for place in rest if place.code not in known)][:limit]

    def _upper_places(self, text: str) -> Iterator[Place]:
        """Regencies and districts of which every typed word begins a word, the larger ones first."""
        assert self.gazetteer is not None
        words = text.casefold().split()
        for code, name in self.gazetteer.upper_places():
            parts = name.casefold().split()
            if words and all(any(part.startswith(word) for part in parts) for word in words):
                place = self.gazetteer.place(code)
                if place is not None:
                    yield place

    def _read(self) -> None:
        found = self._load()
        try:
            self._loaded.emit(found)
        except RuntimeError:
            return  # the window was closed meanwhile

    def _take(self, found: Gazetteer) -> None:
        self.gazetteer = found
        self.ready.emit()
