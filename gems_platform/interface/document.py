# SPDX-License-Identifier: Apache-2.0
"""The OpenAPI document: FastAPI's, with what it cannot know: answers, problems, signatures, keys and who may ask."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from gems_platform.context import operator, signed_in
from gems_platform.edge import etags, problems
from gems_platform.interface import parts
from gems_platform.interface.answers import ANSWERS, BYTES, MEDIA, NOTHING, STATUS, STREAM
from gems_platform.interface.forms import FORMS
from gems_platform.interface.shapes import Shape, schema

VERSION = "1"
_DESCRIPTION = (
    "What clients and a Gems platform say to each other; docs/platform-api.md says who signs what and what each "
    "call promises. Every JSON answer carries Gems-Signature. Every error is a problem document (RFC 9457) whose "
    "member `error` holds the code that clients decide by. Every POST may be repeated: where the body has a "
    "`request_id`, or a root that was signed, that is the key under which the answer is kept; elsewhere the header "
    "Idempotency-Key is, or the act is the same the second time."
)


def install(app: FastAPI, routers: tuple[APIRouter, ...]) -> None:
    """Let the application serve this document."""

    def served() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = document(routers)
        return app.openapi_schema

    app.openapi = served  # type: ignore[method-assign]


def document(routers: tuple[APIRouter, ...]) -> dict[str, Any]:
    """The document of an application with these routers."""
    every = routes(routers)
    found = get_openapi(
        title="Gems platform",
        version=VERSION,
        description=_DESCRIPTION,
        routes=every,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        tags=[{"name": name, "description": text} for name, text in parts.TAGS.items()],
    )
    for route in every:
        for method in sorted(route.methods or ()):
            operation = found["paths"][route.path].get(method.lower())
            if operation is not None:
                _complete(operation, method, route)
    _share(found)
    return found


def routes(routers: Iterable[APIRouter]) -> list[APIRoute]:
    """Every call of the interface."""
    return [
        route
        for router in routers
        for route in router.routes
        if isinstance(route, APIRoute) and route.include_in_schema
    ]


def needs_token(route: APIRoute) -> bool:
    """Whether a route answers only who is signed in."""

    def asks(dependant: Dependant) -> bool:
        return dependant.call in (signed_in, operator) or any(asks(inner) for inner in dependant.dependencies)

    return asks(route.dependant)


def _complete(operation: dict[str, Any], method: str, route: APIRoute) -> None:
    secured = needs_token(route)
    operation["tags"] = [parts.tag_of(route.path)]
    if secured:
        operation["security"] = [{"session": []}]
    parameters = operation.get("parameters", []) + parts.parameters(method, route.path)
    if parameters:
        operation["parameters"] = parameters
    body = parts.body_of(method, route.path)
    if body is not None:
        operation["requestBody"] = body
    parts.add_example(operation, method, route.path)
    told = operation["responses"]
    told.pop("422", None)
    shape = ANSWERS.get((method, route.path))
    if shape is not None:
        told.pop("200", None)
        told.update(_good(method, route.path, shape))
    elif "200" in told:
        told["200"]["headers"] = _headers(method, route.path)
    if etags.is_tagged({"method": method, "path": parts.sample(route.path)}):
        told["304"] = {"description": "Not changed since the answer with that ETag.", "headers": _signed()}
    for status in parts.statuses(method, route.path, secured=secured):
        told[str(status)] = {"$ref": f"#/components/responses/Problem{status}"}


def _good(method: str, path: str, shape: Shape) -> dict[str, Any]:
    """The answers of a call that does what it was asked."""
    if shape == NOTHING:
        status = STATUS.get((method, path), 204)
        return {
            str(status): {
                "description": "Done; what there is to say is in the headers.",
                "headers": _signed(),
            }
        }
    if shape == MEDIA:
        content: dict[str, Any] = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
        return {
            "200": {"description": "The file.", "content": content},
            "206": {"description": "The part that `Range` names.", "content": content},
            "304": {"description": "The file is the one that `If-None-Match` names."},
            "416": {"description": "The file has no such part."},
        }
    if shape == BYTES:
        binary = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
        return {"200": {"description": "Bytes, as docs/platform-api.md says.", "content": binary}}
    if shape == STREAM:
        events = {"text/event-stream": {"schema": {"type": "string"}}}
        return {"200": {"description": "`changed` events and signs of life.", "content": events}}
    content = {"application/json": {"schema": schema(shape)}}
    return {"200": {"description": "Done.", "content": content, "headers": _headers(method, path)}}


def _signed() -> dict[str, Any]:
    return {"Gems-Signature": {"$ref": "#/components/headers/Gems-Signature"}}


def _headers(method: str, path: str) -> dict[str, Any]:
    found = _signed()
    if etags.is_tagged({"method": method, "path": parts.sample(path)}):
        found["ETag"] = {"$ref": "#/components/headers/ETag"}
    return found


def _share(found: dict[str, Any]) -> None:
    """Everything that operations refer to."""
    components = found.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    schemas.update({name: schema(shape) for name, shape in FORMS.items()})
    error = schemas["Problem"]["properties"]["error"]["properties"]
    error["code"] = {"enum": sorted(problems.KINDS)}
    schemas["Problem"]["additionalProperties"] = (
        True  # RFC 9457: clients ignore members that they do not know
    )
    components["securitySchemes"] = {
        "session": {
            "type": "http",
            "scheme": "bearer",
            "description": "The token of POST /v1/sign-in (EIP-4361), good for fifteen minutes and for one key.",
        }
    }
    components["headers"] = parts.HEADERS
    components["responses"] = {
        f"Problem{status}": _problem(status)
        for status in sorted({kind[0] for kind in problems.KINDS.values()})
    }


def _problem(status: int) -> dict[str, Any]:
    codes = sorted(code for code, kind in problems.KINDS.items() if kind[0] == status)
    headers = _signed()
    if status in (429, 503):
        headers["Retry-After"] = {"$ref": "#/components/headers/Retry-After"}
    return {
        "description": f"Refused: {', '.join(codes)}.",
        "headers": headers,
        "content": {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
