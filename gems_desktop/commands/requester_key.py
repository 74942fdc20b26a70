# SPDX-License-Identifier: Apache-2.0
"""A key from where it is kept: a file with hex digits, a keystore V3 file, or a vault of this program."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path

from gems_desktop.services.errors import NoWallet
from gems_protocol.errors import GemsError


class BadKey(GemsError):
    """A key cannot be used."""


REQUESTERS = "requester's key"
_ANY_PLACE = "--key-file, --keystore or --vault"


def _bad(what: str, whose: str, places: str = _ANY_PLACE) -> BadKey:
    return BadKey(
        f"The {whose} cannot be used: {what}.",
        safe="Nothing was signed.",
        action=f"Name a key with {places}.",
    )


def add_options(parser: argparse.ArgumentParser) -> None:
    """Where the key is; exactly one has to be given."""
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--key-file", type=Path, metavar="FILE", help="64 hex digits (readable by you only)")
    where.add_argument(
        "--keystore", type=Path, metavar="FILE", help="a keystore V3 file; its password is asked for"
    )
    where.add_argument("--vault", type=Path, metavar="FOLDER", help="a profile of Gems behind a password")


def read_key(options: argparse.Namespace, whose: str = REQUESTERS) -> bytes:
    """32 bytes; raises BadKey, WrongPassword, NoWallet, VaultDamaged. Keys are never repeated in errors."""
    if options.key_file is not None:
        return key_in_file(options.key_file, whose, _ANY_PLACE)
    if options.keystore is not None:
        return _from_keystore(options.keystore, whose)
    return _from_vault(options.vault, whose)


def _password() -> str:
    """Asked for on the terminal; from the first line of standard input when that is no terminal."""
    if sys.stdin.isatty():
        return getpass.getpass("Password: ")
    return sys.stdin.readline().rstrip("\n")


def key_in_file(path: Path, whose: str, places: str = "--key-file") -> bytes:
    """32 bytes from 64 hex digits; raises BadKey, which names whose it is and never repeats it."""
    try:
        shared = os.name != "nt" and path.stat().st_mode & 0o077
        text = path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise _bad("its file cannot be read", whose, places) from error
    if shared:
        raise _bad("others on this computer can read its file (chmod 600 mends that)", whose, places)
    try:
        key = bytes.fromhex(text.removeprefix("0x"))
    except ValueError:
        key = b""
    if len(key) != 32:
        raise _bad("its file does not hold 64 hex digits", whose, places)
    return key


def _from_keystore(path: Path, whose: str = REQUESTERS) -> bytes:
    from gems_desktop.signer.keystore import open_keystore, parse

    try:
        text = path.read_text("utf-8")
    except (OSError, ValueError) as error:
        raise _bad("its keystore cannot be read", whose) from error
    return bytes(open_keystore(parse(text), bytearray(_password().encode())))


def _from_vault(folder: Path, whose: str = REQUESTERS) -> bytes:
    from gems_desktop.signer.contents import unpack
    from gems_desktop.signer.vault_file import VaultFile, derive, unseal

    stored = VaultFile(folder).read()
    if stored is None:
        raise NoWallet
    if stored.storage != "password":
        raise _bad("this vault is behind the system's keyring", whose)
    typed = bytearray(_password().encode())
    key = derive(typed, stored.salt, stored.memory_kib, stored.passes, stored.lanes)
    return bytes(unpack(stored.version, unseal(stored, key)).key)
