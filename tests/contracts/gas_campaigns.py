# SPDX-License-Identifier: Apache-2.0
"""The gas of every operation of Campaigns that somebody pays for, one row each."""

from eth_abi import encode
from eth_utils import keccak

from tests.contracts.chain import CHAIN_ID, GasWorld
from tests.contracts.signing import SPEND, Domain

GEM = 10**18


def campaign_rows(world: GasWorld) -> dict[str, int]:
    """Gas by operation of Campaigns."""
    payer, chain = world.payer, world.chain
    campaigns = chain.deploy(payer, "Campaigns", world.gem)
    world.approve(campaigns)
    terms = (
        *(payer.address, world.relayer.address, 3 * GEM // 4, GEM // 4, GEM // 4, GEM // 5, 5, 3, 2, 3),
        *(86_400, 3 * 86_400, 1_750_000_000, b"\1" * 32, b"\2" * 32, "0x" + "00" * 20),
        *(b"\3" * 32, b"\4" * 32),
    )
    kinds = ["address"] * 2 + ["uint128"] * 4 + ["uint8"] * 4 + ["uint64"] * 3
    kinds += ["bytes32"] * 2 + ["address"] + ["bytes32"] * 2
    name = keccak(encode(kinds, terms))
    domain = Domain("GemCampaigns", campaigns, CHAIN_ID)
    table = {
        label: chain.gas(payer, "Campaigns", campaigns, "fund", terms, 100) for label in ("fund", "fund_more")
    }
    for label, spent in (("redeem_first", GEM), ("redeem", 2 * GEM)):
        sig = domain.sign(payer, SPEND, name, spent, spent // GEM)
        spend = (spent, spent // GEM)
        table[label] = chain.gas(world.relayer, "Campaigns", campaigns, "redeem", terms, spend, sig)
    return table
