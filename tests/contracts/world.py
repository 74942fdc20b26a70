# SPDX-License-Identifier: Apache-2.0
"""The contracts on titanoboa's chain, deployed once, with the people and messages that the tests use."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import boa
from eth_abi import encode
from eth_account.signers.local import LocalAccount
from eth_utils import keccak

from tests.contracts.signing import CLAIM_AUTH, CLOSE_AUTH, DEBIT, SPEND, VOUCHER, Domain, Sig, key

_OURS = Path(__file__).resolve().parents[2] / "gems_protocol" / "contracts"
#: Elsewhere only while mutants are tried (tests/deep/mutation).
SOURCES = Path(os.environ.get("GEMS_CONTRACTS_DIR", _OURS))
GEM = 10**18
DAY = 86_400
MONTH = 30 * DAY
MAX_U128 = 2**128 - 1
MAX_U96 = 2**96 - 1
CLOSED = 2**256 - 1
NOBODY = "0x" + "00" * 20
_STIPEND = 1_000_000 * GEM
_JUDGE = "0x" + "4a" * 20

Config = tuple[str, str, str, int, int]
Voucher = tuple[int, int, int]
Row = tuple[Config, Voucher, Sig]


@dataclass(frozen=True)
class Terms:
    """A campaign's terms, in the order of the contract's struct."""

    requester: str
    hub: str
    mr: int = 3 * GEM // 4
    ms: int = GEM // 4
    vs: int = GEM // 4
    floor: int = GEM // 5
    z: int = 5
    panel: int = 3
    quorum: int = 2
    rounds: int = 3
    redo: int = DAY
    window: int = 3 * DAY
    ends: int = 0
    verifier_root: bytes = bytes(32)
    seed_tip: bytes = b"\2" * 32
    arbiter: str = NOBODY
    content_root: bytes = b"\3" * 32
    salt: bytes = b"\4" * 32

    def row(self) -> tuple[Any, ...]:
        """The struct as the contract takes it."""
        return tuple(getattr(self, field) for field in self.__dataclass_fields__)

    def but(self, **changes: Any) -> "Terms":
        """The same terms with some fields changed."""
        return replace(self, **changes)

    def id(self) -> bytes:
        """The campaign's name, computed without the contract."""
        kinds = ["address"] * 2 + ["uint128"] * 4 + ["uint8"] * 4 + ["uint64"] * 3
        kinds += ["bytes32"] * 2 + ["address"] + ["bytes32"] * 2
        return keccak(encode(kinds, self.row()))


@dataclass(frozen=True)
class World:
    """The four contracts and everybody's keys."""

    gem: Any
    channels: Any
    campaigns: Any
    judge: Any
    payer: LocalAccount
    signer: LocalAccount
    worker: LocalAccount
    relayer: LocalAccount
    requester: LocalAccount

    @property
    def env(self) -> Any:
        return boa.env

    def domain(self, name: str) -> Domain:
        """The EIP-712 domain "Gem", "GemChannels" or "GemCampaigns" on this chain."""
        contract = {"Gem": self.gem, "GemChannels": self.channels, "GemCampaigns": self.campaigns}[name]
        return Domain(name, str(contract.address), boa.env.evm.patch.chain_id)

    def config(self, worker: LocalAccount | None = None, salt: int = 0, delay: int = MONTH) -> Config:
        return (self.payer.address, self.signer.address, (worker or self.worker).address, delay, salt)

    def voucher(
        self, config: Config, paid: int, bonded: int = 0, seq: int = 1, by: LocalAccount | None = None
    ) -> Row:
        """A signed row for claim(*row)."""
        sig = self.domain("GemChannels").sign(
            by or self.signer, VOUCHER, channel_id(config), paid, bonded, seq
        )
        return config, (paid, bonded, seq), sig

    def claim_auth(
        self,
        config: Config,
        before: int,
        fee: int,
        to: str | None = None,
        relayer: str | None = None,
        deadline: int | None = None,
        by: LocalAccount | None = None,
    ) -> tuple[tuple[str, str, int, int], Sig]:
        """The worker's authorization of a relayed claim, signed."""
        auth = (
            to or self.worker.address,
            relayer or self.relayer.address,
            fee,
            now() + 3600 if deadline is None else deadline,
        )
        sig = self.domain("GemChannels").sign(
            by or self.worker, CLAIM_AUTH, channel_id(config), before, *auth
        )
        return auth, sig

    def close_auth(
        self,
        config: Config,
        fee: int = 0,
        relayer: str | None = None,
        deadline: int | None = None,
        by: LocalAccount | None = None,
    ) -> tuple[str, int, int, Sig]:
        """The worker's authorization of a relayed start of closing: relayer, fee, deadline, signature."""
        relayer = relayer or self.relayer.address
        deadline = now() + 3600 if deadline is None else deadline
        sig = self.domain("GemChannels").sign(
            by or self.worker, CLOSE_AUTH, channel_id(config), relayer, fee, deadline
        )
        return relayer, fee, deadline, sig

    def debit(
        self, config: Config, debited: int, by: LocalAccount | None = None
    ) -> tuple[Config, int, bytes, Sig]:
        """Arguments of submit_debit."""
        reason = b"\7" * 32
        sig = self.domain("GemChannels").sign(by or self.worker, DEBIT, channel_id(config), debited, reason)
        return config, debited, reason, sig

    def deposit(self, config: Config, amount: int) -> None:
        """Opens or tops up one channel of the payer."""
        _, signer, worker, delay, salt = config
        self.channels.deposit_many(signer, delay, salt, [worker], [amount], sender=self.payer.address)

    def channel(self, config: Config) -> tuple[int, int, int]:
        return tuple(self.channels.channel(channel_id(config)))  # type: ignore[return-value]

    def balance(self, who: Any) -> int:
        return int(self.gem.balanceOf(getattr(who, "address", who)))

    def terms(self, **changes: Any) -> Terms:
        start = Terms(self.requester.address, self.relayer.address, ends=now() + MONTH)
        return start.but(**changes)

    def spend(
        self, terms: Terms, spent: int, seq: int = 1, by: LocalAccount | None = None
    ) -> tuple[Any, tuple[int, int], Sig]:
        """Arguments of redeem."""
        sig = self.domain("GemCampaigns").sign(by or self.requester, SPEND, terms.id(), spent, seq)
        return terms.row(), (spent, seq), sig


def channel_id(config: Config) -> bytes:
    """A channel's name, computed without the contract."""
    return keccak(encode(["address", "address", "address", "uint64", "uint64"], config))


def now() -> int:
    """The chain's time."""
    return int(boa.env.evm.patch.timestamp)


@cache
def _deployer(name: str) -> Any:
    return boa.load_partial(str(SOURCES / f"{name}.vy"))


@contextmanager
def deployed() -> Iterator[World]:
    """Deploys the contracts, gives everybody GEM and approvals, and undoes it at the end."""
    people = [key(name) for name in ("payer", "signer", "worker", "relayer", "requester")]
    payer, requester = people[0], people[4]
    with boa.env.anchor():
        gem = _deployer("Gem").deploy(payer.address)
        channels = _deployer("Channels").deploy(gem.address)
        campaigns = _deployer("Campaigns").deploy(gem.address, _JUDGE)
        judge = _deployer("Judge").deploy(gem.address, campaigns.address, override_address=_JUDGE)
        gem.transfer(requester.address, _STIPEND, sender=payer.address)
        for owner in (payer, requester):
            for contract in (channels, campaigns, judge):
                gem.approve(contract.address, 2**256 - 1, sender=owner.address)
        yield World(gem, channels, campaigns, judge, *people)
