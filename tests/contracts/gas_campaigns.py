# SPDX-License-Identifier: Apache-2.0
"""The gas of every operation of Campaigns and Judge that somebody pays for, one row each."""

from __future__ import annotations

from typing import Any

from eth_account.signers.local import LocalAccount

from gems_protocol.messages import Domain as MessageDomain
from tests.contracts.chain import CHAIN_ID, GasWorld
from tests.contracts.dispute import NOTHING, Task, verifiers
from tests.contracts.signing import SPEND, Domain, key
from tests.contracts.world import Terms

GEM = 10**18
MINER = key("worker 1")


class _Task(Task):
    """A task whose messages are signed for the contracts of a GasWorld."""

    @property
    def domain(self) -> MessageDomain:
        """Where all of it is signed."""
        return MessageDomain("GemCampaigns", CHAIN_ID, self.world.campaigns.lower())


class _Campaigns:
    """Campaigns and Judge on a GasWorld, and a campaign for each size of a panel."""

    def __init__(self, world: GasWorld) -> None:
        self.world, self.chain, self.payer = world, world.chain, world.payer
        self.signer = world.signer
        judge = self.chain.next_address(self.payer, 1)
        self.campaigns = self.chain.deploy(self.payer, "Campaigns", world.gem, judge)
        self.judge = self.chain.deploy(self.payer, "Judge", world.gem, self.campaigns)
        for contract in (self.campaigns, self.judge):
            world.approve(contract)

    def call(self, contract: str, function: str, *values: object, by: LocalAccount | None = None) -> int:
        """The gas of one call."""
        address = self.campaigns if contract == "Campaigns" else self.judge
        return self.chain.gas(by or self.payer, contract, address, function, *values)

    def terms(self, panel: int) -> Terms:
        """A campaign of the payer with panels of this size."""
        return Terms(
            self.payer.address,
            self.world.relayer.address,
            panel=panel,
            quorum=panel // 2 + 1,
            ends=1_750_000_000,
            verifier_root=bytes(32),
        )

    def standing(self, task: Task, voters: list[LocalAccount]) -> tuple[Any, ...]:
        """What stands after a first claim."""
        names = [voter.address for voter in voters]
        size = task.terms.panel
        facts = (task.assignment.struct_hash(), task.miner.address, task.terms.mr, size, names)
        return *facts, 0, 0, NOTHING[7], False

    def verdicts(self, panel: int) -> dict[str, int]:
        """Claiming and paying one task by a bare quorum, the campaign's words in use and all who are paid holders."""
        terms, seats = self.terms(panel), verifiers(panel)
        quorum = list(range(terms.quorum))
        for who in (MINER, *seats):
            self.world.transfer(who.address)
        self.call("Campaigns", "fund", terms.row(), 100)
        table = {}
        tasks = [_Task(self, terms, index, miner=MINER, due=1_700_100_000) for index in (0, 1)]  # type: ignore[arg-type]
        label = f"{len(quorum)}_of_{panel}"
        for task in tasks:  # the second finds the campaign's words in use
            call = (terms.row(), *task.given, task.work, task.verdict(seats, votes=quorum), NOTHING)
            table[f"verdict_claim_{label}"] = self.call("Judge", "claim", *call)
        self.chain.pass_time(3 * 86_400)
        for task in tasks:
            where = (terms.row(), task.index, 0, self.standing(task, [seats[at] for at in quorum]))
            table[f"verdict_finalize_{label}"] = self.call("Campaigns", "finalize", *where)
        return table


def campaign_rows(world: GasWorld) -> dict[str, int]:
    """Gas by operation of Campaigns and Judge."""
    here = _Campaigns(world)
    terms = here.terms(3)
    row = terms.row()
    table = {label: here.call("Campaigns", "fund", row, 100) for label in ("fund", "fund_more")}
    domain = Domain("GemCampaigns", here.campaigns, CHAIN_ID)
    for label, spent in (("redeem_first", GEM), ("redeem", 2 * GEM)):
        sig = domain.sign(world.payer, SPEND, terms.id(), spent, spent // GEM)
        spend = (spent, spent // GEM)
        table[label] = here.call("Campaigns", "redeem", row, spend, sig, by=world.relayer)
    here.call("Judge", "set_signer", world.signer.address, by=world.relayer)
    table["add_collateral"] = here.call("Judge", "add_collateral", world.relayer.address, 100 * GEM)
    for panel in (3, 5, 7):
        table |= here.verdicts(panel)
    return table
