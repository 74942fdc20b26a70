# SPDX-License-Identifier: Apache-2.0
"""Looks after a run: how starts went, what faults leave behind, and the checks; implements the window's Keeper."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from gems_desktop.diagnosing import native, starts

if TYPE_CHECKING:
    from gems_desktop.diagnosing.finding import Finding
    from gems_desktop.services.facts import Problem
    from gems_desktop.services.network import Network
    from gems_desktop.services.ports import SignerPort
    from gems_desktop.viewmodels.care import CareViewModel


class BugWatch(logging.Handler):
    """Hands every fault of ours that reaches the log to the window."""

    def __init__(self, care: CareViewModel) -> None:
        super().__init__(logging.ERROR)
        self._care = care

    def emit(self, record: logging.LogRecord) -> None:
        """From any thread; the window takes it up on its own."""
        if record.exc_info and isinstance(record.exc_info[1], Exception):
            self._care.caught.emit(record.exc_info[1])


class RunKeeper:
    """One run of the window over the profile in `folder` (what is opened later may be another one)."""

    def __init__(self, care: CareViewModel, folder: Path) -> None:
        self._care, self._first, self._folder = care, folder, folder
        self._profile = folder.name
        self._crash: list[str] = []
        self._native: native.NativeWatch | None = None
        self._network: Network | None = None
        self._signer: SignerPort | None = None
        self._watch = BugWatch(care)
        care.keeper = self
        logging.getLogger("gems_desktop").addHandler(self._watch)

    def opened(self, folder: Path, network: Network, signer: SignerPort) -> None:
        """A session of the profile in `folder` is open: the start has not failed."""
        self._folder, self._profile, self._network, self._signer = folder, folder.name, network, signer
        starts.opened(self._first)
        if self._native is None:
            self._crash = native.last(folder)
            self._begin_native(folder)
            if self._crash:
                self._care.offer("crash")

    def _begin_native(self, folder: Path) -> None:
        try:
            self._native = native.NativeWatch(folder)
        except OSError:
            logging.getLogger(__name__).warning("crashes below Python cannot be noted in this folder")

    def report(self, fault: BaseException | None) -> str:
        """See Keeper."""
        from gems_desktop.diagnosing.report import compose

        return compose(fault, self._folder, crash=self._crash)

    def save(self, text: str) -> str:
        """See Keeper."""
        from gems_desktop.diagnosing.report import save

        file = save(self._folder, text)
        try:
            return "~/" + file.relative_to(Path.home()).as_posix()
        except ValueError:
            return str(file)

    async def examine(self) -> list[Finding]:
        """See Keeper."""
        from gems_desktop.diagnosing import disk, machine
        from gems_desktop.diagnosing.examining import examine

        if self._signer is None:
            return [*machine.examine(), *disk.examine(self._folder, self._profile)]
        return await examine(self._folder, self._profile, self._network, self._signer)

    def close(self) -> None:
        """The run ends in order."""
        logging.getLogger("gems_desktop").removeHandler(self._watch)
        self._care.close()
        if self._native is not None:
            self._native.close()
            (self._folder / native.NAME).unlink(missing_ok=True)
        starts.ended(self._first)


def careful_problem() -> Problem:
    """What a start in safe mode says."""
    from gems_desktop.services.facts import Problem

    return Problem(
        message="Gems could not start the last two times, so it started carefully: without the graphics card, and "
        "without exchanging anything.",
        safe="Your answers, your wallet and your money are stored and untouched.",
        action="Look at the checks in Settings. Try again goes on as usual.",
        retryable=True,
        code="safe_mode",
    )
