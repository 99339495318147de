"""Questionnaires are written here as tables of text, the way people write XLSForms."""

from collections.abc import Callable

import pytest

from resource_centre.questionnaires.form import Form


@pytest.fixture
def form_of() -> Callable[[str], Form]:
    """A form from its XLSForm as tables of text."""
    from pyxform.xls2xform import convert

    from resource_centre.questionnaires.xform import form_from_xform

    def make(tables: str) -> Form:
        return form_from_xform(convert(xlsform=tables).xform)

    return make
