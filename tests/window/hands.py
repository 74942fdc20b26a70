# SPDX-License-Identifier: Apache-2.0
"""Keys and mouse of an X screen, pressed through the X server (the XTEST extension): no toolkit knows it was a test."""

from __future__ import annotations

import ctypes
import ctypes.util

#: X11/keysymdef.h; letters, digits and the rest of Latin-1 are their own code.
KEYS = {
    "Return": 0xFF0D, "Tab": 0xFF09, "Escape": 0xFF1B, "BackSpace": 0xFF08, "Delete": 0xFFFF, "Home": 0xFF50,
    "Left": 0xFF51, "Up": 0xFF52, "Right": 0xFF53, "Down": 0xFF54, "PageUp": 0xFF55, "PageDown": 0xFF56,
    "End": 0xFF57, "Space": 0x20, "Shift": 0xFFE1, "Control": 0xFFE3, "Alt": 0xFFE9,
    **{f"F{n}": 0xFFBD + n for n in range(1, 13)},
}  # fmt: skip


def _library(short: str) -> ctypes.CDLL:
    name = ctypes.util.find_library(short)
    assert name is not None, f"lib{short} is not installed"
    return ctypes.CDLL(name)


#: Xlib's own handler of faults ends the process; a window that is gone already is none that matters here.
_GOES_ON = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(lambda _display, _fault: 0)


class Hands:
    """A connection of its own to the X server; what is pressed goes to whatever has the keyboard or is below."""

    def __init__(self, display: str) -> None:
        self._x, self._test = _library("X11"), _library("Xtst")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XKeysymToKeycode.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
        self._x.XKeysymToKeycode.restype = ctypes.c_ubyte
        self._x.XkbKeycodeToKeysym.argtypes = [ctypes.c_void_p, ctypes.c_ubyte, ctypes.c_int, ctypes.c_int]
        self._x.XkbKeycodeToKeysym.restype = ctypes.c_ulong
        for name in ("XFlush", "XCloseDisplay"):
            getattr(self._x, name).argtypes = [ctypes.c_void_p]
        self._x.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]
        self._test.XTestFakeKeyEvent.argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong]
        self._test.XTestFakeButtonEvent.argtypes = [
            ctypes.c_void_p,
            ctypes.c_uint,
            ctypes.c_int,
            ctypes.c_ulong,
        ]
        self._test.XTestFakeMotionEvent.argtypes = [
            ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_ulong,
        ]  # fmt: skip
        self._x.XSetErrorHandler.argtypes = [ctypes.c_void_p]
        self._x.XSetErrorHandler(ctypes.cast(_GOES_ON, ctypes.c_void_p))
        opened = self._x.XOpenDisplay(display.encode())
        assert opened, f"no X server at {display}"
        self._display = ctypes.c_void_p(opened)

    def _code(self, symbol: int) -> tuple[int, bool]:
        """(keycode, whether Shift is needed) of a symbol on this keyboard."""
        code = int(self._x.XKeysymToKeycode(self._display, symbol))
        assert code, f"the keyboard has no key for {symbol:#x}"
        plain = int(self._x.XkbKeycodeToKeysym(self._display, code, 0, 0))
        return code, plain != symbol

    def _turn(self, code: int, down: bool) -> None:
        self._test.XTestFakeKeyEvent(self._display, code, int(down), 0)

    def key(self, name: str, *modifiers: str) -> None:
        """Press and release a key by its name or its letter, with "Control", "Shift", "Alt" held."""
        code, shift = self._code(KEYS[name] if name in KEYS else ord(name))
        held = [self._code(KEYS[word])[0] for word in (*modifiers, *(["Shift"] if shift else []))]
        for one in held:
            self._turn(one, True)
        self._turn(code, True)
        self._turn(code, False)
        for one in reversed(held):
            self._turn(one, False)
        self._x.XFlush(self._display)

    def type(self, text: str) -> None:
        """Type a text of Latin-1 letter by letter."""
        for letter in text:
            self.key(letter)

    def move(self, x: int, y: int) -> None:
        """Put the pointer to a place of the screen."""
        self._test.XTestFakeMotionEvent(self._display, -1, x, y, 0)
        self._x.XFlush(self._display)

    def button(self, down: bool, number: int = 1) -> None:
        """Press or release a button of the mouse where the pointer is."""
        self._test.XTestFakeButtonEvent(self._display, number, int(down), 0)
        self._x.XFlush(self._display)

    def click(self, x: int, y: int) -> None:
        """Click at a place of the screen."""
        self.move(x, y)
        self.button(True)
        self.button(False)

    def focus_window(self) -> None:
        """Give the keyboard to the largest window of the screen, as a window manager would."""
        self._x.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._x.XSetInputFocus.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_ulong]
        root = self._x.XDefaultRootWindow(self._display)
        first, parent, count = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_uint()
        children = ctypes.POINTER(ctypes.c_ulong)()
        self._x.XQueryTree.argtypes = [
            ctypes.c_void_p, ctypes.c_ulong, *(ctypes.c_void_p for _ in range(4)),
        ]  # fmt: skip
        self._x.XQueryTree(
            self._display, root, *(ctypes.byref(one) for one in (first, parent, children, count))
        )
        if count.value:  # Qt has small helpers beside its window
            largest = max((children[at] for at in range(count.value)), key=self._area)
            self._x.XSetInputFocus(self._display, largest, 2, 0)
            self._x.XSync(self._display, 0)

    def _area(self, window: int) -> int:
        root, places = ctypes.c_ulong(), [ctypes.c_int(), ctypes.c_int()]
        sizes = [ctypes.c_uint() for _ in range(4)]
        out = [ctypes.byref(one) for one in (root, *places, *sizes)]
        self._x.XGetGeometry.argtypes = [ctypes.c_void_p, ctypes.c_ulong, *(ctypes.c_void_p for _ in out)]
        return sizes[0].value * sizes[1].value if self._x.XGetGeometry(self._display, window, *out) else 0

    def close(self) -> None:
        """Let go."""
        self._x.XSync(self._display, 0)
        self._x.XCloseDisplay(self._display)
