"""What of a person the public may see."""


def mask_name(name: str) -> str:
    """Keep the first character of a name, so that its holder can recognise it and nobody else can read it."""
    return name[:1] + "*" * max(len(name) - 1, 1)
