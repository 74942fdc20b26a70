# SPDX-License-Identifier: Apache-2.0
"""Measures the gas of every operation a user pays for; run it to rewrite gas.json after a wanted change.

`.venv/bin/python -m tests.contracts.gas_table` from the repository's root.
"""

import json
from pathlib import Path

from eth_abi import encode
from eth_utils import keccak

from tests.contracts.chain import CHAIN_ID, GasChain
from tests.contracts.signing import CLAIM_AUTH, SPEND, VOUCHER, Domain, Sig, key

SNAPSHOT = Path(__file__).with_name("gas.json")
ROWS = 100
MONTH = 30 * 86_400
GEM = 10**18

#: Gas to meet: a batch of 100, warm, per worker where a batch is meant.
DESIGN = {
    "open": 29_200,
    "top_up": 12_100,
    "claim": 54_000,
    "claim_with_fee": 68_800,
    "push": 18_800,
}

Config = tuple[str, str, str, int, int]


class _Table:
    """One chain with the contracts and a hundred workers who already hold GEM."""

    def __init__(self) -> None:
        self.payer, self.signer, self.relayer = key("payer"), key("signer"), key("relayer")
        self.workers = [key(f"worker {i}") for i in range(ROWS)]
        self.chain = GasChain([self.payer, self.relayer, *self.workers[:2]])
        self.gem = self.chain.deploy(self.payer, "Gem", self.payer.address)
        self.channels = self.chain.deploy(self.payer, "Channels", self.gem)
        self.campaigns = self.chain.deploy(self.payer, "Campaigns", self.gem)
        self.names = [worker.address for worker in self.workers]
        self.head = (self.signer.address, MONTH, 0)
        for contract in (self.channels, self.campaigns):
            self.chain.gas(self.payer, "Gem", self.gem, "approve", contract, 2**256 - 1)

    def config(self, row: int) -> Config:
        return (self.payer.address, self.signer.address, self.names[row], MONTH, 0)

    def channel_id(self, row: int) -> bytes:
        return keccak(encode(["address", "address", "address", "uint64", "uint64"], self.config(row)))

    def voucher(self, row: int, paid: int, seq: int) -> tuple[Config, tuple[int, int, int], Sig]:
        domain = Domain("GemChannels", self.channels, CHAIN_ID)
        sig = domain.sign(self.signer, VOUCHER, self.channel_id(row), paid, GEM, seq)
        return self.config(row), (paid, GEM, seq), sig

    def measured(self) -> dict[str, int]:
        """Gas by operation; the order of the calls makes them warm (slots in use, holders known)."""
        chain, payer, address = self.chain, self.payer, self.channels

        def call(sender: object, function: str, *values: object) -> int:
            return chain.gas(sender, "Channels", address, function, *values)  # type: ignore[arg-type]

        table = {
            "transfer": chain.gas(payer, "Gem", self.gem, "transfer", self.names[0], GEM)
            and chain.gas(payer, "Gem", self.gem, "transfer", self.names[0], GEM)
        }
        call(payer, "deposit_many", *self.head, [self.relayer.address], [GEM])
        for name in ("open", "top_up"):
            total = call(payer, "deposit_many", *self.head, self.names, [123 * GEM // 10] * ROWS)
            table[name] = total // ROWS
        call(payer, "push_many", *self.head, self.names, [GEM] * ROWS)
        total = call(payer, "push_many", *self.head, self.names, [2 * GEM + 12345] * ROWS)
        table["push"] = total // ROWS
        chain.gas(payer, "Gem", self.gem, "transfer", self.relayer.address, GEM)
        worker = self.workers[0]
        table["claim"] = call(worker, "claim", *self.voucher(0, 3 * GEM, 1))
        table["claim_replayed"] = call(worker, "claim", *self.voucher(0, 3 * GEM, 1))
        fee, deadline = GEM // 50, 1_800_000_000
        auth = (self.names[0], self.relayer.address, fee, deadline)
        wsig = Domain("GemChannels", address, CHAIN_ID).sign(
            worker, CLAIM_AUTH, self.channel_id(0), 3 * GEM, *auth
        )
        table["claim_with_fee"] = call(self.relayer, "claim_auth", *self.voucher(0, 4 * GEM, 2), auth, wsig)
        rows = [self.voucher(row, 5 * GEM + 777, 3) for row in range(ROWS)]
        columns = [list(column) for column in zip(*rows, strict=True)]
        table["claim_many"] = call(self.relayer, "claim_many", *columns) // ROWS
        table["start_close"] = call(payer, "start_close", *self.voucher(1, 6 * GEM, 4))
        return table | self._campaign()

    def _campaign(self) -> dict[str, int]:
        payer, chain = self.payer, self.chain
        terms = (
            *(payer.address, self.relayer.address, 3 * GEM // 4, GEM // 4, GEM // 4, GEM // 5, 5, 3, 2, 3),
            *(86_400, 3 * 86_400, 1_750_000_000, b"\1" * 32, b"\2" * 32, "0x" + "00" * 20),
            *(b"\3" * 32, b"\4" * 32),
        )
        kinds = ["address"] * 2 + ["uint128"] * 4 + ["uint8"] * 4 + ["uint64"] * 3
        kinds += ["bytes32"] * 2 + ["address"] + ["bytes32"] * 2
        name = keccak(encode(kinds, terms))
        domain = Domain("GemCampaigns", self.campaigns, CHAIN_ID)
        table = {
            label: chain.gas(payer, "Campaigns", self.campaigns, "fund", terms, 100)
            for label in ("fund", "fund_more")
        }
        for label, spent in (("redeem_first", GEM), ("redeem", 2 * GEM)):
            sig = domain.sign(payer, SPEND, name, spent, spent // GEM)
            spend = (spent, spent // GEM)
            table[label] = chain.gas(self.relayer, "Campaigns", self.campaigns, "redeem", terms, spend, sig)
        return table


def measure() -> dict[str, int]:
    """Gas by operation, from receipts; per worker where a hundred are paid at once."""
    return _Table().measured()


if __name__ == "__main__":
    SNAPSHOT.write_text(json.dumps(measure(), indent=1) + "\n", encoding="utf-8")
