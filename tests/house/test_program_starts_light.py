"""The first window is painted before the heavy libraries are loaded, and Qt does not wear Python out."""

import json
import os
import subprocess
import sys

import pytest

HEAVY = ("sqlalchemy", "alembic", "reportlab", "openpyxl", "babel", "phonenumbers", "rapidfuzz", "sqlcipher3", "nacl")


def in_a_fresh_process(program: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, timeout=120)


@pytest.mark.parametrize("module", ["ui.start", "ui.cli.main"])
def test_starting_loads_nothing_heavy(module: str) -> None:
    done = in_a_fresh_process(
        f"import json, sys\nimport {module}\nprint(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))"
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []


def test_the_command_line_starts_without_windows() -> None:
    done = in_a_fresh_process("import sys, ui.cli.main\nprint('PySide6' in sys.modules)")
    assert done.stdout.strip() == "False", done.stderr


COUNT = """
import sys
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel()
label.setText("one")
before = sys.getrefcount(None)
for number in range(500):
    label.setText("two")
    label.setObjectName("three")
    label.parent()
lost = before - sys.getrefcount(None)
print("lost", lost)
sys.exit(0 if abs(lost) < 50 else 1)
"""


def test_calls_into_qt_do_not_lose_references_to_none() -> None:
    """PySide6 6.12.0 took one reference to None at every call on Python 3.11, and aborted after 5,000 of them."""
    done = in_a_fresh_process(COUNT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_many_calls_into_qt_end_well() -> None:
    done = in_a_fresh_process(COUNT.replace("range(500)", "range(20_000)").replace("< 50", "< 500"))
    assert done.returncode == 0, done.stdout + done.stderr
