# SPDX-License-Identifier: Apache-2.0
"""The monthly report: its figures, its definitions and its pages."""
