"""Where a body's model stands."""

from dataclasses import dataclass

from pydantic import BaseModel


@dataclass(frozen=True)
class Place:
    """Where in an operation's body a model stands, who may send it, and the table whose columns it could reach."""

    operation: str
    who: str
    model: type[BaseModel]
    table: str
    within: tuple[str, ...] = ()
