"""Requests of devices to be approved: read from their files, or kept when they were imported."""

from pathlib import Path
from typing import Final

from msgspec import UNSET, Struct

from fichaat.application.installation import Installation
from fichaat.application.jobs import CancelToken, Progress, no_progress
from fichaat.application.place import demand_place
from fichaat.application.ports.bundles import BundleReader, OpenBundle
from fichaat.application.ports.store import Reader, Transaction
from fichaat.domain.codec import decode_as, encode
from fichaat.domain.errors import UserFacingError
from fichaat.domain.paquete import Solicitud

REQUEST_SETTING: Final = "solicitud:"
"""Before a device id: what it asked for. Of this installation, it never travels."""
CERTIFICATE_SETTING: Final = "certificado:"
"""Before a device id: the certificate that came with its request."""


class Asked(Struct, frozen=True):
    """A device that asks to be approved."""

    device: str
    certificate_pem: bytes
    solicitud: Solicitud


def asked_in(bundle: OpenBundle) -> Asked | None:
    """The request in a bundle; None where it is none."""
    asked = bundle.info.solicitud
    if asked is UNSET:
        return None
    return Asked(bundle.exporter, bundle.certificates[bundle.exporter], asked)


def keep_request(tx: Transaction, asked: Asked) -> None:
    """Remember a request; a later one of the same device takes its place."""
    tx.set_setting(REQUEST_SETTING + asked.device, encode(asked.solicitud).decode())
    tx.set_setting(CERTIFICATE_SETTING + asked.device, asked.certificate_pem.decode())


def kept_requests(reader: Reader) -> dict[str, Asked]:
    """By device, every request that was ever imported here."""
    certificates = reader.settings(CERTIFICATE_SETTING)
    found = {}
    for key, text in reader.settings(REQUEST_SETTING).items():
        device = key.removeprefix(REQUEST_SETTING)
        pem = certificates.get(CERTIFICATE_SETTING + device)
        if pem is not None:
            solicitud = decode_as(text.encode(), Solicitud)
            found[device] = Asked(device, pem.encode(), solicitud)
    return found


class ReadRequest:
    def __init__(self, here: Installation, bundles: BundleReader) -> None:
        self._here = here
        self._bundles = bundles

    def __call__(
        self, path: Path, progress: Progress = no_progress, cancel: CancelToken | None = None
    ) -> Asked:
        """What the file of a request asks for; nothing is kept.

        Raises:
            UserFacingError: "bundle.*" (not intact, not valid, of another region or practice),
                "credencial.no_request" (an intact bundle that asks for nothing).
            CancelledError: the person cancelled.
        """
        with self._bundles.open(path, progress, cancel or CancelToken()) as bundle:
            demand_place(bundle, self._here.profile)
            asked = asked_in(bundle)
        if asked is None:
            raise UserFacingError("credencial.no_request", archivo=path.name)
        return asked

    def kept(self) -> dict[str, Asked]:
        """By device, the requests that were imported."""
        with self._here.store.read() as reader:
            return kept_requests(reader)
