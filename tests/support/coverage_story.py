"""A case of coverage told twice: as records that laptops seal, and in the plain words of
`coverage_oracle`; and what is expected of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any, Final, cast

from msgspec.structs import replace

from fichaat.application.coverage import CoverageView, ReadCoverage
from fichaat.application.installation import Installation
from fichaat.domain.catalogo import Catalogo, Firmante
from fichaat.domain.ficha import DistritoAtendido, Ejecutor, Ficha, Modalidad, Nivel, Sesion, Tema
from fichaat.domain.record import Kind, SealedRecord
from fichaat.domain.revision import Veredicto
from fichaat.system.territorio_file import load_territorio
from tests.support import coverage_oracle
from tests.support.databases import empty_store
from tests.support.fake_region import (
    AGE,
    COORDINADOR,
    ESPECIALISTA,
    PROVINCIAL,
    FakeRegion,
    day,
    received,
    review,
)
from tests.support.records import LIMA, FakeDevice, make_ficha

QUINUA, VINCHOS, PACAYCASA, HUANTA = "050108", "050114", "050107", "050401"
FROM, TO = date(2026, 7, 1), date(2026, 12, 31)
SIGNED: Final = dict.fromkeys((QUINUA, VINCHOS, HUANTA), "2023-06-14")
"""Pacaycasa did not sign."""
AUGUST: Final = "2026-08-05"
CERTIFICATE: Final = "AAAA"
"""Of the region key, which each catalogue repeats."""
TERRITORIO: Final = load_territorio()


class Told:
    """What was sealed, as records and as the oracle hears it."""

    def __init__(self) -> None:
        self.region = FakeRegion()
        self.coord, self.prov = FakeDevice("coord"), FakeDevice("prov")
        self.ana, self.stranger = FakeDevice("ana"), FakeDevice("otro")
        self.records: list[SealedRecord] = [
            self.region.grant(self.coord, COORDINADOR, emisor=True),
            self.region.grant(self.prov, PROVINCIAL),
            self.region.grant(self.ana, ESPECIALISTA),
        ]
        self.fichas: dict[str, dict[str, Any]] = {}
        self.catalogue: dict[str, Any] = {"firmantes": SIGNED, "inicio_plan": "2026-01-01"}
        self.asked: dict[str, str] = {}

    # --- what was done ---

    def visit(
        self,
        distritos: dict[str, str],
        day: str = AUGUST,
        *,
        by: FakeDevice | None = None,
        level: str = "regional",
        themes: tuple[str, ...] = ("salud",),
        modality: Modalidad = Modalidad.PRESENCIAL,
    ) -> SealedRecord:
        """Sealed, and known to nobody else."""
        ejecutor = Ejecutor(Nivel(level), {"regional": "05", "provincial": "0501"}.get(level), "E")
        places = tuple(DistritoAtendido(place, Sesion(held)) for place, held in distritos.items())
        ficha = make_ficha(
            len(self.fichas) + 1,
            fecha=date.fromisoformat(day),
            acuerdos=0,
            ejecutor=ejecutor,
            temas=tuple(Tema(theme) for theme in themes),
        )
        item = (by or self.ana).ficha(replace(ficha, distritos=places, modalidad=modality))
        self.records.append(item)
        self.fichas[item.record.id] = {
            "id": content_of(item).codigo,
            "fecha": day,
            "ejecutor": level,
            "distritos": distritos,
            "temas": list(themes),
            "destino": "vigente",
            "equipo_aprobado": True,
            "recibida": False,
            "veredicto": None,
        }
        return item

    def approved(self, distritos: dict[str, str], day: str = AUGUST, **how: Any) -> SealedRecord:  # noqa: ANN401
        """Sealed, received and approved."""
        item = self.visit(distritos, day, **how)
        self.receive(item)
        self.judge(item, Veredicto.APROBADA)
        return item

    def receive(self, *items: SealedRecord, moment: datetime | None = None) -> None:
        self.records.append(received(self.coord, items, moment or day(320)))
        for item in items:
            self.fact(item, recibida=True)

    def judge(
        self,
        item: SealedRecord,
        said: Veredicto,
        *after: SealedRecord,
        by: FakeDevice | None = None,
    ) -> SealedRecord:
        word = review(by or self.coord, item, said, *after)
        self.records.append(word)
        self.fact(item, veredicto=said.value)
        return word

    def correct(self, old: SealedRecord, distritos: dict[str, str]) -> SealedRecord:
        """The next version, which nobody has received."""
        places = tuple(DistritoAtendido(place, Sesion(held)) for place, held in distritos.items())
        item = self.ana.rectify(old, replace(content_of(old), distritos=places))
        self.records.append(item)
        self.fact(item, distritos=distritos, recibida=False, veredicto=None)
        return item

    def annul(self, item: SealedRecord) -> None:
        self.records.append(self.ana.annul(item))
        self.fact(item, destino="anulada")

    def publish(self, version: int, firmantes: dict[str, str], begins: str | None) -> None:
        """What the oracle hears is the last that was published."""
        content = Catalogo(
            version,
            "05",
            CERTIFICATE,
            AGE,
            ("0501",),
            inicio_plan=None if begins is None else date.fromisoformat(begins),
            firmantes=tuple(Firmante(key, date.fromisoformat(x)) for key, x in firmantes.items()),
        )
        self.records.append(self.coord.seal(Kind.CATALOGO, content))
        self.catalogue = {"firmantes": firmantes, "inicio_plan": begins}

    def fact(self, item: SealedRecord, **changes: object) -> None:
        self.fichas[item.record.id].update(changes)

    # --- what is read ---

    @contextmanager
    def reader(self, *, reverse: bool) -> Iterator[object]:
        devices = (self.region, self.coord, self.prov, self.ana, self.stranger)
        pems = {name: pem for device in devices for name, pem in device.certificates.items()}
        pems[self.region.device] = f"-----\n{CERTIFICATE}\n-----".encode()
        parts = list(reversed(self.records)) if reverse else self.records
        with empty_store() as store:
            with store.write() as tx:
                tx.set_root(self.region.device)
                tx.add_records(parts, pems)
            yield store

    def view(self, *, reverse: bool) -> CoverageView:
        """As a session reads it."""
        tema, provincia = self.asked.get("theme"), self.asked.get("province")
        with self.reader(reverse=reverse) as store:
            here = SimpleNamespace(
                store=store,
                profile=SimpleNamespace(region="05", practice=False),
                territorio=TERRITORIO,
                clock=SimpleNamespace(now=lambda: datetime(2026, 12, 31, 17, 0, tzinfo=LIMA)),
            )
            read = ReadCoverage(cast("Installation", here))
            return read(FROM, TO, tema=None if tema is None else Tema(tema), provincia=provincia)


def content_of(item: SealedRecord) -> Ficha:
    content = item.record.content
    assert isinstance(content, Ficha)
    return content


class Expected:
    """Figures as «approved/received/all», written by hand."""

    def __init__(
        self,
        estricta: str,
        dos_acciones: str,
        falta: dict[str, str],
        *excluidas: str,
        acumulada: str | None = "",
        antes: tuple[str, ...] = (),
        firmantes: int = 3,
    ) -> None:
        self.estricta, self.dos_acciones, self.falta = estricta, dos_acciones, falta
        self.excluidas = sorted(excluidas)
        self.acumulada = estricta if acumulada == "" else acumulada
        self.antes, self.firmantes = antes, firmantes

    def demand(self, said: dict[str, Any], who: str) -> None:
        assert said["firmantes"] == self.firmantes, who
        assert _slashes(said["estricta"]) == self.estricta, who
        assert _slashes(said["dos_acciones"]) == self.dos_acciones, who
        since = said["acumulada"]
        assert (since and _slashes(since["estricta"])) == self.acumulada, who
        for place, lacks in self.falta.items():
            assert " ".join(said["gl"][place]["falta"]) == lacks, (who, place)
        out = [" ".join(filter(None, (x[0][-1], x[1], x[2]))) for x in said["excluidas"]]
        assert out == self.excluidas, who
        assert tuple(key for key, gl in said["gl"].items() if gl["antes"]) == self.antes, who


def _slashes(figures: dict[str, int]) -> str:
    return "/".join(str(figures[step]) for step in coverage_oracle.STEPS)
