# SPDX-License-Identifier: Apache-2.0
"""Every message has the digest that an independent library gives it, and only its signer's signature counts."""

from __future__ import annotations

import keyword
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gems_protocol import messages as module
from gems_protocol.amount import Amount
from gems_protocol.campaign import Terms
from gems_protocol.channel import Config
from gems_protocol.errors import BadSignature, MalformedMessage
from gems_protocol.messages import Domain, Message, Panel, Spend, Voucher
from gems_protocol.signature import address_of
from tests.helpers.protocol_vectors import messages

KEY = bytes.fromhex(messages()["key"][2:])
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
TYPES = {
    found.TYPE.partition("(")[0]: found
    for found in vars(module).values()
    if isinstance(found, type) and issubclass(found, Message) and found is not Message
}


def domain(name: str, chain_id: int = 31337) -> Domain:
    return Domain(name, chain_id, messages()["domains"][name]["verifyingContract"].lower())


def _value(kind: str, value: Any) -> Any:
    if kind == "bytes32":
        return bytes.fromhex(value[2:])
    if kind == "address[]":
        return tuple(item.lower() for item in value)
    return int(value) if kind.startswith("uint") else value


def _python_name(wire: str) -> str:
    name = re.sub("([A-Z])", lambda found: "_" + found[1].lower(), wire)
    return name + "_" if keyword.iskeyword(name) else name


def build(vector: dict[str, Any]) -> Message:
    body = vector["type"][vector["type"].index("(") + 1 : -1]
    kinds = {part.split(" ")[1]: part.split(" ")[0] for part in body.split(",")}
    fields = {_python_name(name): _value(kinds[name], value) for name, value in vector["fields"].items()}
    return TYPES[vector["name"]](**fields)


def test_every_message_is_among_the_vectors() -> None:
    assert {vector["name"] for vector in messages()["messages"]} == set(TYPES)


@pytest.mark.parametrize("vector", messages()["messages"], ids=lambda vector: vector["name"])
def test_digest_and_signature_are_those_of_viem(vector: dict[str, Any]) -> None:
    message, where = build(vector), domain(vector["domain"])
    assert vector["type"] == message.TYPE
    assert "0x" + where.separator().hex() == messages()["domains"][vector["domain"]]["separator"]
    assert "0x" + message.struct_hash().hex() == vector["struct_hash"]
    assert "0x" + message.digest(where).hex() == vector["digest"]
    signature = message.sign(where, KEY)
    assert "0x" + signature.hex() == vector["signature"]
    assert message.signer(where, signature) == messages()["signer"] == address_of(KEY)
    assert type(message).from_json(message.to_json()) == message


def test_campaign_and_channel_ids_are_those_of_viem() -> None:
    values = messages()["campaign_id"]["terms"]
    kinds = ["address"] * 2 + ["amount"] * 4 + ["int"] * 7 + ["hash"] * 2 + ["address"] + ["hash"] * 2
    read = {
        "address": str,
        "int": int,
        "amount": lambda x: Amount(int(x)),
        "hash": lambda x: bytes.fromhex(x[2:]),
    }
    terms = Terms(*(read[kind](value) for kind, value in zip(kinds, values, strict=True)))  # type: ignore[operator]
    assert "0x" + terms.campaign_id().hex() == messages()["campaign_id"]["keccak"]
    payer, signer, worker, delay, salt = messages()["channel_id"]["config"]
    config = Config(payer, signer, worker, int(delay), int(salt))
    assert "0x" + config.channel_id().hex() == messages()["channel_id"]["keccak"]


@settings(max_examples=20)
@given(st.integers(0, 519))
def test_a_flipped_bit_never_passes(bit: int) -> None:
    voucher, where = Voucher(bytes(32), 1, 2, 3), domain("GemChannels")
    signature = bytearray(voucher.sign(where, KEY))
    signature[bit // 8] ^= 1 << bit % 8
    with pytest.raises(BadSignature):
        voucher.check(where, bytes(signature), address_of(KEY))


def test_malleated_zero_short_and_foreign_signatures_are_refused() -> None:
    voucher, where = Voucher(bytes(32), 1, 2, 3), domain("GemChannels")
    good = voucher.sign(where, KEY)
    high = (ORDER - int.from_bytes(good[32:64], "big")).to_bytes(32, "big")
    bad = [
        good[:32] + high + bytes([55 - good[64]]),
        bytes(64) + b"\x1b",
        good[:64],
        good + b"\0",
        good[:64] + bytes([good[64] - 27]),
        bytes(32) + good[32:],
        voucher.sign(domain("GemChannels", 1), KEY),
        Voucher(bytes(32), 1, 2, 4).sign(where, KEY),
        voucher.sign(where, bytes(31) + b"\x01"),
    ]
    for signature in bad:
        with pytest.raises(BadSignature):
            voucher.check(where, signature, address_of(KEY))
    voucher.check(where, good, address_of(KEY))
    with pytest.raises(AssertionError):
        voucher.digest(domain("GemCampaigns"))


@pytest.mark.parametrize(
    "change",
    [
        {"paid": -1}, {"paid": 1 << 128}, {"paid": 1.0}, {"paid": "1"}, {"paid": True}, {"channel_id": b"x"},
        {"channel_id": "0x"}, {"seq": 1 << 64},
    ],
)  # fmt: skip
def test_fields_out_of_range_are_refused(change: dict[str, Any]) -> None:
    fields: dict[str, Any] = {"channel_id": bytes(32), "paid": 1, "bonded": 2, "seq": 3, **change}
    with pytest.raises(MalformedMessage):
        Voucher(**fields).struct_hash()


@pytest.mark.parametrize(
    "change",
    [
        {"spent": 1}, {"spent": "01"}, {"spent": "-1"}, {"spent": "1\n"}, {"spent": None}, {"more": 1},
        {"campaign_id": "0x00"}, {"campaign_id": "0x" + "AB" * 32}, {"seq": "9" * 30},
    ],
)  # fmt: skip
def test_json_out_of_schema_is_refused(change: dict[str, Any]) -> None:
    good = Spend(bytes(32), 5, 6).to_json()
    with pytest.raises(MalformedMessage):
        Spend.from_json({**good, **change})
    with pytest.raises(MalformedMessage):
        Spend.from_json({"spent": "5"})
    with pytest.raises(MalformedMessage):
        Spend.from_json([])


@pytest.mark.parametrize("verifiers", [["0x12"], "0x", ["0X" + "00" * 20], [None], None])
def test_panel_members_are_addresses(verifiers: Any) -> None:
    good = Panel(bytes(32), 1, 0, 0, ()).to_json()
    with pytest.raises(MalformedMessage):
        Panel.from_json({**good, "verifiers": verifiers})
