# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""docs/from-c.md: its commands, run in their order, convert a driver that works after each step."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from fixtures.commands import must, run
from fixtures.fetched_kernels import Kernel
from fixtures.repository import REPOSITORY

PAGE = (REPOSITORY / "docs/from-c.md").read_text(encoding="utf-8")
EXAMPLE = REPOSITORY / "examples/from_c"

# Parts that differ from boot to boot, and the kernel's remarks about any out-of-tree module
UNSHOWN = re.compile(r"\[ *[\d.]+\] .*|kcxx: ok: .*")


@dataclass(frozen=True)
class Step:
    """A command of the page, and the lines that it prints there"""

    command: str
    shown: list[str]


def steps() -> list[Step]:
    """Returns all commands of the page."""
    consoles = re.findall(r"^```console\n(.*?)^```$", PAGE, re.M | re.S)
    commands = [re.match(r"(.*)\n([^$]*)", command) for console in consoles for command in console.split("$ ")[1:]]
    return [Step(command[1], command[2].splitlines()) for command in commands if command]


def driver(directory: Path, package: Path) -> Path:
    """The driver in C in @directory, with the Kbuild file that the page shows, for kcxx in @package"""
    shutil.copytree(EXAMPLE / "c", directory, dirs_exist_ok=True)
    shutil.copy(EXAMPLE / "try.sh", directory)
    kbuild = re.search(r"^```make\n(.*?)^```$", PAGE, re.M | re.S)
    assert kbuild
    text = re.sub(r"^include .*$", f"include {package}/share/kcxx/kbuild/Makefile.cxx", kbuild[1], flags=re.M)
    (directory / "Kbuild").write_text(text, encoding="utf-8")
    return directory


def announced(module: Path) -> str:
    """Returns the output of modinfo(8) for a module."""
    return must(run("/sbin/modinfo", module))


def test_commands_of_the_page_convert_the_driver(tmp_path: Path, kcxx: Path, package: Path, kernel: Kernel) -> None:
    """Each prints what is shown; the module is C++ at the end, and announces what it did in C."""
    project = driver(tmp_path, package)
    must(run("make", "-C", kernel.build, f"M={project}"))
    before = announced(project / "user_leds.ko")
    environment = {"PATH": f"{kcxx.parent}:{os.environ['PATH']}"}
    for step in steps():
        command = step.command.replace("--kernel 6.12", f"--kernel {kernel.build}")
        command = command.replace("/lib/modules/$(uname -r)/build", str(kernel.build))
        result = run("sh", "-c", command, cwd=project, env=environment)
        assert result.returncode == command.startswith("diff"), result.stdout + result.stderr
        if step.shown:
            assert [line for line in result.stdout.splitlines() if not UNSHOWN.fullmatch(line)] == step.shown
    assert {path.name for path in project.glob("*.c")} == {"user_leds.mod.c"}  # modpost's
    assert announced(project / "user_leds.ko") == before
