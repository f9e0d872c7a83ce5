"""`python -m fichaat`, and the program `fichaat`: hands over to bootstrap."""

import sys


def main() -> int:
    """Run the program with the arguments of this process."""
    from fichaat.bootstrap import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
