# SPDX-License-Identifier: Apache-2.0
"""What every page is handed: the worker, the messages, the places, the drafts, and the way to other pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ui.kit.drafts import Drafts
from ui.kit.messages import Messages
from ui.kit.places import Places
from ui.kit.preferences import Preferences
from ui.kit.theme import Theme
from ui.kit.worker import Worker


@dataclass(frozen=True)
class Desk:
    """Made once by whoever starts the program, given to every page's constructor."""

    worker: Worker
    messages: Messages
    places: Places
    drafts: Drafts
    preferences: Preferences
    theme: Theme
    go: Callable[..., None]
    """``go("person", person_id)``: show another page, with what it should open."""
    language_changed: Callable[[str], None] = lambda _code: None
    """Build the window again in another language."""
    lock_after_changed: Callable[[int], None] = lambda _minutes: None
    """Lock after another number of minutes."""

    def may(self, right: str) -> bool:
        """Whether who is signed in has this right; for offering things, what must not happen is refused below."""
        from resource_centre.services.accounts import RIGHTS

        centre = self.worker.centre
        if right == "exchange" and self.on_laptop:
            return True
        return centre is not None and right in RIGHTS.get(centre.viewer.role, frozenset())

    @property
    def on_laptop(self) -> bool:
        """Whether this is a village laptop, which everybody who works on it hands over."""
        return bool(getattr(self.worker.centre, "on_laptop", False))
