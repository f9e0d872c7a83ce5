"""A file is applied and kept, or neither; envelopes stay under the size of a volume."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest

from fichaat.application import export_bundle
from fichaat.application.addressees import Addressees
from fichaat.application.export_bundle import ExportBundle
from fichaat.application.import_bundle import ImportBundle
from fichaat.application.jobs import CancelToken
from fichaat.application.papers import Papers
from fichaat.application.ports.bundles import BundleWriter, Keep, OpenBundle
from fichaat.application.profiles import AGE_RECIPIENT_SETTING
from fichaat.bundle import names
from fichaat.bundle.reader import StrictBundleReader
from fichaat.bundle.received import ReceivedFolder
from fichaat.bundle.sealed import SealedBundleReader, SealedBundleWriter
from fichaat.bundle.writer import StrictBundleWriter
from fichaat.domain.errors import UserFacingError
from fichaat.reports.ficha_pdf import ReportlabPaperRenderer
from fichaat.texts import message
from fichaat.trust.age_key import create_age_identity
from fichaat.trust.envelope import AgeEnvelope
from fichaat.trust.service import TrustService
from tests.integration.test_export import seal_signed
from tests.support.installations import Laptop, template_store

IDENTITY, RECIPIENT = create_age_identity()
ENVELOPE = AgeEnvelope()
READER = StrictBundleReader(TrustService())


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return template_store(tmp_path_factory.mktemp("plantilla"))


@pytest.fixture
def laptops(tmp_path: Path, template: Path) -> Iterator[tuple[Laptop, Laptop]]:
    made = tuple(Laptop(tmp_path / str(n), template, skew=timedelta(0), number=n) for n in (1, 2))
    for laptop in made:
        with laptop.here.store.write() as tx:
            tx.set_setting(AGE_RECIPIENT_SETTING, RECIPIENT)
    yield made[0], made[1]
    for laptop in made:
        laptop.close()


def export(laptop: Laptop, folder: Path, volume: int | None = None) -> list[Path]:
    """Sealed, as if a catalogue were in force."""

    def writer_for(recipients: Sequence[str], cancel: CancelToken) -> BundleWriter:
        return SealedBundleWriter(ENVELOPE, recipients, cancel=cancel)

    papers = Papers(ReportlabPaperRenderer(), laptop.here, message)
    use = ExportBundle(laptop.here, StrictBundleWriter(), names, papers, writer_for)
    with patch.object(export_bundle, "addressees", lambda *_: Addressees((RECIPIENT,))):
        files, _ = use(folder, everything=True, volume_bytes=volume)
    assert all(file.cifrado for file in files)
    return [file.path for file in files]


def held(laptop: Laptop) -> int:
    with laptop.here.store.read() as reader:
        return reader.record_count()


class _Broken:
    """A folder whose disk is full, before or after it took the file."""

    def __init__(self, code: str) -> None:
        self._code = code

    @contextmanager
    def keeping(self) -> Iterator[Keep]:
        def keep(_path: Path, _bundle: OpenBundle, _recipient: str, _cancel: CancelToken) -> None:
            raise UserFacingError(self._code)

        yield keep


def test_what_cannot_be_kept_is_not_applied(laptops: tuple[Laptop, Laptop], tmp_path: Path) -> None:
    giver, taker = laptops
    seal_signed(giver)
    (path,) = export(giver, tmp_path)
    reader = SealedBundleReader(READER, ENVELOPE, lambda: [IDENTITY])
    with pytest.raises(UserFacingError) as refusal:
        ImportBundle(taker.here, reader, _Broken("storage.no_space"))(path)
    assert refusal.value.code == "storage.no_space"
    assert held(taker) == 0
    verdict, _ = ImportBundle(taker.here, reader, _Broken("bundle.changed_while_reading"))(path)
    assert (verdict.aplicado, verdict.codigo) == (False, "bundle.changed_while_reading")
    assert held(taker) == 0


def test_what_cannot_be_applied_is_not_kept(laptops: tuple[Laptop, Laptop], tmp_path: Path) -> None:
    giver, taker = laptops
    seal_signed(giver)
    (path,) = export(giver, tmp_path)
    folder = tmp_path / "recibidos"
    reader = SealedBundleReader(READER, ENVELOPE, lambda: [IDENTITY])
    use = ImportBundle(taker.here, reader, ReceivedFolder(folder, ENVELOPE))
    write = taker.here.store.write

    @contextmanager
    def full(cancel: CancelToken | None = None) -> Iterator[object]:
        with write(cancel) as tx:
            yield tx
            raise UserFacingError("storage.no_space")  # where it would be committed

    with patch.object(taker.here.store, "write", full), pytest.raises(UserFacingError):
        use(path)
    assert list(folder.iterdir()) == []
    assert held(taker) == 0
    verdict, _ = use(path)
    assert verdict.aplicado
    assert verdict.cifrado
    (kept,) = folder.iterdir()
    assert kept.read_bytes() == path.read_bytes()


def test_volumes_in_envelopes_stay_under_their_size(
    laptops: tuple[Laptop, Laptop], tmp_path: Path
) -> None:
    giver, _ = laptops
    for number in range(6):
        scan = b"%PDF-" + bytes([number]) * 90_000
        seal_signed(giver, scan=(f"{number}.pdf", "application/pdf", scan))
    paths = export(giver, tmp_path, 400_000)
    assert len(paths) > 1
    for path in paths:
        assert path.stat().st_size <= 400_000
        plain = io.BytesIO()
        with path.open("rb") as file:
            ENVELOPE.unseal(file, plain, [IDENTITY], 400_000, CancelToken())
        assert plain.getvalue().startswith(b"PK\x03\x04")
