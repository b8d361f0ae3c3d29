# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""kernel/*.hpp: each can be included alone, and names the C API that it wraps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fixtures.axes import CXX, GCC, axis
from fixtures.directories import made_once
from fixtures.fetched_kernels import fetched_kernel
from fixtures.kbuild_project import KbuildProject
from fixtures.repository import REPOSITORY

# Warnings that projects ask for
STRICT = "-Wall -Wextra -Wpedantic -Wconversion -Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual"

ROOT = REPOSITORY / "kbuild/include"
HEADERS = sorted((ROOT / "kernel").rglob("*.hpp"))
FORMER = sorted((ROOT / "former/kernel").glob("*.hpp"))


def name_of(header: Path) -> str:
    """The name by which a source includes @header."""
    return str(header.relative_to(ROOT / "former" if header in FORMER else ROOT))

def stem_of(header: Path) -> str:
    """A name for the source that includes @header alone."""
    return name_of(header).removesuffix(".hpp").replace("/", "_")


# The parts of the bindings that a header reads differ by kernel, architecture and compiler.
PLACES = axis(
    ("6.12", "x86_64", "gcc"),
    every=(("6.12", "x86_64", "clang"), ("6.1", "x86_64", "gcc"), ("6.12", "arm64", "gcc"), ("6.12", "riscv64", "gcc")),
)
MACHINES = {"arm64": ("arm64", "aarch64"), "riscv64": ("riscv", "riscv64")}


def compilers(arch: str, family: str) -> tuple[str, ...]:
    """make's variables for the compilers: Debian builds its kernel for riscv64 with a newer GCC than this host may have."""
    if arch not in MACHINES:
        return (f"CXX={CXX[family]}",)
    name, machine = MACHINES[arch]
    prefix = f"{machine}-linux-gnu-"
    return (f"ARCH={name}", f"CROSS_COMPILE={prefix}", f"CC={prefix}gcc-{GCC}", f"CXX={prefix}g++-{GCC}")


@pytest.fixture(scope="session", params=PLACES, ids="-".join)
def alone(request: pytest.FixtureRequest, kcxx: Path, package: Path, run_directory: Path) -> Path:
    """Compiles a source for each header, which includes nothing else; the file "output" has make's messages."""
    series, arch, family = request.param

    def make(directory: Path) -> None:
        project = KbuildProject(directory, package, fetched_kernel(kcxx, series, arch).build)
        for header in HEADERS:
            project.write(f"{stem_of(header)}.cc", f"#include <{name_of(header)}>\n")
        project.kbuild(f"obj-m := headers.o\nheaders-y := {' '.join(f'{stem_of(header)}.o' for header in HEADERS)}\ncxxflags-y := {STRICT}\n")
        # modpost refuses the module, which has no licence.
        result = project.make("--keep-going", "-j2", *compilers(arch, family), env={"LC_ALL": "C"})
        (directory / "output").write_text(result.stderr, encoding="utf-8")

    return made_once(run_directory / f"headers-{'-'.join(request.param)}", make)

@pytest.mark.parametrize("header", HEADERS, ids=stem_of)
def test_header_stands_alone(header: Path, alone: Path) -> None:
    """A header includes all that it needs: it compiles before any other, without a warning, however strict the project is."""
    output = (alone / "output").read_text(encoding="utf-8")
    assert f"{alone}/{stem_of(header)}.cc:" not in output, output
    assert (alone / f"{stem_of(header)}.o").exists(), output

def test_nothing_is_remarked_of_headers(alone: Path) -> None:
    """No header has a warning or an error, whichever source includes it."""
    output = (alone / "output").read_text(encoding="utf-8")
    assert re.findall(r"^.*kernel/[\w/]+\.hpp:\d+.*(?:warning|error).*$", output, re.M) == []

def included_by(name: str) -> set[str]:
    """All that the library's header @name includes, of the library's headers that it includes, too"""
    reached, left = set(), [name]
    while left:
        header = ROOT / left.pop()
        found = set(re.findall(r"^#include <(.*)>$", header.read_text(encoding="utf-8"), re.M)) if header.exists() else set()
        left += [each for each in found - reached if each.startswith("kernel/")]
        reached |= found
    return reached


@pytest.mark.parametrize(
    ("part", "readers"),
    [("functional", set()), ("algorithm", {f"kernel/containers{rest}.hpp" for rest in ("", "/copy", "/sort")})],
)
def test_large_part_of_std_is_read_where_it_is_used(part: str, readers: set[str]) -> None:
    """A compiler takes longer for <functional> than for <kernel/prelude.hpp>: the other headers read parts of it."""
    assert {name_of(header) for header in HEADERS if part in included_by(name_of(header))} == readers

@pytest.mark.parametrize("header", HEADERS, ids=stem_of)
def test_header_says_what_it_wraps(header: Path) -> None:
    """The first comment of a header names the C API, or states that there is none."""
    text = header.read_text(encoding="utf-8")
    comment = re.search(r"\\file\n((?:///.*\n)+)", text)
    assert comment and re.search(r"C\s+API:\s", re.sub(r"\n/// ?", " ", comment[1])), comment

def test_header_of_a_subsystem_includes_its_folder() -> None:
    """<kernel/sync.hpp> is all of kernel/sync/, and so for each folder."""
    for folder in sorted(path for path in (ROOT / "kernel").iterdir() if path.is_dir()):
        included = re.findall(r"^#include <(.*)>$", folder.with_suffix(".hpp").read_text(encoding="utf-8"), re.M)
        assert included == sorted(name_of(header) for header in folder.glob("*.hpp"))

def test_former_name_includes_the_header_alone() -> None:
    """A name from before headers had folders includes the header that has its name now, and no other."""
    assert len(FORMER) > 50
    for header in FORMER:
        (included,) = re.findall(r"^#include <(.*)>$", header.read_text(encoding="utf-8"), re.M)
        assert included.endswith(f"/{header.name}")
        assert ROOT / included in HEADERS
