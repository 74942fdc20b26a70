# SPDX-License-Identifier: Apache-2.0
"""Where profiles live, and what a network file must hold."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from gems_desktop.adapters.network_file import read_network
from gems_desktop.adapters.profile import data_home, profile_folder
from gems_desktop.services.errors import BadNetworkFile, StoreUnreadable

ADDRESS = "0x" + "ab" * 20
GOOD: dict[str, Any] = {
    "name": "local",
    "chain_id": 31337,
    "rpc_urls": ["http://127.0.0.1:8545"],
    "platform_url": "http://127.0.0.1:8000/",
    "platform_signer": ADDRESS,
    "gem": ADDRESS,
    "channels": ADDRESS,
    "campaigns": ADDRESS,
    "hub_payer": ADDRESS,
    "relayer": ADDRESS,
    "practice": True,
}


def test_a_network_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "network.json"
    path.write_text(json.dumps(GOOD))
    network = read_network(path)
    assert network.platform_host == "127.0.0.1:8000" and network.platform_url == "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    "change",
    [
        {"chain_id": "1"},
        {"gem": "0xAB"},
        {"rpc_urls": []},
        {"rpc_urls": ["file:///etc/passwd"]},
        {"platform_url": "http://user@host/"},
        {"practice": 1},
        {"relayer": None},
    ],
)
def test_a_wrong_network_file_is_refused_with_the_field(tmp_path: Path, change: dict[str, Any]) -> None:
    path = tmp_path / "network.json"
    path.write_text(json.dumps(GOOD | change))
    with pytest.raises(BadNetworkFile) as caught:
        read_network(path)
    assert next(iter(change)) in caught.value.message


def test_no_file_and_no_json(tmp_path: Path) -> None:
    with pytest.raises(BadNetworkFile):
        read_network(tmp_path / "none.json")
    (tmp_path / "bad.json").write_text("{")
    with pytest.raises(BadNetworkFile):
        read_network(tmp_path / "bad.json")


def test_profiles_are_the_owners_alone(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform == "linux":
        assert data_home() == home / ".local" / "share" / "gems"
    monkeypatch.setenv("GEMS_HOME", str(tmp_path / "elsewhere"))
    folder = profile_folder("default")
    assert folder == tmp_path / "elsewhere" / "default"
    if sys.platform != "win32":
        assert folder.stat().st_mode & 0o077 == 0
    for name in ("../up", "", "A", "x" * 40):
        with pytest.raises(StoreUnreadable):
            profile_folder(name)
