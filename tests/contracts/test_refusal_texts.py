# SPDX-License-Identifier: Apache-2.0
"""Each refusal of a contract says whose it is, and the client has three sentences for it, and for no other."""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from vyper.ast import nodes, parse_to_ast  # type: ignore[import-untyped]

from gems_desktop.adapters.chain_errors import CallReverted
from gems_desktop.adapters.contract_refusals import NO_REASON, SENTENCES, sentences
from gems_protocol.contracts import NAMES
from tests.contracts.test_artefacts import ROOT, script

SOURCES = ROOT / "gems_protocol" / "contracts"


def texts(source: str) -> Iterator[tuple[int, str | None]]:
    """(line, text) of each refusal of a contract's source; None for one without a text."""
    tree = parse_to_ast(source)
    for node in tree.get_descendants((nodes.Assert, nodes.Raise)):
        said = node.msg if isinstance(node, nodes.Assert) else node.exc
        yield node.lineno, said.value if isinstance(said, nodes.Str) else None


def owners(module: str) -> set[str]:
    """The contracts that a source file is part of."""
    modules_of = script(ROOT).modules_of
    return {name for name in NAMES if module in modules_of(name)}


def wrong(module: str, source: str, whose: set[str]) -> list[str]:
    """The refusals of a file that do not say whose they are."""
    return [
        f"{module}.vy:{line}: {text}"
        for line, text in texts(source)
        if text is None or text.partition(": ")[0] not in whose or not text.partition(": ")[2]
    ]


FILES = sorted(SOURCES.glob("*.vy"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_each_refusal_starts_with_its_contracts_name(file: Path) -> None:
    assert wrong(file.stem, file.read_text("utf-8"), owners(file.stem)) == []


@cache
def found() -> set[str]:
    """Every text that a contract refuses with."""
    return {text for file in FILES for _, text in texts(file.read_text("utf-8")) if text}


def test_each_refusal_has_its_sentences_and_each_sentence_its_refusal() -> None:
    assert found() - set(SENTENCES) == set(), "write sentences for these in gems_desktop/adapters"
    assert set(SENTENCES) - found() == set(), "no contract refuses with these any more"
    assert len(found()) > 60


def test_a_refusal_is_shown_in_its_sentences() -> None:
    for text, (message, safe, action) in SENTENCES.items():
        fault = CallReverted(text, b"")
        assert (fault.message, fault.safe, fault.action, fault.reason) == (message, safe, action, text)
        assert all(part.endswith(".") and part[0].isupper() for part in (message, safe, action)), text
    assert CallReverted(None, b"").message == NO_REASON[0]
    assert sentences("Other: no") is None
    assert CallReverted("Other: no", b"").message == "The contract refused the call: Other: no."


def test_the_sentences_can_be_translated() -> None:
    spec = importlib.util.spec_from_file_location("texts", ROOT / "resources" / "i18n" / "python_texts.py")
    assert spec is not None and spec.loader is not None
    finder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(finder)
    offered: set[str] = set()
    for name in ("contract_refusals", "campaign_refusals", "judge_refusals"):
        file = f"gems_desktop/adapters/{name}.py"
        offered.update(finder._shown(ast.parse((ROOT / file).read_text("utf-8")), finder.SHOWN[file]))
    said = {part for row in (*SENTENCES.values(), NO_REASON) for part in row}
    assert said - offered == set()


def test_control_what_would_be_wrong_is_found() -> None:
    bad = """
@external
def f(a: uint256):
    assert a > 1
    assert a > 2, "no name"
    assert a > 3, "Gem: of another"
    assert a > 4, "Channels: good"
    if a > 5:
        raise "Channels:"
"""
    assert wrong("x", bad, {"Channels"}) == [
        "x.vy:4: None",
        "x.vy:5: no name",
        "x.vy:6: Gem: of another",
        "x.vy:9: Channels:",
    ]
