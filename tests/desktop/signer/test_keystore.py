# SPDX-License-Identifier: Apache-2.0
"""Keystore files: those of other wallets open, costly and malformed ones are refused before any work."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gems_desktop.services.errors import WrongPassword
from gems_desktop.services.wallet_errors import BadKeystore
from gems_desktop.signer import keystore
from gems_desktop.signer.keystore import MAX_ROUNDS, make_keystore, open_keystore, parse
from gems_protocol.signature import address_of

KEY = bytearray(b"\x09" * 32)
#: The examples of the standard itself (Web3 Secret Storage Definition, PBKDF2 and scrypt), both of one key.
STANDARD_KEY = "7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d"
PBKDF2: dict[str, Any] = {
    "crypto": {
        "cipher": "aes-128-ctr",
        "cipherparams": {"iv": "6087dab2f9fdbbfaddc31a909735c1e6"},
        "ciphertext": "5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46",
        "kdf": "pbkdf2",
        "kdfparams": {
            "c": 262144,
            "dklen": 32,
            "prf": "hmac-sha256",
            "salt": "ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd",
        },
        "mac": "517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2",
    },
    "id": "3198bc9c-6672-5ab3-d995-4942343ae5b6",
    "version": 3,
}
PASSWORD = b"testpassword"


def light(password: bytes, kdf: str) -> dict[str, Any]:
    """A file as another library writes it, cheap."""
    from eth_account import Account

    rounds = 2048 if kdf == "pbkdf2" else 4096
    return dict(Account.encrypt(bytes(KEY), password, kdf=kdf, iterations=rounds))


def test_the_standards_own_file_opens() -> None:
    assert open_keystore(parse(json.dumps(PBKDF2)), bytearray(PASSWORD)).hex() == STANDARD_KEY


@pytest.mark.parametrize("kdf", ["scrypt", "pbkdf2"])
def test_files_of_others_open_with_their_password_only(kdf: str) -> None:
    text = json.dumps(light(PASSWORD, kdf))
    assert open_keystore(parse(text), bytearray(PASSWORD)) == KEY
    assert open_keystore(parse(text.replace('"crypto"', '"Crypto"')), bytearray(PASSWORD)) == KEY
    with pytest.raises(WrongPassword):
        open_keystore(parse(text), bytearray(b"testpasswort"))


def test_our_file_has_the_standard_cost_and_others_open_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from eth_account import Account

    monkeypatch.setattr(keystore, "_N", 1 << 18)
    text = make_keystore(KEY, bytearray(PASSWORD))
    told = json.loads(text)
    assert told["crypto"]["kdfparams"] | {"salt": ""} == {
        "dklen": 32,
        "n": 1 << 18,
        "p": 1,
        "r": 8,
        "salt": "",
    }
    assert "0x" + told["address"] == address_of(bytes(KEY))
    assert bytes(Account.decrypt(told, PASSWORD)) == bytes(KEY)


def test_another_address_in_the_file_is_refused() -> None:
    told = light(PASSWORD, "scrypt") | {"address": "ab" * 20}
    with pytest.raises(BadKeystore):
        open_keystore(parse(json.dumps(told)), bytearray(PASSWORD))


@pytest.mark.parametrize(
    "params",
    [
        {"n": 1 << 20, "r": 8, "p": 1},  # 1 GB
        {"n": 1 << 18, "r": 64, "p": 1},
        {"n": 1 << 18, "r": 8, "p": 64},  # a minute
        {"n": 1000, "r": 8, "p": 1},  # no power of two
        {"n": 0, "r": 8, "p": 1},
        {"n": 4096.0, "r": 8, "p": 1},
        {"n": "4096", "r": 8, "p": 1},
        {"n": True, "r": 8, "p": 1},
        {"n": 4096, "r": 8, "p": 1, "dklen": 64},
        {"n": 4096, "r": 8, "p": 1, "more": 1},
    ],
)
def test_costs_out_of_bounds_are_refused_before_any_work(params: dict[str, Any]) -> None:
    told = light(PASSWORD, "scrypt")
    told["crypto"]["kdfparams"] |= params
    with pytest.raises(BadKeystore):
        parse(json.dumps(told))


def test_endless_rounds_are_refused() -> None:
    told = json.loads(json.dumps(PBKDF2))
    told["crypto"]["kdfparams"]["c"] = MAX_ROUNDS + 1
    with pytest.raises(BadKeystore):
        parse(json.dumps(told))


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", "{", '{"version":3,"version":3}', "[" * 5000, '{"version":NaN}', "{}" + " " * 20_000],
)
def test_what_is_no_keystore_is_refused(text: str) -> None:
    with pytest.raises(BadKeystore):
        parse(text)


junk = st.one_of(st.none(), st.integers(), st.text(max_size=8), st.lists(st.none(), max_size=2), st.floats())


@settings(max_examples=150)
@given(st.sampled_from([*PBKDF2["crypto"], "version", "iv", *PBKDF2["crypto"]["kdfparams"]]), junk)
def test_a_wrong_field_anywhere_is_refused(name: str, wrong: Any) -> None:
    told = json.loads(json.dumps(PBKDF2))
    place = next(each for each in (told, told["crypto"], told["crypto"]["cipherparams"],
                                   told["crypto"]["kdfparams"]) if name in each)  # fmt: skip
    if (name == "c" and type(wrong) is int and 1 <= wrong <= MAX_ROUNDS) or (name == "salt" and wrong == ""):
        return
    if place[name] != wrong and name != "salt":
        place[name] = wrong
        with pytest.raises(BadKeystore):
            parse(json.dumps(told))
