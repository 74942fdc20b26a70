# SPDX-License-Identifier: Apache-2.0
"""Tiny hand-made contracts, so that the chain is tested without any compiler."""

_ERROR_NO = bytes.fromhex("08c379a0") + bytes(31) + b"\x20" + bytes(31) + b"\x02" + b"no".ljust(32, b"\0")


def word(number: int) -> bytes:
    """An ABI word."""
    return number.to_bytes(32, "big")


def _creation(runtime: bytes) -> bytes:
    return bytes.fromhex(f"60{len(runtime):02x}8060095f395ff3") + runtime


#: Called with a word n it makes n logs of one topic: n, n-1, ... 1, each with the number as data.
LOGGER = _creation(bytes.fromhex("5f355b8015601757805f528060205fa1600190036002565b00"))
#: Always reverts with Error("no").
REFUSER = _creation(bytes.fromhex(f"60{len(_ERROR_NO):02x}8060095f395ffd") + _ERROR_NO)
#: Gives back the block's time: TIMESTAMP, MSTORE, RETURN.
TIMER = _creation(bytes.fromhex("425f5260205ff3"))
#: Calls itself with all its gas until there is none.
SELF_CALLER = _creation(bytes.fromhex("5f5f5f5f5f305af100"))
