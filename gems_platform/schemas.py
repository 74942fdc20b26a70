# SPDX-License-Identifier: Apache-2.0
"""The forms of values that every domain's requests share."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Address = Annotated[str, StringConstraints(pattern=r"^0x[0-9a-f]{40}$", strict=True)]
Hash = Annotated[str, StringConstraints(pattern=r"^0x[0-9a-f]{64}$", strict=True)]
Signature = Annotated[str, StringConstraints(pattern=r"^0x[0-9a-f]{130}$", strict=True)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$", strict=True)]
Units = Annotated[str, StringConstraints(pattern=r"^(0|[1-9][0-9]{0,38})$", strict=True)]
#: What people write: no store takes the zero character (PostgreSQL has none).
WRITTEN = r"^[^\x00]*$"
Count = Annotated[int, Field(strict=True, ge=1, le=1000)]


class Strict(BaseModel):
    """A request's body: no unknown fields, no conversions."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Signed(Strict):
    """A message of the protocol with its signature; the message is read by `gems_protocol`."""

    message: dict[str, Any]
    signature: Signature


def raw(text: str) -> bytes:
    """The bytes of a hex text that one of the patterns above has checked."""
    return bytes.fromhex(text[2:])


def text(value: bytes) -> str:
    """Bytes as the interface writes them."""
    return "0x" + value.hex()
