# SPDX-License-Identifier: Apache-2.0
"""Signing and checking as the protocol does it, without any store; beside eth-account, ethers and viem."""

import json
import os
import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from eth_account import Account
from eth_account.messages import encode_typed_data

from bench.result import CannotMeasure, Figure, Result
from gems_protocol import merkle
from gems_protocol.canonical import keccak_of
from gems_protocol.messages import Assignment, BatchSubmission, Domain, Message, Submission, Voucher
from gems_protocol.signature import address_of

ANSWERS = 10_000
MESSAGES = 1_000
PROOFS = 1_000  # that one timing of a proof's check covers
RUNS = 7
PEERS = Path(__file__).resolve().parent / "signing" / "peers.mjs"
CHANNELS = Domain("GemChannels", 31_337, "0x" + "c4" * 20)
CAMPAIGNS = Domain("GemCampaigns", 31_337, "0x" + "ca" * 20)
METHOD = (
    f"One process, one core; {RUNS} runs of every figure after a warm-up, the figures one after the other in each "
    f"run; random values from a fixed seed, made before the clock starts. Sealing: {ANSWERS:,} Choices answers to "
    "canonical JSON and its keccak256, the struct hash of each Submission, the Merkle root, one signature over the "
    "BatchSubmission; no store, no signer process. Checking: Message.check of messages that each have their own "
    "values and signature, so struct hash, digest, recovery and comparison; the domain's separator is kept, as it "
    "is in use. Python peer: eth-account's encode_typed_data and recover_message or sign_message of the same "
    "vouchers. ethers and viem: verifyTypedData, recoverTypedDataAddress and both signTypedData of the same vouchers "
    "in node (GEMS_BENCH_NODE names a folder with both in node_modules, as `npm ci` in a copy of tests/judges makes "
    "it; left out without it)."
)
Work = Callable[[], object]


def run() -> Result:
    """Measure our figures and eth-account's in turns, then node's."""
    chance = random.Random(6)
    key = chance.randbytes(32)
    works = _sealing(chance, key) | _checking(chance, key)
    vouchers = [Voucher(chance.randbytes(32), at * 10**15, at, at + 1) for at in range(MESSAGES)]
    works |= _vouchers(vouchers, key)
    times: dict[str, list[float]] = {name: [] for name in works}
    for at in range(RUNS + 1):
        for name, work in works.items():
            start = time.perf_counter()
            work()
            if at:
                times[name].append((time.perf_counter() - start) * 1000)
    figures = [Figure(name, "ms", tuple(found)) for name, found in times.items()]
    return Result(METHOD, (*figures, *_node(vouchers, key)))


def _sealing(chance: random.Random, key: bytes) -> dict[str, Work]:
    answers = [
        [{"id": f"{chance.getrandbits(40):x}", "type": "choices", "value": {"choices": [f"class {at % 9}"]}}]
        for at in range(ANSWERS)
    ]
    named = [(chance.randbytes(32), chance.randbytes(32)) for _ in answers]
    batch = chance.randbytes(32)
    results = [keccak_of(answer) for answer in answers]
    leaves = _leaves(named, results)
    root = merkle.root(leaves)
    proofs = merkle.proofs(leaves)

    def whole() -> bytes:
        found = merkle.root(_leaves(named, [keccak_of(answer) for answer in answers]))
        return BatchSubmission(found, ANSWERS, batch, 1_800_000_000).sign(CAMPAIGNS, key)

    def proven() -> None:
        for at in range(PROOFS):
            if not merkle.verify(root, leaves[at], at, ANSWERS, proofs[at]):
                raise AssertionError("a proof does not hold")

    return {
        f"seal {ANSWERS:,} answers": whole,
        "- their JSON hashed": lambda: [keccak_of(answer) for answer in answers],
        "- struct hashes": lambda: _leaves(named, results),
        "- root": lambda: merkle.root(leaves),
        f"all {ANSWERS:,} proofs": lambda: merkle.proofs(leaves),
        f"check {PROOFS:,} proofs": proven,
    }


def _leaves(named: list[tuple[bytes, bytes]], results: list[bytes]) -> list[bytes]:
    return [
        Submission(given, result, salt).struct_hash()
        for (given, salt), result in zip(named, results, strict=True)
    ]


def _checking(chance: random.Random, key: bytes) -> dict[str, Work]:
    miner = "0x" + chance.randbytes(20).hex()
    given = [
        Assignment(bytes(32), at, 0, miner, 10**18, 10**17, 100_000, *_two(chance), 1_800_000_000)
        for at in range(MESSAGES)
    ]
    return {f"check {MESSAGES:,} assignments": _checks(given, CAMPAIGNS, key)}


def _two(chance: random.Random) -> tuple[bytes, bytes]:
    return chance.randbytes(32), chance.randbytes(32)


def _checks(messages: list[Any], domain: Domain, key: bytes) -> Work:
    signed: list[tuple[Message, bytes]] = [(message, message.sign(domain, key)) for message in messages]
    signer = address_of(key)

    def work() -> None:
        for message, signature in signed:
            message.check(domain, signature, signer)

    return work


def _vouchers(vouchers: list[Voucher], key: bytes) -> dict[str, Work]:
    signer, account = address_of(key), Account.from_key(key)
    signed = [(voucher, voucher.sign(CHANNELS, key)) for voucher in vouchers]

    def eth_account() -> None:
        for voucher, signature in signed:
            if Account.recover_message(_encoded(voucher), signature=signature).lower() != signer:
                raise AssertionError("eth-account finds another signer")

    return {
        f"check {MESSAGES:,} vouchers": _checks(vouchers, CHANNELS, key),
        "- eth-account": eth_account,
        f"sign {MESSAGES:,} vouchers": lambda: [voucher.sign(CHANNELS, key) for voucher in vouchers],
        "- eth-account, sign": lambda: [account.sign_message(_encoded(voucher)) for voucher in vouchers],
    }


def _encoded(voucher: Voucher) -> Any:
    kinds = [part.split(" ") for part in Voucher.TYPE[Voucher.TYPE.index("(") + 1 : -1].split(",")]
    values = (voucher.channel_id, voucher.paid, voucher.bonded, voucher.seq)
    return encode_typed_data(
        domain_data=_domain(),
        message_types={"Voucher": [{"name": name, "type": kind} for kind, name in kinds]},
        message_data={name: value for (_, name), value in zip(kinds, values, strict=True)},
    )


def _domain() -> dict[str, Any]:
    return {
        "name": CHANNELS.name,
        "version": "1",
        "chainId": CHANNELS.chain_id,
        "verifyingContract": CHANNELS.contract,
    }


def _node(vouchers: list[Voucher], key: bytes) -> list[Figure]:
    """What ethers and viem take for the same vouchers; nothing without GEMS_BENCH_NODE."""
    folder, node = os.environ.get("GEMS_BENCH_NODE", ""), shutil.which("node")
    if not folder or node is None:
        return []
    rows = [
        {
            "values": ["0x" + each.channel_id.hex(), str(each.paid), str(each.bonded), str(each.seq)],
            "signature": "0x" + each.sign(CHANNELS, key).hex(),
        }
        for each in vouchers
    ]
    asked = {"key": "0x" + key.hex(), "domain": _domain(), "type": Voucher.TYPE, "rows": rows, "runs": RUNS}
    with tempfile.TemporaryDirectory() as place:
        shutil.copy(PEERS, place)
        (Path(place) / "node_modules").symlink_to(Path(folder).resolve() / "node_modules")
        done = subprocess.run(
            [node, "peers.mjs"],
            cwd=place,
            input=json.dumps(asked),
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise CannotMeasure(f"node: {done.stderr.strip()[-300:]}")
    told: dict[str, list[float]] = json.loads(done.stdout)
    return [Figure(f"- {name}", "ms", tuple(found)) for name, found in told.items()]
