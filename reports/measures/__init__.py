# SPDX-License-Identifier: Apache-2.0
"""What a centre can count, by what, and which records stand behind each figure."""
