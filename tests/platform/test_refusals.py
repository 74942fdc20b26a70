# SPDX-License-Identifier: Apache-2.0
"""Every refusal says what happened, what is safe and what to do, as a problem document."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from pathlib import Path

import pytest

import gems_platform
from gems_platform import errors
from gems_platform.edge import problems, refusals
from gems_protocol.errors import BadSignature, GemsError, MoneyDiffers
from tests.platform.api import Person, Refused

ROOT = Path(gems_platform.__file__).parent
KINDS = {
    name: found
    for name, found in vars(errors).items()
    if inspect.isclass(found) and issubclass(found, errors.Refusal)
}


def _is_empty(text: ast.expr | None) -> bool:
    return isinstance(text, ast.Constant) and not text.value


def lacking(source: str) -> list[str]:
    """The places in a source where a refusal is made without the words that its kind does not have either."""
    found = []
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call):
            continue
        name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
        kind = KINDS.get(name)
        if kind is None or ("__init__" in vars(kind) and kind is not errors.Refusal):
            continue  # its words are its own, see `test_every_kind_has_words`
        said = {keyword.arg: keyword.value for keyword in call.keywords}
        blank = [
            word
            for word, own in (("safe", kind.kept), ("action", kind.advice))
            if (not own and word not in said) or _is_empty(said.get(word))
        ]
        if not call.args or blank:
            found.append(f"{name} at line {call.lineno} lacks {blank or 'a message'}")
    return found


def test_no_refusal_lacks_words() -> None:
    seen = 0
    for path in sorted(ROOT.rglob("*.py")):
        source = path.read_text("utf-8")
        assert not lacking(source), f"{path.relative_to(ROOT)}: {lacking(source)}"
        seen += source.count("raise ")
    assert seen > 200


def test_the_search_finds_what_lacks_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a refusal that takes its words away, and a kind that has none."""
    assert lacking('raise Malformed("No.", safe="")') and lacking("raise Malformed()")
    assert not lacking('raise Malformed("No.")')
    monkeypatch.setattr(errors.Late, "advice", "")
    assert lacking('raise Late("Over.")') and not lacking('raise Late("Over.", action="Go on.")')


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_words(kind: str) -> None:
    found = (
        KINDS[kind]() if "__init__" in vars(KINDS[kind]) and kind != "Refusal" else KINDS[kind]("It is so.")
    )
    assert found.message and found.safe.endswith(".") and found.action.endswith(".")
    status, title = problems.KINDS[found.code]
    assert 400 <= status < 600 and title


def test_errors_of_the_protocol_have_words_too() -> None:
    for error in (GemsError("a"), BadSignature("b"), MoneyDiffers("c")):
        status, body = refusals.body_of(error)
        told = body["error"]
        assert body["type"] == f"urn:gems:error:{told['code']}" and body["status"] == status
        assert body["detail"] == told["message"] and told["safe"] and told["action"]


async def test_refusals_over_http_are_problem_documents(person: Callable[[str], Person]) -> None:
    anna = person("anna")
    async with anna.http.get(anna.url + "/v1/channel") as response:
        assert response.status == 401 and response.content_type == "application/problem+json"
        assert response.headers["WWW-Authenticate"] == "Bearer" and "Gems-Signature" in response.headers
        body = await response.json()
    assert {"type", "title", "status", "detail", "error"} == body.keys()
    for method, path, code in (
        ("DELETE", "/v1/info", "method_not_allowed"),
        ("GET", "/v1/nothing", "not_found"),
        ("GET", "/v1/campaigns?limit=0", "malformed"),
        ("POST", "/v1/sign-in", "malformed"),
    ):
        with pytest.raises(Refused) as refused:  # Person holds each against the document
            await anna.ask(method, path)
        assert refused.value.code == code and refused.value.error["safe"] and refused.value.error["action"]
