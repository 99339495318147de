# SPDX-License-Identifier: Apache-2.0
"""Qt's own words (buttons, menus of text fields, file dialogs) from the same catalogue as ours.

Qt ships no Indonesian. The texts below are Qt's English sources; `N_` puts them into our catalogue.
"""

from __future__ import annotations

from PySide6.QtCore import QTranslator

from resource_centre.i18n import N_, _

QT_WORDS = frozenset(
    (
        # What buttons say.
        N_("OK"),
        N_("Save"),
        N_("Save All"),
        N_("Open"),
        N_("&Yes"),
        N_("Yes to &All"),
        N_("&No"),
        N_("N&o to All"),
        N_("Abort"),
        N_("Retry"),
        N_("Ignore"),
        N_("Close"),
        N_("Cancel"),
        N_("Discard"),
        N_("Help"),
        N_("Apply"),
        N_("Reset"),
        N_("Restore Defaults"),
        # the menu of a text field (QLineEdit, QWidgetTextControl)
        N_("&Undo"),
        N_("&Redo"),
        N_("Cu&t"),
        N_("&Copy"),
        N_("&Paste"),
        N_("Delete"),
        N_("Select All"),
        # file dialogs
        N_("&Look in:"),
        N_("Look in:"),
        N_("Back"),
        N_("Forward"),
        N_("Parent Directory"),
        N_("Create New Folder"),
        N_("List View"),
        N_("Detail View"),
        N_("Files of &type:"),
        N_("Files of type:"),
        N_("File &name:"),
        N_("&Open"),
        N_("&Save"),
        N_("&Choose"),
        N_("Directory:"),
        N_("Save As"),
        N_("New Folder"),
        N_("All Files (*)"),
        N_("Name"),
        N_("Size"),
        N_("Type"),
        N_("Date Modified"),
        N_("Computer"),
        N_("Directories"),
        N_("Remove"),
        N_("&Rename"),
        N_("&Delete"),
        N_("Show &hidden files"),
        N_("&New Folder"),
        N_("%1 already exists.\nDo you want to replace it?"),
        N_("%1\nFile not found.\nPlease verify the correct file name was given."),
        N_("%1\nDirectory not found.\nPlease verify the correct directory name was given."),
        # printing
        N_("Print"),
        N_("&Print"),
        N_("Printer"),
        N_("&Options >>"),
        N_("&Options <<"),
        N_("Print range"),
        N_("Print all"),
        N_("Copies"),
        N_("&Copies:"),
        N_("Pages from"),
        N_("to"),
    )
)


class QtWords(QTranslator):
    """Installed once on the application; follows the active language by itself."""

    def isEmpty(self) -> bool:
        """Qt asks nobody who says yes here."""
        return False

    def translate(
        self,
        context: str | bytes,  # noqa: ARG002
        sourceText: str | bytes,  # noqa: N803
        disambiguation: str | bytes | None = None,  # noqa: ARG002
        n: int = -1,  # noqa: ARG002
    ) -> str:
        """Our catalogue's word for one of Qt's, else Qt's own English: an empty answer would show as nothing at all."""
        source = sourceText.decode() if isinstance(sourceText, bytes) else sourceText
        return _(source) if source in QT_WORDS else source
