# SPDX-License-Identifier: Apache-2.0
"""What is said of forms that cannot be read, or not quite as they are written: a sentence for each code."""

from __future__ import annotations

from typing import Final

from resource_centre.i18n import N_

FILES: Final = {
    "empty_file": N_("This file is empty."),
    "not_a_workbook": N_(
        "This file is called a workbook but is not one. Open it in the program it came from and save it as an "
        "Excel workbook (.xlsx)."
    ),
    "encrypted": N_(
        "This workbook is protected by a password. Open it in Excel or LibreOffice, take the password off, save "
        "it, and try again."
    ),
    "binary_excel": N_("This is a binary Excel file (.xlsb). Open it and save it as an Excel workbook (.xlsx)."),
    "ods": N_("This is a LibreOffice file (.ods). Open it and save it as an Excel workbook (.xlsx)."),
    "damaged_workbook": N_("This workbook is damaged or cut short. Ask for it again or open and repair it."),
    "web_page": N_("This is a web page or an XML file, not a form. Forms are workbooks (.xlsx, .xls) or text tables."),
    "not_text": N_("This file is not a text table. Save it as an Excel workbook (.xlsx) or as CSV."),
    "too_large": N_("This file is, or unpacks to, far more than a form can be. It was not opened."),
    "no_survey": N_("There is no sheet called survey with headings in its first row."),
    "not_an_xform": N_("This is not the description of a form."),
    "sheet_twice": N_("The sheet {sheet} stands there twice."),
}
"""The file as a whole."""

LIMITS: Final = {
    "too_many_rows": N_("More than {most} rows are filled in; a form has far fewer."),
    "too_many_columns": N_("More than {most} columns are filled in; a form has far fewer."),
    "too_many_cells": N_("More than {most} cells are filled in; a form has far fewer."),
    "too_many_questions": N_("{n} questions are more than one form may have ({most}). Make several forms of them."),
    "too_many_choices": N_(
        "{n} choices are more than one form may have ({most}). Put long lists into a file of their own "
        "(select_one_from_file)."
    ),
    "too_many_long_cells": N_("Long cells hold more than {most} characters together; a form has far fewer."),
    "too_many_references": N_("Questions are named in ${{...}} more than {most} times; a form does so far less often."),
    "nesting": N_("Groups stand inside one another more than {most} deep."),
    "cell_too_long": N_("This cell holds more text than a cell can."),
}
"""More than there may be."""

CELLS: Final = {
    "unwritable": N_("This cell holds a character that no form can hold. Type the text again."),
    "formula_without_value": N_(
        "A formula in this row was never worked out. Open the workbook in Excel or LibreOffice and save it."
    ),
    "no_such_date": N_("There is a date in this row that no calendar has. Write it as text."),
    "unsure_date": N_("Programs disagree about the day before March 1900 in this row. Write it as text."),
    "ambiguous_date": N_(
        "Programs disagree about days before March 1900; it was read as {date}. Write it as text if it is meant."
    ),
    "no_heading": N_("Something in this row stands in a column without a heading and is not read."),
    "after_empty_rows": N_("This row and those below stand after {n} empty rows and are not read, as in Kobo."),
    "after_empty_columns": N_(
        "This column and those to its right stand after {n} empty ones and are not read, as in Kobo."
    ),
    "duplicate_column": N_("There are two columns with this heading."),
    "same_column": N_("These headings mean the same column: {names}. Keep one of them."),
    "missing_column": N_("A column is missing: {names}."),
    "heading_with_blank": N_("A heading with blanks in it is not read."),
    "heading_misspelt": N_("This heading is not known, so its column is not read. Is {meant} meant?"),
    "headings_unknown": N_("These columns are not known and are not read: {names}."),
    "sheet_misspelt": N_("Is a sheet misspelt? There is {names}."),
    "row_skipped": N_("This row has neither a type nor a name and is skipped."),
}
"""Cells, rows and columns."""

DESIGN: Final = {
    "no_type": N_("This question has no type."),
    "unknown_type": N_("There is no type of question called {kind}."),
    "no_name": N_("This question or group has no name."),
    "bad_name": N_("A name begins with a letter and holds only letters, digits, _, - and ."),
    "duplicate_name": N_("The name {name} stands there twice in the same group."),
    "reserved_name": N_("The name meta is kept for what the form notes about itself."),
    "names_alike": N_("Two names differ only in capital letters; some programs cannot tell them apart."),
    "no_calculation": N_("The calculation is missing."),
    "left_empty": N_("This is not an expression that can be read. Nothing else uses it, so the answer stays empty."),
    "default_not_a_day": N_("A day is written as 2026-04-03; in any other order it may be two different days."),
    "no_list": N_("There is no list called {name}."),
    "no_choices_sheet": N_("There is no sheet with choices, and this question takes its choices from a list."),
    "choice_without_name": N_("This choice has no name."),
    "choice_without_label": N_("This choice has no label; its name is shown."),
    "duplicate_choice": N_("This choice stands in its list twice. If that is meant, say so in the settings."),
    "choice_with_blank": N_(
        "The choice {name} of the list {list} has a blank in its name, and several answers are parted by blanks."
    ),
    "no_such_column": N_("The list {list} has no column {name}. A text stands in quotation marks."),
    "no_such_path": N_("There is no {path} in this form; it is taken for empty."),
    "unmatched_begin": N_("The {kind} {name} begins here and never ends."),
    "unmatched_end": N_("A {kind} ends here that never began."),
    "unknown_reference": N_("There is no question called {name}."),
    "duplicate_reference": N_("There are several questions called {name}, so it is not clear which is meant."),
    "bad_reference": N_("A question is named as ${{name}}, and several are parted by commas."),
    "bad_parameters": N_("The parameters are not right."),
    "table_list": N_("The questions of a table must all take their choices from the same list."),
    "other_with_filter": N_("A question with or_other cannot have a choice filter."),
    "no_label": N_("This has no label."),
    "group_without_label": N_("This group has no label."),
    "translation_missing": N_("In the language {language} these columns are missing: {columns}."),
    "language_without_code": N_("These languages do not end with their code, such as (id): {names}."),
    "other_untranslated": N_("The question for another answer (or_other) is not translated."),
    "include": N_("Forms that include other forms are not read. Copy the questions into this form."),
    "no_sheets": N_("This form did not come from sheets, so none can be written."),
    "not_understood": N_("This form could not be understood. Compare it with a form that works."),
    "pyxform": N_("The form's converter says something that we can only quote."),
}
"""What the designer wrote."""

ABSENT: Final = {
    "kind": N_("Questions of the kind {kind} cannot be asked here."),
    "setgeopoint": N_("A place that the telephone notes by itself (start-geopoint, background-geopoint) is not known."),
    "recordaudio": N_("Sound that the telephone records by itself (background-audio) is not known."),
    "choices_from_answers": N_("Choices taken from earlier answers of a repeat are not known."),
    "search": N_("The appearance search() is not known. Use select_one_from_file."),
    "last_saved": N_("Answers of the form filled in before this one (last-saved) are not known."),
}
"""What cannot be asked here."""

NOT_DONE: Final = {
    "unknown_property": N_("A desktop has no {name}: this stays empty."),
    "other_program": N_("Another program would be opened for this; here the answer is typed in."),
    "osm": N_("No map data is drawn here; a file can be attached."),
    "audit": N_("The form asks for a record of how it was filled in (audit); the centre keeps its own instead."),
    "entities": N_("The form makes entities on a server; here only the answers are kept."),
    "submission": N_("Where the form says it is sent to and how it is locked is not used; answers stay in the centre."),
    "flat": N_("The form is flat: headings of its groups are not shown."),
    "no_companion": N_("The file {file} did not come with the form: its list is empty."),
}
"""What is done otherwise than the form says."""

COMPANIONS: Final = {
    "companion_too_large": N_("The file {file} is larger than a list may be."),
    "companion_kind": N_("The file {file} is of a kind that lists are not read from."),
    "companion_damaged": N_("The file {file} cannot be read as a list."),
    "companion_heading": N_("The heading {heading} in {file} cannot be the name of a column."),
}
"""Files that come with a form."""

WORDS: Final = {**FILES, **LIMITS, **CELLS, **DESIGN, **ABSENT, **NOT_DONE, **COMPANIONS}
