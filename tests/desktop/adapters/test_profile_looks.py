# SPDX-License-Identifier: Apache-2.0
"""What is known of a profile before it is opened: what this version left, of a wallet behind a password."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gems_desktop.adapters.profiles import ProfileShelf
from gems_desktop.services.facts_profiles import Looks

LOOKS = Looks("ar", "dark", 150, True)
VAULT = {"storage": "password", "address": "0x" + "ab" * 20, "backed_up": True}


@pytest.fixture
def shelf(tmp_path: Path) -> ProfileShelf:
    made = ProfileShelf(tmp_path)
    made.add("Anna")
    made.keep_looks("anna", "1.2", LOOKS)
    (tmp_path / "anna" / "vault.json").write_text(json.dumps(VAULT))
    return made


def test_what_was_kept_is_found_beside_the_title(shelf: ProfileShelf) -> None:
    found = shelf.behind_password("anna", "1.2")
    assert found is not None
    wallet, looks = found
    assert looks == LOOKS
    assert (wallet.exists, wallet.unlocked, wallet.storage) == (True, False, "password")
    assert (wallet.address, wallet.backed_up) == (VAULT["address"], True)
    assert shelf.all()[0].title == "Anna"
    shelf.rename("anna", "Anna B")
    shelf.used("anna")
    assert shelf.behind_password("anna", "1.2") == found


def test_another_version_looks_for_itself(shelf: ProfileShelf) -> None:
    assert shelf.behind_password("anna", "1.3") is None


@pytest.mark.parametrize("vault", [None, "{", "[]", '{"storage": "keyring"}', "{}"])
def test_another_wallet_is_looked_at_first(shelf: ProfileShelf, tmp_path: Path, vault: str | None) -> None:
    file = tmp_path / "anna" / "vault.json"
    file.unlink() if vault is None else file.write_text(vault)
    assert shelf.behind_password("anna", "1.2") is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "xx"),
        ("language", 3),
        ("theme", "pink"),
        ("theme", None),
        ("text_scale", "150"),
        ("text_scale", True),
    ],
)
def test_looks_that_are_none_are_not_taken(
    shelf: ProfileShelf, tmp_path: Path, name: str, value: Any
) -> None:
    file = tmp_path / "anna" / "profile.json"
    told = json.loads(file.read_text())
    told["looks"][name] = value
    file.write_text(json.dumps(told))
    assert shelf.behind_password("anna", "1.2") is None


def test_a_size_out_of_range_is_brought_into_it(shelf: ProfileShelf) -> None:
    shelf.keep_looks("anna", "1.2", Looks("en", "light", 900, False))
    found = shelf.behind_password("anna", "1.2")
    assert found is not None and found[1].text_scale == 200


def test_a_profile_that_is_not_there_has_none(shelf: ProfileShelf, tmp_path: Path) -> None:
    assert shelf.behind_password("nobody", "1.2") is None
    assert not (tmp_path / "nobody").exists()
