"""What a list of participants may say: the columns of its file, and row by row what is wrong with it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from x_pilot_api.core.errors import ITEM_CODES, ItemCode
from x_pilot_api.core.languages import Both
from x_pilot_api.core.tables.columns import CellKind, Column
from x_pilot_api.registry.models import DocumentKind
from x_pilot_api.registry.rules import documents
from x_pilot_api.social_training.errors import classes as errors
from x_pilot_api.social_training.models import SocialGroup

TITLE = Both("培训班学员名单", "Participants of a class")

COLUMNS = (
    Column("name", "姓名", CellKind.LINE, Both("与证件一致。", "As on the document."), "张三"),
    Column(
        "document_kind",
        "证件类型",
        CellKind.CHOICE,
        Both("空白表示居民身份证。", "Blank is a resident identity card."),
        "居民身份证",
        required=False,
        choices={
            "居民身份证": DocumentKind.RESIDENT_IDENTITY_CARD,
            "护照": DocumentKind.PASSPORT,
            "港澳居民来往内地通行证": DocumentKind.HONG_KONG_MACAO_PERMIT,
            "台湾居民来往大陆通行证": DocumentKind.TAIWAN_PERMIT,
            "外国人永久居留身份证": DocumentKind.FOREIGN_RESIDENT_CARD,
        },
    ),
    Column(
        "document_number",
        "证件号码",
        CellKind.DOCUMENT_NUMBER,
        Both("单元格须为文本；加密保存，只以掩码显示。", "As text; it is sealed, and shown masked alone."),
        "11010519491231002X",
        also=("身份证号",),
        longest=30,
    ),
    Column(
        "social_group",
        "群体",
        CellKind.CHOICE,
        Both("企业职工、就业重点群体或贫困劳动力。", "One of the three groups of the notice."),
        "企业职工",
        choices={
            "企业职工": SocialGroup.ENTERPRISE_EMPLOYEE,
            "就业重点群体": SocialGroup.KEY_EMPLOYMENT,
            "贫困劳动力": SocialGroup.LOW_INCOME,
        },
    ),
    Column(
        "employer",
        "单位",
        CellKind.LINE,
        Both("企业职工必填。", "An enterprise's employee has one."),
        "淮安某某有限公司",
        required=False,
    ),
    Column(
        "consented_on",
        "同意日期",
        CellKind.DATE,
        Both("本人书面同意使用其个人信息的日期。", "The day the person agreed in writing to their data being kept."),
        "2026-03-01",
    ),
)


@dataclass(frozen=True)
class Line:
    """What one row says, by its number in the list or file."""

    number: int
    name: str = field(repr=False)
    document_number: str = field(repr=False)
    social_group: str
    consented_on: date
    document_kind: str = DocumentKind.RESIDENT_IDENTITY_CARD
    employer: str | None = None


@dataclass(frozen=True)
class Wrong:
    """What is wrong with a row: in which column, by which code, with its figures."""

    number: int
    column: str
    item: ItemCode
    figures: Mapping[str, object] = field(default_factory=dict[str, object])


def judge(
    lines: Sequence[Line],
    *,
    hashes: Mapping[int, bytes],
    enrolled: Collection[bytes],
    places: int,
    left: int,
    today: date,
) -> Iterator[Wrong]:
    """Tell what is wrong with each row; `hashes` finds the person of a row whose document number can be read.

    Places go to the rows in their order; who is refused for another reason takes none.
    """
    seen: dict[bytes, int] = {}
    for line in lines:
        wrong = _of_line(line, hashes, seen, enrolled, today)
        if wrong is None:
            left -= 1
            if left < 0:
                wrong = Wrong(line.number, "name", errors.CLASS_FULL, {"places": places})
        if wrong is not None:
            yield wrong


def _of_line(
    line: Line, hashes: Mapping[int, bytes], seen: dict[bytes, int], enrolled: Collection[bytes], today: date
) -> Wrong | None:
    _, fault = documents.read(line.document_kind, line.document_number)
    if fault is not None:
        return Wrong(line.number, "document_number", ITEM_CODES[fault])
    person = hashes[line.number]
    first = seen.setdefault(person, line.number)
    if first != line.number:
        return Wrong(line.number, "document_number", errors.PERSON_REPEATED, {"place": first})
    if person in enrolled:
        return Wrong(line.number, "document_number", errors.PERSON_KNOWN)
    if line.social_group == SocialGroup.ENTERPRISE_EMPLOYEE and line.employer is None:
        return Wrong(line.number, "employer", errors.EMPLOYER_MISSING)
    if line.consented_on > today:
        figures = {"consented_on": line.consented_on.isoformat(), "today": today.isoformat()}
        return Wrong(line.number, "consented_on", errors.CONSENT_LATER, figures)
    return None


@dataclass(frozen=True)
class Attended:
    """How long one participant attended, by the row's number, and how they ended."""

    number: int
    participant_id: UUID
    attended_tenths: int
    result: str | None


def judge_attendance(rows: Sequence[Attended], *, enrolled: Collection[UUID], hours_tenths: int) -> Iterator[Wrong]:
    """Tell which rows name nobody of the class, or more hours than it has."""
    for row in rows:
        if row.participant_id not in enrolled:
            yield Wrong(row.number, "participant_id", errors.PARTICIPANT_UNKNOWN)
        elif row.attended_tenths > hours_tenths:
            figures = {"attended_tenths": row.attended_tenths, "hours_tenths": hours_tenths}
            yield Wrong(row.number, "attended_tenths", errors.ATTENDED_BEYOND, figures)
