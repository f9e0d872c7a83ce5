"""What coverage is computed from, straight from the drawn tables."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from fichaat.domain.authority import Standing
from fichaat.domain.cobertura import Visita
from fichaat.domain.ficha import Nivel, Sesion, Tema
from fichaat.domain.lineage import Estado
from fichaat.domain.revision import Veredicto
from fichaat.domain.rol import Rol
from fichaat.storage.session import Session, one_list
from fichaat.storage.trust_rows import REGIONS, load_authority

_JUDGED: Final = frozenset({Veredicto.APROBADA, Veredicto.OBSERVADA, Veredicto.RECHAZADA})
"""Nobody says so of what has not come to the region."""

_THERE: Final = (
    "n IN (SELECT n FROM ficha_distritos WHERE ubigeo IN (SELECT value FROM json_each(?)))"
)

# Asked of every ficha: enumerations called by value took a sixth of the whole reading.
_TEMAS: Final = {tema.value: tema for tema in Tema}
_NIVELES: Final = {nivel.value: nivel for nivel in Nivel}
_ESTADOS: Final = {estado.value: estado for estado in Estado}
_STANDINGS: Final = {standing.value: standing for standing in Standing}
_VEREDICTOS: Final = {veredicto.value: veredicto for veredicto in Veredicto}


class CoverageReader:
    """The part of `ports.Reader` behind coverage."""

    _session: Session

    def visitas(self, ubigeos: Collection[str] | None = None) -> list[Visita]:
        """The newest version of every sealed ficha, as coverage looks at it; no record is read.

        Args:
            ubigeos: only of fichas with any of these districts.
        """
        wanted = None if ubigeos is None else one_list(sorted(ubigeos))
        places = self._places(wanted)
        where, values = ("", ()) if wanted is None else (f" WHERE {_THERE}", (wanted,))
        rows = list(
            self._session.each(
                "SELECT n, id, codigo, fecha, nivel, estado, aprobacion, disputada, revision,"
                f" temas, sha256 FROM fichas{where} ORDER BY key",
                *values,
            )
        )
        regions = self._received(None if wanted is None else [row[-1] for row in rows])
        found = []
        for n, id_, codigo, fecha, nivel, estado, standing, disputed, said, temas, digest in rows:
            revision = _VEREDICTOS[said] if said else None
            found.append(
                Visita(
                    id=id_,
                    codigo=codigo,
                    fecha=date.fromisoformat(fecha) if fecha else None,
                    nivel=_NIVELES[nivel],
                    estado=_ESTADOS[estado],
                    aprobacion=_STANDINGS[standing],
                    disputada=bool(disputed),
                    revision=revision,
                    recibida=revision in _JUDGED or digest in regions,
                    distritos=tuple(places[n]),
                    temas=tuple(_TEMAS[tema] for tema in temas.split()),
                )
            )
        return found

    def _places(self, wanted: str | None) -> dict[int, list[tuple[str, Sesion | None]]]:
        """The districts of each ficha, by ubigeo."""
        where, values = ("", ()) if wanted is None else (f" WHERE {_THERE}", (wanted,))
        known = {sesion.value: sesion for sesion in Sesion}
        found: dict[int, list[tuple[str, Sesion | None]]] = defaultdict(list)
        for n, ubigeo, sesion in self._session.each(
            f"SELECT n, ubigeo, sesion FROM ficha_distritos{where} ORDER BY ubigeo, key", *values
        ):
            found[n].append((ubigeo, known.get(sesion)))
        return found

    def _received(self, among: Sequence[str] | None) -> set[str]:
        """The records, or those among some, that a coordinator received, valid then, or sealed."""
        authority = load_authority(self._session)
        grants = ((device, authority.grant(device)) for device in authority.grants)
        regions = [d for d, grant in grants if grant is not None and grant.rol is Rol.COORDINADOR]
        only, values = "", tuple[str, ...]()
        if among is not None:
            only, values = " AND sha256 IN (SELECT value FROM json_each(?))", (one_list(among),)
        rows = self._session.each(
            f"SELECT sha256 FROM recepciones WHERE vale = ?{only}"
            " UNION ALL SELECT sha256 FROM records"
            f" WHERE device IN (SELECT value FROM json_each(?)){only}",
            REGIONS,
            *values,
            one_list(regions),
            *values,
        )
        return {digest for (digest,) in rows}
