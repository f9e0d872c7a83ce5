"""One changed byte anywhere in the database file: `datos comprobar` finds it."""

from random import Random

import pytest

from fichaat.storage.engine import PAGE
from tests.support.fault_stage import OWN_FILES, SEAL, Trial, files
from tests.support.fault_table import exhaustive
from tests.support.program import Machine

pytestmark = pytest.mark.faults

_RESERVED = 80
"""At the end of every page: initialisation vector and HMAC."""

_PARTS = 4
_SAMPLED = 64
_STEP = 64
"""Where every place is meant: all bytes of a page share one HMAC."""


@pytest.mark.parametrize("part", range(_PARTS))
def test_a_flipped_byte_is_found(part: int, trial: Trial) -> None:
    with trial.case(trial.stage(SEAL)) as machine:
        assert machine.json("datos", "comprobar").code == 0
        assert files(machine.folder) == OWN_FILES
        database = machine.folder / "fichaat.db"
        whole = database.read_bytes()
        random = Random(trial.seed)
        every = sorted({*range(0, len(whole), _STEP), *_edges(len(whole))})
        places = every if exhaustive() else _sample(len(whole), random)
        flips = [(place, 1 << random.randrange(8)) for place in places][part::_PARTS]
        for place, bit in flips:
            for log in ("-wal", "-shm"):
                database.with_name(database.name + log).unlink(missing_ok=True)
            database.write_bytes(_flipped(whole, place, bit))
            _demand_found(machine, place)
    trial.row("byte cambiado en la base de datos", len(flips), len(whole))


def test_every_page_has_a_flip() -> None:
    """The sample leaves no page out, and neither the file's ends."""
    places = _sample(40 * PAGE, Random(1))
    assert {place // PAGE for place in places} == set(range(40))
    assert {0, 40 * PAGE - 1} <= set(places)


def _edges(size: int) -> set[int]:
    """The first and last bytes of every page and of its reserved area."""
    starts = range(0, size, PAGE)
    return {
        start + offset
        for start in starts
        for offset in (0, PAGE - _RESERVED - 1, PAGE - _RESERVED, PAGE - 1)
    }


def _sample(size: int, random: Random) -> list[int]:
    """One place of every page, the ends of the file, and some more edges."""
    chosen = {0, 15, 16, size - 1}
    chosen |= {start + random.randrange(PAGE) for start in range(0, size, PAGE)}
    edges = sorted(_edges(size) - chosen)
    random.shuffle(edges)
    chosen |= set(edges[: max(0, _SAMPLED - len(chosen))])
    return sorted(chosen)


def _flipped(whole: bytes, place: int, bit: int) -> bytes:
    hurt = bytearray(whole)
    hurt[place] ^= bit
    return bytes(hurt)


def _demand_found(machine: Machine, place: int) -> None:
    found = machine.json("datos", "comprobar")
    assert found.code == 1, (place, found)
    assert found.err == "", (place, found)
    answer = found.json
    if "error" in answer:
        assert answer["error"]["code"] == "storage.corrupt", (place, answer)
    else:
        assert answer["diferencias"], place


def test_a_database_cut_or_grown_is_found(trial: Trial) -> None:
    with trial.case(trial.stage(SEAL)) as machine:
        database = machine.folder / "fichaat.db"
        whole = database.read_bytes()
        pages = [whole[start : start + PAGE] for start in range(0, len(whole), PAGE)]
        for hurt in (
            whole[:-1],
            whole[:-PAGE],
            whole[: len(whole) // 2],
            whole + b"\0",
            whole + bytes(PAGE),
            whole + pages[-1],
            b"".join((pages[0], pages[2], pages[1], *pages[3:])),
        ):
            database.write_bytes(hurt)
            _demand_found(machine, len(hurt))
