# SPDX-License-Identifier: Apache-2.0
"""What a screen reader finds in the window, and where: run by the system's Python, which has the libraries of Orca.

For each line of JSON on standard input it prints one: {"seen": [things]} in the order of reading.
"""

import json
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402  (the version is chosen first)

OF = "gems"


def thing(found: Atspi.Accessible, states: list[str]) -> dict[str, object]:
    """One thing; place: x, y, width, height in pixels of the screen."""
    seen = {
        "role": found.get_role_name(),
        "name": found.get_name(),
        "description": found.get_description(),
        "states": states,
    }
    if found.get_component_iface() is not None:
        place = found.get_extents(Atspi.CoordType.SCREEN)
        seen["place"] = [place.x, place.y, place.width, place.height]
    return seen


def walk(found: Atspi.Accessible, into: list[dict[str, object]]) -> None:
    """Everything below and including `found` that is shown; what goes away meanwhile is left out."""
    try:
        states = sorted(each.value_nick for each in found.get_state_set().get_states())
        if "showing" in states or found.get_role() == Atspi.Role.APPLICATION:
            into.append(thing(found, states))
            for at in range(found.get_child_count()):
                child = found.get_child_at_index(at)
                if child is not None:
                    walk(child, into)
    except GLib.GError:
        return


def window() -> "Atspi.Accessible | None":
    """The window's application, or None while it is not there."""
    desktop = Atspi.get_desktop(0)
    desktop.clear_cache()
    for at in range(desktop.get_child_count()):
        found = desktop.get_child_at_index(at)
        if found is not None and found.get_name().lower() == OF:
            return found
    return None


def look() -> list[dict[str, object]]:
    """Everything that is shown; nothing while there is no window."""
    seen: list[dict[str, object]] = []
    try:
        found = window()
        if found is not None:
            found.clear_cache()
            walk(found, seen)
    except GLib.GError:
        return []
    return seen


def main() -> None:
    """Answer until the standard input ends."""
    for _ in sys.stdin:
        print(json.dumps({"seen": look()}), flush=True)


if __name__ == "__main__":
    main()
