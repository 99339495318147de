# SPDX-License-Identifier: Apache-2.0
"""The window program from first paint to last: everything is wired here by hand, nothing is reached from afar."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from resource_centre.i18n import _, set_language
from ui.folders import default_centre, is_free, looks_like_a_centre
from ui.kit.messages import Messages, ask, catch_bugs, words_for
from ui.kit.preferences import Preferences
from ui.kit.theme import LIGHT, Theme
from ui.kit.worker import Worker
from ui.shell_window import Window
from ui.unlock import UnlockPage


def run(
    centre: Path | None = None,
    *,
    quit_when_painted: bool = False,
    watch: Callable[[Program], None] | None = None,
) -> int:
    """Make the application, paint, and stay until the window is closed; the exit code of Qt's loop."""
    # Fusion is asked for as an argument because `setStyle` returns the style, for which PySide builds a large class.
    app = QApplication.instance() or QApplication(["resource-centre", "-style", "Fusion"])
    assert isinstance(app, QApplication)
    app.setApplicationName("resource-centre")
    app.setDesktopFileName("resource-centre")
    program = Program(app, Preferences(), centre)
    if quit_when_painted:
        program.window.painted.connect(app.quit)
    if watch is not None:
        watch(program)
    program.start()
    code = app.exec()
    program.worker.close()
    program.stop_watching()
    return code


class Program(QObject):
    """Which of unlock, first start and shell fills the window, and the way from one to the next."""

    def __init__(self, app: QApplication, preferences: Preferences, centre: Path | None = None) -> None:
        super().__init__()
        self.app = app
        self.preferences = preferences
        set_language(preferences.language)
        self.folder = centre or preferences.centre or default_centre()
        self.theme = Theme(app, preferences.theme)
        self.messages = Messages(self)
        self.worker = Worker(parent=self)
        self.worker.went_wrong.connect(self.messages.show_error)
        self.window = Window()
        self.window.may_close = self.may_close
        if preferences.geometry:
            self.window.restoreGeometry(preferences.geometry)
        self.window.painted.connect(lambda: QTimer.singleShot(0, self, self._after_first_paint))
        self._loading = threading.Thread(target=_load_the_rest, name="loading")
        self._qt_words: Any = None
        self._rubbish: QTimer | None = None
        self.open: Any = None
        """What belongs to the open centre (`ui.program_open.OpenCentre`), None before."""

    def start(self) -> None:
        """Show the unlock window, or the first start where there is no centre yet and room for one."""
        if looks_like_a_centre(self.folder):
            self.show_unlock()
        elif self.folder == self.preferences.centre:
            self.show_unlock().refused(_("The folder of the centre is not there. Is the stick plugged in?"))
        elif not is_free(self.folder):
            self.show_unlock().refused(_("This folder does not hold a centre."))
        else:
            self.show_first_start()
        self.window.show()

    # Before the centre is open

    def show_unlock(self) -> UnlockPage:
        """Ask who it is."""
        page = UnlockPage(self.folder, self.preferences.login)
        page.asked_to_open.connect(self.unlock)
        page.language_chosen.connect(self._speak)
        page.wants_other_centre.connect(self._choose_centre)
        page.wants_new_centre.connect(self._new_centre)
        page.wants_recovery.connect(self._show_recovery)
        self.window.show_only(page)
        return page

    def show_first_start(self) -> Any:
        """Lead through the first start."""
        from ui.first_start_program import FirstStartWay

        return FirstStartWay(self).show()

    def unlock(self, login: str, passphrase: str) -> None:
        """Open the centre on the worker; the answer comes to `_opened` or to the page's words."""
        self._load()
        folder, loaded = self.folder, self._loading.join
        self.worker.run(
            lambda: _open(folder, login, passphrase, loaded),
            lambda centre: self._opened(centre, login),
            self._not_opened,
            quiet=True,
        )

    def _opened(self, centre: Any, login: str) -> None:
        self.preferences.centre = self.folder
        self.preferences.login = login
        self.enter(centre)

    def enter(self, centre: Any) -> None:
        """The centre is open: show the shell, the one from before locking when it is the same person."""
        from ui.kit.rubbish import collect_on_this_thread
        from ui.program_open import OpenCentre

        self._rubbish = self._rubbish or collect_on_this_thread(self)
        self.worker.attach(centre)
        if self.open is not None and self.open.belongs_to(centre):
            self.open.come_back()
            return
        if self.open is not None:
            self.open.let_go()
        self.open = OpenCentre(self, centre)
        self.open.show()

    def _not_opened(self, error: Exception) -> None:
        page = self.window.shown()
        refused = getattr(page, "refused", None)
        if refused is not None:
            refused(words_for(error).text)

    def _show_recovery(self) -> None:
        from ui.unlock_recovery import RecoveryPage

        page = RecoveryPage(self.folder, self.preferences.login)
        page.left.connect(self.show_unlock)
        page.asked_to_open.connect(self._recover)
        self.window.show_only(page)

    def _recover(self, login: str, recovery: str, passphrase: str) -> None:
        self._load()
        folder, loaded = self.folder, self._loading.join
        self.worker.run(
            lambda: _recover(folder, login, recovery, passphrase, loaded),
            lambda centre: self._opened(centre, login),
            self._not_opened,
            quiet=True,
        )

    def _choose_centre(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        chosen = QFileDialog.getExistingDirectory(self.window, _("Folder of the centre"), str(self.folder.parent))
        if not chosen:
            return
        if not looks_like_a_centre(Path(chosen)):
            page = self.window.shown()
            if isinstance(page, UnlockPage):
                page.refused(_("This folder does not hold a centre."))
            return
        self.folder = Path(chosen)
        self.show_unlock()

    def _new_centre(self) -> None:
        place = default_centre()
        number = 2
        while looks_like_a_centre(place):
            place = default_centre().with_name(f"centre-{number}")
            number += 1
        self.folder = place
        self.show_first_start()

    def _speak(self, code: str) -> None:
        self.preferences.language = code
        set_language(code)
        typed = getattr(self.window.shown(), "login", None)
        login = typed.text() if typed is not None else ""
        self.show_unlock().login.setText(login)

    # Around it

    def may_close(self) -> bool:
        """Save what is typed; ask while something is being written."""
        self.preferences.geometry = bytes(self.window.saveGeometry().data())
        if self.open is not None:
            self.open.keep_typing()
        if self.worker.is_changing():
            return ask(
                self.window, _("Something is still being saved. Close when it is done?"), _("Close then"), _("Stay")
            )
        return True

    def stop_watching(self) -> None:
        """Leave the application as it was found."""
        if self._rubbish is not None:
            self._rubbish.stop()
        gc.enable()
        if self._qt_words is not None:
            self.app.removeTranslator(self._qt_words)
        self.theme.deleteLater()

    def _after_first_paint(self) -> None:
        from ui.kit.icons import program_icon
        from ui.kit.qt_words import QtWords

        self._qt_words = QtWords(self.app)
        self.app.installTranslator(self._qt_words)
        self.app.setWindowIcon(program_icon(LIGHT.brand, LIGHT.on_brand))
        catch_bugs(self.messages, lambda: self.open.keep_typing() if self.open is not None else None)
        gc.disable()  # until the centre is open nothing is worth collecting, and loading is 12 % quicker
        self._load()

    def _load(self) -> None:
        """Begin to load the rest, once. It has a thread of its own, because Argon2id lets Python go on meanwhile."""
        if self._loading.ident is None:
            self._loading.start()


def _load_the_rest() -> None:
    """Import what opening needs and the first page, while the person types and the passphrase is stretched."""
    import db.centre
    import resource_centre.services.accounts
    import resource_centre.services.drafts
    import resource_centre.services.home
    import ui.pages.home
    import ui.program_open

    del db, resource_centre, ui
    gc.freeze()  # modules stay: no collection need look at them


def _open(folder: Path, login: str, passphrase: str, loaded: Callable[[], None]) -> Any:
    from db.door import unlock

    door = unlock(folder, login=login, passphrase=passphrase)
    loaded()
    from db.centre import enter

    return enter(door)


def _recover(folder: Path, login: str, recovery: str, passphrase: str, loaded: Callable[[], None]) -> Any:
    loaded()
    from db.centre import open_with_recovery

    return open_with_recovery(folder, recovery=recovery, login=login, new_passphrase=passphrase)
