# SPDX-License-Identifier: Apache-2.0
"""The drawing kit every paper is made with: fonts, grid, type scale, tables, charts, pages."""
