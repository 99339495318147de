# SPDX-License-Identifier: Apache-2.0
"""What the bundle's `resource-centre` runs."""

import sys

from ui.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
