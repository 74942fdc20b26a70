# SPDX-License-Identifier: Apache-2.0
"""Encryption at rest: what columns of answers, notes and task data look like on disk.

A value is "~1" and the base64 of nonce (12 bytes) and AES-256-GCM of a flag byte and the text, compressed where that
helps. It is bound to its table, column and row, so that no value can stand in another's place.
"""

from __future__ import annotations

import base64
import binascii
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gems_desktop.adapters.store_files import StoreFiles
from gems_desktop.services.errors import WalletLocked
from gems_desktop.services.records import EditRecord, Record

if TYPE_CHECKING or sys.version_info < (3, 14):
    from backports import zstd
else:
    from compression import zstd

PREFIX = "~1"
_PLAIN, _ZSTD = b"\0", b"\1"
_WORTH_IT = 96  # shorter texts do not get shorter
_LEVEL = 3
_NONCE = 12
_PIECE = 1 << 20


class RowDamaged(Exception):
    """A row's checksum does not fit its content, or a sealed value is not what was written there."""


class Sealer:
    """Seals and unseals under one key; used from the store's thread only."""

    def __init__(self, key: bytearray) -> None:
        """Take the 32-byte `key` and wipe it."""
        self._cipher = AESGCM(bytes(key))
        key[:] = bytes(len(key))
        self._zstd = zstd.ZstdCompressor(level=_LEVEL)

    def seal(self, place: str, text: str) -> str:
        """`text` as it is stored at `place`; the empty text stays empty."""
        if not text:
            return ""
        raw = text.encode()
        flag = _PLAIN
        if len(raw) >= _WORTH_IT:
            packed = self._zstd.compress(raw, zstd.ZstdCompressor.FLUSH_FRAME)
            if len(packed) < len(raw):
                raw, flag = packed, _ZSTD
        nonce = os.urandom(_NONCE)
        body = self._cipher.encrypt(nonce, flag + raw, place.encode())
        return PREFIX + base64.b64encode(nonce + body).decode()

    def unseal(self, place: str, stored: str) -> str:
        """The text that was sealed at `place`; raises RowDamaged for anything else, plain text included."""
        if not stored:
            return ""
        if not stored.startswith(PREFIX):
            raise RowDamaged(place)
        try:
            raw = base64.b64decode(stored[len(PREFIX) :], validate=True)
            inside = self._cipher.decrypt(raw[:_NONCE], raw[_NONCE:], place.encode())
            text = zstd.decompress(inside[1:]) if inside[:1] == _ZSTD else inside[1:]
            return text.decode()
        except (InvalidTag, binascii.Error, ValueError, zstd.ZstdError) as error:
            raise RowDamaged(place) from error

    def seal_file(self, path: Path, files: StoreFiles) -> Path:
        """Put a whole file away as `path`.sealed: pieces of nonce and AES-256-GCM, bound to their order."""
        fresh, kept = path.with_name(path.name + ".sealing"), path.with_name(path.name + ".sealed")
        files.unlink(fresh)
        with open(path, "rb") as file:
            count = 0
            while piece := file.read(_PIECE):
                nonce = os.urandom(_NONCE)
                files.write(
                    fresh, nonce + self._cipher.encrypt(nonce, piece, f"{path.name} {count}".encode())
                )
                count += 1
        files.write(fresh, b"")
        files.sync(fresh)
        files.replace(fresh, kept)
        files.sync_folder(path.parent)
        files.unlink(path)
        return kept


def place_of(kind: type[Record], column: str, row: dict[str, Any]) -> str:
    """What a sealed value is bound to. A line of the journal of edits has no number yet when it is sealed."""
    key = f"{row['item_id']} {row['kind']}" if kind is EditRecord else row[kind.KEY]
    return f"{kind.TABLE} {column} {key}"


def seal_row(kind: type[Record], row: dict[str, Any], sealer: Sealer | None) -> None:
    """Seal the columns of `row` that are; raises WalletLocked when there is something to seal and no key."""
    for name in kind.SEALED:
        if row.get(name):
            if sealer is None:
                raise WalletLocked
            row[name] = sealer.seal(place_of(kind, name, row), row[name])


def unseal_row(kind: type[Record], row: dict[str, Any], sealer: Sealer | None) -> None:
    """The other way; raises WalletLocked without a key, RowDamaged for what was not sealed at this place."""
    for name in kind.SEALED:
        if row[name]:
            if sealer is None:
                raise WalletLocked
            row[name] = sealer.unseal(place_of(kind, name, row), row[name])
