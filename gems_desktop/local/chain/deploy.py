# SPDX-License-Identifier: Apache-2.0
"""Puts the four contracts on the local chain, with the same code as on any other (`gems contracts deploy`)."""

from __future__ import annotations

from eth_account import Account
from eth_account.signers.local import LocalAccount

from gems_desktop.adapters.chain_rpc import ChainRpc
from gems_desktop.deploying.deploy import Deployment, Patience
from gems_desktop.deploying.faults import DeploymentFailed, OtherCode
from gems_desktop.deploying.journal import Journal, Which
from gems_desktop.deploying.plan import Addresses, addresses, contract_address, steps

__all__ = ["Addresses", "DeploymentFailed", "contract_address", "deploy_contracts"]

_AT_ONCE = Patience(wait_s=30.0, step_s=0.05)  # the local chain makes a block for each transaction


async def deploy_contracts(
    rpc_url: str, deployer_key: bytes, *, chain_id: int, holder: str | None = None, first_nonce: int = 0
) -> Addresses:
    """Deploy Gem, Channels and Campaigns with the deployer's nonces first_nonce .. first_nonce + 2.

    holder: who gets the whole supply of GEM (default: the deployer). Called again it changes nothing.
    Raises DeploymentFailed when the deployer used one of these nonces otherwise, and the errors of ChainRpc.
    """
    account: LocalAccount = Account.from_key(deployer_key)
    plan = steps(account.address, first_nonce, chain_id, holder or account.address, None)
    where = addresses(plan)
    chain = ChainRpc([rpc_url], chain_id, where.gem, where.channels, where.campaigns)
    journal = Journal(Which(chain_id, account.address.lower(), "", "", ()), first_nonce)
    try:
        await Deployment(chain, account, journal, _AT_ONCE, lambda _text: None).run(plan)
    except OtherCode as error:
        raise DeploymentFailed(
            "This practice network was made by another version of Gems: its contracts are others.",
            safe="It was left as it is. Practice GEM has no value.",
            action="Begin a new one: gems local --fresh. The old one is moved aside.",
        ) from error
    finally:
        await chain.close()
    return where
