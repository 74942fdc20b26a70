# SPDX-License-Identifier: Apache-2.0
"""kill -9 at any moment loses no transaction that was acknowledged."""

import asyncio
import json
import random
import subprocess
import sys
from pathlib import Path

import aiohttp

from gems_desktop.local.chain import Chain
from gems_desktop.local.chain.store import connect

from .conftest import CHAIN_ID, RICH, pay

KILLS = 10
ROOT = Path(__file__).resolve().parents[3]


def start(path: Path) -> tuple["subprocess.Popen[str]", str]:
    """The chain in a process of its own, and its URL."""
    command = [sys.executable, "-m", "gems_desktop.local.chain", "--path", str(path), "--fund", RICH.address]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, process.stdout.readline().strip()


async def send_until_it_dies(url: str, first_nonce: int, acknowledged: list[str]) -> None:
    """Transfers one after another; each hash is noted only when the chain answered."""
    async with aiohttp.ClientSession() as session:
        for nonce in range(first_nonce, first_nonce + 10_000):
            request = {"jsonrpc": "2.0", "id": nonce, "method": "eth_sendRawTransaction"}
            body = request | {"params": ["0x" + pay(nonce).hex()]}
            try:
                async with session.post(url, json=body) as response:
                    answer = json.loads(await response.text())
            except (aiohttp.ClientError, OSError):
                return
            acknowledged.append(answer["result"])


async def test_no_acknowledged_transaction_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "chain.sqlite"
    dice = random.Random(40)
    acknowledged: list[str] = []
    nonce = 0
    for _ in range(KILLS):
        process, url = await asyncio.to_thread(start, path)
        sending = asyncio.create_task(send_until_it_dies(url, nonce, acknowledged))
        await asyncio.sleep(dice.uniform(0.05, 0.4))  # the moment of death is what varies
        process.kill()
        await asyncio.to_thread(process.communicate)
        await sending
        nonce = check(path, acknowledged)
    assert len(acknowledged) > KILLS


def check(path: Path, acknowledged: list[str]) -> int:
    """Everything that was acknowledged is there, each block follows from its parent; the next nonce."""
    chain = Chain.open(path, CHAIN_ID)
    try:
        for tx_hash in acknowledged:
            receipt = chain.receipt_json(bytes.fromhex(tx_hash[2:]))
            assert receipt is not None and receipt["status"] == "0x1"
        header = chain.head()
        count = header.block_number
        while header.block_number:
            parent = chain.evm.header_by_number(header.block_number - 1)
            assert parent is not None and header.parent_hash == parent.hash
            header = parent
        nonce = chain.nonce(bytes.fromhex(RICH.address[2:]))
        assert count == nonce >= len(acknowledged)
    finally:
        chain.close()
    connection = connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    connection.close()
    return nonce


def test_the_module_says_what_is_wrong_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "chain.sqlite"
    path.write_bytes(b"this is no database " * 300)
    command = [sys.executable, "-m", "gems_desktop.local.chain", "--path", str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert "did not start" in done.stderr and "Traceback" not in done.stderr
