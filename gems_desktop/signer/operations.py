# SPDX-License-Identifier: Apache-2.0
"""The table of everything the signer does: each builds what it signs from exact fields."""

from __future__ import annotations

import hmac
import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from gems_desktop.services.errors import NoWallet, WalletExists, WalletLocked
from gems_desktop.services.frames import PipeClosed, unpack_secrets
from gems_desktop.services.signing import REQUESTER_ONLY, SIGNABLE, STATEMENT, WORD_LANGUAGES, SignerConfig
from gems_desktop.services.wallet_errors import BadKey
from gems_desktop.signer import keystore, releasing, steps, words
from gems_desktop.signer.confirming import Always, Confirmer
from gems_desktop.signer.contents import Contents
from gems_desktop.signer.guard import Guard, refused
from gems_desktop.signer.hd_path import MAX_INDEX, is_key, key_below
from gems_desktop.signer.key_box import KeyBox, SystemKeyBox
from gems_desktop.signer.policy_file import PolicyFile
from gems_desktop.signer.secrets import wipe
from gems_desktop.signer.stored_wallet import StoredWallet
from gems_desktop.signer.vault_file import SealedWallet
from gems_protocol.messages import CAMPAIGNS_DOMAIN, CHANNELS_DOMAIN, GEM_DOMAIN, Domain, Message
from gems_protocol.signature import address_of
from gems_protocol.siwe import SignIn, sign_text

Reply = tuple[dict[str, Any], bytearray]
_Work = Callable[[dict[str, Any], bytearray], Reply]
_NOTHING = bytearray()
_NONCE = re.compile(r"[A-Za-z0-9]{8,64}", re.ASCII)
_AT_REST = b"gems profile at rest 1"
_SIGN_IN_LASTS = 3_600  # a sign-in text for longer than an hour is not ours


class Keyholder:
    """One wallet: made or brought back, stored, unlocked, and asked to sign."""

    def __init__(
        self,
        config: SignerConfig,
        box: KeyBox | None = None,
        key: bytearray | None = None,
        confirmer: Confirmer | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`key` makes an account that lives in memory only (practice accounts).

        confirmer: who answers questions; by default yes on practice networks and no on others.
        """
        self.config = config
        folder = Path(config.folder)
        self._stored = StoredWallet(folder, box or SystemKeyBox(), clock)
        self._memory_only = key is not None
        file = None if self._memory_only else PolicyFile(folder, self._stored.vault)
        self._guard = Guard(config, confirmer or Always(config.practice), file, clock)
        self._open: Contents | None = None
        self._address = ""
        self._pending = False
        self._confirmed = False
        if key is not None:
            self._hold(Contents(key, bytearray()), None)
        self._table = self._operations()

    def _operations(self) -> dict[str, tuple[frozenset[str], _Work]]:
        """Every operation but the signatures: its exact fields, and what does it."""
        none: frozenset[str] = frozenset()
        return {
            "status": (none, self._status),
            "keyring_available": (none, self._keyring_available),
            "create": (frozenset({"language"}), self._create),
            "restore": (frozenset({"index"}), self._restore),
            "restore_key": (none, self._restore_key),
            "restore_keystore": (frozenset({"keystore"}), self._restore_keystore),
            "confirm_words": (none, self._confirm),
            "protect": (frozenset({"storage"}), self._protect),
            "change_password": (none, self._change_password),
            "export_keystore": (none, self._export_keystore),
            "unlock": (none, self._unlock),
            "lock": (none, self._lock),
            "data_key": (none, self._data_key),
            "safety": (none, self._safety),
            "change_safety": (frozenset({"daily_limit", "delay_s"}), self._guarded(self._guard.change)),
            "book_add": (frozenset({"name", "address"}), self._guarded(self._guard.add)),
            "book_remove": (frozenset({"address"}), self._guarded(self._guard.remove)),
            "looks": (frozenset({"language", "theme", "text_scale"}), self._looks),
            "sign_in": (frozenset({"nonce", "issued_at", "expires_at"}), self._sign_in),
            "sign_releases": (releasing.FIELDS, self._sign_releases),
            "sign_step": (steps.FIELDS, self._sign_step),
        }

    @property
    def operations(self) -> frozenset[str]:
        """The names of everything that `perform` knows in this role."""
        signable = {n for n in SIGNABLE if self.config.role == "requester" or n not in REQUESTER_ONLY}
        return frozenset(self._table) | signable

    def perform(self, operation: str, fields: dict[str, Any], secret: bytearray) -> Reply:
        """Carry out one operation of the list; raises SignerRefused for anything else."""
        if operation not in self.operations:
            raise refused("it is not among the things that this wallet signs.")
        if operation in SIGNABLE:
            return self._sign(operation, fields)
        wanted, work = self._table[operation]
        if set(fields) != wanted:
            raise refused("the request does not have exactly its fields.")
        return work(fields, secret)

    # --- making a wallet, and bringing one back ----------------------------------------------------------
    def _status(self, _fields: dict[str, Any], _secret: bytearray) -> Reply:
        stored = None if self._memory_only else self._stored.read()
        address = self._address or (stored.address if stored else "")
        backed_up = self._confirmed or self._memory_only or bool(stored and stored.backed_up)
        storage = "memory" if self._memory_only else stored.storage if stored else ""
        return {
            "exists": self._memory_only or stored is not None,
            "unlocked": self._open is not None,
            "address": address,
            "backed_up": backed_up,
            "storage": storage,
        }, _NOTHING

    def _keyring_available(self, _fields: dict[str, Any], _secret: bytearray) -> Reply:
        return {"available": self._stored.has_keyring()}, _NOTHING

    def _hold(self, contents: Contents, stored: SealedWallet | None) -> None:
        self._forget()
        self._open, self._address = contents, address_of(bytes(contents.key))
        self._guard.open(contents.key, self._address, stored)

    def _take(self, contents: Contents, confirmed: bool) -> None:
        self._hold(contents, None)
        self._pending, self._confirmed = True, confirmed

    def _may_be_new(self) -> None:
        if self._memory_only or self._stored.read() is not None:
            raise WalletExists

    def _create(self, fields: dict[str, Any], _secret: bytearray) -> Reply:
        self._may_be_new()
        language = fields["language"]
        if language not in WORD_LANGUAGES:
            raise refused("there are no seed words in this language.")
        entropy = bytearray(os.urandom(16))
        self._take(_below(words.Phrase(entropy, language), bytearray(), 0), confirmed=False)
        return {}, bytearray(b" ".join(words.words_of(entropy, language)))

    def _restore(self, fields: dict[str, Any], secret: bytearray) -> Reply:
        self._may_be_new()
        index = fields["index"]
        if type(index) is not int or not 0 <= index <= MAX_INDEX:
            raise refused("there is no account with this number.")
        typed, passphrase = _parts(secret, 2)
        try:
            self._take(_below(words.phrase_of(typed), passphrase, index), confirmed=True)
        finally:
            wipe(typed)
            wipe(passphrase)
        return {}, _NOTHING

    def _restore_key(self, _fields: dict[str, Any], secret: bytearray) -> Reply:
        self._may_be_new()
        self._take(Contents(_key_of(secret), bytearray()), confirmed=True)
        return {}, _NOTHING

    def _restore_keystore(self, fields: dict[str, Any], secret: bytearray) -> Reply:
        self._may_be_new()
        if type(fields["keystore"]) is not str:
            raise refused("the keystore is no text.")
        key = keystore.open_keystore(keystore.parse(fields["keystore"]), secret)
        self._take(Contents(key, bytearray()), confirmed=True)
        return {}, _NOTHING

    def _confirm(self, _fields: dict[str, Any], secret: bytearray) -> Reply:
        opened = self._opened()
        typed = words.phrase_of(secret).entropy
        same = len(opened.entropy) > 0 and hmac.compare_digest(bytes(typed), bytes(opened.entropy))
        wipe(typed)
        if same:
            self._confirmed = True
            stored = self._stored.read()
            if stored is not None and not stored.backed_up:
                self._stored.vault.mark_backed_up(stored)
        return {"confirmed": same}, _NOTHING

    # --- keeping it ---------------------------------------------------------------------------------------
    def _protect(self, fields: dict[str, Any], secret: bytearray) -> Reply:
        opened, stored = self._opened(), self._stored.read()
        if stored is not None and stored.address != self._address:
            raise WalletExists
        if not self._pending:
            # Sealed anew behind a password of whoever holds the pipe, the file would be the key without a question.
            raise refused("only a new wallet is stored; the password of this one changes with the old one.")
        backed_up = self._confirmed or bool(stored and stored.backed_up)
        self._stored.store(opened, self._address, fields["storage"], secret, backed_up)
        self._pending = False
        if stored is None:
            self._guard.begin()
        return {}, _NOTHING

    def _change_password(self, _fields: dict[str, Any], secret: bytearray) -> Reply:
        old, new = _parts(secret, 2)
        try:
            self._stored.change_password(old, new)
        finally:
            wipe(old)
            wipe(new)
        return {}, _NOTHING

    def _export_keystore(self, _fields: dict[str, Any], secret: bytearray) -> Reply:
        opened = self._opened()
        if not secret:
            raise refused("the password is empty.")
        self._guard.ask_export()
        return {"keystore": keystore.make_keystore(opened.key, secret)}, _NOTHING

    def _unlock(self, _fields: dict[str, Any], secret: bytearray) -> Reply:
        if self._open is not None:
            if self._memory_only or self._pending:
                return {}, _NOTHING
            self._forget()
        contents, stored = self._stored.open(secret)
        self._hold(contents, stored)
        return {}, _NOTHING

    def _lock(self, _fields: dict[str, Any], _secret: bytearray) -> Reply:
        if self._pending:
            raise refused("the new wallet is not stored yet; locking would lose it.")
        if not self._memory_only:
            self._forget()
        return {}, _NOTHING

    def close(self) -> None:
        """Wipe every secret; the end of this holder."""
        self._memory_only = False
        self._forget()

    def _forget(self) -> None:
        if self._open is not None:
            self._open.wipe()
        self._guard.close()
        self._open, self._address = None, ""
        self._pending = self._confirmed = False

    def _opened(self) -> Contents:
        if self._open is None:
            raise WalletLocked if not self._memory_only and self._stored.read() else NoWallet
        return self._open

    # --- the policy ---------------------------------------------------------------------------------------
    def _safety(self, _fields: dict[str, Any], _secret: bytearray) -> Reply:
        self._opened()
        return self._guard.facts(), _NOTHING

    def _guarded(self, change: Callable[[dict[str, Any]], None]) -> _Work:
        def work(fields: dict[str, Any], _secret: bytearray) -> Reply:
            self._opened()
            if self._pending:
                raise refused("the new wallet is not stored yet.")
            change(fields)
            return {}, _NOTHING

        return work

    def _looks(self, fields: dict[str, Any], _secret: bytearray) -> Reply:
        self._guard.set_looks(fields)
        return {}, _NOTHING

    # --- signing ------------------------------------------------------------------------------------------
    def _data_key(self, _fields: dict[str, Any], _secret: bytearray) -> Reply:
        """HKDF-SHA256 (RFC 5869) of the private key: nobody learns the one from the other."""
        return {}, bytearray(HKDF(SHA256(), 32, None, _AT_REST).derive(bytes(self._opened().key)))

    def _sign_in(self, fields: dict[str, Any], _secret: bytearray) -> Reply:
        key = bytes(self._opened().key)
        nonce, issued_at, expires_at = fields["nonce"], fields["issued_at"], fields["expires_at"]
        if type(nonce) is not str or not _NONCE.fullmatch(nonce):
            raise refused("the nonce of the sign-in is malformed.")
        if type(issued_at) is not int or type(expires_at) is not int:
            raise refused("the times of the sign-in are malformed.")
        if not 0 < expires_at - issued_at <= _SIGN_IN_LASTS or not 0 <= issued_at < 1 << 33:
            raise refused("the sign-in would last too long.")
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

    def _sign_releases(self, fields: dict[str, Any], _secret: bytearray) -> Reply:
        self._opened()
        return self._signed(releasing.batch_of(fields, self.config.hub_payer))

    def _sign_step(self, fields: dict[str, Any], _secret: bytearray) -> Reply:
        self._opened()
        return self._signed(steps.step_debit(fields))

    def _sign(self, operation: str, fields: dict[str, Any]) -> Reply:
        self._opened()
        return self._signed(SIGNABLE[operation].from_json(fields))

    def _signed(self, message: Message) -> Reply:
        opened = self._opened()
        contracts = {
            CHANNELS_DOMAIN: self.config.channels,
            CAMPAIGNS_DOMAIN: self.config.campaigns,
            GEM_DOMAIN: self.config.gem,
        }
        self._guard.allow(message)
        domain = Domain(message.DOMAIN, self.config.chain_id, contracts[message.DOMAIN])
        return {"signature": message.sign(domain, bytes(opened.key)).hex()}, _NOTHING


def _parts(secret: bytearray, count: int) -> list[bytearray]:
    try:
        return unpack_secrets(secret, count)
    except PipeClosed:
        raise refused("the request does not have exactly its fields.") from None


def _below(phrase: words.Phrase, passphrase: bytearray, index: int) -> Contents:
    seed = words.seed_of(phrase.entropy, phrase.language, passphrase)
    try:
        return Contents(key_below(seed, index), phrase.entropy, phrase.language)
    finally:
        wipe(seed)


def _key_of(typed: bytearray) -> bytearray:
    """The key of 64 hex digits, with or without 0x and white space around; raises BadKey without repeating them."""
    digits = bytearray(typed.strip())
    if bytes(digits[:2]).lower() == b"0x":
        del digits[:2]
    try:
        if not re.fullmatch(rb"[0-9a-fA-F]{64}", digits):
            raise BadKey
        key = bytearray(int(digits[at : at + 2], 16) for at in range(0, 64, 2))
    finally:
        wipe(digits)
    if not is_key(key):
        raise BadKey
    return key
