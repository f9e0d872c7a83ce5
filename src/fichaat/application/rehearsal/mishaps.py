"""What goes wrong in a region: laptops that break, contracts that end, thieves and impostors."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from fichaat.application.jobs import no_progress
from fichaat.application.ports.keys import RegionKey
from fichaat.application.recorder import ToSeal
from fichaat.application.rehearsal.cast import (
    CANGALLO,
    FORGED,
    LATER_VISITS,
    STOLEN,
    Who,
)
from fichaat.application.rehearsal.stage import REASON, Stage, failed
from fichaat.domain.firma import ClaseAdjunto, Sujeto
from fichaat.domain.lineage import Lineage
from fichaat.domain.record import Kind, Supersedes
from fichaat.domain.revision import Revision, Veredicto

_REGION: Final = Who.COORDINADORA
_VOLUME: Final = 2_500_000
_PHOTO: Final = _VOLUME - 45_000
"""Bytes that leave no room for a ficha in the same volume."""

_VOLUMES: Final = 3
"""Fichas, the photo, fichas."""

Tell = Callable[..., None]
"""Hears the code and the parameters of what was done."""


@dataclass(frozen=True, slots=True)
class Mishaps:
    """One scene each."""

    stage: Stage
    key: RegionKey
    tell: Tell

    def backup_restored(self) -> None:
        """What was sealed after the backup is lost, but for what was handed in; the restored laptop
        begins a new chain.
        """
        stage, who = self.stage, Who.RESTAURADA
        handed_in, lost, later = LATER_VISITS[who]
        stage.day(6)
        snapshot = stage.on(who).backup(None, no_progress)
        stage.seed(who, handed_in)
        stage.send(who, _REGION)
        stage.seed(who, lost)
        stage.day(8)
        stage.restore(who, snapshot)
        stage.seed(who, later)
        stage.send(who, _REGION)
        self.tell("ensayo.restored", perdidas=lost)

    def copied_folder(self) -> None:
        """Two people go on with copies of one data folder: its chain forks, and two fichas get two
        copies of their second version.
        """
        stage = self.stage
        stage.day(9)
        stage.copy(Who.HUANTA_CAMPO, Who.COPIA)
        both = (Who.HUANTA_CAMPO, Who.COPIA)
        for who in both:
            for codigo in stage.codigos(who)[:2]:
                stage.rectify(who, codigo, f"FICTICIO: corregida en {who.value}.")
            stage.seed(who, *LATER_VISITS[who])
            stage.send(who, _REGION)
        self.tell("ensayo.forked")

    def lost_volume(self) -> None:
        """Of three volumes the first is lost with its USB stick, then the laptop breaks."""
        stage, who = self.stage, Who.VIEJA
        first, last = LATER_VISITS[who]
        stage.day(10)
        stage.seed(who, first)
        scan = ("foto.jpg", "image/jpeg", bytes(_PHOTO))
        stage.on(who).add_evidence(stage.codigos(who)[2], files=[(scan, ClaseAdjunto.FOTO)])
        stage.seed(who, last)
        volumes = stage.export(who, volume_bytes=_VOLUME)
        if len(volumes) != _VOLUMES:
            raise failed("exportar en volúmenes")
        for path in volumes[1:]:
            stage.hand(path, _REGION)
        self.tell("ensayo.volume_lost", volumenes=len(volumes))

    def contract_ends(self) -> None:
        """A day after the last of a credential: field clocks are wrong, so that is tolerated."""
        stage, who = self.stage, Who.VENCIDA
        stage.day(12)
        stage.seed(who, LATER_VISITS[who][0])
        stage.send(who, _REGION)
        self.tell("ensayo.tolerated")

    def contract_ended(self) -> None:
        """Long after the last day of a credential."""
        stage, who = self.stage, Who.VENCIDA
        stage.day(20)
        stage.seed(who, LATER_VISITS[who][1])
        stage.send(who, _REGION)
        self.tell("ensayo.expired")

    def theft(self) -> None:
        """Whoever has a revoked laptop seals with its clock turned back, and an honest province
        forwards it.
        """
        stage, who = self.stage, Who.ROBADA
        stage.day(8)
        stage.seed(who, *LATER_VISITS[who])
        stage.day(13)
        stage.on(_REGION).revoke_device(self.key, stage.device(who), REASON)
        stage.day(4)
        stage.seed(who, STOLEN)
        stage.rectify(who, stage.codigos(who)[0], "FICTICIO: cambiada por quien la robó.")
        (stolen,) = stage.export(who, plain=True)
        stage.day(15)
        stage.hand(stolen, Who.HUANTA)
        stage.send(Who.HUANTA, _REGION)
        self.tell("ensayo.stolen", fichas=STOLEN)

    def impostor(self) -> None:
        """The same names, another device, another region's key: with fichas of its own, a later
        version of somebody's ficha, and a copy of somebody's id.
        """
        stage = self.stage
        stage.day(18)
        stage.begin(Who.FALSA)
        stage.begin(Who.IMPOSTOR)
        key = stage.region(Who.FALSA, "llave-falsa.json")
        stage.approve(Who.FALSA, key, Who.IMPOSTOR)
        (caught,) = stage.export(Who.CUMPLIDA, everything=True, plain=True)
        stage.hand(caught, Who.IMPOSTOR)
        victims = stage.codigos(Who.IMPOSTOR, stage.device(Who.CUMPLIDA))
        stage.seed(Who.IMPOSTOR, FORGED)
        self._change(Who.IMPOSTOR, victims[30])
        self._copy_id(Who.IMPOSTOR, victims[31])
        (own,) = stage.export(Who.IMPOSTOR, everything=True, plain=True)
        stage.hand(own, Who.FALSA)
        for codigo in stage.codigos(Who.FALSA, stage.device(Who.IMPOSTOR))[:2]:
            self._say(Who.FALSA, codigo, Veredicto.APROBADA)
        (forged,) = stage.export(Who.FALSA, everything=True, plain=True)
        stage.hand(forged, _REGION)
        self.tell("ensayo.impostor", fichas=FORGED)

    def out_of_scope(self) -> None:
        """A provincial laptop that now belongs to another province goes on in the old one."""
        stage, who = self.stage, Who.LA_MAR
        stage.day(17)
        stage.approve(_REGION, self.key, who, ambito=CANGALLO)
        stage.day(19)
        stage.seed(who, *LATER_VISITS[who])
        self._say(who, stage.codigos(who)[0], Veredicto.VISADA)
        stage.send(who, _REGION)
        self.tell("ensayo.out_of_scope", fichas=sum(LATER_VISITS[who]))

    def strangers(self) -> None:
        """Approved people who do what is not theirs: a province corrects a specialist's ficha, a
        specialist approves the own one.
        """
        stage = self.stage
        stage.day(22)
        foreign = stage.codigos(Who.HUAMANGA, stage.device(Who.HUAMANGA_CAMPO))
        self._change(Who.HUAMANGA, foreign[-1])
        stage.send(Who.HUAMANGA, _REGION)
        self._say(Who.CUMPLIDA, stage.codigos(Who.CUMPLIDA)[-1], Veredicto.APROBADA)
        stage.send(Who.CUMPLIDA, _REGION)
        self.tell("ensayo.strangers")

    def _change(self, who: Who, codigo: str) -> None:
        """A later version of a ficha that somebody else began."""
        line = self._line(who, codigo)
        content = replace(line.ficha, observaciones="FICTICIO: cambiada por un extraño.")
        version = line.head.record.version
        supersedes = Supersedes(version, line.head.sha256, REASON)
        self.stage.forge(who, ToSeal(Kind.FICHA, content, line.id, version + 1, supersedes))

    def _copy_id(self, who: Who, codigo: str) -> None:
        """A first version with an id that somebody else began."""
        line = self._line(who, codigo)
        content = replace(line.ficha, observaciones="FICTICIO: copiada por un extraño.")
        self.stage.forge(who, ToSeal(Kind.FICHA, content, line.id))

    def _say(self, who: Who, codigo: str, veredicto: Veredicto) -> None:
        """A review, whether or not one may."""
        line = self._line(who, codigo)
        sujeto = Sujeto(line.id, line.head.record.version, line.head.sha256)
        content = Revision(sujeto, veredicto, "", None)
        item = ToSeal(Kind.REVISION, content, self.stage.on(who).here.ids.new_id())
        self.stage.forge(who, item)

    def _line(self, who: Who, codigo: str) -> Lineage:
        line = self.stage.on(who).queries.ficha(codigo).lineage
        if line is None:
            raise failed("buscar una ficha ajena")
        return line
