# SPDX-License-Identifier: Apache-2.0
"""What the bundle's `resource-centre-window` runs."""

import sys

from ui.start import main

if __name__ == "__main__":
    sys.exit(main())
