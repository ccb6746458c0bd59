"""How an organisation's list is read, and in what it differs from ours: line by line, in the order of the file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from x_pilot_api.core.languages import Both
from x_pilot_api.core.tables.columns import CellKind, Column
from x_pilot_api.settlements.models import DifferenceKind, Presence

COLUMNS = (
    Column(
        "admission_number",
        "准考证号",
        CellKind.CODE,
        Both("准考证号；单元格须为文本。", "The admission number, as text."),
        "P2026-1-00001",
        longest=64,
    ),
    Column(
        "amount_fen",
        "金额（元）",
        CellKind.DECIMAL,
        Both(
            "该考生应结金额合计，最多两位小数。", "What the candidate comes to altogether, in yuan, two places at most."
        ),
        "415.00",
        also=("金额", "应结（元）", "应结金额"),
        most=100_000_000,
    ),
    Column(
        "presence",
        "考核情况",
        CellKind.CHOICE,
        Both("参考、缺考或免考；空白表示不核对。", "Attended, absent or exempt; blank is not compared."),
        "参考",
        required=False,
        also=("到考情况", "出勤"),
        choices={
            "参考": Presence.ATTENDED,
            "到考": Presence.ATTENDED,
            "缺考": Presence.ABSENT,
            "免考": Presence.EXEMPT,
        },
    ),
)


@dataclass(frozen=True)
class Theirs:
    """One line of their list, or why it cannot be read."""

    row_number: int
    admission_number: str | None = None
    amount_fen: int = 0
    presence: str | None = None
    code: str | None = None
    header: str | None = None


@dataclass(frozen=True)
class Ours:
    """What one candidate comes to by our settlement, by all payers together."""

    amount_fen: int
    presence: str


@dataclass(frozen=True)
class Found:
    """One difference, with the figures on both sides."""

    kind: DifferenceKind
    row_number: int | None = None
    admission_number: str | None = None
    our_fen: int | None = None
    their_fen: int | None = None
    our_presence: str | None = None
    their_presence: str | None = None
    code: str | None = None
    header: str | None = None


def compare(theirs: Sequence[Theirs], ours: Mapping[str, Ours]) -> tuple[list[Found], int]:
    """Tell every difference, theirs in the order of their rows and then what only we have, and how many rows match."""
    found: list[Found] = []
    seen: set[str] = set()
    matching = 0
    for line in theirs:
        differences = list(_differences(line, ours, seen))
        matching += not differences
        found += differences
        if line.admission_number is not None:
            seen.add(line.admission_number)
    missing = sorted(ours.keys() - seen)
    found += [
        Found(
            DifferenceKind.OURS_ONLY,
            admission_number=number,
            our_fen=ours[number].amount_fen,
            our_presence=ours[number].presence,
        )
        for number in missing
    ]
    return found, matching


def _differences(line: Theirs, ours: Mapping[str, Ours], seen: set[str]) -> Iterator[Found]:
    if line.code is not None:
        yield Found(DifferenceKind.UNREADABLE, row_number=line.row_number, code=line.code, header=line.header)
        return
    own = ours.get(line.admission_number or "")
    if own is None:
        # What they wrote there may be anything, an identity number too: it is not kept, its row tells where it is.
        yield Found(
            DifferenceKind.THEIRS_ONLY,
            row_number=line.row_number,
            their_fen=line.amount_fen,
            their_presence=line.presence,
        )
        return
    both = Found(
        DifferenceKind.AMOUNT_DIFFERS,
        row_number=line.row_number,
        admission_number=line.admission_number,
        our_fen=own.amount_fen,
        their_fen=line.amount_fen,
        our_presence=own.presence,
        their_presence=line.presence,
    )
    if line.admission_number in seen:
        yield _as(both, DifferenceKind.NAMED_TWICE)
        return
    if own.amount_fen != line.amount_fen:
        yield both
    if line.presence is not None and own.presence != line.presence:
        yield _as(both, DifferenceKind.PRESENCE_DIFFERS)


def _as(found: Found, kind: DifferenceKind) -> Found:
    return replace(found, kind=kind)
