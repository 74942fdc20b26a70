# SPDX-License-Identifier: Apache-2.0
"""The log of a profile: only what is on a list gets in, since messages of exceptions can hold seed words or answers.

A line has the time, the level, our own fixed sentence, and for a fault the types and places of its chain; never the
values that were filled in, never the text of an exception, never a path outside this application.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from gems_desktop.hardening import NO_LINK

NAME = "gems.log"
MAX_BYTES = 256_000  # two files of this size hold weeks
OURS = ("gems_desktop", "gems_protocol")
_MAX_FRAMES = 30


class ListedFormatter(logging.Formatter):
    """Writes only what the module's docstring lists."""

    def format(self, record: logging.LogRecord) -> str:
        """One line for the record and one for each place of its fault."""
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))
        ours = record.name.partition(".")[0] in OURS
        # the sentence without its values: a literal of ours
        sentence = str(record.msg) if ours else "(a message of a library)"
        lines = [f"{stamp} {record.levelname} {record.name} {sentence}"]
        if record.exc_info and record.exc_info[1] is not None:
            lines += places(record.exc_info[1])
        return "\n".join(lines)


def places(error: BaseException) -> list[str]:
    """The types and code places of an exception and its causes."""
    lines: list[str] = []
    seen: set[int] = set()
    fault: BaseException | None = error
    while fault is not None and id(fault) not in seen:
        seen.add(id(fault))
        lines.append(f"  {type(fault).__module__}.{type(fault).__qualname__}")
        trace = fault.__traceback__
        while trace is not None and len(lines) < _MAX_FRAMES:
            code = trace.tb_frame.f_code
            lines.append(f"    {Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        fault = fault.__cause__ or fault.__context__
    return lines


class ProfileLog(logging.Handler):
    """Appends to gems.log in a folder, readable by its owner only; the older half is kept as gems.log.1."""

    def __init__(self, folder: Path) -> None:
        super().__init__(logging.WARNING)
        self._path = folder / NAME
        self.setFormatter(ListedFormatter())

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record; a log that cannot be written is no reason to stop working."""
        line = (self.format(record) + "\n").encode("utf-8", "replace")
        try:
            if self._path.exists() and self._path.stat().st_size > MAX_BYTES:
                os.replace(self._path, self._path.with_suffix(".log.1"))
            handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | NO_LINK, 0o600)
            with open(handle, "ab") as file:
                file.write(line)
        except OSError:
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing: the default prints the record with all its values."""


Hook = Callable[[], None]


def catch_bugs(show: Hook) -> Callable[[], None]:
    """Send exceptions that nobody caught to the log and call `show`; returns the way to undo it."""
    log = logging.getLogger("gems_desktop.bugs")
    before, before_threads = sys.excepthook, threading.excepthook

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            before(kind, error, trace)
            return
        log.error("a fault that nobody caught", exc_info=(kind, error, trace))
        show()

    def caught_in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            log.error("a fault in a thread", exc_info=(args.exc_type, args.exc_value, args.exc_traceback))

    sys.excepthook, threading.excepthook = caught, caught_in_thread

    def undo() -> None:
        sys.excepthook, threading.excepthook = before, before_threads

    return undo
