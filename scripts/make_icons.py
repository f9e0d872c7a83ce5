"""Cuts the icons of the window out of the Material Design Icons font that QtAwesome carries.

    .venv/bin/python scripts/make_icons.py

Importing QtAwesome costs more than the whole first paint of the window may (docs/decisiones/0007):
so the program ships the few glyphs it shows, and their code points in `gui/theme/glyphs.py`.
"""

import importlib.util
import json
from pathlib import Path

from fontTools import subset

from fichaat.gui.theme.icon_names import NAMES

ROOT = Path(__file__).resolve().parent.parent
FONT = ROOT / "resources" / "fonts" / "iconos.ttf"
GLYPHS = ROOT / "src" / "fichaat" / "gui" / "theme" / "glyphs.py"
_HEAD = '''"""Code points of `resources/fonts/iconos.ttf`; written by scripts/make_icons.py."""

from typing import Final

GLYPHS: Final = {
'''


def main() -> None:
    """Write the font and the table of its code points."""
    spec = importlib.util.find_spec("qtawesome")
    assert spec is not None  # it is among the development tools
    assert spec.origin is not None
    fonts = Path(spec.origin).parent / "fonts"
    source = next(fonts.glob("materialdesignicons6-webfont-[0-9]*.ttf"))
    charmap = json.loads(next(fonts.glob("materialdesignicons6-*-charmap-*.json")).read_text())
    glyphs = {name: int(charmap[name], 16) for name in sorted(set(NAMES.values()))}
    options = subset.Options()
    options.notdef_outline = True
    font = subset.load_font(source, options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=glyphs.values())
    cutter.subset(font)
    subset.save_font(font, FONT, options)
    lines = (f'    "{name}": 0x{point:X},\n' for name, point in glyphs.items())
    GLYPHS.write_text(_HEAD + "".join(lines) + "}\n", "utf-8")


if __name__ == "__main__":
    main()
