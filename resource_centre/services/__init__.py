# SPDX-License-Identifier: Apache-2.0
"""What people do at a centre, one module per noun. Services write through to the session; the caller commits."""
