# SPDX-License-Identifier: Apache-2.0
"""The table of everything the signer does: each builds what it signs from exact fields."""

from __future__ import annotations

import hmac
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gems_desktop.services.errors import (
    NoKeyring,
    NoWallet,
    SignerRefused,
    WalletExists,
    WalletLocked,
    WrongPassword,
)
from gems_desktop.services.frames import unpack_secrets
from gems_desktop.services.signing import REQUESTER_ONLY, SIGNABLE, STATEMENT, SignerConfig
from gems_desktop.signer import words as seed_words
from gems_desktop.signer.key_box import KeyBox, SystemKeyBox
from gems_desktop.signer.secrets import wipe
from gems_desktop.signer.vault_file import (
    LANES,
    MEMORY_KIB,
    PASSES,
    VaultFile,
    derive,
    seal,
    unseal,
)
from gems_protocol.messages import CAMPAIGNS_DOMAIN, CHANNELS_DOMAIN, ClaimAuth, Domain
from gems_protocol.signature import address_of
from gems_protocol.siwe import SignIn, sign_text

Reply = tuple[dict[str, Any], bytearray]
_NOTHING = bytearray()
_NONCE = re.compile(r"[A-Za-z0-9]{8,64}", re.ASCII)
_AT_REST = b"gems profile at rest 1"
_SIGN_IN_LASTS = 3_600  # a sign-in text for longer than an hour is not ours


def _refused(what: str) -> SignerRefused:
    return SignerRefused(f"This was not signed: {what}", safe="Nothing was signed.")


class Keyholder:
    """One wallet: made or restored, stored, unlocked, and asked to sign."""

    def __init__(self, config: SignerConfig, box: KeyBox | None = None, key: bytearray | None = None) -> None:
        """`key` makes an account that lives in memory only (practice accounts)."""
        self.config = config
        self._box: KeyBox = box or SystemKeyBox()
        self._vault = VaultFile(Path(config.folder))
        self._entropy: bytearray | None = None
        self._key = key
        self._address = address_of(bytes(key)) if key else ""
        self._pending = False
        self._confirmed = False
        self._memory_only = key is not None
        self._table: dict[str, tuple[frozenset[str], Callable[[dict[str, Any], bytearray], Reply]]] = {
            "status": (frozenset(), self._status),
            "keyring_available": (frozenset(), self._keyring_available),
            "create": (frozenset({"language"}), self._create),
            "restore": (frozenset({"index"}), self._restore),
            "confirm_words": (frozenset(), self._confirm),
            "protect": (frozenset({"storage"}), self._protect),
            "unlock": (frozenset(), self._unlock),
            "lock": (frozenset(), self._lock),
            "data_key": (frozenset(), self._data_key),
            "sign_in": (frozenset({"nonce", "issued_at", "expires_at"}), self._sign_in),
        }

    @property
    def operations(self) -> frozenset[str]:
        """The names of everything that `perform` knows in this role."""
        signable = {n for n in SIGNABLE if self.config.role == "requester" or n not in REQUESTER_ONLY}
        return frozenset(self._table) | signable

    def perform(self, operation: str, fields: dict[str, Any], secret: bytearray) -> Reply:
        """Carry out one operation of the list; raises SignerRefused for anything else."""
        if operation not in self.operations:
            raise _refused("it is not among the things that this wallet signs.")
        if operation in SIGNABLE:
            return self._sign(operation, fields)
        wanted, work = self._table[operation]
        if set(fields) != wanted:
            raise _refused("the request does not have exactly its fields.")
        return work(fields, secret)

    def _status(self, _fields: dict[str, Any], _secret: bytearray) -> Reply:
        stored = None if self._memory_only else self._vault.read()
        address = self._address or (stored.address if stored else "")
        backed_up = self._confirmed or self._memory_only or bool(stored and stored.backed_up)
        storage = "memory" if self._memory_only else stored.storage if stored else ""
        return {
            "exists": self._memory_only or stored is not None,
            "unlocked": self._key is not None,
            "address": address,
            "backed_up": backed_up,
            "storage": storage,
        }, _NOTHING

    def _keyring_available(self, _fields: dict[str, Any], _secret: bytearray) -> Reply:
        return {"available": self._box.available()}, _NOTHING

    def _take(self, entropy: bytearray, confirmed: bool) -> None:
        self._forget()
        self._entropy, self._key = entropy, seed_words.key_of(entropy)
        self._address = address_of(bytes(self._key))
        self._pending, self._confirmed = True, confirmed

    def _may_be_new(self) -> None:
        if self._memory_only or self._vault.read() is not None:
            raise WalletExists

    def _create(self, _fields: dict[str, Any], _secret: bytearray) -> Reply:
        self._may_be_new()
        entropy = bytearray(os.urandom(16))
        self._take(entropy, confirmed=False)
        return {}, bytearray(b" ".join(bytes(word) for word in seed_words.words_of(entropy)))

    def _restore(self, _fields: dict[str, Any], secret: bytearray) -> Reply:
        self._may_be_new()
        words, _ = unpack_secrets(secret, 2)
        self._take(seed_words.entropy_of(words), confirmed=True)
        return {}, _NOTHING

    def _confirm(self, _fields: dict[str, Any], secret: bytearray) -> Reply:
        if self._entropy is None:
            raise WalletLocked if self._vault.read() else NoWallet
        typed = seed_words.entropy_of(secret)
        same = hmac.compare_digest(bytes(typed), bytes(self._entropy))
        wipe(typed)
        if same:
            self._confirmed = True
            stored = self._vault.read()
            if stored is not None and not stored.backed_up:
                self._vault.mark_backed_up(stored)
        return {"confirmed": same}, _NOTHING

    def _protect(self, fields: dict[str, Any], secret: bytearray) -> Reply:
        stored = self._vault.read()
        if self._entropy is None or self._key is None:
            raise WalletLocked if stored else NoWallet
        if stored is not None and stored.address != self._address:
            raise WalletExists
        storage, salt = fields["storage"], os.urandom(16)
        if storage == "password":
            if not secret:
                raise _refused("the password is empty.")
            key = derive(secret, salt, MEMORY_KIB, PASSES, LANES)
        elif storage == "keyring":
            if not self._box.available():
                raise NoKeyring
            key = bytearray(os.urandom(32))
            self._box.put(self._address, key)
        else:
            raise _refused("this way of storing a wallet is unknown.")
        inside = bytearray(self._entropy + self._key)
        backed_up = self._confirmed or bool(stored and stored.backed_up)
        self._vault.write(
            seal(inside, key, storage=storage, address=self._address, backed_up=backed_up, salt=salt)
        )
        wipe(inside)
        wipe(key)
        self._pending = False
        return {}, _NOTHING

    def _unlock(self, _fields: dict[str, Any], secret: bytearray) -> Reply:
        if self._key is not None:
            if self._memory_only or self._pending:
                return {}, _NOTHING
            self._forget()
        stored = self._vault.read()
        if stored is None:
            raise NoWallet
        if stored.storage == "password":
            if not secret:
                raise WrongPassword
            key = derive(secret, stored.salt, stored.memory_kib, stored.passes, stored.lanes)
        else:
            key = self._box.get(stored.address)
        inside = unseal(stored, key)
        wipe(key)
        self._entropy, self._key = inside[:16], inside[16:]
        wipe(inside)
        self._address = stored.address
        return {}, _NOTHING

    def _lock(self, _fields: dict[str, Any], _secret: bytearray) -> Reply:
        if self._pending:
            raise _refused("the new wallet is not stored yet; locking would lose it.")
        if not self._memory_only:
            self._forget()
        return {}, _NOTHING

    def close(self) -> None:
        """Wipe every secret; the end of this holder."""
        self._memory_only = False
        self._forget()

    def _forget(self) -> None:
        for secret in (self._entropy, self._key):
            if secret is not None:
                wipe(secret)
        self._entropy = self._key = None
        self._address = ""
        self._pending = self._confirmed = False

    def _open_key(self) -> bytes:
        if self._key is None:
            raise WalletLocked if self._vault.read() else NoWallet
        return bytes(self._key)

    def _data_key(self, _fields: dict[str, Any], _secret: bytearray) -> Reply:
        """HKDF-SHA256 (RFC 5869) of the private key: nobody learns the one from the other."""
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        return {}, bytearray(HKDF(SHA256(), 32, None, _AT_REST).derive(self._open_key()))

    def _sign_in(self, fields: dict[str, Any], _secret: bytearray) -> Reply:
        key = self._open_key()
        nonce, issued_at, expires_at = fields["nonce"], fields["issued_at"], fields["expires_at"]
        if type(nonce) is not str or not _NONCE.fullmatch(nonce):
            raise _refused("the nonce of the sign-in is malformed.")
        if type(issued_at) is not int or type(expires_at) is not int:
            raise _refused("the times of the sign-in are malformed.")
        if not 0 < expires_at - issued_at <= _SIGN_IN_LASTS or not 0 <= issued_at < 1 << 33:
            raise _refused("the sign-in would last too long.")
        text = SignIn(
            domain=self.config.sign_in_domain,
            address=self._address,
            statement=STATEMENT,
            uri=self.config.sign_in_uri,
            chain_id=self.config.chain_id,
            nonce=nonce,
            issued_at=issued_at,
            expires_at=expires_at,
        ).text()
        return {"text": text, "signature": sign_text(text, key).hex()}, _NOTHING

    def _sign(self, operation: str, fields: dict[str, Any]) -> Reply:
        key = self._open_key()
        message = SIGNABLE[operation].from_json(fields)
        if isinstance(message, ClaimAuth):
            if message.to != self._address:
                raise _refused("a claim goes to your own address only.")
            if message.relayer not in self.config.relayers:
                raise _refused("this relayer is not the one of your network.")
            if message.fee > self.config.max_fee:
                raise _refused("the relayer asks for too much.")
        contract = self.config.channels if message.DOMAIN == CHANNELS_DOMAIN else self.config.campaigns
        domain = Domain(
            CHANNELS_DOMAIN if message.DOMAIN == CHANNELS_DOMAIN else CAMPAIGNS_DOMAIN,
            self.config.chain_id,
            contract,
        )
        return {"signature": message.sign(domain, key).hex()}, _NOTHING
