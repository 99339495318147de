# SPDX-License-Identifier: Apache-2.0
"""Prepare this machine and this folder: Qt's system libraries, then the environment in .venv.

Plain standard library, so that any Python 3.11 can run it before anything is installed. It may be run again
at any time: when nothing changed it is done in a fraction of a second.
"""

import argparse
import ctypes
import hashlib
import os
import runpy
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
STAMP = ENVIRONMENT / "set-up-of"
LOCK = ROOT / "requirements.lock"
PACKAGES = ("resource_centre", "db", "reports", "ui")

# Exit codes, the same as the program's own: what the machine lacks is not our bug.
MACHINE = 3

# Shared library -> Debian package; the program itself looks for the same ones before it opens a window.
_LISTS = runpy.run_path(str(ROOT / "ui" / "libraries.py"))
DRAWING: dict[str, str] = _LISTS["ALWAYS"]
WINDOWS: dict[str, str] = _LISTS["FOR_WINDOWS"]


class CannotGoOn(Exception):
    """What the machine lacks, in words for the person at it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Prepare everything and return 0, or say what is missing and return 3."""
    parser = argparse.ArgumentParser(description="Prepare the environment in .venv")
    parser.add_argument("--windows", action="store_true", help="windows will be shown when there is a display")
    options = parser.parse_args(arguments)
    wanted = dict(DRAWING)
    if options.windows and has_display(os.environ):
        wanted |= WINDOWS
    try:
        provide_libraries(wanted)
        provide_environment()
    except CannotGoOn as problem:
        print(problem, file=sys.stderr)
        return MACHINE
    except subprocess.CalledProcessError as problem:
        print(f"This step did not work: {shlex.join(map(str, problem.cmd))}", file=sys.stderr)
        return MACHINE
    return 0


def has_display(environment: "os._Environ[str] | dict[str, str]") -> bool:
    """Whether a window could be shown here."""
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def provide_libraries(wanted: dict[str, str]) -> None:
    """Install what Qt needs of the system, or say how."""
    if not sys.platform.startswith("linux"):
        return
    missing = missing_libraries(wanted)
    if not missing:
        return
    install_packages([wanted[name] for name in missing], why="Qt needs " + ", ".join(missing))
    still = missing_libraries(missing)
    if still:
        raise CannotGoOn("Still not found after installing: " + ", ".join(still))


def missing_libraries(names: Iterable[str]) -> list[str]:
    """Those of the named shared libraries that cannot be loaded.

    Asked before Qt is, because Qt ends the whole process when one is missing.
    """
    missing = []
    for name in names:
        try:
            ctypes.CDLL(name)
        except OSError:
            missing.append(name)
    return missing


def install_packages(packages: Sequence[str], *, why: str) -> None:
    """Install Debian packages when that needs no password; otherwise stop and print the line that does it."""
    line = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if shutil.which("apt-get") is None:
        raise CannotGoOn(f"{why}.\nPlease install it with your system's package tool (Debian: {' '.join(packages)}).")
    prefix = rights()
    if prefix is None:
        raise CannotGoOn(f"{why}. Please run this line, then try again:\n    sudo {shlex.join(line)}")
    print(f"{why}; installing {' '.join(packages)}", flush=True)
    # The list of packages may be missing or old; a failed refresh still leaves what is known.
    subprocess.run([*prefix, "apt-get", "update", "-qq"], check=False)
    subprocess.run([*prefix, "env", "DEBIAN_FRONTEND=noninteractive", *line, "-qq"], check=True, stdout=sys.stderr)


def rights() -> list[str] | None:
    """The words before a command that let it install packages without asking; None when there are none."""
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True).returncode == 0
    ):
        return ["sudo", "-n"]
    return None


def provide_environment() -> None:
    """Bring .venv to what the lock says, unless it is there already."""
    mark = fingerprint()
    if STAMP.exists() and STAMP.read_text() == mark and PYTHON.exists():
        return
    print("Setting up the environment in .venv (once; a few minutes on a slow line)", flush=True)
    STAMP.unlink(missing_ok=True)
    environment = clean_environment()
    uv = shutil.which("uv")
    if uv:
        fill_with_uv(uv, environment)
    else:
        fill_with_pip(environment)
    # Written by us whatever the machine's settings say: without it every start takes more than twice as long.
    subprocess.run([PYTHON, "-m", "compileall", "-q", *PACKAGES], cwd=ROOT, check=True, env=environment)
    STAMP.write_text(mark)


def fingerprint() -> str:
    """What the environment depends on."""
    digest = hashlib.sha256(sys.version.encode())
    for path in (LOCK, ROOT / "pyproject.toml", Path(__file__)):
        digest.update(path.read_bytes())
    digest.update(str(ROOT).encode())  # the project is installed by its place
    return digest.hexdigest()


def clean_environment() -> dict[str, str]:
    """The process environment without settings of other Pythons that would reach into ours."""
    foreign = (
        "PYTHONDONTWRITEBYTECODE",
        "PYTHONPATH",
        "PYTHONHOME",
        "VIRTUAL_ENV",
        "PIP_NO_COMPILE",
        "PIP_USER",
        "PIP_TARGET",
        "PIP_PREFIX",
        "PIP_NO_DEPS",
        "PIP_REQUIRE_VIRTUALENV",
    )
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    return kept | {
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "UV_LINK_MODE": os.environ.get("UV_LINK_MODE", "copy"),
    }


def fill_with_uv(uv: str, environment: dict[str, str]) -> None:
    """Make and fill .venv with uv."""
    if not environment_works():
        subprocess.run(
            [uv, "venv", "--quiet", "--clear", "--python", sys.executable, ENVIRONMENT],
            check=True,
            env=environment,
            cwd=ROOT,
        )
    install: list[str | Path] = [uv, "pip", "install", "--quiet", "--python", PYTHON]
    subprocess.run(
        [uv, "pip", "sync", "--quiet", "--python", PYTHON, "--require-hashes", "--compile-bytecode", LOCK],
        check=True,
        env=environment,
        cwd=ROOT,
    )
    subprocess.run(
        [*install, "--no-deps", "--no-build-isolation", "--editable", ROOT],
        check=True,
        env=environment,
        cwd=ROOT,
    )


def fill_with_pip(environment: dict[str, str]) -> None:
    """Make and fill .venv with what Python itself brings."""
    if not can_make_environments():
        install_packages(["python3-venv"], why="Python's venv module is incomplete")
    if not environment_works():
        command: list[str | Path] = [sys.executable, "-m", "venv", "--clear", ENVIRONMENT]
        subprocess.run(command, check=True, env=environment, cwd=ROOT)
    elif not has_pip():
        subprocess.run([PYTHON, "-m", "ensurepip"], check=True, env=environment, cwd=ROOT, stdout=sys.stderr)
    install: list[str | Path] = [PYTHON, "-m", "pip", "install", "-qq"]
    subprocess.run([*install, "--require-hashes", "--requirement", LOCK], check=True, env=environment, cwd=ROOT)
    subprocess.run(
        [*install, "--no-deps", "--no-build-isolation", "--editable", ROOT],
        check=True,
        env=environment,
        cwd=ROOT,
    )


def can_make_environments() -> bool:
    """Whether this Python has venv and the pip for it; Debian packs those apart."""
    return (
        subprocess.run([sys.executable, "-c", "import ensurepip, venv"], check=False, capture_output=True).returncode
        == 0
    )


def environment_works() -> bool:
    """Whether .venv has a Python of this version that starts."""
    if not PYTHON.exists():
        return False
    asked = subprocess.run(
        [PYTHON, "-c", "import sys; print(sys.version)"], check=False, capture_output=True, text=True
    )
    return asked.returncode == 0 and asked.stdout.strip() == sys.version.strip()


def has_pip() -> bool:
    """Whether .venv has pip (uv makes environments without)."""
    return subprocess.run([PYTHON, "-c", "import pip"], check=False, capture_output=True).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
