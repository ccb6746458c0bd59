"""What a distributed PostgreSQL would refuse, found in the text of statements (docs: scale-out, rule 4)."""

import ast
import re
from collections.abc import Iterator

from tests.tidy.sources import Source, Sources, dotted, functions_of, statements_of_sql

_VOLATILE = {"uuidv7", "uuidv4", "gen_random_uuid", "clock_timestamp", "random", "nextval", "timeofday"}
_CALL = re.compile(r"\b(" + "|".join(sorted(_VOLATILE)) + r")\s*\(")
# A statement's text, cut where the next verb begins; FOR UPDATE is a lock and no verb.
_VERBS = re.compile(r"(?<!FOR )(?<!KEY )\b(?=(?:INSERT INTO|UPDATE|DELETE FROM)\b)")


def _in_text(source: Source) -> Iterator[str]:
    for node, text in statements_of_sql(source):
        if re.search(r"\bCREATE\s+(OR\s+REPLACE\s+)?(CONSTRAINT\s+)?TRIGGER\b", text, re.IGNORECASE):
            yield source.at(node, "a trigger is refused on a distributed table")
        for statement in _VERBS.split(text):
            volatile = _CALL.search(statement)
            if statement.startswith("UPDATE") and volatile:
                yield source.at(node, f"{volatile[1]}() in an UPDATE: compute it before")


def _in_code(source: Source) -> Iterator[str]:
    for function in functions_of(source.tree):
        for statement in ast.walk(function):
            if not isinstance(statement, ast.Expr | ast.Assign | ast.AnnAssign | ast.Return):
                continue
            called = {dotted(node.func): node for node in ast.walk(statement) if isinstance(node, ast.Call)}
            for name, node in called.items():
                if "update" in called and name.startswith("func.") and name.removeprefix("func.") in _VOLATILE:
                    yield source.at(node, f"{name}() in an UPDATE: compute it before")


def violations(sources: Sources) -> list[str]:
    """List the triggers, and the updates that call a function whose value differs from call to call."""
    return [found for source in sources.values() for found in (*_in_text(source), *_in_code(source))]
