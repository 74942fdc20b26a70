# SPDX-License-Identifier: Apache-2.0
"""What may be asked of the signer: the closed list of operations, and the calls that the application makes.

The same calls run over a pipe to the signer process or straight into one in this process (practice accounts).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from gems_desktop.services.facts import WalletFacts
from gems_desktop.services.frames import pack_secrets
from gems_desktop.services.wallet_errors import BadKeystore
from gems_protocol.amount import Amount
from gems_protocol.messages import (
    Appeal,
    BatchSubmission,
    BatchVote,
    Carry,
    ClaimAuth,
    CloseAuth,
    Debit,
    Message,
    Offer,
    Spend,
)
from gems_protocol.transfer import TransferAuth

#: Languages of seed words that BIP-39 has lists for, in the order in which they are tried.
WORD_LANGUAGES = (
    "english",
    "spanish",
    "french",
    "italian",
    "portuguese",
    "czech",
    "japanese",
    "korean",
    "chinese_simplified",
    "chinese_traditional",
)
DAILY_LIMIT = (
    500 * 10**18
)  # some days of stakes and fees; a thief of the window gets no more without a question
PRACTICE_DAILY_LIMIT = 1_000_000 * 10**18  # practice GEM has no value
PAYOUT_DELAY_S = 86_400  # a new payout address waits a day, so that its owner can notice it
MAX_RELEASES = 1_000  # paid tasks that one signature releases
MAX_KEYSTORE = 16_384  # bytes; real keystore files have about 500

STATEMENT = "Sign in to do and offer tasks. This moves no money."

#: Typed messages that may be signed, by the name of their operation; the last two for requesters only.
SIGNABLE: dict[str, type[Message]] = {
    "sign_submissions": BatchSubmission,
    "sign_votes": BatchVote,
    "sign_debit": Debit,
    "sign_claim": ClaimAuth,
    "sign_close": CloseAuth,
    "sign_transfer": TransferAuth,
    "sign_appeal": Appeal,
    "sign_carry": Carry,
    "sign_spend": Spend,
    "sign_offer": Offer,
}
REQUESTER_ONLY = ("sign_spend", "sign_offer")

Signable = (
    BatchSubmission
    | BatchVote
    | Debit
    | ClaimAuth
    | CloseAuth
    | TransferAuth
    | Appeal
    | Carry
    | Spend
    | Offer
)


_NUMBERS = ("chain_id", "max_fee", "daily_limit", "payout_delay_s")


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
    gem: str = ""  # the token's contract; without it no transfer is signed
    practice: bool = False
    daily_limit: int = DAILY_LIMIT  # base units that may leave in a day without a question
    payout_delay_s: int = PAYOUT_DELAY_S
    hub_payer: str = ""  # whom paid tasks are released to; without it none is

    def to_json(self) -> dict[str, Any]:
        """The form that crosses the pipe; integers as text."""
        return {
            **asdict(self),
            "relayers": list(self.relayers),
            **{name: str(getattr(self, name)) for name in _NUMBERS},
        }

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> SignerConfig:
        """Read what `to_json` wrote."""
        fixed = {
            **{name: int(value[name]) for name in _NUMBERS},
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

    async def create(self, language: str = "english") -> list[bytearray]:
        """Make a wallet (not stored yet) and give its twelve words once."""
        _, secret = await self._call("create", {"language": language})
        words = [bytearray(word) for word in secret.split(b" ")]
        secret[:] = bytes(len(secret))
        return words

    async def restore(self, words: bytearray, passphrase: bytearray | None = None, index: int = 0) -> None:
        """Take a wallet from its words (not stored yet); raises BadSeedWords, WalletExists."""
        await self._secretly("restore", {"index": index}, words, passphrase or bytearray())

    async def restore_key(self, key: bytearray) -> None:
        """Take a wallet from a private key in hex (not stored yet); raises BadKey, WalletExists."""
        await self._call("restore_key", {}, key)

    async def restore_keystore(self, keystore: bytes, password: bytearray) -> None:
        """Take a wallet from a keystore file (not stored yet); raises BadKeystore, WrongPassword, WalletExists."""
        if len(keystore) > MAX_KEYSTORE:
            raise BadKeystore
        await self._call("restore_keystore", {"keystore": keystore.decode("utf-8", "replace")}, password)

    async def export_keystore(self, password: bytearray) -> bytes:
        """The key as a keystore file behind `password`; asks in the signer's window, raises NotConfirmed."""
        found, _ = await self._call("export_keystore", {}, password)
        return str(found["keystore"]).encode()

    async def change_password(self, old: bytearray, new: bytearray) -> None:
        """Seal the stored wallet behind another password; raises WrongPassword, NoPasswordHere."""
        await self._secretly("change_password", {}, old, new)

    async def safety(self) -> dict[str, Any]:
        """The policy as `SafetyFacts` has it, without the auto-lock; raises WalletLocked."""
        found, _ = await self._call("safety", {})
        return found

    async def change_safety(self, daily_limit: int, delay_s: int) -> None:
        """Set the limits; loosening asks in the signer's window and raises NotConfirmed."""
        await self._call("change_safety", {"daily_limit": str(daily_limit), "delay_s": delay_s})

    async def add_address(self, name: str, address: str) -> None:
        """Put an address into the book after a yes in the signer's window; raises NotConfirmed."""
        await self._call("book_add", {"name": name, "address": address})

    async def remove_address(self, address: str) -> None:
        """Take an address out of the book."""
        await self._call("book_remove", {"address": address})

    async def set_looks(self, language: str, theme: str, text_scale: int) -> None:
        """How the signer's own window looks; nothing else depends on it."""
        await self._call("looks", {"language": language, "theme": theme, "text_scale": text_scale})

    async def _secretly(self, operation: str, fields: dict[str, Any], *secrets: bytearray) -> None:
        packed = pack_secrets(*secrets)
        try:
            await self._call(operation, fields, packed)
        finally:
            packed[:] = bytes(len(packed))

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

    async def sign_releases(
        self, tasks: Sequence[tuple[str, int, int]], batch_id: bytes, sealed_at: int
    ) -> bytes:
        """A signature over the batch of these tasks' releases (campaign id, index, attempt), in their order.

        The signer builds the message and pins the hub; raises SignerRefused, WalletLocked.
        """
        fields = {
            "tasks": [list(task) for task in tasks],
            "batch_id": "0x" + batch_id.hex(),
            "sealed_at": sealed_at,
        }
        found, _ = await self._call("sign_releases", fields)
        return bytes.fromhex(found["signature"])

    async def sign_step(self, channel_id: bytes, step: int, debited: Amount) -> bytes:
        """A signature over the Debit of a step out of the bond, which the signer builds; see `sign`."""
        fields = {"channel_id": "0x" + channel_id.hex(), "step": step, "debited": str(debited)}
        found, _ = await self._call("sign_step", fields)
        return bytes.fromhex(found["signature"])

    async def sign(self, message: Signable) -> bytes:
        """A signature over one of the messages of the closed list; raises SignerRefused, WalletLocked."""
        operation = next(name for name, kind in SIGNABLE.items() if kind is type(message))
        found, _ = await self._call(operation, message.to_json())
        return bytes.fromhex(found["signature"])
