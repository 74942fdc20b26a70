# SPDX-License-Identifier: Apache-2.0
"""Terms, keys and addresses for tests of the protocol."""

from __future__ import annotations

from eth_utils.crypto import keccak

from gems_protocol.amount import Amount
from gems_protocol.campaign import ZERO_ADDRESS, Terms
from gems_protocol.messages import CAMPAIGNS_DOMAIN, CHANNELS_DOMAIN, Domain
from gems_protocol.signature import address_of

CAMPAIGNS = Domain(CAMPAIGNS_DOMAIN, 31337, "0x" + "ca" * 20)
CHANNELS = Domain(CHANNELS_DOMAIN, 31337, "0x" + "c4" * 20)


def key(name: str) -> bytes:
    """The private key of a named party."""
    return keccak(text=name)


def who(name: str) -> str:
    """The address of a named party."""
    return address_of(key(name))


def terms(
    mr: str = "1",
    ms: str = "0.5",
    vs: str = "0.4",
    floor: str = "0.2",
    z: int = 5,
    panel: int = 3,
    rounds: int = 3,
) -> Terms:
    """A campaign with a panel of two unanimous verifiers; Vr is 0.2 GEM."""
    return Terms(
        requester=who("requester"),
        hub=who("hub"),
        mr=Amount.gem(mr),
        ms=Amount.gem(ms),
        vs=Amount.gem(vs),
        floor=Amount.gem(floor),
        z=z,
        panel=panel,
        quorum=panel // 2 + 1,
        rounds=rounds,
        redo=172_800,
        window=0,
        ends=2_000_000_000,
        verifier_root=bytes(32),
        seed_tip=bytes(32),
        arbiter=ZERO_ADDRESS,
        content_root=keccak(text="content"),
        salt=bytes(32),
    )
