"""What a request asks for, read and checked at the edge; whatever is not as documented is refused with its place."""

from __future__ import annotations

import re
from typing import Any, TypeVar

import msgspec
from flask import request
from werkzeug.exceptions import NotAcceptable, UnsupportedMediaType

from netctl.errors import QueryRefused
from netctl.web.api.operation import Asked

JSON = "application/json"

_WHOLE = re.compile(r"-?[0-9]{1,18}")

T = TypeVar("T", bound=Asked)


def refuse_unacceptable() -> None:
    """Nothing, or 406 where the client takes no JSON."""
    if request.accept_mimetypes and not request.accept_mimetypes[JSON]:
        raise NotAcceptable


def read_query(kind: type[T]) -> T:
    """The query string as `kind`; raises `QueryRefused`."""
    given: dict[str, Any] = {}
    for name, values in request.args.lists():
        if len(values) > 1:
            raise QueryRefused("it is given more than once", where=f"?{name[:64]}")
        given[name] = values[0]
    try:
        return msgspec.convert(_numbers(given, kind), kind)
    except msgspec.ValidationError as error:
        raise QueryRefused(str(error), where="the query string") from error


def _numbers(given: dict[str, Any], kind: type[Asked]) -> dict[str, Any]:
    """The same with numbers where numbers are asked for; all else in an address is text, "null" and "true" as well."""
    whole = {field.encode_name for field in msgspec.structs.fields(kind) if _is_whole(field.type)}
    return {name: int(value) if name in whole and _WHOLE.fullmatch(value) else value for name, value in given.items()}


def _is_whole(kind: Any) -> bool:
    return getattr(kind, "__origin__", kind) is int


def refuse_query() -> None:
    """Nothing, or `QueryRefused` where an operation that takes no query is given one."""
    for name in request.args:
        raise QueryRefused("the operation takes nothing of this name", where=f"?{name[:64]}")


def read_body(kind: type[T]) -> T:
    """The body as `kind`; raises `QueryRefused`, or 415 where it says that it is no JSON."""
    if request.mimetype != JSON:
        raise UnsupportedMediaType
    try:
        return msgspec.convert(_whole(msgspec.json.decode(request.get_data())), kind)
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise QueryRefused(str(error), where="the body") from error


def _whole(value: Any) -> Any:
    """The same with whole numbers as such: to JSON Schema, 1.0 is one of them."""
    if isinstance(value, dict):
        return {key: _whole(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_whole(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
