"""The log of what went wrong: small, local, without anything that a person typed."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

LOGGER: Final = "fichaat"

_MAX_BYTES = 500_000
_KEPT = 3
_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


def module_log(name: str) -> logging.Logger:
    """The log of one module. While no file is open its lines go nowhere: Python would print them
    on the terminal, which belongs to the person.
    """
    top = logging.getLogger(LOGGER)
    if not top.handlers:
        top.addHandler(logging.NullHandler())
    return logging.getLogger(name)


class _QuietHandler(RotatingFileHandler):
    """A full disk prints no English beside the sentence that the person reads."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # its name
        del record


class LogFile:
    """Where bugs are written. The file is made by the first line, not before."""

    def __init__(self, data_folder: Path | None) -> None:
        """Write below the data folder where there is one, else in the account's log folder."""
        self._data_folder = data_folder
        self._handler: logging.Handler | None = None
        self._path: Path | None = None

    @property
    def path(self) -> Path | None:
        """The file, once something is in it."""
        return self._path

    def bug(self, error: BaseException) -> None:
        """Keep the traceback of an exception that nobody expected."""
        self._write(logging.ERROR, "unexpected error", error)

    def note(self, text: str) -> None:
        """Keep a line that explains later ones."""
        self._write(logging.WARNING, text, None)

    def close(self) -> None:
        if self._handler is not None:
            logging.getLogger(LOGGER).removeHandler(self._handler)
            self._handler.close()
            self._handler = None

    def _write(self, level: int, text: str, error: BaseException | None) -> None:
        if self._handler is None and not self._open():
            return
        logging.getLogger(LOGGER).log(level, text, exc_info=error)

    def _open(self) -> bool:
        for folder in self._folders():
            try:
                folder.mkdir(parents=True, exist_ok=True)
                handler = _QuietHandler(
                    folder / "fichaat.log",
                    maxBytes=_MAX_BYTES,
                    backupCount=_KEPT,
                    encoding="utf-8",
                    errors="backslashreplace",
                )
            except OSError:
                continue
            handler.setFormatter(logging.Formatter(_FORMAT))
            logger = logging.getLogger(LOGGER)
            logger.propagate = False
            logger.addHandler(handler)
            self._handler, self._path = handler, folder / "fichaat.log"
            return True
        return False

    def _folders(self) -> list[Path]:
        from platformdirs import user_log_path

        account = user_log_path("fichaat", appauthor=False)
        if self._data_folder is not None and self._data_folder.is_dir():
            return [self._data_folder / "registro", account]
        return [account]
