"""How the operations of posts, working groups and lead units are asked for."""

from collections.abc import Callable, Mapping

from tests.authz.calls.asking import Call, Json, get, list_of, post
from tests.authz.ground import Corner


def _holder(corner: Corner, name: str = "second") -> Json:
    return {"teacher_id": str(corner.posts[name])}


def _post(corner: Corner, state: str) -> str:
    return f"/v1/college-posts/{corner.posts[f'post_{state}']}"


def _group(corner: Corner, state: str) -> str:
    return f"/v1/working-groups/{corner.posts[f'group_{state}']}"


def _propose_post(at: Corner) -> Call:
    return post(
        "/v1/college-posts",
        college_id=at.college_id,
        kind="dedicated_staff",
        holder=_holder(at),
        held_from="2040-01-01",
    )


def _propose_group(at: Corner) -> Call:
    return post(
        "/v1/working-groups",
        name="协作组",
        college_id=at.college_id,
        duties=["监督"],
        opens_on="2040-01-01",
        leader=_holder(at, "teacher"),
        members=[_holder(at)],
        certificate_ids=[str(at.certificate_id)],
    )


def _adjust(at: Corner) -> Call:
    return post(
        f"{_group(at, 'established')}:adjust",
        document="教6",
        effective_on="2051-01-01",
        join=[_holder(at)],
        leave=[str(at.posts["member_established"])],
    )


CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "list_college_posts": lambda at: list_of(at, "/v1/college-posts", college_id=at.college_id),
    "get_post_coverage": lambda at: get(
        "/v1/post-coverage", on="2050-06-01", **({} if at.relation == "own" else {"college_id": at.college_id})
    ),
    "propose_college_post": _propose_post,
    "appoint_college_post": lambda at: post(f"{_post(at, 'proposed')}:appoint", document="教5"),
    "decline_college_post": lambda at: post(f"{_post(at, 'proposed')}:decline", reason="另议"),
    "end_college_post": lambda at: post(f"{_post(at, 'appointed')}:end", held_to="2060-01-01", document="教5"),
    "hand_over_college_post": lambda at: post(
        f"{_post(at, 'appointed')}:hand-over", holder=_holder(at), held_from="2060-01-01", document="教5"
    ),
    "list_working_groups": lambda at: list_of(at, "/v1/working-groups", college_id=at.college_id),
    "propose_working_group": _propose_group,
    "get_working_group": lambda at: get(_group(at, "established")),
    "establish_working_group": lambda at: post(
        f"{_group(at, 'proposed')}:establish", document="教5", established_on="2050-02-01"
    ),
    "decline_working_group": lambda at: post(f"{_group(at, 'proposed')}:decline", reason="另议"),
    "adjust_working_group": _adjust,
    "change_working_group_leader": lambda at: post(
        f"{_group(at, 'established')}:change-leader", leader=_holder(at), held_from="2051-01-01", document="教5"
    ),
    "dissolve_working_group": lambda at: post(
        f"{_group(at, 'established')}:dissolve", dissolved_on="2055-01-01", document="教5"
    ),
    "list_uncovered_certificates": lambda at: list_of(at, "/v1/uncovered-certificates", college_id=at.college_id),
    "list_lead_units": lambda at: list_of(at, "/v1/lead-units", certificate_id=at.spare_level_id),
    "load_lead_units": lambda _: post(
        "/v1/lead-units:load",
        document="函5",
        valid_from="2040-01-01",
        rows=[{"category": "财经商贸类", "unit_name": "甲校", "certificate_names": list[str]()}],
    ),
    "end_lead_unit": lambda at: post(f"/v1/lead-units/{at.posts['unit']}:end", valid_to="2060-01-01", document="函6"),
}
