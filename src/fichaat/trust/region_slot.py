"""The region's recovery slot: the database's key, hidden from everybody but the region's key."""

import io
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct

from fichaat.application.jobs import CancelToken
from fichaat.application.ports.slots import RegionSlot, SlotOwner
from fichaat.domain.errors import UserFacingError
from fichaat.trust.envelope import AgeEnvelope
from fichaat.trust.key_slots import KEY_BYTES

_VERSION: Final = 1
_MAX_CONTENT: Final = 8_000


class _Content(Struct, frozen=True, forbid_unknown_fields=True):
    version: int
    key: Annotated[bytes, Meta(min_length=KEY_BYTES, max_length=KEY_BYTES)]
    owner: SlotOwner

    def __repr__(self) -> str:
        """Without the key: a repr ends in logs."""
        return "_Content(…)"


class AgeRegionSlots:
    """See `ports.RegionSlots`."""

    def wrap(self, key: bytes, owner: SlotOwner, recipient: str) -> RegionSlot:
        """See `ports.RegionSlots.wrap`."""
        if len(key) != KEY_BYTES:
            raise ValueError("the database's key has 256 bits")
        content = msgspec.json.encode(_Content(_VERSION, key, owner), order="sorted")
        out = io.BytesIO()
        AgeEnvelope().seal(io.BytesIO(content), out, [recipient], CancelToken())
        return RegionSlot(recipient, out.getvalue())

    def unwrap(self, wrapped: bytes, identity: str) -> tuple[bytes, SlotOwner]:
        """See `ports.RegionSlots.unwrap`."""
        try:
            content = msgspec.json.decode(_opened(wrapped, identity), type=_Content)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise UserFacingError("recuperacion.request_damaged") from None
        if content.version > _VERSION:
            raise UserFacingError("recuperacion.newer")
        return content.key, content.owner


def _opened(wrapped: bytes, identity: str) -> bytes:
    envelope, out = AgeEnvelope(), io.BytesIO()
    if not envelope.is_sealed(wrapped):
        raise UserFacingError("recuperacion.request_damaged")
    try:
        envelope.unseal(io.BytesIO(wrapped), out, [identity], _MAX_CONTENT, CancelToken())
    except UserFacingError as error:
        others = error.code == "bundle.encrypted_for_others"
        code = "recuperacion.other_region" if others else "recuperacion.request_damaged"
        raise UserFacingError(code) from None
    return out.getvalue()
