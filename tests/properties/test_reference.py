"""Whatever a region's devices may have sealed, the program and the reference read it alike.

The reference (`tests/e2e/reference_region.py`) knows only the words of the design; the histories
are those of the tests of projections: few fichas, much about each, two region keys, revocations,
relevos, forks, receptions that contradict.
"""

import json
from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fichaat.domain.authority import BELIEVED
from fichaat.domain.chains import Link, chain_state
from fichaat.domain.lineage import Estado, history, waits
from fichaat.domain.record import SealedRecord
from fichaat.domain.subjects import ficha_id
from tests.e2e.reference_region import Region, Sealed
from tests.support.fake_region import day, full_authority
from tests.support.stories import tell

Lines = dict[tuple[str, str], tuple[str, str, str, str | None]]
"""By id and author: the version that holds, its state, its standing, what was said of it."""
Chains = tuple[set[tuple[str, str, int]], set[tuple[str, str, int]]]
"""Every place that misses, every place that forks."""


def by_the_program(records: Sequence[SealedRecord], root: str) -> tuple[Lines, dict[str, str]]:
    authority = full_authority(root, records)
    lines: Lines = {}
    apart: dict[str, str] = {}
    for id_ in {ficha_id(item.record) for item in records} - {None}:
        story = history((r for r in records if ficha_id(r.record) == id_), authority)
        for item in story.refused:
            apart[item.sha256] = "en_espera" if waits(item, story) else "sin_derecho"
        for line in story.lineages:
            word = None if line.revision is None else line.revision.value
            place = (line.id, line.origin)
            lines[place] = (line.head.sha256, line.estado.value, line.aprobacion.value, word)
            apart |= {left.item.sha256: left.motivo.value for left in line.apartados}
            if line.estado is Estado.CUARENTENA:
                believed = line.aprobacion in BELIEVED
                apart[line.head.sha256] = "otra_linea" if believed else line.aprobacion.value
    return lines, apart


def by_the_reference(region: Region) -> tuple[Lines, dict[str, str]]:
    lines: Lines = {
        (line.id, line.origin): (
            line.head.sha256,
            line.estado,
            line.marks[line.head.sha256],
            region.verdict(line),
        )
        for line in region.lines
    }
    return lines, {row["sha256"]: row["motivo"] for row in region.apart()}


def program_chains(records: Sequence[SealedRecord]) -> Chains:
    missing, forked = set(), set()
    for device, chain in {(item.record.device, item.record.chain) for item in records}:
        links = [
            Link(item.record.sequence, item.sha256, item.record.previous)
            for item in records
            if item.place[:2] == (device, chain)
        ]
        state = chain_state(chain, links)
        forked |= {(device, chain, sequence) for sequence in state.forks}
        for gap in state.gaps:
            missing |= {(device, chain, n) for n in range(gap.desde, gap.hasta + 1)}
    return missing, forked


def reference_chains(region: Region) -> Chains:
    gaps, forks = region.chains()
    missing = {
        (gap["device"], gap["chain"], sequence)
        for gap in gaps
        for sequence in range(gap["desde"], gap["hasta"] + 1)
    }
    return missing, {(fork["device"], fork["chain"], fork["secuencia"]) for fork in forks}


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32), st.integers(0, 70))
def test_the_program_and_the_reference_read_the_same(seed: int, length: int) -> None:
    story = tell(seed, length)
    root = story.root or ""
    records = list({item.sha256: item for item in story.records}.values())
    region = Region([Sealed(i.sha256, json.loads(i.raw)) for i in records], root, day(50))
    assert program_chains(records) == reference_chains(region)
    if story.root is not None:
        assert by_the_program(records, root) == by_the_reference(region)
