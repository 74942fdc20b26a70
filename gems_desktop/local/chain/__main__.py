# SPDX-License-Identifier: Apache-2.0
"""`python -m gems_desktop.local.chain --path P`: the chain alone; prints its URL, runs until stopped."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
import sys
from pathlib import Path

from .chain import Chain
from .rpc_error import ChainFileError
from .server import serve

DEFAULT_CHAIN_ID = 31_337
_ETHER = 10**18


def main() -> int:
    """Exit status: 0 stopped, 1 the file or the port cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m gems_desktop.local.chain", description=__doc__)
    parser.add_argument(
        "--path", type=Path, required=True, help="the chain's file; made when it is not there"
    )
    parser.add_argument("--chain-id", type=int, default=DEFAULT_CHAIN_ID)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free port")
    parser.add_argument(
        "--fund",
        action="append",
        default=[],
        metavar="ADDRESS",
        help="a new chain gives it 1000 coins for gas",
    )
    parser.add_argument(
        "--test-methods", action="store_true", help="add evm_increaseTime, evm_setTime, evm_mine"
    )
    options = parser.parse_args()
    try:
        accounts = dict.fromkeys(options.fund, 1000 * _ETHER)
        chain = Chain.open(options.path, options.chain_id, accounts)
    except ChainFileError as error:
        print(f"The local chain did not start: {error}", file=sys.stderr)
        return 1
    return asyncio.run(_run(chain, options.port, options.test_methods))


async def _run(chain: Chain, port: int, test_methods: bool) -> int:
    try:
        server = await serve(chain, port=port, test_methods=test_methods)
    except OSError as error:
        chain.close()
        print(f"The local chain did not start: {error}", file=sys.stderr)
        return 1
    print(server.url, flush=True)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C still raises KeyboardInterrupt
            loop.add_signal_handler(number, stop.set)
    try:
        await stop.wait()
    finally:
        await server.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
