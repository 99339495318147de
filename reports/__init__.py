# SPDX-License-Identifier: Apache-2.0
"""What a centre hands over on paper: typed figures first, a drawing of them second."""
