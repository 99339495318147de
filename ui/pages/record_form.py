# SPDX-License-Identifier: Apache-2.0
"""A form on a page for one record: its heading, Save and Cancel, its draft, and what happens when saving is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from resource_centre.i18n import _
from ui.kit.changed_typing import ChangedTyping
from ui.kit.desk import Desk
from ui.kit.drafts import DraftKeeper
from ui.kit.form import Form
from ui.kit.merging import Merging
from ui.kit.pieces import WIDE_GAP, button, label, row
from ui.pages.column_form import ColumnForm

if TYPE_CHECKING:
    from resource_centre.records import Logged


class RecordForm(QWidget):
    """`write(form)` gives what the worker does; `saved` and `cancelled` tell the page to go on.

    `about` is the record that is changed, as it was read; `write` then saves on ``form.version``, and when somebody
    else has saved it meanwhile the differences are settled field by field. `say` names the row of a problem's field.
    """

    def __init__(
        self,
        desk: Desk,
        heading: str,
        form: Form,
        *,
        name: str,
        record_id: str | None,
        write: Callable[[Form], Callable[[Any], Any]],
        saved: Callable[[Any], None],
        cancelled: Callable[[], None],
        say: Callable[[str], str] = lambda field: field,
        about: Logged | None = None,
    ) -> None:
        super().__init__()
        self.desk = desk
        self.form = form
        self._write, self._saved_to, self._cancelled, self._say = write, saved, cancelled, say
        self.merging = Merging(desk, form, about, row_of=say) if about is not None else None
        self.save_button = button(_("&Save"), self.save, role="main", help="Ctrl+S")
        self.cancel_button = button(_("Cancel"), self.cancel, help="Esc")
        self.changes = ChangedTyping(form, about, desk.places) if about is not None else None
        self.keeper: DraftKeeper = desk.drafts.keep(name, self.changes or form, record_id=record_id, parent=self)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(WIDE_GAP)
        inside.addWidget(label(heading, "heading"))
        inside.addWidget(form)
        inside.addLayout(row(self.save_button, self.cancel_button, None))
        inside.addStretch(1)
        self.touched = False
        form.edited.connect(lambda _name: self._touch())
        for keys in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            self._key(keys, self.save)
        self._key("Esc", self.cancel)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column on a narrow window."""
        super().resizeEvent(event)
        if isinstance(self.form, ColumnForm):
            self.form.fit(event.size().width())

    def begin(self, typed: dict[str, Any] | None = None) -> None:
        """Take the keyboard; show what was typed before, or a draft of an earlier run when there is one."""
        if self.changes is not None:
            self.changes.begin()
        if typed is not None:
            self.form.restore(typed)
            self._touch()
        else:
            self.keeper.offer(self._take_up)
        first = next(iter(self.form.rows), None)
        if first is not None:
            self.form.editor(first).setFocus(Qt.FocusReason.TabFocusReason)  # what is typed replaces what stands there
            # A form that was put here just now has no place yet, so what holds it did not scroll by itself.
            QTimer.singleShot(0, self, lambda: self.form.bring_in_sight(first))

    def save(self) -> None:
        """Save, or show what stands in the way."""
        if not self.save_button.isEnabled() or self.form.show_problems(self.form.not_understood()):
            return
        self.save_button.setEnabled(False)
        self.desk.worker.change(self._write(self.form), self._saved, self._refused)

    def cancel(self) -> None:
        """Let go of what was typed here."""
        self.keeper.discard()
        self._cancelled()

    def _touch(self) -> None:
        self.touched = True
        self.keeper.touch()

    def _take_up(self, body: dict[str, Any]) -> None:
        (self.changes or self.form).restore(body)
        self.desk.messages.tell(_("This was not saved yet. Go on with it, or cancel."))

    def _saved(self, result: Any) -> None:
        self.keeper.saved()
        self._saved_to(result)

    def _refused(self, error: Exception) -> None:
        from dataclasses import replace

        self.save_button.setEnabled(True)
        if self.merging is not None and self.merging.takes(error):
            self.merging.settle(self.save, lambda: self.desk.messages.show_error(error))
            return
        problems = [replace(problem, field=self._say(problem.field)) for problem in getattr(error, "problems", ())]
        if not self.form.show_problems(problems):
            self.desk.messages.show_error(error)

    def _key(self, keys: str, act: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)
