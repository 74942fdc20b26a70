# SPDX-License-Identifier: Apache-2.0
"""The status strip and the numbers beside the pages, read from a session; and what a restore brought back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gems_desktop.viewmodels.app import AppViewModel, with_connection, with_problem
from gems_desktop.viewmodels.words import say

if TYPE_CHECKING:
    from gems_desktop.services.facts import ConnectionFacts

UNPROVEN = "restore_unproven"  # the code of what a restore did not take


class Strip:
    """Shows in the frame what a session says of its line and its work."""

    def __init__(self, app: AppViewModel) -> None:
        self._app = app
        self._restoring = False

    async def read(self, session: Any, still_open: Callable[[], bool], *, paused: bool, away: bool) -> None:
        """Read and show it. paused: the user works offline. away: this account may have been on another computer."""
        facts = await session.sync.facts()
        queue = await session.review.queue()
        if not still_open():  # another profile is being opened meanwhile
            return
        self._tell_restored(facts, away)
        shown = with_connection(self._app.props, facts)
        if paused:
            shown = replace(shown, connection="offline", connectionText=say("Working offline, as you chose"))
        self._app.show(shown)
        counts = {"outbox": facts.unsent, "review": queue.queued}
        self._app.set_badges({name: str(count) for name, count in counts.items() if count})

    def _tell_restored(self, facts: ConnectionFacts, away: bool) -> None:
        """A former life is back, or what of it is not proven."""
        was, self._restoring = self._restoring, facts.restoring
        if not was or facts.restoring:
            return
        if facts.problem is not None and facts.problem.code == UNPROVEN:
            self._app.show(with_problem(self._app.props, facts.problem))
        elif away:
            back = say(
                "Your work, stakes and earnings are back. What was never sent was on the lost computer alone."
            )
            self._app.toast.emit(back, "good")
