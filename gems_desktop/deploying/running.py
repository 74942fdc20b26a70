# SPDX-License-Identifier: Apache-2.0
"""One `gems contracts deploy` from its options to the address book."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from eth_account import Account
from eth_account.signers.local import LocalAccount

from gems_desktop.adapters import chain_decode as read
from gems_desktop.adapters.chain_errors import ChainUnreachable
from gems_desktop.adapters.chain_jsonrpc import JsonRpc, RpcFailure
from gems_desktop.adapters.chain_rpc import ChainRpc
from gems_desktop.deploying import plain_token
from gems_desktop.deploying.book import Book, entry, usual_path, write_book
from gems_desktop.deploying.cost import Cost, cost
from gems_desktop.deploying.deploy import Deployment, Patience, Say
from gems_desktop.deploying.faults import WrongChainId
from gems_desktop.deploying.journal import Journal, Which, taken_up
from gems_desktop.deploying.plan import Step, addresses, steps
from gems_desktop.deploying.whole import there_is_one
from gems_protocol.contracts import NAMES, artefact
from gems_protocol.contracts.deployed import Place

_LOCAL_CHAINS = (1337, 31_337)  # they make a block only when something happens, and take none back
_DEEP = 12
_NOBODY = "0x" + "00" * 20


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for; addresses lowercase 0x-hex. None takes what is usual."""

    rpc: str
    key: bytes
    chain_id: int | None = None
    holder: str | None = None
    gem: str | None = None
    book: Path | None = None
    first_nonce: int | None = None
    confirmations: int | None = None
    wait_s: float = 600.0
    step_s: float = 1.0


async def chain_id_of(url: str) -> int:
    """The chain that a node says it is of. Raises ChainUnreachable, NodeLied."""
    node = JsonRpc(url)
    try:
        return read.quantity(await node.call("eth_chainId", []), "chain id", 53)
    except RpcFailure as failure:
        raise ChainUnreachable(f"The chain node at {node.name} failed: {failure.said}.") from failure
    finally:
        await node.close()


async def deploy(wish: Wish, agree: Callable[[int, Cost, tuple[Step, ...]], bool], say: Say) -> Path | None:
    """Deploy what is wished, or go on with it; the address book's path, None when `agree` said no.

    Raises DeploymentFailed, BadBook and the errors of ChainRpc, each before anything is sent twice.
    """
    chain_id = await chain_id_of(wish.rpc)
    if wish.chain_id not in (None, chain_id):
        raise WrongChainId(wish.chain_id or 0, chain_id)
    path = wish.book or usual_path(chain_id)
    if path.exists():
        raise there_is_one(path)
    account: LocalAccount = Account.from_key(wish.key)
    me = account.address.lower()
    gem = wish.gem or _NOBODY
    chain = ChainRpc([wish.rpc], chain_id, gem, gem, gem)
    try:
        journal = await _journal(wish, chain, chain_id, me, path.with_name(path.name + ".part"))
        plan = steps(me, journal.first_nonce, chain_id, journal.which.holder, wish.gem)
        if not agree(chain_id, await cost(chain, me, plan), plan):
            return None
        if wish.gem and not journal.sent:
            say(await _tried(chain, chain_id, wish))
            journal.first_nonce = await chain.nonce(me) if wish.first_nonce is None else wish.first_nonce
            plan = steps(me, journal.first_nonce, chain_id, journal.which.holder, wish.gem)
        journal.keep()
        usual = 1 if chain_id in _LOCAL_CHAINS else _DEEP
        patience = Patience(wish.confirmations or usual, wish.wait_s, wish.step_s)
        made = await Deployment(chain, account, journal, patience, say).run(plan)
        if wish.gem:
            made["Gem"] = entry(Place("Gem", chain_id, wish.gem, wish.gem), None, None)
        write_book(path, Book(chain_id, me, int(time.time()), made))
        journal.end()
    finally:
        await chain.close()
    return path


async def _journal(wish: Wish, chain: ChainRpc, chain_id: int, me: str, path: Path) -> Journal:
    """The notes of a run that was cut off, or new ones that are not on the disk yet."""
    sources = tuple(str(artefact(name)["source_sha256"]) for name in NAMES)
    which = Which(chain_id, me, (wish.holder or me), wish.gem or "", sources)
    found = taken_up(path, which)
    if found is not None and found.sent:
        return found
    if wish.gem:
        await plain_token.check_facts(chain, wish.gem)
        await plain_token.check_code(chain, chain_id, wish.gem)
    first = await chain.nonce(me) if wish.first_nonce is None else wish.first_nonce
    return Journal(which, first, path)


async def _tried(chain: ChainRpc, chain_id: int, wish: Wish) -> str:
    if await plain_token.check_transfer(chain, chain_id, wish.key, wish.gem or ""):
        return "Gem: one base unit was sent and arrived whole"
    return "Gem: not tried with a transfer, as the deployer holds none"


def summary(chain_id: int, price: Cost, plan: tuple[Step, ...]) -> str:
    """What is about to happen and what it costs at most, for whoever has to agree."""
    where = addresses(plan)
    return "\n".join(
        (
            f"Chain {chain_id}, {len(plan)} contracts to create:",
            f"  Gem        {where.gem}{'' if plan[0].place.name == 'Gem' else ' (exists)'}",
            f"  Channels   {where.channels}",
            f"  Campaigns  {where.campaigns}",
            f"  Judge      {plan[-1].place.address}",
            f"Gas at most {price.gas}, at most {price.fee} wei each: {price.wei} wei.",
            f"The deployer has {price.balance} wei.",
        )
    )
