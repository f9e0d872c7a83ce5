"""A region for the laptops of `installations`: one of them has the file of the region key."""

from collections.abc import Sequence
from datetime import datetime

from fichaat.application.ports.keys import RegionKey
from fichaat.application.recorder import Recorder, ToSeal
from fichaat.domain.credencial import LugarConocido, Relevo, Revocacion
from fichaat.domain.firma import Sujeto
from fichaat.domain.record import Content, Kind, SealedRecord
from fichaat.domain.revision import Revision, Veredicto
from fichaat.domain.rol import Rol
from tests.support import region
from tests.support.installations import Laptop


class Office:
    """What the region key says is sealed on one laptop, and reaches the others as they exchange."""

    def __init__(
        self, home: Laptop, key: RegionKey | None = None, *, is_founded: bool = False
    ) -> None:
        """`home` is approved as the coordinator that publishes the catalogue, unless a copy of the
        key only arrives there.
        """
        self.home = home
        self.key = key or region.region_key()
        if not is_founded:
            self.believe(home)
            self.approve(home, Rol.COORDINADOR, emisor=True)

    def believe(self, *laptops: Laptop) -> None:
        """The person in front of each compares the eight words."""
        for laptop in laptops:
            with laptop.here.store.write() as tx:
                tx.set_root(self.key.device)

    def approve(
        self,
        laptop: Laptop,
        rol: Rol = Rol.ESPECIALISTA,
        ambito: str | None = None,
        *,
        desde: datetime = region.DESDE,
        hasta: datetime = region.HASTA,
        emisor: bool = False,
    ) -> SealedRecord:
        scope = ambito or ("0501" if rol is Rol.PROVINCIAL else None)
        return self._say(
            Kind.CREDENCIAL,
            region.credencial(
                self.key,
                laptop.here.key,
                rol,
                scope,
                desde=desde,
                hasta=hasta,
                emisor=emisor,
            ),
        )

    def revoke(self, laptop: Laptop, desde: datetime) -> SealedRecord:
        """With whatever the home of the key holds of its chains."""
        with self.home.here.store.read() as reader:
            heads = {
                (place.chain, place.sequence): place
                for place in reader.places()
                if place.device == laptop.device
            }
        last = {chain: place for (chain, _), place in sorted(heads.items())}
        held = tuple(
            LugarConocido(chain, place.sequence, place.sha256) for chain, place in last.items()
        )
        return self._say(Kind.REVOCACION, Revocacion(laptop.device, desde, "se perdió", held))

    def relieve(self, old: Laptop, new: Laptop) -> SealedRecord:
        return self._say(Kind.RELEVO, Relevo(old.device, new.device, "cambio de equipo"))

    def publish(self) -> SealedRecord:
        """The next version of the catalogue."""
        with self.home.here.store.read() as reader:
            found = reader.catalogo()
        version = 1 if found is None else found[0].version + 1
        return say(self.home, Kind.CATALOGO, region.catalogo(self.key, version))

    def tell(self, *laptops: Laptop) -> None:
        """They believe the key, and hear everything that its home holds of the region's word."""
        self.believe(*laptops)
        kinds = (Kind.CREDENCIAL, Kind.REVOCACION, Kind.RELEVO, Kind.CATALOGO)
        said = [item for item in self.home.held() if item.record.kind in kinds]
        certificates = self.home.certificates()
        for laptop in laptops:
            with laptop.here.store.write() as tx:
                tx.add_records(said, certificates)

    def _say(self, kind: Kind, content: Content) -> SealedRecord:
        here = self.home.here
        with here.store.write() as tx:
            recorder = Recorder.of_region(here, self.key, tx)
            (sealed,) = recorder.seal(tx, [ToSeal(kind, content, here.ids.new_id())])
            tx.add_records([sealed], recorder.certificates())
        return sealed


def make_region(home: Laptop, *approved: Laptop) -> Office:
    """The others are specialists, and all believe the same key."""
    office = Office(home)
    for laptop in approved:
        office.approve(laptop)
    office.publish()
    office.tell(*approved)
    return office


def say(laptop: Laptop, kind: Kind, content: Content) -> SealedRecord:
    """A record of any kind by the laptop itself."""
    here = laptop.here
    with here.store.write() as tx:
        recorder = Recorder(here)
        (sealed,) = recorder.seal(tx, [ToSeal(kind, content, here.ids.new_id())])
        tx.add_records([sealed], recorder.certificates())
    return sealed


def judge(laptop: Laptop, subject: SealedRecord, veredicto: Veredicto) -> SealedRecord:
    """What a laptop says of a version, with the right to it or without."""
    sujeto = Sujeto(subject.record.id, subject.record.version, subject.sha256)
    return say(laptop, Kind.REVISION, Revision(sujeto, veredicto, "un motivo", None))


def of_kind(records: Sequence[SealedRecord], *kinds: Kind) -> list[SealedRecord]:
    return [item for item in records if item.record.kind in kinds]
