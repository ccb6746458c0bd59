"""What a version of the scheme must be, and what may be done with it."""

from collections.abc import Iterable, Sequence

from x_pilot_api.core.actors import Actor
from x_pilot_api.core.workflow import Deed, Workflow
from x_pilot_api.figures import rules as catalogue
from x_pilot_api.identity.permissions import Permission
from x_pilot_api.supervision.errors import IndicatorIsNoRatio, SchemeTooEarly, WeightsNotWhole
from x_pilot_api.supervision.models import CollegeScheme, CollegeSchemeState
from x_pilot_api.supervision.models.schemes import WHOLE_WEIGHT

SCHEME_KIND = "college_scheme"

_S = CollegeSchemeState
_P = Permission

READS_DRAFTS = _P.COLLEGE_SCHEMES_SET
"""Who draws a version up reads it before it is in force."""

SCHEME = Workflow(
    name="college scheme",
    initial=_S.DRAFT,
    deeds={
        "change": Deed(frozenset({_S.DRAFT}), _S.DRAFT, _P.COLLEGE_SCHEMES_SET),
        "enact": Deed(frozenset({_S.DRAFT}), _S.IN_FORCE, _P.COLLEGE_SCHEMES_SET),
        "supersede": Deed(frozenset({_S.IN_FORCE}), _S.SUPERSEDED, _P.COLLEGE_SCHEMES_SET),
    },
)

_FOLLOWS = frozenset({"supersede"})
"""What another version's coming into force does."""


def allowed_deeds(actor: Actor, scheme: CollegeScheme) -> list[str]:
    """List what an actor may do with a version next."""
    return [deed for deed in SCHEME.allowed_deeds(actor, state=scheme.state) if deed not in _FOLLOWS]


def check_weights(weights: Iterable[int]) -> None:
    """Refuse weights that do not add up to the whole."""
    total = sum(weights)
    if total != WHOLE_WEIGHT:
        raise WeightsNotWhole(total=total, whole=WHOLE_WEIGHT)


def version_of(figure_code: str) -> int:
    """Tell the version of a figure that an indicator is bound to; a plain count has no ratio and is refused."""
    definition = catalogue.definition_of(figure_code)
    if definition.denominator is None:
        raise IndicatorIsNoRatio(figure=figure_code)
    return definition.version


def check_first_year(first_year: int, *, current: CollegeScheme | None, opened: Sequence[int]) -> None:
    """Refuse to put a version in force for years before the one it follows, or for a year that is open already."""
    later = [year for year in opened if year >= first_year]
    if later or (current is not None and first_year < current.first_year):
        raise SchemeTooEarly(
            first_year=first_year,
            current=current.first_year if current else "-",
            opened=", ".join(str(year) for year in later) or "-",
        )
