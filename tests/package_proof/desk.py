# SPDX-License-Identifier: Apache-2.0
"""A desk for the person of the proof: a screen, a mouse, a keyboard, and a screen reader's way of seeing the window."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SYSTEM_PYTHON = "/usr/bin/python3"
EYES = Path(__file__).with_name("eyes.py")
SIZE = "1366x768"


class NotSeen(AssertionError):
    """What the person waited for did not come to the screen."""


@dataclass(frozen=True)
class Thing:
    """One thing of the window; place: x, y, width, height in pixels of the screen."""

    role: str
    name: str
    description: str
    states: frozenset[str]
    place: tuple[int, int, int, int]

    @property
    def middle(self) -> tuple[int, int]:
        """Where it is clicked."""
        x, y, width, height = self.place
        return x + width // 2, y + height // 2


Screen = list[Thing]


class Desk:
    """A screen and a session bus with the accessibility service, all of one ordinary user, until `end`.

    runtime: a folder of that user's, which the fresh machine has at the same path. accounts: its /etc/passwd, since
    the bus wants to know whose it is.
    """

    def __init__(self, uid: int, runtime: Path, accounts: Path, pictures: Path | None) -> None:
        self._uid, self._accounts, self._pictures, self._shots = uid, accounts, pictures, 0
        self.scratch = runtime
        self._ends: list[subprocess.Popen[str]] = []
        kept = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(runtime)}
        kept["XDG_RUNTIME_DIR"] = str(runtime)
        display = self._start(
            ["Xvfb", "-displayfd", "1", "-r", "-screen", "0", f"{SIZE}x24", "-nolisten", "tcp", "-ac"], kept
        )
        self._environment = {**kept, "DISPLAY": f":{display}"}
        address = f"unix:path={runtime}/bus"
        bus = ["dbus-daemon", "--session", "--nofork", f"--address={address}", "--print-address=1"]
        self._environment["DBUS_SESSION_BUS_ADDRESS"] = self._start(bus, self._environment)
        self._eyes = subprocess.Popen(
            [*self._as_user(), SYSTEM_PYTHON, str(EYES)], env=self._environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._ends.append(self._eyes)

    @property
    def of_session(self) -> dict[str, str]:
        """What a program that is started in this session finds in its environment."""
        names = ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR")
        return {
            **{name: self._environment[name] for name in names},
            "XDG_SESSION_TYPE": "x11",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",  # as where a screen reader runs
        }

    def _as_user(self) -> list[str]:
        user = ["setpriv", f"--reuid={self._uid}", f"--regid={self._uid}", "--clear-groups", "--"]
        knows = ["sh", "-c", 'mount --bind "$1" /etc/passwd && shift && exec "$@"', "sh", str(self._accounts)]
        return ["unshare", "--mount", *knows, *user]

    def _start(self, command: list[str], environment: dict[str, str]) -> str:
        process = subprocess.Popen(
            [*self._as_user(), *command], env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        self._ends.append(process)
        assert process.stdout is not None
        line = process.stdout.readline().strip()
        assert line, f"{command[0]} did not start"
        return line

    def end(self) -> None:
        """Take everything away again."""
        for process in reversed(self._ends):
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()

    # --- seeing ------------------------------------------------------------------------------------------
    def look(self) -> Screen:
        """What is on the screen now."""
        assert self._eyes.stdin is not None and self._eyes.stdout is not None
        self._eyes.stdin.write("look\n")
        self._eyes.stdin.flush()
        seen: list[dict[str, Any]] = json.loads(self._eyes.stdout.readline())["seen"]
        return [
            Thing(
                one["role"], one["name"], one["description"], frozenset(one["states"]),
                tuple(one.get("place", (0, 0, 0, 0))),
            )
            for one in seen
        ]  # fmt: skip

    def until(self, what: str, found: Callable[[Screen], Any], patience_s: float = 60) -> Any:
        """Look until `found` finds something on the screen, and return that."""
        end = time.monotonic() + patience_s
        while True:
            screen = self.look()
            if wanted := found(screen):
                return wanted
            if time.monotonic() > end:
                said = [f"{one.role}: {one.name}" for one in screen if one.name]
                self.picture("not-seen")
                raise NotSeen(f"{what} did not come in {patience_s:.0f} s; the screen says: {said}")
            with suppress(subprocess.TimeoutExpired):  # the window is given the processor meanwhile
                self._eyes.wait(0.3)

    def see(self, name: str, role: str = "", patience_s: float = 60) -> Thing:
        """Wait for a thing whose name is, or begins with, `name`."""
        found: Thing = self.until(
            f"{role or 'something'} named {name!r}", lambda screen: first(screen, name, role), patience_s
        )
        return found

    # --- doing -------------------------------------------------------------------------------------------
    def _xdotool(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self._environment, check=True, stdout=subprocess.DEVNULL)

    def focus(self) -> None:
        """Give the keyboard to the window, which a window manager would do."""
        self._xdotool("search", "--sync", "--onlyvisible", "--name", "Gems", "windowfocus", "--sync")

    def click(self, thing: Thing) -> None:
        """Click a thing in its middle."""
        x, y = thing.middle
        self._xdotool("mousemove", str(x), str(y), "click", "1")

    def press(self, name: str, role: str = "", patience_s: float = 60) -> None:
        """Wait until a thing can be used and lies still, then click it."""
        place: list[tuple[int, int, int, int]] = []

        def rests(screen: Screen) -> Thing | None:
            one = first(screen, name, role)
            if one is None or not {"enabled", "sensitive"} & one.states:
                return None
            place.append(one.place)
            return one if place[-2:] == [one.place] * 2 else None

        self.click(self.until(f"{role or 'something'} to press, named {name!r}", rests, patience_s))

    def key(self, *keys: str) -> None:
        """Press keys one after the other, as xdotool names them."""
        self._xdotool("key", "--clearmodifiers", "--delay", "60", *keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self._xdotool("type", "--delay", "25", text)

    def picture(self, name: str) -> None:
        """Keep the screen as a PNG, where pictures are wanted."""
        if self._pictures is not None:
            self._shots += 1
            self.shoot(self._pictures / f"{self._shots:02}-{name}.png")

    def shoot(self, target: Path) -> None:
        """Write the screen as a PNG."""
        subprocess.run(["import", "-window", "root", str(target)], env=self._environment, check=True)


def named(screen: Screen, name: str, role: str = "") -> Iterator[Thing]:
    """The things of a role whose name is `name`; then those whose name begins so."""
    fitting = [one for one in screen if role in ("", one.role) and one.place[2] > 0]
    yield from (one for one in fitting if one.name == name)
    yield from (one for one in fitting if one.name.startswith(name))


def first(screen: Screen, name: str, role: str = "") -> Thing | None:
    """The first of `named`."""
    return next(named(screen, name, role), None)
