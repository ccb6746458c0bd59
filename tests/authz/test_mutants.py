"""A visibility that forgets its bounds is found by the matrix: it has teeth."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import Select, select, text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.authz import matrix
from tests.authz.matrix import Desk
from x_pilot_api.awards.models import Award, AwardShare
from x_pilot_api.awards.queries import finding as awards
from x_pilot_api.awards.queries import shares
from x_pilot_api.certificates.models import CertificateReview, Feedback
from x_pilot_api.certificates.queries import feedback, reviews
from x_pilot_api.charges.models import Charge
from x_pilot_api.charges.queries import charges
from x_pilot_api.core import row_security
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.db import driver_url
from x_pilot_api.core.provision import Urls
from x_pilot_api.credits.models import Simulation
from x_pilot_api.credits.queries import simulations
from x_pilot_api.exam_days.models import ExamIncident, SittingPapers
from x_pilot_api.exam_days.queries import incidents, papers
from x_pilot_api.exam_days.queries import sittings as days
from x_pilot_api.exams.models import CorrectionCase, ExamPlan, ExamSitting, JointExam, JointGrade, ResultBatch
from x_pilot_api.exams.queries import corrections, joint, plans, results
from x_pilot_api.fees.models import FeeStandard
from x_pilot_api.fees.queries import standards as fees
from x_pilot_api.mappings.models import Mapping
from x_pilot_api.mappings.queries import mapping as rules
from x_pilot_api.models import metadata
from x_pilot_api.registry import queries as registry
from x_pilot_api.registry.models import Programme, Student
from x_pilot_api.registry.queries import register
from x_pilot_api.settlements.models import GuaranteeForecast, Reconciliation, Settlement, SettlementRow
from x_pilot_api.settlements.queries import forecasts, reconciliations
from x_pilot_api.settlements.queries import settlements as settling

TABLE = matrix.read(matrix.stated())


@dataclass(frozen=True)
class Mutant:
    """A function that selects what may be seen, one that selects everything in its place, and where that must show."""

    module: ModuleType
    function: str
    table: type[Any]
    operation: str
    shows_as: str
    selects: Callable[[], Select[*tuple[Any, ...]]] | None = None
    """What it selects of everybody, where that is more than a table."""


MUTANTS = (
    Mutant(
        registry, "visible_students", Student, "get_credit_account", "| other_institution | registrar: answered 200"
    ),
    Mutant(
        registry, "visible_students", Student, "list_credit_entries", "| sibling_college | coordinator: answered 200"
    ),
    Mutant(register, "visible_students", Student, "explain_certificate", "| fellow_student | student: answered 200"),
    Mutant(
        simulations,
        "visible_simulations",
        Simulation,
        "get_simulation",
        "| other_institution | registrar: answered 200",
    ),
    Mutant(simulations, "visible_simulations", Simulation, "list_simulations", "| own | registrar: the id"),
    Mutant(
        registry, "visible_students", Student, "open_credit_accounts", "| sibling_college | coordinator: answered 201"
    ),
    Mutant(
        registry, "visible_students", Student, "register_students", "| own_plan_sibling_student | coordinator: answered"
    ),
    Mutant(register, "visible_programmes", Programme, "get_programme", "| other_institution | teacher: answered 200"),
    Mutant(awards, "awards_visible_to", Award, "list_awards", "| own | student: a text of s1p0n1"),
    Mutant(awards, "awards_visible_to", Award, "list_awards", "| own | org_staff: a text of s2p0n1"),
    Mutant(awards, "awards_visible_to", Award, "suspend_award", "| other_organisation | org_staff: answered 200"),
    Mutant(awards, "awards_visible_to", Award, "confirm_reissue", "| other_organisation | org_staff: answered 200"),
    Mutant(shares, "shares_of", AwardShare, "recall_award_share", "| sibling_college | student: answered 200"),
    Mutant(
        corrections, "cases_visible_to", CorrectionCase, "get_correction", "| other_institution | registrar: answered"
    ),
    Mutant(plans, "plans_visible_to", ExamPlan, "get_exam_plan", "| other_organisation | org_staff: answered 200"),
    Mutant(plans, "plans_visible_to", ExamPlan, "push_result_batch", "| other_organisation | machine: answered 201"),
    Mutant(
        results, "batches_visible_to", ResultBatch, "get_result_batch", "| other_organisation | machine: answered 200"
    ),
    Mutant(
        joint, "joint_exams_visible_to", JointExam, "get_joint_exam", "| other_institution | registrar: answered 200"
    ),
    Mutant(joint, "joint_exams_visible_to", JointExam, "list_joint_exams", "| own | coordinator: a text of s2p0"),
    Mutant(
        joint,
        "joint_grades_visible_to",
        JointGrade,
        "get_joint_grade",
        "| other_institution | registrar: answered 200",
        joint.joint_grades,
    ),
    Mutant(
        joint,
        "joint_grades_visible_to",
        JointGrade,
        "list_joint_grades",
        "| own | coordinator: the id",
        joint.joint_grades,
    ),
    Mutant(
        joint,
        "joint_grades_visible_to",
        JointGrade,
        "settle_joint_grade",
        "| other_institution | registrar: answered 200",
        joint.joint_grades,
    ),
    Mutant(fees, "visible_standards", FeeStandard, "list_fee_standards", "| own | coordinator: a text of s2o1"),
    Mutant(
        reviews,
        "reviews_visible_to",
        CertificateReview,
        "get_certificate_review",
        "| sibling_college | expert: answered 200",
    ),
    Mutant(
        reviews, "reviews_visible_to", CertificateReview, "list_certificate_reviews", "| own | expert: a text of s1v1"
    ),
    Mutant(feedback, "feedback_visible_to", Feedback, "get_feedback", "| other_organisation | org_staff: answered 200"),
    Mutant(feedback, "feedback_visible_to", Feedback, "get_partner_feedback", "| own | test_machine: answered 200"),
    Mutant(days, "sittings_visible_to", ExamSitting, "get_seating", "| sibling_college | coordinator: answered 200"),
    Mutant(days, "sittings_visible_to", ExamSitting, "take_check_in_list", "| sibling_college | teacher: answered 201"),
    Mutant(papers, "papers_visible_to", SittingPapers, "get_papers", "| other_institution | registrar: answered 200"),
    Mutant(
        incidents,
        "incidents_visible_to",
        ExamIncident,
        "get_incident",
        "| other_organisation | org_staff: answered 200",
    ),
    Mutant(rules, "visible_mappings", Mapping, "get_mapping", "| other_institution | teacher: answered 200"),
    Mutant(charges, "charges_visible_to", Charge, "get_charge", "| sibling_college | student: answered 200"),
    Mutant(charges, "charges_visible_to", Charge, "list_charges", "| own | coordinator: the id"),
    Mutant(charges, "charges_visible_to", Charge, "record_voucher", "| sibling_college | coordinator: answered 201"),
    Mutant(charges, "charges_visible_to", Charge, "list_payments", "| other_institution | registrar: answered 200"),
    Mutant(
        settling,
        "settlements_visible_to",
        Settlement,
        "get_settlement",
        "| other_organisation | org_staff: answered 200",
    ),
    Mutant(settling, "settlements_visible_to", Settlement, "list_settlements", "| own | coordinator: a text of s2o1"),
    Mutant(
        settling,
        "settlements_visible_to",
        Settlement,
        "agree_settlement",
        "| other_institution | registrar: answered 403",
    ),
    Mutant(
        reconciliations,
        "reconciliations_visible_to",
        Reconciliation,
        "get_reconciliation",
        "| other_organisation | org_staff: answered 200",
    ),
    Mutant(
        forecasts,
        "_visible",
        GuaranteeForecast,
        "get_guarantee_forecast",
        "| other_institution | registrar: answered 200",
    ),
)


@pytest.fixture
async def without_the_net(ground_urls: Urls) -> AsyncIterator[None]:
    """Take row-level security away, which would hide what the areas' own bounds let through."""
    engine = create_async_engine(driver_url(ground_urls.owner))
    async with engine.begin() as owner:
        await owner.execute(text(row_security.LIFT))
    yield
    async with engine.begin() as owner:
        for statement in row_security.laid(row_security.secured(metadata)):
            await owner.execute(text(statement))
    await engine.dispose()


@pytest.mark.usefixtures("without_the_net")
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: f"{mutant.function}-{mutant.operation}")
async def test_a_visibility_without_its_bounds_is_found(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, mutant: Mutant
) -> None:
    def everything(_actor: Actor) -> Select[Any]:
        return mutant.selects() if mutant.selects else select(mutant.table)

    monkeypatch.setattr(mutant.module, mutant.function, everything)
    relation = mutant.shows_as.split()[1]
    wrong = await desk.wrong_cells(mutant.operation, {relation: TABLE.relations(mutant.operation)[relation]})
    assert any(mutant.shows_as in saying for saying in wrong), "\n".join(["the matrix saw nothing:", *wrong])


@dataclass(frozen=True)
class Forgotten:
    """A function that bounds rows by the actor's colleges, one that does not, and where that must show."""

    module: ModuleType
    function: str
    instead: Callable[..., object]
    operation: str
    shows_as: str


def every_row(_actor: Actor, settlement: Settlement) -> Select[SettlementRow]:
    return select(SettlementRow).where(SettlementRow.settlement_id == settlement.id)


def no_bounds(_actor: Actor) -> None:
    return None


FORGOTTEN = (
    Forgotten(settling, "rows_visible_to", every_row, "list_settlement_rows", "| own | coordinator: a text of s1p1n1"),
    Forgotten(forecasts, "_own", no_bounds, "list_guarantee_forecast_rows", "| own | coordinator: the id"),
)


@pytest.mark.parametrize("mutant", FORGOTTEN, ids=lambda mutant: f"{mutant.function}-{mutant.operation}")
async def test_rows_of_other_colleges_that_are_not_held_back_are_found(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, mutant: Forgotten
) -> None:
    rows = {"own": TABLE.relations(mutant.operation)["own"]}
    assert await desk.wrong_cells(mutant.operation, rows) == []
    monkeypatch.setattr(mutant.module, mutant.function, mutant.instead)
    wrong = await desk.wrong_cells(mutant.operation, rows)
    assert any(mutant.shows_as in saying for saying in wrong), "\n".join(["the matrix saw nothing:", *wrong])


def may_everything(_actor: Actor, _permission: str) -> bool:
    return True


async def test_a_permission_that_is_not_asked_for_is_found(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    row = TABLE.relations("approve_mapping")["own"]
    assert await desk.wrong_cells("approve_mapping", {"own": row}) == []
    monkeypatch.setattr(Actor, "may", may_everything)
    wrong = await desk.wrong_cells("approve_mapping", {"own": row})
    assert any("| coordinator: answered 200" in saying for saying in wrong), wrong
