# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Kbuild alone: make -C $KDIR M=$PWD, with C++ as one more language of the kernel's own build."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fixtures.axes import axis
from fixtures.cmake_project import MODULE, CMakeProject
from fixtures.commands import must, run
from fixtures.directories import made_once
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject, remarks, steps
from fixtures.module_file import modinfo_field, sections

SOURCES = {
    "plant.cc": MODULE
    + """\
extern "C" int valve();
extern "C" int motor();
int use();
int use() { return valve() + motor(); }
""",
    "parts/valve.cpp": '#include <kernel/prelude.hpp>\nextern "C" int valve();\nint valve() { return 4; }\n',
    "parts/c/motor.c": "#include <linux/kernel.h>\nint motor(void);\nint motor(void) { return 5; }\n",
    "single.cxx": MODULE,
    "plain.c": "#include <linux/module.h>\nMODULE_LICENSE(\"GPL\");\nMODULE_DESCRIPTION(\"C\");\n",
}
# A composite of its own name with sources of three kinds in sub-folders; a module of one C++ source; one of C alone.
KBUILD = """\
    obj-m := plant.o single.o plain.o
    plant-y := plant.o parts/valve.o parts/c/motor.o
    """


def make_plant(directory: Path, package: Path, kernel: Kernel) -> KbuildProject:
    """The sources above, not built."""
    project = KbuildProject(directory, package, kernel.build)
    for name, text in SOURCES.items():
        project.write(name, text)
    project.kbuild(KBUILD)
    return project


@pytest.fixture(scope="session")
def built(kernel: Kernel, package: Path, run_directory: Path) -> KbuildProject:
    """The sources above, built for the kernel; not to be changed."""

    def make(directory: Path) -> None:
        project = make_plant(directory / "plant", package, kernel)
        (directory / "log").write_text(project.made(), encoding="utf-8")

    directory = made_once(run_directory / f"kbuild-{kernel.series}", make)
    return KbuildProject(directory / "plant", package, kernel.build)


@pytest.fixture(scope="session")
def log(built: KbuildProject) -> str:
    """The output of the make that built them."""
    return (built.directory.parent / "log").read_text(encoding="utf-8")


def test_modules_of_one_directory_are_all_built(built: KbuildProject, log: str) -> None:
    """Composite and single, C++, mixed and C: three modules, and not a word but the steps."""
    assert {path.name for path in built.directory.glob("*.ko")} == {"plant.ko", "single.ko", "plain.ko"}
    assert remarks(log) == []


def test_each_source_is_compiled_as_its_language(log: str) -> None:
    """CXX for .cc, .cpp and .cxx; CC for .c."""
    done = [(what, Path(path).name) for what, path in steps(log)]
    assert {("CXX", "plant.cc.o"), ("CXX", "valve.o"), ("CXX", "single.cxx.o")} <= {*done}
    assert {("CC", "motor.o"), ("CC", "plain.o")} <= {*done}


def test_modules_load_together(kcxx: Path, built: KbuildProject) -> None:
    """A real kernel takes all three."""
    must(run(kcxx, "boot", *(built.module(name) for name in ("plant", "single", "plain"))))


def test_module_without_cxx_has_nothing_of_kcxx(built: KbuildProject) -> None:
    """A C module beside C++ modules is what it would be without them."""
    assert "kcxx" not in must(run("nm", built.module("plain")))
    assert modinfo_field(built.module("plain"), "description") == "C"


@pytest.mark.parametrize(
    ("object_name", "header"),
    [
        ("plant.cc.o", "kernel/prelude.hpp"),
        ("parts/valve.o", "kernel/prelude.hpp"),
        ("single.cxx.o", "kernel/module/module.hpp"),
    ],
)
def test_object_has_its_cmd_file(object_name: str, header: str, built: KbuildProject) -> None:
    """modpost and the next make read command, source and dependencies there."""
    path = built.directory / object_name
    text = (path.parent / f".{path.name}.cmd").read_text(encoding="utf-8")
    assert re.search(rf"^(saved)?cmd_\S*{re.escape(path.name)} := ", text, re.M)
    assert re.search(rf"^source_\S*{re.escape(path.name)} := {re.escape(str(built.directory))}/", text, re.M)
    assert re.search(rf"^  \S*/{header} \\$", text, re.M)


@pytest.mark.every
@pytest.mark.parametrize("kernel", ["6.12"], indirect=True)
def test_v1_shows_the_compiler_line(kernel: Kernel, package: Path, tmp_path: Path) -> None:
    """make V=1 prints the command, with the flags kcxx adds and those the kernel has."""
    project = make_plant(tmp_path, package, kernel)
    (line,) = (line for line in project.made("V=1").splitlines() if "/with-bindings.sh " in line and "/single.cxx" in line)
    assert {"-std=gnu++23", "-fno-exceptions", "-fno-rtti"} <= {*line.split()}
    assert {"-mno-red-zone", "-mcmodel=kernel", "-DMODULE"} <= {*line.split()}


def test_clean_leaves_the_sources(kernel: Kernel, built: KbuildProject, package: Path, tmp_path: Path) -> None:
    """make clean: exactly what was there before the first make, no directory more."""
    project = make_plant(tmp_path, package, kernel)
    before = {*tmp_path.rglob("*")}
    project.made()
    must(project.make("clean"))
    assert {*tmp_path.rglob("*")} == before


@pytest.mark.every
def test_other_kernel_makes_everything_anew(kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> None:
    """Without a clean between: what was built for 6.1 is built again for 6.12, and loads there."""
    project = make_plant(tmp_path, package, kernels["6.1"])
    first = {step for step in steps(project.made()) if step[0] in ("CC", "CXX")}
    project.kernel = kernels["6.12"].build
    second = {step for step in steps(project.made()) if step[0] in ("CC", "CXX")}
    assert first <= second
    for name in ("plant", "single", "plain"):
        assert modinfo_field(project.module(name), "vermagic").split()[0] == kernels["6.12"].release


# BTF: the headers of 6.12 come with a vmlinux, those of 6.1 without


@pytest.mark.parametrize("kernel", ["6.12"], indirect=True)
def test_module_has_btf(built: KbuildProject, log: str) -> None:
    """pahole reads the C of a module with C++ in it, and prints nothing."""
    for name in ("plant", "single", "plain"):
        assert ".BTF" in {section.name for section in sections(built.module(name))}
        assert ("BTF", f"{name}.ko") in steps(log)


@pytest.mark.every
@pytest.mark.parametrize("kernel", ["6.12"], indirect=True)
def test_missing_pahole_is_told_and_no_obstacle(kernel: Kernel, kcxx: Path, package: Path, tmp_path: Path) -> None:
    """The check warns, and one line at the link has the reason for the missing BTF; the module loads without."""
    project = KbuildProject(tmp_path, package, kernel.build)
    project.write("single.cc", MODULE)
    project.kbuild("obj-m := single.o\n")
    log = project.made("PAHOLE=/nonexistent")
    assert remarks(log) == [
        "*** kcxx: warning: the module gets no BTF, which only BPF programs that trace it miss",
        "***   found:  no command '/nonexistent'",
        "***   needed: pahole 1.24 or newer, that knows the kernel's options",
        "***   fix:    apt-get install pahole",
        f"kcxx: {tmp_path}/single.ko gets no BTF: '/nonexistent' is missing, cannot pass over C++ (1.24 can), "
        "or does not know this kernel's options",
    ]
    assert ".BTF" not in {section.name for section in sections(project.module("single"))}
    must(run(kcxx, "boot", project.module("single")))


# An inline function in two sources

TWICE = """\
[[gnu::noinline]] inline int twice(int x) { asm volatile("" ::: "memory"); return 2 * x; }
template <typename T> struct Scale { virtual T apply(T x) const { return twice(x); } };
int halves(int x);
"""
SHARING = {
    "twice.hpp": TWICE,
    "other.cc": '#include "twice.hpp"\nint halves(int x) { Scale<int> scale; const volatile auto *s = &scale;\n'
    "return const_cast<Scale<int> *>(s)->apply(x) + 1; }\n",
    "module.cc": MODULE.replace("MODULE_LICENSE", '#include "twice.hpp"\nMODULE_LICENSE', 1).replace(
        "return Module{}", 'pr_info("%d\\n", twice(20) + halves(1) + Scale<int>{}.apply(0)); return Module{}'
    ),
}


@pytest.mark.parametrize("way", axis("cmake", every=("kbuild",)))
def test_inline_function_of_two_sources_links_and_loads(
    way: str, kernel: Kernel, kcxx: Path, package: Path, tmp_path: Path
) -> None:
    """A header's inline function is in both objects, with its entries in the kernel's tables, and links once."""
    project: CMakeProject | KbuildProject
    if way == "cmake":
        project = CMakeProject(tmp_path, tmp_path / "build", package, kernel.build)
        project.lists("add_kernel_module(sharing module.cc other.cc)\n")
    else:
        project = KbuildProject(tmp_path, package, kernel.build)
        project.kbuild("obj-m := sharing.o\nsharing-y := module.o other.o\n")
    for name, text in SHARING.items():
        project.write(name, text)
    project.made()
    assert "sharing: 43" in must(run(kcxx, "boot", project.module("sharing")))


def test_flags_of_the_object_that_is_called_as_its_module(kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> None:
    """CXXFLAGS_plant.o is for plant.o of module plant, too, which is made under another name."""
    project = KbuildProject(tmp_path, package, kernels["6.12"].build)
    project.write("plant.cc", MODULE + "static_assert(LEVEL == 3);\n")
    project.kbuild("obj-m := plant.o\nplant-y := plant.o\nCXXFLAGS_plant.o := -DLEVEL=3\n")
    project.made("plant.o")


@pytest.mark.parametrize("before", ["", "obj-m := main.o\n", "obj-m := both.o\nboth-y := main.o\n"], ids=["no", "module", "member"])
def test_object_behind_the_include_is_refused(before: str, package: Path, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """The include reads what the Kbuild file lists above it: what is listed below would lack its bindings and its runtime."""
    project = KbuildProject(tmp_path, package, kernels["6.12"].build)
    for name in ("main.cc", "late.cc"):
        project.write(name, MODULE)
    below = "both-y += late.o\n" if "both" in before else "obj-m += late.o\n"
    project.write("Kbuild", f"{project.kbuild(before).read_text('utf-8')}{below}")
    result = project.make()
    assert result.returncode != 0
    assert (
        "kcxx: late.o is made of C++, and the Kbuild file lists it behind the include of Makefile.cxx. "
        "needed: the include as the last line; type: the line with late.o above the include.  Stop.\n"
    ) in result.stderr
