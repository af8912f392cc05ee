"""The OpenAPI 3.1 document, made of the operations and the types they take and give."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from inspect import cleandoc
from typing import Any

import msgspec

from netctl import __version__
from netctl.web.api.operation import Asked, Operation
from netctl.web.problem_details import MEDIA_TYPE, PREFIX, ProblemDetails

_REFERENCE = "#/components/schemas/{name}"

DESCRIPTION = """\
What the dashboard shows and does, for programs. A request speaks for a person: with a session's cookie (and, where it
changes something, the `X-CSRF-Token` of its pages), or with a token as `Authorization: Bearer …`; it may do what that
person may, and sees what that person sees. A token may no more than its scope (`read`, `work`, `push`), and decides
nothing: what says yes or no to a change takes a person's session.

Lists come in pages: `next` and the `Link` header lead to the one after. Every answer has an entity tag; asked again
with `If-None-Match`, what has not changed is not sent again. What decides about a change needs `If-Match` with the
digest of the plan that was looked at, in quotes, or with the change's whole entity tag. What is refused is told as
`application/problem+json` (RFC 9457); `code` is one of the codes of docs/errors.md, and never means anything else.
"""


def document(operations: Sequence[Operation]) -> dict[str, Any]:
    """The whole document; the same operations give the same one."""
    types: list[Any] = [ProblemDetails]
    types += [kind for each in operations for kind in (each.answers, each.body, each.query) if kind is not None]
    unique = list(dict.fromkeys(types))
    references, components = msgspec.json.schema_components(unique, ref_template=_REFERENCE)
    schema_of = dict(zip(unique, references, strict=True))
    queries = {each.query.__name__ for each in operations if each.query is not None}
    paths: dict[str, dict[str, Any]] = {}
    for each in operations:
        paths.setdefault(PREFIX + each.template, {})[each.method.lower()] = _operation(each, schema_of, components)
    return {
        "openapi": "3.1.0",
        "info": {"title": "netctl", "version": __version__, "description": DESCRIPTION},
        "tags": [{"name": name} for name in dict.fromkeys(each.tag for each in operations)],
        "paths": paths,
        "components": {
            "schemas": {name: _tidy(schema) for name, schema in sorted(components.items()) if name not in queries},
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": "netctl"},
            },
        },
        "security": [{"token": []}, {"session": []}],
    }


def _tidy(schema: dict[str, Any]) -> dict[str, Any]:
    """The same, without the indentation that its description has in the code."""
    return schema | ({"description": cleandoc(schema["description"])} if "description" in schema else {})


def _operation(operation: Operation, schema_of: dict[Any, Any], components: dict[str, Any]) -> dict[str, Any]:
    parameters = [_path_parameter(name) for name in operation.parameters]
    if operation.query is not None:
        parameters += _query_parameters(operation.query, components)
    if operation.conditional:
        parameters.append(_IF_MATCH)
    found: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "description": f"For who may: {operation.step}.",
        "tags": [operation.tag],
        "parameters": parameters,
        "responses": _responses(operation, schema_of),
    }
    if operation.personal:
        found["security"] = [{"session": []}]
    if operation.body is not None:
        found["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": schema_of[operation.body]}},
        }
    return found


def _responses(operation: Operation, schema_of: dict[Any, Any]) -> dict[str, Any]:
    headers = {"ETag": {"schema": {"type": "string"}}}
    if "next" in operation.answers.__struct_fields__:
        headers["Link"] = {"schema": {"type": "string"}}
    found: dict[str, Any] = {
        str(operation.status): {
            "description": HTTPStatus(operation.status).phrase,
            "headers": headers,
            "content": {"application/json": {"schema": schema_of[operation.answers]}},
        }
    }
    if operation.method == "GET":
        found["304"] = {"description": HTTPStatus.NOT_MODIFIED.phrase}
    for status in operation.refusals:
        found[str(status)] = {
            "description": HTTPStatus(status).phrase,
            "content": {MEDIA_TYPE: {"schema": schema_of[ProblemDetails]}},
        }
    return found


def _path_parameter(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}


def _query_parameters(query: type[Asked], components: dict[str, Any]) -> list[dict[str, Any]]:
    """One parameter for each field."""
    schema = components[query.__name__]
    required = schema.get("required", ())
    found = []
    for name, kind in schema["properties"].items():
        told = dict(kind)
        parameter = {"name": name, "in": "query", "required": name in required, "schema": told}
        if description := told.pop("description", ""):
            parameter["description"] = description
        found.append(parameter)
    return found


_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The digest of the plan that was looked at, in quotes, or the change's entity tag.",
    "schema": {"type": "string", "pattern": '^"[0-9a-f]{64}(-[0-9a-f]{32})?"$'},
}
