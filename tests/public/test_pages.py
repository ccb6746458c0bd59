"""The pages of whoever scans a certificate's code or is sent a link, read as people read them."""

import base64
import gzip
import hashlib
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.awards import office
from tests.conftest import make_service
from tests.exams import make
from tests.exams.desk import Desk, Json
from tests.public.reading import Page, read
from x_pilot_api.app import create_app
from x_pilot_api.awards.routes.codes import verification_url
from x_pilot_api.core import clock
from x_pilot_api.core.settings import Settings

BUDGET = 15 * 1024
HOSTILE = "</dd><script>alert(1)</script><img src=x onerror=alert(1)>\"'{{7*7}}&"
PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 6.0) Mobile MicroMessenger/6.5", "Accept": "text/html"}


@pytest.fixture
async def award(desk: Desk) -> Json:
    return await office.issued(desk, certificate_number="ZS-2026-1")


async def opened(desk: Desk, path: str, status: int = 200, *, asks_for: str = "zh-CN") -> Page:
    answer = await desk.client.get(path, headers=PHONE | {"Accept-Language": asks_for})
    assert answer.status_code == status, answer.text
    return read(answer)


async def shared(desk: Desk, award: Json, *fields: str) -> str:
    until = (datetime.now(UTC) + timedelta(days=7)).isoformat()
    wish: Json = {"fields": list(fields), "expires_at": until}
    made = await office.done(desk, f"/v1/awards/{award['id']}/shares", wish, who="student")
    path: str = made["page_path"]
    return path


async def test_a_page_says_first_that_the_certificate_stands_and_then_what_it_is(desk: Desk, award: Json) -> None:
    page = await opened(desk, f"/v/{award['verification_code']}")
    assert (page.language, page.headings) == ("zh-CN", ["有效"])
    checked = page.lines.pop("核验时间")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \(UTC\+08:00\)", checked)
    assert page.lines == {
        "持证人": "学***",
        "证书名称": "智能财税1",
        "等级": "中级",
        "证书编号": "ZS-2026-1",
        "培训评价组织": "评价组织1",
        "院校": "学院1",
        "发证日期": make.EXAM_ON.isoformat(),
        "验证码": award["verification_code"],
    }


async def test_a_page_speaks_english_to_whoever_asks_for_it_and_leads_to_the_other_language(
    desk: Desk, award: Json
) -> None:
    path = f"/v/{award['verification_code']}"
    for page in (await opened(desk, path, asks_for="en-GB,en"), await opened(desk, f"{path}?lang=en")):
        assert (page.language, page.headings, page.lines["Level"]) == ("en", ["Valid"], "Intermediate")
        assert page.links == [f"{path}?lang=zh-CN"]
    chinese = await opened(desk, f"{path}?lang=zh-CN", asks_for="en")
    assert (chinese.headings, chinese.links) == (["有效"], [f"{path}?lang=en"])
    assert (await opened(desk, f"{path}?lang=tlh")).language == "zh-CN"


async def test_a_page_tells_how_a_certificate_stands_that_stands_no_more(desk: Desk, award: Json) -> None:
    path, code = f"/v1/awards/{award['id']}", award["verification_code"]
    await office.done(desk, f"{path}:suspend", {"reason": "复核"})
    assert (await opened(desk, f"/v/{code}")).headings == ["已暂停"]
    await office.done(desk, f"{path}:reinstate", {"reason": "无误"})
    made = await office.reissued(desk, award)
    old = await opened(desk, f"/v/{code}")
    assert (old.headings, old.lines["新证书编号"]) == (["已换发"], "ZS-2026-1-R1")
    assert made["new_verification_code"] not in old.text


async def test_a_revoked_certificate_is_shown_as_revoked_since_when(desk: Desk) -> None:
    plan = await desk.plan(levels=("1",))
    await desk.push(plan, desk.row(plan, 1))
    await desk.push(plan, desk.row(plan, 1, revision=2, grading="voided"))
    (award,) = await desk.awards(1)
    page = await opened(desk, f"/v/{award['verification_code']}")
    assert (page.headings, "撤销时间" in page.lines) == (["已撤销"], True)


async def test_whatever_is_wrong_with_a_code_the_page_is_the_same(desk: Desk, award: Json) -> None:
    code = award["verification_code"]
    institution, _, secret = code.partition("-")
    other = desk.world.schools[1].code
    pages: list[Any] = []
    for wrong in ("x", secret, institution, f"{other}-{secret}", f"{code}0", code[:-1], "%00", "证书", "_" * 500):
        page = await opened(desk, f"/v/{wrong}", 404)
        assert page.lines.keys() == {"核验时间"}
        pages.append((page.headings, page.links, page.fields))
    assert pages == [(["查无此证"], ["/v?lang=en"], {"lang": "zh-CN", "code": ""})] * len(pages)


async def test_a_day_before_is_asked_for_by_the_page_s_own_form(desk: Desk, award: Json) -> None:
    code = award["verification_code"]
    page = await opened(desk, f"/v/{code}")
    assert page.fields["as_of"] == ""
    before = await opened(desk, f"/v/{code}?as_of=2000-01-01", 404)
    assert (before.headings, before.lines["状态截至"][:10]) == (["查无此证"], "2000-01-01")
    for now in ("2999-01-01", "0", "", "2026-02-30", clock.today("Asia/Shanghai").isoformat()):
        assert "状态截至" not in (await opened(desk, f"/v/{code}?as_of={now}")).lines


async def test_the_form_leads_to_the_page_of_what_was_typed_or_pasted(desk: Desk, award: Json) -> None:
    code = award["verification_code"]
    assert (await opened(desk, "/v")).headings == ["核验证书"]
    for typed in (code, f" {code} ", f"http://x-pilot.test/v/{code}?lang=en", f"/v/{code}/"):
        answer = await desk.client.get("/v", params={"code": typed})
        assert (answer.status_code, answer.headers["location"]) == (303, f"/v/{code}?lang=zh-CN")
    sent = await desk.client.get("/v", params={"code": "//evil.example\\@x\r\nSet-Cookie: a"})
    assert sent.headers["location"].startswith("/v/evil.example%5C%40x%0D%0ASet-Cookie%3A%20a?")


async def test_a_share_link_opens_a_page_with_what_was_chosen_and_nothing_else(desk: Desk, award: Json) -> None:
    page = await opened(desk, await shared(desk, award, "full_name", "certificate"))
    assert (page.headings, set(page.lines)) == (["有效"], {"持证人", "证书名称", "核验时间", "链接有效至"})
    assert page.lines["持证人"] == "学生10"


async def test_a_look_at_the_page_is_seen_by_the_holder_and_a_recalled_link_shows_nothing(
    desk: Desk, award: Json
) -> None:
    path = await shared(desk, award, "level")
    await opened(desk, path)
    (link,) = (await desk.get(f"/v1/awards/{award['id']}/shares", who="student"))["items"]
    assert link["views"] == 1
    await office.done(desk, f"/v1/award-shares/{link['id']}:recall", who="student")
    page = await opened(desk, path, 410)
    assert (page.headings, set(page.lines)) == (["分享链接已失效"], {"核验时间"})
    assert (await opened(desk, "/v/shared/nothing", 404)).headings == ["查无此链接"]


async def test_a_hostile_name_is_text_and_never_a_part_of_the_page(desk: Desk, award: Json) -> None:
    path = await shared(desk, award, "full_name")
    wish = office.CORRECTED | {"holder_name": HOSTILE}
    await office.reissued(desk, award, wish)
    page = await opened(desk, path)
    assert page.lines["持证人"] == HOSTILE
    assert not page.elements & {"script", "img", "iframe", "object", "link"}
    asked = await opened(desk, "/v/%3Cscript%3Ealert(1)%3C%2Fscript%3E".replace("%2F", ""), 404)
    assert "script" not in asked.elements


async def test_a_page_may_run_nothing_is_in_no_index_and_stays_within_its_budget(desk: Desk, award: Json) -> None:
    for path in ("/v", f"/v/{award['verification_code']}", await shared(desk, award, "full_name", "level")):
        answer = await desk.client.get(path, headers=PHONE)
        (style,) = re.findall(r"<style>(.*?)</style>", answer.text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert answer.headers["content-security-policy"] == (
            f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'self'; "
            "frame-ancestors 'none'"
        )
        assert (answer.headers["x-robots-tag"], answer.headers["cache-control"]) == ("noindex, nofollow", "no-store")
        assert answer.headers["vary"] == "Accept-Language"
        assert not re.search(r"\s(style|on\w+)=|javascript:|https?://", answer.text)
        assert "prefers-color-scheme:dark" in style
        assert "@media print" in style
        assert len(gzip.compress(answer.content)) <= BUDGET


async def test_pages_and_data_share_one_limit_and_a_refused_page_is_a_page(desk: Desk, award: Json) -> None:
    app = create_app(make_service(desk.service.database, Settings(rate_verification_per_minute=2)))
    code = award["verification_code"]
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://x-pilot.test") as client:
        assert (await client.get(f"/v1/verify/{code}")).status_code == 200
        assert (await client.get("/v/x")).status_code == 404
        answer = await client.get(f"/v/{code}", headers=PHONE)
        program = await client.get(f"/v/{code}")
    page = read(answer)
    assert (answer.status_code, page.lines["错误代码"]) == (429, "rate_limited")
    assert answer.headers["retry-after"]
    assert (program.status_code, program.headers["content-type"]) == (429, "application/problem+json")


@pytest.mark.parametrize(
    ("page", "leads_to"),
    [
        (None, "https://x-pilot.example/v/1-A"),
        ("https://school.example/zs/", "https://school.example/zs/1-A"),
    ],
)
def test_the_code_on_a_paper_leads_to_the_page(page: str | None, leads_to: str) -> None:
    assert verification_url(page, "https://x-pilot.example", "1-A") == leads_to
