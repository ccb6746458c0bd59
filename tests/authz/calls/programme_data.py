"""How the operations of the collection of programme data are asked for."""

from collections.abc import Callable, Mapping

from tests.authz.calls.asking import Call, deed, get, list_of, post
from tests.authz.ground import Corner


def _round(corner: Corner, name: str = "of_draft") -> str:
    return f"/v1/collection-rounds/{corner.pilot[f'round_{name}']}"


def _return(corner: Corner, state: str) -> str:
    return f"/v1/programme-returns/{corner.pilot[f'{state}_return']}"


def _fill(corner: Corner) -> Call:
    levels = [{"certificate_level_id": str(corner.level_id), "quota_asked": 5}]
    body = {"classes": 1, "students": 9, "teachers": 1, "levels": levels}
    return Call("PUT", _return(corner, "draft"), body=body)


CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "list_collection_rounds": lambda _: get("/v1/collection-rounds", page_size=100),
    "open_collection_round": lambda _: post(
        "/v1/collection-rounds", academic_year="2070-2071", title="填报", due_on="2070-12-31"
    ),
    "get_collection_round": lambda at: get(_round(at)),
    "extend_collection_round": lambda at: post(f"{_round(at)}:extend", due_on="2070-12-31"),
    "close_collection_round": lambda at: deed(f"{_round(at)}:close"),
    "reopen_collection_round": lambda at: deed(f"{_round(at, 'closed')}:reopen"),
    "list_programme_returns": lambda at: list_of(at, "/v1/programme-returns", college_id=at.college_id),
    "get_programme_return": lambda at: get(_return(at, "draft")),
    "get_programme_return_history": lambda at: get(f"{_return(at, 'accepted')}/history"),
    "fill_programme_return": _fill,
    "submit_programme_return": lambda at: deed(f"{_return(at, 'draft')}:submit"),
    "send_back_programme_return": lambda at: post(f"{_return(at, 'accepted')}:send-back", comment="补正"),
    "accept_programme_return": lambda at: post(
        f"{_return(at, 'submitted')}:accept",
        decision_document="教5",
        grants=[{"certificate_level_id": str(at.level_id), "quota": 5}],
    ),
}
