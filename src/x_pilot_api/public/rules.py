"""What of a person the public may see."""


def mask_name(name: str) -> str:
    """Keep the first character of a name, so that its holder can recognise it and nobody else can read it."""
    return name[:1] + "*" * max(len(name) - 1, 1)


def mask_number(number: str) -> str:
    """Keep the last four characters of an admission number, which its holder recognises."""
    shown = 4
    return "*" * max(len(number) - shown, 0) + number[-shown:]
