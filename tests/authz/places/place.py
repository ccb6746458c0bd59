"""Where a body's model stands."""

from collections.abc import Callable
from dataclasses import dataclass

from pydantic import BaseModel

from tests.authz.calls import CALLS, Call
from tests.authz.ground import Corner


@dataclass(frozen=True)
class Place:
    """Where in an operation's body a model stands, who may send it, and the table whose columns it could reach."""

    operation: str
    who: str
    model: type[BaseModel]
    table: str
    within: tuple[str, ...] = ()
    asked_as: Callable[[Corner], Call] | None = None
    """How it is asked for with such a model, where the operation's own call has none."""
    relation: str = "own"
    """At whose corner it is taken."""

    def call(self, corner: Corner) -> Call:
        """Ask for the operation with the model in its body."""
        return (self.asked_as or CALLS[self.operation])(corner)
