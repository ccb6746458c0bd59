"""Tables of teachers and students."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.languages import Both
from x_pilot_api.core.tables.columns import CellKind, Column
from x_pilot_api.core.tables.kinds import CellFault, Closing, Ground, Kind
from x_pilot_api.registry.commands import removing, sheets, students
from x_pilot_api.registry.commands.students import Desk
from x_pilot_api.registry.importing import columns, taking
from x_pilot_api.registry.models import StudentStatus
from x_pilot_api.registry.rules.documents import DocumentKind
from x_pilot_api.registry.schemas.rows import StudentRow, TeacherRow

_REASON_LONGEST = 200

TEACHERS = Kind(
    name="teachers",
    title=Both("教师", "Teachers"),
    columns=(
        Column(
            "staff_number",
            "工号",
            CellKind.CODE,
            Both("院校内唯一；单元格须为文本。", "Unique in the institution; as text."),
            "T0001",
            also=("教工号", "职工号"),
            longest=columns.CODE_LONGEST,
        ),
        columns.name("姓名", "张三"),
        columns.COLLEGE_CODE,
        Column(
            "is_active",
            "是否在职",
            CellKind.YES_NO,
            Both("是或否；空白表示不变。", "Yes or no; blank keeps what there is."),
            "是",
            required=False,
            also=("在职",),
        ),
    ),
    table="teachers",
    identity=("staff_number",),
    staged=sheets.TEACHER.staged.name,
    row=TeacherRow.model_construct,
    decide=taking.decide_by(lambda: sheets.TEACHER),
    write=taking.write_by(lambda: sheets.TEACHER),
    scope_column="学院代码",
    lacking=Closing(
        key=("staff_number",),
        existing="SELECT id, staff_number FROM teachers WHERE institution_id = :institution_id AND is_active AND "
        "(CAST(:colleges AS uuid[]) IS NULL OR college_id = ANY(CAST(:colleges AS uuid[])))"
        " AND CAST(:programmes AS uuid[]) IS NOT NULL",
        values={"is_active": False},
    ),
)


def _desk(ground: Ground) -> Desk:
    return Desk(sealer=ground.sealer, today=ground.today)


async def _decide_students(
    session: AsyncSession, ground: Ground, rows: Sequence[Any], faults: Mapping[int, CellFault]
) -> None:
    await students.decide_students(
        session, bounds=taking.bounds_of(ground), rows=rows, desk=_desk(ground), faults=taking.faults_of(faults)
    )


async def _write_students(session: AsyncSession, ground: Ground) -> None:
    # Documents that are replaced stay until the import can no longer be undone.
    await students.write_students(session, bounds=taking.bounds_of(ground), desk=_desk(ground))


_OF_THE_ROWS = "SELECT {state} FROM import_rows WHERE institution_id = :institution_id AND import_id = :import_id"
_FORGET_UNUSED = (
    "DELETE FROM identity_documents AS document WHERE institution_id = :institution_id AND id IN ("
    + _OF_THE_ROWS.format(state="CAST({state} ->> 'identity_document_id' AS uuid)")
    + ") AND NOT {held}"
)


def _forget_unused(state: str) -> str:
    """Write how the documents of rows as they were, or as they became, are forgotten when nobody has them."""
    return _FORGET_UNUSED.format(state=state, held=removing.is_held("identity_documents", "document.id", but=()))


STUDENTS = Kind(
    name="students",
    title=Both("学生", "Students"),
    columns=(
        columns.STUDENT_NUMBER,
        columns.name("姓名", "李四"),
        Column(
            "document_kind",
            "证件类型",
            CellKind.CHOICE,
            Both("空白表示居民身份证。", "Blank means an identity card."),
            "居民身份证",
            required=False,
            choices={
                "居民身份证": DocumentKind.RESIDENT_IDENTITY_CARD.value,
                "身份证": DocumentKind.RESIDENT_IDENTITY_CARD.value,
                "护照": DocumentKind.PASSPORT.value,
                "港澳居民来往内地通行证": DocumentKind.HONG_KONG_MACAO_PERMIT.value,
                "台湾居民来往大陆通行证": DocumentKind.TAIWAN_PERMIT.value,
                "外国人永久居留身份证": DocumentKind.FOREIGN_RESIDENT_CARD.value,
            },
        ),
        Column(
            "document_number",
            "证件号码",
            CellKind.DOCUMENT_NUMBER,
            Both("单元格须为文本；加密保存，只显示部分。", "As text; kept sealed, shown masked."),
            "11010519491231002X",
            also=("身份证号", "身份证号码", "身份证件号"),
            longest=columns.CODE_LONGEST,
        ),
        columns.PROGRAMME_CODE,
        Column(
            "class_name",
            "班级",
            CellKind.LINE,
            Both("行政班名称。", "The class."),
            "会计2601",
            also=("班级名称",),
        ),
        Column(
            "entry_year",
            "入学年份",
            CellKind.INTEGER,
            Both("四位年份。", "A year of four digits."),
            "2026",
            also=("年级", "入学年"),
            least=1990,
            most=2100,
        ),
        Column(
            "status",
            "学籍状态",
            CellKind.CHOICE,
            Both("空白表示不变，新生为在读。", "Blank keeps what there is; the new are enrolled."),
            "在读",
            required=False,
            also=("状态",),
            choices={
                "在读": StudentStatus.ENROLLED.value,
                "休学": StudentStatus.SUSPENDED.value,
                "毕业": StudentStatus.GRADUATED.value,
                "离校": StudentStatus.LEFT.value,
                "退学": StudentStatus.LEFT.value,
            },
        ),
        Column(
            "effective_on",
            "生效日期",
            CellKind.DATE,
            Both("学籍变动生效的日期；空白表示今天。", "The day a change takes effect; blank means today."),
            "2026-09-01",
            required=False,
            also=("变动日期",),
        ),
        Column(
            "reason",
            "变动原因",
            CellKind.LINE,
            Both("变更学籍状态、专业或年级时必填。", "Needed when status, programme or entry year changes."),
            "转专业",
            required=False,
            also=("异动原因",),
            longest=_REASON_LONGEST,
        ),
    ),
    table="students",
    identity=("student_number",),
    staged="staged_students",
    row=StudentRow.model_construct,
    decide=_decide_students,
    write=_write_students,
    scope_column="专业代码",
    lacking=Closing(
        key=("student_number",),
        existing="SELECT student.id, student.student_number FROM students AS student JOIN programmes AS programme "
        "ON programme.institution_id = student.institution_id AND programme.id = student.programme_id "
        "WHERE student.institution_id = :institution_id AND student.status IN ('enrolled', 'suspended') "
        "AND (CAST(:colleges AS uuid[]) IS NULL OR programme.college_id = ANY(CAST(:colleges AS uuid[])) "
        "OR programme.id = ANY(CAST(:programmes AS uuid[])))",
        values={"status": StudentStatus.LEFT.value, "reason": "全量导入中没有该学生"},
    ),
    # A document that is new gets another id each time it is decided; it is the same by its hash.
    same="CASE WHEN document_hash IS NULL THEN after"
    " ELSE after || jsonb_build_object('identity_document_id', encode(document_hash, 'hex')) END",
    parts={"student_standings": "student_id"},
    before_undoing="DELETE FROM student_standings WHERE institution_id = :institution_id"
    " AND recorded_at BETWEEN :began_at AND :applied_at AND student_id IN ("
    + _OF_THE_ROWS.format(state="target_id")
    + ")",
    after_undoing=lambda: _forget_unused("after"),
    when_forgotten=lambda: _forget_unused("before"),
)
