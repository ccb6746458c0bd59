"""How a text is put into the form it is searched in, and where its hits are; the one place that knows."""

import itertools
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

WORDS_MAX = 8
SNIPPET = 90
"""How many characters of a text stand in a list of hits."""
_BEFORE = 24


class Segment(NamedTuple):
    """A piece of a text, and whether it was searched for."""

    text: str
    is_hit: bool


class Folded(NamedTuple):
    """A text as it is searched in, and at which character of the original each of its characters stands."""

    text: str
    places: list[int]


class Index(NamedTuple):
    """What a document is searched by: what stands in its head, all of it, and its grams."""

    title_text: str
    search_text: str
    grams: list[str]


def _is_word(char: str) -> bool:
    # "1+X" is one word here, whatever else a plus sign is.
    return char == "+" or unicodedata.category(char)[0] in "LNM"


def _is_ideograph(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or char >= "\U00020000"


def fold(text: str) -> Folded:
    """Fold width and case; put one blank for any run of punctuation, none for blanks between two ideographs.

    So 〔2020〕, [2020] and (2020) are one spelling, as are １＋Ｘ and 1+x, and a blank or full-width blank within a
    Chinese word does not part it. A line's end does.
    """
    folded: list[str] = []
    places: list[int] = []
    waiting = ""
    for index, char in enumerate(text):
        for piece in unicodedata.normalize("NFKC", char).casefold():
            if not _is_word(piece):
                waiting = " " if piece == " " and waiting in {"", " "} else "."
                continue
            if waiting and folded and not (waiting == " " and _is_ideograph(folded[-1]) and _is_ideograph(piece)):
                folded.append(" ")
                places.append(index)
            waiting = ""
            folded.append(piece)
            places.append(index)
    return Folded("".join(folded), places)


def grams_of(folded: str) -> list[str]:
    """List each character of a folded text once, and each two that stand side by side within a run."""
    found: set[str] = set()
    for run in folded.split():
        found.update(run)
        found.update(first + second for first, second in itertools.pairwise(run))
    return sorted(found)


def index_of(*, title: str, document_number: str | None, issuing_body: str, text: str) -> Index:
    """Work out what a document is searched by."""
    head = f"{title}\n{document_number or ''}"
    whole = fold(f"{head}\n{issuing_body}\n{text}").text
    return Index(fold(head).text, whole, grams_of(whole))


def words_of(query: str) -> list[str]:
    """Split what somebody looks for at its blanks into folded words, each once; what has no letter is none."""
    return list(dict.fromkeys(word for part in query.split() if (word := fold(part).text)))


def grams_asked(words: Sequence[str]) -> list[str]:
    """List what a text must hold for all words to be able to occur: pairs, and single characters that stand alone."""
    found: set[str] = set()
    for run in (run for word in words for run in word.split()):
        found.update({run} if len(run) == 1 else {run[at : at + 2] for at in range(len(run) - 1)})
    return sorted(found)


def mark(text: str, words: Sequence[str]) -> list[Segment]:
    """Cut a text into pieces that are hits and pieces that are not."""
    folded = fold(text)
    is_hit = bytearray(len(text))
    for word in words:
        at = folded.text.find(word)
        while at >= 0:
            first, last = folded.places[at], folded.places[at + len(word) - 1]
            is_hit[first : last + 1] = b"\x01" * (last + 1 - first)
            at = folded.text.find(word, at + 1)
    segments: list[Segment] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or is_hit[end] != is_hit[start]:
            segments.append(Segment(text[start:end], bool(is_hit[start])))
            start = end
    return segments


def snippet(text: str, words: Sequence[str]) -> list[Segment]:
    """Show the place of a text where it says most of what was looked for, or its beginning."""
    best, most = "", -1
    for paragraph in text.split("\n"):
        if not paragraph.strip():
            continue
        folded = fold(paragraph).text if words else ""
        said = sum(word in folded for word in words)
        if said > most:
            best, most = paragraph, said
        if said == len(words):
            break
    segments = mark(best, words)
    if not segments:
        return []
    first = 0 if segments[0].is_hit or len(segments) == 1 else len(segments[0].text)
    start = max(0, first - _BEFORE)
    return _cut(segments, start, start + SNIPPET, whole=len(best))


def _cut(segments: Sequence[Segment], start: int, end: int, *, whole: int) -> list[Segment]:
    shown = [Segment("…", is_hit=False)] if start else []
    at = 0
    for text, is_hit in segments:
        piece = text[max(0, start - at) : max(0, end - at)]
        at += len(text)
        if piece:
            shown.append(Segment(piece, is_hit))
    return [*shown, Segment("…", is_hit=False)] if end < whole else shown
