# SPDX-License-Identifier: Apache-2.0
"""Help with typing seed words and passwords: four letters tell a word, a wrong one is placed, strength is graded."""

import pytest

from gems_desktop.items.secret_buffer import SecretBuffer
from gems_desktop.items.secret_hints import TELLING, WordHelp, count_words, rest_of_word, strength
from gems_desktop.services.signing import WORD_LANGUAGES
from gems_desktop.services.word_list import word_list


def typed(text: str) -> SecretBuffer:
    secret = SecretBuffer()
    for letter in text:
        secret.insert(len(secret), letter)
    return secret


ENGLISH = WordHelp.of(word_list("english"))


@pytest.mark.parametrize("language", ["english", "spanish", "french", "italian", "czech"])
def test_four_letters_tell_every_word(language: str) -> None:
    told = WordHelp.of(word_list(language))
    for bare, _ in told.sorted_bare:
        if len(bare) > TELLING and bare[:TELLING] not in told.known:
            assert len(told.rest(bare[:TELLING])) == len(bare) - TELLING


@pytest.mark.parametrize("language", WORD_LANGUAGES)
def test_every_word_of_every_language_counts(language: str) -> None:
    words = word_list(language)
    told = WordHelp.of(words)
    assert count_words(typed(" ".join(words[:40])), told) == (40, 0)


def test_a_wrong_word_is_placed_at_once() -> None:
    assert count_words(typed("abandon ability"), ENGLISH) == (2, 0)
    assert count_words(typed("abandon abil"), ENGLISH) == (1, 0)  # may still become one
    assert count_words(typed("abandon abix"), ENGLISH) == (1, 2)
    assert count_words(typed("abandon abil "), ENGLISH) == (1, 2)
    assert count_words(typed("Abandon  ABILITY zoo"), ENGLISH) == (3, 0)


def test_only_what_can_be_no_other_word_is_completed() -> None:
    assert rest_of_word(typed("zoo abil"), ENGLISH) == "ity"
    assert rest_of_word(typed("zoo abi"), ENGLISH) == ""
    assert rest_of_word(typed("zoo able"), ENGLISH) == ""
    assert rest_of_word(typed("zoo abil "), ENGLISH) == ""
    assert rest_of_word(typed(""), ENGLISH) == ""


@pytest.mark.parametrize(
    ("password", "grade"),
    [
        ("short", 0),
        ("aaaaaaaaaaaaaaaaaaaa", 1),
        ("abcdefghijklmnop", 1),
        ("password", 1),
        ("blue river", 1),
        ("Blue-river7", 2),
        ("tableriverboat", 2),
        ("seven green boats", 3),
        ("moon over a lake", 3),
    ],
)
def test_strength(password: str, grade: int) -> None:
    assert strength(typed(password)) == grade
