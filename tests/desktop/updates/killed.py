# SPDX-License-Identifier: Apache-2.0
"""Installs an update again and again in children that are killed, each at another point; run by test_kills.py.

Arguments: the folder `made`, a folder to work in, how often, a seed. Writes one JSON line per try. The imports are
made once and the children forked, so that a try takes a tenth of a second.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from gems_desktop.adapters import update_install, update_trust  # noqa: F401 - so that children need not load them
from tests.desktop.updates.publisher import NOW, Machine, tree

TOUCHING = ("open", "os.", "shutil.", "fcntl.")  # audited events around which the disk changes


class Events:
    """Counts what touches the disk, and ends this process at the `deadly` one."""

    def __init__(self, deadly: int = -1) -> None:
        self.count, self._deadly = 0, deadly
        sys.addaudithook(self._seen)

    def _seen(self, event: str, arguments: Any) -> None:
        if event.startswith(TOUCHING):
            self.count += 1
            if self.count == self._deadly:
                os.kill(os.getpid(), signal.SIGKILL)


def install(machine: Machine, source: str) -> None:
    """What a window does."""
    updates = machine.updates()
    if updates.look_now(source, NOW) is not None:
        updates.bring_now(lambda done: None, lambda: False)


def forked(act: Callable[[], int], after: float | None = None) -> int:
    """Run `act` in a child, killed `after` so many seconds; its exit code, or minus the signal."""
    child = os.fork()
    if child == 0:
        os._exit(act())
    if after is not None:
        threading.Event().wait(after)
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def fresh(made: Path, work: Path) -> Machine:
    """A new installation of 0.1.0."""
    shutil.rmtree(work, ignore_errors=True)
    return Machine(work, made / "one/metadata/1.root.json", "http://127.0.0.1:9", made / "built/0.1.0")


def state(machine: Machine, wanted: dict[str, Any]) -> str:
    """The version that the launcher starts, or what is wrong with it."""
    said = machine.start("--version").split(" ")[0]
    if said not in wanted:
        return f"neither: {said}"
    name = machine.layout.name("current")
    return (
        said if name == said and tree(machine.layout.folder(said)) == wanted[said] else f"not whole: {said}"
    )


def main() -> None:
    """Try as often as was asked."""
    made, work, count = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    drawn = random.Random(int(sys.argv[4]))
    wanted = {version: tree(made / "built" / version) for version in ("0.1.0", "0.2.0")}
    source = str(made / "two")

    def counted() -> int:
        machine, events = fresh(made, work), Events()
        begun = time.monotonic()
        install(machine, source)
        (work / "taken").write_text(str(time.monotonic() - begun))
        (work / "events").write_text(str(events.count))
        return 0

    forked(counted)
    taken, total = float((work / "taken").read_text()), int((work / "events").read_text())
    for number in range(count):
        machine, result = fresh(made, work), 0
        if number % 3 == 2:
            at = drawn.random() * taken
            result = forked(lambda machine=machine: install(machine, source) or 0, at)  # type: ignore[misc]
        else:
            at = drawn.randint(1, total)

            def dying(machine: Machine = machine, deadly: int = int(at)) -> int:
                Events(deadly)
                install(machine, source)
                return 0

            result = forked(dying)
        after = state(machine, wanted)
        again = forked(lambda machine=machine: install(machine, source) or 0)  # type: ignore[misc]
        line = {"at": at, "of": total, "result": result, "after": after, "again": again}
        print(json.dumps({**line, "then": state(machine, wanted)}), flush=True)


if __name__ == "__main__":
    main()
