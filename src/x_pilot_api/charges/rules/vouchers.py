"""What a list of vouchers may say: the columns of its file, and row by row what is wrong with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from x_pilot_api.charges.errors import vouchers as errors
from x_pilot_api.charges.models import ChargeState
from x_pilot_api.charges.models.charges import FEN_MAX
from x_pilot_api.core.errors import ItemCode
from x_pilot_api.core.languages import Both
from x_pilot_api.core.tables.columns import CellKind, Column

TITLE = Both("缴费凭证", "Vouchers")

COLUMNS = (
    Column(
        "charge_id",
        "收费编号",
        CellKind.CODE,
        Both("收费清单（导出）中的收费编号。", "The charge's id, as the exported list of charges has it."),
        "0197a1c2-0000-7000-8000-000000000001",
        longest=36,
    ),
    Column(
        "amount_fen",
        "金额（元）",
        CellKind.DECIMAL,
        Both("该凭证为此收费缴纳的金额，最多两位小数。", "What the document pays on this charge, in yuan."),
        "415.00",
        also=("金额",),
        least=1,
        most=FEN_MAX,
    ),
    Column("document_number", "凭证号", CellKind.CODE, Both("财务凭证或收据号。", "Of the receipt."), "收据2026-001"),
    Column(
        "document_fen",
        "凭证总额（元）",
        CellKind.DECIMAL,
        Both(
            "该凭证的总额；一张凭证可缴多笔收费，各行合计须等于总额。",
            "What the document is of altogether: it may pay several charges, and its rows come to that.",
        ),
        "830.00",
        also=("凭证总额",),
        least=1,
        most=FEN_MAX,
    ),
    Column("paid_on", "缴费日期", CellKind.DATE, Both("款项到账的日期。", "The day the money came."), "2026-05-20"),
)


@dataclass(frozen=True)
class Line:
    """What one row says, by its number in the list or file."""

    number: int
    charge_id: UUID | None
    amount_fen: int
    document_number: str
    document_fen: int
    paid_on: date


@dataclass(frozen=True)
class Owing:
    """How a charge stands before the list."""

    state: str
    open_fen: int


@dataclass(frozen=True)
class Wrong:
    """What is wrong with a row: in which column, by which code, with its figures."""

    number: int
    column: str
    item: ItemCode
    figures: Mapping[str, object] = field(default_factory=dict[str, object])


@dataclass
class _Document:
    """What the rows of a document have come to."""

    first: Line
    sum_fen: int
    charges: set[UUID]
    is_torn: bool = False


def judge(
    lines: Sequence[Line], *, owing: Mapping[UUID, Owing], recorded: Mapping[str, Mapping[UUID, int]], today: date
) -> Iterator[Wrong]:
    """Tell what is wrong with each row; `recorded` is what each document paid before, and on which charges."""
    documents: dict[str, _Document] = {}
    taken: dict[UUID, int] = {}
    for line in lines:
        known = recorded.get(line.document_number, {})
        document = documents.setdefault(line.document_number, _Document(line, sum(known.values()), set(known)))
        document.sum_fen += line.amount_fen
        yield from _of_charge(line, owing, taken, today)
        yield from _of_document(line, document)
        if line.charge_id is not None:
            taken[line.charge_id] = taken.get(line.charge_id, 0) + line.amount_fen
            document.charges.add(line.charge_id)
    for number, document in documents.items():
        total = document.first.document_fen
        if document.sum_fen != total and not document.is_torn:
            figures = {"document_number": number, "total_fen": total, "sum_fen": document.sum_fen}
            yield Wrong(document.first.number, "document_fen", errors.DOES_NOT_ADD_UP, figures)


def _of_charge(line: Line, owing: Mapping[UUID, Owing], taken: Mapping[UUID, int], today: date) -> Iterator[Wrong]:
    held = owing.get(line.charge_id) if line.charge_id is not None else None
    if held is None or line.charge_id is None:
        yield Wrong(line.number, "charge_id", errors.CHARGE_UNKNOWN)
    elif held.state != ChargeState.OPEN:
        yield Wrong(line.number, "charge_id", errors.CHARGE_NOT_OPEN, {"state": held.state})
    elif line.amount_fen > (left := held.open_fen - taken.get(line.charge_id, 0)):
        figures = {"amount_fen": line.amount_fen, "open_fen": max(left, 0)}
        yield Wrong(line.number, "amount_fen", errors.BEYOND, figures)
    if line.paid_on > today:
        figures = {"paid_on": line.paid_on.isoformat(), "today": today.isoformat()}
        yield Wrong(line.number, "paid_on", errors.PAID_LATER, figures)


def _of_document(line: Line, document: _Document) -> Iterator[Wrong]:
    if line.charge_id in document.charges:
        named = {"document_number": line.document_number}
        yield Wrong(line.number, "document_number", errors.DOCUMENT_KNOWN, named)
    if line.document_fen != document.first.document_fen:
        document.is_torn = True
        figures = {"other_row": document.first.number, "total_fen": document.first.document_fen}
        yield Wrong(line.number, "document_fen", errors.TOTALS_DIFFER, figures)
