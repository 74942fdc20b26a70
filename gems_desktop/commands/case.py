# SPDX-License-Identifier: Apache-2.0
"""`gems case`: look at a worker's case, and bring it to the contracts for them: whoever has a gas coin can."""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gems_desktop.commands import arguments, requester_key
from gems_protocol.errors import GemsError

if TYPE_CHECKING:
    from gems_desktop.adapters.chain_cases import ChainCases
    from gems_desktop.adapters.chain_rpc import ChainRpc
    from gems_protocol.case import Case
    from gems_protocol.case_steps import Call, Step

DONE, LATER = 0, 1
_GWEI = 10**9
_MOST_GAS = 3_000_000  # many times what a case of seven votes takes
Work = Callable[[argparse.Namespace, "Case", "ChainRpc", "ChainCases"], Awaitable[int]]


class CannotBring(GemsError):
    """The case cannot be brought as it was asked for."""


def add_parser(commands: Any) -> None:
    """Add the command and its parts."""
    parser = commands.add_parser(
        "case", help="bring a worker's case to the contracts: show, status, submit, finish"
    )
    parts = parser.add_subparsers(dest="part", required=True, metavar="COMMAND")
    show = _part(parts, "show", "what a case says, and what it pays; with --rpc also what stands on chain")
    _chain(show, required=False)
    show.set_defaults(handler=show_case)
    status = _part(parts, "status", "where a case stands on chain, and what comes next")
    _chain(status, required=True)
    status.set_defaults(handler=lambda options: _with_chain(options, status_of))
    submit = _part(parts, "submit", "put the case on chain; it costs gas and nothing else")
    finish = _part(parts, "finish", "after the window: let the contract pay")
    for part, work in ((submit, submit_case), (finish, finish_case)):
        _chain(part, required=True)
        part.add_argument(
            "--key-file", type=Path, required=True, metavar="FILE", help="64 hex digits: who pays the gas"
        )
        part.add_argument("--yes", action="store_true", help="do not ask before gas is spent")
        part.add_argument(
            "--max-gas-gwei",
            type=arguments.count,
            default=100,
            metavar="N",
            help="what a unit of gas may cost (default 100)",
        )
        part.set_defaults(handler=lambda options, work=work: _with_chain(options, work))
    parser.epilog = "Exit status: 0 done, 1 nothing to do now, 2 it could not be done (why is on stderr)."


def _part(parts: Any, name: str, text: str) -> argparse.ArgumentParser:
    found: argparse.ArgumentParser = parts.add_parser(name, help=text)
    found.add_argument("file", type=Path, metavar="FILE", help="the case, as the worker gave it to you")
    return found


def _chain(parser: argparse.ArgumentParser, *, required: bool) -> None:
    parser.add_argument(
        "--rpc",
        action="append",
        required=required,
        metavar="URL",
        help="a chain node; give it again for a second one, which has to agree",
    )


def read_case(path: Path) -> Case:
    """The case in a file, every signature checked; raises CannotBring in words."""
    from gems_protocol import case as cases

    try:
        with path.open("rb") as file:
            data = file.read(cases.MAX_FILE + 1)
    except OSError as error:
        raise CannotBring(
            "The case's file cannot be read.", safe="Nothing was sent.", action="Name another file."
        ) from error
    try:
        return cases.read(data)
    except GemsError as error:
        raise CannotBring(
            f"This is no sound case: {error.message}",
            safe="Nothing was sent, and no gas was spent.",
            action="Ask whoever gave it to you to save it again and to send it as a file.",
        ) from error


def show_case(options: argparse.Namespace) -> int:
    """In words, without a line unless --rpc is given."""
    from gems_desktop.commands.case_words import told

    if options.rpc:
        return _with_chain(options, _show_with_chain)
    print("\n".join(told(read_case(options.file))))
    return DONE


async def _show_with_chain(
    options: argparse.Namespace, case: Case, chain: ChainRpc, court: ChainCases
) -> int:
    from gems_desktop.commands.case_words import told

    print("\n".join(told(case)))
    return await status_of(options, case, chain, court)


async def status_of(options: argparse.Namespace, case: Case, chain: ChainRpc, court: ChainCases) -> int:
    """Where it stands."""
    from gems_desktop.commands.case_words import standing

    print(standing(await _step(case, court)))
    return DONE


async def submit_case(options: argparse.Namespace, case: Case, chain: ChainRpc, court: ChainCases) -> int:
    """Anchor the work, or claim."""
    from gems_protocol.case_steps import Stage

    return await _send(options, case, chain, court, Stage.BRING)


async def finish_case(options: argparse.Namespace, case: Case, chain: ChainRpc, court: ChainCases) -> int:
    """Finalize, or settle."""
    from gems_protocol.case_steps import Stage

    return await _send(options, case, chain, court, Stage.FINISH)


async def _send(
    options: argparse.Namespace, case: Case, chain: ChainRpc, court: ChainCases, stage: Any
) -> int:
    """Send the call of this stage after its cost was shown; LATER where another stage is reached."""
    from gems_desktop.commands.case_words import standing

    step = await _step(case, court)
    if step.stage is not stage or step.call is None:
        print(standing(step))
        return LATER
    tx_hash = await send(options, case, chain, step.call)
    print(f"In a block: 0x{tx_hash.hex()}")
    print(standing(await _step(case, court)))
    return DONE


async def send(options: argparse.Namespace, case: Case, chain: ChainRpc, call: Call) -> bytes:
    """Tell what a call costs, ask, send it, and wait until it is in a block; its hash. Raises GemsError."""
    from gems_desktop.commands.as_requester import NotConfirmed, says_yes
    from gems_platform.client.requesting.transactions import transact

    key = requester_key.key_in_file(options.key_file, "key for gas")
    to, data = _address(case, call), _data(call)
    await _tell_cost(options, chain, key, to, data)
    if not options.yes and not says_yes():
        raise NotConfirmed(
            "Nobody said yes.", safe="Nothing was sent.", action="Add --yes, or answer at a terminal."
        )
    return await transact(chain, case.chain_id, key, to, data)


async def _tell_cost(options: argparse.Namespace, chain: ChainRpc, key: bytes, to: str, data: bytes) -> None:
    """What it will cost, before anything is sent; raises CannotBring where that is out of proportion."""
    from gems_desktop.commands.case_words import coin
    from gems_protocol.signature import address_of

    sender = address_of(key)
    gas = await chain.estimate_gas(sender, to, data)
    price, _ = await chain.gas_price()
    have = await chain.gas_balance(sender)
    print(f"Gas: about {gas}; at most {coin(gas * 5 // 4 * price)} of gas coin. You have {coin(have)}.")
    safe = "Nothing was sent."
    if gas > _MOST_GAS:
        raise CannotBring("This call would take far too much gas.", safe=safe, action="Do not send it.")
    if price > options.max_gas_gwei * _GWEI:
        raise CannotBring(
            "Gas costs more now than you allowed.", safe=safe, action="Wait, or raise --max-gas-gwei."
        )
    if have < gas * price:
        raise CannotBring(
            "The account has too little gas coin for this.", safe=safe, action="Put some into it first."
        )


async def _step(case: Case, court: ChainCases) -> Step:
    from gems_protocol.case_steps import next_step

    return next_step(case, await court.seen(case.place, case.root, int(time.time())))


def _address(case: Case, call: Call) -> str:
    return case.judge if call.contract == "Judge" else case.campaigns


def _data(call: Call) -> bytes:
    from gems_protocol.contracts.calls import call_data

    return call_data(call.contract, call.function, *call.arguments)


def _with_chain(options: argparse.Namespace, work: Work) -> int:
    case = read_case(options.file)
    for url in options.rpc:
        if not url.startswith(("http://", "https://")):
            raise CannotBring(
                "An address does not begin with http:// or https://.",
                safe="Nothing was sent.",
                action="Mend --rpc.",
            )
    if len(options.rpc) == 1:
        print("Only one chain node is asked; a second --rpc would check what it says.", file=sys.stderr)
    return asyncio.run(bring(options, case, work))


async def bring(options: argparse.Namespace, case: Case, work: Work, *, known: bool = False) -> int:
    """Do `work` with the case's chain, whose contracts have to be ours, byte for byte; known: they were looked at."""
    from gems_desktop.adapters.chain_cases import ChainCases
    from gems_desktop.adapters.chain_rpc import ChainRpc

    # no channel is read here: the escrow's address stands in for that contract
    chain = ChainRpc(options.rpc, case.chain_id, case.gem, case.campaigns, case.campaigns)
    court = ChainCases(chain)
    try:
        if not known:
            await court.check_contracts(case)
        return await work(options, case, chain, court)
    finally:
        await chain.close()
