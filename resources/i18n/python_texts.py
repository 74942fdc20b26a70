# SPDX-License-Identifier: Apache-2.0
"""Finds the texts that Python shows to people, by reading the sources: Qt's own tool does not know our `say`.

What is found: what is given to `say` and `self.tr`; the tables and states that are said through them; the fixed
sentences of faults, which `words.sentence` says. A sentence with a value in it is found only when the value comes
last, after a colon ("This work was not taken: {what}"); others stay English (ADR 0048).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

CONTEXT = "Gems"
#: Said through an attribute: file and expression -> the enum whose values are the texts.
STATES = {
    ("earnings.py", "claim.state.value"): ("gems_desktop/services/facts.py", "ClaimState"),
    ("outbox_review.py", "item.state.value"): ("gems_desktop/services/facts.py", "ItemState"),
}
#: Where faults are made that reach the window. Commands and the local network speak to a terminal.
FAULTS = (
    "gems_desktop/services",
    "gems_desktop/adapters",
    "gems_desktop/signer",
    "gems_desktop/viewmodels",
    "gems_desktop/startup.py",
    "gems_desktop/startup_local.py",
    "gems_protocol/amount.py",
    "gems_protocol/offers.py",
    "gems_protocol/rate.py",
    "gems_protocol/verification/gram.py",
    "gems_protocol/verification/policy.py",
)
#: Tables and functions all of whose sentences are shown.
SHOWN = {
    "gems_desktop/adapters/platform_refusals.py": ("SENTENCES",),
    "gems_desktop/adapters/contract_refusals.py": (
        "NO_REASON",
        "TOKEN",
        "CHANNELS",
        "_NOTHING",
        "_KEPT",
        "_UPDATE",
        "_LOOK",
        "_QUOTE",
        "_SEND",
        "_WAIT",
    ),
    "gems_desktop/adapters/campaign_refusals.py": (
        "CAMPAIGNS",
        "_NOTHING",
        "_ESCROW",
        "_EVIDENCE",
        "_UPDATE",
        "_LOOK",
        "_WAIT",
        "_TERMS",
        "_CASE",
    ),
    "gems_desktop/adapters/judge_refusals.py": (
        "JUDGE",
        "_NOTHING",
        "_ESCROW",
        "_EVIDENCE",
        "_UPDATE",
        "_LOOK",
        "_WAIT",
        "_CASE",
        "_HUB",
    ),
    "gems_desktop/decoding/client.py": ("SENTENCES",),
    "gems_desktop/decoding/media_facts.py": ("MEDIA_SENTENCES",),
    "gems_desktop/services/appeals.py": ("_why_not",),
    "gems_desktop/services/hub_promise.py": ("_WORDS",),
    "gems_desktop/services/troubles.py": ("WORDS", "_KEPT", "_TELL"),
    "gems_desktop/services/before.py": ("_why_not", "campaign_facts"),
    "gems_protocol/modules/problems.py": ("_MISSING", "_MISSING_EACH", "problems", "_missing"),
    "gems_protocol/verification/routing.py": ("SENTENCES",),
}
#: Progress that is told to whoever starts the local network; the window says it as sentences.
PROGRESS = "gems_desktop/local/network.py"
#: What the signer asks; its window says it.
QUESTIONS = "gems_desktop/signer/sentences.py"
_FAULT_MAKERS = {"Problem", "_refused"}
_FIELDS = {"message", "safe", "action", None}
_VALUE = "\0"


class Unknown(Exception):
    """A text is said of which this file cannot tell where it comes from; the message names the place."""


def find(root: Path) -> dict[str, list[str]]:
    """The texts by context ("Gems" for `say`, else the class of a `self.tr`), sorted; raises Unknown."""
    found: dict[str, set[str]] = {CONTEXT: set()}
    for path in sorted((root / "gems_desktop").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        if path.name == "words.py" or _imports_say(tree):
            found[CONTEXT].update(_said(path, tree, root))
        for context, text in _translated(tree):
            found.setdefault(context, set()).add(text)
    trees = {path: ast.parse(path.read_text("utf-8")) for path in _fault_files(root)}
    makers = _fault_classes(trees.values()) | _FAULT_MAKERS
    for tree in trees.values():
        found[CONTEXT].update(_fault_texts(tree, makers))
    for name, shown in SHOWN.items():
        found[CONTEXT].update(_shown(ast.parse((root / name).read_text("utf-8")), shown))
    for call in _calls(ast.parse((root / PROGRESS).read_text("utf-8")), "say"):
        found[CONTEXT].update(_sentence(call.args[0], {}))
    for call in _calls(ast.parse((root / QUESTIONS).read_text("utf-8")), "_says"):
        found[CONTEXT].add(str(ast.literal_eval(call.args[0])))
    return {context: sorted(texts) for context, texts in found.items()}


def _imports_say(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "gems_desktop.viewmodels.words"
        and any(name.name == "say" for name in node.names)
        for node in ast.walk(tree)
    )


def _calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
            yield node


def _said(path: Path, tree: ast.Module, root: Path) -> Iterator[str]:
    for call in _calls(tree, "say"):
        text = call.args[0]
        written = ast.unparse(text)
        table = _table_of(text)
        if isinstance(text, ast.Constant) and isinstance(text.value, str):
            yield text.value
        elif table is not None:
            yield from _table(_home(tree, table, root), table)
        elif (path.name, written) in STATES:
            file, name = STATES[path.name, written]
            yield from _table(ast.parse((root / file).read_text("utf-8")), name)
        elif not (path.name == "words.py" and written in {"text", "template"}):
            raise Unknown(f"{path.name}: say({written}) is neither a text nor a table that is known")


def _table_of(text: ast.expr) -> str | None:
    """X of X[key] and of X.get(key, other)."""
    if isinstance(text, ast.Subscript) and isinstance(text.value, ast.Name):
        return text.value.id
    if isinstance(text, ast.Call) and isinstance(text.func, ast.Attribute) and text.func.attr == "get":
        return text.func.value.id if isinstance(text.func.value, ast.Name) else None
    return None


def _home(tree: ast.Module, name: str, root: Path) -> ast.Module:
    """The module that writes `name`: this one, or that from which it has the name."""
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and any(each.name == name for each in node.names):
            path = root.joinpath(*(node.module or "").split("."))
            return ast.parse(path.with_suffix(".py").read_text("utf-8"))
    return tree


def _table(tree: ast.Module, name: str) -> list[str]:
    """The values of a table or an enum of the module."""
    for node in tree.body:
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Dict)
            and [ast.unparse(target) for target in node.targets] == [name]
        ):
            return [str(ast.literal_eval(value)) for value in node.value.values]
        if isinstance(node, ast.ClassDef) and node.name == name:
            values = (entry.value for entry in node.body if isinstance(entry, ast.Assign))
            return [value.value for value in values if isinstance(value, ast.Constant)]  # type: ignore[misc]
    raise Unknown(f"the table {name} is not in its file")


def _translated(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for kind in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
        for node in ast.walk(kind):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "self.tr":
                yield kind.name, str(ast.literal_eval(node.args[0]))


def _fault_files(root: Path) -> Iterator[Path]:
    for name in FAULTS:
        path = root / name
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]


def _fault_classes(trees: Iterator[ast.Module] | object) -> set[str]:
    """The names of GemsError and of everything that descends from it."""
    bases: dict[str, set[str]] = {}
    for tree in trees:  # type: ignore[attr-defined]
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                bases[node.name] = {ast.unparse(base).rpartition(".")[2] for base in node.bases}
    names = {"GemsError", "MoneyDiffers", "MalformedMessage", "BadSignature", "MoveNotAllowed"}
    while more := {name for name, above in bases.items() if above & names} - names:
        names |= more
    return names


def _fault_texts(tree: ast.Module, makers: set[str]) -> Iterator[str]:
    known = {
        ast.unparse(node.targets[0]): node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _makes_fault(node, makers):
            wanted = [*node.args, *(each.value for each in node.keywords if each.arg in _FIELDS)]
            for value in wanted:
                yield from _sentence(value, known)
        elif isinstance(node, ast.ClassDef) and node.name in makers:
            for inner in ast.walk(node):
                if isinstance(inner, ast.Assign) and ast.unparse(inner.targets[0]) in {"self.action", "what"}:
                    yield from _sentence(inner.value, known)
                if isinstance(inner, ast.arg | ast.arguments):
                    for default in getattr(inner, "defaults", []):
                        yield from _sentence(default, known)


def _makes_fault(node: ast.Call, makers: set[str]) -> bool:
    name = ast.unparse(node.func)
    return name.rpartition(".")[2] in makers or name in {"super().__init__", "GemsError.__init__"}


def _sentence(value: ast.expr, known: dict[str, object]) -> Iterator[str]:
    """The text as it is looked up when it is said; nothing for codes and for values in the middle."""
    text = _written(value, known)
    if _VALUE in text:
        head, colon, tail = text.partition(": ")
        if not colon or _VALUE in head or tail.rstrip(".") != _VALUE:
            return
        text = head + ": {what}"
    if " " in text:
        yield text


def _written(value: ast.expr, known: dict[str, object]) -> str:
    if isinstance(value, ast.Constant):
        return value.value if isinstance(value.value, str) else _VALUE
    if isinstance(value, ast.Name) and isinstance(known.get(value.id), str):
        return str(known[value.id])
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add):
        return _written(value.left, known) + _written(value.right, known)
    if isinstance(value, ast.JoinedStr):
        return "".join(_written(part, known) for part in value.values)
    if isinstance(value, ast.Call) and ast.unparse(value.func) == "str" and len(value.args) == 1:
        return _written(value.args[0], known)  # str(told.get(...) or "The usual sentence.")
    if isinstance(value, ast.BoolOp) and isinstance(value.op, ast.Or):
        return _written(value.values[-1], known)
    return _VALUE


_SENTENCE = re.compile(r"[A-Z].*\.")


def _shown(tree: ast.Module, names: tuple[str, ...]) -> Iterator[str]:
    for node in tree.body:
        name = node.name if isinstance(node, ast.FunctionDef) else ""
        if isinstance(node, ast.Assign | ast.AnnAssign):
            name = ast.unparse(node.target if isinstance(node, ast.AnnAssign) else node.targets[0])
        if name not in names:
            continue
        inside = {
            id(part)
            for joined in ast.walk(node)
            if isinstance(joined, ast.JoinedStr)
            for part in joined.values
        }
        described = ast.get_docstring(node, clean=False) if isinstance(node, ast.FunctionDef) else None
        for part in ast.walk(node):
            if not isinstance(part, ast.Constant) or not isinstance(part.value, str) or id(part) in inside:
                continue
            if part.value != described and _SENTENCE.fullmatch(part.value):
                yield part.value
