# SPDX-License-Identifier: Apache-2.0
"""Print how much of each folder the tests run, from coverage's JSON report."""

import json
import sys
from collections import defaultdict
from pathlib import Path, PurePosixPath


def main(report: str) -> int:
    """Print one line for every folder, and one for all."""
    files = json.loads(Path(report).read_text(encoding="utf-8"))["files"]
    covered: dict[str, int] = defaultdict(int)
    lines: dict[str, int] = defaultdict(int)
    for name, figures in files.items():
        for folder in (str(PurePosixPath(name).parent), "all"):
            covered[folder] += figures["summary"]["covered_lines"]
            lines[folder] += figures["summary"]["num_statements"]
    for folder in sorted(lines, key=lambda one: (one == "all", one)):
        share = 100 * covered[folder] / lines[folder] if lines[folder] else 100
        print(f"{share:6.1f} %  {covered[folder]:6d} of {lines[folder]:6d}  {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
