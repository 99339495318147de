# SPDX-License-Identifier: Apache-2.0
"""What there is while a centre is open: its shell, its drafts, and the lock that hides everything."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from resource_centre.i18n import _, set_language
from ui.idle import Idle
from ui.kit.desk import Desk
from ui.kit.drafts import Drafts
from ui.kit.places import Places
from ui.shell import Shell
from ui.unlock import UnlockPage

if TYPE_CHECKING:
    from ui.program import Program


REGENCY = len("52.03")


class OpenCentre(QObject):
    """Made after unlocking; kept while locked, so that typing is where it was for the person who comes back."""

    def __init__(self, program: Program, centre: Any) -> None:
        super().__init__(program)
        self._program = program
        self._whose = (centre.folder, centre.viewer.account_id)
        self._profile_name = centre.profile.name if centre.profile else ""
        self._warnings = tuple(getattr(centre, "warnings", ()))
        self._person_name = ""
        self.drafts = Drafts(program.worker, self)
        self.places = Places(self)
        self.places.near = (centre.profile.place_code or "")[:REGENCY] if centre.profile else ""
        self.shell: Shell | None = None
        handle = program.window.windowHandle()
        self._idle = Idle(program.app, handle, program.preferences.lock_after)
        self._idle.over.connect(self._lock_when_quiet)

    def belongs_to(self, centre: Any) -> bool:
        """Whether this centre is the same one, opened by the same person."""
        return self._whose == (centre.folder, centre.viewer.account_id)

    def show(self) -> None:
        """Ask who the person is, then build the shell and go home."""
        self._program.worker.read(_own_name, self._named, lambda _error: self._named(""))

    def come_back(self) -> None:
        """Show the shell again as it was left."""
        if self.shell is None:
            self.show()
            return
        self._program.window.show_only(self.shell)
        if self.shell.here() == "home":  # other pages stay exactly as they were left, half typed forms too
            self.shell.go("home")
        self._program.worker.read(_clock_words, self._warn_of_clock, quiet=True, owner=self)
        self._idle.set_minutes(self._program.preferences.lock_after)

    def keep_typing(self) -> None:
        """Write every draft now."""
        if self._program.worker.centre is not None:
            self.drafts.flush()

    def lock(self) -> None:
        """Keep what is typed, close the file, and show nothing but the passphrase."""
        if self._program.worker.centre is None:
            return
        try:
            self.keep_typing()
        finally:  # whatever is wrong with a form, the lock locks
            self._hide()

    def let_go(self) -> None:
        """Somebody else signed in: nothing of the person before stays in the window."""
        self._idle.set_minutes(0)
        if self.shell is not None:
            self._program.window.drop(self.shell)
            self.shell = None
        self.deleteLater()

    def set_lock_after(self, minutes: int) -> None:
        """Remember and use another patience."""
        self._program.preferences.lock_after = minutes
        self._idle.set_minutes(minutes)

    def _hide(self) -> None:
        self._program.worker.leave_centre()
        self._program.messages.clear()
        _close_other_windows(self._program)
        page = UnlockPage(self._program.folder, self._program.preferences.login, locked=True)
        page.asked_to_open.connect(self._program.unlock)
        self._program.window.show_only(page, keep=True)

    def _named(self, name: str) -> None:
        self._person_name = name
        self._build("home", None)
        self._program.worker.read(_clock_words, self._warn, quiet=True, owner=self)

    def _warn(self, clock: str) -> None:
        """Everything to be warned of at once: the banner holds one telling."""
        words = [*self._warnings, *([clock] if clock else [])]
        if words:
            self._program.messages.tell("\n".join(words), "warning")

    def _warn_of_clock(self, clock: str) -> None:
        if clock:
            self._program.messages.tell(clock, "warning")

    def _build(self, key: str, subject: object) -> None:
        program = self._program
        desk = Desk(
            worker=program.worker,
            messages=program.messages,
            places=self.places,
            drafts=self.drafts,
            preferences=program.preferences,
            theme=program.theme,
            go=lambda *_where: None,
            language_changed=self._speak,
            lock_after_changed=self.set_lock_after,
        )
        self.shell = Shell(desk, centre_name=self._profile_name, person_name=self._person_name)
        self.shell.lock.connect(self.lock)
        program.window.show_only(self.shell)
        self.shell.go(key, subject)

    def _speak(self, code: str) -> None:
        self._program.preferences.language = code
        set_language(code)
        self.keep_typing()
        self._build("settings", None)

    def _lock_when_quiet(self) -> None:
        """A long import or report is not cut short by the lock: try again in a minute."""
        if self._program.worker.is_idle():
            self.lock()
        else:
            self._idle.set_minutes(1)


def _close_other_windows(program: Program) -> None:
    """Dialogs and menus too may show somebody's name."""
    for other in program.app.topLevelWidgets():
        if other is not program.window and other.isVisible():
            other.close()


def _clock_words(session: Any) -> str:
    """What is to be done when the clock was set back, empty when all is well."""
    from resource_centre.clock import today
    from resource_centre.services.clock_check import clock_behind
    from ui.kit.typed_dates import show_date, show_time

    last = clock_behind(session)
    if last is None:
        return ""
    said, kept = show_date(today()), show_date(last.date())
    if said == kept:  # it is a matter of hours
        now = dt.datetime.now().astimezone()
        said, kept = f"{said}, {show_time(now.time())}", f"{kept}, {show_time(last.time())}"
    return _(
        "This computer's clock says {today}, but something was saved here on {last}. Set its date and time before you "
        "go on: today's date would be wrong in everything you write. What is saved is safe."
    ).format(today=said, last=kept)


def _own_name(session: Any) -> str:
    from resource_centre.services.accounts import own_account

    account = own_account(session)
    return str(account.name or account.login)
