"""Data folders of the window's tests: each is made once in a run, whatever process asks first.

Nobody writes in them: every test works on a copy.
"""

import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

import pytest
from filelock import FileLock

from scripts.region_coverage import cover
from scripts.region_scenery import RegionScenery, furnish_region
from scripts.review_scenery import ReviewScenery, furnish_review
from scripts.scenery import Scenery, furnish
from tests.support.program import CHEAP_KEYS, CHEAP_REGION_KEYS

T = TypeVar("T")


def house(factory: pytest.TempPathFactory) -> Scenery:
    """Of a specialist who has seen everything."""
    return _made_once(factory, "casa", lambda root: furnish(root, keys=CHEAP_KEYS))


def region(factory: pytest.TempPathFactory) -> RegionScenery:
    """Of a coordinator, and of whoever sends her packages."""
    return _made_once(factory, "region", _region)


def covered_region(factory: pytest.TempPathFactory) -> Path:
    """Of a coordinator after half a year."""
    made = region(factory)

    def covered(root: Path) -> Path:
        shutil.copytree(made.folder, root)
        cover(root, keys=CHEAP_KEYS)
        return root

    return _made_once(factory, "cobertura", covered)


def review(factory: pytest.TempPathFactory) -> ReviewScenery:
    """Of a coordinator who has fichas to review."""
    return _made_once(factory, "revision", _review)


def _region(root: Path) -> RegionScenery:
    return furnish_region(root, keys=CHEAP_KEYS, region_keys=CHEAP_REGION_KEYS)


def _review(root: Path) -> ReviewScenery:
    return furnish_review(root, keys=CHEAP_KEYS, region_keys=CHEAP_REGION_KEYS)


def _made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], T]) -> T:
    base = factory.getbasetemp()
    # A process of a divided run has its own folder in that of the run.
    run = base.parent if base.name.startswith("popen-") else base
    root = run / f"escena-{name}"
    kept = root.with_suffix(".hecha")
    with FileLock(f"{root}.lock"):
        if not kept.exists():
            shutil.rmtree(root, ignore_errors=True)
            kept.write_bytes(pickle.dumps(make(root)))
        return cast(T, pickle.loads(kept.read_bytes()))
