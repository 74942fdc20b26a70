# SPDX-License-Identifier: Apache-2.0
"""A warm process whose forks do all that is due once, and are killed at a step of it: `python -m ...duty_life`.

A line of its input is an order: settings, the hour, and the step at which SIGKILL comes (0: never). A line of its
output says how many steps there were, or that it was killed. Steps are statements, commits, and the chain's questions
and answers.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from typing import Any

from sqlalchemy import Engine, event

from gems_platform.app import create_app
from gems_platform.channels.chain import Chain
from gems_platform.db import TRIES, Contended
from gems_platform.errors import ChainDown
from gems_platform.settings import Settings
from tests.faults.platform_life import StillClock, back


class Steps:
    """Counts, and ends the process at the wanted step."""

    def __init__(self, last: int, half: str) -> None:
        """half: a control. Before the first statement that begins so, what its transaction did is committed, and
        this process is killed."""
        self.count, self._last, self._half = 0, last, half

    def take(self, *_args: Any) -> None:
        self.count += 1
        if self.count == self._last:
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(self, _connection: Any, cursor: Any, text: str, *_args: Any) -> None:
        self.take()
        if self._half and text.startswith(self._half):
            cursor.connection.commit()
            os.kill(os.getpid(), signal.SIGKILL)


async def _tick(order: dict[str, Any], steps: Steps) -> None:
    settings = Settings(**{name: back(value) for name, value in order["settings"].items()})
    app = create_app(settings, clock=StillClock(order["at"]), ticking=False)
    event.listen(Engine, "before_cursor_execute", steps.statement)
    event.listen(Engine, "commit", steps.take)
    real = Chain._rpc

    async def counted(chain: Chain, method: str, *params: Any) -> Any:
        steps.take()
        found = await real(chain, method, *params)
        steps.take()
        return found

    Chain._rpc = counted  # type: ignore
    async with app.router.lifespan_context(app):
        for _ in range(TRIES):
            try:
                await app.state.ticker.tick()
                return
            except (ChainDown, Contended) as error:  # another's being in the way is no end
                print(f"once more: {error}", file=sys.stderr)


def _live(order: dict[str, Any], tell: int) -> None:
    steps = Steps(order["kill"], order["half"])
    asyncio.run(_tick(order, steps))
    os.write(tell, f"{steps.count}\n".encode())


def main() -> None:
    """Carry orders out, those of one line at the same time."""
    for line in sys.stdin:
        lives: list[tuple[int, int]] = []
        for order in json.loads(line):
            hear, tell = os.pipe()
            pid = os.fork()
            if pid == 0:
                os.close(hear)
                status = 1
                try:
                    _live(order, tell)
                    status = 0
                finally:
                    os._exit(status)
            os.close(tell)
            lives.append((pid, hear))
        found = []
        for pid, hear in lives:
            with os.fdopen(hear) as heard:
                steps = heard.read().strip()
            _, status = os.waitpid(pid, 0)
            found.append({"steps": int(steps or 0), "killed": os.WIFSIGNALED(status), "status": status})
        print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
