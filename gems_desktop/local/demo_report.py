# SPDX-License-Identifier: Apache-2.0
"""What the demo ends with: counts over all campaigns, and every sum checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gems_desktop.local.keys import REQUESTERS
from gems_desktop.local.neighbours import Neighbourhood
from gems_desktop.local.network import LocalNetwork
from gems_desktop.local.newcomer import Newcomer
from gems_desktop.local.released import all_released
from gems_desktop.local.sums import CampaignSums, Check, WorkerSums, equations, worker_sums
from gems_desktop.services.facts import ItemState
from gems_desktop.services.ports import Tx
from gems_desktop.services.records import ItemRecord, LineRecord
from gems_protocol.amount import Amount
from gems_protocol.lines import LineKind


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the demo ends with: the JSON report, and each equation that was checked."""

    report: dict[str, Any]
    checks: tuple[Check, ...]

    @property
    def conserved(self) -> bool:
        """Whether every sum is right."""
        return bool(self.report["conserved"])


@dataclass(frozen=True, slots=True)
class _Own:
    """The newcomer's own counts, and what redone and disputed tasks moved in base units."""

    redone: int
    redo_pay: int
    won: int
    bonds_back: int
    appeal_pay: int


async def report(
    running: LocalNetwork,
    neighbourhood: Neighbourhood,
    newcomer: Newcomer,
    campaigns: list[CampaignSums],
    fee: Amount,
    bonds: Amount,
) -> Outcome:
    """Read every sum from chain and books and check them; bonds: what the newcomer put up for appeals."""
    mine = await worker_sums("The newcomer", newcomer.session, running.chain)
    workers = [mine]
    for neighbour in neighbourhood.neighbours:
        name = f"Neighbour {neighbour.number + 1}"
        workers.append(await worker_sums(name, neighbour.session, running.chain))
    accounts = {name: running.keys.address(name) for name in ("bank", "hub_payer", "relayer", *REQUESTERS)}
    checks = await equations(running.chain, accounts, campaigns, workers, fee.units)
    judged = await _judged(running)
    own = await newcomer.session.context.store.run(_own)
    checks += [
        Check("Redone tasks paid Mr - Vr", own.redo_pay, own.redone * _redo_reward(running)),
        Check("A split panel got a new panel of other people", int(judged["split"] > 0), 1),
        Check("The verifiers' answer stands in place of a wrong one", judged["adopted"], 1),
        Check("The appeal was won", own.won, 1),
        Check("The appeal's bond came back", own.bonds_back, bonds.units),
        Check("The task of the appeal was paid whole", own.appeal_pay, own.won * _reward(running)),
        Check("The newcomer's wallet holds its claim less the fee", mine.wallet, mine.claimed - fee.units),
        await all_released("The newcomer", newcomer.session, running),
    ]
    value = {
        "campaigns": [_campaign_json(item) for item in campaigns],
        "tasks_done": judged["answers"],
        "reviews_done": judged["votes"],
        "accepted": judged["accepted"],
        "rejected": judged["answers"] - judged["accepted"],
        "redone": own.redone,
        "adopted": judged["adopted"],
        "appeals_won": own.won,
        "worker": _worker_json(mine),
        "requester_escrowed": str(sum(item.funded for item in campaigns)),
        "requester_returned": str(sum(item.returned for item in campaigns)),
        "paid_out": str(sum(item.redeemed for item in campaigns)),
        "relayer_fees": str(fee.units),
        "conserved": all(check.holds for check in checks),
    }
    return Outcome(value, tuple(checks))


async def _judged(running: LocalNetwork) -> dict[str, int]:
    """Counts over all campaigns, from what the requesters are shown."""
    found = {"answers": 0, "accepted": 0, "adopted": 0, "votes": 0, "split": 0}
    for item in running.offered:
        consensus = item.policy == "consensus"
        for row in await running.requesters[item.requester].results(item.campaign_id):
            found["answers"] += row["attempts"]
            found["accepted"] += row["answer"] is not None and not row["adopted"]
            found["adopted"] += row["adopted"]
            found["votes"] += len(row["votes"])
            found["split"] += consensus and any(vote["round"] > 0 for vote in row["votes"])
    return found


def _own(tx: Tx) -> _Own:
    paid = tx.find(ItemRecord, kind="work", state=ItemState.PAID.name)
    redone = [item for item in paid if item.redo_of]
    won = [item for item in paid if item.appeal_state == "won"]
    back = tx.find(LineRecord, kind=LineKind.BOND_BACK.value)
    return _Own(
        redone=len(redone),
        redo_pay=_rewards(tx, redone),
        won=len(won),
        bonds_back=sum(line.amount.units for line in back if line.seq),
        appeal_pay=_rewards(tx, won),
    )


def _rewards(tx: Tx, items: list[ItemRecord]) -> int:
    names = tuple(item.item_id for item in items)
    lines = tx.find(LineRecord, item_id=names, kind=LineKind.REWARD.value)
    return sum(line.amount.units for line in lines if line.seq)


def _redo_reward(running: LocalNetwork) -> int:
    terms = next(item.terms for item in running.offered if item.policy == "consensus")
    return (terms.mr - terms.vr()).units


def _reward(running: LocalNetwork) -> int:
    return next(item.terms.mr.units for item in running.offered if item.policy == "evidence")


def _campaign_json(item: CampaignSums) -> dict[str, str]:
    return {
        "campaign_id": item.campaign_id,
        "title": item.title,
        "policy": item.policy,
        "escrowed": str(item.funded),
        "paid_out": str(item.redeemed),
        "returned": str(item.returned),
    }


def _worker_json(sums: WorkerSums) -> dict[str, str]:
    return {
        "address": sums.address,
        "paid": str(sums.paid),
        "bonded": str(sums.bonded),
        "debited": str(sums.debited),
        "claimed_on_chain": str(sums.claimed),
        "gas_coin_spent": str(sums.gas_coin + sums.nonce),
    }
