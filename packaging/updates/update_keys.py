# SPDX-License-Identifier: Apache-2.0
"""The keys of updates: one ed25519 file each, so that their holders can keep them apart."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from securesystemslib.signer import CryptoSigner

#: role -> how many keys it has, and how many of them must sign
ROLES = {"root": (3, 2), "targets": (3, 2), "snapshot": (1, 1), "timestamp": (1, 1)}
#: Roles whose keys never lie on a computer that is on the network.
OFFLINE = ("root", "targets")


def make(folder: Path, roles: Iterable[str] = tuple(ROLES)) -> list[Path]:
    """Make the keys of `roles` in `folder`, readable by their owner only; refuses to replace one."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    paths = [folder / f"{role}-{n}.pem" for role in roles for n in range(1, ROLES[role][0] + 1)]
    for path in paths:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            key = Ed25519PrivateKey.generate()
            file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return paths


def load(folders: Iterable[Path], role: str) -> list[CryptoSigner]:
    """The signers of `role` in `folders`, in the order of their files' names."""
    found = []
    for path in sorted(path for folder in folders for path in folder.glob(f"{role}-*.pem")):
        key = load_pem_private_key(path.read_bytes(), None)
        if not isinstance(key, Ed25519PrivateKey):
            raise SystemExit(f"{path} is no ed25519 key")
        found.append(CryptoSigner(key))
    return found
