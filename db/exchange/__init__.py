# SPDX-License-Identifier: Apache-2.0
"""Bundles as files, and the keys that close and sign them."""
