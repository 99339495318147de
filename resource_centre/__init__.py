# SPDX-License-Identifier: Apache-2.0
"""What a migrant resource centre knows and does, free of windows, drawings and database engines."""

__version__ = "0.1.0"
