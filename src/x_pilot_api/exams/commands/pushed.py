"""What is pushed, and within what bounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from x_pilot_api.core.sealing import Sealer
from x_pilot_api.exams.models import CaseKind, ExamPlan
from x_pilot_api.exams.schemas import MalformedRow, ResultRowIn
from x_pilot_api.identity.commands import Taken


@dataclass(frozen=True)
class Push:
    """One push: its plan, its rows, the bytes they came in, and how it is to be taken."""

    plan: ExamPlan
    rows: Sequence[ResultRowIn | MalformedRow] = field(repr=False)
    body: bytes = field(repr=False)
    atomic: bool
    validate_only: bool
    signature: Taken | None = None
    numbers: Sequence[int] | None = None
    """The number of each row in the file; None: counted from 1."""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    file_kind: str | None = None
    batch_id: UUID = field(default_factory=uuid4)
    is_laid_down: bool = False
    """The batch is kept already, and a job takes it in."""
    asked_by: UUID | None = None
    """Who asked for it first, where it takes a second person; that one acts."""
    released: Sequence[UUID] = ()
    """Revisions that are kept already and are to take effect by our figures; then there are no rows."""
    change: Mapping[str, Any] = field(default_factory=dict[str, Any])
    """What the next revision of such a one has otherwise."""

    corrects_as: CaseKind = CaseKind.RESULT_CORRECTED
    """What a correction that it makes is: one that an objection brought about is told apart."""

    @property
    def size(self) -> int:
        """Count the rows."""
        return len(self.released) or len(self.rows)


@dataclass(frozen=True)
class Bounds:
    """What the installation allows and where it is."""

    sealer: Sealer
    rows_max: int
    timezone: str
