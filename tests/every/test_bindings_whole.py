# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Bindings of whole headers: all structs, functions and constants of those that drivers include, asserted against C.

One source names everything that the headers declare, on each kernel, architecture and compiler that the tests have.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures.axes import CXX
from fixtures.cmake_project import MODULE
from fixtures.commands import must, run
from fixtures.fetched_kernels import fetched_kernel
from fixtures.kbuild_project import KbuildProject
from fixtures.library_kernels import kernel_of
from fixtures.repository import REPOSITORY
from fixtures.self_built_kernel import SelfBuiltKernel

BINDGEN = REPOSITORY / "kbuild/bindgen"
HEADERS = [
    "linux/blk-mq.h", "linux/device.h", "linux/dma-mapping.h", "linux/fs.h", "linux/gpio/driver.h", "linux/hwmon.h",
    "linux/i2c.h", "linux/input.h", "linux/interrupt.h", "linux/leds.h", "linux/mm.h", "linux/netdevice.h", "linux/of.h",
    "linux/pci.h", "linux/phy.h", "linux/platform_device.h", "linux/pwm.h", "linux/rtc.h", "linux/sched.h", "linux/skbuff.h",
    "linux/spi/spi.h", "linux/usb.h", "linux/watchdog.h",
]  # fmt: skip

# Kernels of the distribution, by series, architecture and the family of the C++ compiler; then those that the tests build
DISTRIBUTION = [
    (series, arch, family)
    for series, arch in (("6.12", "x86_64"), ("6.1", "x86_64"), ("6.12", "arm64"), ("6.1", "arm64"), ("6.12", "riscv64"))
    for family in ("gcc", "clang")
]
BUILT = [("plugins-kasan", "gcc-12"), ("cfi-kasan", "clang-19"), ("thin-lto", "clang-19"), ("kcsan", "gcc-12"), ("full-lto-kmsan", "clang-19")]
DEBUG = ("debug", "x86_64", "clang")


@dataclass(frozen=True)
class Flags:
    """flags.sh of a kernel, and what a shell reads there"""

    path: Path

    def value(self, name: str) -> str:
        """The variable KCXX_@name"""
        return must(run("sh", "-c", f'. "$1"; printf %s "$KCXX_{name}"', "sh", self.path))

    def compile(self, language: str, *arguments: str | Path) -> str:
        """Runs the compiler for C or CXX with the kernel's flags, by a shell: they have quotes."""
        flags = self.value({"CC": "C_FLAGS", "CXX": "CXX_FLAGS"}[language])
        command = f'{self.value(language)} {flags} -DKBUILD_MODNAME=\'"whole"\' "$@"'
        return must(run("sh", "-c", command, "sh", *arguments, timeout=1200))


def flags_of(directory: Path, package: Path, kernel: Path, *arguments: str) -> Flags:
    """The flags that a build of a module for @kernel has"""
    project = KbuildProject(directory, package, kernel)
    project.write("module.cc", MODULE)
    project.kbuild("obj-m := module.o\n")
    project.made("module.o", *arguments)
    return Flags(directory / ".kcxx/flags.sh")


def names_of(flags: Flags, directory: Path) -> list[str]:
    """The names that the headers declare, in any namespace of C"""
    (directory / "headers.c").write_text("".join(f"#include <{header}>\n" for header in HEADERS), encoding="utf-8")
    flags.compile("CC", "-E", "-dD", "-o", directory / "headers.i", directory / "headers.c")
    command = ("awk", "-v", "macros=/dev/null", "-f", BINDGEN / "declarations.awk", directory / "headers.i")
    fields = [line.split("\t")[1] for line in must(run(*command, env={"LC_ALL": "C"})).splitlines()]
    names = {name.split(":")[-1] for field in fields for name in field.split()}
    return sorted(name for name in names if re.fullmatch(r"\w+", name) and not name.startswith("__builtin"))


def whole_bindings(flags: Flags, directory: Path) -> Path:
    """The bindings of a source that names everything: both compilers have taken them."""
    source = directory / "whole.cc"
    text = "".join(f"#include <{header}>\n" for header in HEADERS) + "".join(f"{name};\n" for name in names_of(flags, directory))
    source.write_text(text, encoding="utf-8")
    compiler = shlex.split(f"{flags.value('CXX')} {flags.value('CXX_FLAGS')}") + ['-DKBUILD_MODNAME="whole"']
    bindings = directory / "bindings"
    command = ("sh", BINDGEN / "bindgen.sh", flags.path, bindings, source, *compiler)
    must(run(*command, env={"KCXX_KEEP_BINDINGS": "y", "LC_ALL": "C"}, timeout=3600))
    return bindings


@dataclass(frozen=True)
class Counts:
    """Counts of what bindings have"""

    assertions: int
    structs: int
    functions: int
    in_c: int
    dropped: list[str]


def counts_of(bindings: Path) -> Counts:
    """How much there is"""
    text = (bindings / "bindings.hpp").read_text(encoding="utf-8", errors="replace")
    kinds = [line.split("\t", 1)[0] for line in (bindings / "declarations").read_text("utf-8", "replace").splitlines()]
    return Counts(
        len(re.findall(r"^static_assert\((?:sizeof|alignof|__builtin_offsetof)\(", text, re.M)),
        len(re.findall(r"^static_assert\(sizeof\(", text, re.M)),
        kinds.count("F"),
        len((bindings / "wrapped").read_text("utf-8").split()),
        (bindings / "dropped").read_text("utf-8").splitlines(),
    )


def check(flags: Flags, directory: Path, record: pytest.FixtureRequest) -> Path:
    """All is laid out as in C; nothing is left out; inline functions are inlined, but for a few."""
    bindings = whole_bindings(flags, directory)
    counts = counts_of(bindings)
    record.node.user_properties.append(("bindings", str(counts)))
    print(counts)
    assert counts.structs > 2000
    assert counts.assertions > 14000
    assert counts.dropped == []
    assert counts.functions > 4000
    assert counts.in_c * 20 < counts.functions, "more than 5 % of the inline functions are called in C"
    return bindings


@pytest.mark.parametrize("axes", DISTRIBUTION, ids=lambda axes: "-".join(axes))
def test_all_structs_are_laid_out_as_c_has_them(
    axes: tuple[str, str, str], kcxx: Path, package: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """On the distribution's kernels, with either C++ compiler"""
    series, arch, family = axes
    kernel = fetched_kernel(kcxx, series, arch)
    compiler = ("--cxx", CXX["clang"]) if family == "clang" else ()
    arguments = must(run("sh", REPOSITORY / "kbuild/make-variables.sh", *compiler, kernel.build)).splitlines()
    check(flags_of(tmp_path, package, kernel.build, *arguments), tmp_path, request)


@pytest.mark.parametrize(("name", "compiler"), BUILT, ids=lambda value: value)
def test_all_structs_of_unusual_kernels_are_laid_out_as_c_has_them(
    name: str, compiler: str, kcxx: Path, package: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """With members in random order, by GCC's plugin and by Clang; with KASAN, KCSAN, KMSAN, LTO, kCFI"""
    kernel = SelfBuiltKernel(name, compiler)
    check(flags_of(tmp_path, package, kernel.build(kcxx), *kernel.make_arguments), tmp_path, request)


# kCFI: the hash of a function's type, which caller and callee compare

POINTER = re.compile(r"\(\s*\*\s*(?:const\s+)?(\w+)\s*\)\s*\(")


def callbacks_of(bindings: Path) -> list[tuple[str, str]]:
    """Members that are pointers to functions, of structs that have a name: struct and member"""
    found = []
    for line in (bindings / "declarations").read_text("utf-8", "replace").splitlines():
        kind, names, _, _, text = line.split("\t", 4)
        tag = re.match(r"\s*struct\s+(\w+)\s*\{", text)
        body = text[text.find("{") + 1 :]
        if kind == "D" and tag and f"struct:{tag[1]}" in names.split() and "{" not in body:
            found += [(tag[1], member) for member in POINTER.findall(body)]
    return sorted(set(found))


def hashes(binary: Path) -> dict[str, str]:
    """The hash of each function of which the object takes the address"""
    lines = (line.split() for line in must(run("llvm-nm-19", binary)).splitlines())
    return {line[-1].removeprefix("__kcfi_typeid_"): line[0] for line in lines if line[-1].startswith("__kcfi_typeid_")}


def test_kcfi_hashes_of_callbacks_are_those_of_c(kcxx: Path, package: Path, tmp_path: Path) -> None:
    """Each member that points to a function: a function of C++ for it is called by C, and the other way round."""
    series, arch, _ = DEBUG
    flags = flags_of(tmp_path, package, kernel_of(kcxx, series, arch).build, "LLVM=-19")
    assert "-fsanitize=kcfi" in flags.value("C_FLAGS")
    bindings = whole_bindings(flags, tmp_path)
    reserved = {"class", "new", "private", "delete", "this", "operator", "template", "namespace", "virtual", "export", "try", "and", "or", "not"}
    callbacks = [pair for pair in callbacks_of(bindings) if not reserved & set(pair)]
    assert len(callbacks) > 1000

    c = [f"extern __typeof__(*((struct {tag} *)0)->{member}) probe_{n};" for n, (tag, member) in enumerate(callbacks)]
    cxx = [
        f"extern std::remove_pointer_t<std::remove_cv_t<decltype({tag}::{member})>> probe_{n};" for n, (tag, member) in enumerate(callbacks)
    ]
    addresses = "void *probes[] = {" + ", ".join(f"(void *)probe_{n}" for n in range(len(callbacks))) + "};\n"
    includes = "".join(f"#include <{header}>\n" for header in HEADERS)
    (tmp_path / "hash.c").write_text(includes + "\n".join(c) + "\n" + addresses, encoding="utf-8")
    (tmp_path / "hash.cc").write_text(
        f'#include "{bindings}/bindings.hpp"\nextern "C" {{\n' + "\n".join(cxx) + "\n" + addresses + "}\n", encoding="utf-8"
    )
    flags.compile("CC", "-w", "-fno-lto", "-c", "-o", tmp_path / "c.o", tmp_path / "hash.c")
    flags.compile("CXX", "-w", "-fno-lto", f"-I{bindings}/include", "-c", "-o", tmp_path / "cxx.o", tmp_path / "hash.cc")
    of_c, of_cxx = hashes(tmp_path / "c.o"), hashes(tmp_path / "cxx.o")
    assert len(of_c) == len(callbacks)
    other = {f"{tag}.{member}" for n, (tag, member) in enumerate(callbacks) if of_c[f"probe_{n}"] != of_cxx.get(f"probe_{n}")}
    print(f"{len(callbacks)} callbacks, {len(other)} with another hash")
    # "struct class" has another name in C++
    assert {name for name in other if name not in of_class(bindings)} == set()


def of_class(bindings: Path) -> set[str]:
    """The callbacks that take a struct class"""
    found = set()
    for line in (bindings / "declarations").read_text("utf-8", "replace").splitlines():
        text = line.split("\t", 4)[4]
        if tag := re.match(r"\s*struct\s+(\w+)\s*\{", text):
            for part in text.split(";"):
                if "struct class " in part and (member := POINTER.search(part)):
                    found.add(f"{tag[1]}.{member[1]}")
    return found
