# SPDX-License-Identifier: Apache-2.0
"""A D-Bus that takes calls and never answers is left out before Qt and the keyring would wait for it for ever.

Nothing but the standard library: it runs before everything else. Notices, the tray and the keyring then are missing,
as on a desktop without them.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import MutableMapping
from pathlib import Path
from urllib.parse import unquote

SESSION, SYSTEM = "DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS"
NOBODY = "disabled:"  # an address that every D-Bus library gives up at once
WAIT_S = 2.0


def leave_out_dead_buses(environ: MutableMapping[str, str], wait_s: float = WAIT_S) -> list[str]:
    """Point the variables of buses that do not answer at nobody, for this process and its children; which ones."""
    if sys.platform != "linux":
        return []
    usual = {SESSION: Path(f"/run/user/{os.getuid()}/bus"), SYSTEM: Path("/run/dbus/system_bus_socket")}
    dead = []
    for name, place in usual.items():
        socket_name = _place(environ.get(name, "")) or (str(place) if place.exists() else "")
        if socket_name and _hangs(socket_name, wait_s):
            environ[name] = NOBODY
            dead.append(name)
    return dead


def _place(address: str) -> str:
    """The socket of the first unix address, "" where there is none."""
    for one in address.split(";"):
        kind, _, rest = one.partition(":")
        for part in rest.split(","):
            key, _, value = part.partition("=")
            if kind == "unix" and key in ("path", "abstract"):
                return unquote(value) if key == "path" else "\0" + unquote(value)
    return ""


def _hangs(place: str, wait_s: float) -> bool:
    """Whether it lets us in and then says nothing; one that refuses is no trouble."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as bus:
        bus.settimeout(wait_s)
        try:
            bus.connect(place)
            bus.sendall(b"\0AUTH EXTERNAL " + str(os.getuid()).encode().hex().encode() + b"\r\n")
            bus.recv(64)
        except TimeoutError:
            return True
        except (OSError, ValueError):
            return False
    return False
