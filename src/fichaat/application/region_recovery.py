"""Use cases of a forgotten passphrase: the region's recovery slot, and the ceremony around it.

The person hands a request to the region; who has the region's key answers with a file and, by
voice, with twelve words. The file opens nothing without the words, and only the data that asked.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Final, TypeVar

import msgspec
from msgspec import Meta, Struct

from fichaat.application.installation import Installation
from fichaat.application.ports.keys import RegionKey
from fichaat.application.ports.slots import (
    KeySlot,
    KeyWrapper,
    RegionSlot,
    RegionSlots,
    SlotFile,
    SlotOwner,
)
from fichaat.domain.credencial import AgeRecipient
from fichaat.domain.errors import UserFacingError
from fichaat.domain.record import sha256_hex
from fichaat.domain.text import Instant, Sha256

REGION_SLOT_SETTING: Final = "region_slot"
"""The region's recipient for which there is a recovery slot, a blank, and since when."""

MAX_FILE: Final = 32_000
"""Bytes of a request or an answer; usual ones have some hundreds."""

_REQUEST: Final = "fichaat-recuperacion-pedido"
_ANSWER: Final = "fichaat-recuperacion-respuesta"
_VERSION: Final = 1

Words = Callable[[str], tuple[str, ...]]
"""Eight words for a SHA-256: `Trust.fingerprint_words`."""

S = TypeVar("S", bound=Struct)


class RecoveryRequest(Struct, frozen=True):
    """A request, ready to be written."""

    data: bytes
    palabras: tuple[str, ...]
    """Eight words of this very file, to be compared by voice."""


class RecoveryAnswer(Struct, frozen=True):
    """What the region answers, and to whom."""

    data: bytes
    codigo: tuple[str, ...]
    """Twelve words that open `data`, once; they travel by voice, never with the file."""
    owner: SlotOwner
    pedido_en: datetime
    palabras: tuple[str, ...]
    """Of the request that was answered."""

    def __repr__(self) -> str:
        """Without the words: a repr ends in logs."""
        return "RecoveryAnswer(…)"


class _Pedido(Struct, frozen=True, forbid_unknown_fields=True):
    formato: str
    version: int
    creado: Instant
    para: AgeRecipient
    ranura: Annotated[bytes, Meta(max_length=16_000)]


class _Respuesta(Struct, frozen=True, forbid_unknown_fields=True):
    formato: str
    version: int
    pedido: Sha256
    """Of the slot that was asked about."""
    ranura: KeySlot


class _Any(Struct, frozen=True):
    """What any version of either file will have."""

    formato: str
    version: int


class KeepRegionSlot:
    """Makes the slot as soon as a catalogue says whose it is, and anew when that changes or the
    passphrase did: an answer is bound to the slot that was asked about, and is good for once.
    """

    def __init__(self, here: Installation, file: SlotFile, slots: RegionSlots) -> None:
        self._here = here
        self._file = file
        self._slots = slots

    def __call__(self) -> bool:
        """Whether a slot was made now; the person must be told.

        Raises:
            UserFacingError: "storage.*", "system.*": it could not be written; it will be tried
                again.
        """
        with self._here.store.read() as reader:
            found = reader.catalogo()
        if found is None:
            return False
        recipient = found[0].age
        is_known = self._file.region_recipient() == recipient
        if is_known and not self._file.is_region_slot_used():
            return False
        profile = self._here.profile
        owner = SlotOwner(self._here.key.device, profile.nombre, profile.cargo, profile.entidad)
        self._file.put_region_slot(lambda key: self._slots.wrap(key, owner, recipient))
        if is_known:
            return False  # the person knows that the region can help
        moment = self._here.clock.now().replace(microsecond=0).isoformat()
        with self._here.store.write() as tx:
            tx.set_setting(REGION_SLOT_SETTING, f"{recipient} {moment}")
        return True

    def attempt(self) -> bool:
        """The same for who does something else that must not fail for it: it is tried again when
        the data are next opened.
        """
        try:
            return self()
        except UserFacingError:
            return False

    def since(self) -> datetime | None:
        """Since when the region can help; None where it cannot."""
        if self._file.region_recipient() is None:
            return None
        with self._here.store.read() as reader:
            recipient, _, moment = (reader.setting(REGION_SLOT_SETTING) or "").partition(" ")
        return datetime.fromisoformat(moment) if recipient and moment else None


def make_request(slot: RegionSlot | None, now: datetime, words: Words) -> RecoveryRequest:
    """The file with which a person who forgot the passphrase asks the region.

    Raises:
        UserFacingError: "recuperacion.no_slot": these data never knew their region.
    """
    if slot is None:
        raise UserFacingError("recuperacion.no_slot")
    moment = now.replace(microsecond=0)
    data = _json(_Pedido(_REQUEST, _VERSION, moment, slot.recipient, slot.wrapped))
    return RecoveryRequest(data, words(sha256_hex(slot.wrapped)))


class AnswerRecovery:
    """The region's side: who has the region's key helps."""

    def __init__(self, keys: KeyWrapper, slots: RegionSlots, words: Words) -> None:
        self._keys = keys
        self._slots = slots
        self._words = words

    def __call__(self, data: bytes, key: RegionKey) -> RecoveryAnswer:
        """Answer a request: to be handed over only once the person is known for who they are.

        Raises:
            UserFacingError: "recuperacion.not_a_request", "recuperacion.request_damaged",
                "recuperacion.other_region" (it was made for another key), "recuperacion.newer".
        """
        pedido = _read(data, _Pedido, _REQUEST, "recuperacion.not_a_request")
        opened, owner = self._slots.unwrap(pedido.ranura, key.age_identity)
        codigo = self._keys.new_recovery_code()
        digest = sha256_hex(pedido.ranura)
        slot = self._keys.wrap_with_recovery(opened, " ".join(codigo))
        answer = _json(_Respuesta(_ANSWER, _VERSION, digest, slot))
        return RecoveryAnswer(answer, codigo, owner, pedido.creado, self._words(digest))


def is_answer(data: bytes) -> bool:
    """Whether a file looks like an answer of the region, not like the words of a recovery code."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def read_answer(data: bytes, slot: RegionSlot | None) -> KeySlot:
    """The slot in an answer, which the twelve words open.

    Args:
        data: the file.
        slot: of the data that are to be opened.

    Raises:
        UserFacingError: "recuperacion.not_an_answer", "recuperacion.newer",
            "recuperacion.no_slot", "recuperacion.other_folder": it answers other data.
    """
    respuesta = _read(data, _Respuesta, _ANSWER, "recuperacion.not_an_answer")
    if slot is None:
        raise UserFacingError("recuperacion.no_slot")
    if respuesta.pedido != sha256_hex(slot.wrapped):
        raise UserFacingError("recuperacion.other_folder")
    if respuesta.ranura.kind != "recovery":
        raise UserFacingError("recuperacion.not_an_answer")
    return respuesta.ranura


_TOLD: Final = {
    "storage.wrong_recovery": "recuperacion.wrong_words",
    "trust.key_slot": "recuperacion.not_an_answer",
    # The slot held a key, but that of another database.
    "storage.corrupt": "recuperacion.other_folder",
}


def use_answer(
    data: bytes, slot: RegionSlot | None, words: str, rekey: Callable[[KeySlot, str], None]
) -> None:
    """Give data a new passphrase with an answer of the region.

    Args:
        data: the answer.
        slot: the region's slot of the data that are to be opened.
        words: the twelve words, as the person typed them.
        rekey: is given the slot in the answer and the words; see `DataFolder.recover`.

    Raises:
        UserFacingError: "recuperacion.*", "trust.recovery_code" (mistyped), "storage.*",
            "system.*".
    """
    answer = read_answer(data, slot)
    try:
        rekey(answer, words)
    except UserFacingError as error:
        if error.code in _TOLD:
            raise UserFacingError(_TOLD[error.code]) from error
        raise


def _read(data: bytes, type_: type[S], formato: str, code: str) -> S:
    if len(data) > MAX_FILE:
        raise UserFacingError(code)
    try:
        found = msgspec.json.decode(data, type=_Any)
        if found.formato != formato:
            raise UserFacingError(code)
        if found.version > _VERSION:
            raise UserFacingError("recuperacion.newer")
        return msgspec.json.decode(data, type=type_)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise UserFacingError(code) from None


def _json(value: Struct) -> bytes:
    return msgspec.json.encode(value, order="sorted") + b"\n"
