# SPDX-License-Identifier: Apache-2.0
"""Figures of learning: formulas over plain numbers, without a session, a window or a paper (decision 23)."""
