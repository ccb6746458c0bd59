"""A page as somebody reads it: its first sentence, its lines, its links and fields; and what no page of ours holds."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx


@dataclass
class Page:
    """What is on a page."""

    language: str = ""
    headings: list[str] = field(default_factory=list[str])
    lines: dict[str, str] = field(default_factory=dict[str, str])
    links: list[str] = field(default_factory=list[str])
    fields: dict[str, str] = field(default_factory=dict[str, str])
    elements: set[str] = field(default_factory=set[str])
    text: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self._inside: list[str] = []
        self._name = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        assert not any(name.startswith("on") for name in given), given
        self._inside.append(tag)
        self.page.elements.add(tag)
        if tag == "html":
            self.page.language = given["lang"]
        if tag == "a":
            self.page.links.append(given["href"])
        if tag == "input":
            self.page.fields[given["name"]] = given.get("value", "")
        if tag == "h1":
            self.page.headings.append("")

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        inside = self._inside[-1] if self._inside else ""
        if inside == "style":
            return
        self.page.text += data
        if inside == "h1":
            self.page.headings[-1] += data
        elif inside == "dt":
            self._name = data
        elif inside == "dd":
            self.page.lines[self._name] = self.page.lines.get(self._name, "") + data


def read(answer: httpx.Response) -> Page:
    """Read a page."""
    assert answer.headers["content-type"] == "text/html; charset=utf-8", answer.text
    reader = _Reader()
    reader.feed(answer.text)
    reader.close()
    return reader.page
