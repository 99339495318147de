# SPDX-License-Identifier: Apache-2.0
"""The answered questionnaire as a paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.kit.desk import Desk

KIND = "questionnaire"


def paper_of(desk: Desk, response_id: str, parent: QWidget) -> Callable[[], object] | None:
    """What shows the paper of one time of asking."""
    from reports.papers.kinds import KINDS

    if KIND not in KINDS:
        return None

    def show() -> None:
        from ui.pages.papers import print_paper

        print_paper(desk, KIND, response_id, parent=parent)

    return show
