"""`python -m fichaat`, and the program `fichaat`: hands over to launch."""

import sys


def main() -> int:
    """Run the program with the arguments of this process."""
    if getattr(sys, "frozen", False):
        # A process that works beside is this executable again: it must not open the program.
        from multiprocessing import freeze_support

        freeze_support()
    try:
        from fichaat.launch import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        # While modules are loaded nobody else catches it, and nothing has been begun.
        return 130


if __name__ == "__main__":
    sys.exit(main())
