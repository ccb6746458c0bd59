"""The columns of a table of results: the same for every plan but for the scores, one column a component."""

from collections.abc import Mapping, Sequence

from x_pilot_api.core.languages import Both
from x_pilot_api.core.tables.columns import CellKind, Column

SCORE = "components."
"""What the name of a score's column begins with; the component's code follows."""

_ACTIVITIES = {"参加考核": "present", "缺考": "absent", "缓考": "excused", "违纪": "breach"}
_GRADINGS = {"临时": "provisional", "最终": "final", "更正": "corrected", "作废": "voided"}

_FIRST = (
    Column(
        "org_result_id",
        "成绩编号",
        CellKind.CODE,
        Both(
            "贵方自编，永久唯一；更正时不变。", "Your own id of the result; unique for ever, kept when it is corrected."
        ),
        "2026-0001",
    ),
    Column(
        "revision",
        "版本号",
        CellKind.INTEGER,
        Both("从 1 起；更正时加 1。", "From 1 on; one more for each correction."),
        "1",
        most=2**31 - 1,
    ),
    Column(
        "admission_number",
        "准考证号",
        CellKind.CODE,
        Both("与考生名单一致；请设为文本格式。", "As in the list of candidates; format the column as text."),
        "2026-ZNCS-2-00001",
    ),
    Column(
        "document_number",
        "证件号码",
        CellKind.DOCUMENT_NUMBER,
        Both("只用于核对；请设为文本格式。", "Only compared; format the column as text."),
        "11010519491231002X",
    ),
    Column(
        "document_kind",
        "证件类型",
        CellKind.CODE,
        Both("不填为居民身份证。", "Blank: a resident identity card."),
        "resident_identity_card",
        required=False,
    ),
    Column(
        "activity",
        "考核情况",
        CellKind.CHOICE,
        Both("从列表中选择。", "Choose from the list."),
        "参加考核",
        choices=_ACTIVITIES,
    ),
    Column(
        "grading",
        "成绩性质",
        CellKind.CHOICE,
        Both("只有“最终”和“更正”会颁发证书。", "Only final and corrected ones issue a certificate."),
        "最终",
        choices=_GRADINGS,
    ),
)

_LAST = (
    Column(
        "total",
        "总分",
        CellKind.DECIMAL,
        Both("贵方核算的总分，用于核对。", "Your own total, checked against ours."),
        "81.40",
        required=False,
    ),
    Column(
        "passed",
        "是否合格",
        CellKind.YES_NO,
        Both("贵方的判定，用于核对。", "Your own verdict, checked against ours."),
        "是",
        required=False,
    ),
    Column(
        "certificate_number",
        "证书编号",
        CellKind.CODE,
        Both("已编号时填写；不填则由平台编号。", "Where it is given already; blank: numbered by the platform."),
        "ZS-2026-0001",
        required=False,
    ),
    Column(
        "reason",
        "更正原因",
        CellKind.LINE,
        Both("更正或作废时填写。", "Why a newer revision differs."),
        "复核后更正",
        required=False,
        longest=2_000,
    ),
)


def result_columns(components: Sequence[tuple[str, str]]) -> tuple[Column, ...]:
    """Give the columns of a plan's table of results; `components` are the codes and names of its levels' schemes."""
    named = [name for _, name in components]
    return (*_FIRST, *(_score(code, name, is_shared=named.count(name) > 1) for code, name in components), *_LAST)


def _score(code: str, name: str, *, is_shared: bool) -> Column:
    return Column(
        f"{SCORE}{code}",
        f"{name} {code}" if is_shared else name,
        CellKind.DECIMAL,
        Both(
            "成绩项得分，最多两位小数；未参加考核不填。",
            "The component's score, at most two places; blank if not present.",
        ),
        "86.50",
        required=False,
        also=(code, f"{name} {code}"),
    )


def said_by_file(field: str | None, headers: Mapping[str, str], figures: Mapping[str, object] | None) -> str | None:
    """Name a field as the file that was sent calls it; what the file does not have keeps its name."""
    if field is None or not headers:
        return field
    if field in headers:
        return headers[field]
    if field == "components":
        one = headers.get(f"{SCORE}{(figures or {}).get('component')}")
        return one or ", ".join(said for name, said in headers.items() if name.startswith(SCORE)) or field
    return field
