# SPDX-License-Identifier: Apache-2.0
"""Keystore files (Web3 secret storage, version 3): read strictly with bounded cost, and written with scrypt 2**18."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import uuid
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR

from gems_desktop.services.errors import WrongPassword
from gems_desktop.services.signing import MAX_KEYSTORE
from gems_desktop.services.wallet_errors import BadKeystore
from gems_desktop.signer.hd_path import is_key
from gems_protocol.keccak import keccak
from gems_protocol.signature import address_of

MAX_MEMORY = 256 * 1024 * 1024  # bytes of scrypt: what the standard's own cost needs, and no more
MAX_WORK = 1 << 24  # n * r * p of scrypt: eight times the standard's own, some ten seconds
MAX_ROUNDS = 4_000_000  # of PBKDF2: fifteen times the most that wallets write
_N, _R, _P = 1 << 18, 8, 1
_SLACK = 1 << 20  # what scrypt needs besides its big table
_HEX = re.compile(r"(0x)?((?:[0-9a-fA-F]{2}){0,64})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Cost:
    """How a password becomes the key; `rounds` is of PBKDF2, the others of scrypt."""

    salt: bytes
    n: int = 0
    r: int = 0
    p: int = 0
    rounds: int = 0


@dataclass(frozen=True, slots=True)
class Keystore:
    """A parsed file: nothing in it is secret without the password."""

    cost: Cost
    nonce: bytes
    sealed: bytes
    mac: bytes
    address: str  # lowercase without 0x, or empty


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key twice")
    return made


def _bytes(value: Any, length: int | None = None) -> bytes:
    found = _HEX.fullmatch(value) if isinstance(value, str) else None
    raw = bytes.fromhex(found[2]) if found else b""
    if found is None or (length is not None and len(raw) != length):
        raise ValueError("not the bytes wanted")
    return raw


def _number(value: Any, low: int, high: int) -> int:
    if type(value) is not int or not low <= value <= high:
        raise ValueError("a number out of bounds")
    return value


def _cost(kind: Any, told: Any) -> Cost:
    salt = _bytes(told["salt"])
    _number(told["dklen"], 32, 32)
    if kind == "scrypt" and set(told) == {"dklen", "n", "p", "r", "salt"}:
        n, r, p = (
            _number(told["n"], 2, 1 << 20),
            _number(told["r"], 1, 64),
            _number(told["p"], 1, 64),
        )
        if n & (n - 1) or 128 * n * r > MAX_MEMORY or n * r * p > MAX_WORK:
            raise ValueError("too costly")
        return Cost(salt, n, r, p)
    if kind == "pbkdf2" and set(told) == {"c", "dklen", "prf", "salt"} and told["prf"] == "hmac-sha256":
        return Cost(salt, rounds=_number(told["c"], 1, MAX_ROUNDS))
    raise ValueError("an unknown derivation")


def parse(text: str) -> Keystore:
    """Read a keystore file; raises BadKeystore for anything but a version 3 with bounded cost."""
    if len(text) > MAX_KEYSTORE:
        raise BadKeystore
    try:
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_never)
        crypto = value["crypto"] if "crypto" in value else value["Crypto"]  # old wallets wrote a capital
        wanted = {"cipher", "cipherparams", "ciphertext", "kdf", "kdfparams", "mac"}
        _number(value["version"], 3, 3)
        if set(crypto) != wanted or crypto["cipher"] != "aes-128-ctr":
            raise ValueError("an unknown cipher")
        address = value.get("address") or ""
        return Keystore(
            _cost(crypto["kdf"], crypto["kdfparams"]),
            _bytes(crypto["cipherparams"]["iv"], 16),
            _bytes(crypto["ciphertext"], 32),
            _bytes(crypto["mac"], 32),
            _bytes(address, 20).hex() if address else "",
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BadKeystore from None


def _never(_name: str) -> None:
    raise ValueError("no such number in JSON")


def _derive(password: bytearray, cost: Cost) -> bytearray:
    if cost.rounds:
        return bytearray(hashlib.pbkdf2_hmac("sha256", password, cost.salt, cost.rounds, 32))
    most = 128 * cost.n * cost.r + 128 * cost.r * cost.p + _SLACK
    return bytearray(
        hashlib.scrypt(password, salt=cost.salt, n=cost.n, r=cost.r, p=cost.p, maxmem=most, dklen=32)
    )


def _mac(derived: bytearray, sealed: bytes) -> bytes:
    return keccak(bytes(derived[16:]) + sealed)


def _crypt(derived: bytearray, nonce: bytes, content: bytes | bytearray) -> bytearray:
    work = Cipher(AES(bytes(derived[:16])), CTR(nonce)).encryptor()
    return bytearray(work.update(content) + work.finalize())


def open_keystore(keystore: Keystore, password: bytearray) -> bytearray:
    """The 32-byte key; raises WrongPassword, or BadKeystore when what is inside is no key or another's."""
    derived = _derive(password, keystore.cost)
    try:
        if not hmac.compare_digest(_mac(derived, keystore.sealed), keystore.mac):
            raise WrongPassword
        key = _crypt(derived, keystore.nonce, keystore.sealed)
    finally:
        derived[:] = bytes(len(derived))
    if not is_key(key) or (keystore.address and address_of(bytes(key)) != "0x" + keystore.address):
        key[:] = bytes(len(key))
        raise BadKeystore
    return key


def make_keystore(key: bytearray, password: bytearray) -> str:
    """The file of a key behind a password, as every wallet reads it."""
    cost = Cost(os.urandom(32), _N, _R, _P)
    nonce = os.urandom(16)
    derived = _derive(password, cost)
    sealed = bytes(_crypt(derived, nonce, key))
    mac = _mac(derived, sealed)
    derived[:] = bytes(len(derived))
    crypto = {
        "cipher": "aes-128-ctr",
        "cipherparams": {"iv": nonce.hex()},
        "ciphertext": sealed.hex(),
        "kdf": "scrypt",
        "kdfparams": {"dklen": 32, "n": _N, "p": _P, "r": _R, "salt": cost.salt.hex()},
        "mac": mac.hex(),
    }
    address = address_of(bytes(key))[2:]
    return json.dumps({"version": 3, "id": str(uuid.uuid4()), "address": address, "crypto": crypto})
