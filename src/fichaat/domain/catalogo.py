"""What a region tells its devices (record kind `catalogo`)."""

from typing import Annotated

from msgspec import Meta, Struct

from fichaat.domain.credencial import AgeRecipient, CertificateDer
from fichaat.domain.text import MAX_LIST, Region

ProvinciaUbigeo = Annotated[str, Meta(pattern=r"^[0-9]{4}(?!\n)$")]


class Catalogo(Struct, frozen=True, forbid_unknown_fields=True):
    """One version of the catalogue; the highest that an issuing coordinator sealed is in force."""

    version: Annotated[int, Meta(ge=1, le=99_999)]
    gobierno_regional: Region
    certificado: CertificateDer
    """Of the region key."""
    age: AgeRecipient
    """The region's: exports are encrypted to it."""
    provincias: Annotated[tuple[ProvinciaUbigeo, ...], Meta(max_length=MAX_LIST)]
    """Entitled to act in cascade."""
