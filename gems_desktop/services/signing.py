# SPDX-License-Identifier: Apache-2.0
"""What may be asked of the signer: the closed list of operations, and the calls that the application makes.

The same calls run over a pipe to the signer process or straight into one in this process (practice accounts).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import asdict, dataclass
from typing import Any

from gems_desktop.services.facts import WalletFacts
from gems_protocol.messages import (
    Appeal,
    BatchSubmission,
    BatchVote,
    ClaimAuth,
    Debit,
    Message,
    Offer,
    Spend,
)

STATEMENT = "Sign in to do and offer tasks. This moves no money."

#: Typed messages that may be signed, by the name of their operation; the last two for requesters only.
SIGNABLE: dict[str, type[Message]] = {
    "sign_submissions": BatchSubmission,
    "sign_votes": BatchVote,
    "sign_debit": Debit,
    "sign_claim": ClaimAuth,
    "sign_appeal": Appeal,
    "sign_spend": Spend,
    "sign_offer": Offer,
}
REQUESTER_ONLY = ("sign_spend", "sign_offer")

Signable = BatchSubmission | BatchVote | Debit | ClaimAuth | Appeal | Spend | Offer


@dataclass(frozen=True, slots=True)
class SignerConfig:
    """What the signer is told once, at its start, and never changes: where its signatures count."""

    folder: str
    chain_id: int
    channels: str
    campaigns: str
    sign_in_domain: str  # host:port of the platform
    sign_in_uri: str
    relayers: tuple[str, ...]
    max_fee: int  # base units a relayer may take for one claim
    role: str = "worker"  # "worker" | "requester"

    def to_json(self) -> dict[str, Any]:
        """The form that crosses the pipe; integers as text."""
        return {
            **asdict(self),
            "relayers": list(self.relayers),
            "chain_id": str(self.chain_id),
            "max_fee": str(self.max_fee),
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> SignerConfig:
        """Read what `to_json` wrote."""
        fixed = {
            "chain_id": int(value["chain_id"]),
            "max_fee": int(value["max_fee"]),
            "relayers": tuple(value["relayers"]),
        }
        return cls(**{**value, **fixed})


@dataclass(frozen=True, slots=True)
class SignInRequest:
    """The parts of a sign-in that the platform chooses; domain, URI, statement and chain are pinned."""

    nonce: str
    issued_at: int
    expires_at: int


class SignerCalls(ABC):
    """Implements SignerPort over one function that carries an operation to where the keys are."""

    @abstractmethod
    async def _call(
        self, operation: str, fields: dict[str, Any], secret: bytes | bytearray = b""
    ) -> tuple[dict[str, Any], bytearray]:
        """Carry out one operation; raises the GemsError that it ended with."""

    async def wallet(self) -> WalletFacts:
        """The wallet without any secret."""
        found, _ = await self._call("status", {})
        return WalletFacts(**found)

    async def keyring_available(self) -> bool:
        """Whether the system has a keyring that is safe to use."""
        found, _ = await self._call("keyring_available", {})
        return bool(found["available"])

    async def create(self) -> list[bytearray]:
        """Make a wallet (not stored yet) and give its twelve words once."""
        _, secret = await self._call("create", {})
        words = [bytearray(word) for word in secret.split(b" ")]
        secret[:] = bytes(len(secret))
        return words

    async def restore(self, words: bytearray) -> None:
        """Take a wallet from its words (not stored yet); raises BadSeedWords, WalletExists."""
        await self._call("restore", {}, words)

    async def confirm_words(self, words: bytearray) -> bool:
        """Whether these are the words of the wallet; remembered when they are."""
        found, _ = await self._call("confirm_words", {}, words)
        return bool(found["confirmed"])

    async def protect(self, password: bytearray | None) -> None:
        """Store the wallet behind a password, or behind the system keyring."""
        storage = "keyring" if password is None else "password"
        await self._call("protect", {"storage": storage}, password or b"")

    async def unlock(self, password: bytearray | None) -> None:
        """Open the stored wallet; raises WrongPassword, NoKeyring, NoWallet, VaultDamaged."""
        await self._call("unlock", {}, password or b"")

    async def lock(self) -> None:
        """Forget the keys."""
        await self._call("lock", {})

    async def data_key(self) -> bytearray:
        """See SignerPort."""
        _, key = await self._call("data_key", {})
        return key

    async def sign_in(self, request: SignInRequest) -> tuple[str, bytes]:
        """The EIP-4361 text that the signer built and its signature."""
        found, _ = await self._call("sign_in", asdict(request))
        return found["text"], bytes.fromhex(found["signature"])

    async def sign(self, message: Signable) -> bytes:
        """A signature over one of the messages of the closed list; raises SignerRefused, WalletLocked."""
        operation = next(name for name, kind in SIGNABLE.items() if kind is type(message))
        found, _ = await self._call(operation, message.to_json())
        return bytes.fromhex(found["signature"])
