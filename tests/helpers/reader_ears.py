# SPDX-License-Identifier: Apache-2.0
"""What a screen reader hears, through the libraries that Orca uses: run by the system's Python, which has them.

It prints a line of JSON for each focus, change and announcement, and on a line of its standard input the whole window.
"""

import json
import sys
import threading

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402  (the version is chosen first)

OF = "Gems"


def tell(**what: object) -> None:
    """One line for the test."""
    print(json.dumps(what), flush=True)


def states(thing: Atspi.Accessible) -> list[str]:
    """The names of the states that are set."""
    return sorted(each.value_nick for each in thing.get_state_set().get_states())


def node(thing: Atspi.Accessible) -> dict[str, object]:
    """A thing and everything in it that is seen."""
    inside = [thing.get_child_at_index(at) for at in range(thing.get_child_count())]
    return {
        "role": thing.get_role_name(),
        "name": thing.get_name(),
        "description": thing.get_description(),
        "states": states(thing),
        "children": [node(each) for each in inside if each is not None and "showing" in states(each)],
    }


def application() -> "Atspi.Accessible | None":
    """The window's application, or None while it is not there."""
    desktop = Atspi.get_desktop(0)
    for at in range(desktop.get_child_count()):
        found = desktop.get_child_at_index(at)
        if found is not None and found.get_name() == OF:
            return found
    return None


def heard(event: Atspi.Event) -> None:
    """Tell of an event of the window; one that is gone before it is asked for its name is told as gone."""
    try:
        _tell_of(event, event.source)
    except GLib.GError as error:
        tell(event="gone", type=event.type, why=str(error))


def _tell_of(event: Atspi.Event, thing: Atspi.Accessible) -> None:
    if event.type.startswith("object:state-changed:focused") and event.detail1:
        tell(event="focus", name=thing.get_name(), role=thing.get_role_name())
    elif event.type.startswith("object:state-changed:checked"):
        tell(event="checked", name=thing.get_name(), on=bool(event.detail1))
    elif event.type.startswith("object:announcement"):
        tell(event="announcement", text=event.any_data, polite=event.detail1 == 1)


def ask(loop: GLib.MainLoop) -> None:
    """Answer each line with the window; the end of the lines is the end of this."""
    for _ in sys.stdin:
        GLib.idle_add(answer)
    GLib.idle_add(loop.quit)


def answer() -> bool:
    """Tell of the whole window."""
    found = application()
    tell(window=node(found) if found is not None else None)
    return False


def main() -> None:
    """Listen until the standard input ends."""
    listener = Atspi.EventListener.new(heard)
    for kind in ("object:state-changed:focused", "object:state-changed:checked", "object:announcement"):
        listener.register(kind)
    loop = GLib.MainLoop()
    threading.Thread(target=ask, args=(loop,), daemon=True).start()
    tell(event="listening")
    loop.run()


if __name__ == "__main__":
    main()
