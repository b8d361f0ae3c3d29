# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The commands of docs/shipping.md work, and print the output that it quotes."""

from __future__ import annotations

import os
import re
from pathlib import Path

from fixtures.commands import run
from fixtures.dkms_machine import DkmsMachine
from fixtures.fetched_kernels import Kernel
from fixtures.repository import REPOSITORY

TEXT = (REPOSITORY / "docs/shipping.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The code blocks of @language"""
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.M | re.S)


def test_commands_of_the_page(kernels: dict[str, Kernel], kcxx: Path, package: Path, tmp_path: Path) -> None:
    """The commands run one after another, on a machine with 6.12: DKMS's module, the packages, the signed module."""
    kernel = kernels["6.12"]
    machine = DkmsMachine(tmp_path / "machine")
    machine.prepare()
    machine.install_kernel(kernel)
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "kcxx").symlink_to(kcxx)
    (tools / "uname").write_text(f'#!/bin/sh\n[ "$1" != -r ] || {{ echo {kernel.release}; exit; }}\nexec /bin/uname "$@"\n', encoding="utf-8")
    (tools / "uname").chmod(0o755)
    first, *others = blocks("sh")
    second = "".join(others)
    environment = {"PATH": f"{tools}:{os.environ['PATH']}", "CMAKE_PREFIX_PATH": str(package), "KCXX_PROGRAM": str(kcxx)}
    settings = "".join(f"{block.strip()}\\n" for block in blocks("cmake") if block.startswith("set("))
    first = first.replace("cd pump\n", f"cd pump\nsed -i '/^find_package/i {settings}' CMakeLists.txt\n")
    first = first.replace("cd pump\n", "cd pump\nsed -i 's/MODULES pump)/MODULES pump PREBUILT)/' CMakeLists.txt\n")
    first, second = (re.sub(r"(cmake -B \S+)", rf"\1 -DKCXX_PROGRAM={kcxx}", text) for text in (first, second))
    script = f"set -e\ncd {tmp_path}\n{first}( {second} ) >&2\n"
    result = run(*machine.command("sh", "-c", script), env=environment)
    assert result.returncode == 0, result.stdout + result.stderr
    assert result.stdout.endswith(f"pump/1.0, {kernel.release}, x86_64: installed\npump\n")
    assert "Package: pump-dkms\n" in result.stderr
    assert "Name        : pump-dkms\n" in result.stderr
    assert "pump-1.0/dkms.conf\n" in result.stderr
    assert "pump-kmod.spec\n" in result.stderr
    assert f"./usr/lib/modules/{kernel.release}/updates/pump.ko\n" in result.stderr
    assert (tmp_path / f"pump/build-{kernel.release}/pump-modules-{kernel.release}_1.0_amd64.deb").exists()
    assert re.search(r"^  signature +Modules of pump, sha256; verified by pump\.der$", result.stdout + result.stderr, re.M)


def test_messages_of_the_page_are_those_of_the_check() -> None:
    """The lines that the page quotes are in the scripts that print them."""
    scripts = "".join(path.read_text(encoding="utf-8") for path in (REPOSITORY / "kbuild/cxxavailable").glob("*.sh"))
    quoted = re.findall(r"^\*\*\* kcxx: (.*)$", TEXT, re.M)
    assert quoted
    # A message about either compiler has a parameter for its name
    written = scripts.replace('"$1 is missing"', "'the C++ compiler is missing'")
    assert [line for line in quoted if f"'{line}'" not in written] == []
