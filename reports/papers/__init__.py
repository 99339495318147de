# SPDX-License-Identifier: Apache-2.0
"""Papers from every step of the case work: typed content first, drawn second."""
