# SPDX-License-Identifier: Apache-2.0
"""Who answers the signer's questions: a window of its own in a process without keys, over a pipe of its own."""

from __future__ import annotations

import json
import os
import queue
import secrets
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import IO, Any, Protocol

from gems_desktop.hardening import clean_environment
from gems_desktop.signer.sentences import Question

#: A question that nobody answers is a no; long enough to compare an address with a paper.
TIMEOUT_S = 120
_MAX_ANSWER = 500


class Confirmer(Protocol):
    """Asks the person at the computer."""

    def ask(self, question: Question, looks: dict[str, Any]) -> bool:
        """Whether the answer is yes; anything but a clear yes is a no."""
        ...


class Always:
    """Answers by itself: yes for practice accounts, no where nobody could be asked."""

    def __init__(self, answer: bool) -> None:
        self._answer = answer

    def ask(self, question: Question, looks: dict[str, Any]) -> bool:
        """The fixed answer."""
        return self._answer


def window_command() -> list[str]:
    """How to start the window: this interpreter, or the packaged application itself."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--confirm-process"]
    return [sys.executable, "-P", "-m", "gems_desktop.confirming"]


class WindowConfirmer:
    """One process per question. Only what comes out of that process's own pipe, with this question's number, counts."""

    def __init__(self, command: Sequence[str] | None = None, timeout_s: float = TIMEOUT_S) -> None:
        self._command = list(command or window_command())
        self._timeout = timeout_s

    def ask(self, question: Question, looks: dict[str, Any]) -> bool:
        """Show the question; False when it is answered with no, closed, broken, or not answered in time."""
        nonce = secrets.token_hex(16)
        told = {"nonce": nonce, "looks": looks, "timeout_s": self._timeout, **question.to_json()}
        flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        environ = dict(os.environ)
        clean_environment(environ)  # whoever started the signer does not choose the window's code or style
        try:
            process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=flags,
                env=environ,
            )
        except OSError:
            return False
        try:
            return self._answer(process, json.dumps(told).encode() + b"\n", nonce)
        finally:
            _end(process)

    def _answer(self, process: subprocess.Popen[bytes], told: bytes, nonce: str) -> bool:
        if process.stdin is None or process.stdout is None:
            return False
        try:
            process.stdin.write(told)
            process.stdin.flush()
        except OSError:
            return False
        heard: queue.Queue[bytes] = queue.Queue()
        threading.Thread(target=_listen, args=(process.stdout, heard), daemon=True).start()
        try:
            raw = heard.get(timeout=self._timeout)
        except queue.Empty:
            return False
        return is_yes(raw, nonce)


def _listen(pipe: IO[bytes], heard: queue.Queue[bytes]) -> None:
    try:
        heard.put(pipe.readline(_MAX_ANSWER))
    except (OSError, ValueError):
        heard.put(b"")


def is_yes(raw: bytes, nonce: str) -> bool:
    """Whether these bytes are the yes to the question with this number."""
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError):
        return False
    return bool(told == {"nonce": nonce, "answer": "yes"})


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()  # first, so that the thread that listens lets go of its pipe
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:
                continue  # a broken pipe is closed already
