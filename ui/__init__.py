# SPDX-License-Identifier: Apache-2.0
"""The windows of a centre. Nothing below this folder knows Qt."""
