"""The committed API documents are what the code says."""

import json
from pathlib import Path
from typing import Any

import pytest

from x_pilot_api import openapi

FOLDER = Path(__file__).parents[1] / "openapi"


def operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for item in document["paths"].values() for operation in item.values()]


def test_the_whole_document_is_current() -> None:
    committed = (FOLDER / "openapi.json").read_text(encoding="utf-8")
    assert committed == openapi.written(openapi.whole()), "run `make openapi` and commit what it writes"


def test_the_partners_document_is_current() -> None:
    committed = (FOLDER / "partners.json").read_text(encoding="utf-8")
    assert committed == openapi.written(openapi.for_partners()), "run `make openapi` and commit what it writes"


def test_every_operation_is_named_once_and_says_what_it_does() -> None:
    found = operations(openapi.whole())
    names = [operation["operationId"] for operation in found]
    assert len(set(names)) == len(names)
    assert all(operation.get("description") for operation in found)


def test_the_partners_document_holds_no_operation_of_the_office() -> None:
    paths = openapi.for_partners()["paths"]
    assert "/v1/partner/result-batches" in paths
    assert not any(path.startswith(("/v1/mappings", "/v1/fee", "/v1/ledger", "/v1/students")) for path in paths)


@pytest.mark.parametrize("document", [openapi.whole(), openapi.for_partners()], ids=["whole", "partners"])
def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    text = json.dumps(document)
    names = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert names <= set(schemas)


def test_no_schema_is_named_by_the_file_it_stands_in() -> None:
    # Two models of one name are told apart by their modules, and clients would then follow our files.
    assert not [name for name in openapi.whole()["components"]["schemas"] if "__" in name]


def test_money_scores_and_credits_are_never_json_floats() -> None:
    kinds = {kind for kind in _types(openapi.whole()) if kind == "number"}
    assert not kinds


def _types(part: Any) -> list[str]:  # noqa: ANN401 - any part of a JSON document
    if isinstance(part, dict):
        here: list[str] = [part["type"]] if isinstance(part.get("type"), str) else []  # pyright: ignore[reportUnknownMemberType]
        return here + [kind for value in part.values() for kind in _types(value)]  # pyright: ignore[reportUnknownVariableType]
    if isinstance(part, list):
        return [kind for value in part for kind in _types(value)]  # pyright: ignore[reportUnknownVariableType]
    return []
