"""Use case: the catalogue in force, and whether another may be published here."""

from datetime import datetime

from msgspec import Struct

from fichaat.application.catalogue.content import CatalogueContent, content_of
from fichaat.application.catalogue.right import why_not
from fichaat.application.installation import Installation
from fichaat.domain.catalogo import Catalogo
from fichaat.domain.persona import Autor


class CatalogueView(Struct, frozen=True):
    """The catalogue in force as it looks from here."""

    catalogo: Catalogo
    content: CatalogueContent
    """Its editable part."""
    sha256: str
    """Of its record."""
    published_at: datetime
    """As the clock of who published it said."""
    published_by: Autor
    why_not: str | None
    """The code of what forbids publishing here; None where this device may."""

    @property
    def version(self) -> int:
        return self.catalogo.version

    @property
    def can_publish(self) -> bool:
        return self.why_not is None

    @property
    def counts(self) -> dict[str, int]:
        """How many entries each list has, by the name of its member; retired indicators aside."""
        catalogo = self.catalogo
        return {
            "provincias": len(catalogo.provincias),
            "firmantes": len(catalogo.firmantes),
            "indicadores": sum(not item.retirado for item in catalogo.indicadores),
            "metas": len(catalogo.metas),
            "verificaciones": len(catalogo.verificaciones),
            "directorio": len(catalogo.directorio),
            "actividades": len(catalogo.actividades),
        }


class ReadCatalogue:
    def __init__(self, here: Installation) -> None:
        self._here = here

    def __call__(self) -> CatalogueView | None:
        """The one in force; None while none is known."""
        with self._here.store.read() as reader:
            in_force = reader.catalogo()
            if in_force is None:
                return None
            catalogo, sha256 = in_force
            sealed = reader.record(sha256)
            assert sealed is not None  # where its content was just read from
            return CatalogueView(
                catalogo=catalogo,
                content=content_of(catalogo),
                sha256=sha256,
                published_at=sealed.record.sealed_at,
                published_by=sealed.record.author,
                why_not=why_not(self._here, reader),
            )

    def why_not(self) -> str | None:
        """The code of what forbids publishing here, also while no catalogue is known."""
        with self._here.store.read() as reader:
            return why_not(self._here, reader)
