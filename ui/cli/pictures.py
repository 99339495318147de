# SPDX-License-Identifier: Apache-2.0
"""The program's own windows for somebody who has no screen, or who wants a picture of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from resource_centre.errors import Bug

if TYPE_CHECKING:
    from db.centre import Centre
    from ui.program import Program

SIZE: Final = (1240, 720)
LOOK_MS: Final = 25
QUIET_LOOKS: Final = 8
PATIENCE_MS: Final = 30_000


def application() -> QApplication:
    """The one application of this process."""
    running = QApplication.instance() or QApplication(["resource-centre"])
    return cast("QApplication", running)


def open_program(centre: Centre, *, language: str, settings: Path) -> Program:
    """The program with this centre open and nothing asked; closing the program closes the centre.

    `settings` is a file for what the program remembers, so that the person's own settings stay as they are.
    """
    from ui.kit.preferences import Preferences
    from ui.program import Program

    preferences = Preferences(QSettings(str(settings), QSettings.Format.IniFormat))
    preferences.language = language
    preferences.centre = centre.folder
    with centre.read() as session:
        from resource_centre.services.accounts import own_account

        preferences.login = own_account(session).login
    program = Program(application(), preferences, centre.folder)
    program.window.resize(*SIZE)
    program.window.show()
    program.enter(centre)
    return program


def stay(program: Program) -> int:
    """Until the person closes the window; the exit code of Qt's loop."""
    code = application().exec()
    program.worker.close()
    return code


def save_pictures(
    centre: Centre, *, language: str, folder: Path, pages: dict[str, object], settings: Path
) -> list[Path]:
    """One picture of each of these pages (key of the page, what it opens), named after it."""
    program = open_program(centre, language=language, settings=settings)
    settle(program)
    files = []
    for key, subject in pages.items():
        _show(program, key, subject)
        file = folder / f"window-{key}.png"
        if not program.window.grab().save(str(file)):
            raise Bug("bug")
        files.append(file)
    put_away(program)
    return files


def picture_of_program(centre: Centre, *, language: str, settings: Path) -> bool:
    """Whether the program's home page is drawn, with more than one colour in it."""
    program = open_program(centre, language=language, settings=settings)
    settle(program)
    image = program.window.grab().toImage()
    colours = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
    put_away(program)
    return program.open is not None and len(colours) > 2


def settle(program: Program) -> None:
    """Let the window work until the database has nothing to do any more."""
    loop, timer = QEventLoop(), QTimer()
    quiet = 0

    def look() -> None:
        nonlocal quiet
        quiet = quiet + 1 if program.worker.is_idle() else 0
        if quiet >= QUIET_LOOKS:
            loop.quit()

    timer.timeout.connect(look)
    timer.start(LOOK_MS)
    QTimer.singleShot(PATIENCE_MS, loop, loop.quit)
    loop.exec()
    timer.stop()


def put_away(program: Program) -> None:
    """Hide the window, close the centre, and end the worker."""
    program.window.hide()
    program.window.deleteLater()
    program.worker.close()


def _show(program: Program, key: str, subject: object) -> None:
    if program.open is None or program.open.shell is None:
        raise Bug("bug")
    program.open.shell.go(key, subject)
    settle(program)
