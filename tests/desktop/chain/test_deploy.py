# SPDX-License-Identifier: Apache-2.0
"""The four contracts come onto a fresh chain once, also when the deployment was cut off."""

import pytest

from gems_desktop.adapters.chain_rpc import ChainRpc, ChannelOnChain
from gems_desktop.local.chain.deploy import DeploymentFailed, contract_address, deploy_contracts
from gems_protocol.contracts import artefact

from .conftest import CHAIN_ID, OTHER, RICH, Served, pay


def test_contract_address_is_the_known_one() -> None:
    deployer = "0x6ac7ea33f8831ea9dcc53393aaa88b25a785dbf0"  # the textbook example of CREATE addresses
    assert contract_address(deployer, 0) == "0xcd234a471b72ba2f1ccf0a70fcaba648a5eecd8d"
    assert contract_address(deployer, 1) == "0x343c43a37d37dff08ae8c4a11544c718abb4fcf8"
    assert contract_address(deployer, 2) == "0xf778b86fa74e846c4f0a1fbd1335fe81c00a0c91"


async def test_deploys_once_and_finds_it_again(served: Served) -> None:
    where = await deploy_contracts(served.url, bytes(RICH.key), chain_id=CHAIN_ID, holder=OTHER.address)
    again = await deploy_contracts(served.url, bytes(RICH.key), chain_id=CHAIN_ID, holder=OTHER.address)
    assert again == where
    chain = ChainRpc([served.url], CHAIN_ID, where.gem, where.channels, where.campaigns)
    await chain.check_contracts()
    assert await chain.nonce(RICH.address) == 4
    assert await chain.gem_balance(OTHER.address) > 0
    assert await chain.channel(bytes(32)) == ChannelOnChain(0, 0, 0)
    assert await chain.campaign_funded(bytes(32)) == 0
    await chain.close()


async def test_takes_up_a_deployment_that_was_cut_off(served: Served) -> None:
    first = contract_address(RICH.address, 0)
    creation = bytes.fromhex(artefact("Gem")["bytecode"][2:]) + bytes(12) + bytes.fromhex(OTHER.address[2:])
    served.chain.send_raw(pay(0, None, 0, data=creation, gas=3_000_000))
    assert (await deploy_contracts(served.url, bytes(RICH.key), chain_id=CHAIN_ID)).gem == first


async def test_a_used_nonce_is_said(served: Served) -> None:
    with pytest.raises(DeploymentFailed, match="nonce 7"):
        await deploy_contracts(served.url, bytes(RICH.key), chain_id=CHAIN_ID, first_nonce=7)
