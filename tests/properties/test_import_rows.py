"""Whatever stands in a JSONL file: every row gets an answer, and all is taken or nothing.

Rows begin as good ones and are bent: members replaced by any value, removed, renamed, nested,
repeated; bytes flipped, cut, doubled.
"""

import copy
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fichaat.application.import_fichas import ImportFichas, ImportReport
from fichaat.application.installation import Installation
from fichaat.domain.codec import check_shape
from fichaat.domain.problem import Severity
from fichaat.texts import MESSAGES
from tests.support.installations import Laptop, template_store
from tests.support.rows import Row, pending_row

SETTINGS = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

anything: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats()
    | st.text(st.characters(), max_size=20)
    | st.sampled_from(["", " ", "25:00", "\x00", "\ud800", "e\u0301", "x" * 20_001, "2026-02-30"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=5,
)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder: Path = tmp_path_factory.mktemp("filas")
    laptop = Laptop(folder / "equipo", template_store(folder), skew=timedelta(hours=30), number=5)
    yield laptop.here
    laptop.close()


def bend(row: Row, random: Random, values: list[Any]) -> Any:  # noqa: ANN401  # any JSON value
    """A row with some of its members bent."""
    bent: Any = copy.deepcopy(row)
    for value in values:
        parent, key = _place(bent, random)
        match random.randrange(5):
            case 0:
                del parent[key]
            case 1 if isinstance(parent, dict):
                parent[random.choice(["zzz", "", "Fecha", "id", "codigo"])] = value
            case 2:
                parent[key] = [parent[key], value]
            case 3:
                parent[key] = {"ubigeo": value, "id": parent[key]}
            case _:
                parent[key] = value
        if not isinstance(bent, dict) or not bent:
            return bent
    return bent


def _place(value: Any, random: Random) -> tuple[Any, Any]:  # noqa: ANN401  # any JSON value
    """Some member anywhere below a value that has at least one."""
    while True:
        key = (
            random.choice(list(value)) if isinstance(value, dict) else random.randrange(len(value))
        )
        child = value[key]
        if not isinstance(child, dict | list) or not child or random.random() < 0.2:
            return value, key
        value = child


def bend_bytes(line: bytes, random: Random) -> bytes:
    """A line as a bad cable would hand it over."""
    place = random.randrange(len(line) + 1)
    match random.randrange(5):
        case 0:
            return line[:place]
        case 1:
            return line[:place] + bytes([random.randrange(256)]) + line[place + 1 :]
        case 2:
            return line[:place] + line[place // 2 :]
        case 3:
            return line + line
        case _:
            return line[:place] + b"[" * random.choice((1, 100, 100_000)) + line[place:]


def stored(here: Installation) -> tuple[int, int]:
    """Drafts and records."""
    with here.store.read() as reader:
        return len(reader.drafts()), reader.record_count()


def empty(here: Installation) -> None:
    """The next example begins without drafts."""
    with here.store.write() as tx:
        tx.delete_drafts([draft.id for draft in tx.drafts()])


def check(
    here: Installation,
    lines: list[bytes],
    report: ImportReport,
    before: tuple[int, int],
    *,
    partial: bool,
) -> None:
    rows = [line for line in lines if line.strip()]
    assert report.filas == len(rows) == len(report.detalle)
    refused = [row for row in report.detalle if row.estado == "rechazada"]
    assert report.rechazadas == len(refused)
    for row in refused:
        (problem,) = row.problemas
        assert problem.severity is Severity.REFUSED
        assert problem.code in MESSAGES
        assert row.codigo is None
    drafts, records = stored(here)
    taken = report.importadas
    assert taken == (len(rows) - len(refused) if partial or not refused else 0)
    assert (drafts + records) - sum(before) == taken
    assert records - before[1] == report.selladas
    states = {row.estado for row in report.detalle} - {"rechazada"}
    assert states <= ({"borrador", "sellada"} if taken else {"no_importada"})


@SETTINGS
@given(
    seed=st.integers(0, 2**32),
    values=st.lists(anything, min_size=1, max_size=3),
    partial=st.booleans(),
    seal=st.booleans(),
)
def test_rows_bent_in_any_way(
    here: Installation, seed: int, values: list[Any], *, partial: bool, seal: bool
) -> None:
    random = Random(seed)
    good = [pending_row(random.randrange(10_000)) for _ in range(2)]
    bent = bend(good[1], random, values)
    lines = [
        json.dumps(good[0]).encode(),
        b"  \n",
        json.dumps(bent, ensure_ascii=random.random() < 0.5).encode("utf-8", "surrogatepass"),
    ]
    random.shuffle(lines)
    before = stored(here)
    report, _ = ImportFichas(here)(lines, seal=seal, motivo="sí", partial=partial)
    check(here, lines, report, before, partial=partial)
    with here.store.read() as reader:
        for draft in reader.drafts():
            check_shape(draft.ficha)
    empty(here)


@SETTINGS
@given(seed=st.integers(0, 2**32), partial=st.booleans())
def test_lines_broken_on_the_way(here: Installation, seed: int, *, partial: bool) -> None:
    random = Random(seed)
    lines = [json.dumps(pending_row(number), ensure_ascii=False).encode() for number in (1, 2, 3)]
    lines = [bend_bytes(line, random) if random.random() < 0.5 else line for line in lines]
    before = stored(here)
    report, _ = ImportFichas(here)(lines, partial=partial)
    check(here, lines, report, before, partial=partial)
    empty(here)


@pytest.mark.parametrize(
    "changes",
    [
        {"firmas": [{"tipo": {"a": 1}}]},
        {"firmas": [{"tipo": ["trazo"]}]},
        {"firmas": [None, 1, "x"]},
        {"firmas": {"tipo": "trazo"}},
        {"responsables": {"id": 1}},
        {"acuerdos": [[]]},
        {"codigo": None},
        {"ejecutor": None},
        {"ejecutor": {"nivel": "regional", "ubigeo": "5"}},
        {"adjuntos": [{"sha256": "x"}]},
    ],
)
def test_members_of_the_wrong_kind_are_refused(here: Installation, changes: Row) -> None:
    before = stored(here)
    line = json.dumps({**pending_row(1), **changes}).encode()
    report, _ = ImportFichas(here)([line])
    (row,) = report.detalle
    assert row.estado == "rechazada"
    assert row.problemas[0].code.startswith("schema.")
    assert stored(here) == before


def coded(number: int, codigo: str) -> bytes:
    executor = {"nivel": "regional", "ubigeo": "05", "entidad": "GORE"}
    return json.dumps(pending_row(number, codigo=codigo, ejecutor=executor)).encode()


def test_a_code_is_taken_once(here: Installation) -> None:
    """Known as a draft, as a sealed ficha, or from the line above: refused, and all with it."""
    sealed, drafted, fresh = (f"05-2026-ABCDEF-{number:04d}" for number in (1, 2, 3))
    first, _ = ImportFichas(here)([coded(500, sealed)], seal=True, motivo="sí")
    assert first.selladas == 1
    assert ImportFichas(here)([coded(501, drafted)])[0].importadas == 1
    before = stored(here)
    for codigo in (sealed, drafted):
        report, _ = ImportFichas(here)([coded(502, codigo), coded(503, fresh)])
        assert [row.estado for row in report.detalle] == ["rechazada", "no_importada"]
        assert report.detalle[0].problemas[0].code == "ficha.codigo_known"
    twice, _ = ImportFichas(here)([coded(504, fresh), coded(505, fresh)])
    assert [row.estado for row in twice.detalle] == ["no_importada", "rechazada"]
    assert stored(here) == before
    partly, _ = ImportFichas(here)([coded(504, fresh), coded(505, fresh)], partial=True)
    assert [row.estado for row in partly.detalle] == ["borrador", "rechazada"]
    empty(here)
