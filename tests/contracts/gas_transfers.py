# SPDX-License-Identifier: Apache-2.0
"""What paying without channels costs on the same chain: a transfer per task, and a payroll of a hundred."""

from functools import cache
from typing import Any

from tests.contracts.chain import GasWorld
from tests.contracts.gas_channels import address

_SIZE = 100
_PAYROLL = """
# pragma version 0.4.3
# pragma evm-version cancun
from ethereum.ercs import IERC20

@external
def pay(token: IERC20, workers: DynArray[address, 128], amounts: DynArray[uint256, 128]):
    for i: uint256 in range(len(workers), bound=128):
        assert extcall token.transferFrom(msg.sender, workers[i], amounts[i])
"""


@cache
def _compiled() -> tuple[Any, bytes]:
    from vyper.compiler import compile_code  # type: ignore[import-untyped]

    output = compile_code(_PAYROLL, output_formats=["abi", "bytecode"])
    return output["abi"][0], bytes.fromhex(output["bytecode"][2:])


def transfer_rows(world: GasWorld) -> dict[str, int]:
    """Gas of an ERC-20 transfer, and per worker of one transaction that pays a hundred."""
    abi, code = _compiled()
    payroll = world.chain.deploy_code(world.payer, code)
    world.chain.gas(world.payer, "Gem", world.gem, "approve", payroll, 2**256 - 1)
    workers = [address(f"payroll {i}") for i in range(_SIZE)]
    amounts = [10**18 + 777] * _SIZE
    found = {name: world.transfer(address("transfer")) for name in ("transfer_cold", "transfer")}
    for name in ("payroll_100_cold", "payroll_100"):
        used = world.chain.gas_by_abi(world.payer, abi, payroll, world.gem, workers, amounts)
        found[name] = used // _SIZE
    return found
