"""What an export writes: volumes that stand alone, papers and blobs included, nothing by chance."""

import hashlib
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from fichaat.application.export_bundle import ExportBundle
from fichaat.application.import_bundle import ImportBundle
from fichaat.application.installation import Installation
from fichaat.application.jobs import CancelToken
from fichaat.application.papers import Papers
from fichaat.application.resumen import neutral
from fichaat.application.seal_ficha import SealFicha
from fichaat.application.sign_ficha import SignFicha
from fichaat.application.verify_bundle import VerifyBundle
from fichaat.bundle import names
from fichaat.bundle.reader import StrictBundleReader
from fichaat.bundle.writer import StrictBundleWriter
from fichaat.domain.errors import CancelledError, UserFacingError
from fichaat.domain.firma import TipoFirma
from fichaat.domain.foreign_json import parse_foreign
from fichaat.domain.recepcion import Resultado
from fichaat.reports.ficha_pdf import ReportlabPaperRenderer
from fichaat.texts import message
from fichaat.trust.service import TrustService
from tests.support.fichas import DESTINATARIO, RESPONSABLE
from tests.support.installations import Laptop, template_store
from tests.unit.application.test_drafts import STROKE, a_draft

SCAN = ("escaneo.pdf", "application/pdf", b"%PDF-1.4 " + b"x" * 60_000)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return template_store(tmp_path_factory.mktemp("plantilla"))


@pytest.fixture
def laptops(tmp_path: Path, template: Path) -> Iterator[tuple[Laptop, Laptop]]:
    made = tuple(Laptop(tmp_path / str(n), template, skew=timedelta(0), number=n) for n in (1, 2))
    yield made[0], made[1]
    for laptop in made:
        laptop.close()


def exporter(laptop: Laptop) -> ExportBundle:
    papers = Papers(ReportlabPaperRenderer(), laptop.here, message)
    return ExportBundle(laptop.here, StrictBundleWriter(), names, papers)


def seal_signed(laptop: Laptop, *, scan: tuple[str, str, bytes] | None = None) -> str:
    codigo = a_draft(laptop).ficha.codigo
    sign = SignFicha(laptop.here)
    sign(codigo, RESPONSABLE.id, TipoFirma.TRAZO, stroke=STROKE)
    if scan is None:
        sign(codigo, DESTINATARIO.id, TipoFirma.TRAZO, stroke=STROKE)
    else:
        sign(codigo, DESTINATARIO.id, TipoFirma.PAPEL, scan=scan)
    outcomes, _ = SealFicha(laptop.here)([codigo], "motivo de prueba")
    assert outcomes[0].record is not None, outcomes[0].problems
    return codigo


def verify(path: Path, here: Installation | None = None) -> list[Resultado]:
    verdict = VerifyBundle(StrictBundleReader(TrustService()))(path, here)
    assert verdict.intacto, verdict.codigo
    assert verdict.valido, verdict.codigo
    return [item.resultado for item in verdict.registros]


def test_a_bundle_holds_record_signature_certificate_blobs_paper_and_summary(
    laptops: tuple[Laptop, Laptop], tmp_path: Path
) -> None:
    codigo = seal_signed(laptops[0], scan=SCAN)
    files, _ = exporter(laptops[0])(tmp_path)
    with zipfile.ZipFile(files[0].path) as container:
        members = container.namelist()
        summary = container.read("resumen.csv")
        info = parse_foreign(container.read("paquete.json"))
        scan = container.read("adjuntos/" + hashlib.sha256(SCAN[2]).hexdigest())
    assert members[:2] == ["mimetype", "paquete.json"]
    assert sum(name.startswith("adjuntos/") for name in members) == 2
    assert any(name.startswith(f"pdf/{codigo}.v1.") for name in members)
    assert summary.startswith(b"\xef\xbb\xbf")
    assert codigo.encode() in summary
    assert isinstance(info, dict)
    assert info["registros"] == 1
    assert scan == SCAN[2]
    assert files[0].sha256 == hashlib.sha256(files[0].path.read_bytes()).hexdigest()
    assert verify(files[0].path, laptops[0].here) == [Resultado.KNOWN]


def test_volumes_stay_under_their_size_and_each_stands_alone(
    laptops: tuple[Laptop, Laptop], tmp_path: Path
) -> None:
    for number in range(8):
        scan = b"%PDF-" + bytes([number]) * 90_000
        seal_signed(laptops[0], scan=(f"{number}.pdf", "application/pdf", scan))
    files, _ = exporter(laptops[0])(tmp_path, volume_bytes=400_000)
    assert len(files) > 1
    assert all(file.bytes <= 400_000 for file in files)
    assert sum(file.records for file in files) == 8
    # Each is taken on its own, in the worst order; the gaps close by themselves.
    import_bundle = ImportBundle(laptops[1].here, StrictBundleReader(TrustService()))
    for file in reversed(files):
        assert set(verify(file.path)) == {Resultado.NEW}
        assert import_bundle(file.path)[0].aplicado
    with laptops[1].here.store.read() as reader:
        assert not reader.gaps()


def test_a_record_that_fits_no_volume_is_said(
    laptops: tuple[Laptop, Laptop], tmp_path: Path
) -> None:
    seal_signed(laptops[0], scan=("g.pdf", "application/pdf", b"%PDF-" + b"g" * 300_000))
    for limit in (1, 50_000, 200_000):
        with pytest.raises(UserFacingError) as refused:
            exporter(laptops[0])(tmp_path, volume_bytes=limit)
        assert refused.value.code == "bundle.volume_too_small"
    assert list(tmp_path.glob("*.fichaat*")) == []


def test_the_same_export_twice_differs_only_in_its_signature(
    laptops: tuple[Laptop, Laptop], tmp_path: Path
) -> None:
    for _ in range(3):
        seal_signed(laptops[0])
    laptop = laptops[0]
    contents = []
    for name in ("uno", "dos"):
        folder = tmp_path / name
        folder.mkdir()
        frozen = replace_clock(laptop.here)
        papers = Papers(ReportlabPaperRenderer(), frozen, message)
        files, _ = ExportBundle(frozen, StrictBundleWriter(), names, papers)(folder)
        with zipfile.ZipFile(files[0].path) as container:
            contents.append({n: container.read(n) for n in container.namelist()})
    differing = {name for name in contents[0] if contents[0][name] != contents[1].get(name)}
    assert differing <= {"META-INF/signature001.p7s"}
    assert contents[0].keys() == contents[1].keys()


def replace_clock(here: Installation) -> Installation:
    """The same installation at one fixed moment with one fixed id to give."""
    moment = here.clock.now().replace(hour=12, minute=0, second=0)

    class Still:
        def now(self) -> object:
            return moment

        def new_id(self) -> str:
            return "01900000-0000-7000-8000-00000000f00d"

    still = Still()
    return Installation(
        here.store,
        here.profile,
        here.key,
        still,  # type: ignore[arg-type]  # `now` of a fixed moment
        still,
        here.territorio,
        here.app,
    )


def test_a_cancelled_export_leaves_no_file(laptops: tuple[Laptop, Laptop], tmp_path: Path) -> None:
    for _ in range(3):
        seal_signed(laptops[0])
    token = CancelToken()

    def stop_while_writing(done: int, total: int) -> None:
        if done > total // 2:
            token.cancel()

    with pytest.raises(CancelledError):
        exporter(laptops[0])(tmp_path, progress=stop_while_writing, cancel=token)
    assert [path for path in tmp_path.iterdir() if path.is_file()] == []


def test_a_bad_stroke_of_somebody_else_keeps_nobody_from_printing(
    laptops: tuple[Laptop, Laptop], tmp_path: Path
) -> None:
    laptop = laptops[0]
    draft = a_draft(laptop)
    data = b"no es un trazo"
    digest = hashlib.sha256(data).hexdigest()
    SignFicha(laptop.here)(draft.ficha.codigo, RESPONSABLE.id, TipoFirma.TRAZO, stroke=STROKE)
    SignFicha(laptop.here)(draft.ficha.codigo, DESTINATARIO.id, TipoFirma.TRAZO, stroke=STROKE)
    with laptop.here.store.write() as tx:
        kept = tx.draft(draft.ficha.codigo)
        assert kept is not None
        bad = tuple(replace(firma, blob=digest) for firma in kept.ficha.firmas)
        tx.add_blob(digest, data)
        tx.put_draft(replace(kept, ficha=replace(kept.ficha, firmas=bad)))
    outcomes, _ = SealFicha(laptop.here)([draft.ficha.codigo], "motivo")
    assert outcomes[0].record is not None
    files, _ = exporter(laptop)(tmp_path)
    assert verify(files[0].path) == [Resultado.NEW]


def test_nothing_to_export_is_said(laptops: tuple[Laptop, Laptop], tmp_path: Path) -> None:
    with pytest.raises(UserFacingError) as refused:
        exporter(laptops[0])(tmp_path)
    assert refused.value.code == "bundle.nothing_to_export"


def test_a_specialist_hands_over_the_own_work_unless_everything_is_asked(
    laptops: tuple[Laptop, Laptop], tmp_path: Path
) -> None:
    seal_signed(laptops[0])
    seal_signed(laptops[1])
    laptops[1].receive(laptops[0].held(), laptops[0])
    own, _ = exporter(laptops[1])(tmp_path)
    everything, _ = exporter(laptops[1])(tmp_path, everything=True)
    assert own[0].records == 2  # the ficha and the reception
    assert everything[0].records == 3


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+51 999", "'+51 999"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("Quinua", "Quinua"),
        ("", ""),
        ("\t=1", "'\t=1"),
    ],
)
def test_no_cell_is_a_formula(cell: str, shown: str) -> None:
    assert neutral(cell) == shown


def test_the_kept_papers_are_used_again(laptops: tuple[Laptop, Laptop], tmp_path: Path) -> None:
    seal_signed(laptops[0])
    exporter(laptops[0])(tmp_path)

    class NoRenderer(ReportlabPaperRenderer):
        def render(self, paper: object) -> bytes:
            raise AssertionError(paper)

    papers = Papers(NoRenderer(), laptops[0].here, message)
    again, _ = ExportBundle(laptops[0].here, StrictBundleWriter(), names, papers)(tmp_path)
    assert again[0].records == 1
