"""The `x-pilot` command, and `python -m x_pilot_api`."""

import gc


def main() -> None:
    """Run a command; what it imports stays, so the collector rests while it comes, a third of the time it takes."""
    gc.disable()
    from x_pilot_api import cli  # noqa: PLC0415 - only now does it come without the collector

    gc.freeze()
    gc.enable()
    cli.main()


if __name__ == "__main__":
    main()
