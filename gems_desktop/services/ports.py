# SPDX-License-Identifier: Apache-2.0
"""What the services need from the world; adapters implement these, tests fake them in ten lines."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any, Protocol, TypeVar

from gems_desktop.services.errors import ChainUnreachable
from gems_desktop.services.facts import WalletFacts
from gems_desktop.services.queries import Page
from gems_desktop.services.records import Record
from gems_desktop.services.signing import Signable, SignInRequest
from gems_desktop.services.traffic import Traffic
from gems_protocol.amount import Amount
from gems_protocol.case_steps import Seen

T = TypeVar("T")
R = TypeVar("R", bound=Record)


class Tx(Protocol):
    """One transaction of the store."""

    def get(self, kind: type[R], key: str | int, /) -> R | None: ...
    def find(
        self,
        kind: type[R],
        /,
        *,
        order: str | tuple[str, ...] = "",
        descending: bool = False,
        limit: int = 0,
        omit: tuple[str, ...] = (),
        **where: Any,
    ) -> list[R]:
        """Rows whose columns are as `where` says: equal, any of a tuple, Above, UpTo, Not; by `order` or by key.

        omit: text columns that are not read and come as "": such a record is for showing, never to be put back.
        """
        ...

    def rows(
        self,
        kind: type[Record],
        columns: tuple[str, ...],
        /,
        *,
        order: str = "",
        descending: bool = False,
        limit: int = 0,
        distinct: bool = False,
        **where: Any,
    ) -> list[tuple[Any, ...]]:
        """Only these columns, as stored (an Amount is its text); never one that is encrypted at rest."""
        ...

    def page(
        self,
        kind: type[R],
        order: str,
        /,
        *,
        limit: int,
        after: tuple[int, int] | None = None,
        omit: tuple[str, ...] = (),
        arms: Sequence[dict[str, Any]],
    ) -> Page[R]:
        """The next `limit` rows, the highest `order` first, that are as any of `arms` says, each by its index."""
        ...

    def count(self, kind: type[Record], /, **where: Any) -> int: ...
    def tally(self, kind: type[Record], by: tuple[str, ...], /, **where: Any) -> list[tuple[Any, ...]]:
        """Counts grouped by columns, each row ending in its count, from what triggers keep.

        Of items by kind, state, shelf, final, over, outcome, campaign_id, reward, stake. Of batches, their items that
        are not over, by batch_id, kind, state, final, campaign_id. Of settled lines by day (since 1970), kind, amount.
        """
        ...

    def version(self, name: str, /) -> int:
        """How often what is derived from many rows has changed; `record`: what my own record is made of."""
        ...

    def memo(self, name: str, version: Any, work: Callable[[], T], /) -> T:
        """What `work` derives from rows, kept in memory until `version` is another or a transaction fails."""
        ...

    def put(self, *records: Record) -> None: ...
    def change(self, kind: type[Record], key: str | int | tuple[str, ...], /, **values: Any) -> None: ...
    def remove(self, kind: type[Record], key: str | int, /) -> None: ...
    def whole(self, work: Callable[[], T], /) -> T:
        """Do `work` wholly, or undo just its changes and let its exception pass; the transaction goes on."""
        ...


class Store(Protocol):
    """Durable records; raises DiskFull or StoreUnreadable and changes nothing then."""

    async def run(self, work: Callable[[Tx], T]) -> T: ...
    async def backup(self) -> None: ...
    async def open_sealed(self, key: bytearray) -> None:
        """Read and write what is encrypted at rest from now on; wipes `key`. Raises StoreUnreadable for a wrong one."""
        ...

    async def close_sealed(self) -> None:
        """Forget the key: what is encrypted at rest raises WalletLocked until it comes again."""
        ...


class PlatformPort(Protocol):
    """Signed JSON from the platform; raises Offline, PlatformRefused, PlatformLied, WalletLocked."""

    async def get(self, path: str, *, token: bool = True) -> Any: ...
    async def post(self, path: str, body: dict[str, Any] | str) -> Any:
        """Every POST of the interface may be repeated; text is sent as it is."""
        ...

    async def put(self, path: str, body: dict[str, Any]) -> Any: ...
    def stream(self, path: str, offset: int) -> AsyncIterator[bytes]:
        """The bytes of a file from `offset` on."""
        ...

    async def carry(self, content: bytes) -> bytes:
        """Bring somebody's carry file, signed in as nobody; the bytes of its reply, which only they can check."""
        ...

    def heard(self, at: int) -> None:
        """The platform signed something at `at` that came another way: it is no earlier than that."""
        ...

    def time(self) -> int:
        """Unix seconds by the platform's last signed answer, else by this computer."""
        ...

    async def begin_upload(self, sha256: str, size: int) -> int:
        """Begin a resumable upload, or find it under way; where it goes on. Idempotent by the digest."""
        ...

    async def append_upload(self, sha256: str, offset: int, chunk: bytes, size: int) -> int:
        """Add a chunk, tried once; where the upload goes on, all before being durable at the platform."""
        ...

    def take_traffic(self) -> list[Traffic]:
        """Bytes received and sent since the last call, by the campaign that they were for."""
        ...


class ChannelState(Protocol):
    """A channel as its contract holds it; base units."""

    @property
    def deposit(self) -> int: ...
    @property
    def claimed(self) -> int: ...
    @property
    def closing(self) -> int: ...


class CampaignMoney(Protocol):
    """A campaign's escrow by its contract's events; base units that went in, to the hub, and back."""

    @property
    def funded(self) -> int: ...
    @property
    def redeemed(self) -> int: ...
    @property
    def returned(self) -> int: ...


class ChainPort(Protocol):
    """Reads of the chain; raises ChainUnreachable."""

    async def use(self, urls: Sequence[str]) -> None:
        """Ask these nodes from now on."""
        ...

    async def newest_time(self) -> int:
        """Unix seconds of the newest block."""
        ...

    @property
    def contracts_id(self) -> str:
        """A hash over what `check_contracts` checks and whom it asks."""
        ...

    async def check_contracts(self) -> None:
        """Raises WrongContract unless our four contracts, byte for byte, are where the network says."""
        ...

    async def agree(self, channel_id: bytes) -> ChannelState: ...
    async def paid_at_end(self, channel_id: bytes) -> int | None:
        """Base units that the worker got when the channel was closed for good; None before, or while no node knows."""
        ...

    async def gem_balance(self, address: str) -> int: ...
    async def gas_balance(self, address: str) -> int: ...
    async def campaign_funded(self, campaign_id: bytes) -> int: ...
    async def campaign_money(self, campaign_id: bytes) -> CampaignMoney: ...
    async def confirmations(self, tx_hash: bytes) -> int: ...
    async def transfer_used(self, owner: str, nonce: bytes) -> bool:
        """Whether the token has carried out, or cancelled, the transfer with this nonce; two nodes agree."""
        ...


class HubState(Protocol):
    """What Judge keeps of a hub: until when a key signs for it (Unix seconds; 0 never, 2**256 - 1 for ever), from
    when its collateral may leave (0: not announced), and how much that is in base units."""

    @property
    def signer_until(self) -> int: ...
    @property
    def leaves_at(self) -> int: ...
    @property
    def total(self) -> int: ...


class CourtPort(Protocol):
    """What Campaigns and Judge show, as two nodes agree; raises ChainUnreachable."""

    async def judge(self) -> str:
        """The address of Judge, lowercase."""
        ...

    async def hub(self, hub: str, signer: str) -> HubState: ...
    async def seen(self, place: tuple[bytes, int, int], root: bytes, now: int) -> Seen:
        """What stands of one attempt (campaign, task, attempt), and of a batch's root; not before `now`."""
        ...


class NoCourt:
    """Implements CourtPort where no contracts can be read."""

    async def judge(self) -> str:
        """See CourtPort."""
        raise ChainUnreachable

    async def hub(self, hub: str, signer: str) -> HubState:
        """See CourtPort."""
        raise ChainUnreachable

    async def seen(self, place: tuple[bytes, int, int], root: bytes, now: int) -> Seen:
        """See CourtPort."""
        raise ChainUnreachable


class TowersPort(Protocol):
    """Other places that keep the newest voucher; raises TowerUnreachable, NothingToDo, DiskFull, StoreUnreadable."""

    async def keep(self, tower: str, body: dict[str, Any]) -> None: ...
    async def show(self, tower: str, channel_id: str) -> Any:
        """{"message","signature"} of a channel's highest voucher there; unchecked."""
        ...

    async def mirrored(self, tower: str, channel_id: str) -> Any:
        """{"rows": [{"day","voucher"}]} of a channel in the hubs' daily files that a tower mirrors; unchecked."""
        ...

    async def write(self, folder: str, content: bytes) -> None: ...
    async def write_file(self, path: str, content: bytes) -> None: ...


class SignerPort(Protocol):
    """The keys, at arm's length."""

    async def wallet(self) -> WalletFacts: ...
    async def keyring_available(self) -> bool: ...
    async def create(self, language: str = "english") -> list[bytearray]: ...
    async def restore(
        self, words: bytearray, passphrase: bytearray | None = None, index: int = 0
    ) -> None: ...
    async def restore_key(self, key: bytearray) -> None: ...
    async def restore_keystore(self, keystore: bytes, password: bytearray) -> None: ...
    async def export_keystore(self, password: bytearray) -> bytes: ...
    async def change_password(self, old: bytearray, new: bytearray) -> None: ...
    async def safety(self) -> dict[str, Any]: ...
    async def change_safety(self, daily_limit: int, delay_s: int) -> None: ...
    async def add_address(self, name: str, address: str) -> None: ...
    async def remove_address(self, address: str) -> None: ...
    async def set_looks(self, language: str, theme: str, text_scale: int) -> None: ...
    async def confirm_words(self, words: bytearray) -> bool: ...
    async def protect(self, password: bytearray | None) -> None: ...
    async def unlock(self, password: bytearray | None) -> None: ...
    async def lock(self) -> None: ...
    async def data_key(self) -> bytearray:
        """32 bytes, always the same for a wallet, that encrypt a profile at rest; raises WalletLocked."""
        ...

    async def sign_in(self, request: SignInRequest) -> tuple[str, bytes]: ...
    async def sign(self, message: Signable) -> bytes: ...
    async def sign_step(self, channel_id: bytes, step: int, debited: Amount) -> bytes: ...
    async def sign_releases(
        self, tasks: Sequence[tuple[str, int, int]], batch_id: bytes, sealed_at: int
    ) -> bytes: ...


class MediaPort(Protocol):
    """Files by content hash."""

    async def ensure(self, sha256: str, size: int) -> None:
        """Have the file here, whole and checked; raises MediaDoesNotFit, Offline, DiskFull."""
        ...

    def has(self, sha256: str) -> bool: ...


class MachinePort(Protocol):
    """What this computer has for work: its network and its disk."""

    def metered(self) -> bool | None:
        """Whether the network counts megabytes; None when the system does not say."""
        ...

    def free_bytes(self) -> int | None:
        """Room on the profile's disk; None when that is not known."""
        ...


class UnknownMachine:
    """Implements MachinePort where nothing is known."""

    def metered(self) -> bool | None:
        """See MachinePort."""
        return None

    def free_bytes(self) -> int | None:
        """See MachinePort."""
        return None


class ProxyPort(Protocol):
    """What everything that leaves this computer goes through."""

    def use(self, url: str) -> None:
        """Go through the proxy at this http address from now on; "": through none."""
        ...


class NoProxy:
    """Implements ProxyPort where nothing leaves this computer."""

    def use(self, url: str) -> None:
        """See ProxyPort."""


class ClockPort(Protocol):
    """Time and randomness."""

    def now(self) -> int: ...
    def monotonic(self) -> float: ...
    async def sleep(self, seconds: float) -> None: ...
    def random_bytes(self, count: int) -> bytes: ...
