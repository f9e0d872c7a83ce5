"""Empty workbooks that people fill in: `plantilla fichas`, and one command for each other."""

from collections.abc import Callable, Mapping
from typing import Annotated, Final

import typer

from fichaat.application.session import Session
from fichaat.cli.answer import Answer, shown
from fichaat.cli.command import command
from fichaat.cli.files import Reemplazar, workbook_file
from fichaat.cli.shapes import file_shape, say
from fichaat.cli.state import Cli
from fichaat.system.chosen_target import write_chosen

Salida = Annotated[str | None, typer.Option("-o", "--salida", metavar="ARCHIVO")]


def _fichas(session: Session) -> bytes:
    return session.fichas_book.template()


def _catalogo(session: Session) -> bytes:
    return session.catalogue_files.template_bytes()


def _acuerdos(session: Session) -> bytes:
    return session.workbooks.write(session.event_sheet.template())


TEMPLATES: Final[Mapping[str, Callable[[Session], bytes]]] = {
    "fichas": _fichas,
    "catalogo": _catalogo,
    "acuerdos": _acuerdos,
}
"""Name of the command, and of the file -> its workbook."""


def register(group: typer.Typer) -> None:
    for name, make in TEMPLATES.items():
        command(group, name)(_writer(name, make))


def _writer(name: str, make: Callable[[Session], bytes]) -> Callable[..., Answer]:
    """The command that writes one of them."""

    def write(cli: Cli, *, salida: Salida = None, reemplazar: Reemplazar = False) -> Answer:
        usual = f"plantilla-{name}.xlsx"
        target = workbook_file(salida, usual, replace=reemplazar, taken="hoja.exists")
        with cli.session() as session:
            data = make(session)
        write_chosen(target, data)
        return Answer(file_shape(target, data), [say("cli.written", archivo=shown(str(target)))])

    return write
