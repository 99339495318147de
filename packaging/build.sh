#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Build dist/resource-centre, then let the bundle test itself where nothing of this checkout can help it.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root"

.venv/bin/python scripts/messages.py compile
.venv/bin/python -m PyInstaller --noconfirm --log-level WARN --distpath dist --workpath build packaging/resource-centre.spec

empty=$(mktemp -d)
trap 'rm -rf "$empty"' EXIT
cd "$empty"
env -i HOME="$empty" PATH=/usr/bin:/bin LANG=C.UTF-8 QT_QPA_PLATFORM=offscreen \
    "$root/dist/resource-centre/resource-centre" selftest
du -sh "$root/dist/resource-centre"
