"""Which records leave in a bundle: what waits for the region, an answer to a sender, everything."""

from collections.abc import Callable
from typing import Final

from fichaat.application.installation import Installation
from fichaat.application.ports.rows import RecordPlace
from fichaat.application.ports.store import Reader
from fichaat.domain.authority import Authority
from fichaat.domain.rol import Rol

ANSWERED_SETTING: Final = "respondido:"
"""Before a device: the highest number of a record that its last answer could hold."""

Selection = Callable[[Reader, Installation], list[RecordPlace]]
"""From what is held to what leaves, in the order of `Reader.places`."""


def everything(reader: Reader, here: Installation) -> list[RecordPlace]:
    """All of it."""
    del here
    return list(reader.places())


def pending(reader: Reader, here: Installation) -> list[RecordPlace]:
    """What no coordinator has acknowledged: the own records for a specialist, all for a province
    that forwards. A coordinator hands on everything. What was received here is told with the next
    delivery, and is none by itself: the region acknowledges no acknowledgement.
    """
    authority = reader.authority()
    if is_coordinators(here.key.device, authority):
        return everything(reader, here)
    known = reader.acknowledged()
    found = [
        place
        for place in reader.places()
        if is_pending(here, place.device, authority) and place.sha256 not in known
    ]
    told = reader.receptions()
    return found if any(place.sha256 not in told for place in found) else []


def answer_to(device: str, *, own: bool = False, shared: bool = False) -> Selection:
    """What concerns one sender, its region's latest word included.

    Args:
        device: the sender.
        own: also what it sealed itself, for a data folder that lost it.
        shared: also what it needs to know the open agreements of its scope.
    """

    def chosen(reader: Reader, here: Installation) -> list[RecordPlace]:
        del here
        wanted = {place.n: place for place in reader.answer_to(device)}
        if shared:
            since = int(reader.setting(ANSWERED_SETTING + device) or 0)
            told = reader.shared_acuerdos(device, since, again=own)
            wanted = {place.n: place for place in told} | wanted
        if own:
            whole = {place.n: place for place in reader.places() if place.device == device}
            wanted |= whole
        return sorted(wanted.values(), key=_order)

    return chosen


def _order(place: RecordPlace) -> tuple[str, str, int, str]:
    return place.device, place.chain, place.sequence, place.sha256


def is_pending(here: Installation, device: str, authority: Authority) -> bool:
    """Whether records of a device wait for the region: the region's own never do."""
    if is_coordinators(device, authority) or device == authority.root:
        return False
    return here.profile.rol is not Rol.ESPECIALISTA or device == here.key.device


def is_coordinators(device: str, authority: Authority) -> bool:
    """Whether the region itself works on a device: what that sealed is where it belongs."""
    grant = authority.grant(device)
    return grant is not None and grant.rol is Rol.COORDINADOR
