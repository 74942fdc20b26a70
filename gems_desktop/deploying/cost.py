# SPDX-License-Identifier: Apache-2.0
"""What a deployment costs at most, said before anything is signed."""

from __future__ import annotations

from dataclasses import dataclass

from gems_desktop.adapters.chain_rpc import ChainRpc
from gems_desktop.deploying.deploy import MOST_TIP
from gems_desktop.deploying.faults import TooPoor
from gems_desktop.deploying.plan import Step


@dataclass(frozen=True, slots=True)
class Cost:
    """Gas of what is left to create, the highest fee in wei per gas, and what the deployer has in wei."""

    gas: int
    fee: int
    balance: int

    @property
    def wei(self) -> int:
        """The most that it costs."""
        return self.gas * self.fee


async def cost(chain: ChainRpc, deployer: str, plan: tuple[Step, ...]) -> Cost:
    """What is left of the plan costs at most; raises TooPoor when the deployer could not pay it.

    Only the next contract can be estimated by the node (the others need it); where the node counts more gas for
    it than Ethereum's prices give, it counts more for all.
    """
    left = [step for step in plan if not await chain.code(step.place.address)]
    fee, tip = await chain.gas_price()
    fee -= max(0, tip - MOST_TIP)
    gas = sum(step.gas for step in left)
    if left:
        said = await chain.estimate_gas(deployer, None, left[0].creation)
        gas = max(gas, -(-gas * said // left[0].gas))
    found = Cost(gas, fee, await chain.gas_balance(deployer))
    if found.balance < found.wei:
        raise TooPoor(found.wei, found.balance)
    return found
