# SPDX-License-Identifier: Apache-2.0
"""Why a file cannot be taken as a register, in sentences that say what to do about it."""

from __future__ import annotations

from resource_centre.errors import EnvironmentFailed, Refused
from resource_centre.i18n import N_


class FileRefused(Refused):
    """The file is there, but it is not something a register can be read from."""

    texts = {
        "empty_file": N_("This file is empty."),
        "not_a_workbook": N_(
            "This file is called a workbook but is not one. Open it in the program it came from and save it as an "
            "Excel workbook (.xlsx)."
        ),
        "encrypted": N_(
            "This workbook is protected by a password. Open it in Excel or LibreOffice, take the password off, save "
            "it, and try again."
        ),
        "old_excel": N_("This is an old Excel file (.xls). Open it and save it as an Excel workbook (.xlsx)."),
        "binary_excel": N_("This is a binary Excel file (.xlsb). Open it and save it as an Excel workbook (.xlsx)."),
        "ods": N_("This is a LibreOffice file (.ods). Open it and save it as an Excel workbook (.xlsx)."),
        "html": N_(
            "This is a web page that calls itself a spreadsheet. Open it and save it as an Excel workbook (.xlsx)."
        ),
        "unknown_ending": N_("Only Excel workbooks (.xlsx) and text tables (.csv) can be read."),
        "damaged_workbook": N_("This workbook is damaged or cut short. Ask for it again or open and repair it."),
        "too_large": N_(
            "This workbook unpacks to far more than a register can hold. It was not opened. Copy only the table into "
            "a new workbook."
        ),
        "not_text": N_("This file is not a text table. Save it as an Excel workbook (.xlsx) or as CSV."),
        "no_villages": N_("Say for which villages the form is; each by its code, such as 52.03.01.2001."),
        "phone_labels": N_(
            "The headings of this file are the questions' words. Export again and choose XML values and headers, so "
            "that the headings are the questions' names."
        ),
        "no_table": N_(
            "No table that looks like a register was found in this file. A register needs a line of headings, with "
            "the name or the NIK among them."
        ),
    }


def file_missing() -> EnvironmentFailed:
    """The file that was asked for is not there."""
    return EnvironmentFailed("file_missing")


def file_unreadable() -> EnvironmentFailed:
    """The file is there but the computer does not let us read it."""
    return EnvironmentFailed("file_unreadable")
