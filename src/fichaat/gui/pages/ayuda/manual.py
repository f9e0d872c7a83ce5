"""The manual as chapters: no Qt here."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fichaat.domain.text import fold

_PARTED: Final[tuple[str, ...]] = ("ventana", "region")
"""Pages whose second headings are chapters of their own, in this order before the others."""

_ORDER: Final[tuple[str, ...]] = (
    "revision",
    "acuerdos",
    "catalogo",
    "cobertura",
    "repositorio",
    "hojas",
    "inicio-rapido",
    "ordenes",
)
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
    page: str
    """Name of its file, without the ending."""


def read_manual(folder: Path) -> list[Chapter]:
    """The chapters about the window and the region in their order, then the other pages.

    Raises:
        OSError: a page cannot be read.
    """
    pages = {path.stem: path for path in sorted(folder.glob("*.md"))}
    rest = [name for name in _ORDER if name in pages]
    rest += [name for name in pages if name not in (*_ORDER, *_PARTED)]
    parted = [part for name in _PARTED if name in pages for part in _parts(pages[name])]
    return parted + [_page(pages[name]) for name in rest]


def find_chapter(chapters: list[Chapter], topic: str) -> int:
    """Place of the chapter of a topic, of a linked file («region.md») or of a heading in one
    («region.md#olvidé-mi-frase»); the first where there is none.
    """
    name, _, anchor = topic.partition("#")
    name = name.removesuffix(".md")
    found = {chapter.page: n for n, chapter in reversed([*enumerate(chapters)])}
    found |= {chapter.topic: n for n, chapter in enumerate(chapters)}
    wanted = (topic_of(anchor), topic_of(name), name)
    return next((found[key] for key in wanted if key in found), 0)


def topic_of(title: str) -> str:
    """«Nueva visita» -> "nueva-visita", «La ficha» -> "ficha"."""
    return _ARTICLE.sub("", re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-"))


def _parts(path: Path) -> list[Chapter]:
    """What a page says before its second headings is a chapter, too."""
    text = path.read_text("utf-8")
    heads = list(_PART.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    opening = _TITLE.sub("", text[: heads[0].start()] if heads else text, count=1).strip()
    first = [_page(path, opening)] if opening else []
    return first + [
        Chapter(
            topic_of(head.group(1)),
            head.group(1),
            f"# {head.group(1)}\n{text[head.end() : end].strip()}\n",
            path.stem,
        )
        for head, end in zip(heads, ends, strict=True)
    ]


def _page(path: Path, body: str | None = None) -> Chapter:
    """A whole page, or only this part of it below its title."""
    text = path.read_text("utf-8")
    found = _TITLE.search(text)
    title = found.group(1) if found else path.stem
    if body is not None:
        text = f"# {title}\n{body}\n"
    return Chapter(topic_of(path.stem), title, text, path.stem)
