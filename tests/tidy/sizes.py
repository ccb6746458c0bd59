"""A file past 400 lines is a package, a function past 50 is two."""

from tests.tidy.sources import Sources, functions_of

FILE_LINES_MAX = 400
FUNCTION_LINES_MAX = 50


def violations(sources: Sources) -> list[str]:
    """List what is too long; migrations are written by Alembic and not asked."""
    found: list[str] = []
    for source in sources.values():
        lines = len(source.text.splitlines())
        if lines > FILE_LINES_MAX:
            found.append(f"{source.path}: {lines} lines, at most {FILE_LINES_MAX}")
        for function in functions_of(source.tree):
            length = (function.end_lineno or function.lineno) - function.lineno + 1
            if length > FUNCTION_LINES_MAX:
                found.append(source.at(function, f"{function.name} has {length} lines, at most {FUNCTION_LINES_MAX}"))
    return found
