# SPDX-License-Identifier: Apache-2.0
"""What this program is, which version, and under which licences its parts come."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import qVersion

from resource_centre.i18n import _
from ui.kit.pieces import label
from ui.pages.settings_tab import Tab

PARTS = (
    ("Qt, PySide6", "LGPL-3.0"),
    ("SQLAlchemy, Alembic, openpyxl", "MIT"),
    ("SQLCipher", "BSD-3-Clause"),
    ("ReportLab", "BSD-3-Clause"),
    ("PyNaCl, pypdfium2, phonenumbers, zxing-cpp", "Apache-2.0"),
    ("Noto Sans", "OFL-1.1"),
    ("idn-area-data", "MIT"),
)


class About(Tab):
    """Plain facts; the licence texts lie beside the program."""

    def __init__(self) -> None:
        super().__init__()
        card = self.card(_("Resource Centre"))
        card.body.addWidget(label(_("Version {number}").format(number=program_version()), selectable=True))
        card.body.addWidget(
            label(
                _(
                    "Free software under the Apache licence 2.0. The centre's data belong to the centre and never "
                    "leave this computer by themselves."
                ),
                wrap=True,
            )
        )
        parts = self.card(_("What it is made of"))
        for name, licence in PARTS:
            parts.body.addWidget(label(f"{name} – {licence}", "muted"))
        parts.body.addWidget(label(f"Qt {qVersion()}", "muted"))


def program_version() -> str:
    """The installed version, or a dash in a checkout that is not installed."""
    try:
        return version("resource-centre")
    except PackageNotFoundError:
        return "–"
