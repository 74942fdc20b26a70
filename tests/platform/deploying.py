# SPDX-License-Identifier: Apache-2.0
"""Puts a contract on a local chain, by hand."""

from __future__ import annotations

from typing import Any

from eth_abi.abi import encode
from eth_account import Account

from gems_desktop.local.chain import Chain as LocalChain
from gems_protocol.contracts import artefact
from gems_protocol.signature import address_of
from tests.platform.conftest import key

CHAIN_ID = 31_337


def deploy(chain: LocalChain, name: str, *args: Any) -> str:
    """Its address; the requester pays."""
    made = artefact(name)
    code = bytes.fromhex(made["bytecode"][2:]) + encode(["address"] * len(args), args)
    sender = address_of(key("requester"))
    fields = {
        "type": 2,
        "chainId": CHAIN_ID,
        "nonce": chain.nonce(bytes.fromhex(sender[2:])),  # type: ignore[arg-type]
        "value": 0,
        "gas": 6_000_000,
        "maxFeePerGas": 2 * 10**9,
        "maxPriorityFeePerGas": 10**6,
        "data": code,
    }
    raw = bytes(Account.sign_transaction(fields, key("requester")).raw_transaction)
    receipt = chain.receipt_json(chain.send_raw(raw))
    assert receipt is not None and receipt["status"] == "0x1"
    return str(receipt["contractAddress"]).lower()
