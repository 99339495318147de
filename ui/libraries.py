# SPDX-License-Identifier: Apache-2.0
"""The system libraries Qt loads by name: without some of them Qt aborts the program without a word to Python.

The list was proven in a bare Debian 12 and holds for Ubuntu 22.04 and later.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Mapping

ALWAYS = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
}
FOR_WINDOWS = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-shape.so.0": "libxcb-shape0",
}


def missing_packages(
    environment: Mapping[str, str] = os.environ,
    load: Callable[[str], object] = ctypes.CDLL,
    platform: str = sys.platform,
) -> tuple[str, ...]:
    """Debian packages whose libraries are not on this machine; empty where Qt brings its own (Windows, macOS)."""
    if not platform.startswith("linux"):
        return ()
    offscreen = environment.get("QT_QPA_PLATFORM", "").split(":")[0] in ("offscreen", "minimal")
    wanted = ALWAYS if offscreen else ALWAYS | FOR_WINDOWS
    return tuple(package for name, package in wanted.items() if not _loads(name, load))


def has_display(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether a window could be shown at all."""
    if not platform.startswith("linux"):
        return True
    return any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _loads(name: str, load: Callable[[str], object]) -> bool:
    try:
        load(name)
    except OSError:
        return False
    return True
