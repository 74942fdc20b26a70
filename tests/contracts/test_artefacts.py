# SPDX-License-Identifier: Apache-2.0
"""The stored ABI and bytecode are what the sources compile to, hold no path, and load."""

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType

import pytest
from eth_utils.abi import abi_to_signature

from gems_protocol.contracts import NAMES, artefact

ROOT = Path(__file__).resolve().parents[2]


def script(root: Path) -> ModuleType:
    """packaging/contracts.py as a module, working on the tree at `root`."""
    spec = importlib.util.spec_from_file_location(
        "gems_contracts_script", root / "packaging" / "contracts.py"
    )
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the contracts, their artefacts and the script, in another place."""
    for folder in ("gems_protocol/contracts", "resources/contracts"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / "packaging").mkdir()
    shutil.copy(ROOT / "packaging" / "contracts.py", tmp_path / "packaging")
    return tmp_path


def test_the_artefacts_are_current() -> None:
    assert script(ROOT).stale() == [], "run ./dev contracts"
    assert script(ROOT).NAMES == NAMES


def test_the_same_bytes_come_out_at_another_place(copy: Path) -> None:
    before = {path.name: path.read_bytes() for path in (copy / "resources" / "contracts").iterdir()}
    assert script(copy).main([]) == 0
    after = {path.name: path.read_bytes() for path in (copy / "resources" / "contracts").iterdir()}
    assert before == after


def test_a_changed_source_is_noticed(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    module = copy / "gems_protocol" / "contracts" / "ecdsa.vy"
    module.write_text(module.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert script(copy).main(["--check"]) == 1
    assert "Channels.json is not current" in capsys.readouterr().err


def test_a_missing_artefact_is_noticed(copy: Path) -> None:
    (copy / "resources" / "contracts" / "Gem.json").unlink()
    assert script(copy).stale() == ["Gem"]


@pytest.mark.parametrize("name", NAMES)
def test_an_artefact_says_what_it_is(name: str) -> None:
    facts = artefact(name)
    assert list(facts) == [
        "contract",
        "compiler",
        "source_sha256",
        "abi",
        "bytecode",
        "runtime",
        "immutables",
    ]
    assert (facts["contract"], facts["compiler"][:11]) == (name, "vyper 0.4.3")
    assert facts["bytecode"].startswith("0x") and len(facts["bytecode"]) // 2 < 24_576


def test_there_is_no_artefact_of_another_name() -> None:
    with pytest.raises(KeyError):
        artefact("../../pyproject")


def test_channels_has_exactly_the_fixed_interface_and_the_relayed_close() -> None:
    config, voucher = "(address,address,address,uint64,uint64)", "(uint128,uint96,uint64)"
    sig, auth = "(uint256,uint256,uint256)", "(address,address,uint128,uint64)"
    head = "address,uint64,uint64,address[],uint128[]"
    found = {
        abi_to_signature(entry) for entry in artefact("Channels")["abi"] if entry["type"] != "constructor"
    }
    assert found == {
        f"channel_id({config})",
        "channel(bytes32)",
        f"deposit_many({head})",
        f"claim({config},{voucher},{sig})",
        f"claim_many({config}[],{voucher}[],{sig}[])",
        f"claim_auth({config},{voucher},{sig},{auth},{sig})",
        f"push_many({head})",
        f"start_close({config},{voucher},{sig})",
        f"close_auth({config},{voucher},{sig},address,uint128,uint64,{sig})",
        f"submit_debit({config},uint96,bytes32,{sig})",
        f"finish_close({config})",
        "Deposited(bytes32,address,address,address,uint64,uint64,uint256)",
        "Claimed(bytes32,uint256,uint64)",
        "Closing(bytes32,uint64)",
        "Closed(bytes32,uint256,uint256)",
    }
