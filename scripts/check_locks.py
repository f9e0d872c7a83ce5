"""Checks that the locks are hashed, name no address, and cover what pyproject.toml asks for.

Both locks are read as text, without any library, so that the check runs before anything is
installed. Exit 0 and silence, or exit 1 and one line for each finding.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUN_LOCK = "requirements.lock"
DEV_LOCK = "requirements-dev.lock"

_PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;]+)(?:\s*;(?P<marker>.*))?$")
_HASH = re.compile(r"^--hash=sha256:[0-9a-f]{64}$")
_NAME = re.compile(r"^[A-Za-z0-9._-]+")
# An address has a scheme, or is a host name after blank, "@" or "="; package names have no dot
# followed by a top-level domain.
_ADDRESS = re.compile(
    r"://|\bwww\.|[\w-]+\.(?:org|com|net|io|dev|local)\b|--(?:extra-)?index|--find-l"
)


def normalised(name: str) -> str:
    """The one spelling under which an index knows a package (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read_lock(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each requirement of a lock with its options, continuation lines joined."""
    for line in text.replace("\\\n", " ").splitlines():
        requirement, *options = re.split(r"\s+(?=--)", line.strip())
        if requirement and not requirement.startswith("#"):
            yield requirement.strip(), [option.strip() for option in options]


def check_lock(name: str, text: str) -> Iterator[str]:
    """What is wrong with the form of one lock."""
    for number, line in enumerate(text.splitlines(), 1):
        if _ADDRESS.search(line):
            yield f"{name}:{number}: an address: {line.strip()}"
    for requirement, options in read_lock(text):
        if not _PINNED.match(requirement):
            yield f"{name}: not pinned to one version: {requirement}"
        if not options:
            yield f"{name}: no hash: {requirement}"
        for option in options:
            if not _HASH.match(option):
                yield f"{name}: not a SHA-256 hash: {requirement} {option}"


def pins(text: str) -> dict[str, set[str]]:
    """Package -> versions (more than one where an environment marker chooses)."""
    found: dict[str, set[str]] = {}
    for requirement, _ in read_lock(text):
        if match := _PINNED.match(requirement):
            found.setdefault(normalised(match["name"]), set()).add(match["version"])
    return found


def check(pyproject: str, run_lock: str, dev_lock: str) -> list[str]:
    """Every finding about the two locks, empty when they hold."""
    findings = [*check_lock(RUN_LOCK, run_lock), *check_lock(DEV_LOCK, dev_lock)]
    project = tomllib.loads(pyproject)
    run, dev = pins(run_lock), pins(dev_lock)
    for lock, locked, wanted in (
        (RUN_LOCK, run, project["project"]["dependencies"]),
        (DEV_LOCK, dev, project["dependency-groups"]["dev"]),
    ):
        for requirement in wanted:
            match = _NAME.match(requirement)
            if match is None or normalised(match[0]) not in locked:
                findings.append(f"{lock}: pyproject.toml asks for {requirement}; run make locks")
    findings.extend(
        f"{DEV_LOCK}: {package} differs from {RUN_LOCK}"
        for package, versions in run.items()
        if dev.get(package) != versions
    )
    return findings


def main() -> int:
    """Prints the findings about the locks of this repository."""
    findings = check(
        *((ROOT / name).read_text("utf-8") for name in ("pyproject.toml", RUN_LOCK, DEV_LOCK))
    )
    for finding in findings:
        print(finding, file=sys.stderr)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
