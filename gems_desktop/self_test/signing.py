# SPDX-License-Identifier: Apache-2.0
"""The signer in its own process, as the application starts it: a wallet behind a password, and a signature of it."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from gems_desktop.adapters.vault import SignerClient
from gems_desktop.hardening import clean_environment
from gems_desktop.self_test.checks import Checks, Failed, Place
from gems_desktop.self_test.nowhere import NETWORK
from gems_desktop.services.errors import WrongPassword
from gems_desktop.session import signer_config
from gems_desktop.signer.confirming import window_command
from gems_desktop.signer.sentences import about_export
from gems_protocol.messages import BatchSubmission

PASSWORD = b"self-test, not a secret"
#: How long the question stands, in seconds.
QUESTION_S = 0.5


def check(checks: Checks, place: Place) -> None:
    """The process, the window that it asks in, and the vault that it keeps without a keyring."""
    folder = place.below("signer")
    checks.run("the signer's process signs a typed message", lambda: asyncio.run(_signs(folder)))
    checks.run("the wallet's own window asks", _asks)
    checks.run("a vault without a keyring seals and opens", lambda: asyncio.run(_opens(folder)))


@asynccontextmanager
async def _signer(folder: Path) -> AsyncIterator[SignerClient]:
    signer = SignerClient(signer_config(folder, NETWORK))
    try:
        yield signer
    finally:
        await signer.close()


async def _signs(folder: Path) -> str:
    async with _signer(folder) as signer:
        words = await signer.create()
        if len(words) != 12:
            raise Failed(f"a wallet of {len(words)} words")
        await signer.protect(bytearray(PASSWORD))
        message = BatchSubmission(root=bytes(32), count=1, batch_id=bytes(range(32)), sealed_at=1_700_000_000)
        signature = await signer.sign(message)
        address = (await signer.wallet()).address
        if message.signer(NETWORK.campaigns_domain, signature) != address:
            raise Failed("the signature is another one's")
        return "in a process of its own" if signer.pid else ""


async def _opens(folder: Path) -> str:
    """The vault of the process before, in a new one."""
    async with _signer(folder) as signer:
        if await signer.keyring_available():
            raise Failed("the keyring of whoever runs this was found")
        await signer.unlock(bytearray(PASSWORD))
        facts = await signer.wallet()
        if not facts.unlocked or facts.storage != "password":
            raise Failed("the password does not open it")
        await signer.lock()
        try:
            await signer.unlock(bytearray(b"another password"))
        except WrongPassword:
            return "behind a password"
        raise Failed("another password opens it")


def _asks() -> str:
    """A question that nobody answers in time is answered with no: by the window, not by a fault before it."""
    environ = dict(os.environ)
    clean_environment(environ)
    question = about_export("0x" + "11" * 20).to_json()
    told = {"nonce": "self-test", "looks": {"language": "ar"}, "timeout_s": QUESTION_S, **question}
    done = subprocess.run(
        window_command(), input=json.dumps(told).encode() + b"\n", capture_output=True, env=environ, timeout=60,
        check=False,
    )  # fmt: skip
    if done.returncode != 0 or json.loads(done.stdout or b"{}") != {"nonce": "self-test", "answer": "no"}:
        raise Failed(f"it ended with {done.returncode}: {done.stderr.decode(errors='replace')[-300:]}")
    return "in a process of its own"
