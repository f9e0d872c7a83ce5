"""A visit from its JSONL row to a package that another computer imports, through the commands."""

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.program import PROFILE, Machine
from tests.support.rows import STROKE, jsonl, pending_row, row

CODIGO = re.compile(r"05-2026-[0-9A-HJKMNP-TV-Z]{6}-\d{4}")


def import_row(office: Machine, *options: str) -> str:
    answer = office.done("ficha", "importar", "-", *options, stdin=jsonl(row()))
    return str(answer["detalle"][0]["codigo"])


def sign_all(office: Machine, codigo: str, stroke: Path) -> None:
    stroke.write_bytes(STROKE)
    content = office.done("ficha", "mostrar", codigo)["contenido"]
    for person in (*content["responsables"], *content["destinatarios"]):
        signed = office.done(
            "ficha", "firmar", codigo, "--participante", person["id"], "--trazos", stroke
        )
        assert signed == {"codigo": codigo, "participante": person["id"], "tipo": "trazo"}


def seal_one(office: Machine, tmp_path: Path) -> str:
    codigo = import_row(office)
    sign_all(office, codigo, tmp_path / "trazo.json")
    office.done("ficha", "sellar", codigo)
    return codigo


def test_a_profile_is_made_once_and_shows_itself(machine: Machine) -> None:
    made = machine.create()
    assert len(made["recuperacion"]) == 12
    assert len(made["palabras"]) == 8
    assert re.fullmatch("[0-9a-f]{64}", made["device"])
    assert made["carpeta"] == str(machine.folder)
    shown = machine.done("perfil", "mostrar")
    assert shown == {key: value for key, value in made.items() if key != "recuperacion"}
    assert machine.json("perfil", "crear", *PROFILE).error == "perfil.exists"
    told = machine("perfil", "mostrar").out
    assert "Marleni Ñahui" in told
    assert " ".join(made["palabras"]) in told


def test_the_recovery_words_are_told_to_people_too(machine: Machine) -> None:
    told = machine("perfil", "crear", *PROFILE)
    assert told.code == 0
    assert len(re.findall(r"^ +\d+\. \w+$", told.out, re.MULTILINE)) == 12
    assert "papel" in told.out


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--region=99"], "perfil.region_unknown"),
        (["--provincia=0501"], "perfil.provincia_unexpected"),
        (["--rol=provincial"], "perfil.provincia_required"),
        (["--rol=provincial", "--provincia=0301"], "perfil.provincia_unknown"),
        (["--nombre= "], "perfil.text_required"),
        (["--nombre=" + "x" * 301], "perfil.text_required"),
        (["--nombre=a\x07b"], "schema.control_character"),
        (["--cargo=\udcff"], "schema.lone_surrogate"),
    ],
)
def test_a_profile_that_makes_no_sense_leaves_nothing(
    machine: Machine, options: list[str], code: str
) -> None:
    told = machine.json("perfil", "crear", *PROFILE, *options)
    assert (told.code, told.error) == (2, code)
    assert not machine.folder.exists()


def test_the_main_job(office: Machine, another: Callable[[str], Machine], tmp_path: Path) -> None:
    imported = office.done("ficha", "importar", "-", stdin=jsonl(row()))
    assert {key: imported[key] for key in ("filas", "importadas", "selladas", "rechazadas")} == {
        "filas": 1,
        "importadas": 1,
        "selladas": 0,
        "rechazadas": 0,
    }
    first = imported["detalle"][0]
    assert (first["fila"], first["estado"]) == (1, "borrador")
    assert CODIGO.fullmatch(first["codigo"])
    missing = {problem["code"] for problem in first["problemas"]}
    assert missing == {"ficha.firma_responsable_missing", "ficha.firma_destinatario_missing"}
    assert set(first["problemas"][0]) == {"code", "severity", "path", "params", "mensaje"}

    codigo = first["codigo"]
    checked = office.done("ficha", "validar", codigo, code=1)
    assert checked == {"codigo": codigo, "estado": "borrador", "problemas": first["problemas"]}
    refused = office.done("ficha", "sellar", codigo, code=1)
    assert refused["detalle"][0]["estado"] == "borrador"

    sign_all(office, codigo, tmp_path / "trazo.json")
    checked = office.done("ficha", "validar", codigo)
    assert checked == {"codigo": codigo, "estado": "borrador", "problemas": []}
    draft = office.done("ficha", "mostrar", codigo)
    assert (draft["estado"], draft["registro"]) == ("borrador", None)
    assert all(firma["vale"] and firma["codigo"] is None for firma in draft["firmas"])

    sealed = office.done("ficha", "sellar", codigo)
    assert sealed["selladas"] == 1
    shown = office.done("ficha", "mostrar", codigo)
    assert shown["estado"] == "sellada"
    assert shown["registro"]["content"] == shown["contenido"]
    assert shown["registro"]["sequence"] == 1
    assert office.json("ficha", "sellar", codigo).error == "ficha.already_sealed"
    listed = office.done("ficha", "listar")["fichas"]
    assert [(item["codigo"], item["estado"]) for item in listed] == [(codigo, "sellada")]
    assert office.done("ficha", "listar", "--buscar", "nahui")["fichas"] == listed

    paper = office.done("ficha", "pdf", codigo, "-o", tmp_path / "ficha.pdf")
    data = (tmp_path / "ficha.pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    assert paper["sha256"] == hashlib.sha256(data).hexdigest()

    (tmp_path / "usb").mkdir()
    exported = office.done("paquete", "exportar", "-o", tmp_path / "usb" / "hoy")
    (file,) = exported["archivos"]
    assert set(file) == {"ruta", "sha256", "bytes", "registros", "cifrado"}
    assert file["sha256"] == hashlib.sha256(Path(file["ruta"]).read_bytes()).hexdigest()
    assert file["registros"] == 1

    verdict = office.done("paquete", "verificar", file["ruta"])
    assert (verdict["intacto"], verdict["valido"], verdict["confiable"]) == (True, True, True)
    assert verdict["codigo"] is None
    assert [item["resultado"] for item in verdict["registros"]] == ["known"]

    region = another("region")
    preview = region.done("paquete", "importar", "--previa", file["ruta"], code=3)
    assert preview["aplicado"] is False
    assert region.done("ficha", "listar")["fichas"] == []
    received = region.done("paquete", "importar", file["ruta"], code=3)
    assert received["aplicado"] is True
    assert {**received, "aplicado": False} == preview
    assert received["codigo"] == "trust.exporter_pending"
    assert [item["resultado"] for item in received["registros"]] == ["new"]
    assert received["exportador"]["palabras"] == office.done("perfil", "mostrar")["palabras"]
    assert region.done("ficha", "mostrar", codigo)["registro"] == shown["registro"]
    assert region.json("ficha", "anular", codigo, "--motivo", "x").error == "ficha.not_author"
    again = region.done("paquete", "importar", file["ruta"], code=3)
    assert [item["resultado"] for item in again["registros"]] == ["known"]

    for machine, records in ((office, 1), (region, 2)):
        found = machine.done("datos", "comprobar")
        assert (found["registros"], found["diferencias"]) == (records, [])
        rebuilt = machine.done("datos", "reconstruir")
        assert rebuilt["proyecciones_sha256"] == found["proyecciones_sha256"]


def test_importing_and_sealing_at_once(office: Machine) -> None:
    rows = [pending_row(number, temas=[]) for number in range(1, 4)]
    unexplained = office.done("ficha", "importar", "-", "--sellar", stdin=jsonl(rows[0]), code=1)
    (left,) = unexplained["detalle"]
    assert left["estado"] == "borrador"
    assert [problem["code"] for problem in left["problemas"]] == ["ficha.temas_required"]
    answer = office.done(
        "ficha", "importar", "-", "--sellar", "--motivo", "Sin luz", stdin=jsonl(*rows[1:])
    )
    assert (answer["importadas"], answer["selladas"]) == (2, 2)
    codigo = answer["detalle"][0]["codigo"]
    reasons = office.done("ficha", "mostrar", codigo)["contenido"]["advertencias"]
    # What the signatures say themselves is asked of nobody.
    assert [(item["code"], item["motivo"]) for item in reasons] == [
        ("ficha.firma_pending", "Estuvo de viaje"),
        ("ficha.firma_pending", "Estuvo de viaje"),
        ("ficha.temas_required", "Sin luz"),
    ]
    left = office.done("ficha", "sellar", "--todo", "--motivo", "Sin luz")
    assert left["selladas"] == 1
    assert office.done("ficha", "sellar", "--todo") == {"selladas": 0, "detalle": []}
    states = {item["estado"] for item in office.done("ficha", "listar")["fichas"]}
    assert states == {"sellada"}


def test_drafts_are_listed_newest_first_and_undated_last(office: Machine) -> None:
    days = ("2026-11-02", None, "2026-11-19", "2026-11-19", "2026-10-30")
    rows = [row(**({} if day is None else {"fecha": day})) for day in days]
    del rows[1]["fecha"]
    made = [
        item["codigo"]
        for item in office.done("ficha", "importar", "-", stdin=jsonl(*rows))["detalle"]
    ]
    listed = office.done("ficha", "listar")["fichas"]
    assert [item["codigo"] for item in listed] == [made[n] for n in (2, 3, 0, 4, 1)]
    assert {item["revision"] for item in listed} == {None}
    newest = office.done("ficha", "listar", "--limite", "1")["fichas"]
    assert [item["codigo"] for item in newest] == [made[2]]


def test_a_correction_is_a_new_version_signed_anew(office: Machine, tmp_path: Path) -> None:
    codigo = seal_one(office, tmp_path)
    assert office.json("ficha", "rectificar", codigo, "--motivo", " ").error == (
        "ficha.motivo_required"
    )
    file = tmp_path / "corregida.json"
    file.write_text(json.dumps(row(hora_fin="12:30")), encoding="utf-8")
    opened = office.done(
        "ficha", "rectificar", codigo, "--motivo", "La hora era otra", "--contenido", file
    )
    assert opened == {"codigo": codigo, "version": 2, "estado": "borrador"}
    assert office.json("ficha", "rectificar", codigo, "--motivo", "x").error == (
        "ficha.rectification_open"
    )
    sign_all(office, codigo, tmp_path / "trazo.json")
    office.done("ficha", "sellar", codigo)
    shown = office.done("ficha", "mostrar", codigo)
    assert shown["registro"]["version"] == 2
    assert shown["registro"]["supersedes"]["reason"] == "La hora era otra"
    assert shown["contenido"]["hora_fin"] == "12:30"
    assert len(office.done("ficha", "listar")["fichas"]) == 1


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{", b'{"hora_fin": "25:00"}', b'{"zzz": 1}', b"\xff", b"[" * 9999]
)
def test_a_correction_that_is_no_ficha_is_refused(
    office: Machine, tmp_path: Path, content: bytes
) -> None:
    codigo = seal_one(office, tmp_path)
    file = tmp_path / "mala.json"
    file.write_bytes(content)
    result = office.json("ficha", "rectificar", codigo, "--motivo", "x", "--contenido", file)
    assert result.code == 1
    assert result.error.startswith("schema.")
    assert office.done("ficha", "mostrar", codigo)["registro"]["version"] == 1


def test_an_annulled_ficha_stays_and_says_so(office: Machine, tmp_path: Path) -> None:
    codigo = seal_one(office, tmp_path)
    answer = office.done("ficha", "anular", codigo, "--motivo", "Registrada dos veces")
    assert answer["estado"] == "anulada"
    assert office.done("ficha", "mostrar", codigo)["estado"] == "anulada"
    assert office.json("ficha", "anular", codigo, "--motivo", "x").error == "ficha.annulled"
    assert office.done("ficha", "listar", "--estado", "anulada")["fichas"][0]["codigo"] == codigo
    assert office.done("ficha", "listar", "--estado", "sellada")["fichas"] == []


def test_a_paper_is_checked_by_the_text_of_its_code(office: Machine, tmp_path: Path) -> None:
    codigo = seal_one(office, tmp_path)
    shown = office.done("ficha", "mostrar", codigo)
    digits = shown["huella"].replace(" ", "")
    assert (len(digits), shown["papel"]) == (16, None)
    assert f"Huella: {shown['huella']}" in office("ficha", "mostrar", codigo).out
    code = f"FICHAAT|{codigo}|1|{digits}"
    checked = office.done("ficha", "mostrar", code)
    assert checked == {**shown, "papel": {"codigo": codigo, "version": 1, "ultima": 1}}
    assert "El papel coincide con la versión 1" in office("ficha", "mostrar", code).out
    (found,) = office.done("ficha", "listar", "--buscar", code)["fichas"]
    assert found["codigo"] == codigo
    forged = f"FICHAAT|{codigo}|1|{digits[::-1]}"
    for order in (("ficha", "mostrar"), ("ficha", "listar", "--buscar")):
        told = office.json(*order, forged)
        assert (told.code, told.error) == (1, "ficha.paper_differs")
        assert office.json(*order, code[:-1]).error == "ficha.paper_code"


def test_what_is_sealed_is_not_said_to_be_without_warnings(office: Machine) -> None:
    data = jsonl(pending_row(1))
    rows = office.done("ficha", "importar", "-", "--sellar", "--motivo", "de viaje", stdin=data)
    codigo = rows["detalle"][0]["codigo"]
    told = office("ficha", "validar", codigo)
    assert told.code == 0
    assert told.out.startswith(f"La ficha {codigo} ya no es un borrador (sellada)")
    assert "explicado: " in told.out
    assert "Motivo: " in told.out
    checked = office.done("ficha", "validar", codigo)
    assert checked == {"codigo": codigo, "estado": "sellada", "problemas": []}


def test_what_comes_late_is_added_as_evidence(office: Machine, tmp_path: Path) -> None:
    codigo = seal_one(office, tmp_path)
    scan = tmp_path / "lista de asistencia.jpg"
    scan.write_bytes(b"\xff\xd8\xff photo")
    content = office.done("ficha", "mostrar", codigo)["contenido"]
    answer = office.done(
        "ficha", "evidencia", codigo, "--participante", content["destinatarios"][0]["id"],
        "--papel", scan, "--adjunto", scan, "--clase", "lista_asistencia", "--comentario", "ñ",
    )  # fmt: skip
    assert set(answer) == {"codigo", "sha256", "id"}
    assert len(office.done("ficha", "mostrar", codigo)["firmas"]) == 3
    assert office.json("ficha", "evidencia", codigo, "--adjunto", tmp_path / "no").error == (
        "cli.file_missing"
    )


def test_signing_in_every_way(office: Machine, tmp_path: Path) -> None:
    codigo = import_row(office)
    content = office.done("ficha", "mostrar", codigo)["contenido"]
    person = content["responsables"][0]["id"]
    scan = tmp_path / "papel.PDF"
    scan.write_bytes(b"%PDF-1.4 scanned")
    base = ("ficha", "firmar", codigo, "--participante", person)
    assert office.done(*base, "--papel", scan)["tipo"] == "papel"
    adjunto = office.done("ficha", "mostrar", codigo)["contenido"]["adjuntos"][0]
    assert (adjunto["tipo"], adjunto["nombre"]) == ("application/pdf", "papel.PDF")
    other = tmp_path / "otro.jpg"
    other.write_bytes(b"\xff\xd8\xff otra vez")
    for data in (b"", b"no es un escaneo"):
        (tmp_path / "nota.pdf").write_bytes(data)
        told = office.json(*base, "--papel", tmp_path / "nota.pdf")
        assert (told.code, told.error) == (1, "ficha.file_refused")
    office.done(*base, "--papel", other)
    kept = office.done("ficha", "mostrar", codigo)["contenido"]["adjuntos"]
    assert [item["nombre"] for item in kept] == ["otro.jpg"]
    assert office.json(*base, "--pendiente").error == "ficha.firma_motivo_required"
    assert office.done(*base, "--pendiente", "--motivo", "De viaje")["tipo"] == "pendiente"
    assert office.done(*base, "--no-firmo", "--motivo", "No quiso")["tipo"] == "no_firmo"
    bad = tmp_path / "malo.json"
    for data in (b"", b"{}", b'{"ancho":1,"alto":1,"trazos":[[[1.5,2]]]}', b"\x00" * 3_000_000):
        bad.write_bytes(data)
        result = office.json(*base, "--trazos", bad)
        assert result.error in ("ficha.stroke_invalid", "cli.file_too_large")
    assert "pasa de 2 MB" in office(*base, "--trazos", bad).err
    for stroke, code in (
        (b'{"ancho":900,"alto":500,"trazos":[[[5,5]]]}', "ficha.stroke_empty"),
        (b'{"ancho":900,"alto":500,"trazos":[[[5,5],[9,9]],[[7,7]]]}', "ficha.stroke_empty"),
        (b'{"ancho":900,"alto":500,"trazos":[[[5,5],[901,9]]]}', "ficha.stroke_outside"),
    ):
        bad.write_bytes(stroke)
        assert office.json(*base, "--trazos", bad).error == code
    stranger = ("ficha", "firmar", codigo, "--participante", "nadie")
    assert office.json(*stranger, "--papel", scan).error == "ficha.participante_unknown"


def test_the_blank_form_needs_no_profile(machine: Machine, tmp_path: Path) -> None:
    answer = machine.done("ficha", "pdf", "--en-blanco", "-o", tmp_path)
    assert Path(answer["ruta"]).read_bytes().startswith(b"%PDF-")
    assert not machine.folder.exists()


def test_attachments_come_from_their_folder(office: Machine, tmp_path: Path) -> None:
    photo = b"\xff\xd8\xff una foto"
    digest = hashlib.sha256(photo).hexdigest()
    folder = tmp_path / "adjuntos"
    folder.mkdir()
    attachment = {
        "sha256": digest, "nombre": "foto.jpg", "tipo": "image/jpeg", "bytes": len(photo),
    }  # fmt: skip
    data = jsonl(pending_row(1, adjuntos=[attachment]))
    options = ("--adjuntos", folder, "--sellar", "--motivo", "m")
    lacking = office.done("ficha", "importar", "-", *options, stdin=data, code=1)
    assert "ficha.blob_missing" in {p["code"] for p in lacking["detalle"][0]["problemas"]}
    (folder / digest).write_bytes(b"otra cosa")
    wrong = office.done("ficha", "importar", "-", *options, stdin=data, code=1)
    assert [p["code"] for p in wrong["detalle"][0]["problemas"]] == ["ficha.blob_mismatch"]
    (folder / digest).write_bytes(photo)
    assert office.done("ficha", "importar", "-", *options, stdin=data)["selladas"] == 1


def test_a_request_is_a_package_without_records(office: Machine, tmp_path: Path) -> None:
    target = tmp_path / "sol.fichaat"
    answer = office.done("perfil", "solicitud", "-o", target)
    assert answer["registros"] == 0
    verdict = office.done("paquete", "verificar", target)
    assert verdict["paquete"]["solicitud"]["nombre"] == "Marleni Ñahui"
    assert verdict["registros"] == []


def test_practice_and_seeding(tmp_path: Path) -> None:
    practice = Machine(tmp_path, "practica")
    made = practice.done("perfil", "crear", "--practica")
    assert made["practice"] is True
    assert practice.done("datos", "sembrar", "--fichas", "30") == {"selladas": 30}
    found = practice.done("datos", "comprobar")
    assert (found["registros"], found["diferencias"]) == (30, [])
    listed = practice.done("ficha", "listar", "--limite", "10")["fichas"]
    assert len(listed) == 10
    assert len(practice.done("ficha", "listar", "--limite", "100")["fichas"]) == 30
    office = Machine(tmp_path, "oficina")
    office.create()
    assert office.json("datos", "sembrar", "--fichas", "1").error == "perfil.practice_only"
    (file,) = practice.done("paquete", "exportar", "-o", tmp_path / "p")["archivos"]
    refused = office.done("paquete", "importar", file["ruta"], code=1)
    assert (refused["codigo"], refused["aplicado"]) == ("bundle.practice", False)
    assert refused["intacto"] is True


def test_a_discarded_draft_is_no_longer_listed_and_its_code_stays_taken(office: Machine) -> None:
    codigo = import_row(office)
    assert office.done("ficha", "descartar", codigo)["estado"] == "descartada"
    assert office.done("ficha", "listar")["fichas"] == []
    assert office.json("ficha", "descartar", codigo).error == "ficha.draft_unknown"
    assert office.done("ficha", "recuperar", codigo)["estado"] == "borrador"
    assert office.json("ficha", "recuperar", codigo).error == "ficha.draft_unknown"
    assert import_row(office) != codigo


def test_the_line_that_the_manual_shows_is_imported_and_sealed(
    office: Machine, tmp_path: Path
) -> None:
    manual = Path(__file__).parents[2] / "docs" / "manual" / "ordenes.md"
    shown = manual.read_text(encoding="utf-8").split("```jsonl\n")[1].split("```")[0]
    file = tmp_path / "fichas.jsonl"
    file.write_text(shown.replace("\n", " "), encoding="utf-8")
    done = office.done("ficha", "importar", file, "--sellar", "--motivo", "Sin luz")
    assert (done["filas"], done["selladas"]) == (1, 1)
