"""Documents on paper: a template of ours is set with data into a PDF, in fonts that come with the service."""

import asyncio
import io
import json
import threading
from importlib import resources
from pathlib import Path
from typing import Final

import segno
import typst

from x_pilot_api.core.db import JsonObject

MEDIA_TYPE: Final = "application/pdf"
_QUIET_MODULES: Final = 2
"""How many blank modules lie around a QR code; the paper around it is blank too."""


class Press:
    """Sets the templates of one folder; what is typed by people comes as data and never as a part of a template."""

    def __init__(self, folder: Path) -> None:
        self._folder: Final = folder
        # One document at a time: a page takes milliseconds, and the library's compiler is not made for two.
        self._one_at_a_time: Final = threading.Lock()
        self._compiler: typst.Compiler | None = None

    def _ready(self) -> typst.Compiler:
        if self._compiler is None:
            # Nothing but our own fonts, so that a document looks the same on every machine.
            folder = str(resources.files("pylopdf_fonts_zh_cn"))
            fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
            self._compiler = typst.Compiler(root=str(self._folder), font_paths=fonts, ignore_system_fonts=True)
        return self._compiler

    def set(self, template: str, data: JsonObject) -> bytes:
        """Set a template, and give the PDF with the parts of the fonts that it uses."""
        with self._one_at_a_time:
            inputs = {"data": json.dumps(data, ensure_ascii=False)}
            made = self._ready().compile(str(self._folder / template), format="pdf", sys_inputs=inputs)
        assert isinstance(made, bytes)  # noqa: S101 - what a PDF is
        return made

    async def set_aside(self, template: str, data: JsonObject) -> bytes:
        """Set a template while the process goes on with other work."""
        return await asyncio.to_thread(self.set, template, data)


def qr_code(text: str) -> str:
    """Draw a QR code as SVG; it can be read with a seventh of it spoilt."""
    drawn = io.BytesIO()
    segno.make_qr(text, error="m").save(drawn, kind="svg", xmldecl=False, border=_QUIET_MODULES)
    return drawn.getvalue().decode()
