# SPDX-License-Identifier: Apache-2.0
"""Answers held against the interface's own document: status, kind of content and form."""

from __future__ import annotations

import re
from typing import Any

import jsonschema_rs


class Interface:
    """The operations of an OpenAPI document; `check` raises AssertionError for an answer that it does not know."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document
        self._paths = [
            (re.compile(re.sub(r"\{[a-z0-9_]+\}", "[^/]+", path)), path, operations)
            for path, operations in document["paths"].items()
        ]
        self._known: dict[tuple[str, str, int], Any] = {}
        self.seen: set[tuple[str, str]] = set()

    def check(self, method: str, target: str, status: int, kind: str, value: Any) -> None:
        path = target.partition("?")[0]
        found = [one for one in self._paths if one[0].fullmatch(path) and method.lower() in one[2]]
        if not found or status == 405:
            assert status in (400, 404, 405) or path == "/openapi.json", (
                f"{method} {path} is not in the document"
            )
            return
        _, name, operations = min(found, key=lambda one: one[1].count("{"))
        told = operations[method.lower()]["responses"].get(str(status))
        assert told is not None, f"{method} {name} answered {status}, which the document does not know"
        told = self._resolved(told)
        content = told.get("content")
        if content is None or method == "HEAD":
            assert value is None, f"{method} {name} {status} has a body"
            return
        media = kind.partition(";")[0]
        assert media in content or "*/*" in content, f"{method} {name} {status} is {media}"
        if "json" not in media:
            return
        self.seen.add((method, name))
        key = (method, name, status)
        if key not in self._known:
            whole = {**content[media]["schema"], "components": self._document["components"]}
            self._known[key] = jsonschema_rs.validator_for(whole)
        wrong = next(iter(self._known[key].iter_errors(value)), None)
        assert wrong is None, f"{method} {name} {status}: {wrong.message[:300]} at {wrong.instance_path}"

    def _resolved(self, part: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in part:
            found: Any = self._document
            for name in part["$ref"].removeprefix("#/").split("/"):
                found = found[name]
            part = found
        return part
