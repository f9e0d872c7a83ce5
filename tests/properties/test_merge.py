"""Merging is set union: whatever the road, the same records give the same projections.

Three installations seal, correct, annul and follow up; bundles travel in any order, twice, in
part, split anew, interrupted; data folders are restored (a new chain) or copied behind the
program's back (a fork); clocks are days off. Two of them have the file of the region key, and
approve, revoke and relieve without knowing of each other; an impostor does the same with another
key; whoever likes judges and publishes; the key is believed early, late, or only at the end. Then
everything is exchanged until nothing is new, and all must agree on projections, gaps and conflicts.
"""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from fichaat.domain.record import Kind
from fichaat.domain.revision import Veredicto
from fichaat.domain.rol import Rol
from fichaat.trust.region_key import LocalRegionKey
from tests.support import region
from tests.support.installations import START, Laptop, template_store
from tests.support.memory_bundles import InterruptedReadError
from tests.support.offices import Office, judge, of_kind, say

NAMES = ("ayacucho", "huanta", "lucanas")
device = st.sampled_from(NAMES)


class Merging(RuleBasedStateMachine):
    """Three laptops of one region."""

    template: Path
    key: LocalRegionKey
    impostor: LocalRegionKey

    @initialize(skews=st.tuples(*[st.integers(-4000, 4000)] * 3))
    def begin(self, skews: tuple[int, ...]) -> None:
        self.folder = TemporaryDirectory(prefix="fichaat-merge-")
        root = Path(self.folder.name)
        self.laptops = {
            name: Laptop(root / name, self.template, skew=timedelta(hours=skew), number=number)
            for number, (name, skew) in enumerate(zip(NAMES, skews, strict=True), 1)
        }
        first, second, third = self.laptops.values()
        self.offices = [
            Office(first, self.key, is_founded=True),
            Office(second, self.key, is_founded=True),
            Office(third, self.impostor, is_founded=True),
        ]
        self.backups: dict[str, Path] = {}

    @rule(seed=st.integers(0, 1_000_000))
    def busy_week(self, seed: int) -> None:
        """Many things at once: histories deep enough for conflicts, forks and gaps."""
        random = Random(seed)
        for _ in range(12):
            name, other = random.sample(NAMES, 2)
            self._act(name, other, random)

    def _act(self, name: str, other: str, random: Random) -> None:
        laptop = self.laptops[name]
        match random.randrange(10):
            case 0:
                laptop.seal_new(random.randrange(10_000))
            case 1:
                laptop.rectify(random.randrange(50))
            case 2:
                laptop.follow_up(random.randrange(50), random.randrange(5))
            case 3:
                laptop.copy_id(random.randrange(50))
            case 4:
                laptop.late_signature(random.randrange(50))
            case 5:
                self._send_some(laptop, self.laptops[other], random)
            case 6:
                self._say_of(random.choice(self.offices), laptop, self.laptops[other], random)
            case 7:
                self._judge(laptop, random)
            case 8:
                self.offices[0].believe(laptop)
            case _:
                self._go_astray(name, other, random)

    def _go_astray(self, name: str, other: str, random: Random) -> None:
        """Work goes out, the laptop falls back to before it, and works on."""
        laptop = self.laptops[name]
        self.back_up(name)
        laptop.rectify(random.randrange(50))
        laptop.seal_new(random.randrange(10_000))
        self._send_some(laptop, self.laptops[other], random)
        self.go_back(name=name, fork=random.random() < 0.7)
        laptop.rectify(random.randrange(50))

    def _say_of(self, office: Office, laptop: Laptop, other: Laptop, random: Random) -> None:
        since = START + timedelta(hours=random.randrange(-4000, 4000))
        match random.randrange(5):
            case 0:
                office.revoke(laptop, since)
            case 1:
                office.relieve(laptop, other)
            case _:
                rol = random.choice(list(Rol))
                until = since + timedelta(days=random.choice([1, 30, 3000]))
                office.approve(laptop, rol, desde=since, hasta=until)

    def _judge(self, laptop: Laptop, random: Random) -> None:
        fichas = of_kind(laptop.held(), Kind.FICHA)
        if fichas:
            judge(laptop, random.choice(fichas), random.choice(list(Veredicto)))

    def _send_some(self, sender: Laptop, receiver: Laptop, random: Random) -> None:
        held = sender.held()
        if held:
            receiver.receive(random.choices(held, k=random.randint(1, len(held))), sender)

    @rule(name=device, seed=st.integers(0, 10_000))
    def seal(self, name: str, seed: int) -> None:
        self.laptops[name].seal_new(seed)

    @rule(name=device, pick=st.integers(0, 50))
    def rectify(self, name: str, pick: int) -> None:
        self.laptops[name].rectify(pick)

    @rule(name=device, pick=st.integers(0, 50))
    def annul(self, name: str, pick: int) -> None:
        self.laptops[name].annul(pick)

    @rule(name=device, pick=st.integers(0, 50), state=st.integers(0, 4))
    def follow_up(self, name: str, pick: int, state: int) -> None:
        self.laptops[name].follow_up(pick, state)

    @rule(name=device, pick=st.integers(0, 50))
    def late_signature(self, name: str, pick: int) -> None:
        self.laptops[name].late_signature(pick)

    @rule(name=device, pick=st.integers(0, 50))
    def copy_somebodys_id(self, name: str, pick: int) -> None:
        self.laptops[name].copy_id(pick)

    @rule(office=st.integers(0, 2), name=device, other=device, seed=st.integers(0, 10_000))
    def say_of(self, office: int, name: str, other: str, seed: int) -> None:
        laptop, other_one = self.laptops[name], self.laptops[other]
        self._say_of(self.offices[office], laptop, other_one, Random(seed))

    @rule(name=device, seed=st.integers(0, 10_000))
    def judge(self, name: str, seed: int) -> None:
        self._judge(self.laptops[name], Random(seed))

    @rule(name=device, version=st.integers(1, 3))
    def publish(self, name: str, version: int) -> None:
        content = region.catalogo(self.offices[0].key, version)
        say(self.laptops[name], Kind.CATALOGO, content)

    @rule(name=device, office=st.sampled_from([0, 0, 0, 2]))
    def believe(self, name: str, office: int) -> None:
        """The words of a key are compared, rarely with the wrong sheet of paper."""
        self.offices[office].believe(self.laptops[name])

    @rule(sender=device, receiver=device, seed=st.integers(0, 10_000))
    def send(self, sender: str, receiver: str, seed: int) -> None:
        """Any part of what the sender holds, in any order, with repetitions."""
        self._send_some(self.laptops[sender], self.laptops[receiver], Random(seed))

    @rule(sender=device, receiver=device, stop=st.integers(0, 20))
    def send_interrupted(self, sender: str, receiver: str, stop: int) -> None:
        laptop = self.laptops[receiver]
        before = laptop.fingerprint()
        held = self.laptops[sender].held()
        if stop < len(held):
            with pytest.raises(InterruptedReadError):
                laptop.receive(held, self.laptops[sender], stops_after=stop)
            assert laptop.fingerprint() == before

    @rule(name=device)
    def back_up(self, name: str) -> None:
        target = Path(self.folder.name) / f"respaldo-{name}"
        self.laptops[name].copy_to(target)
        self.backups[name] = target

    @rule(name=device, fork=st.booleans())
    def go_back(self, *, name: str, fork: bool) -> None:
        """Restore an old backup: by the program (a new chain), or by copying files (a fork)."""
        if name in self.backups:
            self.laptops[name].go_back_to(self.backups[name], new_chain=not fork)

    @rule(name=device)
    def rebuilding_changes_nothing(self, name: str) -> None:
        laptop = self.laptops[name]
        before = laptop.fingerprint()
        assert laptop.rebuilt() == before

    def teardown(self) -> None:
        if not hasattr(self, "laptops"):
            return
        try:
            late = [laptop for n, laptop in enumerate(self.laptops.values()) if n != 1]
            self.offices[0].believe(self.laptops["huanta"])
            self._exchange_until_nothing_is_new()
            self.offices[0].believe(*late)
            self._exchange_until_nothing_is_new()
            prints = {laptop.fingerprint() for laptop in self.laptops.values()}
            views = {laptop.view() for laptop in self.laptops.values()}
            rebuilt = {laptop.rebuilt() for laptop in self.laptops.values()}
            assert len(prints) == 1
            assert len(views) == 1
            assert rebuilt == prints
        finally:
            for laptop in self.laptops.values():
                laptop.close()
            self.folder.cleanup()

    def _exchange_until_nothing_is_new(self) -> None:
        for _ in range(12):
            added = 0
            for source in self.laptops.values():
                for target in self.laptops.values():
                    if source is not target and source.held():
                        added += target.receive(source.held(), source)
            if not added:
                return
        pytest.fail("installations keep answering each other")


@pytest.fixture(scope="module", autouse=True)
def _template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    Merging.template = template_store(tmp_path_factory.mktemp("plantilla"))
    Merging.key, Merging.impostor = region.region_key(), region.region_key()
    yield
    shutil.rmtree(Merging.template.parent, ignore_errors=True)


TestMerging = Merging.TestCase
TestMerging.settings = settings(
    max_examples=24,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
