# SPDX-License-Identifier: Apache-2.0
"""What the bundle's `resource-centre-window` runs."""

import sys
from multiprocessing import freeze_support

from ui.start import main

if __name__ == "__main__":
    freeze_support()  # a process that compares people for a scan is this program begun once more
    sys.exit(main())
