# SPDX-License-Identifier: Apache-2.0
"""Which numbers a published report leaves out so that nobody in a small cell can be found, nor worked out again."""
