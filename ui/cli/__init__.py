# SPDX-License-Identifier: Apache-2.0
"""The command line: a screen like the windows, over the same services."""
