# SPDX-License-Identifier: Apache-2.0
"""The requester's key from a keystore file and from a profile's vault, as the signer writes them."""

from pathlib import Path

import pytest

from gems_desktop.commands import requester_key
from gems_desktop.services.errors import NoWallet, WrongPassword
from gems_desktop.services.signing import SignerConfig
from gems_desktop.services.wallet_errors import BadKeystore
from gems_desktop.signer.inprocess import InProcessSigner

KEY = bytes.fromhex("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80")
ZERO = "0x" + "11" * 20


async def test_key_from_a_vault_and_from_a_keystore(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = SignerConfig(str(tmp_path), 1, ZERO, ZERO, "h:1", "http://h:1", (ZERO,), 1, practice=True)
    monkeypatch.setattr("gems_desktop.signer.keystore._N", 1 << 12)
    signer = InProcessSigner(config)
    await signer.restore(bytearray(b"test " * 11 + b"junk"))
    await signer.protect(bytearray(b"pass"))
    file = tmp_path / "key.json"
    file.write_bytes(await signer.export_keystore(bytearray(b"pass")))
    monkeypatch.setattr(requester_key, "_password", lambda: "pass")
    assert requester_key._from_vault(tmp_path) == KEY
    assert requester_key._from_keystore(file) == KEY
    with pytest.raises(NoWallet):
        requester_key._from_vault(tmp_path / "none")
    monkeypatch.setattr(requester_key, "_password", lambda: "wrong")
    for read, place in ((requester_key._from_vault, tmp_path), (requester_key._from_keystore, file)):
        with pytest.raises(WrongPassword):
            read(place)
    file.write_text("{}")
    with pytest.raises(BadKeystore):
        requester_key._from_keystore(file)
