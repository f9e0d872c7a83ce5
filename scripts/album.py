"""The pages of the window one after the other, each in a state worth a picture."""

import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fichaat.application.wanted import WindowWanted
from fichaat.bootstrap import Program
from fichaat.gui import routes
from fichaat.gui.app import Desktop, make_application
from fichaat.gui.pages.acuerdos.page import AcuerdosPage
from fichaat.gui.pages.catalogo.page import CatalogoPage
from fichaat.gui.pages.ficha.page import FichaPage
from fichaat.gui.pages.fichas.page import FichasPage
from fichaat.gui.pages.firmas.page import FirmasPage
from fichaat.gui.pages.municipalidades.page import MunicipalidadesPage
from fichaat.gui.pages.recepcion.page import RecepcionPage
from fichaat.gui.pages.revision.page import RevisionPage
from fichaat.gui.pages.sellar.page import SellarPage
from fichaat.gui.theme.theme import theme
from fichaat.system.paths import resource
from fichaat.system.settings import Settings
from scripts.main_job import draw_signature
from scripts.pilot import Pilot
from scripts.region_scenery import RegionScenery
from scripts.review_scenery import ReviewScenery
from scripts.scenery import MARLENI, PASSPHRASE, TODAY, Scenery

SCREEN: Final = (1366, 768)
_K = Qt.Key


class Album:
    """Takes pictures of one window at one scale, light and dark."""

    def __init__(self, target: Path, scenery: Scenery, pages: frozenset[str], scale: float) -> None:
        """`pages`: the names of those that are wanted; all where none is named."""
        self._target = target
        self._scenery = scenery
        self._wanted = pages
        self._scale = scale
        make_application(resource)

    # before the data are open

    def take_gate(self, root: Path) -> None:
        """First start, passphrase, recovery, several profiles."""
        desktop, program, pilot = self._opened(datos=root / "nueva")
        pilot.wait_for("¿Quién es usted?")
        pilot.type(MARLENI.nombre)
        pilot.tab_to("Cargo")
        pilot.type(MARLENI.cargo)
        self._picture(pilot, "11-primer-inicio-quien")
        pilot.press(_K.Key_Return)
        pilot.until(lambda: pilot.focus_is("Región"), "the cursor in the region")
        pilot.type("ayac")
        pilot.press(_K.Key_Tab)
        self._picture(pilot, "12-primer-inicio-region")
        pilot.click("Continuar")
        pilot.until(lambda: pilot.focus_is("Frase de acceso nueva"), "the new passphrase")
        pilot.type(PASSPHRASE)
        self._picture(pilot, "13-primer-inicio-frase")
        pilot.tab_to("Escríbala otra vez")
        pilot.type(PASSPHRASE)
        pilot.press(_K.Key_Return)
        pilot.wait_for("Guarde su hoja de recuperación")
        self._picture(pilot, "14-hoja-de-recuperacion")
        self._close(desktop, program)

        desktop, program, pilot = self._opened(datos=self._scenery.folder)
        pilot.wait_for("Escriba su frase de acceso")
        pilot.type("otra frase")
        pilot.press(_K.Key_Return)
        pilot.wait_for("La frase de acceso no coincide.")
        self._picture(pilot, "15-frase-de-acceso")
        pilot.click("Olvidé mi frase")
        pilot.wait_for("Entre con su código de recuperación")
        self._picture(pilot, "16-recuperar")
        self._close(desktop, program)

    # the pages

    def take_pages(self) -> None:
        """Everything behind the passphrase."""
        scenery = self._scenery
        desktop, program, pilot = self._opened(datos=scenery.folder, clave=scenery.clave)
        pilot.wait_for("Por terminar")
        self._settle(desktop)
        self._picture(pilot, "01-inicio")
        for take in (
            self._take_visit,
            self._take_ficha,
            self._take_signing,
            self._take_list,
            self._take_packages,
            self._take_sealed,
            self._take_rest,
            self._take_sealing,
        ):
            take(desktop, pilot)
        desktop.lock()
        pilot.wait_for("La ventana está bloqueada")
        self._picture(pilot, "18-ventana-bloqueada")
        self._close(desktop, program)

    def _take_visit(self, desktop: Desktop, pilot: Pilot) -> None:
        self._go(desktop, routes.NuevaVisita())
        pilot.until(lambda: pilot.focus_is("¿En qué municipalidad está?"), "the search box")
        pilot.type("san jose")
        pilot.wait_for("La ficha empezará con")
        self._settle(desktop)
        self._picture(pilot, "02-nueva-visita")

    def _take_ficha(self, desktop: Desktop, pilot: Pilot) -> None:
        self._go(desktop, routes.EditarFicha(self._scenery.wrong))
        page = desktop.window.page
        assert isinstance(page, FichaPage)
        page.presenter.check_all()
        page.presenter.next_problem()
        pilot.until(lambda: page.paper.sheets.isVisible() or self._scale > 1, "the paper")
        self._settle(desktop)
        self._picture(pilot, "03-ficha")
        page.focus_path("/nudos_criticos/1/orientacion")
        pilot.press(_K.Key_Return)
        pilot.type(" y se dejó uno en blanco")
        self._settle(desktop)
        self._picture(pilot, "03-ficha-tablas")
        page.focus_path("/seguimientos/0/estado")
        self._settle(desktop)
        self._picture(pilot, "03-ficha-seguimiento")
        pilot.press(_K.Key_F8)
        self._settle(desktop)
        if self._scale > 1:
            self._picture(pilot, "03-ficha-papel")
        pilot.press(_K.Key_F8)

    def _take_signing(self, desktop: Desktop, pilot: Pilot) -> None:
        self._go(desktop, routes.Firmar(self._scenery.unsigned))
        page = desktop.window.page
        assert isinstance(page, FirmasPage)
        pilot.wait_for("firme aquí")
        draw_signature(pilot)
        self._settle(desktop)
        self._picture(pilot, "04-firma")
        page.presenter.on_paper()
        pilot.wait_for("Imprima la ficha, pida la firma")
        self._dialog("04-firma-en-papel")
        page.pad.clear()
        page.presenter.stroke_changed()

    def _take_sealing(self, desktop: Desktop, pilot: Pilot) -> None:
        self._go(desktop, routes.Sellar(self._scenery.wrong))
        self._settle(desktop)
        self._picture(pilot, "05-sellar-incompleta")
        self._go(desktop, routes.Sellar(self._scenery.ready))
        page = desktop.window.page
        assert isinstance(page, SellarPage)
        pilot.wait_for("La ficha está completa")
        self._settle(desktop)
        self._picture(pilot, "05-sellar")
        while (box := page.reasons.first_empty) is not None:
            box.setFocus()
            pilot.type("Salió antes de terminar.")
        pilot.until(page.seal.isEnabled, "the seal")
        pilot.shortcut("Ctrl+Return")
        pilot.wait_for("Ficha sellada")
        self._settle(desktop)
        self._picture(pilot, "05-sellar-sellada")

    def _take_list(self, desktop: Desktop, pilot: Pilot) -> None:
        self._go(desktop, routes.Fichas())
        page = desktop.window.page
        assert isinstance(page, FichasPage)
        self._settle(desktop)
        pilot.press(_K.Key_Home, _K.Key_Down, _K.Key_Down, _K.Key_Down, _K.Key_Down)
        self._settle(desktop)
        self._picture(pilot, "06-fichas")
        for book, name in zip(self._scenery.books, ("", "-con-errores"), strict=True):
            self._go(desktop, routes.ImportarFichas(book))
            self._settle(desktop)
            self._picture(pilot, f"06-fichas-importar{name}")

    def _take_packages(self, desktop: Desktop, pilot: Pilot) -> None:
        self._go(desktop, routes.Paquetes())
        self._settle(desktop)
        self._picture(pilot, "07-paquetes")
        news, contrary, broken = self._scenery.arriving
        for number, files in enumerate(((news,), (contrary,), (broken,), (news, contrary, broken))):
            self._go(desktop, routes.ImportarPaquetes(files))
            self._settle(desktop)
            name = ("", "-conflicto", "-cambiado", "-varios")[number]
            self._picture(pilot, f"07-paquete-previa{name}")

    def _take_sealed(self, desktop: Desktop, pilot: Pilot) -> None:
        for codigo, name in (
            (self._scenery.sealed, "ficha-sellada"),
            (self._scenery.corrected, "ficha-corregida"),
            (self._scenery.annulled, "ficha-anulada"),
        ):
            self._go(desktop, routes.VerFicha(codigo))
            self._settle(desktop)
            self._picture(pilot, f"08-{name}")

    def _take_rest(self, desktop: Desktop, pilot: Pilot) -> None:
        for route, name in (
            (routes.Papelera(), "09-papelera"),
            (routes.Ajustes(), "10-ajustes"),
            (routes.Ayuda("ficha"), "10-ayuda"),
        ):
            self._go(desktop, route)
            self._settle(desktop)
            self._picture(pilot, name)

    # the region

    def take_region(self, scenery: RegionScenery) -> None:
        """What a coordinator sees, and what a specialist is asked to correct."""
        desktop, program, pilot = self._opened(datos=scenery.folder, clave=scenery.clave)
        pilot.wait_for("Por terminar")
        self._go(desktop, routes.Recepcion())
        self._picture(pilot, "20-recepcion")
        page = desktop.window.page
        assert isinstance(page, RecepcionPage)
        page.presenter.approve(scenery.waiting)
        self._settle(desktop)
        self._dialog("20-recepcion-aprobar")
        self._go(desktop, routes.Equipos())
        self._picture(pilot, "21-equipos")
        self._take_catalogue(desktop, pilot)
        self._go(desktop, routes.Paquetes())
        self._picture(pilot, "34-paquetes-coordinacion")
        self._go(desktop, routes.ImportarPaquetes(scenery.arriving))
        self._picture(pilot, "22-recibir-varios")
        self._go(desktop, routes.Acuerdos())
        agreements = desktop.window.page
        assert isinstance(agreements, AcuerdosPage)
        self._picture(pilot, "30-acuerdos")
        agreements.table.setFocus()
        pilot.press(_K.Key_Down, _K.Key_Down)
        self._settle(desktop)
        agreements.panel.form.estado.show_value("reprogramado")
        agreements.panel.form.estado.chosen.emit("reprogramado")
        self._settle(desktop)
        self._picture(pilot, "30-acuerdos-avance")
        self._go(desktop, routes.Ajustes())
        self._picture(pilot, "23-ajustes-region")
        self._close(desktop, program)

        desktop, program, pilot = self._opened(datos=scenery.specialist, clave=scenery.clave)
        pilot.wait_for("Observada")
        self._settle(desktop)
        self._picture(pilot, "24-inicio-observada")
        self._go(desktop, routes.VerFicha(scenery.observed))
        self._picture(pilot, "25-ficha-observada")
        self._close(desktop, program)

    def _take_catalogue(self, desktop: Desktop, pilot: Pilot) -> None:
        self._go(desktop, routes.Catalogo())
        page = desktop.window.page
        assert isinstance(page, CatalogoPage)
        editing, row = page.presenter.editing, 0
        for ubigeo, day in (("050109", "20/10/2026"), ("050407", "20/13")):
            editing.add("firmantes")
            row = len(editing.copy.tablas["firmantes"]) - 1
            for key, text in (("ubigeo", ubigeo), ("firmo_el", day)):
                page.body.show_cell("firmantes", row, key, text)
                editing.edit("firmantes", row, key, text)
                editing.left("firmantes", row, key)
        editing.settle_all()
        self._settle(desktop)
        page.body.go_to("firmantes", row, "ubigeo")
        self._settle(desktop)
        self._picture(pilot, "33-catalogo-firmantes")
        page.body.show_section("resumen")
        self._picture(pilot, "33-catalogo-por-corregir")
        editing.edit("firmantes", row, "firmo_el", "21/10/2026")
        self._settle(desktop)
        self._picture(pilot, "33-catalogo")
        page.presenter.publish()
        self._settle(desktop)
        self._dialog("33-catalogo-publicar")
        self._go(desktop, routes.NuevaVisita())
        pilot.type("san")
        self._settle(desktop)
        self._picture(pilot, "33-nueva-visita-pacto")
        pilot.press(_K.Key_Down, _K.Key_Down, _K.Key_Down, _K.Key_Down, _K.Key_Down)
        pilot.press(_K.Key_Down, _K.Key_Return)
        self._settle(desktop)
        ficha = desktop.window.page
        assert isinstance(ficha, FichaPage)
        ficha.presenter.sheet.set_tema("agua", on=True)
        ficha.presenter.choose("/indicadores", "AG-01")
        ficha.body.datos.indicators.pick_asked.emit()
        self._settle(desktop)
        self._dialog("33-ficha-indicadores")

    def take_review(self, scenery: ReviewScenery) -> None:
        """A morning of a coordinator with fichas to decide."""
        desktop, program, pilot = self._opened(datos=scenery.folder, clave=scenery.clave)
        pilot.wait_for("Por terminar")
        self._go(desktop, routes.Revision())
        page = desktop.window.page
        assert isinstance(page, RevisionPage)
        self._picture(pilot, "32-revision")
        page.presenter.detail.show_part("papel")
        self._settle(desktop)
        self._picture(pilot, "32-revision-anexo")
        page.presenter.detail.show_part("cambios")
        page.decision.motive.setText("Falta la lista de asistencia de la sesión.")
        page.decision.motive.textEdited.emit(page.decision.motive.text())
        pilot.click("Observar…")
        self._dialog("32-revision-observar")
        page.decision.motive.setText("")
        page.decision.motive.textEdited.emit("")
        page.presenter.ask_bulk()
        self._settle(desktop)
        self._dialog("32-revision-varias")
        page.presenter.verdicts.approve()
        self._settle(desktop)
        self._picture(pilot, "32-revision-siguiente")
        self._close(desktop, program)

    def take_coverage(self, folder: Path, clave: Path) -> None:
        """What a coordinator sees of half a year."""
        desktop, program, pilot = self._opened(datos=folder, clave=clave)
        pilot.wait_for("Por terminar")
        self._go(desktop, routes.Municipalidades())
        page = desktop.window.page
        assert isinstance(page, MunicipalidadesPage)
        self._picture(pilot, "31-municipalidades")
        for chart, words in (("evolucion", "Evolución"), ("linea", "Línea de tiempo")):
            pilot.click(words)
            page.table.setFocus()
            pilot.press(_K.Key_End)
            self._settle(desktop)
            self._picture(pilot, f"31-municipalidades-{chart}")
        page.presenter.open_selected()
        self._settle(desktop)
        self._dialog("31-municipalidades-fichas")
        page.presenter.open_excluded()
        self._settle(desktop)
        self._dialog("31-municipalidades-no-cuentan")
        self._close(desktop, program)

    # hands

    def _opened(self, datos: Path, clave: Path | None = None) -> tuple[Desktop, Program, Pilot]:
        program = Program(Settings(str(datos), None if clave is None else str(clave), TODAY))
        desktop = Desktop(program, WindowWanted())
        desktop.window.resize(round(SCREEN[0] / self._scale), round(SCREEN[1] / self._scale))
        desktop.start()
        # A picture that could not be taken ends the program, as in any script.
        sys.excepthook = sys.__excepthook__
        return desktop, program, Pilot(desktop.window)

    def _close(self, desktop: Desktop, program: Program) -> None:
        desktop.close()
        desktop.window.deleteLater()
        program.close()
        QTest.qWait(0)

    def _go(self, desktop: Desktop, route: routes.Route) -> None:
        desktop.window.go(route)
        self._settle(desktop)

    def _settle(self, desktop: Desktop) -> None:
        """Nothing runs any more, also of what begins a moment after the last key."""
        for _ in range(4):
            QTest.qWait(150)
            while desktop.runner.busy:
                QTest.qWait(20)

    def _picture(self, pilot: Pilot, name: str) -> None:
        if self._wanted and name not in self._wanted:
            return
        for dark in (True, False):
            theme().use(dark=dark)
            pilot.picture(self._path(name, dark=dark))

    def _dialog(self, name: str) -> None:
        """A question stands on a window of its own: both in one picture."""
        dialog = QApplication.activeModalWidget()
        parent = None if dialog is None else dialog.parentWidget()
        assert dialog is not None
        assert parent is not None
        window = parent.window()
        for dark in (True, False):
            theme().use(dark=dark)
            QTest.qWait(50)
            picture, asked = window.grab(), dialog.grab()
            painter = QPainter(picture)
            painter.setPen(theme().tokens.strong)
            x = (window.width() - dialog.width()) // 2
            y = (window.height() - dialog.height()) // 2
            painter.drawPixmap(x, y, asked)
            painter.drawRect(x - 1, y - 1, dialog.width() + 1, dialog.height() + 1)
            painter.end()
            self._path(name, dark=dark).parent.mkdir(parents=True, exist_ok=True)
            picture.save(str(self._path(name, dark=dark)))
        dialog.close()

    def _path(self, name: str, *, dark: bool) -> Path:
        scale = "" if self._scale == 1 else f"-{round(self._scale * 100)}"
        return self._target / f"{name}{'-oscuro' if dark else ''}{scale}.png"
