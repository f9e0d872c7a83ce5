"""What every use case of one data folder works with."""

from dataclasses import dataclass

from fichaat.application.ports import Clock, DeviceKey, IdGenerator, Profile, Store
from fichaat.domain.territorio import Territorio


@dataclass(frozen=True, slots=True)
class Installation:
    """One open data folder: who works here, with which key, clock and knowledge of the country."""

    store: Store
    profile: Profile
    key: DeviceKey
    clock: Clock
    ids: IdGenerator
    territorio: Territorio
    app: str
    """Version of the program, as records name it."""
