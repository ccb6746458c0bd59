"""Every code in an answer stands in a registry, so that its page tells what it means."""

from collections.abc import Iterator
from typing import get_args

import httpx
from pydantic_core.core_schema import ErrorType

from x_pilot_api.core.errors import ITEM_CODES, REGISTRY

OF_SCHEMAS = frozenset(get_args(ErrorType))
"""What pydantic calls a place that does not follow its schema; the page of `body_invalid` stands for them."""


def unknown(answer: httpx.Response) -> Iterator[str]:
    """Name the codes of a refusal that nobody could look up."""
    if answer.headers.get("content-type") != "application/problem+json":
        # The public's pages say to people what is wrong, by a page; `/v` alone has such.
        is_page = answer.request.url.path.startswith("/v/") and answer.headers["content-type"].startswith("text/html")
        if answer.is_error and not is_page:
            yield f"a refusal as {answer.headers.get('content-type')}"
        return
    body = answer.json()
    if body["code"] not in REGISTRY:
        yield f"the code {body['code']} stands in no registry"
    if body["type"] != f"/problems/{body['code']}":
        yield f"the type {body['type']} is not the page of {body['code']}"
    for fault in body["errors"]:
        if fault["code"] not in ITEM_CODES.keys() | OF_SCHEMAS:
            yield f"the code {fault['code']} of an item stands in no registry"
