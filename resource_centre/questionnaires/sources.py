# SPDX-License-Identifier: Apache-2.0
"""What strangers hand over, taken in with a limit and a refusal: the bytes of a file, the tree of an XML text."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from resource_centre.errors import EnvironmentFailed, Refused


def content_of(source: Path | bytes, *, most: int, too_large: Refused) -> bytes:
    """The bytes of a file, or those given. Raises `too_large` above `most` bytes, EnvironmentFailed."""
    try:
        if isinstance(source, Path):
            if not source.is_file():
                raise EnvironmentFailed("file_unreadable" if source.exists() else "file_missing")
            if source.stat().st_size > most:
                raise too_large
            source = source.read_bytes()
    except (OSError, ValueError) as reason:
        raise EnvironmentFailed("file_unreadable") from reason
    if len(source) > most:
        raise too_large
    return source


def tree_of(xml: str | bytes, *, refusal: Refused) -> Element:
    """The root of an XML text; `refusal` is raised for one that is none, or that declares entities."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(xml, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as reason:
        raise refusal from reason
    return root


def local_name(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]
