# SPDX-License-Identifier: Apache-2.0
"""The EIP-4361 sign-in text: one strict profile of it, built and read back to the same bytes.

Read are version 1 messages with a statement and an expiration and nothing optional besides; every value is
compared exactly, so a text made for another domain, URI or chain never signs anybody in here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from gems_protocol.address import checksummed
from gems_protocol.errors import MalformedMessage
from gems_protocol.keccak import keccak
from gems_protocol.signature import recover, sign_digest

MAX_LENGTH = 2_000  # a sign-in text is a dozen lines
_UNRESERVED = r"A-Za-z0-9\-._~"
_TEXT = re.compile(
    r"(?P<domain>(?:\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9\-._~]{1,253})(?::\d{1,5})?)"
    r" wants you to sign in with your Ethereum account:\n"
    r"(?P<address>0x[0-9A-Fa-f]{40})\n\n"
    r"(?P<statement>[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;= ]{1,300})\n\n"
    rf"URI: (?P<uri>[a-z][a-z0-9+.\-]*://[{_UNRESERVED}:/?#\[\]@!$&'()*+,;=%]{{1,500}})\n"
    r"Version: 1\n"
    r"Chain ID: (?P<chain_id>[1-9]\d{0,17})\n"
    r"Nonce: (?P<nonce>[A-Za-z0-9]{8,64})\n"
    r"Issued At: (?P<issued_at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\n"
    r"Expiration Time: (?P<expires_at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)",
    re.ASCII,
)


def _malformed() -> MalformedMessage:
    return MalformedMessage("The sign-in text does not have the form of EIP-4361 that is used here.")


def _time(unix: int) -> str:
    return datetime.fromtimestamp(unix, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _unix(text: str) -> int:
    try:
        return int(datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp())
    except ValueError as error:
        raise _malformed() from error


@dataclass(frozen=True, slots=True)
class SignIn:
    """What a sign-in text says; `address` is lowercase, times are Unix seconds."""

    domain: str
    address: str
    statement: str
    uri: str
    chain_id: int
    nonce: str
    issued_at: int
    expires_at: int

    def text(self) -> str:
        """The EIP-4361 text; raises MalformedMessage when a value does not fit into one."""
        text = (
            f"{self.domain} wants you to sign in with your Ethereum account:\n"
            f"{checksummed(self.address)}\n\n{self.statement}\n\n"
            f"URI: {self.uri}\nVersion: 1\nChain ID: {self.chain_id}\nNonce: {self.nonce}\n"
            f"Issued At: {_time(self.issued_at)}\nExpiration Time: {_time(self.expires_at)}"
        )
        if len(text) > MAX_LENGTH or not _TEXT.fullmatch(text):
            raise _malformed()
        return text

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a text that `text` could have built, to the byte; raises MalformedMessage."""
        found = _TEXT.fullmatch(text) if len(text) <= MAX_LENGTH else None
        if found is None:
            raise _malformed()
        read = cls(
            domain=found["domain"],
            address=found["address"].lower(),
            statement=found["statement"],
            uri=found["uri"],
            chain_id=int(found["chain_id"]),
            nonce=found["nonce"],
            issued_at=_unix(found["issued_at"]),
            expires_at=_unix(found["expires_at"]),
        )
        if read.text() != text:  # the address must carry its checksum
            raise _malformed()
        return read


def personal_digest(text: str) -> bytes:
    """EIP-191 version 0x45: what wallets sign when they sign a text."""
    raw = text.encode()
    return keccak(b"\x19Ethereum Signed Message:\n" + str(len(raw)).encode() + raw)


def sign_text(text: str, key: bytes) -> bytes:
    """A 65-byte personal signature of `text` by the 32-byte private key."""
    return sign_digest(personal_digest(text), key)


def text_signer(text: str, signature: bytes) -> str:
    """The lowercase address that signed `text`; raises BadSignature."""
    return recover(personal_digest(text), signature)
