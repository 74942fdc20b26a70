# SPDX-License-Identifier: Apache-2.0
"""Bounds that hold against the other side of a pipe and against a node: depth, tips, keys in texts."""

from __future__ import annotations

import io
import struct
from types import SimpleNamespace
from typing import Any

import pytest
from eth_account.typed_transactions import TypedTransaction
from hexbytes import HexBytes

from gems_desktop.decoding import frames as decoding
from gems_desktop.services import frames
from gems_platform.client.requesting.requester import Requester
from gems_platform.client.requesting.transactions import MOST_TIP, transact

KEY = b"\x11" * 32


def test_a_deep_frame_closes_the_pipe_and_nothing_else() -> None:
    deep = b"[" * 4_000
    with pytest.raises(frames.PipeClosed):
        frames.read_frame(io.BytesIO(struct.pack(">II", len(deep), 0) + deep))
    with pytest.raises(decoding.BrokenPipe):
        decoding.read_frame(io.BytesIO(struct.pack(">I", len(deep)) + deep + struct.pack(">I", 0)))


async def test_a_node_cannot_make_a_requester_tip_its_coin_away() -> None:
    sent: list[bytes] = []

    class Node:
        async def estimate_gas(self, *_: Any) -> int:
            return 50_000

        async def gas_price(self) -> tuple[int, int]:
            return 2 * 10**9 + 10**20, 10**20

        async def nonce(self, _: str) -> int:
            return 0

        async def send_raw(self, raw: bytes) -> bytes:
            sent.append(raw)
            return raw[:32]

        async def receipt(self, _: bytes) -> Any:
            return SimpleNamespace(succeeded=True)

    await transact(Node(), 31_337, KEY, "0x" + "12" * 20, b"")  # type: ignore[arg-type]
    fields = TypedTransaction.from_bytes(HexBytes(sent[0])).as_dict()
    assert fields["maxPriorityFeePerGas"] == MOST_TIP
    assert fields["maxFeePerGas"] == 2 * 10**9 + MOST_TIP


def test_a_requester_does_not_show_its_key() -> None:
    shown = repr(Requester(None, None, None, KEY))  # type: ignore[arg-type]
    assert "11" * 4 not in shown and "\\x11" not in shown
