"""What every use case of one data folder works with."""

from dataclasses import dataclass

from fichaat.application.ports.keys import Clock, DeviceKey, IdGenerator
from fichaat.application.ports.rows import Profile
from fichaat.application.ports.store import Store
from fichaat.domain.ficha import Ejecutor, Nivel
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

    @property
    def ambito(self) -> str:
        """What the codes of its districts begin with: those of its region, or of its province."""
        return self.profile.provincia or self.profile.region

    @property
    def ejecutor(self) -> Ejecutor:
        """Who gives the assistance in a ficha that is born here."""
        profile = self.profile
        if profile.provincia is not None:
            return Ejecutor(Nivel.PROVINCIAL, profile.provincia, profile.entidad)
        entidad = self.territorio.gobierno_regional(profile.region) or profile.entidad
        return Ejecutor(Nivel.REGIONAL, profile.region, entidad)
