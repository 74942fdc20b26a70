# SPDX-License-Identifier: Apache-2.0
"""eth_call and eth_estimateGas: run a message on a state without keeping anything of it."""

from __future__ import annotations

from dataclasses import dataclass

from eth._utils.address import generate_contract_address
from eth.abc import ComputationAPI, StateAPI
from eth.constants import CREATE_CONTRACT_ADDRESS
from eth.exceptions import OutOfGas, Revert
from eth.vm.forks.prague.state import PragueState
from eth.vm.message import Message
from eth_typing import Address

from gems_protocol.abi import DecodingError, decode

from .rpc_error import REVERTED, RpcError, refused

_ERROR_STRING = bytes.fromhex("08c379a0")
_PANIC = bytes.fromhex("4e487b71")
_CALL_STIPEND = 2_300
_TX_GAS = 21_000
_CREATE_GAS = 32_000
_INITCODE_WORD_GAS = 2
_FLOOR_PER_TOKEN = 10


@dataclass(frozen=True)
class Call:
    """A message to try. `to` None creates a contract; gas and value in gas units and wei."""

    sender: Address
    to: Address | None
    data: bytes
    value: int
    gas: int
    gas_price: int


def intrinsic_gas(call: Call) -> int:
    """Gas that a transaction with this data costs before any code runs (EIP-2028, EIP-3860)."""
    zeros = call.data.count(0)
    gas = _TX_GAS + 4 * zeros + 16 * (len(call.data) - zeros)
    if call.to is None:
        gas += _CREATE_GAS + _INITCODE_WORD_GAS * ((len(call.data) + 31) // 32)
    return gas


def floor_gas(call: Call) -> int:
    """The least a transaction with this data pays (EIP-7623)."""
    zeros = call.data.count(0)
    return _TX_GAS + _FLOOR_PER_TOKEN * (zeros + 4 * (len(call.data) - zeros))


def run(state: StateAPI, call: Call) -> ComputationAPI:
    """Run the message with `call.gas` for its code and undo it."""
    if not isinstance(state, PragueState):
        raise TypeError("expected the state of a Prague block")
    snapshot = state.snapshot()
    try:
        context = state.get_transaction_context_class()(gas_price=call.gas_price, origin=call.sender)
        state.mark_address_warm(call.sender)
        if call.to is None:
            address = generate_contract_address(call.sender, state.get_nonce(call.sender))
            state.increment_nonce(call.sender)
            message = Message(
                gas=call.gas,
                to=CREATE_CONTRACT_ADDRESS,
                sender=call.sender,
                value=call.value,
                data=b"",
                code=call.data,
                create_address=address,
            )
            state.mark_address_warm(address)
            return state.computation_class.apply_create_message(state, message, context)
        executor = state.get_transaction_executor()
        code, delegated = executor.get_code_at_address(call.to)  # type: ignore[attr-defined]
        message = Message(
            gas=call.gas,
            to=call.to,
            sender=call.sender,
            value=call.value,
            data=call.data,
            code=code,
            is_delegation=delegated is not None,
        )
        state.mark_address_warm(call.to)
        return state.computation_class.apply_message(state, message, context)
    finally:
        state.revert(snapshot)
        state.clear_transient_storage()


def output(state: StateAPI, call: Call) -> bytes:
    """What the message returns. Raises RpcError: code 3 with the revert data, or -32000 with the fault."""
    computation = run(state, call)
    if computation.is_error:
        raise failure(computation)
    return bytes(computation.output)


def estimate(state: StateAPI, call: Call) -> int:
    """Gas for a transaction that does not run out; within 1.5 % of the least. Raises as `output` does."""
    intrinsic = intrinsic_gas(call)
    if call.gas < intrinsic:
        raise refused(f"gas required exceeds allowance ({call.gas})")
    computation = run(state, _with_gas(call, call.gas - intrinsic))
    if computation.is_error:
        if isinstance(computation.error, OutOfGas):
            raise refused(f"gas required exceeds allowance ({call.gas})")
        raise failure(computation)
    low, high = intrinsic - 1, call.gas
    used = computation.get_gas_used()
    guess = intrinsic + (used + computation.get_gas_refund() + _CALL_STIPEND) * 64 // 63
    low = max(low, intrinsic + used - 1)
    if used == 0:
        guess = intrinsic
    if guess < high:
        low, high = (low, guess) if _fits(state, call, guess, intrinsic) else (guess, high)
    while low + 1 < high and (high - low) * 1000 > high * 15:
        middle = min((low + high) // 2, low * 2)
        low, high = (low, middle) if _fits(state, call, middle, intrinsic) else (middle, high)
    return max(high, floor_gas(call))


def failure(computation: ComputationAPI) -> RpcError:
    """The JSON-RPC error for code that failed."""
    if isinstance(computation.error, Revert):
        data = bytes(computation.output)
        reason = revert_reason(data)
        message = "execution reverted" if reason is None else f"execution reverted: {reason}"
        return RpcError(REVERTED, message, "0x" + data.hex())
    return refused(f"execution failed: {type(computation.error).__name__}: {computation.error}")


def revert_reason(data: bytes) -> str | None:
    """The text of `Error(string)` or the code of `Panic(uint256)`, if the data is one of them."""
    try:
        if data[:4] == _ERROR_STRING:
            return str(decode(["string"], data[4:])[0])
        if data[:4] == _PANIC:
            return f"panic code 0x{decode(['uint256'], data[4:])[0]:02x}"
    except (DecodingError, UnicodeDecodeError):
        return None
    return None


def _fits(state: StateAPI, call: Call, gas: int, intrinsic: int) -> bool:
    return not run(state, _with_gas(call, gas - intrinsic)).is_error


def _with_gas(call: Call, gas: int) -> Call:
    return Call(call.sender, call.to, call.data, call.value, gas, call.gas_price)
