# SPDX-License-Identifier: Apache-2.0
"""What is said on the terminal where no window can be: what is missing, what is safe, what to do.

Nothing but the standard library: it speaks when Qt cannot be loaded. The graphics are tried before they are trusted.
"""

from __future__ import annotations

import contextlib
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from PySide6.QtQuick import QQuickWindow

NO_DISPLAY, NO_LIBRARY, NO_HOME = 2, 3, 4
_SAFE = "Your wallet and your work were not touched."
_WAIT_S = 5.0


def say(message: str, action: str) -> None:
    """Three sentences on the terminal; where there is none nobody reads them."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        print(f"{message} {_SAFE} {action}", file=sys.stderr, flush=True)


def stop(code: int, message: str, action: str) -> NoReturn:
    """Say it and end."""
    say(message, action)
    raise SystemExit(code)


def check_home() -> None:
    """End with a message where nobody knows which folder is this user's."""
    try:
        Path.home()
    except RuntimeError:
        stop(
            NO_HOME,
            "Gems cannot tell which folder is yours: HOME is not set.",
            "Set HOME, or start with --home FOLDER.",
        )


def check_screen() -> None:
    """End with a message where the screen that is named does not answer; Qt would only abort."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM", "").startswith("offscreen"):
        return
    if not (_wayland_answers() or _x_answers(os.environ.get("DISPLAY", ""))):
        no_display()


def no_display() -> NoReturn:
    """There is no screen, or it does not let this program in."""
    stop(
        NO_DISPLAY,
        "Gems needs a display, and none answers here.",
        "Start it from a desktop, as the user who is logged in there. Without one, `gems demo` plays the same job.",
    )


def _wayland_answers() -> bool:
    name, folder = os.environ.get("WAYLAND_DISPLAY", ""), os.environ.get("XDG_RUNTIME_DIR", "")
    if not name or not (folder or name.startswith("/")):
        return False
    return _answers(socket.AF_UNIX, str(Path(folder) / name))


def _x_answers(display: str) -> bool:
    host, colon, rest = display.rpartition(":")
    number = rest.partition(".")[0]
    if not colon or not number.isdecimal():
        return False
    if host in ("", "unix"):
        return any(_answers(socket.AF_UNIX, mark + f"/tmp/.X11-unix/X{number}") for mark in ("", "\0"))  # noqa: S108
    return _answers(socket.AF_INET, (host, 6000 + int(number)))


def _answers(family: socket.AddressFamily, place: Any) -> bool:
    try:
        if family == socket.AF_INET:
            socket.create_connection(place, _WAIT_S).close()
            return True
        with socket.socket(family, socket.SOCK_STREAM) as tried:
            tried.settimeout(_WAIT_S)
            tried.connect(place)
            return True
    except (OSError, ValueError):
        return False


def catch_fatal() -> Callable[[], None]:
    """Say in plain words why Qt gives up, instead of its abort; returns the way to undo it once the window stands."""
    from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

    def heard(kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
        if kind != QtMsgType.QtFatalMsg:
            with contextlib.suppress(OSError, ValueError, AttributeError):
                print(text, file=sys.stderr)
        elif "platform plugin" in text or "display" in text:
            _end_with(no_display)
        else:
            _end_with(again_without_gpu)

    before = qInstallMessageHandler(heard)
    return lambda: void(qInstallMessageHandler(before))


def void(_value: object) -> None:
    """Nothing."""


def _end_with(last: Callable[[], object]) -> None:
    """Qt aborts when its handler returns: end here, as far as this program goes."""
    try:
        last()
    except SystemExit as ending:
        os._exit(ending.code if isinstance(ending.code, int) else 1)
    os._exit(1)


def again_without_gpu() -> None:
    """Start this program anew with the software renderer; where that was tried already, say so and end."""
    if os.environ.get("QT_QUICK_BACKEND") == "software":
        stop(
            NO_DISPLAY,
            "Gems could not draw its window, with the graphics card or without.",
            "Start the computer again; if it stays so, install your system's graphics libraries.",
        )
    os.environ |= {"GEMS_RENDERER": "software", "PYINSTALLER_RESET_ENVIRONMENT": "1"}
    frozen = getattr(sys, "frozen", False)
    command = [sys.executable, *(sys.argv[1:] if frozen else ["-m", "gems_desktop", *sys.argv[1:]])]
    os.execv(sys.executable, command)  # noqa: S606 - ourselves, with what we were started with


def watch_graphics(window: QQuickWindow) -> None:
    """A graphics driver that cannot draw is done without."""
    window.sceneGraphError.connect(lambda _error, _text: again_without_gpu())


def no_library(error: ImportError) -> NoReturn:
    """A library of the system is missing that Qt is linked with."""
    name = str(error).partition(":")[0]
    if ".so" not in name and "DLL" not in str(error):
        raise error
    shown = "".join(sign for sign in name if sign.isprintable())[:100]
    stop(
        NO_LIBRARY,
        f"Gems cannot start because a library of this system is missing: {shown}.",
        "Install the package of your system that holds it; docs/guide/troubles.md lists them.",
    )
