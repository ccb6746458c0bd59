"""What an organisation's people read of the feed that their systems read."""

from tests.partners.posting import Json, Post


def path(post: Post, *, is_test: bool = False) -> str:
    """Name the feed of the first organisation's live or test client."""
    organised = post.feeding.world.organisations[0]
    client_id = organised.test_client_id if is_test else organised.machine_client_id
    return f"/v1/machine-clients/{client_id}/events"


async def read(post: Post, where: str, *, who: str = "org_staff", expect: int = 200) -> Json:
    answer = await post.client.get(where, headers=post.headers(who))
    assert answer.status_code == expect, answer.text
    found: Json = answer.json()
    return found


async def test_people_read_what_their_system_reads(post: Post) -> None:
    await post.feeding.tell()
    shown = await read(post, path(post))
    asked = await read(post, "/v1/partner/events", who="machine")
    assert shown["items"]
    assert shown["items"] == asked["items"]


async def test_a_test_clients_feed_holds_no_live_event(post: Post) -> None:
    await post.feeding.tell()
    assert (await read(post, path(post, is_test=True)))["items"] == []


async def test_the_feed_goes_on_where_it_was_left(post: Post) -> None:
    for _ in range(3):
        await post.feeding.tell()
    whole = (await read(post, path(post)))["items"]
    first = await read(post, f"{path(post)}?page_size=2")
    rest = await read(post, f"{path(post)}?after={first['next_cursor']}")
    assert first["has_more"]
    assert first["items"] + rest["items"] == whole


async def test_another_organisations_people_find_no_such_client(post: Post) -> None:
    await post.feeding.tell()
    refused = await read(post, path(post), who="org_staff_2", expect=404)
    assert refused["code"] == "not_found"
