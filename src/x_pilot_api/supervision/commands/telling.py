"""Telling those concerned what is theirs to do or know, and putting deeds on assessments on record."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, changes
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.languages import Both
from x_pilot_api.inbox import commands as inbox
from x_pilot_api.inbox import rules as messages
from x_pilot_api.inbox.rules import MessageKind
from x_pilot_api.supervision.models import AssessmentYear, CollegeAssessment, SupervisionFinding
from x_pilot_api.supervision.rules.assessing import ASSESSMENT_KIND, YEAR_KIND
from x_pilot_api.supervision.rules.findings import FINDING_KIND

_EXAMPLE = {"year": "2026", "college": "会计学院"}
_FINDING = {"title": "考前培训记录不全", "due_on": "2026-12-05"}

OPENED = MessageKind(
    "college_assessment.opened",
    Both("年度考核开启", "A yearly assessment is opened"),
    Both("{year} 年度考核待自评", "The assessment of {year} waits for your college"),
    Both(
        "“{college}”的 {year} 年度考核已开启，请填写并提交自评。",
        "The assessment of {college} for {year} is open; assess yourselves and submit it.",
    ),
    _EXAMPLE,
)
SUBMITTED = MessageKind(
    "college_assessment.submitted",
    Both("学院已提交自评", "A college has assessed itself"),
    Both("有自评待审核", "A self-assessment waits for review"),
    Both("“{college}”已提交 {year} 年度自评，请审核。", "{college} has assessed itself for {year}; please review it."),
    _EXAMPLE,
)
RETURNED = MessageKind(
    "college_assessment.returned",
    Both("自评被退回", "A self-assessment was sent back"),
    Both("您学院的自评被退回", "Your college's self-assessment was sent back"),
    Both(
        "“{college}”的 {year} 年度自评被退回，请按意见修改后重新提交。",
        "The self-assessment of {college} for {year} was sent back; read the comment and submit it again.",
    ),
    _EXAMPLE,
)
REVIEWED = MessageKind(
    "college_assessment.reviewed",
    Both("年度考核已审核", "An assessment was reviewed"),
    Both("您学院的年度考核已审核", "Your college's assessment was reviewed"),
    Both("“{college}”的 {year} 年度考核已审核。", "The assessment of {college} for {year} was reviewed."),
    _EXAMPLE,
)
RANKED = MessageKind(
    "assessment_year.ranked",
    Both("年度考核排名发布", "A ranking is published"),
    Both("{year} 年度考核排名已发布", "The ranking of {year} is published"),
    Both("{year} 年度各学院考核排名已发布。", "The ranking of the colleges for {year} is published."),
    {"year": "2026"},
)
FINDING_RAISED = MessageKind(
    "supervision_finding.raised",
    Both("监督发现待整改", "Supervision found something"),
    Both("有监督发现待制定整改措施", "Something was found at your college"),
    Both("“{title}”：请制定整改措施、责任人和期限。", "“{title}”: plan a measure, its owner and its day."),
    {"title": _FINDING["title"]},
)
MEASURE_GIVEN = MessageKind(
    "supervision_finding.planned",
    Both("整改交我办理", "A measure is mine to carry out"),
    Both("有整改交您办理", "A measure is yours to carry out"),
    Both("“{title}”的整改交您办理，期限 {due_on}。", "The measure on “{title}” is yours, until {due_on}."),
    _FINDING,
)
MEASURE_DONE = MessageKind(
    "supervision_finding.done",
    Both("整改待核查", "A measure waits to be checked"),
    Both("整改已完成，待核查", "A measure is done and waits to be checked"),
    Both("“{title}”已整改，请核查。", "“{title}” is put right; please check it."),
    {"title": _FINDING["title"]},
)
MEASURE_RETURNED = MessageKind(
    "supervision_finding.returned",
    Both("整改被退回", "A measure was sent back"),
    Both("您的整改被退回", "Your measure was sent back"),
    Both("“{title}”的整改未通过核查，请于 {due_on} 前重新整改。", "“{title}” is not put right yet; due {due_on}."),
    _FINDING,
)
DUE_TOMORROW = MessageKind(
    "supervision_finding.due_tomorrow",
    Both("整改明日到期", "A measure is due tomorrow"),
    Both("整改明日到期", "A measure is due tomorrow"),
    Both("“{title}”的整改期限是 {due_on}，即明天。", "The measure on “{title}” is due on {due_on}, tomorrow."),
    _FINDING,
)
OVERDUE = MessageKind(
    "supervision_finding.overdue",
    Both("整改已逾期", "A measure is overdue"),
    Both("整改已逾期", "A measure is overdue"),
    Both("“{title}”的整改期限 {due_on} 已过。", "The measure on “{title}” was due on {due_on}."),
    _FINDING,
)
messages.know(
    *(OPENED, SUBMITTED, RETURNED, REVIEWED, RANKED),
    *(FINDING_RAISED, MEASURE_GIVEN, MEASURE_DONE, MEASURE_RETURNED, DUE_TOMORROW, OVERDUE),
)

_OF_ASSESSMENTS = """
SELECT DISTINCT reader.person_id, assessment.id AS object_id, CAST(NULL AS timestamptz) AS shown_from,
    jsonb_build_object('college', college.name, 'year', year.year::text) AS figures
FROM college_assessments AS assessment
JOIN assessment_years AS year ON year.institution_id = assessment.institution_id AND year.id = assessment.year_id
JOIN colleges AS college ON college.institution_id = assessment.institution_id AND college.id = assessment.college_id
JOIN memberships AS reader ON reader.institution_id = assessment.institution_id AND reader.role = '{role}'
    AND {reach}
JOIN people AS person ON person.id = reader.person_id AND person.disabled_at IS NULL
WHERE assessment.institution_id = :institution_id AND assessment.id = ANY(CAST(:assessment_ids AS uuid[]))
"""

_COORDINATORS = """
SELECT DISTINCT reader.person_id, CAST(:object_id AS uuid) AS object_id, CAST(NULL AS timestamptz) AS shown_from,
    jsonb_build_object('{name}', CAST(:said AS text)) AS figures
FROM memberships AS reader
JOIN people AS person ON person.id = reader.person_id AND person.disabled_at IS NULL
WHERE reader.institution_id = :institution_id AND reader.role = 'coordinator' AND reader.person_id <> :actor_id
    AND (CAST(:college_id AS uuid) IS NULL OR reader.college_id = CAST(:college_id AS uuid))
"""


async def tell_colleges(
    session: AsyncSession, kind: MessageKind, *, institution_id: UUID, assessment_ids: Sequence[UUID]
) -> int:
    """Tell the coordinators of the assessments' colleges, and count whom."""
    wishes = _OF_ASSESSMENTS.format(role="coordinator", reach="reader.college_id = assessment.college_id")
    return await inbox.send(
        session,
        kind,
        institution_id=institution_id,
        object_kind=ASSESSMENT_KIND,
        wishes=wishes,
        values={"assessment_ids": list(assessment_ids)},
    )


async def tell_office(session: AsyncSession, assessment: CollegeAssessment) -> int:
    """Tell the office that a college has assessed itself."""
    return await inbox.send(
        session,
        SUBMITTED,
        institution_id=assessment.institution_id,
        object_kind=ASSESSMENT_KIND,
        wishes=_OF_ASSESSMENTS.format(role="registrar", reach="true"),
        values={"assessment_ids": [assessment.id]},
    )


async def tell_of_ranking(session: AsyncSession, year: AssessmentYear) -> int:
    """Tell all coordinators that a year's ranking is published, but for whoever published it."""
    return await inbox.send(
        session,
        RANKED,
        institution_id=year.institution_id,
        object_kind=YEAR_KIND,
        wishes=_COORDINATORS.format(name="year"),
        values={"object_id": year.id, "said": str(year.year), "actor_id": year.ranked_by, "college_id": None},
    )


async def tell_of_finding(session: AsyncSession, finding: SupervisionFinding) -> int:
    """Tell the coordinators of a college what was found there, but for who raised it."""
    return await inbox.send(
        session,
        FINDING_RAISED,
        institution_id=finding.institution_id,
        object_kind=FINDING_KIND,
        wishes=_COORDINATORS.format(name="title"),
        values={
            "object_id": finding.id,
            "said": finding.title,
            "actor_id": finding.raised_by,
            "college_id": finding.college_id,
        },
    )


async def tell_person(session: AsyncSession, kind: MessageKind, finding: SupervisionFinding, person_id: UUID) -> int:
    """Tell one person what became of a finding."""
    return await inbox.send_to(
        session,
        kind,
        institution_id=finding.institution_id,
        object_kind=FINDING_KIND,
        object_id=finding.id,
        person_ids=[person_id],
        figures={"title": finding.title, "due_on": str(finding.due_on)},
    )


def standing(assessment: CollegeAssessment) -> audit.State:
    """Take down what of an assessment may change."""
    return changes.fields_of(assessment, "state", "submissions")


async def record(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    assessment: CollegeAssessment,
    *,
    before: audit.State,
    **detail: object,
) -> None:
    """Write down a deed on an assessment."""
    await audit.record(
        session,
        actor,
        deed,
        institution_id=assessment.institution_id,
        object_kind=ASSESSMENT_KIND,
        object_id=assessment.id,
        detail={"college_id": str(assessment.college_id), "submission": assessment.submissions, **detail},
        before=before,
        after=standing(assessment),
    )
