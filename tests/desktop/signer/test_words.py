# SPDX-License-Identifier: Apache-2.0
"""Seed words of every language and length, and the keys below them, against the standards' own vectors."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gems_desktop.services.errors import BadSeedWords
from gems_desktop.services.signing import WORD_LANGUAGES
from gems_desktop.signer import words
from gems_desktop.signer.hd_path import derive, key_below
from gems_protocol.signature import address_of

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "seed_words.json").read_text("utf-8"))


@pytest.mark.parametrize("language", ["english", "japanese"])
def test_the_vectors_of_the_standard(language: str) -> None:
    told = VECTORS[language]
    for entropy, phrase, seed in told["rows"]:
        found = words.phrase_of(bytearray(phrase.encode()))
        assert (found.entropy.hex(), found.language) == (entropy, language)
        passphrase = bytearray(told["passphrase"].encode())
        assert words.seed_of(found.entropy, language, passphrase).hex() == seed
        shown = b" ".join(words.words_of(found.entropy, language)).decode()
        assert shown == unicodedata.normalize("NFC", phrase.replace("\u3000", " "))


def test_the_vectors_of_bip32() -> None:
    seed = bytearray.fromhex(VECTORS["bip32"]["seed"])
    for path, key in VECTORS["bip32"]["rows"]:
        steps = [int(part.rstrip("'")) + ((1 << 31) if "'" in part else 0) for part in path.split("/")[1:]]
        assert derive(bytearray(seed), tuple(steps)).hex() == key


def test_accounts_below_one_phrase() -> None:
    found = words.phrase_of(bytearray(b"test " * 11 + b"junk"))
    seed = words.seed_of(found.entropy, found.language, bytearray())
    assert address_of(bytes(key_below(seed, 0))) == "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266"
    assert address_of(bytes(key_below(seed, 1))) == "0x70997970c51812dc3a010c7d01b50e0d17dc79c8"


@settings(max_examples=60)
@given(
    st.sampled_from(WORD_LANGUAGES),
    st.sampled_from([16, 20, 24, 28, 32]),
    st.data(),
    st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]),
    st.sampled_from([" ", "\u3000", "\n", "  "]),
)
def test_words_come_back_however_they_are_typed(
    language: str, size: int, data: st.DataObject, form: str, between: str
) -> None:
    entropy = bytearray(data.draw(st.binary(min_size=size, max_size=size)))
    listed = words.words_of(entropy, language)
    typed = unicodedata.normalize(form, between.join(word.decode() for word in listed)).upper()  # type: ignore[arg-type]
    found = words.phrase_of(bytearray(f"  {typed} ".encode()))
    # some lists share words: another list may fit, and then gives the same words and so the same wallet
    assert words.words_of(found.entropy, found.language) == listed
    seeds = {bytes(words.seed_of(each, name, bytearray())) for each, name in
             ((entropy, language), (found.entropy, found.language))}  # fmt: skip
    assert len(seeds) == 1


def test_both_chinese_lists_are_told_apart_by_the_checksum() -> None:
    for language in ("chinese_simplified", "chinese_traditional"):
        shared = set(words._list("chinese_simplified")) & set(words._list("chinese_traditional"))
        for at in range(3000):
            entropy = bytearray(at.to_bytes(2, "big") * 8)
            listed = words.words_of(entropy, language)
            if all(word.decode() in shared for word in listed):
                found = words.phrase_of(bytearray(b" ".join(listed)))
                assert words.words_of(found.entropy, found.language) == listed


def test_spanish_without_accents_is_the_same_wallet() -> None:
    entropy = bytearray(b"\x00" * 16)
    with_accents = b" ".join(words.words_of(entropy, "spanish"))
    assert "á" in with_accents.decode()
    bare = "".join(
        c for c in unicodedata.normalize("NFD", with_accents.decode()) if not unicodedata.combining(c)
    )
    assert words.phrase_of(bytearray(bare.encode())).entropy == entropy


@pytest.mark.parametrize(
    ("typed", "positions", "count"),
    [
        ("ábaco " * 11 + "abogadoo", (12,), 12),  # positions by the nearest language
        ("あおぞら　" * 11 + "あおぞら", (), 12),
        ("あおぞら　" * 11 + "zzz", (12,), 12),
        ("test " * 13, (), 13),
    ],
)
def test_places_of_wrong_words(typed: str, positions: tuple[int, ...], count: int) -> None:
    with pytest.raises(BadSeedWords) as caught:
        words.phrase_of(bytearray(typed.encode()))
    assert (caught.value.positions, caught.value.count) == (positions, count)
    assert (
        caught.value.__cause__ is None
        and caught.value.__suppress_context__ is caught.value.__suppress_context__
    )


@settings(max_examples=200)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)))
def test_anything_else_is_no_phrase(typed: bytes) -> None:
    with pytest.raises(BadSeedWords):
        words.phrase_of(bytearray(typed))
