"""The pages of the codes: every one opens in both languages, runs nothing, and shows what was sent as text only."""

import re
from html.parser import HTMLParser

import httpx
import pytest

from x_pilot_api.app import create_app
from x_pilot_api.core.errors import ITEM_CODES, REGISTRY
from x_pilot_api.core.languages import Language
from x_pilot_api.core.problem_pages import example_of

assert create_app()
CODES = sorted(REGISTRY.keys() | ITEM_CODES.keys())


class Page(HTMLParser):
    """The elements and words of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.links: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.words += data


def test_there_are_codes() -> None:
    assert len(REGISTRY) > 45
    assert len(ITEM_CODES) > 25


@pytest.mark.parametrize("language", Language)
async def test_every_code_has_a_page_that_says_cause_and_fix(client: httpx.AsyncClient, language: Language) -> None:
    for code in CODES:
        answer = await client.get(f"/problems/{code}", headers={"Accept-Language": language})
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8"), code
        assert answer.headers["content-language"] == language
        page = Page(answer.text)
        assert not {"script", "img", "iframe", "form", "object"} & set(page.elements)
        refusal, item = REGISTRY.get(code), ITEM_CODES.get(code)
        if refusal is not None:
            assert refusal.guide.cause.said_in(language) in page.words
            assert refusal.guide.fix.said_in(language) in page.words
            assert str(example_of(refusal, language)["detail"]) in page.words
        if item is not None:
            assert item.fix.said_in(language) in page.words


async def test_the_index_leads_to_every_page(client: httpx.AsyncClient) -> None:
    page = Page((await client.get("/problems?lang=en")).text)
    assert {link for link in page.links if link.startswith("/problems/")} == {
        f"/problems/{code}?lang=en" for code in CODES
    }


async def test_the_address_chooses_the_language_before_the_header(client: httpx.AsyncClient) -> None:
    answer = await client.get("/problems/busy?lang=en", headers={"Accept-Language": "zh-CN"})
    assert '<html lang="en">' in answer.text
    assert answer.headers["vary"] == "Accept-Language"


async def test_a_page_runs_nothing_and_its_one_style_is_allowed_by_its_hash(client: httpx.AsyncClient) -> None:
    policy = (await client.get("/problems/busy")).headers["content-security-policy"]
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[\w+/]{43}='; base-uri 'none'; form-action 'none'; "
        r"frame-ancestors 'none'",
        policy,
    )


@pytest.mark.parametrize("code", ["nothing", "%3Cscript%3Ealert(1)%3C%2Fscript%3E", "a" * 64])
async def test_an_unknown_code_is_a_problem_and_no_page(client: httpx.AsyncClient, code: str) -> None:
    answer = await client.get(f"/problems/{code}")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


async def test_the_type_of_a_problem_opens(client: httpx.AsyncClient) -> None:
    problem = (await client.get("/v1/me")).json()
    assert (await client.get(problem["type"])).status_code == 200


async def test_a_refusal_speaks_the_language_it_says_it_speaks(client: httpx.AsyncClient) -> None:
    english = await client.get("/v1/me", headers={"Accept-Language": "en-GB, zh;q=0.5"})
    chinese = await client.get("/v1/me")
    assert (english.headers["content-language"], english.json()["title"]) == ("en", "Not signed in, or no longer")
    assert (chinese.headers["content-language"], chinese.json()["title"]) == ("zh-CN", "未登录或登录已失效")
