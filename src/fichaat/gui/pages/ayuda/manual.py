"""The manual as chapters: no Qt here."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fichaat.domain.text import fold

WINDOW: Final = "ventana"
"""The page whose second headings are chapters of their own."""

_ORDER: Final[tuple[str, ...]] = ("inicio-rapido", "ordenes")
_TITLE: Final = re.compile(r"^# +(.+)$", re.MULTILINE)
_ARTICLE: Final = re.compile(r"^(?:el|la|los|las)-")
_PART: Final = re.compile(r"^## +(.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One page of the manual."""

    topic: str
    """What `Ayuda(tema)` and links call it."""
    title: str
    text: str
    """Markdown."""


def read_manual(folder: Path) -> list[Chapter]:
    """The chapters about the window in their order, then the other pages.

    Raises:
        OSError: a page cannot be read.
    """
    pages = {path.stem: path for path in sorted(folder.glob("*.md"))}
    rest = [name for name in _ORDER if name in pages]
    rest += [name for name in pages if name not in (*_ORDER, WINDOW)]
    chapters = _parts(pages[WINDOW].read_text("utf-8")) if WINDOW in pages else []
    return chapters + [_page(pages[name]) for name in rest]


def find_chapter(chapters: list[Chapter], topic: str) -> int:
    """Place of the chapter of a topic or of a linked file; the first where there is none."""
    wanted = topic_of(topic.partition("#")[0].removesuffix(".md"))
    return next((n for n, chapter in enumerate(chapters) if chapter.topic == wanted), 0)


def topic_of(title: str) -> str:
    """«Nueva visita» -> "nueva-visita", «La ficha» -> "ficha"."""
    return _ARTICLE.sub("", re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-"))


def _parts(text: str) -> list[Chapter]:
    heads = list(_PART.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return [
        Chapter(
            topic_of(head.group(1)),
            head.group(1),
            f"# {head.group(1)}\n{text[head.end() : end].strip()}\n",
        )
        for head, end in zip(heads, ends, strict=True)
    ]


def _page(path: Path) -> Chapter:
    text = path.read_text("utf-8")
    title = _TITLE.search(text)
    return Chapter(topic_of(path.stem), title.group(1) if title else path.stem, text)
