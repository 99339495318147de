# SPDX-License-Identifier: Apache-2.0
"""How fast the program is, against floors measured in the same run: `python -m bench`."""
