"""How the records that leave are shared among the files of one bundle, and what they are called."""

import re
from collections.abc import Sequence
from datetime import datetime

from fichaat.application.bundle_parts import Part
from fichaat.application.party import Party
from fichaat.domain.errors import UserFacingError
from fichaat.domain.paquete import MAX_BUNDLE, MAX_MEMBERS, PaqueteInfo
from fichaat.domain.text import fold

MIN_VOLUME = 100_000
"""Bytes under which no volume is worth making."""

_MEMBER_OVERHEAD = 800
"""Bytes that container and manifest add around a member: more than the longest name needs."""

_FIXED_OVERHEAD = 20_000
_ENVELOPE_SHARE = 4_000
"""An envelope adds 16 bytes to every 64 KiB: less than this part of the whole."""

_RECIPIENT_BYTES = 500
_NAME_LENGTH = 40
_WORD = re.compile(r"[a-z0-9]+")
"""What of a name every file system keeps."""


def room_in_envelope(volume_bytes: int | None, recipients: int) -> int:
    """Bytes of content for a file of at most `volume_bytes` that this many addressees can open: an
    envelope is larger than its content.
    """
    limit = MAX_BUNDLE if volume_bytes is None else min(volume_bytes, MAX_BUNDLE)
    return limit - (limit // _ENVELOPE_SHARE + _RECIPIENT_BYTES * (1 + recipients))


def split_volumes(
    parts: Sequence[Part], blob_sizes: dict[str, int], limit: int | None
) -> list[list[Part]]:
    """Consecutive records into files that stay under the limit and under the profile's caps.

    Raises:
        UserFacingError: "bundle.volume_too_small": one record alone does not fit.
    """
    limit = MAX_BUNDLE if limit is None else min(limit, MAX_BUNDLE)
    if limit < MIN_VOLUME:
        raise UserFacingError("bundle.volume_too_small", limite=limit)
    volumes: list[list[Part]] = []
    size, members, held = limit + 1, 0, set[str]()
    for part in parts:
        fresh = {digest for digest in part.blobs if digest in blob_sizes}
        cost, count = _cost(part, fresh - held, blob_sizes)
        if size + cost > limit or members + count > MAX_MEMBERS:
            volumes.append([])
            size, members, held = _FIXED_OVERHEAD, 10, set()
            cost, count = _cost(part, fresh, blob_sizes)
            if size + cost > limit:
                raise UserFacingError("bundle.volume_too_small", limite=limit)
        volumes[-1].append(part)
        size, members = size + cost, members + count
        held |= fresh
    return volumes


def file_name(info: PaqueteInfo, now: datetime, to_whom: Party | None) -> str:
    """Who wrote it, or to whom it answers; when; which volume of how many."""
    volume = "" if info.volumen[1] == 1 else f"-{info.volumen[0]:02d}de{info.volumen[1]:02d}"
    moment = f"{now:%Y%m%d-%H%M}"
    who = f"fichaat-{info.region}-{info.exportador.device[:8]}"
    if to_whom is not None:
        name = "-".join(_WORD.findall(fold(to_whom.nombre)))[:_NAME_LENGTH]
        who = "-".join(filter(None, ("respuesta", name, to_whom.device[:8])))
    return f"{who}-{moment}-{info.id[-6:]}{volume}.fichaat"


def _cost(part: Part, blobs: set[str], sizes: dict[str, int]) -> tuple[int, int]:
    """Bytes and members that a record adds: itself, signature, certificate, blobs, paper, line."""
    data = part.bytes + sum(sizes[digest] for digest in blobs)
    data += 0 if part.paper is None else part.paper[2]
    count = 3 + len(blobs) + (part.paper is not None)
    return data + count * _MEMBER_OVERHEAD + 4_000, count
