# SPDX-License-Identifier: Apache-2.0
"""Each refusal text and each function of Campaigns and Judge is in some test: what no test expects nobody proved."""

from __future__ import annotations

import ast
from pathlib import Path

from vyper.ast import nodes, parse_to_ast  # type: ignore[import-untyped]

from tests.contracts.test_refusal_texts import SOURCES, texts

HERE = Path(__file__).resolve().parent
# GEM's transfer answers true or reverts, so these can only follow a change of the token.
UNREACHABLE = {"Campaigns: transfer failed", "Judge: transfer failed"}
FILES = ("Campaigns", "Judge", "campaign_terms", "hub_collateral")


def expected() -> set[str]:
    """Every text constant of the tests of this folder, but this one."""
    found: set[str] = set()
    for file in HERE.glob("test_*.py"):
        if file != Path(__file__).resolve():
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.add(node.value)
    return found


def called() -> set[str]:
    """Every attribute that the tests and the helpers of this folder name."""
    return {
        node.attr
        for file in HERE.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
    }


def refusals() -> set[str]:
    """Every text that the two contracts refuse with."""
    sources = [(SOURCES / f"{name}.vy").read_text("utf-8") for name in FILES]
    return {text for source in sources for _, text in texts(source) if text}


def externals() -> set[str]:
    """Every function that can be called from outside."""
    found = set()
    for name in FILES:
        tree = parse_to_ast((SOURCES / f"{name}.vy").read_text("utf-8"))
        for node in tree.get_descendants(nodes.FunctionDef):
            if any(getattr(mark, "id", "") == "external" for mark in node.decorator_list):
                found.add(node.name)
    return found


def test_each_refusal_is_expected_by_a_test() -> None:
    assert len(refusals()) > 70
    assert refusals() - UNREACHABLE - expected() == set()


def test_each_function_is_called_by_a_test() -> None:
    assert len(externals()) > 25
    assert externals() - called() == set()


def test_control_a_refusal_without_a_test_is_found() -> None:
    source = (
        'x: uint256\n\n\n@external\ndef nobody_calls_this():\n    assert self.x != 0, "Judge: nobody '
        + 'expects this"\n'
    )
    (found,) = {text for _, text in texts(source)}
    assert found not in expected() | UNREACHABLE
    assert "nobody_calls_this" not in called()
