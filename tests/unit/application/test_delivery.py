"""What *Paquetes* is told before an export, and how a bundle is shown before an import."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from fichaat.application.delivery import FOLDER_SETTING, ReadDelivery
from fichaat.application.export_bundle import ExportBundle
from fichaat.application.import_bundle import ImportBundle
from fichaat.application.jobs import CancelToken
from fichaat.application.papers import Papers
from fichaat.application.preview_bundle import BundlePreview, PreviewBundle
from fichaat.application.recorder import Recorder, ToSeal
from fichaat.application.save_draft import new_codigos
from fichaat.application.verify_bundle import VerifyBundle
from fichaat.bundle import names
from fichaat.bundle.reader import StrictBundleReader
from fichaat.bundle.writer import StrictBundleWriter
from fichaat.domain.errors import CancelledError
from fichaat.domain.recepcion import Resultado
from fichaat.domain.record import Kind
from fichaat.reports.ficha_pdf import ReportlabPaperRenderer
from fichaat.texts import message
from fichaat.trust.service import TrustService
from tests.support.fichas import unsigned_ficha
from tests.support.installations import Laptop
from tests.support.received import received

READER = StrictBundleReader(TrustService())


def seal(laptop: Laptop) -> None:
    here = laptop.here
    recorder = Recorder(here)
    with here.store.write() as tx:
        ficha = replace(unsigned_ficha(), codigo=new_codigos(tx, here, 1)[0])
        item = ToSeal(Kind.FICHA, ficha, here.ids.new_id())
        tx.add_records(recorder.seal(tx, [item]), recorder.certificates())


def export(laptop: Laptop, folder: Path, *, everything: bool = False) -> list[Path]:
    papers = Papers(ReportlabPaperRenderer(), laptop.here, message)
    use = ExportBundle(laptop.here, StrictBundleWriter(), names, papers)
    files, _ = use(folder, everything=everything)
    return [file.path for file in files]


def preview(laptop: Laptop, path: Path) -> BundlePreview:
    return PreviewBundle(laptop.here, VerifyBundle(READER))(path)


def test_what_would_leave_is_counted_and_weighed(laptop: Laptop, tmp_path: Path) -> None:
    read = ReadDelivery(laptop.here)
    assert (read().todo.registros, read().anteriores, read().folder) == (0, (), None)
    ImportBundle(laptop.here, READER)(received(tmp_path).before)
    seal(laptop)
    found = read()
    # The reception, the own word about what came, leaves with it and is no delivery by itself.
    assert (found.pendiente.registros, found.pendiente.fichas) == (1, 1)
    assert (found.todo.registros, found.todo.fichas) == (6, 5)
    assert 0 < found.pendiente.bytes < found.todo.bytes
    assert (found.entrega.fichas, found.entrega.sin_acuse) == (1, 1)


def test_the_weight_told_is_about_that_of_the_file(laptop: Laptop, tmp_path: Path) -> None:
    for _ in range(4):
        seal(laptop)
    (path,) = export(laptop, tmp_path)
    told = ReadDelivery(laptop.here)().pendiente.bytes  # the papers have their size by now
    assert path.stat().st_size * 0.7 < told < path.stat().st_size * 1.5


def test_past_exports_are_told_the_last_first(laptop: Laptop, tmp_path: Path) -> None:
    for count in (1, 2):
        seal(laptop)
        export(laptop, tmp_path)
        past = ReadDelivery(laptop.here)().anteriores
        assert [line.registros for line in past] == list(range(count, 0, -1))


def test_the_folder_of_last_time_is_remembered(laptop: Laptop, tmp_path: Path) -> None:
    read = ReadDelivery(laptop.here)
    read.remember_folder(tmp_path)
    assert read().folder == tmp_path
    read.remember_folder(Path("/media/\udcff"))  # no Unicode text: the one before stays
    assert read().folder == tmp_path
    with laptop.here.store.read() as reader:
        assert reader.setting(FOLDER_SETTING) == str(tmp_path)


def test_a_preview_changes_nothing_and_tells_each_record(laptop: Laptop, tmp_path: Path) -> None:
    parcel = received(tmp_path)
    ImportBundle(laptop.here, READER)(parcel.before)
    with laptop.here.store.read() as reader:
        before = reader.record_count()
    found = preview(laptop, parcel.now)
    with laptop.here.store.read() as reader:
        assert reader.record_count() == before
    rows = {line.codigo[-4:] + item.kind: (item, line) for item, line in found.rows}
    counts = [item.resultado for item in found.verdict.registros]
    assert counts.count(Resultado.NEW) == 7
    assert [gap.hasta - gap.desde for gap in found.verdict.huecos] == [2]
    conflict, line = rows["0001ficha"]
    assert conflict.resultado is Resultado.CONFLICT
    assert line.distritos == ("050408",)
    assert rows["0002ficha"][1].motivo == "Corrige la hora de término"
    # What is about a ficha or an agreement is placed where that is, here or in the bundle.
    assert rows["0004evidencia"][1].distritos == rows["0004ficha"][1].distritos
    assert rows["0004evidencia"][1].cantidades == (1, 0)
    assert rows["0004anulacion"][1].motivo == "nunca ocurrió"
    (event,) = [line for item, line in found.rows if item.kind == Kind.SEGUIMIENTO]
    assert (event.estado, event.distritos) == ("cumplido", rows["0003ficha"][1].distritos)


def test_what_is_about_records_of_before_is_placed_by_what_is_here(
    laptop: Laptop, other: Laptop, tmp_path: Path
) -> None:
    seal(laptop)
    laptop.late_signature(0)
    (path,) = export(laptop, tmp_path)
    ImportBundle(other.here, READER)(path)
    assert all(line.codigo for _, line in preview(other, path).rows)
    assert preview(other, path).verdict.brings_nothing


def test_a_preview_and_the_import_say_the_same(laptop: Laptop, tmp_path: Path) -> None:
    for path in received(tmp_path)[:2]:
        shown = preview(laptop, path).verdict
        done, _ = ImportBundle(laptop.here, READER)(path)
        assert replace(done, aplicado=False) == shown


def test_a_refused_file_has_no_lines(laptop: Laptop, tmp_path: Path) -> None:
    found = preview(laptop, tmp_path / "nada.fichaat")
    assert (found.verdict.codigo, found.lines) == ("bundle.not_found", ())


def test_progress_counts_records_and_a_cancelled_preview_ends(
    laptop: Laptop, tmp_path: Path
) -> None:
    path = received(tmp_path).before
    use = PreviewBundle(laptop.here, VerifyBundle(READER))
    told: list[tuple[int, int]] = []
    use(path, lambda done, total: told.append((done, total)))
    assert told == [(n, 4) for n in range(1, 5)]
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError):
        use(path, cancel=token)
