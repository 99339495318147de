# SPDX-License-Identifier: Apache-2.0
"""Every function an expression may call: the table, once all that enter into it have been read."""

from __future__ import annotations

from resource_centre.questionnaires import (
    odk_functions_dates,
    odk_functions_nodes,
    odk_functions_numbers,
    odk_functions_places,
    odk_functions_texts,
)
from resource_centre.questionnaires.function_table import FUNCTIONS, Function

__all__ = [
    "FUNCTIONS",
    "Function",
    "odk_functions_dates",
    "odk_functions_nodes",
    "odk_functions_numbers",
    "odk_functions_places",
    "odk_functions_texts",
]
