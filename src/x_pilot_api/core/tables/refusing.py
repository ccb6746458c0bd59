"""How the process that reads tells that it will not: a code and figures, made a refusal outside."""


class Refused(Exception):
    """The file is not read any further."""

    def __init__(self, code: str, **figures: object) -> None:
        super().__init__(code)
        self.code, self.figures = code, figures
