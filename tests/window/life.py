# SPDX-License-Identifier: Apache-2.0
"""One person's life in the real window, played once for all tests that look at it: what every step told, by name."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.e2e.processes import Told
from tests.e2e.test_main_job import _on_chain as on_chain
from tests.window.campaigns import write_campaigns

ALONE = "--no-neighbours"
PATIENCE_S = 300.0  # a step of the longest kind, on a machine with other work


class Life:
    """The network, and two windows of one profile one after the other: the first one is killed."""

    def __init__(self, folder: Path, many: int) -> None:
        self.many = many
        self.folder = folder
        self.home = folder / "home"
        self.home.mkdir()
        self.told: dict[str, Any] = {}
        self._stack = ExitStack()
        self._samples = write_campaigns(folder / "campaigns", many)

    def play(self) -> None:
        """Everything, from an empty profile to money on the chain; raises what a scene complains of."""
        network = self._network(ALONE)
        window = self._window("begin")
        self._hear(window, "first", "chosen", "veiled", "leased")
        network.kill()
        network.close()
        window.tell("the platform is gone")
        self._hear(window, "keys", "half")
        window.kill()  # in the middle of a polygon
        window.close()
        window = self._window("again")
        self._hear(window, "found", "back", "sealed")
        network = self._network(ALONE)
        window.tell("the platform is back")
        self._hear(window, "delivered", "reviewed", "corrected", "record")
        network.end()
        self._network()  # with neighbours
        window.tell("the neighbours are there")
        self._hear(window, "money")
        network_facts = json.loads(self.network_file.read_text("utf-8"))
        self.told["money"]["chain"] = on_chain(network_facts, self.told["money"]["everything"]["address"])
        window.tell("well done")
        assert window.end() == 0

    def _hear(self, window: Told, *names: str) -> None:
        for name in names:
            self.told[name] = window.wait_for(name, PATIENCE_S)

    def _network(self, *more: str) -> Told:
        arguments = ["--dir", str(self.folder / "state"), "--samples", str(self._samples), *more]
        network = Told(["-m", "gems_desktop.local", *arguments], self.folder / "network.log")
        self._stack.callback(network.close)
        self.network_file = Path(network.wait_for("ready"))
        return network

    def _window(self, scene: str) -> Told:
        arguments = [str(self.home), str(self.network_file), scene, str(self.many)]
        window = Told(["-m", "tests.window.played", *arguments], self.folder / f"{scene}.log")
        self._stack.callback(window.close)
        return window

    def log(self, scene: str) -> str:
        """What the window of a scene wrote to standard error."""
        return (self.folder / f"{scene}.log").read_text("utf-8", "replace")

    def close(self) -> None:
        """End what still runs."""
        self._stack.close()
