# SPDX-License-Identifier: Apache-2.0
"""The gas of every operation of Channels that somebody pays for, one row each, as the design's tables have them.

Cold: who is paid never held GEM (its balance becomes a new storage slot). Warm: it holds some. Rows of a
batch are per worker. Everything else is warm: channels are topped up, the contract and the relayer hold GEM.
"""

from eth_utils import keccak, to_checksum_address

from gems_protocol import messages
from gems_protocol.channel import Config
from tests.contracts.chain import CHAIN_ID, GasWorld
from tests.contracts.signing import NO_SIG, key

GEM = 10**18
MONTH = 30 * 86_400
BATCHES = (1, 10, 50, 100)
PUSHES = (1, 10, 100)
_DEADLINE = 1_900_000_000
_BOND = 10**17
_FEE = GEM // 50

Voucher = tuple[int, int, int]
Sig = tuple[int, int, int]


def address(name: str) -> str:
    """An address that nobody needs a key for."""
    return to_checksum_address(keccak(text=f"gas {name}")[12:])


class ChannelRows:
    """Measures; every batch has workers and a salt of its own, so that no row depends on another's order."""

    def __init__(self, world: GasWorld) -> None:
        self.world = world
        self.domain = messages.Domain(messages.CHANNELS_DOMAIN, CHAIN_ID, world.channels.lower())
        self.holder = key("worker who holds GEM")
        self.holders = [address(f"holder {i}") for i in range(max(BATCHES))]
        self._salt = 0
        for name in (self.holder.address, *self.holders):
            world.transfer(name)
        self.deposit([self.holder.address])

    def call(self, sender: object, function: str, *values: object) -> int:
        """The gas of one transaction to Channels."""
        world = self.world
        return world.chain.gas(sender, "Channels", world.channels, function, *values)  # type: ignore[arg-type]

    def deposit(self, workers: list[str], amount: int = 12 * GEM + 345) -> int:
        """Opens channels of the present salt, or tops them up; gas per worker."""
        head = (self.world.signer.address, MONTH, self._salt, workers, [amount] * len(workers))
        return self.call(self.world.payer, "deposit_many", *head) // len(workers)

    def new(self, workers: list[str]) -> list[str]:
        """Opens fresh channels, under a salt of their own, with these workers."""
        self._salt += 1
        self.deposit(workers)
        return workers

    def cold(self, count: int) -> list[str]:
        """So many addresses that never held GEM."""
        return [address(f"new {self._salt} {i}") for i in range(count)]

    def config(self, worker: str) -> Config:
        world = self.world
        return Config(world.payer.address, world.signer.address, worker, MONTH, self._salt)

    def tuple_of(self, config: Config) -> tuple[str, str, str, int, int]:
        return (config.payer, config.signer, config.worker, config.delay, config.salt)

    def row(self, worker: str, paid: int, seq: int = 1, bonded: int = _BOND) -> tuple[object, Voucher, Sig]:
        """Arguments of a claim of `paid` in all."""
        config = self.config(worker)
        voucher = messages.Voucher(config.channel_id(), paid, bonded, seq)
        return self.tuple_of(config), (paid, bonded, seq), self.signed(voucher, self.world.signer)

    def signed(self, message: messages.Message, who: object) -> Sig:
        """The signature of `who` as the contract takes it."""
        sig = message.sign(self.domain, bytes(who.key))  # type: ignore[attr-defined]
        return sig[64], int.from_bytes(sig[:32], "big"), int.from_bytes(sig[32:64], "big")

    def rows(self) -> dict[str, int]:
        """All of them."""
        parts = (self.opening, self.claiming, self.relaying, self.many, self.pushing, self.ending)
        return {name: used for part in parts for name, used in part().items()}

    def opening(self) -> dict[str, int]:
        found = {}
        for size in BATCHES:
            self._salt += 1
            for name in ("open", "top_up"):
                found[f"{name}_{size}"] = self.deposit(self.holders[:size])
        return found

    def claiming(self) -> dict[str, int]:
        (worker,) = self.new(self.cold(1))
        return {
            "claim_cold": self.call(self.world.relayer, "claim", *self.row(worker, GEM)),
            "claim": self.call(self.world.relayer, "claim", *self.row(worker, 3 * GEM + 777, 2)),
            "claim_replayed": self.call(self.world.relayer, "claim", *self.row(worker, 3 * GEM + 777, 2)),
        }

    def relaying(self) -> dict[str, int]:
        """Claims with a fee, to a new address, to the same again, and by a relayer that never held GEM."""
        world, found, claimed = self.world, {}, 0
        self.new([self.holder.address])
        to = address("second address")
        cases = {
            "claim_with_fee_cold": world.relayer,
            "claim_with_fee": world.relayer,
            "claim_with_fee_new_relayer": world.new_relayer,
        }
        for name, relayer in cases.items():
            config, paid = self.config(self.holder.address), claimed + GEM + 777
            auth = (to, relayer.address, _FEE, _DEADLINE)
            message = messages.ClaimAuth(
                config.channel_id(), claimed, to.lower(), relayer.address.lower(), *auth[2:]
            )
            call = (*self.row(config.worker, paid), auth, self.signed(message, self.holder))
            found[name] = self.call(relayer, "claim_auth", *call)
            claimed = paid
        return found

    def many(self) -> dict[str, int]:
        found = {}
        for size in BATCHES:
            for name, workers in (("_cold", self.cold(size)), ("", self.holders[:size])):
                self.new(workers)
                # A claim before, so that `claimed` is no zero and the row is a later one.
                rows = [self.row(worker, 5 * GEM + 777) for worker in workers]
                columns = [list(column) for column in zip(*rows, strict=True)]
                used = self.call(self.world.relayer, "claim_many", *columns)
                found[f"claim_many_{size}{name}"] = used // size
        return found

    def pushing(self) -> dict[str, int]:
        found = {}
        for size in PUSHES:
            for name, workers in (("_cold", self.cold(size)), ("", self.holders[:size])):
                self.new(workers)
                head = (self.world.signer.address, MONTH, self._salt, workers, [2 * GEM + 12345] * size)
                found[f"push_{size}{name}"] = self.call(self.world.payer, "push_many", *head) // size
        return found

    def ending(self) -> dict[str, int]:
        """Closing with a voucher that has nothing new to pay, with one that has, and for a relayer's fee."""
        world, worker = self.world, self.holder
        found = {}
        self.new([worker.address])
        config = self.config(worker.address)
        message = messages.CloseAuth(config.channel_id(), world.relayer.address.lower(), _FEE, _DEADLINE)
        auth = (world.relayer.address, _FEE, _DEADLINE, self.signed(message, worker))
        row = self.row(worker.address, GEM + 777)
        found["close_auth"] = self.call(world.relayer, "close_auth", *row, *auth)
        self.new([worker.address])
        found["start_close_paying"] = self.call(
            world.payer, "start_close", *self.row(worker.address, GEM + 777)
        )
        self.new([worker.address])
        empty = (self.tuple_of(self.config(worker.address)), (0, 0, 0), NO_SIG)
        found["start_close_without_voucher"] = self.call(world.payer, "start_close", *empty)
        self.new([worker.address])
        row = self.row(worker.address, GEM + 777)
        self.call(world.relayer, "claim", *row)
        found["start_close"] = self.call(world.payer, "start_close", *row)
        config = self.config(worker.address)
        debit = messages.Debit(config.channel_id(), _BOND // 2, keccak(text="root"))
        call = (self.tuple_of(config), debit.debited, debit.assignment_hash, self.signed(debit, worker))
        found["submit_debit"] = self.call(world.relayer, "submit_debit", *call)
        world.chain.pass_time(MONTH)
        found["finish_close"] = self.call(world.relayer, "finish_close", self.tuple_of(config))
        return found


def channel_rows(world: GasWorld) -> dict[str, int]:
    """Gas by operation of Channels."""
    return ChannelRows(world).rows()
