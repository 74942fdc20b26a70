# SPDX-License-Identifier: Apache-2.0
"""The contracts' ABI encoding. eth_abi is loaded at the first call: a start needs none of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any


class EncodingError(Exception):
    """A value does not fit its type."""


class DecodingError(Exception):
    """The bytes are not of these types."""


def encode(types: Sequence[str], values: Iterable[Any]) -> bytes:
    """The bytes of `values`. Raises EncodingError."""
    from eth_abi import abi, exceptions

    try:
        return abi.encode(types, list(values))
    except exceptions.EncodingError as error:
        raise EncodingError(str(error)) from error


def decode(types: Sequence[str], data: bytes) -> tuple[Any, ...]:
    """The values in `data`. Raises DecodingError."""
    from eth_abi import abi, exceptions

    try:
        return abi.decode(types, data)
    except exceptions.DecodingError as error:
        raise DecodingError(str(error)) from error
