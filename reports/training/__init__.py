# SPDX-License-Identifier: Apache-2.0
"""What was taught and learnt in a time: the figures that are handed on."""
