# SPDX-License-Identifier: Apache-2.0
"""The pages of the shell, one per noun; each is made when it is first shown."""
