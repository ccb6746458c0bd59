"""What a table's columns are called, what their cells may hold, and how a template explains them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from x_pilot_api.core.languages import Both


class CellKind(StrEnum):
    """What a cell of a column holds once it is read."""

    CODE = "code"
    LINE = "line"
    DOCUMENT_NUMBER = "document_number"
    INTEGER = "integer"
    DECIMAL = "decimal"
    YES_NO = "yes_no"
    CHOICE = "choice"
    DATE = "date"


@dataclass(frozen=True)
class Column:
    """One column: the name it has in code, the Chinese header people see, and what its cells may be."""

    name: str
    header: str
    kind: CellKind
    note: Both
    example: str
    required: bool = True
    """Every row says it; what is optional may be left blank, or the whole column left out, and then says nothing."""
    also: tuple[str, ...] = ()
    """Other headers it is known by."""
    pattern: str | None = None
    """What a code looks like as a whole."""
    digits: int | None = None
    """How many digits a code begins with, where all have as many: a number of fewer has lost zeros in front."""
    least: int = 0
    most: int = 1_000_000
    """The bounds of a whole number, or of a decimal in hundredths."""
    longest: int = 200
    choices: Mapping[str, str] = field(default_factory=dict[str, str])
    """What may be chosen, as people write it, and the value it stands for."""

    @property
    def headers(self) -> tuple[str, ...]:
        """Name every header the column is known by; its name in code is one of them."""
        return (self.header, self.name, *self.also)


YES_NO: Mapping[str, bool] = {
    "是": True,
    "否": False,
    "yes": True,
    "no": False,
    "y": True,
    "n": False,
    "true": True,
    "false": False,
    "1": True,
    "0": False,
    "√": True,
    "×": False,
}
"""How people say yes and no."""
