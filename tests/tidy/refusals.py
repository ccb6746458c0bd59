"""Refusals have stable codes, both languages, and the figures that their sentences speak of."""

import ast
import inspect
import re
import string
from collections.abc import Iterable, Iterator, Mapping

from tests.tidy.sources import Source, Sources, dotted
from x_pilot_api.core.errors import AppError, ItemCode

_CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_STATUSES = {400, 401, 403, 404, 408, 409, 410, 412, 413, 415, 422, 428, 429, 500, 503}
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def placeholders(template: str) -> set[str]:
    """Name the figures a sentence speaks of."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def _same_figures(refusal: type[AppError]) -> bool:
    """Tell whether both details speak of the same; one that takes its figures as parameters may give each its own."""
    chinese, english = placeholders(refusal.detail_zh), placeholders(refusal.detail_en)
    parameters = inspect.signature(refusal.__init__).parameters.values()
    if any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters):
        return chinese == english
    return chinese | english <= {parameter.name for parameter in parameters if parameter.default is parameter.empty}


def _faults(refusal: type[AppError]) -> Iterator[str]:
    if not _CODE.fullmatch(refusal.code):
        yield f"its code {refusal.code!r} is not snake_case"
    if refusal.status not in _STATUSES:
        yield f"its status {refusal.status} is none the API promises"
    if not _CHINESE.search(refusal.title_zh):
        yield "its title_zh is not Chinese"
    if not refusal.title_en.strip() or _CHINESE.search(refusal.title_en):
        yield "its title_en is not English"
    if bool(refusal.detail_zh) != bool(refusal.detail_en):
        yield "its detail is there in one language only"
    elif not _same_figures(refusal):
        yield "its two details speak of different figures"
    yield from _unguided(refusal)


def _unguided(refusal: type[AppError]) -> Iterator[str]:
    guide = getattr(refusal, "guide", None)
    if guide is None:
        yield "it has no guide: its page could say neither cause nor fix"
        return
    for name, both in (("cause", guide.cause), ("fix", guide.fix)):
        if not _CHINESE.search(both.zh) or not both.en.strip() or _CHINESE.search(both.en):
            yield f"its {name} is not there in both languages"
    missing = placeholders(refusal.detail_zh + refusal.detail_en) - guide.example.keys()
    if missing:
        yield f"its example lacks {', '.join(sorted(missing))}"


def item_violations(items: Iterable[ItemCode]) -> list[str]:
    """List the codes of rows and items that lack a text in either language, or a figure to show it with."""
    found: list[str] = []
    for item in items:
        if not _CODE.fullmatch(item.code):
            found.append(f"{item.code!r} is not snake_case")
        for name, both in (("kind", item.kind), ("detail", item.detail), ("fix", item.fix)):
            if not _CHINESE.search(both.zh) or not both.en.strip() or _CHINESE.search(both.en):
                found.append(f"{item.code}: its {name} is not there in both languages")
        if placeholders(item.detail.zh) != placeholders(item.detail.en):
            found.append(f"{item.code}: its two details speak of different figures")
        elif placeholders(item.detail.zh) - item.example.keys():
            found.append(f"{item.code}: its example lacks a figure")
    return found


def violations(refusals: Iterable[type[AppError]]) -> list[str]:
    """List the refusals a client could not rely on."""
    refusals = list(refusals)
    codes = [refusal.code for refusal in refusals]
    return [
        f"{refusal.__module__}.{refusal.__name__}: {says}"
        for refusal in refusals
        for says in (
            *_faults(refusal),
            *((f"another refusal has the code {refusal.code} too",) if codes.count(refusal.code) > 1 else ()),
        )
    ]


def _raised(source: Source, needed: Mapping[str, set[str]]) -> Iterator[str]:
    called: set[int] = set()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            called.add(id(node.func))
            name = dotted(node.func).rpartition(".")[2]
            given = {keyword.arg for keyword in node.keywords}
            missing = needed.get(name, set()) - given
            if missing and None not in given:
                yield source.at(node, f"{name} needs {', '.join(sorted(missing))}")
        elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Name) and needed.get(node.exc.id):
            yield source.at(node, f"{node.exc.id} needs {', '.join(sorted(needed[node.exc.id]))}")


def missing_figures(sources: Sources, refusals: Iterable[type[AppError]]) -> list[str]:
    """List the places that refuse without a figure the sentence speaks of: rendering it would fail."""
    needed = {refusal.__name__: placeholders(refusal.detail_zh + refusal.detail_en) for refusal in refusals}
    return [found for source in sources.values() if source.parts for found in _raised(source, needed)]
