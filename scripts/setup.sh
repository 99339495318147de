#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Find a Python that is new enough and let it prepare the project: sh scripts/setup.sh [--windows]
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

for python in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 /usr/bin/python3; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        exec "$python" -I -B "$here/set_up.py" "$@"
    fi
done

echo "Python 3.11 or newer is needed. On Debian or Ubuntu:" >&2
echo "    sudo apt-get install python3 python3-venv" >&2
exit 3
