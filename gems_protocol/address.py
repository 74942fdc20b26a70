# SPDX-License-Identifier: Apache-2.0
"""Addresses as people see and type them: EIP-55 capitals that catch a wrong letter, groups of four for reading."""

from __future__ import annotations

import re

from gems_protocol.keccak import keccak

_ADDRESS = re.compile(r"0x[0-9a-fA-F]{40}", re.ASCII)
_MAX_TYPED = 200  # letters of a paste with all its spaces; more is no address


def checksummed(address: str) -> str:
    """The EIP-55 form of a lowercase 0x address."""
    digits = address[2:]
    marks = keccak(digits.encode("ascii")).hex()
    return "0x" + "".join(
        digit.upper() if int(mark, 16) >= 8 else digit for digit, mark in zip(digits, marks, strict=False)
    )


def groups(address: str) -> str:
    """A lowercase address for comparing it with the eye: capitals of EIP-55, ten groups of four."""
    digits = checksummed(address)[2:]
    return "0x " + " ".join(digits[at : at + 4] for at in range(0, 40, 4))


def parse_address(typed: str) -> str | None:
    """The lowercase address of what was typed or pasted, spaces between groups allowed.

    None when it is no address, is the zero address, or when its capitals do not fit (EIP-55: something is wrong).
    """
    if len(typed) > _MAX_TYPED:
        return None
    joined = "".join(typed.split())
    if not _ADDRESS.fullmatch(joined):
        return None
    lower = joined.lower()
    digits = joined[2:]
    if digits not in (digits.lower(), digits.upper()) and checksummed(lower) != "0x" + digits:
        return None
    return None if int(lower, 16) == 0 else lower
