"""Many visits that have nothing in common but their form, as other programs would hand them over.

The same count and seed give the same rows. Texts arrive as people and old programs leave them:
decomposed accents, Windows line ends, blanks around, tabs, emoji, quotes of every kind.
"""

import hashlib
import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from fichaat.domain.codec import convert
from fichaat.domain.ficha import Ficha, contenido_sha256
from tests.support.records import make_uuid7
from tests.support.rows import Row

TODAY = date(2026, 11, 21)
PROVINCES = {
    "0501": ("050101", "050102", "050103", "050104", "050105", "050106", "050107", "050108"),
    "0504": ("050401", "050402", "050403", "050404"),
    "0506": ("050601", "050602", "050605"),
}
NAMES = (
    "Marleni Ñahui Ccorahua",
    "José «Pepe» O'Higgins D’Angelo",
    "Nin\u0303a A\u0301vila Gu\u0308ere",  # decomposed
    "  Yesenia Rúa Mendívil\u00a0",
    "Ñusta Q'ispi Mamani",
    'María "Mari" Ticlla\\Huamán',
    "Wilber Ayme 🎉",
)
POSTS = ("Gerenta", "Responsable del ATM", "Sub\u2011gerente", "Coordinadora «niñez»", "Regidor/a")
KNOTS = (
    "14 niñas y niños menores de 12 meses sin DNI.",
    "Wawakunapa sutinkuta manaraqmi qillqasqachu; yachachiqkunam yanapanqaku.",
    "El padrón dice \"sin dato\" y el acta dice 'sí' \\ nadie sabe por qué.",
    "Sistema de agua:\r\n\t1) sin cloro\r\n\t2) sin operador\r\nNada más.",
    "Cafe\u0301 con pan\u0303al: texto en forma descompuesta.",
    "\u00a0 Espacios duros alrededor \u00a0",
    "👩🏽‍⚕️👶🏾 Visitas domiciliarias 48 % ≤ 60 %; «¿y el presupuesto?» — no alcanza…",
    "=SUMA(A1:A9) no es una fórmula, es el nombre del archivo",
    "</script><b>negrita</b> & 'comillas' `acentos` ${nada} %s {0}",
    "Palabrasinespacios" * 14,
    "Ang\u0310stro\u0308m: marcas que no tienen forma compuesta; ﬁn y ½ se quedan como están.",
    "Σίσυφος, Привет, 你好, שלום: nombres de consultores extranjeros",
)
PLACES = (
    "Sala de regidores",
    "Auditorio «José M. Arguedas»",
    "Local comunal de Ccollpa\t",
    "I.E. N° 38",
)


@dataclass
class Visits:
    """Rows, the bytes they name, and how many of them have a stroke."""

    rows: list[Row] = field(default_factory=list)
    blobs: dict[str, bytes] = field(default_factory=dict)
    signed: int = 0

    def add_blob(self, data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        self.blobs[digest] = data
        return digest


def make_visits(count: int, seed: int = 1) -> Visits:
    """Rows that are all sealed once a reason answers their warnings."""
    made = Visits()
    born: list[str] = []
    for number in range(1, count + 1):
        random = Random(seed * 1_000_000 + number)
        row = _row(number, random, born)
        if number % 6 == 0:
            _sign(made, row, number)
        elif number % 25 == 7:
            _transcribe(made, row, number)
        else:
            _excuse(row, random)
        born.extend(item["id"] for item in row.get("acuerdos", ()) if "id" in item)
        made.rows.append(row)
    return made


def expected_text(text: str) -> str:
    """What a typed text is once stored: nothing but its form differs."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", lines).strip()


def expected(value: Any) -> Any:  # noqa: ANN401  # any JSON value
    """A row as its record must say it."""
    if isinstance(value, str):
        return expected_text(value)
    if isinstance(value, list):
        return [expected(item) for item in value]
    if isinstance(value, dict):
        return {key: expected(item) for key, item in value.items()}
    return value


def jsonl_lines(rows: Sequence[Row], seed: int = 1) -> bytes:
    """A file: some lines escape everything, some end as Windows ends them, some are blank."""
    random = Random(seed)
    lines = []
    for row in rows:
        ascii_only = random.random() < 0.3
        end = b"\r\n" if random.random() < 0.2 else b"\n"
        lines.append(json.dumps(row, ensure_ascii=ascii_only).encode() + end)
    return b"\xef\xbb\xbf" + b"".join(lines)


def _row(number: int, random: Random, born: Sequence[str]) -> Row:
    province = random.choice(list(PROVINCES))
    group = random.randint(2, 3) if number % 8 == 0 else 1
    ubigeos = random.sample(PROVINCES[province], group)
    day = TODAY - timedelta(days=45 if number % 40 == 0 else random.randrange(28))
    start = random.randrange(7, 15)
    modalidad = ("presencial", "virtual", "mixta")[number % 3]
    crowd = 30 if number % 25 == 0 else 1
    row: Row = {
        "gobierno_regional": "05",
        "fecha": day.isoformat(),
        "hora_inicio": f"{start:02d}:{random.randrange(60):02d}",
        "hora_fin": f"{start + random.choice((2, 3, 8)):02d}:00",
        "modalidad": modalidad,
        "distritos": [
            {
                "ubigeo": ubigeo,
                "sesion": random.choice(("diagnostico", "seguimiento", "especifica")),
            }
            for ubigeo in ubigeos
        ],
        "temas": random.sample(["salud", "agua", "educacion", "articulacion"], random.randrange(4)),
        "indicadores": [f"PR-{random.randint(1, 30):02d}"],
        "responsables": [_person(random, "Gobierno Regional de Ayacucho – GRDS")],
        "destinatarios": [
            {"distrito": ubigeo, **_person(random, f"Municipalidad de {ubigeo} «Ñ»")}
            for ubigeo in ubigeos
            for _ in range(crowd)
        ],
        "nudos_criticos": [
            {"descripcion": random.choice(KNOTS), "orientacion": random.choice(KNOTS)}
            for _ in range(random.randint(1, 3))
        ],
        "acuerdos": [
            _agreement(number, place, day, random) for place in range(random.randrange(3))
        ],
        "seguimientos": _follow_ups(random, born, day),
        "observaciones": f"Visita {number}\r\n\r\n{random.choice(KNOTS)}\t",
    }
    if modalidad != "virtual":
        row["lugar"] = random.choice(PLACES)
    if modalidad != "presencial":
        row["plataforma"] = random.choice(("Google Meet", "Zoom", "Teléfono «altavoz»"))
    if number % 10 == 0:
        row["nudos_criticos"][0]["orientacion"] = _long_text(random)
    if number % 9 == 0:
        row["ejecutor"] = {
            "nivel": "provincial",
            "ubigeo": province,
            "entidad": "Municipalidad Provincial (ficticia) «Ñ»",
        }
    elif number % 50 == 1:
        row["ejecutor"] = {"nivel": "otro", "entidad": "ONG Wawa Kawsay (ficticia)"}
    if number % 2:
        _give_ids(row, number)
    return row


def _person(random: Random, entidad: str) -> Row:
    return {"entidad": entidad, "nombre": random.choice(NAMES), "cargo": random.choice(POSTS)}


def _agreement(number: int, place: int, day: date, random: Random) -> Row:
    made: Row = {
        "descripcion": random.choice(KNOTS),
        "responsable": random.choice(NAMES),
        "plazo": (day + timedelta(days=random.randrange(60))).isoformat(),
        "indicador": "PR-01",
        "nudo": 0 if random.random() < 0.5 else None,
    }
    if number % 2:
        made["id"] = make_uuid7(("acuerdo", number, place))
    return made


def _follow_ups(random: Random, born: Sequence[str], day: date) -> list[Row]:
    """Answers to agreements of earlier rows, and now and then to one of the paper era."""
    events: list[Row] = []
    for acuerdo in random.sample(born, min(len(born), random.randrange(3))):
        estado = random.choice(("pendiente", "en_proceso", "cumplido", "no_cumplido"))
        events.append({"acuerdo": acuerdo, "estado": estado, "comentario": random.choice(KNOTS)})
        if estado == "cumplido":
            events[-1]["cumplido_el"] = day.isoformat()
        if estado == "en_proceso":
            events[-1]["avance"] = random.randrange(101)
    if random.random() < 0.2:
        events.append(
            {
                "descripcion": "Acuerdo del acta de 2024, en papel",
                "estado": "reprogramado",
                "nuevo_plazo": (day + timedelta(days=20)).isoformat(),
                "motivo": random.choice(KNOTS),
            }
        )
    return events


def _long_text(random: Random) -> str:
    words: list[str] = []
    size = 0
    while size < 5000:
        words.append(random.choice(KNOTS))
        size += len(words[-1]) + 1
    return " ".join(words)[:5000].strip()


def _give_ids(row: Row, number: int) -> None:
    for section in ("responsables", "destinatarios"):
        for place, person in enumerate(row[section]):
            person["id"] = make_uuid7((section, number, place))


def _excuse(row: Row, random: Random) -> None:
    """Nobody signed, and everybody has a reason; people need an id to be named."""
    for section in ("responsables", "destinatarios"):
        for place, person in enumerate(row[section]):
            person.setdefault("id", make_uuid7((section, row["observaciones"], place)))
    row["firmas"] = [
        {
            "participante": person["id"],
            "tipo": random.choice(("pendiente", "no_firmo")),
            "motivo": random.choice(("Sin señal en la posta", "Prefirió no firmar;\r\nse respeta")),
        }
        for person in (*row["responsables"], *row["destinatarios"])
    ]


def _identify(row: Row, number: int) -> list[str]:
    """Everything that must be given before anyone can have signed; the people's ids."""
    row["codigo"] = f"05-2026-ANT1GV-{number:04d}"
    row.setdefault(
        "ejecutor", {"nivel": "regional", "ubigeo": "05", "entidad": "Gobierno Regional"}
    )
    _give_ids(row, number)
    for place, acuerdo in enumerate(row["acuerdos"]):
        acuerdo.setdefault("id", make_uuid7(("acuerdo", number, place)))
    return [person["id"] for person in (*row["responsables"], *row["destinatarios"])]


def _sign(made: Visits, row: Row, number: int) -> None:
    """Everyone drew a stroke over exactly this content."""
    people = _identify(row, number)
    contenido = contenido_sha256(convert(expected(row), Ficha))
    row["firmas"] = [
        {
            "participante": person,
            "tipo": "trazo",
            "firmado_en": "2026-11-20T11:20:00-05:00",
            "contenido": contenido,
            "blob": made.add_blob(_stroke(number, place)),
        }
        for place, person in enumerate(people)
    ]
    made.signed += 1


def _transcribe(made: Visits, row: Row, number: int) -> None:
    """An old paper ficha, signed with ink, its scan attached."""
    row["origen"] = "papel"
    row["fecha"] = "2024-03-15"
    for acuerdo in row["acuerdos"]:
        acuerdo["plazo"] = "2024-04-15"
    people = _identify(row, number)
    scan = b"\xff\xd8\xff escaneo \x00" + str(number).encode() * 500
    digest = made.add_blob(scan)
    row["adjuntos"] = [
        {
            "sha256": digest,
            "nombre": f"ficha «{number}» firmada.jpg",
            "tipo": "image/jpeg",
            "bytes": len(scan),
            "descripcion": "Escaneo de la ficha\r\nde papel",
            "clase": "ficha_firmada",
        }
    ]
    contenido = contenido_sha256(convert(expected(row), Ficha))
    row["firmas"] = [
        {"participante": person, "tipo": "papel", "contenido": contenido, "blob": digest}
        for person in people
    ]


def _stroke(number: int, place: int) -> bytes:
    line = [[(step * 7 + number) % 800, (step * step + place) % 300] for step in range(20)]
    stroke = {"alto": 300, "ancho": 800, "trazos": [line, [[1, 2], [3, number % 300]]]}
    return json.dumps(stroke, separators=(",", ":"), sort_keys=True).encode()
