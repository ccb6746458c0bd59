"""Every route, asked by every role for its own and for everybody else's."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

import pytest

from tests.authz import calls, matrix
from tests.authz.matrix import ANONYMOUS, MACHINES, Desk, Table
from x_pilot_api.app import create_app
from x_pilot_api.core.auth import require
from x_pilot_api.identity.models import Role
from x_pilot_api.identity.permissions import PERMISSIONS, SCOPES, Permission
from x_pilot_api.permission_table import Entry, entries

TABLE = matrix.read(matrix.stated())
ENTRIES = {entry.operation: entry for entry in entries(create_app())}
ASKED_APART = frozenset({Role.FINANCE})
"""Who has no column here: `test_finance` asks every operation as them, by the table of permissions."""
IN_COLUMNS = set(Role) - ASKED_APART
ROLES = {"platform_auditor": Role.AUDITOR, "sibling_coordinator": Role.COORDINATOR} | {
    str(role): role for role in Role if role in IN_COLUMNS
}

ONE_OWNERS = frozenset(
    {
        "resolve_pilot_problem", "confirm_pilot_problem", "reopen_pilot_problem",
        "finish_follow_up", "check_follow_up", "reopen_follow_up",
        "finish_supervision_finding", "close_supervision_finding", "return_supervision_finding",
    }
)  # fmt: skip
"""What many see and one does: its owner, whoever raised it, or anybody but its owner (ADR 57, ADR 61)."""

SEEN_BUT_NO_PARTY = ONE_OWNERS | {"agree_mapping", "agree_fee_standard", "refuse_fee_standard", "withdraw_fee_standard"}
"""Two parties agree to a rule or a fee that many may see; whoever sees it without being one is told so by 403."""

ONE_PERSONS = ONE_OWNERS | {"end_session", "get_job", "follow_job", "get_import_error_file", "get_papers_file"}
"""What is one person's and not their role's: a session, an organisation's job, the rows somebody sent in a file."""


SIGNED = frozenset({"take_payment_callback"})
"""Known by the signature of what they send, which nobody here can make."""
NOT_ON_THE_GROUND = {
    "refuse_conversions": "the one there is waits for the college",
    "register_file": "it takes a file, which tests of registrations send",
    "issue_fee_ceilings": "it takes a file, which tests of fees send",
    "load_cost_lines": "it takes a file, which tests of fees send",
    "agree_fee_standard": "the organisation proposed the one there is",
    "refuse_fee_standard": "the organisation proposed the one there is",
    "withdraw_fee_standard": "the organisation proposed the one there is",
    "reconcile_settlement": "it takes a file, which tests of settlements send",
    "enrol_social_participant_file": "it takes a file, which tests of classes send",
    "record_voucher_file": "it takes a file, which tests of charges send",
    "draft_college_scheme": "a version is being drawn up, and another one waits for it",
    "send_feed_records": "no folder is set for files, so none is made",
    "lock_registrations": "the plan still takes registrations",
    "take_offer": "the seat is offered to another student",
    "decline_offer": "the seat is offered to another student",
    "take_own_offer": "the seat is offered to another student",
    "decline_own_offer": "the seat is offered to another student",
    "get_policy_draft": "a draft is shown to who writes the library and who audits, and to nobody else",
    "get_correction": "a student sees a case once it is carried out",
}
"""What some roles cannot reach as things lie, and why; that they can is shown by the tests of the area."""


def none_of(wrong: list[str]) -> None:
    """Show every wrong cell at once, one a line."""
    assert not wrong, "\n".join([f"{len(wrong)} wrong:", *wrong])


def unmatched(operations: AbstractSet[str], table: Table) -> list[str]:
    """List the operations without a row or a call, and the rows and calls without an operation."""
    return [
        *(f"{name}: no row in {matrix.FOLDER.name}/" for name in sorted(operations - table.operations())),
        *(f"{name}: a row, but no route" for name in sorted(table.operations() - operations)),
        *(f"{name}: nothing in calls.CALLS" for name in sorted(operations - calls.CALLS.keys())),
        *(f"{name}: a call, but no route" for name in sorted(calls.CALLS.keys() - operations)),
    ]


def test_every_operation_has_an_entry_and_every_entry_an_operation() -> None:
    none_of(unmatched(ENTRIES.keys(), TABLE))


def test_a_new_route_without_an_entry_is_named() -> None:
    app = create_app()

    @app.get("/v1/secrets", dependencies=[require(Permission.ME_READ)])
    async def list_secrets() -> None:
        """List them."""

    assert list_secrets
    found = unmatched({entry.operation for entry in entries(app)}, TABLE)
    assert found == ["list_secrets: no row in expected/", "list_secrets: nothing in calls.CALLS"]


def test_every_relation_of_every_operation_is_expected_or_excused() -> None:
    stated = TABLE.rows.keys() | TABLE.excused.keys()
    none_of(
        [
            f"{operation} | {relation}: neither expected nor excused"
            for operation in sorted(ENTRIES)
            for relation in matrix.RELATIONS
            if (operation, relation) not in stated
        ]
    )
    none_of([f"{cell}: excused without a reason" for cell, reason in TABLE.excused.items() if not reason])


def test_every_role_a_machine_client_and_a_stranger_ask() -> None:
    assert {ROLES[caller] for caller in TABLE.callers if caller in ROLES} == IN_COLUMNS
    assert set(TABLE.callers) == ROLES.keys() | MACHINES | {ANONYMOUS}


def test_the_expected_answers_follow_from_the_permissions() -> None:
    none_of(list(_contradictions()))


def _contradictions() -> Iterator[str]:
    for operation, relation, caller, status in TABLE.cells():
        place, entry = f"{operation} | {relation} | {caller}", ENTRIES[operation]
        if operation in SIGNED:
            if status != 401:
                yield f"{place}: {status}, though nothing was signed"
        elif (status == 401) != (caller == ANONYMOUS and entry.permission is not None):
            yield f"{place}: {status} is for strangers alone, and only where a permission is needed"
        elif caller != ANONYMOUS and not _may(caller, entry) and status != 403:
            yield f"{place}: {status}, though the role lacks {entry.permission}"
        elif _may(caller, entry) and status == 403 and operation not in SEEN_BUT_NO_PARTY:
            yield f"{place}: 403, though the role holds {entry.permission}"


def _may(caller: str, entry: Entry) -> bool:
    if entry.permission is None:
        return True
    if caller == ANONYMOUS:
        return False
    held = SCOPES | {Permission.ME_READ} if caller in MACHINES else PERMISSIONS[ROLES[caller]]
    return entry.permission in held


def test_what_a_role_may_do_somebody_of_it_can_do_to_their_own() -> None:
    reached = {
        (operation, ROLES[caller])
        for operation, _, caller, status in TABLE.cells()
        if status in {200, 201, 202, 204} and caller in ROLES
    }
    none_of(
        [
            f"{operation}: {role} holds {entry.permission} and reaches nothing by it"
            for operation, entry in ENTRIES.items()
            for role in IN_COLUMNS
            if entry.permission in PERMISSIONS[role]
            and (operation, role) not in reached
            and operation not in ONE_PERSONS
            and operation not in NOT_ON_THE_GROUND
        ]
    )


@pytest.mark.parametrize("operation", sorted(calls.CALLS))
async def test_every_caller_gets_the_expected_answer_and_nothing_foreign(desk: Desk, operation: str) -> None:
    none_of(await desk.wrong_cells(operation, TABLE.relations(operation)))


def test_a_table_that_says_a_thing_twice_or_leaves_a_caller_out_is_refused() -> None:
    head = "operation relation registrar student\n"
    table = matrix.read(f"{head}look own 200 403\nlook other n/a: it has no owner\n")
    assert table.rows == {("look", "own"): {"registrar": 200, "student": 403}}
    assert table.excused == {("look", "other"): "it has no owner"}
    with pytest.raises(ValueError, match="twice"):
        matrix.read(f"{head}look own 200 403\nlook own 200 403\n")
    with pytest.raises(ValueError, match="zip"):
        matrix.read(f"{head}look own 200\n")
