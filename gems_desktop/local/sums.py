# SPDX-License-Identifier: Apache-2.0
"""Every sum of a local network that must be right to the last unit, read from the chain and from each party's books."""

from __future__ import annotations

from dataclasses import dataclass

from gems_desktop.adapters.chain_disputes import ChainDisputes
from gems_desktop.adapters.chain_rpc import ChainRpc
from gems_desktop.services.live import LiveSession
from gems_protocol.abi import decode
from gems_protocol.contracts.calls import call_data


@dataclass(frozen=True, slots=True)
class WorkerSums:
    """One worker: own books (`paid`, `bonded`, `debited`), and what the chain says of its channel and wallet."""

    name: str
    address: str
    paid: int
    bonded: int
    debited: int
    at_stake: int
    deposit: int
    claimed: int
    wallet: int
    gas_coin: int
    nonce: int
    platform_agrees: bool

    @property
    def earned(self) -> int:
        """What the hub owes or has paid to this worker, net of stakes."""
        return self.paid + self.bonded - self.debited + self.at_stake


@dataclass(frozen=True, slots=True)
class CampaignSums:
    """One campaign on chain, base units."""

    campaign_id: str
    title: str
    sample: str
    policy: str
    funded: int
    redeemed: int
    returned: int


@dataclass(frozen=True, slots=True)
class Check:
    """One equation."""

    what: str
    left: int
    right: int

    @property
    def holds(self) -> bool:
        """Whether both sides are the same."""
        return self.left == self.right


async def worker_sums(name: str, session: LiveSession, chain: ChainRpc) -> WorkerSums:
    """Read a worker's sums; raises the faults of platform and chain."""
    facts = await session.earnings.facts()
    told = await session.context.platform.get("/v1/channel")
    address = (await session.wallet.facts()).address
    message = told["voucher"]["message"] if told["voucher"] else {"paid": "0", "bonded": "0"}
    debited = int(told["debited"])
    on_chain = await chain.channel(bytes.fromhex(told["channel_id"][2:]))
    agrees = (int(message["paid"]), int(message["bonded"])) == (facts.paid.units, facts.bonded.units)
    own_debited = facts.bonded.units - facts.bond_free.units
    return WorkerSums(
        name=name,
        address=address,
        paid=facts.paid.units,
        bonded=facts.bonded.units,
        debited=debited,
        at_stake=facts.at_stake.units,
        deposit=on_chain.deposit,
        claimed=on_chain.claimed,
        wallet=await chain.gem_balance(address),
        gas_coin=await chain.gas_balance(address),
        nonce=await chain.nonce(address),
        platform_agrees=agrees and own_debited == debited and facts.difference is None,
    )


async def supply(chain: ChainRpc) -> int:
    """All GEM there is."""
    return int(decode(["uint256"], await chain.view(chain.gem, call_data("Gem", "totalSupply")))[0])


async def equations(
    chain: ChainRpc,
    accounts: dict[str, str],
    campaigns: list[CampaignSums],
    workers: list[WorkerSums],
    fees: int,
) -> list[Check]:
    """Everything that has to be equal. accounts: name -> address of whoever else holds GEM."""
    balances = {name: await chain.gem_balance(address) for name, address in accounts.items()}
    in_channels = await chain.gem_balance(chain.channels)
    in_campaigns = await chain.gem_balance(chain.campaigns)
    in_judge = await chain.gem_balance(await ChainDisputes(chain).judge())  # the hub's collateral
    in_contracts = in_channels + in_campaigns + in_judge
    everything = sum(balances.values()) + in_contracts + sum(worker.wallet for worker in workers)
    escrowed = sum(item.funded for item in campaigns)
    spent = sum(item.redeemed for item in campaigns)
    returned = sum(item.returned for item in campaigns)
    found = [
        Check(
            "All GEM: every account and contract together hold the whole supply",
            everything,
            await supply(chain),
        ),
        Check("Escrow: what was funded was paid out or returned", escrowed, spent + returned),
        Check(
            "Escrow contract: holds what was neither paid out nor returned",
            in_campaigns,
            escrowed - spent - returned,
        ),
        Check(
            "Pay: what requesters signed for is what workers earned",
            spent,
            sum(worker.earned for worker in workers),
        ),
        Check(
            "Channel contract: holds every deposit less every claim",
            in_channels,
            sum(worker.deposit - worker.claimed for worker in workers),
        ),
        Check("Relayer: holds the fees of the claims", balances["relayer"], fees),
        Check(
            "Wallets: what was claimed less the fees",
            sum(w.wallet for w in workers),
            sum(w.claimed for w in workers) - fees,
        ),
        Check("Gas coin spent by workers", sum(worker.gas_coin + worker.nonce for worker in workers), 0),
    ]
    found += [
        Check(f"{worker.name}: own books and the platform's are the same", int(worker.platform_agrees), 1)
        for worker in workers
    ]
    return found
