# SPDX-License-Identifier: Apache-2.0
"""What this computer remembers between starts: language, theme, last centre, last sign-in name; nothing of clients."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from resource_centre.i18n import DEFAULT_LANGUAGE, LANGUAGES

LOCK_AFTER_MINUTES = 10


class Preferences:
    """Typed reading and writing of the settings; give a `QSettings` of your own in tests."""

    def __init__(self, settings: QSettings | None = None) -> None:
        self._settings = settings or QSettings("Resource Centre", "resource-centre")

    def _text(self, key: str, default: str = "") -> str:
        return str(self._settings.value(key, default) or default)

    @property
    def language(self) -> str:
        """The screen's language."""
        found = self._text("language", DEFAULT_LANGUAGE)
        return found if found in LANGUAGES else DEFAULT_LANGUAGE

    @language.setter
    def language(self, code: str) -> None:
        self._settings.setValue("language", code)

    @property
    def theme(self) -> str:
        """system, light or dark."""
        return self._text("theme", "system")

    @theme.setter
    def theme(self, choice: str) -> None:
        self._settings.setValue("theme", choice)

    @property
    def centre(self) -> Path | None:
        """The folder of the centre opened last."""
        found = self._text("centre")
        return Path(found) if found else None

    @centre.setter
    def centre(self, folder: Path) -> None:
        self._settings.setValue("centre", str(folder))

    @property
    def login(self) -> str:
        """The sign-in name used last."""
        return self._text("login")

    @login.setter
    def login(self, login: str) -> None:
        self._settings.setValue("login", login)

    @property
    def exchange_folder(self) -> Path | None:
        """Where bundles were written last: the stick."""
        found = self._text("exchange_folder")
        return Path(found) if found else None

    @exchange_folder.setter
    def exchange_folder(self, folder: Path) -> None:
        self._settings.setValue("exchange_folder", str(folder))

    @property
    def questionnaire_way(self) -> str:
        """How questionnaires are shown: pages, all or aloud."""
        return self._text("questionnaire_way", "pages")

    @questionnaire_way.setter
    def questionnaire_way(self, way: str) -> None:
        self._settings.setValue("questionnaire_way", way)

    @property
    def geometry(self) -> bytes:
        """Where and how large the window was, as Qt writes it; empty at the first start."""
        found = self._settings.value("geometry", b"")
        return bytes(found.data()) if isinstance(found, QByteArray) else b""

    @geometry.setter
    def geometry(self, saved: bytes) -> None:
        self._settings.setValue("geometry", QByteArray(saved))

    @property
    def lock_after(self) -> int:
        """Minutes without a key or click until everything is hidden; 0 is never."""
        try:
            return max(0, int(self._text("lock_after", str(LOCK_AFTER_MINUTES))))
        except ValueError:
            return LOCK_AFTER_MINUTES

    @lock_after.setter
    def lock_after(self, minutes: int) -> None:
        self._settings.setValue("lock_after", str(minutes))
