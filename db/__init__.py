# SPDX-License-Identifier: Apache-2.0
"""Where a centre is kept: the encrypted file, its keys, its migrations, backups and search."""
