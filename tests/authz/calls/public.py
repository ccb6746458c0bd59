"""How the operations of public are asked for."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from tests.authz.calls.asking import Call, get
from tests.authz.ground import Corner


def _verify(corner: Corner) -> Call:
    # Whoever was shown a certificate may learn what is printed on it, but for the holder's full name.
    return replace(get(f"/v1/verify/{corner.verification_code}"), shown=corner.shown)


PUBLISHED = frozenset(
    owner
    for school in ("s1", "s2")
    for college in ("p0", "p1")
    for organisation in ("o1", "o2")
    for owner in (school, f"{school}{college}", organisation, f"{school}{college}{organisation}")
)
"""Whoever's rules are published or on notice, everybody may read them, and whom they connect."""


NOTICED = PUBLISHED | frozenset({"s1o1", "s1o2", "s2o1", "s2o2"})


def _published(path: str, **filters: object) -> Call:
    return replace(get(f"/v1/public/{path}", **filters), shown=PUBLISHED)


CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "verify_award": _verify,
    "get_shared_award": lambda at: replace(get(f"/v1/shared-awards/{at.share_token}"), shown=at.shown),
    "list_published_mappings": lambda at: _published("mappings", institution_id=at.institution_id),
    "get_published_mapping": lambda at: _published(f"mappings/{at.mappings['published']}"),
    "list_mappings_on_notice": lambda at: _published("mapping-notices", institution_id=at.institution_id),
    # Names and numbers are masked; which certificate it is, is public.
    "list_noticed_results": lambda at: replace(
        get(f"/v1/public/result-notices/{at.results['notice_plan']}"), shown=at.shown
    ),
    "feed_published_mappings": lambda _: _published("mapping-feed"),
    # What is on public notice, and who has it there, is public.
    "list_result_notices": lambda _: replace(get("/v1/public/result-notices"), shown=NOTICED),
    "list_public_certificates": lambda _: replace(get("/v1/public/certificates", page_size=100), shown=NOTICED),
    "show_verification_form": lambda _: get("/v"),
    "show_verification": lambda at: replace(get(f"/v/{at.verification_code}"), shown=at.shown),
    "show_shared_award": lambda at: replace(get(f"/v/shared/{at.share_token}"), shown=at.shown),
}
