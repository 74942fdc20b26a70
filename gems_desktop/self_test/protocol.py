# SPDX-License-Identifier: Apache-2.0
"""Signatures and contracts: a voucher that another program signed, and the contracts that the application trusts."""

from __future__ import annotations

from typing import Any

from gems_desktop.self_test.checks import Checks, Failed, Place
from gems_protocol.messages import CHANNELS_DOMAIN, Domain, Voucher

#: From viem (tests/vectors/messages.json): the key 0x7695...7ef6 signed the largest voucher there can be.
KEY = bytes.fromhex("7695d7d46c7b4e942f1e4fa66c692cf84dc6dc1a58eb6fe46f5bbba4fb7a7ef6")
SIGNER = "0x95c9d99ae2c2821ae5ee387ab0dae2f7fb6810ae"
DOMAIN = Domain(CHANNELS_DOMAIN, 31337, "0x00000000000000000000000000000000000c4a11")
VOUCHER = Voucher(
    channel_id=bytes.fromhex("5fe7f977e71dba2ea1a68e21057beebb9be2ac30c6410aa38d4f3fbe41dcffd2"),
    paid=(1 << 128) - 1,
    bonded=(1 << 96) - 1,
    seq=(1 << 64) - 1,
)
DIGEST = "e2b3034b16d28ad40a83987caed0ab4b51731459f9f7fb49080ec6e0c41d254f"
SIGNATURE = bytes.fromhex(
    "37a7ff32f2cf9e18e36dc5770c840e09bd41ddf18bdde007a62bd750c52a8112"
    "4a1c329d2806de7b7df970d17fb3d1899ab73f013ddf612e286be20334fdeca91c"
)


def check(checks: Checks, place: Place) -> None:
    """The vector, the encoding, the contracts, and what updates are trusted by."""
    checks.run("a voucher of another program verifies", voucher)
    checks.run("what contracts are told is encoded", encoding)
    checks.run("contracts load", contracts)
    checks.run("trust in updates", lambda: updates(place))


def voucher() -> None:
    """Our digest and signer of a voucher that viem signed, and no other."""
    if VOUCHER.digest(DOMAIN).hex() != DIGEST:
        raise Failed("the digest differs from viem's")
    if VOUCHER.signer(DOMAIN, SIGNATURE) != SIGNER or VOUCHER.sign(DOMAIN, KEY) != SIGNATURE:
        raise Failed("the signature differs from viem's")
    less = Voucher(VOUCHER.channel_id, VOUCHER.paid - 1, VOUCHER.bonded, VOUCHER.seq)
    if less.signer(DOMAIN, SIGNATURE) == SIGNER:
        raise Failed("a changed voucher passes")


def encoding() -> None:
    """What a contract is asked, and what it answers."""
    from eth_abi.abi import decode, encode

    kinds, values = ("bytes32", "uint256", "string"), (bytes(range(32)), (1 << 256) - 1, "ارقام")
    if decode(kinds, encode(kinds, values)) != values:
        raise Failed("what is written for a contract reads differently")


def contracts() -> str:
    """Each artefact is there, and its code is the one that a node would have to show."""
    from gems_protocol.contracts import NAMES
    from gems_protocol.contracts.deployed import Place as Deployed
    from gems_protocol.contracts.deployed import difference, expected_code

    for name in NAMES:
        deployed = Deployed(name, 31337, "0x" + "11" * 20, "0x" + "22" * 20, "0x" + "33" * 20)
        code = expected_code(deployed)
        if len(code) < 100 or difference(code, deployed) is not None:
            raise Failed(f"the code of {name} is not what it says")
        if difference(code[:-1] + bytes([code[-1] ^ 1]), deployed) is None:
            raise Failed(f"other code than {name}'s passes")
    return ", ".join(NAMES)


def updates(place: Place) -> str:
    """The keys of updates can be read, where this copy was built with some."""
    root = place.root / "resources" / "updates" / "root.json"
    if not root.is_file():
        return "this copy was built without updates"
    from tuf.api.metadata import Metadata

    read: Metadata[Any] = Metadata.from_bytes(root.read_bytes())
    read.signed.verify_delegate("root", read.signed_bytes, read.signatures)
    role = read.signed.roles["root"]
    return f"version {read.signed.version}, {role.threshold} of {len(role.keyids)} keys"
