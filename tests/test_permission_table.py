"""The page of permissions says what the code decides by."""

from pathlib import Path

import pytest
from fastapi import FastAPI

from x_pilot_api import permission_table
from x_pilot_api.app import create_app
from x_pilot_api.identity.permissions import PERMISSIONS, Permission
from x_pilot_api.permission_table import Entry

PAGE = Path(__file__).resolve().parents[1] / "docs" / "permissions.md"


def test_the_page_is_what_the_roles_and_routes_say() -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert written == permission_table.page(), "run `x-pilot permissions docs/permissions.md`"


def test_a_file_gets_the_page(tmp_path: Path) -> None:
    permission_table.write(tmp_path / "page.md")
    assert (tmp_path / "page.md").read_text(encoding="utf-8") == permission_table.page()


def test_every_operation_is_listed_with_what_it_needs() -> None:
    found = permission_table.entries(create_app())
    document = create_app().openapi()
    listed = {(entry.path, entry.method.lower(), entry.operation) for entry in found}
    documented = {
        (path, method, operation["operationId"])
        for path, item in document["paths"].items()
        for method, operation in item.items()
    }
    assert documented <= listed
    # What takes another kind of body at an address that is documented is listed beside it.
    assert {it[:2] for it in listed - documented} <= {it[:2] for it in documented}
    assert Entry("GET", "/v1/awards", "list_awards", "awards:read") in found
    assert Entry("GET", "/v1/verify/{code}", "verify_award", None) in found


def test_a_route_that_names_no_permission_gets_no_page() -> None:
    app = FastAPI()

    @app.get("/open")
    def look() -> None:
        """Do nothing."""

    assert look() is None
    with pytest.raises(ValueError, match="names its permission"):
        permission_table.entries(app)


def test_who_holds_a_permission_is_read_from_the_table() -> None:
    assert permission_table.holders(Permission.MAPPINGS_APPROVE) == ["registrar"]
    assert permission_table.holders(Permission.RESULTS_WRITE) == ["machine client"]
    assert permission_table.holders(Permission.ME_READ) == [*PERMISSIONS, "machine client"]
