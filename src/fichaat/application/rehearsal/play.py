"""Forty days of a region: work, cascade, reviews and answers, and what goes wrong meanwhile."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from fichaat.application.jobs import CancelToken, Progress, no_progress
from fichaat.application.ports.keys import RegionKey
from fichaat.application.ports.rows import Integrity
from fichaat.application.rehearsal.cast import FIRST_VISITS, LATER_VISITS, REGION_DEVICES, Who
from fichaat.application.rehearsal.mishaps import Mishaps, Tell
from fichaat.application.rehearsal.stage import REASON, Stage, failed
from fichaat.domain.revision import Veredicto

DAYS: Final = 40

_REGION: Final = Who.COORDINADORA
_FOUNDERS: Final = tuple(who for who in REGION_DEVICES if who is not Who.NUEVA)
_CONTRACT_DAYS: Final = 10
_APPROVED, _OBSERVED, _REJECTED = slice(0, 20), slice(20, 22), slice(22, 23)
_APPROVED_AFTER_VISA: Final = slice(0, 5)


@dataclass(slots=True)
class Play:
    """What happens, scene by scene."""

    stage: Stage
    tell: Tell
    sin_acuse: dict[str, int] = field(default_factory=dict)
    """Fichas without an answer, on the laptops that got theirs."""
    _key: RegionKey | None = None

    @property
    def key(self) -> RegionKey:
        """Of the region, once it is founded."""
        assert self._key is not None  # the first scene makes it
        return self._key

    def run(self, progress: Progress = no_progress) -> None:
        """All scenes; units are scenes.

        Raises:
            UserFacingError: "cli.demo_failed" and whatever a use case refuses.
            CancelledError: the person cancelled.
        """
        self._founding()
        mishaps = Mishaps(self.stage, self.key, self.tell)
        scenes = (
            self._approval,
            self._first_deliveries,
            mishaps.backup_restored,
            mishaps.copied_folder,
            mishaps.lost_volume,
            mishaps.contract_ends,
            mishaps.theft,
            self._new_laptop,
            mishaps.impostor,
            mishaps.out_of_scope,
            mishaps.contract_ended,
            self._later_visits,
            mishaps.strangers,
            self._reviews,
            self._answers,
            self._correction,
            self._second_coordinator,
        )
        for number, scene in enumerate(scenes, 1):
            progress(number, len(scenes))
            scene()

    def _founding(self) -> None:
        stage = self.stage
        stage.day(0)
        for founder in _FOUNDERS:
            stage.begin(founder)
        self._key = stage.region(_REGION, "llave-region.json")
        self.tell("ensayo.founded", equipos=len(_FOUNDERS))
        for who, count in FIRST_VISITS.items():
            stage.seed(who, count)
        self.tell("ensayo.sealed_before", fichas=sum(FIRST_VISITS.values()))

    def _approval(self) -> None:
        stage = self.stage
        stage.day(1)
        others = [who for who in _FOUNDERS if who is not _REGION]
        for who in others:
            days = _CONTRACT_DAYS if who is Who.VENCIDA else None
            stage.approve(_REGION, self.key, who, days=days)
        for who in others:
            stage.answer(_REGION, who)
            stage.believe(who, self.key)
        self.tell("ensayo.approved", equipos=len(others))

    def _first_deliveries(self) -> None:
        stage = self.stage
        stage.day(3)
        for who in (Who.ROBADA, Who.VIEJA, Who.RESTAURADA, Who.VENCIDA, Who.LA_MAR):
            stage.send(who, _REGION)
        twice = stage.send(Who.CUMPLIDA, _REGION)
        two_routes = stage.cascade(Who.HUAMANGA, Who.HUAMANGA_CAMPO, visadas=10)
        stage.cascade(Who.HUANTA, Who.HUANTA_CAMPO, visadas=5)
        for again in (twice, two_routes):
            if not stage.hand(again, _REGION).brings_nothing:
                raise failed("importar dos veces")
        self.tell("ensayo.delivered", repetidos=2)
        stage.day(5)
        stage.answer(_REGION, Who.VIEJA)

    def _new_laptop(self) -> None:
        """The old laptop's work comes back from the bundles that the region received."""
        stage = self.stage
        stage.day(16)
        stage.begin(Who.NUEVA)
        stage.approve(_REGION, self.key, Who.NUEVA)
        old, new = stage.device(Who.VIEJA), stage.device(Who.NUEVA)
        stage.on(_REGION).relieve_device(self.key, old, new, REASON)
        (everything,) = stage.export(_REGION, everything=True, plain=True)
        stage.hand(everything, Who.NUEVA)
        stage.believe(Who.NUEVA, self.key)
        corrected, annulled, *_ = stage.codigos(Who.NUEVA, old)
        stage.rectify(Who.NUEVA, corrected, "FICTICIO: corregida en el equipo nuevo.")
        stage.on(Who.NUEVA).annul(annulled, REASON)
        stage.seed(Who.NUEVA, *LATER_VISITS[Who.NUEVA])
        stage.send(Who.NUEVA, _REGION)
        self.tell("ensayo.relieved")

    def _later_visits(self) -> None:
        stage = self.stage
        stage.day(21)
        stage.seed(Who.CUMPLIDA, *LATER_VISITS[Who.CUMPLIDA])
        stage.send(Who.CUMPLIDA, _REGION)
        stage.seed(Who.HUAMANGA_CAMPO, *LATER_VISITS[Who.HUAMANGA_CAMPO])
        stage.cascade(Who.HUAMANGA, Who.HUAMANGA_CAMPO)
        self.tell("ensayo.later_visits")

    def _reviews(self) -> None:
        stage = self.stage
        stage.day(25)
        review = stage.on(_REGION).review
        plazo = stage.clock.now().date() + timedelta(days=15)
        own = stage.codigos(_REGION, stage.device(Who.CUMPLIDA))
        seen = stage.codigos(_REGION, stage.device(Who.HUAMANGA_CAMPO))
        for codigo in (*own[_APPROVED], *seen[_APPROVED_AFTER_VISA]):
            review(codigo, Veredicto.APROBADA)
        for codigo in own[_OBSERVED]:
            review(codigo, Veredicto.OBSERVADA, REASON, plazo=plazo)
        for codigo in own[_REJECTED]:
            review(codigo, Veredicto.RECHAZADA, REASON)
        review(own[0], Veredicto.RETIRADA, REASON)
        review(seen[0], Veredicto.RETIRADA, REASON)
        review(own[1], Veredicto.OBSERVADA, REASON, plazo=plazo)
        self._choose_a_copy()
        self.tell("ensayo.reviewed")

    def _choose_a_copy(self) -> None:
        """Of the two fichas with two copies each, the region decides about one."""
        stage = self.stage
        device = stage.device(Who.HUANTA_CAMPO)
        codigo = stage.codigos(_REGION, device)[0]
        line = stage.on(_REGION).queries.ficha(codigo).lineage
        assert line is not None  # what the region lists is sealed
        stage.on(_REGION).review(codigo, Veredicto.ELEGIDA, sha256=line.head.sha256)

    def _answers(self) -> None:
        stage = self.stage
        stage.day(26)
        stage.answer(_REGION, Who.CUMPLIDA)
        stage.answer(_REGION, Who.HUAMANGA)
        stage.answer(Who.HUAMANGA, Who.HUAMANGA_CAMPO)
        for who in (Who.CUMPLIDA, Who.HUAMANGA_CAMPO):
            self.sin_acuse[who.value] = stage.on(who).panorama.undelivered()
        self.tell("ensayo.answered")

    def _correction(self) -> None:
        """An observed ficha comes back corrected, and is approved."""
        stage = self.stage
        stage.day(28)
        codigo = stage.codigos(Who.CUMPLIDA)[_OBSERVED][0]
        stage.rectify(Who.CUMPLIDA, codigo, "FICTICIO: corregida como pidió la región.")
        stage.send(Who.CUMPLIDA, _REGION)
        stage.on(_REGION).review(codigo, Veredicto.APROBADA)
        stage.answer(_REGION, Who.CUMPLIDA)
        self.sin_acuse[Who.CUMPLIDA.value] = stage.on(Who.CUMPLIDA).panorama.undelivered()
        self.tell("ensayo.corrected")

    def _second_coordinator(self) -> None:
        """Whoever has the same records and believes the same key sees the same."""
        stage = self.stage
        stage.day(DAYS)
        stage.begin(Who.REVISORA)
        stage.on(Who.REVISORA).open_region(self.key)
        (everything,) = stage.export(_REGION, everything=True)
        stage.hand(everything, Who.REVISORA)
        stage.answer(Who.REVISORA, _REGION)
        first, second = (self._checked(who) for who in (_REGION, Who.REVISORA))
        if first != second or first.differences:
            raise failed("comparar dos equipos")
        self.tell("ensayo.equal", registros=first.records)

    def _checked(self, who: Who) -> Integrity:
        return self.stage.on(who).check(no_progress, CancelToken())
