# SPDX-License-Identifier: Apache-2.0
"""The signer as a process: its pipe, its token, what it maps, and what is said when it dies."""

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from gems_desktop.adapters.vault import SignerClient
from gems_desktop.services.errors import BadSeedWords, SignerGone, WalletLocked, WrongPassword
from gems_desktop.services.frames import PipeClosed, read_frame, write_frame
from gems_desktop.services.signing import SignerConfig
from gems_desktop.services.wallet_errors import TooManyTries
from gems_protocol.messages import Debit

WORDS = b"test test test test test test test test test test test junk"
HASH = bytes(32)


@pytest.fixture
def config(tmp_path: Path) -> SignerConfig:
    zero = "0x" + "11" * 20
    return SignerConfig(str(tmp_path), 1, zero, zero, "localhost:1", "http://localhost:1", (zero,), 1)


async def test_the_whole_life_of_a_wallet_over_the_pipe(config: SignerConfig) -> None:
    client = SignerClient(config)
    try:
        with pytest.raises(BadSeedWords) as caught:
            await client.restore(bytearray(b"test tset " + WORDS[10:]))
        assert caught.value.positions == (2,) and "tset" not in str(caught.value)
        await client.restore(bytearray(WORDS))
        await client.protect(bytearray(b"pass"))
        assert len(await client.sign(Debit(HASH, 1, HASH))) == 65
        if sys.platform == "linux":
            assert client.pid is not None
            # not dumpable: its memory map belongs to root, so look at what it imported through a fresh one
            assert os.stat(f"/proc/{client.pid}/environ").st_uid == 0
        await client.lock()
        with pytest.raises(WalletLocked):
            await client.sign(Debit(HASH, 1, HASH))
        with pytest.raises(WrongPassword):
            await client.unlock(bytearray(b"pess"))
        with pytest.raises(TooManyTries) as wait:  # the wait is counted in the signer
            await client.unlock(bytearray(b"pass"))
        assert wait.value.wait_s == 1
        assert client.pid is not None
        os.kill(client.pid, signal.SIGKILL)
        with pytest.raises(SignerGone):
            await client.sign(Debit(HASH, 1, HASH))
        with pytest.raises(WalletLocked):  # the fresh process holds no keys
            await client.sign(Debit(HASH, 1, HASH))
    finally:
        await client.close()


def test_it_maps_no_qt_and_no_network_library() -> None:
    code = (
        "import sys, gems_desktop.signer.__main__, gems_desktop.signer.key_box;"
        "import gems_desktop.signer.words as w, gems_desktop.signer.hd_path as h;"
        "h.key_below(w.seed_of(bytearray(16), 'english', bytearray()));"
        "print([m for m in ('PySide6','aiohttp','web3','sqlalchemy','eth_account') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_a_wrong_token_ends_it(config: SignerConfig) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "gems_desktop.signer"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        write_frame(process.stdin, {"token": "right", "config": config.to_json()})
        read_frame(process.stdout)
        write_frame(process.stdin, {"token": "wrong", "op": "status", "fields": {}})
        with pytest.raises(PipeClosed):
            read_frame(process.stdout)
        assert process.wait(10) == 2


@pytest.mark.parametrize("raw", [b"", b"\xff" * 8, b"\x00\x00\x00\x02\x00\x00\x00\x00[]"])
def test_frames_out_of_bounds_close_the_pipe(raw: bytes) -> None:
    with pytest.raises(PipeClosed):
        read_frame(io.BytesIO(raw))
