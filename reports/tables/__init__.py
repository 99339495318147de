# SPDX-License-Identifier: Apache-2.0
"""Tables of figures, typed: paper, web page, spreadsheet and every other form of a report are written from them."""
