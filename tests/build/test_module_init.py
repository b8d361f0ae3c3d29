# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""A module with C++ in it has KERNEL_MODULE(), or its C part is the module."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.axes import SERIES
from fixtures.cmake_project import MODULE, CMakeProject, remarks
from fixtures.commands import must
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject

NO_INIT = """\
*** kcxx: the module with-pump has no KERNEL_MODULE()
***   found:  no init_module in {objects}
***   needed: KERNEL_MODULE() in one of its C++ sources, even if it only exports symbols; or, where C
***           sources are the module, module_init() or MODULE_LICENSE() in one of them
***   type:   struct WithPump {{
***           	static kernel::Result<WithPump> init(kernel::ThisModule &) {{ return {{std::in_place}}; }}
***           }};
***           KERNEL_MODULE(WithPump);
"""
WITHOUT = MODULE.replace("KERNEL_MODULE(Module);\n", "")
EXPORTS = """\
#include <kernel/modinfo.hpp>
MODULE_LICENSE("GPL");
extern "C" int pump_speed();
extern "C" int pump_speed() { return 3; }
EXPORT_SYMBOL_GPL(pump_speed);
"""
PART = EXPORTS.replace('MODULE_LICENSE("GPL");\n', "")
C_INIT = """\
#include <linux/module.h>
static int __init pump_init(void) { return 0; }
module_init(pump_init);
MODULE_LICENSE("GPL");
"""
C_LICENSE = '#include <linux/module.h>\nMODULE_LICENSE("GPL");\n'

# By name: the sources of a module, by theirs
REFUSED = {
    "a class alone": {"one.cc": WITHOUT},
    "exports alone": {"one.cc": EXPORTS},
    "several sources": {"one.cc": WITHOUT, "two.cc": PART},
    "C that is a part": {"one.cc": EXPORTS, "two.c": "int pump_part(void);\nint pump_part(void) { return 3; }\n"},
}
ACCEPTED = {
    "a class": {"one.cc": MODULE, "two.cc": PART},
    "its init in C": {"one.c": C_INIT, "two.cc": PART},
    "its licence in C": {"one.c": C_LICENSE, "two.cc": PART},
    "C alone": {"one.c": C_LICENSE},
}


def by_kbuild(directory: Path, package: Path, kernel: Kernel, sources: dict[str, str]) -> KbuildProject:
    """The module with-pump of @sources, not built."""
    project = KbuildProject(directory, package, kernel.build)
    for name, text in sources.items():
        project.write(name, text)
    project.kbuild(f"obj-m := with-pump.o\nwith-pump-y := {' '.join(f'{Path(name).stem}.o' for name in sources)}\n")
    return project


def by_cmake(directory: Path, package: Path, kernel: Kernel, sources: dict[str, str]) -> CMakeProject:
    """The module with-pump of @sources, not built."""
    project = CMakeProject(directory / "source", directory / "build", package, kernel.build)
    for name, text in sources.items():
        project.write(name, text)
    project.lists(f"add_kernel_module(with-pump {' '.join(sources)})\n")
    return project


@pytest.mark.parametrize("series", SERIES)
@pytest.mark.parametrize("case", REFUSED)
def test_module_without_init_is_refused_by_kbuild(
    case: str, series: str, kernels: dict[str, Kernel], package: Path, tmp_path: Path
) -> None:
    """The error has the line to write, with the name, in each make; there is no module to load by mistake."""
    project = by_kbuild(tmp_path, package, kernels[series], REFUSED[case])
    for _ in range(2):
        result = project.make("--keep-going")
        assert result.returncode != 0
        assert NO_INIT.format(objects=" ".join(f"{Path(name).stem}.o" for name in REFUSED[case])) in result.stderr
        assert not (tmp_path / "with-pump.ko").exists()
    project.write("one.cc", MODULE)
    project.made()


@pytest.mark.parametrize("case", REFUSED)
def test_module_without_init_is_refused_by_cmake(case: str, kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> None:
    """CMake prints the same error; a source that gets the line makes the module."""
    project = by_cmake(tmp_path, package, kernels["6.12"], REFUSED[case])
    must(project.configure())
    result = project.make()
    assert result.returncode != 0
    assert NO_INIT.format(objects=" ".join(f"{name}.o" for name in REFUSED[case])) in result.stdout + result.stderr
    assert not [*project.build.rglob("with-pump.ko")]
    project.write("one.cc", MODULE)
    must(project.make())


@pytest.mark.parametrize("case", ACCEPTED)
def test_module_with_init_is_built(case: str, kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> None:
    """Kbuild builds the module once, and CMake builds it."""
    project = by_kbuild(tmp_path / "kbuild", package, kernels["6.12"], ACCEPTED[case])
    project.made()
    assert "with-pump" not in project.made()
    assert remarks(by_cmake(tmp_path / "cmake", package, kernels["6.12"], ACCEPTED[case]).made()) == []
