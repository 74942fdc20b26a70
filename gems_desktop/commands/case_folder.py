# SPDX-License-Identifier: Apache-2.0
"""A watch-tower's folder of cases: whatever can be brought or paid now is, one after the other."""

from __future__ import annotations

import argparse
import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from gems_desktop.commands import case as command
from gems_protocol.errors import GemsError

if TYPE_CHECKING:
    from gems_desktop.adapters.chain_cases import ChainCases
    from gems_desktop.adapters.chain_rpc import ChainRpc
    from gems_protocol.case import Case

LOG = logging.getLogger("gems_platform")
MOST = 1_000  # files that are looked at in one turn
_AGAIN_S = 300  # between two looks at one case
_ENDED = ("paid", "turned", "answered", "late")


@dataclass(slots=True)
class CaseFolder:
    """Cases of workers, for a tower with gas. chain_id: the tower's; others are left alone."""

    folder: Path
    rpc_urls: Sequence[str]
    chain_id: int
    key_file: Path
    max_gas_gwei: int
    clock: Callable[[], float] = time.time
    _over: set[Path] = field(default_factory=set)
    _next: dict[Path, float] = field(default_factory=dict)
    _checked: set[tuple[str, str, str]] = field(default_factory=set)
    _told: dict[Path, str] = field(default_factory=dict)

    async def turn(self) -> int:
        """Look at each once; how many calls were sent. What is wrong with one is logged and holds up no other."""
        sent = 0
        for path in sorted(self.folder.glob("*.gems-case"))[:MOST]:
            if path in self._over or self.clock() < self._next.get(path, 0):
                continue
            self._next[path] = self.clock() + _AGAIN_S
            try:
                sent += await self._look(path)
            except GemsError as error:
                self._tell(path, error.message)
        return sent

    async def run(self, every_s: float) -> None:
        """Look again and again until cancelled."""
        while True:
            await self.turn()
            await asyncio.sleep(every_s)

    async def _look(self, path: Path) -> int:
        case = command.read_case(path)
        if case.chain_id != self.chain_id:
            self._tell(path, "it is of another chain")
            return 0
        options = argparse.Namespace(
            rpc=list(self.rpc_urls), key_file=self.key_file, yes=True, max_gas_gwei=self.max_gas_gwei
        )

        async def bring(options: argparse.Namespace, case: Case, chain: ChainRpc, court: ChainCases) -> int:
            from gems_protocol.case_steps import next_step

            step = next_step(case, await court.seen(case.place, case.root, int(self.clock())))
            if step.call is None:
                self._tell(path, step.stage.value)
                if step.stage.value in _ENDED:
                    self._over.add(path)
                return 0
            await command.send(options, case, chain, step.call)
            LOG.info("case %s: sent %s", path.name, step.call.function)
            return 1

        where = (case.gem, case.campaigns, case.judge)
        sent = await command.bring(options, case, bring, known=where in self._checked)
        self._checked.add(where)
        return sent

    def _tell(self, path: Path, what: str) -> None:
        if self._told.get(path) != what:
            LOG.info("case %s: %s", path.name, what)
        self._told[path] = what
