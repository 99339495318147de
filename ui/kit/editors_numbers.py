# SPDX-License-Identifier: Apache-2.0
"""Telephone, NIK, passport and passphrase: read while typed, with what is to be said of them shown beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from resource_centre.clock import today
from resource_centre.i18n import _
from ui.kit.asked import Passphrase
from ui.kit.editors import Editor, TextEditor
from ui.kit.typed_dates import show_partial

if TYPE_CHECKING:
    from resource_centre.values.nik import NikReading
    from ui.kit.places import Places


class PhoneEditor(TextEditor):
    """A telephone number; the value is the international form."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(longest=60, parent=parent)
        self.line.setMaximumWidth(240)
        self.inside.addStretch(1)

    def value(self) -> Any:
        """The number as +62…"""
        from resource_centre.values.phone import read_phone

        text = self.line.text().strip()
        return read_phone(text).e164 if text else None

    def set_value(self, value: Any) -> None:
        """Show a number in groups."""
        from resource_centre.values.phone import show_phone

        self.line.setText(show_phone(str(value)) if value else "")

    def unreadable(self) -> str | None:
        """No number in it."""
        return "phone_form" if self.line.text().strip() and self.value() is None else None

    def understood(self) -> str:
        """The number in groups, when it was typed otherwise."""
        from resource_centre.values.phone import read_phone, show_phone

        text = self.line.text().strip()
        reading = read_phone(text) if text else None
        if reading is None or reading.e164 is None:
            return ""
        shown = show_phone(reading.e164)
        if not reading.valid:
            return _("{number} – such numbers are not in use, please check").format(number=shown)
        return "" if shown == text else shown


class NikEditor(TextEditor):
    """The national number; says sex, date of birth and regency, and offers them to the other fields.

    The regency is where the number was first given out: mostly, but not always, the place of birth.
    """

    def __init__(self, places: Places | None = None, *, parent: QWidget | None = None) -> None:
        super().__init__(longest=40, parent=parent)
        self._places = places
        self.line.setMaximumWidth(240)
        self.inside.addStretch(1)
        if places is not None:
            places.wanted()

    def value(self) -> Any:
        """The digits as they are, without spaces; the check functions judge them."""
        reading = self.reading()
        if reading is not None and reading.value:
            return reading.value
        return super().value()

    def understood(self) -> str:
        """What the number says."""
        reading = self.reading()
        if reading is None or not reading.birth_dates:
            return ""
        parts = [_("Woman") if reading.sex == "P" else _("Man")]
        born = _(" or ").join(show_partial(day.isoformat()) for day in reading.birth_dates)
        parts.append(_("born {date}").format(date=born))
        if reading.regency and (name := self._regency(reading.regency)):
            parts.append(_("first registered in {place}").format(place=name))
        return ", ".join(parts)

    def reading(self) -> NikReading | None:
        """What `read_nik` makes of it, None when the line is empty."""
        from resource_centre.values.nik import read_nik

        text = self.line.text().strip()
        places = self._places.gazetteer if self._places else None
        return read_nik(text, today=today(), adult=True, places=places, demo=True) if text else None

    def _settle(self) -> None:
        super()._settle()
        reading = self.reading()
        if reading is None or not reading.ok or not reading.birth_dates:
            return
        says: dict[str, Any] = {"sex": reading.sex}
        if len(reading.birth_dates) == 1 or "nik_century" not in reading.warnings:
            says["birth_date"] = reading.birth_dates[0].isoformat()
        if reading.regency and (name := self._regency(reading.regency)):
            says["birth_place"] = name
        self.offered.emit(says)

    def _regency(self, code: str) -> str:
        gazetteer = self._places.gazetteer if self._places else None
        place = gazetteer.place(code) if gazetteer else None
        return gazetteer.name(code) if gazetteer and place else ""


class PassportEditor(TextEditor):
    """A passport number in capitals without blanks."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(longest=30, parent=parent)
        self.line.setMaximumWidth(240)
        self.inside.addStretch(1)

    def value(self) -> Any:
        """The number as the machine-readable line has it."""
        from resource_centre.values.passport import read_passport

        text = self.line.text().strip()
        return (read_passport(text).value or text) if text else None


class PassphraseEditor(Editor):
    """A hidden line in a form; what is typed never goes into a draft."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        self._box = Passphrase()
        super().__init__(self._box, parent)
        self.main = self._box.line
        self._box.edited.connect(self.edited)

    def value(self) -> Any:
        """The passphrase as typed."""
        return self._box.text() or None

    def set_value(self, value: Any) -> None:  # noqa: ARG002 - a passphrase is never put in
        """Only to forget it."""
        self._box.clear()

    def typed(self) -> Any:
        """Nothing, ever."""
        return None

    def set_typed(self, typed: Any) -> None:
        """Nothing was kept."""
