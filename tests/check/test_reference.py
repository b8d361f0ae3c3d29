# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The library's reference: Doxygen makes it of the headers."""

from __future__ import annotations

from pathlib import Path

from fixtures.commands import must, run
from fixtures.repository import REPOSITORY


def test_reference_is_complete(tmp_path: Path) -> None:
    """Doxygen finds every public member documented, and has no other warning."""
    result = run("doxygen", "Doxyfile", cwd=REPOSITORY / "docs", env={"KCXX_REFERENCE": str(tmp_path)})
    must(result)
    assert result.stderr == ""
    page = (tmp_path / "html/classkernel_1_1Box.html").read_text(encoding="utf-8")
    assert "kmalloc()" in page
