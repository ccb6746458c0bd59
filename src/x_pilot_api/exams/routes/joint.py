"""Joint exams: one sitting for a certificate's score and a course's grade."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from x_pilot_api.core import etags, pagination
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.core.auth import CurrentActor, require
from x_pilot_api.core.db import Session
from x_pilot_api.core.etags import IfMatch, IfNoneMatch
from x_pilot_api.core.pagination import Page, PageOut
from x_pilot_api.exams import commands, queries
from x_pilot_api.exams.models import JointExam, JointExamState
from x_pilot_api.exams.queries import JointFilter
from x_pilot_api.exams.schemas import JointExamIn, JointExamOut, JointExamTerms, JointGradeOut, JointSettlementIn
from x_pilot_api.identity.permissions import Permission

router = AreaRouter(tags=["exams"])

_ONE = "/joint-exams/{joint_exam_id}"


@router.get("/joint-exams", dependencies=[require(Permission.JOINT_EXAMS_READ)])
async def list_joint_exams(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    exam_plan_id: Annotated[UUID | None, Query()] = None,
    course_id: Annotated[UUID | None, Query()] = None,
    state: Annotated[JointExamState | None, Query()] = None,
) -> PageOut[JointExamOut]:
    """List the joint exams of the courses the caller may see, by plan or by course."""
    items, token = await queries.list_joint_exams(
        session, actor, exam_plan_id=exam_plan_id, course_id=course_id, state=state, wish=page
    )
    pagination.link_next(request, response, token)
    return PageOut[JointExamOut](items=items, next_page_token=token)


@router.post("/joint-exams", status_code=201, dependencies=[require(Permission.JOINT_EXAMS_WRITE)])
async def draft_joint_exam(
    body: JointExamIn, response: Response, session: Session, actor: CurrentActor
) -> JointExamOut:
    """Draft that a level of a plan is the exam of a course of one's own as well.

    409 `joint_exam_taken` when the course's programme has one at that level.
    """
    exam = await commands.draft_joint_exam(session, actor, wish=body)
    response.headers["Location"] = f"/v1/joint-exams/{exam.id}"
    return await _answer(session, actor, exam)


@router.get(
    _ONE,
    response_model=JointExamOut,
    responses={**etags.NOT_MODIFIED},
    dependencies=[require(Permission.JOINT_EXAMS_READ)],
)
async def get_joint_exam(
    joint_exam_id: UUID, session: Session, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """Read one joint exam with its table."""
    exam = await queries.get_joint_exam(session, actor, joint_exam_id)
    return etags.answer(await _answer(session, actor, exam), if_none_match=if_none_match)


@router.put(_ONE, responses={**etags.GUARDED}, dependencies=[require(Permission.JOINT_EXAMS_WRITE)])
async def change_joint_exam(
    joint_exam_id: UUID, body: JointExamTerms, session: Session, actor: CurrentActor, if_match: IfMatch = None
) -> JointExamOut:
    """Write a draft anew; `If-Match` names the copy the change is made to, and what is laid down is not changed."""
    exam = await queries.get_joint_exam(session, actor, joint_exam_id, lock=True)
    etags.check(await _answer(session, actor, exam), if_match=if_match)
    await commands.change_joint_exam(session, actor, exam=exam, wish=body)
    return await _answer(session, actor, exam)


@router.post(f"{_ONE}:lay_down", responses={**etags.GUARDED}, dependencies=[require(Permission.JOINT_EXAMS_ENACT)])
async def lay_down_joint_exam(
    joint_exam_id: UUID, session: Session, actor: CurrentActor, if_match: IfMatch = None
) -> JointExamOut:
    """Lay the draft down that `If-Match` names: results that come from now on enter grades by its table.

    409 `joint_exam_without_table` when the table does not begin at 0, `joint_exam_after_results` when results came.
    """
    exam = await queries.get_joint_exam(session, actor, joint_exam_id, lock=True)
    etags.check(await _answer(session, actor, exam), if_match=if_match)
    await commands.lay_down_joint_exam(session, actor, exam=exam)
    return await _answer(session, actor, exam)


@router.post(f"{_ONE}:withdraw", dependencies=[require(Permission.JOINT_EXAMS_ENACT)])
async def withdraw_joint_exam(joint_exam_id: UUID, session: Session, actor: CurrentActor) -> JointExamOut:
    """Take a joint exam back; 409 `joint_exam_after_results` once results came under it."""
    exam = await queries.get_joint_exam(session, actor, joint_exam_id, lock=True)
    await commands.withdraw_joint_exam(session, actor, exam=exam)
    return await _answer(session, actor, exam)


@router.get("/joint-grades", dependencies=[require(Permission.JOINT_GRADES_READ)])
async def list_joint_grades(
    request: Request,
    response: Response,
    session: Session,
    actor: CurrentActor,
    page: Page,
    joint_exam_id: Annotated[UUID | None, Query()] = None,
    result_id: Annotated[UUID | None, Query(description="Any revision of the result")] = None,
    grade_id: Annotated[UUID | None, Query(description="Any revision of the grade")] = None,
    registration_id: Annotated[UUID | None, Query()] = None,
    student_id: Annotated[UUID | None, Query()] = None,
    is_flagged: Annotated[bool | None, Query(description="Result or grade was changed and the other was not")] = None,
) -> PageOut[JointGradeOut]:
    """List which result each grade of a joint exam answers to; found from either end."""
    asked = JointFilter(joint_exam_id, result_id, grade_id, registration_id, student_id, is_flagged)
    items, token = await queries.list_joint_grades(session, actor, asked=asked, wish=page)
    pagination.link_next(request, response, token)
    return PageOut[JointGradeOut](items=items, next_page_token=token)


@router.get("/joint-grades/{joint_grade_id}", dependencies=[require(Permission.JOINT_GRADES_READ)])
async def get_joint_grade(joint_grade_id: UUID, session: Session, actor: CurrentActor) -> JointGradeOut:
    """Read one."""
    return await queries.get_joint_grade(session, actor, joint_grade_id)


@router.post("/joint-grades/{joint_grade_id}:settle", dependencies=[require(Permission.JOINT_GRADES_SETTLE)])
async def settle_joint_grade(
    joint_grade_id: UUID, body: JointSettlementIn, session: Session, actor: CurrentActor
) -> JointGradeOut:
    """Settle a flagged one: `keep` what somebody changed, or `follow` the table with one more revision of the grade.

    409 `joint_grade_in_step` when there is nothing to settle.
    """
    return await commands.settle_joint_grade(session, actor, joint_grade_id=joint_grade_id, wish=body)


async def _answer(session: Session, actor: Actor, exam: JointExam) -> JointExamOut:
    (described,) = await queries.describe_joint_exams(session, actor, [exam])
    return described
