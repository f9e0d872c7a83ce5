"""What speaks against this computer's own clock, and when that stops an import."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from fichaat.application.clocks import Clocks, last_sealed
from fichaat.application.recorder import (
    CHAIN_PREVIOUS_SETTING,
    CHAIN_SETTING,
    REGION_CHAIN_SETTING,
)
from fichaat.application.verdict import Doubt, OwnClock, RecordVerdict, WrongClock
from fichaat.domain.authority import Authority, Grant
from fichaat.domain.chains import Link
from fichaat.domain.recepcion import Resultado
from fichaat.domain.record import Kind, SealedRecord
from fichaat.domain.rol import Rol
from tests.support import bundles, region
from tests.support.fichas import LIMA
from tests.support.keys import SeededKey

NOW = datetime(2026, 11, 20, 12, tzinfo=LIMA)
DAY = timedelta(days=1)
OWN, ANA, BETO = (SeededKey(number) for number in (1, 2, 3))

NEW = RecordVerdict("a" * 64, "ficha", "x", 1, Resultado.NEW)
KNOWN = RecordVerdict("b" * 64, "ficha", "x", 1, Resultado.KNOWN)
RECEPTION = RecordVerdict("c" * 64, "recepcion", "x", 1, Resultado.NEW)
EXPIRED = RecordVerdict("d" * 64, "ficha", "x", 1, Resultado.QUARANTINED, "record.expired")


def grant(
    key: SeededKey,
    rol: Rol = Rol.ESPECIALISTA,
    desde: datetime = NOW - 30 * DAY,
    hasta: datetime = NOW + 700 * DAY,
) -> Grant:
    return Grant(key.device, "Ana", "E", "GORE", rol, "05", desde, hasta, False, None, "0" * 64)


def authority(*grants: Grant) -> Authority:
    return Authority(root="f" * 64, grants={item.device: (item,) for item in grants})


JEFA = grant(OWN, Rol.COORDINADOR)
REGION = authority(JEFA, grant(ANA), grant(BETO))


def sealed(key: SeededKey, at: datetime) -> SealedRecord:
    made = bundles.seal(key)
    return replace(made, record=replace(made.record, sealed_at=at))


def found(
    *records: SealedRecord,
    last: datetime | None = NOW - DAY,
    said: Authority = REGION,
    verdicts: Sequence[RecordVerdict] = (NEW,),
    rol: Rol = Rol.COORDINADOR,
) -> tuple[OwnClock | None, tuple[WrongClock, ...]]:
    clocks = Clocks(NOW, OWN.device, rol, last)
    for item in records:
        clocks.note(item.record)
    own = clocks.own(said, verdicts)
    return own, clocks.ahead(own)


def test_nothing_speaks_against_a_good_clock() -> None:
    assert found(sealed(ANA, NOW - DAY)) == (None, ())
    assert found(last=None) == (None, ())
    assert found(last=NOW + timedelta(minutes=59)) == (None, ())


def test_what_was_sealed_here_later_stops() -> None:
    last = NOW + timedelta(minutes=61)
    own, ahead = found(sealed(ANA, NOW + 3 * DAY), last=last)
    assert own == OwnClock(Doubt.SEALED_LATER, NOW, last, detiene=True)
    # Whoever is behind cannot say that others are ahead.
    assert ahead == ()


def test_a_credential_that_has_not_begun_stops() -> None:
    later = NOW + 10 * DAY
    own, _ = found(said=authority(grant(OWN, Rol.COORDINADOR, desde=later)))
    assert own == OwnClock(Doubt.APPROVED_LATER, NOW, later, detiene=True)
    # What is tolerated of others is tolerated here.
    assert found(said=authority(grant(OWN, Rol.COORDINADOR, desde=NOW + 2 * DAY)))[0] is None


def test_an_own_credential_that_ended_stops_a_coordinator_alone() -> None:
    ended = NOW - 10 * DAY
    own, _ = found(said=authority(grant(OWN, Rol.COORDINADOR, hasta=ended)))
    assert own == OwnClock(Doubt.ENDED, NOW, ended, detiene=True)
    other, _ = found(said=authority(grant(OWN, hasta=ended)), rol=Rol.ESPECIALISTA)
    assert other is None
    gone = replace(authority(grant(OWN, Rol.COORDINADOR, hasta=ended)), revoked={OWN.device: ended})
    assert found(said=gone)[0] is None


def test_between_two_credentials_the_one_that_ended_is_named() -> None:
    ended = NOW - 10 * DAY
    first = grant(OWN, Rol.COORDINADOR, hasta=ended)
    second = grant(OWN, Rol.COORDINADOR, desde=NOW + 10 * DAY)
    said = Authority(root="f" * 64, grants={OWN.device: (first, second)})
    own, _ = found(said=said)
    assert own is not None
    assert (own.motivo, own.contra) == (Doubt.ENDED, ended)


def test_a_year_without_a_seal_asks_whether_the_clock_ran_ahead() -> None:
    last = NOW - 400 * DAY
    old = authority(grant(OWN, Rol.COORDINADOR, desde=last))
    assert found(last=last, said=old)[0] == OwnClock(Doubt.LEAP, NOW, last, detiene=True)
    # A credential given since then shows that the region was at work.
    assert found(last=last)[0] is None
    assert found(last=last, said=Authority(), rol=Rol.ESPECIALISTA)[0] is None


def test_several_others_all_ahead_are_told_and_stop_nothing() -> None:
    ana, beto = sealed(ANA, NOW + 5 * DAY), sealed(BETO, NOW + 2 * DAY)
    assert found(ana, beto) == (OwnClock(Doubt.ALL_AHEAD, NOW), ())
    # One alone, or one among others, is that device's own mistake; the own never counts.
    assert found(ana, sealed(OWN, NOW + 9 * DAY)) == (None, (WrongClock(ANA.device, 5),))
    assert found(ana, sealed(BETO, NOW)) == (None, (WrongClock(ANA.device, 5),))


def test_records_out_of_force_are_told_with_the_date() -> None:
    own, _ = found(verdicts=(EXPIRED, EXPIRED, NEW))
    assert own == OwnClock(Doubt.EXPIRED, NOW, registros=2)
    assert found(verdicts=(EXPIRED,), said=authority(grant(OWN)), rol=Rol.ESPECIALISTA)[0] is None


@pytest.mark.parametrize("verdicts", [(), (KNOWN,), (KNOWN, RECEPTION)])
def test_without_a_reception_nothing_is_stopped(verdicts: Sequence[RecordVerdict]) -> None:
    own, _ = found(last=NOW + DAY, verdicts=verdicts)
    assert own is not None
    assert not own.detiene


def test_whoever_is_no_coordinator_is_told_only() -> None:
    own, _ = found(last=NOW + DAY, said=Authority(), rol=Rol.PROVINCIAL)
    assert own == OwnClock(Doubt.SEALED_LATER, NOW, NOW + DAY)


def test_without_a_profile_there_is_no_own_clock() -> None:
    clocks = Clocks(NOW)
    clocks.note(sealed(ANA, NOW + DAY).record)
    clocks.note(sealed(BETO, NOW + DAY).record)
    assert clocks.own(Authority(), (NEW,)) is None
    assert len(clocks.ahead(None)) == 2


class Held:
    """Settings, and records in the places that they name."""

    def __init__(self, settings: dict[str, str], *heads: SealedRecord) -> None:
        self._settings = settings
        self._records = {item.sha256: item for item in heads}

    def setting(self, key: str, /) -> str | None:
        return self._settings.get(key)

    def chain_head(self, device: str, chain: str, /) -> Link | None:
        for item in self._records.values():
            if (item.record.device, item.record.chain) == (device, chain):
                return Link(item.record.sequence, item.sha256, item.record.previous)
        return None

    def record(self, sha256: str, /) -> SealedRecord | None:
        return self._records.get(sha256)


def test_the_last_seal_is_found_on_the_own_chain_then_before_a_restore_then_of_the_region() -> None:
    own = sealed(OWN, NOW - DAY)
    root = region.region_key()
    said = region.seal(root, Kind.CATALOGO, region.catalogo(root))
    chains = {CHAIN_SETTING: own.record.chain, REGION_CHAIN_SETTING: said.record.chain}
    assert last_sealed(Held(chains, own, said), OWN.device, root.device) == own.record.sealed_at
    restored = {CHAIN_SETTING: "another", CHAIN_PREVIOUS_SETTING: own.sha256}
    assert last_sealed(Held(restored, own), OWN.device, None) == own.record.sealed_at
    assert last_sealed(Held(chains, said), OWN.device, root.device) == said.record.sealed_at
    assert last_sealed(Held(chains), OWN.device, root.device) is None
    assert last_sealed(Held({}), OWN.device, None) is None
