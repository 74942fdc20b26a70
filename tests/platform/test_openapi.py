# SPDX-License-Identifier: Apache-2.0
"""The OpenAPI document is complete and true: every call, who may ask it, what it answers and how it refuses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from gems_platform.app import ROUTERS
from gems_platform.edge import problems
from gems_platform.interface import document, parts
from tests.platform.against_openapi import Interface
from tests.platform.api import Person
from tests.platform.test_authorisation import OPEN

PAGE = Path(__file__).parents[2] / "docs" / "platform-api.md"
DOCUMENT = document.document(ROUTERS)
_CALL = re.compile(r"\b(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) (/v1)?((?:/[a-z0-9_-]+|/\{[a-z0-9_]+\})+)")


def _operations(found: dict[str, Any] = DOCUMENT) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, operations in found["paths"].items():
        for method, operation in operations.items():
            yield method.upper(), path, operation


def _plain(path: str) -> str:
    return re.sub(r"\{[a-z0-9_]+\}", "{}", path)


def differing(page: str, found: dict[str, Any]) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """(calls that the page lacks, calls that only the page has)."""
    served = {(method, _plain(path)) for method, path, _ in _operations(found)}
    told = {(method, "/v1" + _plain(path)) for method, _, path in _CALL.findall(page)}
    return served - told, told - served


def test_the_page_and_the_document_name_the_same_calls() -> None:
    lacking, only = differing(PAGE.read_text("utf-8"), DOCUMENT)
    assert not lacking, f"docs/platform-api.md does not name {sorted(lacking)}"
    assert not only, f"only docs/platform-api.md names {sorted(only)}"


def test_a_call_that_one_of_them_lacks_is_found() -> None:
    """The control."""
    page = PAGE.read_text("utf-8")
    without = {"paths": {path: found for path, found in DOCUMENT["paths"].items() if path != "/v1/rates"}}
    assert differing(page, without)[1] == {("GET", "/v1/rates")}
    assert differing(page.replace("GET /v1/rates", "rates"), DOCUMENT)[0] == {("GET", "/v1/rates")}


async def test_what_is_served_is_this_document(person: Callable[[str], Person]) -> None:
    found = await person("anna").get("/openapi.json")
    assert found == DOCUMENT and found["openapi"].startswith("3.1") and found["info"]["version"] == "1"
    assert all(path.startswith("/v1/") for path in found["paths"])


@pytest.mark.parametrize(("method", "path"), [one[:2] for one in _operations()])
def test_every_call_is_whole(method: str, path: str) -> None:
    operation = DOCUMENT["paths"][path][method.lower()]
    assert path.split("/")[2] in parts._TAG_OF, f"name a tag for {path} in gems_platform/interface/parts.py"
    assert operation["tags"][0] in parts.TAGS and operation.get("description")
    secured = operation.get("security") == [{"session": []}]
    assert secured == ((method, path) not in OPEN)
    told = operation["responses"]
    good = [status for status in told if status.startswith("2")]
    assert good and ("401" in told) == (secured or path == "/v1/sign-in")
    for status in ("400", "404", "429", "500", "503"):
        assert told[status] == {"$ref": f"#/components/responses/Problem{status}"}
    for status in good:
        form = told[status].get("content", {}).get("application/json", {}).get("schema", {"type": "bytes"})
        whole = "$ref" in form or "properties" in form or form.get("type") == "bytes"
        assert whole, f"say what {method} {path} answers in gems_platform/interface/answers.py"
        if "application/json" in told[status].get("content", {}):
            assert "Gems-Signature" in told[status]["headers"]


def test_operation_ids_are_unique_and_every_reference_leads_somewhere() -> None:
    named = [operation["operationId"] for _, _, operation in _operations()]
    assert len(set(named)) == len(named)

    def look(part: Any) -> int:
        if isinstance(part, list):
            return sum(map(look, part))
        if not isinstance(part, dict):
            return 0
        if isinstance(part.get("$ref"), str):
            assert Interface(DOCUMENT)._resolved(part)
        return ("$ref" in part) + sum(map(look, part.values()))

    assert look(DOCUMENT) > 300


def test_every_code_is_in_the_document_and_on_the_page() -> None:
    error = DOCUMENT["components"]["schemas"]["Problem"]["properties"]["error"]["properties"]
    assert error["code"]["enum"] == sorted(problems.KINDS)
    page = PAGE.read_text("utf-8")
    assert not [code for code in problems.KINDS if f"`{code}`" not in page]


def test_an_answer_of_another_form_is_found() -> None:
    """The control of what `Person.ask` holds every answer against."""
    held = Interface(DOCUMENT)
    kind = "application/json"
    held.check("GET", "/v1/rates", 200, kind, {"rates": []})
    for wrong in ({"rates": [], "more": 1}, {}, {"rates": [{"code": 1}]}, None):
        with pytest.raises(AssertionError):
            held.check("GET", "/v1/rates", 200, kind, wrong)
    with pytest.raises(AssertionError, match="does not know"):
        held.check("GET", "/v1/rates", 204, "", None)
    with pytest.raises(AssertionError, match="is text/plain"):
        held.check("GET", "/v1/rates", 200, "text/plain", "x")
    with pytest.raises(AssertionError, match="not in the document"):
        held.check("GET", "/v1/rats", 200, kind, {})
