"""The bodies of the collection of programme data."""

from tests.authz.places.place import Place
from x_pilot_api.programme_data.schemas import (
    AcceptanceIn,
    CollectionRoundIn,
    DueDateIn,
    GrantIn,
    LevelWishIn,
    ProgrammeFiguresIn,
    ReturnIn,
)

PLACES = (
    Place("open_collection_round", "registrar", CollectionRoundIn, "collection_rounds"),
    Place("extend_collection_round", "registrar", DueDateIn, "collection_rounds"),
    Place("fill_programme_return", "coordinator", ProgrammeFiguresIn, "programme_returns"),
    Place("fill_programme_return", "coordinator", LevelWishIn, "programme_return_levels", within=("levels",)),
    Place("send_back_programme_return", "registrar", ReturnIn, "programme_returns"),
    Place("accept_programme_return", "registrar", AcceptanceIn, "programme_returns"),
    Place("accept_programme_return", "registrar", GrantIn, "participations", within=("grants",)),
)
