# SPDX-License-Identifier: Apache-2.0
"""What is not exactly the one signature of the one message by the one key is refused, by Python and by Vyper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from coincurve import PublicKey
from eth_account import Account
from eth_account.messages import _hash_eip191_message, encode_typed_data
from eth_utils import keccak

from gems_protocol.errors import BadSignature
from gems_protocol.messages import Domain, Message
from gems_protocol.signature import address_of, recover, sign_digest
from tests.judges.cases import kinds, many, values, wire
from tests.judges.judge import Judge

KEY, OTHER = keccak(text="judges"), keccak(text="another")
SIGNER, NOBODY = address_of(KEY), "0x" + "00" * 20
ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
EVERY = pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
Change = Callable[[bytes], bytes]


def _number(value: int) -> bytes:
    return value.to_bytes(32, "big")


def _twin(good: bytes) -> bytes:
    return good[:32] + _number(ORDER - int.from_bytes(good[32:64], "big")) + bytes([55 - good[64]])


def _compact(good: bytes) -> bytes:
    """EIP-2098: v's parity in the highest bit of s."""
    return good[:32] + bytes([good[32] | (good[64] - 27) << 7]) + good[33:64]


SHAPES: dict[str, Change] = {
    "malleated": _twin,
    "malleated, v kept": lambda good: _twin(good)[:64] + good[64:],
    "r zero": lambda good: bytes(32) + good[32:],
    "s zero": lambda good: good[:32] + bytes(32) + good[64:],
    "all zero": lambda good: bytes(64) + good[64:],
    "r is the order": lambda good: _number(ORDER) + good[32:],
    "r above the order": lambda good: b"\xff" * 32 + good[32:],
    "s is the order": lambda good: good[:32] + _number(ORDER) + good[64:],
    "s just above half": lambda good: good[:32] + _number(ORDER // 2 + 1) + good[64:],
    "s at most": lambda good: good[:32] + b"\xff" * 32 + good[64:],
    "the other v": lambda good: good[:64] + bytes([55 - good[64]]),
    **{f"v {v}": lambda good, v=v: good[:64] + bytes([v]) for v in (0, 1, 2, 26, 29, 35, 255)},  # type: ignore[misc]
}
LENGTHS: dict[str, Change] = {
    "64 bytes, compact": _compact,
    "64 bytes, cut": lambda good: good[:64],
    "66 bytes": lambda good: good + b"\0",
    "66 bytes, in front": lambda good: b"\0" + good,
    "none": lambda good: b"",
    "text": lambda good: good.hex().encode(),
}


def refused(judge: Judge, message: Message, signature: bytes, signer: str = SIGNER) -> bool:
    """Whether both judges refuse; raises AssertionError when they are of different minds."""
    domain = judge.domain(message.DOMAIN)
    by_python = False
    try:
        message.check(domain, signature, signer)
    except BadSignature:
        by_python = True
    by_vyper = not judge.accepts(signer, message.digest(domain), signature) if len(signature) == 65 else True
    assert by_python == by_vyper
    return by_python


@EVERY
def test_only_one_form_of_a_signature_is_taken(judge: Judge, kind: type[Message]) -> None:
    (message,) = many(kind, 1)[2:]
    good = message.sign(judge.domain(kind.DOMAIN), KEY)
    assert not refused(judge, message, good)  # control: the judges do take the right one
    taken = [name for name, change in (SHAPES | LENGTHS).items() if not refused(judge, message, change(good))]
    assert taken == []
    for change in LENGTHS.values():
        with pytest.raises(BadSignature):
            recover(message.digest(judge.domain(kind.DOMAIN)), change(good))


def test_control_the_twin_is_a_signature_to_plain_recovery(judge: Judge) -> None:
    """Without the bound on s the malleated one would count, so its refusal is that bound's work."""
    (message,) = many(kinds()[0], 1)[2:]
    digest = message.digest(judge.domain(message.DOMAIN))
    twin = _twin(sign_digest(digest, KEY))
    assert Account._recover_hash(digest, signature=twin).lower() == SIGNER


@EVERY
def test_another_key_and_nobody(judge: Judge, kind: type[Message]) -> None:
    (message,) = many(kind, 1)[2:]
    domain = judge.domain(kind.DOMAIN)
    good = message.sign(domain, KEY)
    assert refused(judge, message, message.sign(domain, OTHER))
    assert refused(judge, message, good, address_of(OTHER))
    assert refused(judge, message, good, NOBODY)
    for change in SHAPES.values():  # what recovers to nothing is not signed by the zero address
        assert refused(judge, message, change(good), NOBODY)


@EVERY
def test_a_signature_counts_in_one_domain(judge: Judge, kind: type[Message]) -> None:
    (message,) = many(kind, 1)[2:]
    domain = judge.domain(kind.DOMAIN)
    here = {
        "name": domain.name,
        "version": "1",
        "chainId": domain.chain_id,
        "verifyingContract": domain.contract,
    }
    assert not refused(judge, message, _signed(message, here))  # control: eth-account signs as we do
    elsewhere: list[dict[str, Any]] = [
        {"chainId": domain.chain_id + 1},
        {"chainId": 0},
        {"verifyingContract": "0x" + "11" * 20},
        {"verifyingContract": NOBODY},
        {"version": "2"},
        {"version": "1 "},
        {"name": domain.name.lower()},
        *({"name": name} for name in ("Gem", "GemChannels", "GemCampaigns", "") if name != domain.name),
    ]
    assert [
        change for change in elsewhere if not refused(judge, message, _signed(message, here | change))
    ] == []
    for other in (replace(domain, chain_id=domain.chain_id + 1), replace(domain, contract="0x" + "11" * 20)):
        assert refused(judge, message, message.sign(other, KEY))


def plain(value: Any) -> Any:
    """A value as eth-account takes it: lists, not tuples."""
    return list(value) if isinstance(value, tuple) else value


def _signed(message: Message, domain: dict[str, Any]) -> bytes:
    """A signature by eth-account, which takes any domain."""
    fields = wire(type(message))
    encoded = encode_typed_data(
        domain_data=domain,
        message_types={message.TYPE.partition("(")[0]: [{"name": name, "type": abi} for abi, name in fields]},
        message_data={name: plain(value) for (_, name), value in zip(fields, values(message), strict=True)},
    )
    return sign_digest(_hash_eip191_message(encoded), KEY)


def test_equal_fields_under_another_type(judge: Judge) -> None:
    """Messages with the same values in the same places are still different messages."""
    pairs = [
        (one, other)
        for one in kinds()
        for other in kinds()
        if one is not other and [abi for abi, _ in wire(one)] == [abi for abi, _ in wire(other)]
    ]
    names = {(one.__name__, other.__name__) for one, other in pairs}
    assert {("BatchSubmission", "BatchVote"), ("BatchSubmission", "BatchRelease")} <= names
    for one, other in pairs:
        (message,) = many(one, 1)[2:]
        twin = other(*values(message))
        where = Domain(twin.DOMAIN, *_place(judge, one))
        assert refused(judge, message, twin.sign(where, KEY)), (one, other)
        assert not refused(judge, message, message.sign(judge.domain(one.DOMAIN), KEY))


def test_no_signature_of_one_class_counts_for_another(judge: Judge) -> None:
    """A voucher's signature is none over anything else, and nothing else's is one over a voucher."""
    signed = {}
    for kind in kinds():
        (message,) = many(kind, 1)[2:]
        signed[kind.__name__] = message, message.sign(judge.domain(kind.DOMAIN), KEY)
    for name, (message, _) in signed.items():
        taken = [other for other, (_, signature) in signed.items() if not refused(judge, message, signature)]
        assert taken == [name]


def _place(judge: Judge, kind: type[Message]) -> tuple[int, str]:
    domain = judge.domain(kind.DOMAIN)
    return domain.chain_id, domain.contract


@pytest.mark.parametrize(("s", "counts"), [(ORDER // 2, True), (ORDER // 2 + 1, False)])
def test_the_bound_on_s_is_half_the_order_exactly(judge: Judge, s: int, counts: bool) -> None:
    """A signer to whom a signature with this very s leads: any point is some key's."""
    digest, r = (
        b"\x11" * 32,
        bytes.fromhex("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"),
    )
    raw = r + _number(s)
    key = PublicKey.from_signature_and_message(raw + b"\0", digest, hasher=None).format(compressed=False)
    signer = "0x" + keccak(key[1:])[-20:].hex()
    assert judge.accepts(signer, digest, raw + b"\x1b") is counts
    if counts:
        assert recover(digest, raw + b"\x1b") == signer
    else:
        with pytest.raises(BadSignature):
            recover(digest, raw + b"\x1b")
