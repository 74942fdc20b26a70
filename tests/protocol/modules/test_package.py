# SPDX-License-Identifier: Apache-2.0
"""Module packages: one hash over all files, a signature that any change breaks, and refusals in words."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from eth_utils.crypto import keccak

from gems_protocol.modules.package import (
    ABOUT,
    CONFIG,
    PRACTICE,
    SIGNATURE,
    PackageRefused,
    package_hash,
    path_problem,
    read_package,
    sign,
    signing_digest,
    signing_words,
)
from gems_protocol.signature import address_of

KEY = bytes(31) + b"\x07"
XML = "<View><Text name='t' value='$t'/><Choices name='c' toName='t'><Choice value='a'/></Choices></View>"
ANSWER = [{"id": "c", "from_name": "c", "to_name": "t", "type": "choices", "value": {"choices": ["a"]}}]


def about(**changes: Any) -> bytes:
    """module.json."""
    value = {
        "name": "moods",
        "version": "1.0.0",
        "author": "Anna",
        "licence": "CC0-1.0",
        "family": "text-choice",
        "difficulty": "easy",
        "title": "Moods",
        "description": "Say how it sounds.",
        "languages": ["en"],
        **changes,
    }
    return json.dumps({name: item for name, item in value.items() if item is not None}).encode()


def files(**changes: bytes) -> dict[str, bytes]:
    """A sound package's files."""
    practice = json.dumps({"data": {"t": "x"}, "answer": ANSWER, "hint": "h"}).encode()
    return {ABOUT: about(), CONFIG: XML.encode(), PRACTICE: practice, "media/a.png": b"png", **changes}


def test_a_package_is_read() -> None:
    found = read_package(files())
    assert found.about.name == "moods" and found.about.expected_seconds == 30
    assert found.practice[0].hint == "h" and found.signer == "" and found.config == XML


def test_the_hash_is_of_all_files_and_their_names() -> None:
    before = package_hash(files())
    assert before == package_hash(dict(reversed(files().items()))), "the order does not matter"
    assert before == package_hash(files(**{SIGNATURE: b"{}"})), "the signature is left out"
    assert before != package_hash(files(**{"media/a.png": b"pnG"}))
    assert before != package_hash({k.replace("a.png", "b.png"): v for k, v in files().items()})
    listed = {path: "sha256:" + hashlib.sha256(content).hexdigest() for path, content in files().items()}
    text = json.dumps({"files": listed, "format": "gems-module-1"}, sort_keys=True, separators=(",", ":"))
    assert before == keccak(text=text)


def test_a_signature_holds_for_exactly_these_files() -> None:
    package = read_package(files())
    signed = files(**{SIGNATURE: sign(package, KEY)})
    assert read_package(signed).signer == address_of(KEY)
    for path in files():
        changed = about(title="Other") if path == ABOUT else signed[path] + b"\n"
        with pytest.raises(PackageRefused, match="changed after it was signed"):
            read_package({**signed, path: changed})
    with pytest.raises(PackageRefused, match="changed after it was signed"):
        read_package({**signed, "more.txt": b""})


def test_wallets_sign_the_same_words() -> None:
    """EIP-191 as the library of the ecosystem encodes it."""
    from eth_account.messages import _hash_eip191_message, encode_defunct

    package = read_package(files())
    words = signing_words(package.about, package.hash)
    assert words.startswith("Gems module moods 1.0.0\n0x")
    assert signing_digest(package.about, package.hash) == bytes(
        _hash_eip191_message(encode_defunct(text=words))
    )


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b'{"signer":"0x","signature":"0x"}', b'{"signer":1,"signature":2}', b"\xff"],
)
def test_signatures_that_are_none(content: bytes) -> None:
    with pytest.raises(PackageRefused):
        read_package(files(**{SIGNATURE: content}))


@pytest.mark.parametrize(
    ("path", "fine"),
    [
        ("media/a b-c_1.png", True),
        ("a/b/c/d.txt", True),
        ("../a", False),
        ("a/../b", False),
        ("/a", False),
        ("a//b", False),
        ("a\\b", False),
        ("C:a", False),
        (".git/config", False),
        ("a/b/c/d/e", False),
        ("nul", False),
        ("media/COM1.txt", False),
        ("a.", False),
        ("a ", False),
        ("é.png", False),
        ("a\0b", False),
        ("", False),
        ("a" * 200, False),
    ],
)
def test_names_of_files(path: str, fine: bool) -> None:
    assert (path_problem(path) == "") is fine


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({ABOUT: about(name="Moods!")}, "small letters"),
        ({ABOUT: about(version="one")}, "numbers such as"),
        ({ABOUT: about(difficulty="brutal")}, "difficulty"),
        ({ABOUT: about(languages="en")}, "languages"),
        ({ABOUT: about(languages=["English!"])}, "languages"),
        ({ABOUT: about(author="")}, "author"),
        ({ABOUT: about(author="a\nb")}, "author"),
        ({ABOUT: about(title=7)}, "title"),
        ({ABOUT: about(licence=None)}, "exactly the fields"),
        ({ABOUT: about(expected_seconds=0)}, "expected_seconds"),
        ({ABOUT: about(more=1)}, "exactly the fields"),
        ({ABOUT: b"{" * 50_000}, "not JSON"),
        ({CONFIG: b"<View><Marquee/></View>"}, "Marquee is not supported"),
        ({CONFIG: b" " * 70_000}, "larger than"),
        ({CONFIG: b"\xff"}, "UTF-8"),
        ({PRACTICE: b'{"data": {}}'}, "practice set is wrong"),
        ({PRACTICE: b"[" * 100_000}, "line 1 of practice.jsonl is not JSON"),
        ({PRACTICE: b"1"}, "is not an object"),
        ({"a/../../b": b""}, "is no plain name"),
        ({"MODULE.JSON": b""}, "case of letters"),
    ],
)
def test_what_is_wrong_is_said(changes: dict[str, bytes], said: str) -> None:
    with pytest.raises(PackageRefused, match=said):
        read_package(files(**changes))


def test_what_is_missing_or_too_much_is_said() -> None:
    for needed in (ABOUT, CONFIG):
        with pytest.raises(PackageRefused, match=f"{needed} is missing"):
            read_package({path: content for path, content in files().items() if path != needed})
    with pytest.raises(PackageRefused, match="1 to 500 files"):
        read_package({**files(), **{f"f{number}": b"" for number in range(500)}})
    with pytest.raises(PackageRefused, match="larger than 20 MB"):
        read_package(files(big=bytes(20_000_001)))
