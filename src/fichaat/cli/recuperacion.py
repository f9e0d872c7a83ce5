"""Commands of a forgotten passphrase that the region helps with: both sides of it."""

from pathlib import Path
from typing import Annotated

import typer

from fichaat.application.region_recovery import MAX_FILE, RecoveryAnswer, is_answer
from fichaat.cli.answer import Answer, shown
from fichaat.cli.files import Reemplazar, read_file, target_file
from fichaat.cli.shapes import Shape, file_shape, say
from fichaat.cli.state import Cli
from fichaat.cli.terminal import ask_secret, confirm, write_err
from fichaat.domain.errors import UserFacingError
from fichaat.domain.text import normalise

Salida = Annotated[str | None, typer.Option("-o", "--salida", metavar="ARCHIVO")]


def abrir(
    cli: Cli,
    *,
    recuperacion: Annotated[str, typer.Option("--recuperacion", metavar="ARCHIVO")],
    palabras: Annotated[str | None, typer.Option("--palabras", metavar="ARCHIVO")] = None,
) -> Answer:
    folder = cli.folder
    cli.program.demand(folder)
    data = read_file(recuperacion, MAX_FILE)
    if is_answer(data):
        words = _words(palabras)
        cli.program.recover_by_region(folder, data, words, cli.new_passphrase())
        line = say("cli.recovered_by_region")
    else:
        cli.program.recover(folder, _text(data), cli.new_passphrase())
        line = say("cli.recovered")
    return Answer({"abierto": True, "carpeta": shown(str(folder))}, [line])


def pedir_recuperacion(
    cli: Cli, *, salida: Salida = None, reemplazar: Reemplazar = False
) -> Answer:
    folder = cli.folder
    cli.program.demand(folder)
    request = cli.program.recovery_request(folder)
    usual = f"pedido-recuperacion-{request.palabras[0]}.json"
    target = target_file(salida, usual, replace=reemplazar)
    cli.program.write_file(target, request.data)
    data = {**file_shape(target, request.data), "palabras": list(request.palabras)}
    lines = [
        say("cli.recovery_request_made", archivo=shown(str(target))),
        say("cli.recovery_request_words", palabras=" ".join(request.palabras)),
        say("cli.recovery_request_next"),
    ]
    return Answer(data, lines)


def recuperar(
    cli: Cli,
    *,
    pedido: Annotated[str, typer.Argument(metavar="PEDIDO")],
    llave: Annotated[str, typer.Option("--llave", metavar="ARCHIVO")],
    salida: Salida = None,
    reemplazar: Reemplazar = False,
) -> Answer:
    data = read_file(pedido, MAX_FILE)
    answer = cli.program.answer_recovery(data, cli.region_key(llave))
    usual = f"respuesta-recuperacion-{answer.palabras[0]}.json"
    target = target_file(salida, usual, replace=reemplazar)
    _compare(cli, answer)
    cli.program.write_file(target, answer.data)
    numbered = [f"{number:>4}. {word}" for number, word in enumerate(answer.codigo, 1)]
    lines = [
        say("cli.recovery_answer_made", archivo=shown(str(target))),
        *_who(cli, answer),
        "",
        say("cli.recovery_answer_words"),
        *numbered,
    ]
    return Answer(_answer_shape(cli, answer, target), lines)


def _words(palabras: str | None) -> str:
    if palabras is None:
        return ask_secret("cli.ask_recovery_words")
    return _text(read_file(palabras, MAX_FILE))


def _text(data: bytes) -> str:
    """Raises:
    UserFacingError: "trust.recovery_code".
    """
    try:
        return normalise(data.decode("utf-8-sig"))
    except ValueError:
        raise UserFacingError("trust.recovery_code") from None


def _compare(cli: Cli, answer: RecoveryAnswer) -> None:
    """Whoever sits here must know the person before the answer exists."""
    if cli.json:
        return
    for line in _who(cli, answer):
        write_err(line)
    confirm(say("cli.ask_recovery_agree"))


def _who(cli: Cli, answer: RecoveryAnswer) -> list[str]:
    owner = answer.owner
    nombre, entidad = shown(owner.nombre), shown(owner.entidad)
    return [
        say("cli.recovery_owner", nombre=nombre, cargo=shown(owner.cargo), entidad=entidad),
        say("cli.words", palabras=" ".join(cli.program.fingerprint_words(owner.device))),
        say("cli.recovery_request_words", palabras=" ".join(answer.palabras)),
    ]


def _answer_shape(cli: Cli, answer: RecoveryAnswer, target: Path) -> Shape:
    owner = answer.owner
    return {
        **file_shape(target, answer.data),
        "de": {
            "device": owner.device,
            "palabras": list(cli.program.fingerprint_words(owner.device)),
            "nombre": owner.nombre,
            "cargo": owner.cargo,
            "entidad": owner.entidad,
        },
        "pedido_en": answer.pedido_en.isoformat(),
        "palabras": list(answer.palabras),
        "codigo": list(answer.codigo),
    }
