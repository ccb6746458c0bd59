"""Reading a .csv: UTF-8 with or without its mark, UTF-16 with it, or GB18030; the delimiter found in the first rows."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from x_pilot_api.core.tables.refusing import Refused

_DELIMITERS = ",;\t，|"
_SAMPLE_LINES = 30
_FIELD_CHARACTERS_MAX = 100_000
_COLUMNS_MAX = 200
_MARKED = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read(data: bytes, limits: Mapping[str, int]) -> Iterator[Any]:
    """Tell encoding and delimiter, then give every record with its number."""
    text, encoding = _decoded(data)
    if len(text) > limits["unzipped_mib"] << 20:
        raise Refused("package_refused", reason="unzipped_bytes", found=len(text), limit=limits["unzipped_mib"] << 20)
    delimiter = _delimiter_of(text)
    yield {"format": "csv", "encoding": encoding, "delimiter": delimiter, "other_sheets": [], "merged": []}
    csv.field_size_limit(_FIELD_CHARACTERS_MAX)
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, record in enumerate(records, start=1):
            yield [number, [field or None for field in record[:_COLUMNS_MAX]]]
    except csv.Error:
        raise Refused("csv_broken", row=number + 1) from None


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            candidates = [encoding]
            break
    else:
        candidates = ["utf-8", "gb18030"]
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text, encoding.removesuffix("-sig")
    raise Refused("encoding_unknown", encodings="UTF-8, GB18030")


def _delimiter_of(text: str) -> str:
    """Choose the delimiter that most of the first lines hold equally often, and at all."""
    lines = [line for line in text[: 1 << 18].splitlines()[:_SAMPLE_LINES] if line.strip()]
    if not lines:
        raise Refused("table_empty")

    def evenness(delimiter: str) -> tuple[int, int]:
        (often, lines_of_it), *_ = Counter(line.count(delimiter) for line in lines).most_common(1)
        return (lines_of_it if often else 0, often)

    return max(_DELIMITERS, key=evenness)
