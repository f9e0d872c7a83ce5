"""What the preview of packages says, and what it does when it is told to import; no Qt."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from msgspec import UNSET
from msgspec.structs import replace

from fichaat.application.changes import Changes, Kind
from fichaat.application.jobs import CancelToken, Progress
from fichaat.application.look import Seen
from fichaat.application.preview_bundle import BundlePreview, RecordLine
from fichaat.application.verdict import (
    OWN_CLOCK,
    BundleVerdict,
    Doubt,
    OwnClock,
    RecordVerdict,
    WrongClock,
)
from fichaat.domain.chains import Gap
from fichaat.domain.errors import UserFacingError
from fichaat.domain.ficha import Sesion
from fichaat.domain.paquete import PaqueteInfo, Solicitud, TramoCadena
from fichaat.domain.recepcion import Remitente, Resultado
from fichaat.domain.rol import Rol
from fichaat.domain.territorio import Territorio
from fichaat.gui import routes
from fichaat.gui.disks import Disk
from fichaat.gui.pages.importar import record_words, words
from fichaat.gui.pages.importar.foot import Foot
from fichaat.gui.pages.importar.presenter import ImportarPresenter, ImportarSources
from fichaat.gui.pages.importar.record_words import ChipWords, RowWords
from fichaat.gui.pages.importar.words import Box, FileRow
from tests.support.fichas import DISTRITOS, HUANTA, LIMA, QUINUA
from tests.support.queued_tasks import QueuedTasks, Steps

NOW = datetime(2026, 11, 20, 17, 30, tzinfo=LIMA)
DEVICE, OWN, CHAIN = "fb" * 32, "0a" * 32, "019a0000-0000-7000-8000-000000000001"
INFO = PaqueteInfo(
    formato=1,
    id="019a0000-0000-7000-8000-0000000000aa",
    region="05",
    exportador=Remitente(DEVICE, "Marleni Ccorahua", "GORE Ayacucho"),
    creado=datetime(2026, 11, 20, 17, 5, tzinfo=LIMA),
    volumen=(1, 1),
    registros=4,
    cadenas=(TramoCadena(DEVICE, CHAIN, 1, 20),),
)
LINE = RecordLine("05-2026-K7Q2MX-0006", (HUANTA,), date(2026, 11, 20), Sesion.SEGUIMIENTO)


def record(number: int, result: Resultado, kind: str = "ficha", version: int = 1) -> RecordVerdict:
    return RecordVerdict(f"{number:064x}", kind, "x", version, result)


MIXED = (
    record(1, Resultado.KNOWN),
    record(2, Resultado.NEW),
    record(3, Resultado.CONFLICT),
    record(4, Resultado.NEW_VERSION, version=2),
)


def verdict(*records: RecordVerdict, **changes: object) -> BundleVerdict:
    found = BundleVerdict(
        archivo="",
        intacto=True,
        valido=True,
        confiable=True,
        codigo=None,
        params={},
        info=INFO,
        registros=records,
    )
    return replace(found, **changes)


def refused(code: str, **params: str | int) -> BundleVerdict:
    intact = code == "bundle.other_region"
    return verdict(
        intacto=intact, valido=False, confiable=False, codigo=code, params=params, info=None
    )


class Screen:
    """Remembers what is shown."""

    def __init__(self) -> None:
        self.title = self.empty = ""
        self.files: Sequence[FileRow] = ()
        self.chosen = 0
        self.head = ("", "")
        self.boxes: Sequence[Box] = ()
        self.banner = ("", "", "")
        self.copy_offered = False
        self.rows: Sequence[RowWords] = ()
        self.counts: Sequence[ChipWords] = ()
        self.foot = Foot("", "", "")
        self.asked: list[Path] = []
        self.clock_asked: list[str] = []
        self.clock_is_right = False
        self.copied = ""

    def show_title(self, title: str) -> None:
        self.title = title

    def show_files(self, rows: Sequence[FileRow], chosen: int) -> None:
        self.files, self.chosen = rows, chosen

    def show_head(self, name: str, detail: str) -> None:
        self.head = (name, detail)

    def show_boxes(self, boxes: Sequence[Box]) -> None:
        self.boxes = boxes

    def show_banner(self, sentence: str, what: str, tone: str) -> None:
        self.banner = (sentence, what, tone)

    def offer_copy(self, *, offered: bool) -> None:
        self.copy_offered = offered

    def show_records(
        self, rows: Sequence[RowWords], counts: Sequence[ChipWords], empty: str
    ) -> None:
        self.rows, self.counts, self.empty = rows, counts, empty

    def show_foot(self, foot: Foot) -> None:
        self.foot = foot

    def ask_bundles(self, start: Path) -> None:
        self.asked.append(start)

    def ask_clock(self, sentence: str, on_yes: Callable[[], object]) -> None:
        self.clock_asked.append(sentence)
        if self.clock_is_right:
            on_yes()

    def copy(self, text: str) -> None:
        self.copied = text


class FixedClock:
    def now(self) -> datetime:
        return NOW


class Scene:
    """A presenter over files whose verdicts the test decides."""

    def __init__(self, **verdicts: BundleVerdict) -> None:
        self.verdicts = {Path(f"/media/TRABAJO/{name}.fichaat"): v for name, v in verdicts.items()}
        self.screen, self.tasks, self.go = Screen(), QueuedTasks(), Steps()
        self.imported: list[Path] = []
        self.accepted: list[bool] = []
        self.refusals: dict[Path, UserFacingError] = {}
        self.after: dict[Path, BundleVerdict] = {}
        sources = ImportarSources(
            OWN,
            Territorio(DISTRITOS.values()),
            FixedClock(),
            self._preview,
            self._import,
            lambda _: 3_400_000,
            lambda _: Disk(Path("/media/TRABAJO"), "TRABAJO", 1, True, False),
        )
        self.there = True
        self.presenter = ImportarPresenter(
            self.screen,
            self.tasks,
            self.go,
            sources,
            lasting=self.tasks,
            there=lambda: self.there,
        )

    @property
    def paths(self) -> tuple[Path, ...]:
        return tuple(self.verdicts)

    def shown(self) -> Screen:
        self.presenter.arrived(self.paths)
        self.tasks.run()
        return self.screen

    def acted(self) -> Screen:
        self.presenter.act()
        self.tasks.run()
        return self.screen

    def _preview(self, path: Path, progress: Progress, cancel: CancelToken) -> BundlePreview:
        if path in self.refusals:
            raise self.refusals[path]
        found = self.verdicts[path]
        return BundlePreview(found, tuple(LINE for _ in found.registros))

    def _import(
        self, path: Path, *, accept_clock: bool, cancel: CancelToken, seen: Seen
    ) -> tuple[BundleVerdict, Changes]:
        if path in self.refusals:
            raise self.refusals[path]
        self.imported.append(path)
        self.accepted.append(accept_clock)
        found = self.after.get(path, self.verdicts[path])
        return replace(found, aplicado=not found.refused), Changes.of(Kind.FICHA)


def test_one_good_package_is_told_whole_before_anything_is_changed() -> None:
    screen = Scene(lote=verdict(*MIXED)).shown()
    assert (screen.title, screen.files) == ("Vista previa del paquete", [])
    assert screen.head == (
        "lote.fichaat",
        (
            "De Marleni Ccorahua (GORE Ayacucho), equipo fbfbfbfb · preparado el 20/11/2026, 17:05"
            " · 3,4 MB · USB «TRABAJO»"
        ),
    )
    assert [box.title for box in screen.boxes] == ["Íntegro", "Válido", "De confianza"]
    assert {box.tone for box in screen.boxes} == {"ok"}
    assert [row.resultado for row in screen.rows] == [
        "Conflicto",
        "Versión 2",
        "Nueva",
        "Ya recibida",
    ]
    assert [chip.text for chip in screen.counts] == [
        "1 nuevo",
        "1 versión",
        "1 conflicto",
        "1 ya recibido",
    ]
    assert screen.foot == Foot(
        "Todavía no se ha cambiado nada en este equipo.",
        "info",
        "nota",
        "Importar 3 registros",
    )


def test_while_it_is_being_looked_at_nothing_can_be_imported() -> None:
    scene = Scene(lote=verdict(*MIXED))
    scene.presenter.arrived(scene.paths)
    assert [box.detail for box in scene.screen.boxes] == ["Revisando…"] * 3
    assert not scene.screen.foot.enabled
    scene.presenter.act()
    scene.tasks.run()
    assert scene.imported == []


def test_an_import_says_what_it_did_and_leads_to_the_fichas() -> None:
    scene = Scene(lote=verdict(*MIXED))
    scene.shown()
    screen = scene.acted()
    assert scene.imported == list(scene.paths)
    assert screen.banner == (
        "Se importaron 3 registros; 1 ya estaba y 1 quedó en conflicto.",
        "",
        "ok",
    )
    assert screen.foot == Foot("Importado a las 17:30.", "ok", "bien", "Ver fichas", over=True)
    scene.acted()
    assert scene.imported == list(scene.paths)
    assert scene.go.routes == [routes.Fichas()]


def test_what_another_version_made_is_among_what_stays_apart() -> None:
    apart = (Resultado.OPAQUE, Resultado.QUARANTINED, Resultado.NEW)
    scene = Scene(lote=verdict(*(record(n, found) for n, found in enumerate(apart, 1))))
    scene.shown()
    assert scene.acted().banner[0] == "Se importaron 3 registros; 2 quedaron aparte."


def test_the_person_is_told_when_the_region_can_help_from_now_on() -> None:
    scene = Scene(lote=verdict(*MIXED, ranura=True))
    scene.shown()
    assert scene.acted().banner[0] == (
        "Se importaron 3 registros; 1 ya estaba y 1 quedó en conflicto. Desde ahora, si olvida su "
        "frase de acceso, su región puede ayudarle a abrir estos datos, solo con un pedido suyo."
    )


@pytest.mark.parametrize(
    ("found", "titles", "banner"),
    [
        (
            refused("bundle.digest"),
            ("No íntegro", "Válido", "De confianza"),
            "El paquete cambió después de firmarse. No se importó nada; pida otra copia.",
        ),
        (
            refused("bundle.not_found"),
            ("No se pudo abrir", "Válido", "De confianza"),
            "No se encontró el archivo. Revise el nombre y que el USB siga conectado.",
        ),
        (
            refused("bundle.other_region", region="08", propia="05"),
            ("Íntegro", "No es para este perfil", "De confianza"),
            ("El paquete es de la región 08 y este perfil trabaja en la 05. No se importó nada."),
        ),
    ],
)
def test_a_refused_package_says_why_and_offers_only_another(
    found: BundleVerdict, titles: tuple[str, ...], banner: str
) -> None:
    scene = Scene(lote=found)
    screen = scene.shown()
    assert tuple(box.title for box in screen.boxes) == titles
    assert screen.boxes[-1].tone == "neutral"
    assert screen.banner == (banner, "", "error")
    assert screen.foot == Foot("No se importó nada.", "info", "nota", over=True)
    scene.acted()
    assert scene.imported == []
    scene.presenter.another()
    assert screen.asked == [Path("/media/TRABAJO")]


@pytest.mark.parametrize(
    ("code", "detail"),
    [
        ("trust.exporter_pending", "Equipo aún no aprobado por la región."),
        ("trust.signer_pending", "Trae sellos de un equipo aún no aprobado."),
        ("trust.records_apart", "Algunos registros quedarán aparte."),
    ],
)
def test_what_is_not_trusted_yet_may_be_imported(code: str, detail: str) -> None:
    screen = Scene(lote=verdict(*MIXED, confiable=False, codigo=code)).shown()
    assert screen.boxes[2] == Box("Por aprobar", detail, "warn", "aviso")
    assert screen.foot.action == "Importar 3 registros"


def test_ones_own_package_is_said_to_be_so() -> None:
    own = replace(INFO, exportador=Remitente(OWN), volumen=(2, 3))
    screen = Scene(lote=verdict(*MIXED, info=own)).shown()
    assert screen.boxes[2].detail == "Lo hizo este mismo equipo."
    assert screen.head[1].startswith("De un equipo sin nombre, 0a0a0a0a · preparado el")
    assert "archivo 2 de 3" in screen.head[1]


@pytest.mark.parametrize(
    ("gaps", "sentence"),
    [
        ([(14, 16)], "Faltan los registros 14 a 16 de este equipo"),
        ([(14, 14)], "Falta el registro 14 de este equipo"),
        ([(1, 2), (4, 4), (9, 12)], "Faltan los registros 1 a 2, 4 y 9 a 12 de este equipo"),
        (
            [(1, 1), (3, 3), (5, 5), (7, 7)],
            "Faltan los registros 1, 3, 5 y otros de este equipo",
        ),
    ],
)
def test_what_misses_is_told_and_can_be_asked_for(
    gaps: list[tuple[int, int]], sentence: str
) -> None:
    scene = Scene(lote=verdict(*MIXED, huecos=[Gap(CHAIN, *span) for span in gaps]))
    screen = scene.shown()
    assert screen.banner[0] == sentence
    assert screen.banner[2] == "warn"
    assert screen.copy_offered
    scene.presenter.copy_request()
    assert "Del equipo fbfbfbfb (Marleni Ccorahua) faltan aquí los registros" in screen.copied
    assert str(gaps[-1][0]) in screen.copied
    assert scene.go.told == ["Pedido copiado. Péguelo en un mensaje."]


def test_gaps_of_other_devices_are_told_apart() -> None:
    other = "019a0000-0000-7000-8000-000000000002"
    info = replace(INFO, cadenas=(*INFO.cadenas, TramoCadena("cd" * 32, other, 3, 4)))
    far = words.gap_words(verdict(info=info, huecos=[Gap(other, 1, 2)]))
    assert far is not None
    assert far.sentence == "Faltan los registros 1 a 2 del equipo cdcdcdcd"
    both = words.gap_words(verdict(info=info, huecos=[Gap(CHAIN, 1, 2), Gap(other, 1, 2)]))
    assert both is not None
    assert both.sentence == "Faltan registros de 2 equipos"
    assert both.request.count("\n") == 1


def test_a_package_that_brings_nothing_is_not_imported_again() -> None:
    scene = Scene(lote=verdict(record(1, Resultado.KNOWN)))
    screen = scene.shown()
    assert screen.foot == Foot(
        "Todo lo que trae ya está en este equipo.", "info", "nota", over=True
    )
    scene.acted()
    assert scene.imported == []


def test_attachments_alone_are_worth_an_import() -> None:
    scene = Scene(lote=verdict(record(1, Resultado.KNOWN), adjuntos_nuevos=2))
    assert scene.shown().foot.action == "Importar adjuntos"
    assert scene.acted().banner[0] == "Se importaron 2 adjuntos; los registros ya estaban."


def test_a_request_of_a_device_says_that_it_brings_no_records() -> None:
    asked = Solicitud("Ana", "E", "GORE", Rol.ESPECIALISTA, "05", "age1" + "q" * 58)
    screen = Scene(lote=verdict(info=replace(INFO, solicitud=asked))).shown()
    assert screen.empty.startswith("Es el pedido de aprobación de un equipo")
    screen = Scene(lote=verdict(info=replace(INFO, solicitud=UNSET))).shown()
    assert screen.empty == "El paquete no trae registros."


def test_several_are_listed_each_with_its_verdict_and_the_good_ones_imported_in_order() -> None:
    scene = Scene(
        uno=verdict(*MIXED),
        dos=refused("bundle.digest"),
        tres=verdict(record(9, Resultado.NEW), confiable=False, codigo="trust.signer_pending"),
        cuatro=verdict(record(1, Resultado.KNOWN)),
    )
    screen = scene.shown()
    assert screen.title == "Vista previa de 4 paquetes"
    assert [(row.name, row.state, row.tone) for row in screen.files] == [
        ("uno.fichaat", "3 por importar", "ok"),
        ("dos.fichaat", "No se puede importar", "error"),
        ("tres.fichaat", "1 por importar", "warn"),
        ("cuatro.fichaat", "Nada nuevo", "neutral"),
    ]
    assert screen.foot.note == (
        "2 de 4 paquetes se pueden importar. Todavía no se ha cambiado nada."
    )
    assert screen.foot.action == "Recibir todo: 2 paquetes, 4 registros"
    scene.presenter.choose(1)
    assert screen.banner[2] == "error"
    scene.acted()
    assert [path.stem for path in scene.imported] == ["uno", "tres"]
    assert screen.banner[0] == "Se importaron 4 registros; 1 ya estaba y 1 quedó en conflicto."
    assert [row.state for row in screen.files] == [
        "Importado: 3",
        "No se puede importar",
        "Importado: 1",
        "Nada nuevo",
    ]


def test_the_same_file_twice_is_one() -> None:
    scene = Scene(lote=verdict(*MIXED))
    scene.presenter.arrived((*scene.paths, *scene.paths))
    scene.tasks.run()
    assert scene.screen.files == []


def test_what_the_import_found_stands_in_the_table() -> None:
    scene = Scene(lote=verdict(record(1, Resultado.NEW), record(2, Resultado.NEW)))
    scene.shown()
    scene.after[scene.paths[0]] = verdict(record(1, Resultado.KNOWN), record(2, Resultado.NEW))
    screen = scene.acted()
    assert [row.resultado for row in screen.rows] == ["Nueva", "Ya recibida"]
    assert screen.banner[0] == "Se importó 1 registro; 1 ya estaba."


def test_a_full_disk_keeps_what_came_before_and_may_be_tried_again() -> None:
    scene = Scene(uno=verdict(record(1, Resultado.NEW)), dos=verdict(record(2, Resultado.NEW)))
    scene.shown()
    scene.refusals[scene.paths[1]] = UserFacingError("storage.no_space")
    screen = scene.acted()
    assert screen.banner[2] == "error"
    assert screen.banner[0].endswith("Se importó 1 registro.")
    assert screen.foot.action == "Importar 1 registro"
    scene.refusals.clear()
    assert scene.acted().banner == ("Se importó 1 registro.", "", "ok")
    assert [path.stem for path in scene.imported] == ["uno", "dos"]


def test_a_file_that_changed_after_the_look_is_told() -> None:
    scene = Scene(lote=verdict(*MIXED))
    scene.shown()
    scene.after[scene.paths[0]] = refused("bundle.digest")
    screen = scene.acted()
    assert screen.banner[0].startswith("El paquete cambió después de firmarse.")
    assert screen.foot == Foot("No se importó nada.", "info", "nota", over=True)


def test_a_cancelled_import_says_that_nothing_was_changed() -> None:
    scene = Scene(lote=verdict(*MIXED))
    scene.shown()
    scene.presenter.act()
    assert scene.screen.foot.action == ""
    scene.presenter.cancel()  # it is the foot of the window that cancels an import
    assert scene.go.backs == 0
    scene.tasks.waiting[0].cancel()
    scene.tasks.run()
    assert scene.screen.banner == (
        "Se canceló la importación. No se cambió nada en este equipo.",
        "",
        "warn",
    )
    assert scene.screen.foot.action == "Importar 3 registros"


def test_who_went_elsewhere_hears_what_the_import_did() -> None:
    scene = Scene(lote=verdict(*MIXED))
    scene.shown()
    scene.presenter.act()
    scene.there = False
    scene.tasks.run()
    assert scene.go.told == ["Se importaron 3 registros; 1 ya estaba y 1 quedó en conflicto."]


def test_a_cancelled_look_may_be_had_again() -> None:
    scene = Scene(lote=verdict(*MIXED))
    scene.presenter.arrived(scene.paths)
    scene.tasks.waiting[0].cancel()
    scene.tasks.run()
    assert scene.screen.foot.action == "Revisar otra vez"
    assert scene.acted().foot.action == "Importar 3 registros"


def test_other_files_wait_while_these_are_imported() -> None:
    scene = Scene(lote=verdict(*MIXED))
    scene.shown()
    scene.presenter.act()
    scene.presenter.arrived([Path("otro.fichaat")])
    assert scene.go.told == ["Espere a que termine la importación en curso y ábralo otra vez."]
    scene.tasks.run()
    assert scene.screen.head[0] == "lote.fichaat"


def test_leaving_ends_the_look_and_other_files_replace_these() -> None:
    scene = Scene(lote=verdict(*MIXED))
    scene.presenter.arrived(scene.paths)
    look = scene.tasks.waiting[0]
    scene.presenter.arrived(scene.paths)
    assert look.cancelled
    scene.tasks.run()
    assert scene.screen.foot.enabled
    scene.presenter.cancel()
    assert scene.go.backs == 1
    scene.presenter.preview([])
    scene.presenter.preview([Path("b.fichaat")])
    assert scene.go.routes == [routes.ImportarPaquetes((Path("b.fichaat"),))]


def test_a_database_that_cannot_be_read_is_said() -> None:
    scene = Scene(lote=verdict(*MIXED))
    scene.refusals[scene.paths[0]] = UserFacingError("storage.corrupt")
    screen = scene.shown()
    assert screen.banner[2] == "error"
    assert screen.foot.action == ""


TERRITORIO = Territorio(DISTRITOS.values())


@pytest.mark.parametrize(
    ("kind", "line", "registro", "detalle"),
    [
        ("ficha", LINE, LINE.codigo, "Seguimiento del 20/11/2026"),
        ("ficha", replace(LINE, fecha=None, sesion=None), LINE.codigo, "Visita, sin fecha"),
        (
            "ficha",
            replace(LINE, motivo="corrige  la\nhora"),
            LINE.codigo,
            "Reemplaza a la versión anterior: corrige la hora",
        ),
        ("evidencia", replace(LINE, cantidades=(1, 0)), LINE.codigo, "1 firma tardía"),
        (
            "evidencia",
            RecordLine(cantidades=(2, 1)),
            "Ficha por llegar",
            "2 firmas tardías y 1 adjunto",
        ),
        ("evidencia", LINE, LINE.codigo, "Comentario"),
        ("anulacion", replace(LINE, motivo="doble"), LINE.codigo, "La ficha deja de contar: doble"),
        (
            "seguimiento",
            RecordLine(distritos=(QUINUA,), estado="cumplido", fecha=date(2026, 11, 19)),
            "Acuerdo de Quinua",
            "Cumplido el 19/11/2026",
        ),
        ("seguimiento", RecordLine(estado="en_proceso", avance=40), "Acuerdo", "En proceso, 40 %"),
        ("seguimiento", RecordLine(estado="no_cumplido"), "Acuerdo", "No cumplido"),
        ("recepcion", RecordLine(cantidades=(8, 0)), "Acuse de recibo", "De 8 registros"),
        ("plan", RecordLine(), "x", ""),
    ],
)
def test_each_kind_of_record_has_its_words(
    kind: str, line: RecordLine, registro: str, detalle: str
) -> None:
    row = record_words.row_words(record(1, Resultado.NEW, kind), line, TERRITORIO)
    assert (row.registro, row.detalle) == (registro, detalle)
    assert row.detalle in row.spoken


@pytest.mark.parametrize("result", list(Resultado))
def test_every_result_has_word_tone_icon_and_detail(result: Resultado) -> None:
    row = record_words.row_words(record(1, result), LINE, TERRITORIO)
    assert row.resultado
    assert row.detalle
    assert row.lugar == "Huanta (Huanta)"
    (chip,) = record_words.counts_of([record(1, result)])
    assert (chip.tone, chip.icon) == (row.tone, row.icon)


def test_districts_beyond_the_first_are_counted() -> None:
    line = replace(LINE, distritos=(HUANTA, QUINUA))
    row = record_words.row_words(record(1, Resultado.NEW), line, TERRITORIO)
    assert row.lugar == "Huanta (Huanta) y 1 más"


def test_ten_thousand_rows_are_put_into_words_one_by_one() -> None:
    many = [(record(n, Resultado.NEW), LINE) for n in range(10_000)]
    rows = record_words.LazyRows(many, TERRITORIO)
    assert len(rows) == 10_000
    assert rows[9_999].registro == LINE.codigo
    assert [row.resultado for row in rows[:2]] == ["Nueva", "Nueva"]


THEN = datetime(2024, 2, 3, 9, 5, tzinfo=LIMA)
DEAD_BATTERY = OwnClock(Doubt.SEALED_LATER, THEN, NOW, detiene=True)


def test_a_wrong_clock_of_this_computer_is_told_first_and_stops_the_import() -> None:
    scene = Scene(lote=verdict(*MIXED, reloj_propio=DEAD_BATTERY, huecos=[Gap(CHAIN, 1, 2)]))
    screen = scene.shown()
    assert screen.banner == (
        (
            "Este computador dice que hoy es 03/02/2024, 09:05, pero lo último que se selló en él "
            "es del 20/11/2026, 17:30."
        ),
        (
            "Corrija la fecha y la hora del computador y abra otra vez el paquete. La fecha de "
            "recepción queda para siempre."
        ),
        "warn",
    )
    assert screen.foot.action == "Importar 3 registros"
    scene.acted()
    assert "03/02/2024" in screen.clock_asked[0]
    assert scene.imported == []


def test_whoever_says_that_the_date_is_right_imports_with_it() -> None:
    scene = Scene(uno=verdict(*MIXED), dos=verdict(*MIXED, reloj_propio=DEAD_BATTERY))
    scene.shown()
    scene.screen.clock_is_right = True
    screen = scene.acted()
    assert len(screen.clock_asked) == 1
    assert scene.accepted == [True, True]
    assert screen.banner[2] == "ok"


def test_an_ended_credential_says_what_else_it_may_be() -> None:
    ended = OwnClock(Doubt.ENDED, NOW, THEN, detiene=True)
    screen = Scene(lote=verdict(*MIXED, reloj_propio=ended)).shown()
    assert screen.banner[0].endswith("su propia credencial venció el 03/02/2024.")
    assert "renueve la credencial de este equipo" in screen.banner[1]


def test_what_may_be_the_clock_is_told_before_and_after_without_a_question() -> None:
    doubt = OwnClock(Doubt.EXPIRED, NOW, registros=2)
    scene = Scene(lote=verdict(*MIXED, reloj_propio=doubt))
    assert scene.shown().banner == (
        (
            "Este computador dice que hoy es 20/11/2026, y 2 registros llegan cuando su credencial "
            "no vale."
        ),
        "Si esa no es la fecha de hoy, corrija el reloj antes de importar.",
        "warn",
    )
    screen = scene.acted()
    assert (screen.clock_asked, scene.accepted) == ([], [False])
    assert screen.banner[0].endswith(
        "Si esa no es la fecha de hoy, corrija el reloj antes de seguir."
    )
    assert screen.banner[2] == "warn"


def test_clocks_of_others_are_told_and_stop_nothing() -> None:
    ahead = (WrongClock(DEVICE, 3),)
    screen = Scene(lote=verdict(*MIXED, relojes=ahead)).shown()
    assert screen.banner[0] == "Un equipo que selló aquí tiene el reloj adelantado"
    assert screen.banner[2] == "info"
    gaps = [Gap(CHAIN, 14, 14)]
    screen = Scene(lote=verdict(*MIXED, relojes=ahead, huecos=gaps)).shown()
    assert screen.copy_offered


def test_a_clock_that_went_wrong_since_the_look_is_told_like_a_refusal() -> None:
    scene = Scene(lote=verdict(*MIXED))
    scene.shown()
    stopped = verdict(*MIXED, codigo=OWN_CLOCK, confiable=False, reloj_propio=DEAD_BATTERY)
    scene.after[scene.paths[0]] = stopped
    screen = scene.acted()
    assert screen.banner[0].startswith("El reloj de este computador parece estar mal.")
    assert screen.banner[2] == "error"
    assert screen.boxes[2].detail == "No se importó: revise la fecha de este computador."
