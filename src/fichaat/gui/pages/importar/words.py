"""What the preview of a package says of it as a whole: its sender, three verdicts, what misses and
what its import did.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import tzinfo
from typing import Final, NamedTuple

from fichaat.application.verdict import OWN_CLOCK, BundleVerdict
from fichaat.domain.chains import Gap
from fichaat.domain.paquete import PaqueteInfo
from fichaat.domain.recepcion import Resultado
from fichaat.gui.pages.importar.given import Given, GivenFile, asks
from fichaat.gui.text import hour, say, size_words, thousands
from fichaat.texts import message

_UNOPENED: Final = frozenset(
    {
        "bundle.not_found",
        "bundle.not_a_file",
        "bundle.empty",
        "bundle.not_a_bundle",
        "bundle.encrypted",
        "bundle.encrypted_for_others",
        "bundle.encrypted_damaged",
        "bundle.newer_format",
        "bundle.unreadable",
        "bundle.changed_while_reading",
        "bundle.too_large",
    }
)
"""Nothing was found out about what is inside."""

_DISTRUST: Final = {
    "trust.exporter_pending": "paquetes.trusted_exporter",
    "trust.signer_pending": "paquetes.trusted_signer",
    "trust.records_apart": "paquetes.trusted_apart",
    "trust.exporter_revoked": "paquetes.trusted_revoked",
    "trust.region_pending": "paquetes.trusted_region",
    "trust.other_region_key": "paquetes.trusted_other_region",
    "trust.other_region_key_own": "paquetes.trusted_other_region_own",
    OWN_CLOCK: "reloj.trusted_no",
}

_RANGES = 3
"""Gaps that are named; the request has all of them."""


class Box(NamedTuple):
    """One of the three verdicts."""

    title: str
    detail: str
    tone: str
    icon: str


class FileRow(NamedTuple):
    """One of several packages."""

    name: str
    state: str
    tone: str
    icon: str


class GapWords(NamedTuple):
    """What misses, and how to ask for it."""

    sentence: str
    request: str


# the file


def sender_words(info: PaqueteInfo | None, size: int | None, disk: str, zone: tzinfo | None) -> str:
    """Who made it, when (in the hours of a zone), how large it is and where it lies."""
    parts = []
    if info is not None:
        sender, made = info.exportador, info.creado.astimezone(zone)
        code = "paquetes.from" if sender.nombre else "paquetes.from_nobody"
        parts.append(
            say(
                code,
                nombre=sender.nombre,
                entidad=sender.entidad,
                equipo=device_words(sender.device),
            )
        )
        parts.append(say("paquetes.prepared", fecha=made.date().isoformat(), hora=hour(made)))
        if info.volumen[1] > 1:
            parts.append(say("paquetes.volume_of", numero=info.volumen[0], total=info.volumen[1]))
    if size is not None:
        parts.append(size_words(size))
    if disk:
        parts.append(say("paquetes.on_usb", nombre=disk))
    return " · ".join(parts)


def device_words(device: str) -> str:
    """As much of a device as its files are named with."""
    return device[:8]


def file_row(given: Given, file: GivenFile, *, looking: bool) -> FileRow:
    """One of the packages; `looking`: one of them is being checked."""
    verdict, name = file.verdict, file.path.name
    if file.refused:
        return FileRow(name, say("paquetes.file_refused"), "error", "error")
    if verdict is None:
        code = "paquetes.checking_box" if looking else "paquetes.not_checked"
        return FileRow(name, say(code), "neutral", "reloj")
    if asks(verdict):
        return FileRow(name, say("paquetes.file_request"), "info", "confianza")
    if file.imported is not None:
        count = thousands(file.fresh)
        return FileRow(name, say("paquetes.file_imported", cantidad=count), "ok", "bien")
    if not given.can_import(file):
        return FileRow(name, say("paquetes.file_known"), "neutral", "igual")
    tone, icon = ("ok", "bien") if verdict.confiable else ("warn", "aviso")
    count = thousands(file.fresh)
    return FileRow(name, say("paquetes.file_ready", cantidad=count), tone, icon)


# the three verdicts


def boxes_of(verdict: BundleVerdict | None, own_device: str) -> tuple[Box, Box, Box]:
    """Intact, valid, trusted; None while it is being found out."""
    if verdict is None:
        wait = say("paquetes.checking_box")
        return _quiet("intact", wait), _quiet("valid", wait), _quiet("trusted", wait)
    unseen = say("paquetes.unseen")
    if not verdict.intacto:
        return _not_intact(verdict), _quiet("valid", unseen), _quiet("trusted", unseen)
    intact = _good("intact")
    if not verdict.valido:
        no = Box(say("paquetes.valid_no"), say("paquetes.valid_not"), "error", "error")
        return intact, no, _quiet("trusted", unseen)
    if verdict.confiable:
        info = verdict.info
        own = info is not None and info.exportador.device == own_device
        why = say("paquetes.trusted_own" if own else "paquetes.trusted_yes")
        return intact, _good("valid"), Box(say("paquetes.trusted"), why, "ok", "bien")
    why = say(_DISTRUST[verdict.codigo or ""])
    return intact, _good("valid"), Box(say("paquetes.trusted_no"), why, "warn", "aviso")


def refusal_words(verdict: BundleVerdict) -> str:
    """Why nothing of it may be imported."""
    return message(verdict.codigo or "", verdict.params)


def _not_intact(verdict: BundleVerdict) -> Box:
    code = verdict.codigo or ""
    if code in _UNOPENED or code.startswith("system."):
        return Box(say("paquetes.unopened"), say("paquetes.unopened_what"), "error", "error")
    return Box(say("paquetes.intact_no"), say("paquetes.intact_not"), "error", "error")


def _good(which: str) -> Box:
    return Box(say(f"paquetes.{which}"), say(f"paquetes.{which}_yes"), "ok", "bien")


def _quiet(which: str, why: str) -> Box:
    return Box(say(f"paquetes.{which}"), why, "neutral", "vacio")


# what misses


def gap_words(verdict: BundleVerdict) -> GapWords | None:
    """The records that are still to come once this bundle is here."""
    info = verdict.info
    if not verdict.huecos or info is None:
        return None
    devices = {part.chain: part.device for part in info.cadenas}
    by_device: dict[str, list[Gap]] = {}
    for gap in verdict.huecos:
        by_device.setdefault(devices.get(gap.chain, ""), []).append(gap)
    requests = [
        say(
            "paquetes.gap_request",
            equipo=device_words(device),
            nombre=info.exportador.nombre if device == info.exportador.device else "",
            tramos=ranges_words(gaps, None),
        )
        for device, gaps in by_device.items()
    ]
    if len(by_device) > 1:
        sentence = say("paquetes.gap_devices", cantidad=len(by_device))
    else:
        device, gaps = next(iter(by_device.items()))
        missing = sum(gap.hasta - gap.desde + 1 for gap in gaps)
        code = "gap" if device == info.exportador.device else "gap_device"
        sentence = say(
            f"paquetes.{code}",
            cantidad=missing,
            tramos=ranges_words(gaps, _RANGES),
            equipo=device_words(device),
        )
    return GapWords(sentence, "\n".join(requests))


def ranges_words(gaps: Sequence[Gap], most: int | None = None) -> str:
    """«14 a 16, 20 y 31 a 40»."""
    words = [
        str(gap.desde)
        if gap.desde == gap.hasta
        else say("paquetes.gap_range", desde=gap.desde, hasta=gap.hasta)
        for gap in gaps
    ]
    if most is not None and len(words) > most:
        return say("paquetes.gap_more", tramos=", ".join(words[:most]))
    if len(words) == 1:
        return words[0]
    return say("paquetes.gap_and", primero=", ".join(words[:-1]), ultimo=words[-1])


def empty_words(verdict: BundleVerdict) -> str:
    """Why there are no records to show."""
    return say("paquetes.request" if asks(verdict) else "paquetes.empty")


# what an import did


def imported_words(verdicts: Sequence[BundleVerdict]) -> str:
    """«Se importaron 8 registros; 2 ya estaban y 1 quedó en conflicto.»"""
    counts = Counter(item.resultado for verdict in verdicts for item in verdict.registros)
    known = counts[Resultado.KNOWN]
    taken = sum(counts.values()) - known - counts[Resultado.REFUSED]
    conflicts = counts[Resultado.CONFLICT] + counts[Resultado.FORK]
    apart = sum(
        counts[result]
        for result in (
            Resultado.WRONG_SIGNER,
            Resultado.OUT_OF_SCOPE,
            Resultado.QUARANTINED,
            Resultado.OPAQUE,
        )
    )
    if not taken:
        asked = sum(map(asks, verdicts))
        if asked:
            return say("paquetes.imported_request", cantidad=asked)
        blobs = sum(verdict.adjuntos_nuevos for verdict in verdicts)
        if blobs:
            return say("paquetes.imported_blobs", cantidad=thousands(blobs))
        return say("paquetes.imported_none")
    first = say("paquetes.imported", cantidad=thousands(taken))
    rest = [
        say(code, cantidad=thousands(count))
        for code, count in (
            ("paquetes.imported_known", known),
            ("paquetes.imported_apart", apart),
            ("paquetes.imported_conflict", conflicts),
        )
        if count
    ]
    if not rest:
        return say("paquetes.imported_plain", primero=first)
    told = rest[0]
    if len(rest) > 1:
        told = say("paquetes.gap_and", primero=", ".join(rest[:-1]), ultimo=rest[-1])
    return say("paquetes.imported_join", primero=first, resto=told)
