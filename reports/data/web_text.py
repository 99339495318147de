# SPDX-License-Identifier: Apache-2.0
"""Elements of a web page, written so that nothing a person typed can become one."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from resource_centre.values.text import tidy


def words(text: str) -> str:
    """A text as it stands between elements; line breaks are kept."""
    return escape(tidy(text)).replace("\n", "<br>")


def element(name: str, *inner: str, **attributes: str | int | None) -> str:
    """An element around markup that is already safe. An underscore behind an attribute's name is left out, one within
    it is a hyphen; None leaves the attribute out."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(tidy(str(value)), quote=True)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{told}>{''.join(inner)}</{name}>"


def paragraphs(texts: Iterable[str], class_: str | None = None) -> str:
    """A paragraph for each text."""
    return "".join(element("p", words(text), class_=class_) for text in texts)
