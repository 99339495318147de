# SPDX-License-Identifier: Apache-2.0
"""A report as files: what is written is decided by the file's ending (decision 27)."""

from reports.data.endings import ENDINGS, NotWritten, ending_of
from reports.data.passwords import check_password
from reports.data.writing import Written, write

__all__ = ["ENDINGS", "NotWritten", "Written", "check_password", "ending_of", "write"]
