# SPDX-License-Identifier: Apache-2.0
"""Pages of the report book: figures picked by hand, counted and laid out for a period."""
