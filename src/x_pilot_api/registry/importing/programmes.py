"""Tables of colleges, programmes and courses."""

from x_pilot_api.core.languages import Both
from x_pilot_api.core.tables.columns import CellKind, Column
from x_pilot_api.core.tables.kinds import Kind
from x_pilot_api.registry.commands import sheets
from x_pilot_api.registry.importing import columns, taking
from x_pilot_api.registry.schemas.rows import CollegeRow, CourseRow, ProgrammeRow

COLLEGES = Kind(
    name="colleges",
    title=Both("二级学院", "Colleges"),
    columns=(
        Column(
            "code",
            "学院代码",
            CellKind.CODE,
            Both("院校内唯一。", "Unique in the institution."),
            "C01",
            also=("二级学院代码",),
            longest=columns.CODE_LONGEST,
        ),
        columns.name("学院名称", "会计学院"),
    ),
    table="colleges",
    identity=("code",),
    staged=sheets.COLLEGE.staged.name,
    row=CollegeRow.model_construct,
    decide=taking.decide_by(lambda: sheets.COLLEGE),
    write=taking.write_by(lambda: sheets.COLLEGE),
    scope_column="学院代码",
    lacking=taking.remove_by(lambda: sheets.COLLEGE),
    office_only=True,
)

PROGRAMMES = Kind(
    name="programmes",
    title=Both("专业", "Programmes"),
    columns=(
        Column(
            "code",
            "专业代码",
            CellKind.CODE,
            Both("国家专业代码：6 位数字，可加 T 或 K；单元格须为文本。", "The national code: six digits, T or K."),
            "530302",
            also=("专业编码",),
            pattern=r"[0-9]{6}[TK]?",
            digits=6,
            longest=columns.CODE_LONGEST,
        ),
        columns.name("专业名称", "大数据与会计"),
        columns.COLLEGE_CODE,
        Column(
            "is_pilot",
            "是否试点专业",
            CellKind.YES_NO,
            Both("是或否；空白表示不变。", "Yes or no; blank keeps what there is."),
            "是",
            required=False,
            also=("试点专业",),
        ),
        Column(
            "is_showcase",
            "是否典型专业",
            CellKind.YES_NO,
            Both("是或否；典型专业须为试点专业。", "Yes or no; a showcase programme is in the pilot."),
            "否",
            required=False,
            also=("典型专业",),
        ),
    ),
    table="programmes",
    identity=("code",),
    staged=sheets.PROGRAMME.staged.name,
    row=ProgrammeRow.model_construct,
    decide=taking.decide_by(lambda: sheets.PROGRAMME),
    write=taking.write_by(lambda: sheets.PROGRAMME),
    scope_column="学院代码",
    lacking=taking.remove_by(lambda: sheets.PROGRAMME),
    office_only=True,
)

_OF_WHOM_IT_ACTS_FOR = (
    "(CAST(:colleges AS uuid[]) IS NULL OR target.programme_id IN (SELECT id FROM programmes AS programme"
    " WHERE programme.institution_id = :institution_id AND (programme.college_id = ANY(CAST(:colleges AS uuid[]))"
    " OR programme.id = ANY(CAST(:programmes AS uuid[])))))"
)

COURSES = Kind(
    name="courses",
    title=Both("课程", "Courses"),
    columns=(
        columns.PROGRAMME_CODE,
        Column(
            "code",
            "课程代码",
            CellKind.CODE,
            Both("专业内唯一；单元格须为文本。", "Unique in the programme; as text."),
            "K0101",
            also=("课程编号",),
            longest=columns.CODE_LONGEST,
        ),
        columns.name("课程名称", "财务会计实务"),
        Column(
            "credit_hundredths",
            "学分",
            CellKind.DECIMAL,
            Both("大于 0，最多两位小数。", "More than 0, at most two places."),
            "4.0",
            least=1,
            most=10_000,
        ),
        Column(
            "hours",
            "学时",
            CellKind.INTEGER,
            Both("整数，大于 0。", "A whole number above 0."),
            "64",
            least=1,
            most=10_000,
        ),
        Column(
            "category",
            "课程类别",
            CellKind.CHOICE,
            Both("从列表中选择。", "One of the list."),
            "核心课",
            choices=columns.COURSE_CATEGORIES,
        ),
        Column(
            "is_compulsory",
            "是否必修",
            CellKind.YES_NO,
            Both("是或否。", "Yes or no."),
            "是",
            also=("必修",),
        ),
    ),
    table="courses",
    identity=("programme_id", "code"),
    staged="staged_courses",
    row=CourseRow.model_construct,
    decide=taking.decide_by(sheets.course),
    write=taking.write_by(sheets.course),
    scope_column="专业代码",
    lacking=taking.remove_by(sheets.course, reach=_OF_WHOM_IT_ACTS_FOR),
)
