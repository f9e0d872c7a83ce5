"""What the devices and keys of a region may have sealed, and how it arrives, by chance."""

from itertools import pairwise
from random import Random
from typing import NamedTuple

from msgspec.structs import replace

from fichaat.domain.acuerdo import EstadoAcuerdo
from fichaat.domain.ficha import DistritoAtendido, Ejecutor, Ficha, Nivel, Sesion
from fichaat.domain.firma import Anulacion
from fichaat.domain.record import Kind, SealedRecord
from fichaat.domain.revision import Revision, Veredicto
from fichaat.domain.rol import Rol
from fichaat.domain.subjects import device_ids, ficha_id
from tests.support.fake_region import FakeRegion, catalogue, day, received, review
from tests.support.records import FakeDevice, make_ficha, make_uuid7, subject_of

ROLES = (Rol.COORDINADOR, Rol.COORDINADOR, Rol.PROVINCIAL, Rol.ESPECIALISTA, Rol.ESPECIALISTA)


class Writing:
    """What six devices and two region keys may have sealed: much about few fichas."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.devices = [FakeDevice(seed) for seed in range(len(ROLES) + 1)]
        self.root, self.other = FakeRegion("root"), FakeRegion("other")
        self.records: list[SealedRecord] = []
        self.acuerdos = [make_uuid7("of no ficha")]
        for who, rol in zip(self.devices, ROLES, strict=False):
            if random.random() < 0.9:
                emisor = rol is Rol.COORDINADOR
                self._add(self.root.grant(who, rol, hasta=day(90), emisor=emisor))

    def step(self) -> None:
        who = self.random.choice(self.devices)
        act = self.random.choice(
            [self.copy, self.fork, self.unknown, self.annul, self.publish, self.relieve]
            + [self.misname, self.borrow]
            + [self.grant, self.prove, self.follow] * 2
            + [self.correct, self.revoke] * 3
            + [self.begin] * 4
            + [self.judge, self.choose] * 4
            + [self.receive] * 9
        )
        act(who)

    # --- work ---

    def begin(self, who: FakeDevice) -> None:
        self._add(who.ficha(self._content()))

    def copy(self, who: FakeDevice) -> None:
        """An id that somebody began, or the same version twice."""
        old = self._some_ficha()
        self._add(who.ficha(self._content(), None if old is None else old.record.id))

    def correct(self, who: FakeDevice) -> None:
        old = self._some_ficha()
        if old is not None:
            author = next(d for d in self.devices if d.device == old.record.device)
            self._add(self.random.choice([who, author]).rectify(old, self._content()))

    def annul(self, who: FakeDevice) -> None:
        old = self._some_ficha()
        if old is not None and self.random.random() < 0.5:
            self._add(who.annul(old))

    def prove(self, who: FakeDevice) -> None:
        old = self._some_ficha()
        if old is not None:
            self._add(who.evidence(old))

    def follow(self, who: FakeDevice) -> None:
        state = self.random.choice(list(EstadoAcuerdo))
        known = [item.sha256 for item in self._some(3)]
        self._add(who.event(self.random.choice(self.acuerdos), state, after=known))

    def fork(self, who: FakeDevice) -> None:
        place = self.devices.index(who)
        copied = self.random.random() < 0.5
        self.devices[place] = who.fork() if copied else who.new_chain(len(self.records))

    def borrow(self, who: FakeDevice) -> None:
        """Goes on in the chain of another device."""
        other = self.random.choice(self.devices)
        who.chain, who.sequence, who.previous = other.chain, other.sequence, other.previous

    def unknown(self, who: FakeDevice) -> None:
        self._add(who.seal("cosa_nueva", {"x": len(self.records)}))

    # --- what region keys say, mostly the right one ---

    def grant(self, who: FakeDevice) -> None:
        rol = self.random.choice(list(Rol))
        ambito = self.random.choice(["0501", "0504"]) if rol is Rol.PROVINCIAL else "05"
        since, until = sorted(self.random.sample(range(120), 2))
        self._add(
            self._region().grant(
                who, rol, ambito, desde=day(since), hasta=day(until), after=self._heads(who)
            )
        )

    def revoke(self, who: FakeDevice) -> None:
        held = [item for item in self.records if item.record.device == who.device]
        # The first coordinator is there to the end, mostly: without any nothing has a moment.
        if self.random.random() < (0.05 if who is self.devices[0] else 0.3):
            last = self.random.sample(held, min(len(held), self.random.randint(1, 2)))
            since = day(self.random.randrange(100))
            self._add(self._region().revoke(who, since, *last, after=self._heads(who)))

    def relieve(self, who: FakeDevice) -> None:
        new = self.random.choice(self.devices)
        self._add(self._region().relieve(who, new, after=self._heads(new)))

    def publish(self, who: FakeDevice) -> None:
        self._add(catalogue(who, len(self.records)))

    # --- what devices say of each other's records ---

    def receive(self, who: FakeDevice) -> None:
        """By a coordinator mostly; receptions are received too."""
        by = self.random.choice([*self.devices[:2], *self.devices[:2], who])
        self._add(received(by, self._some(6), day(self.random.randrange(120))))

    def judge(self, who: FakeDevice) -> None:
        old = self._some_ficha()
        if old is not None:
            known = [item for item in self.records if ficha_id(item.record) == old.record.id]
            knew = self.random.sample(known, self.random.randrange(len(known) + 1))
            by = self.random.choice([*self.devices[:2] * 2, who])
            said = self.random.choice(list(Veredicto))
            by = self.devices[2] if said is Veredicto.VISADA else by
            self._add(review(by, old, said, *knew))

    def choose(self, who: FakeDevice) -> None:
        """By somebody who knew the last words about one of the first fichas."""
        old = self._some_ficha(most=2)
        if old is not None:
            known = [item for item in self.records if ficha_id(item.record) == old.record.id]
            words = [item for item in known if isinstance(item.record.content, Revision)]
            by = self.random.choice([*self.devices[:2] * 4, who])
            knew = words[len(words) - self.random.randint(0, min(len(words), 3)) :]
            said = self.random.choice([Veredicto.ELEGIDA, Veredicto.ELEGIDA, Veredicto.APROBADA])
            self._add(review(by, old, said, *knew))

    def misname(self, who: FakeDevice) -> None:
        """A word about the version of one ficha under the id of another."""
        one, two = self._some_ficha(), self._some_ficha()
        if one is not None and two is not None:
            subject = replace(subject_of(one), id=two.record.id)
            said = self.random.choice([Veredicto.ELEGIDA, Veredicto.RECHAZADA])
            by = self.random.choice([*self.devices[:2], who])
            self._add(by.seal(Kind.REVISION, Revision(subject, said, "un motivo", None)))
            self._add(who.seal(Kind.ANULACION, Anulacion(subject, "un motivo")))

    # --- chance ---

    def _region(self) -> FakeRegion:
        return self.other if self.random.random() < 0.1 else self.root

    def _heads(self, who: FakeDevice) -> list[SealedRecord]:
        """The last that was said of a device, where the laptop with the region key knew it."""
        said = [item for item in self.records if who.device in device_ids(item.record)]
        return said[-1:] if self.random.random() < 0.7 else []

    def _some(self, most: int) -> list[SealedRecord]:
        count = self.random.randint(0, most)
        return self.random.sample(self.records, min(count, len(self.records)))

    def _some_ficha(self, most: int | None = None) -> SealedRecord | None:
        """A version of any ficha, or of one of the first few."""
        fichas = [item for item in self.records if isinstance(item.record.content, Ficha)]
        ids = list(dict.fromkeys(item.record.id for item in fichas))[:most]
        fichas = [item for item in fichas if item.record.id in ids]
        return self.random.choice(fichas) if fichas else None

    def _content(self) -> Ficha:
        number = self.random.randint(1, 30)
        sigue = [self.random.choice(self.acuerdos)] if number % 3 == 0 else []
        content = make_ficha(number, sigue=sigue, acuerdos=number % 3)
        if self.random.random() < 0.3:
            ejecutor = Ejecutor(Nivel.PROVINCIAL, "0501", "Municipalidad Provincial")
            content = replace(content, ejecutor=ejecutor)
        if self.random.random() < 0.2:
            content = replace(content, distritos=(DistritoAtendido("050401", Sesion.SEGUIMIENTO),))
        return content

    def _add(self, item: SealedRecord) -> None:
        self.records.append(item)
        content = item.record.content
        if isinstance(content, Ficha):
            self.acuerdos += [acuerdo.id for acuerdo in content.acuerdos]


class Story(NamedTuple):
    """A set of records, a way in which it arrives, and when which region key is accepted."""

    records: list[SealedRecord]
    parts: list[list[SealedRecord]]
    roots: dict[int, str]
    """Before which part; the last one stays."""

    @property
    def root(self) -> str | None:
        return self.roots[max(self.roots)] if self.roots else None


def tell(seed: int, length: int) -> Story:
    """Records arrive shuffled, split, repeated, with some missing; a root is accepted at any time,
    sometimes two, rarely none.
    """
    random = Random(seed)
    writing = Writing(random)
    for _ in range(length):
        writing.step()
    kept = [item for item in writing.records if random.random() < 0.95]
    arriving = [*kept, *random.choices(kept, k=min(len(kept), random.randrange(4)))]
    if random.random() < 0.8:
        random.shuffle(arriving)
    cuts = random.sample(range(len(arriving) + 1), min(len(arriving), random.choice([0, 3, 9, 30])))
    parts = [arriving[a:b] for a, b in pairwise([0, *sorted(cuts), len(arriving)])]
    keys = [writing.root.device] * 6 + [writing.other.device]
    roots = {
        random.randint(0, len(parts)): random.choice(keys)
        for _ in range(random.choice([0, 1, 1, 1, 1, 1, 2, 3]))
    }
    return Story(kept, parts, roots)
