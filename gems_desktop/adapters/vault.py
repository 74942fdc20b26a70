# SPDX-License-Identifier: Apache-2.0
"""The window's end of the signer process: starts it, speaks frames with it."""

from __future__ import annotations

import asyncio
import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any

from gems_desktop.hardening import clean_environment
from gems_desktop.services import errors, wallet_errors
from gems_desktop.services.frames import PipeClosed, read_frame, write_frame
from gems_desktop.services.signing import SignerCalls, SignerConfig
from gems_protocol.errors import GemsError, MalformedMessage

#: Faults that the signer may report, by name; each is made anew here.
_PLAIN = (
    errors.WrongPassword,
    errors.NoWallet,
    errors.WalletExists,
    errors.WalletLocked,
    errors.VaultDamaged,
    errors.NewerVault,
    errors.NoKeyring,
    errors.DiskFull,
    errors.StoreUnreadable,
    wallet_errors.NotConfirmed,
    wallet_errors.BadKey,
    wallet_errors.BadKeystore,
    wallet_errors.BadAddress,
    wallet_errors.NoPasswordHere,
)
_BY_NAME: dict[str, Callable[[], GemsError]] = {kind.__name__: kind for kind in _PLAIN}


def signer_command() -> list[str]:
    """How to start the signer: this interpreter, or the packaged application itself."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--signer-process"]
    return [sys.executable, "-P", "-m", "gems_desktop.signer"]


def _fault(told: dict[str, Any]) -> GemsError:
    name = str(told.get("kind"))
    if name in _BY_NAME:
        return _BY_NAME[name]()
    if name == "BadSeedWords":
        return errors.BadSeedWords(tuple(int(place) for place in told["positions"]), int(told["count"]))
    if name == "TooManyTries":
        return wallet_errors.TooManyTries(int(told["wait_s"]))
    kind = MalformedMessage if name == "MalformedMessage" else errors.SignerRefused
    return kind(str(told["message"]), safe=str(told["safe"]), action=str(told["action"]))


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise PipeClosed
    return process.stdin, process.stdout


class SignerClient(SignerCalls):
    """Implements SignerPort. One request at a time, on a thread of its own, so no loop ever waits for it."""

    def __init__(self, config: SignerConfig, command: Sequence[str] | None = None) -> None:
        self._config = config
        self._command = list(command or signer_command())
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="signer")
        self._process: subprocess.Popen[bytes] | None = None
        self._token = ""
        self._closing = False

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self._process.pid if self._process is not None else None

    async def _call(
        self, operation: str, fields: dict[str, Any], secret: bytes | bytearray = b""
    ) -> tuple[dict[str, Any], bytearray]:
        if self._closing:  # no process is started that nobody would end
            raise errors.SignerGone
        loop = asyncio.get_running_loop()
        reply, handed = await loop.run_in_executor(self._worker, self._exchange, operation, fields, secret)
        if "error" in reply:
            raise _fault(reply["error"])
        return reply["result"], handed

    def _exchange(
        self, operation: str, fields: dict[str, Any], secret: bytes | bytearray
    ) -> tuple[dict[str, Any], bytearray]:
        try:
            to_signer, from_signer = self._running()
            write_frame(to_signer, {"token": self._token, "op": operation, "fields": fields}, secret)
            return read_frame(from_signer)
        except (PipeClosed, OSError):
            self._end()
            raise errors.SignerGone from None

    def _running(self) -> tuple[IO[bytes], IO[bytes]]:
        """The pipes of the process; a fresh one starts locked, and signs nothing until unlocked."""
        if self._process is not None:
            return _pipes(self._process)
        flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        environ = dict(os.environ)
        clean_environment(
            environ
        )  # also where this process itself was started without: keys are in the other one
        process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=flags,
            env=environ,
        )
        self._process, self._token = process, secrets.token_hex(32)
        to_signer, from_signer = _pipes(process)
        write_frame(to_signer, {"token": self._token, "config": self._config.to_json()})
        read_frame(from_signer)
        return to_signer, from_signer

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue  # a broken pipe is closed already
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    async def close(self) -> None:
        """End the process; its keys are gone with it. Closing twice is harmless."""
        if self._closing:
            return
        self._closing = True
        await asyncio.get_running_loop().run_in_executor(self._worker, self._end)
        self._worker.shutdown()
