# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""kcxx new --from: the CMakeLists.txt of a Kbuild project builds what the project's own makefiles build."""

from __future__ import annotations

import shutil
import subprocess
import textwrap
from pathlib import Path

import pytest

from fixtures.cmake_project import MODULE, CMakeProject
from fixtures.commands import must, run
from fixtures.directories import made_once
from fixtures.exit_status import ExitStatus
from fixtures.fetched_kernels import Kernel


def module(calls: str = "0", before: str = "") -> str:
    """A module in C whose init returns @calls, which nothing optimises away"""
    return (
        f"#include <linux/module.h>\n{before}\n"
        f"static int __init start(void) {{ return {calls}; }}\nstatic void __exit stop(void) {{}}\n"
        'module_init(start);\nmodule_exit(stop);\nMODULE_LICENSE("GPL");\n'
    )


def part(name: str, value: str) -> str:
    """A function in C that returns @value"""
    return f"#include <linux/module.h>\nint {name}(void);\nint {name}(void) {{ return {value}; }}\n"


# A project with a folder for each shape: its makefiles pass LIMIT to Kbuild, as many do.
SHAPES = {
    "Makefile": """\
        ifneq ($(KERNELRELEASE),)
        obj-m := composite/ flags/ user/ old/ crlf/ assembly/ beside/ quoted/ shipped/ listed/ included/
        obj-$(CONFIG_PM) += deep/
        subdir-ccflags-y := -DEVERYWHERE=$(LIMIT)
        else
        KDIR ?= /lib/modules/$(shell uname -r)/build
        default:
        \t$(MAKE) -C $(KDIR) M=$(CURDIR) LIMIT=3 modules
        endif
        """,
    "composite/Makefile": """\
        obj-m := composite.o
        composite-objs := main.o second.o
        composite-$(CONFIG_PM) += power.o
        composite-$(CONFIG_NO_SUCH_OPTION) += missing.o
        """,
    "composite/main.c": module("second() + power()", "int second(void);\nint power(void);\n"),
    "composite/second.c": part("second", "EVERYWHERE") + "EXPORT_SYMBOL_GPL(second);\n",
    "composite/power.c": part("power", "7"),
    "composite/missing.c": part("missing", "8"),
    "user/Kbuild": "obj-m := user.o\n",
    "user/user.c": module("second()", "int second(void);\n"),
    "flags/Makefile": """\
        obj-m := flags.o
        flags-y := first.o other.o
        ccflags-y := -I$(src)/include -I$(srctree)/drivers/base -include $(src)/compat.h -Wno-unused-variable
        CFLAGS_other.o := -DGEAR=4 -O3
        CFLAGS_first.o := -I $(obj)/more
        """,
    "flags/include/gear.h": "#define TEETH 9\n",
    "flags/more/teeth.h": "#define MORE 11\n",
    "flags/compat.h": "#define COMPAT 2\n",
    "flags/first.c": module("other() + TEETH + MORE", "#include <gear.h>\n#include <teeth.h>\nint other(void);\n"),
    "flags/other.c": part("other", "GEAR * COMPAT"),
    "old/Makefile": "EXTRA_CFLAGS += -DOLD=5 -I$(PWD)/old/headers\nobj-m += old.o\nold-objs := old_main.o\n",
    "old/headers/of_old.h": "#define AGE 40\n",
    "old/old_main.c": module("OLD + AGE", "#include <of_old.h>\n"),
    "crlf/Makefile": "obj-m := crlf.o\r\nccflags-y := \\\r\n\t-DCR=6\r\n",
    "crlf/crlf.c": module("CR").replace("\n", "\r\n"),
    "assembly/Makefile": "obj-m := assembly.o\nassembly-y := main.o answer.o\nasflags-y := -DANSWER=42\nccflags-y := -DFOR_C=1\n",
    "assembly/main.c": module("answer() + FOR_C", "int answer(void);\n"),
    "assembly/answer.S": """\
        #include <linux/linkage.h>
        SYM_FUNC_START(answer)
        \tmovl $ANSWER, %eax
        \tRET
        SYM_FUNC_END(answer)
        """,
    "beside/Kbuild": "obj-m := beside.o\nccflags-y := -DOF_KBUILD=1\n",
    "beside/Makefile": "obj-m := not_this.o\n",
    "beside/beside.c": module("OF_KBUILD"),
    "quoted/Makefile": """\
        obj-m := quoted.o
        ccflags-y := -DTEXT='"a b, c"' -DPATH=\\"$(src)/quoted.c\\" -DDOLLAR='"$$5"' -D SPACED=3 -UUNSET '-DSUM(a,b)=((a)+(b))'
        """,
    "quoted/quoted.c": module("SUM(SPACED, sizeof(TEXT))", "const char *text(void);\nconst char *text(void) { return TEXT DOLLAR; }\n"),
    "shipped/Makefile": "obj-m := shipped.o\nshipped-y := main.o blob.o\n$(shell touch $(obj)/.blob.o.cmd)\n",
    "shipped/main.c": module("blob", "extern int blob;\n"),
    "listed/Makefile": "include $(src)/sources.mk\nobj-m := listed.o\nlisted-y := $(patsubst %.c,%.o,$(GENERIC_SOURCES))\n",
    "listed/sources.mk": "GENERIC_SOURCES := main.c sub/below.c\n",
    "listed/main.c": module("below()", "int below(void);\n"),
    "listed/sub/below.c": part("below", "12"),
    "included/Makefile": "obj-m := included.o\nldflags-y := -z noexecstack\n",
    "included/included.c": module("TABLE", '#include "table.inc"\n'),
    "included/table.inc": "#define TABLE 13\n",
    "deep/Makefile": "obj-m := one/\n",
    "deep/one/Makefile": "obj-m := deep.o\n",
    "deep/one/deep.c": module("EVERYWHERE"),
    "dkms.conf": """\
        PACKAGE_NAME="shapes"
        PACKAGE_VERSION="2.1"
        MAKE="make KDIR=$kernel_source_dir"
        AUTOINSTALL="yes"
        for name in composite user flags old crlf assembly beside quoted listed included deep; do
        \tBUILT_MODULE_NAME+=($name)
        \tDEST_MODULE_LOCATION+=(/updates)
        done
        """,
}  # fmt: skip
MODULES = [
    "assembly", "beside", "composite", "crlf", "deep", "flags", "listed", "included", "old", "quoted", "shipped", "user",
]  # fmt: skip


def write(folder: Path, files: dict[str, str]) -> Path:
    """@folder with @files"""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(textwrap.dedent(text).encode())
    return folder


def new_from(kcxx: Path, folder: Path, kernel: Kernel, *options: str) -> subprocess.CompletedProcess[str]:
    """kcxx new --from @folder, for @kernel"""
    return run(kcxx, "new", "--from", folder, "--kernel", str(kernel.build), *options)


def files_of(folder: Path) -> dict[str, bytes]:
    """Returns the files in @folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def with_object(folder: Path, kernel: Kernel) -> None:
    """An object without a source in shipped/, compiled by Kbuild"""
    work = write(folder.parent / f"{folder.name}-blob", {"Kbuild": "obj-m := blob.o\n", "blob.c": "int blob = 99;\n"})
    must(run("make", "-C", kernel.build, f"M={work}", "blob.o"))
    shutil.copy(work / "blob.o", folder / "shipped/blob.o_shipped")


@pytest.fixture(scope="session")
def converted(kernels: dict[str, Kernel], kcxx: Path, package: Path, run_directory: Path) -> CMakeProject:
    """SHAPES: in own/, built by its makefiles, in source/ converted and built by CMake, with both in one build."""
    kernel = kernels["6.12"]

    def make(directory: Path) -> None:
        source = write(directory / "source", SHAPES)
        with_object(source, kernel)
        shutil.copytree(source, directory / "own")
        before = files_of(source)
        result = new_from(kcxx, source, kernel)
        must(result)
        (directory / "said").write_text(result.stderr, encoding="utf-8")
        assert files_of(source).keys() - before.keys() == {"CMakeLists.txt"}
        must(run("sh", "-c", f"cd {directory}/own && make KDIR={kernel.build}")) # a shell sets PWD
        project = CMakeProject(source, directory / "build", package, kernel.build)
        project.made(f"-DKCXX_PROGRAM={kcxx}")

    directory = made_once(run_directory / "new-from", make)
    return CMakeProject(directory / "source", directory / "build", package, kernel.build)


@pytest.mark.parametrize("name", MODULES)
def test_cmake_builds_what_the_makefile_builds(name: str, converted: CMakeProject, tmp_path: Path) -> None:
    """Functions, data, symbols, texts, modinfo and CRCs of exports are the same."""
    own = converted.source.parent / "own"
    flat = tmp_path / "own"
    flat.mkdir()
    shutil.copy(next(own.rglob(f"{name}.ko")), flat)
    shutil.copy(own / "Module.symvers", flat)
    differences = run(
        "sh", converted.package / "share/cmake/kcxx/compare-modules.sh", converted.build / "kcxx/.kcxx/facts.sh",
        converted.module(name), flat / f"{name}.ko", tmp_path / "work", converted.source, own,
    )  # fmt: skip
    assert differences.stderr == ""
    # An object that comes as it is has its name in modinfo; nothing else may differ.
    said = [line for line in differences.stdout.splitlines() if "kcxx_prebuilt" not in line]
    assert said == []
    assert differences.returncode == (1 if name == "shipped" else 0)


def test_dkms_tree_of_a_converted_project_builds_the_same(converted: CMakeProject) -> None:
    """dkms.conf has become add_dkms_package(): its check passes."""
    assert (converted.build / "shapes-2.1/dkms.conf").exists()
    must(converted.make("shapes-dkms-check"))


def test_cmake_lists_is_as_an_author_writes_it(converted: CMakeProject) -> None:
    """Directories, definitions and options have their commands; options of the kernel's configuration are asked."""
    text = (converted.source / "CMakeLists.txt").read_text(encoding="utf-8")
    for part_of_it in [
        "add_kernel_module(user user/user.c)\n",
        "target_compile_definitions(user PRIVATE EVERYWHERE=3)\n",
        "target_link_libraries(user PRIVATE composite)\n",
        "set(composite_sources composite/main.c composite/second.c)\n",
        "kcxx_config(CONFIG_PM CONFIG_PM)\n",
        "if(CONFIG_PM)\n  list(APPEND composite_sources composite/power.c)\nendif()\n",
        "if(CONFIG_NO_SUCH_OPTION)\n  list(APPEND composite_sources composite/missing.c)\nendif()\n",
        "target_include_directories(flags PRIVATE\n",
        "${CMAKE_CURRENT_SOURCE_DIR}/flags/include",
        "${KCXX_KERNEL_SOURCE_DIR}/drivers/base",
        '"SHELL:-include ${CMAKE_CURRENT_SOURCE_DIR}/flags/compat.h"',
        "PREBUILT shipped/blob.o_shipped",
        "add_kernel_module_test(user.boots MODULES user composite)\n",
        "add_dkms_package(shapes VERSION 2.1\n",
    ]:
        assert part_of_it in text


def test_result_names_no_place_of_this_machine(converted: CMakeProject) -> None:
    """The text names neither the project's folder, nor the kernel's, nor that of the copy."""
    text = (converted.source / "CMakeLists.txt").read_text(encoding="utf-8")
    for place in (converted.source, converted.kernel, Path("/tmp"), converted.source.parent):
        assert str(place) not in text


# The ways into Kbuild, and what there is besides modules: one project, of which CMakeLists.txt alone is looked at
# ---------------------------------------------------------------------------------------------------------------


def printed(kcxx: Path, folder: Path, kernels: dict[str, Kernel]) -> str:
    """The CMakeLists.txt for @folder, of which nothing changes"""
    before = files_of(folder)
    text = must(new_from(kcxx, folder, kernels["6.12"], "--print"))
    assert files_of(folder) == before
    return text


def remarks_in(text: str) -> list[str]:
    """Returns the remarks that the CMakeLists.txt @text begins with."""
    return [line.removeprefix("#   ") for line in text.splitlines() if line.startswith("#   ")]


def test_what_is_not_carried_is_printed_and_written(kcxx: Path, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """A generated header, a program, an install rule, a branch, flags of the linker: one line each, in both places."""
    project = write(tmp_path / "pump", {
        "Makefile": """\
            ifneq ($(KERNELRELEASE),)
            obj-m := pump.o
            ldflags-y := -z noexecstack
            ifeq ($(CONFIG_64BIT),y)
            ccflags-y += -DWIDE
            endif
            else
            all: config.h pump-tool
            \t$(MAKE) -C /lib/modules/$(shell uname -r)/build M=$(CURDIR)
            config.h:
            \tsh conftest.sh > $@
            pump-tool: tool.c
            \t$(CC) -o $@ tool.c
            install: all
            \t$(MAKE) -C /lib/modules/$(shell uname -r)/build M=$(CURDIR) modules_install
            \tinstall -m 644 60-pump.rules /etc/udev/rules.d
            endif
            """,
        "conftest.sh": "echo '#define HAVE_IT 1'\n",
        "tool.c": "int main(void) { return 0; }\n",
        "60-pump.rules": "",
        "pump.c": module("HAVE_IT + WIDE", '#include "config.h"\n'),
    })  # fmt: skip
    result = new_from(kcxx, project, kernels["6.12"])
    must(result)
    text = (project / "CMakeLists.txt").read_text(encoding="utf-8")
    remarks = remarks_in(text)
    assert [line.removeprefix("kcxx: ") for line in result.stderr.splitlines()] == remarks
    release = kernels["6.12"].release
    for expected in [
        "config.h is generated by the project's makefiles: add_custom_command(), configure_file() or a probe has to make it",
        "pump-tool is a program for user space: add_executable()",
        "'make install' does more than to install modules, for install() or add_dkms_package() with UDEV_RULES and the like: install -m 644 60-pump.rules /etc/udev/rules.d",
        f"conditions, of which the branch for {release} was taken: Makefile:4",
        "pump is linked with -z noexecstack: kcxx links modules with the flags of the kernel alone",
    ]:
        assert expected in remarks
    assert len(remarks) == 5
    assert "target_compile_definitions(pump PRIVATE WIDE)\n" in text


DKMS_CONF = """\
PACKAGE_NAME="Pump_Motor"
PACKAGE_VERSION="v1.2-3"
MAKE="make -C $kernel_source_dir M=$dkms_tree/$PACKAGE_NAME/$PACKAGE_VERSION/build LIMIT=5"
BUILT_MODULE_NAME[0]="pump"
DEST_MODULE_LOCATION[0]="/kernel/drivers/misc/"
PATCH[0]="old.patch"
PATCH_MATCH[0]="^6\\.1\\."
POST_INSTALL="tools/announce $kernelver ${arch}"
PRE_BUILD=configure
BUILD_EXCLUSIVE_ARCH="(x86_64|i.86)"
BUILD_EXCLUSIVE_CONFIG="CONFIG_PM !CONFIG_NOPE"
BUILD_EXCLUSIVE_KERNEL_MIN="5.10"
BUILD_DEPENDS[0]="gauge"
REMAKE_INITRD="yes"
if [ "${kernelver%%.*}" -lt 5 ]; then
	BUILT_MODULE_NAME[0]="old_pump"
fi
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_dkms_conf_becomes_add_dkms_package(ends: str, kcxx: Path, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """bash reads it as DKMS does: its variables, arrays and conditions. MAKE passes a variable to a plain Kbuild file."""
    project = write(tmp_path / "pump", {
        "Makefile": "obj-m := pump.o\nccflags-y := -DLIMIT=$(LIMIT)\n",
        "pump.c": module("LIMIT"),
        "dkms.conf": DKMS_CONF.replace("\n", ends),
        "patches/old.patch": "",
        "tools/announce": "#!/bin/sh\n",
        "configure": "#!/bin/sh\n",
    })  # fmt: skip
    (project / "configure").chmod(0o755)
    text = printed(kcxx, project, kernels)
    assert "target_compile_definitions(pump PRIVATE LIMIT=5)\n" in text
    assert text[text.index("add_dkms_package(") : text.index("\n# Boots")].split("\n  ") == [
        "add_dkms_package(pump-motor VERSION 1.2+3",
        "MODULES pump",
        "DESTINATION /kernel/drivers/misc",
        "KERNEL_MIN 5.10",
        "ARCH x86_64",
        "REQUIRES CONFIG_PM",
        "AUTOINSTALL OFF",
        "DEPENDS_ON gauge",
        'PATCHES "patches/old.patch@^6\\\\.1\\\\."',
        "PRE_BUILD configure",
        "POST_INSTALL tools/announce [[$kernelver]] [[$arch]])\n",
    ]
    said = "\n".join(remarks_in(text))
    for word in ["PACKAGE_NAME 'Pump_Motor'", "PACKAGE_VERSION 'v1.2-3'", "!CONFIG_NOPE", "REMAKE_INITRD", "PRE_BUILD", "BUILT_MODULE_NAME other for Linux 2.6.32"]:
        assert word in said


def test_object_of_an_option_of_the_project_itself_is_taken(kcxx: Path, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """CONFIG_PUMP=m on the command line of make: the kernel knows nothing of it, and no condition is written."""
    project = write(tmp_path / "pump", {
        "Kbuild": "obj-$(CONFIG_PUMP) := pump.o\npump-y := main.o\npump-$(CONFIG_PUMP_LOG) += log.o\nobj-$(CONFIG_GAUGE) += gauge.o\n",
        "Makefile": "all:\n\tmake -C /lib/modules/$$(uname -r)/build M=$$PWD CONFIG_PUMP=m CONFIG_PUMP_LOG=y\n",
        "main.c": module(),
        "log.c": part("log", "1"),
        "gauge.c": module(),
    })  # fmt: skip
    text = printed(kcxx, project, kernels)
    assert "add_kernel_module(pump main.c log.c)\n" in text
    assert any(line.startswith("log.o is part of the module pump: the project itself decides CONFIG_PUMP_LOG") for line in remarks_in(text))
    assert "gauge.o is built where CONFIG_GAUGE is m, which it is not here: not carried" in remarks_in(text)


def test_calls_of_kbuild_keep_their_flags(kcxx: Path, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """Two folders, a call each, which compile a source that they share: each with its own flags; symbols are known."""
    rules = "all:\n\tmake -C $(KDIR) M=$(CURDIR) modules\nendif\n"
    project = write(tmp_path / "pumps", {
        "Makefile": "KDIR ?= /lib/modules/$(shell uname -r)/build\nifeq ($(wildcard $(KDIR)),)\n$(error no headers)\nendif\n"
        "all:\n\t$(MAKE) -C a KDIR=$(KDIR)\n\t$(MAKE) -C b KDIR=$(KDIR)\n",
        "a/Makefile": "ifneq ($(KERNELRELEASE),)\nobj-m := a.o\na-y := main.o ../common/shared.o\nelse\n" + rules,
        "a/main.c": module("shared()", "int shared(void);\nint of_a(void);\nint of_a(void) { return 1; }\nEXPORT_SYMBOL(of_a);\n"),
        "b/Makefile": "ifneq ($(KERNELRELEASE),)\nobj-m := b.o\nb-objs := main.o ../common/shared.o\n"
        "KBUILD_EXTRA_SYMBOLS := $(src)/../a/Module.symvers\nccflags-y := -I$(src)/../common\nelse\n" + rules,
        "b/main.c": module("shared() + of_a()", "#include <shared.h>\nint of_a(void);\n"),
        "common/shared.h": "int shared(void);\n",
        "common/shared.c": '#include "shared.h"\nint shared(void) { return 3; }\n',
    })  # fmt: skip
    text = printed(kcxx, project, kernels)
    assert (
        "add_kernel_module(a a/main.c common/shared.c)\n\n"
        "add_kernel_module(b b/main.c common/shared.c)\n"
        "target_include_directories(b PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/common)\n\n"
        "target_link_libraries(b PRIVATE a)\n"
    ) in text


def test_module_of_an_option_of_the_kernel_requires_it(kcxx: Path, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """obj-$(CONFIG_X) of a kernel that has CONFIG_X=m"""
    auto = (kernels["6.12"].build / "include/config/auto.conf").read_text(encoding="utf-8")
    option = next(line for line in auto.splitlines() if line.endswith("=m")).removesuffix("=m")
    project = write(tmp_path / "pump", {"Kbuild": f"obj-$({option}) := pump.o\n", "pump.c": module()})
    assert f"add_kernel_module(pump pump.c REQUIRES {option})\n" in printed(kcxx, project, kernels)


def test_module_of_kcxx_is_read_as_well(kcxx: Path, kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> None:
    """A Kbuild file that includes kcxx's: C++ sources, flags per language."""
    project = write(tmp_path / "pump", {
        "Kbuild": "obj-m := pump.o\npump-y := pump.o part.o\nccflags-y := -DBOTH\ncxxflags-y := -DCXX_ALONE\n"
        f"include {package}/share/kcxx/kbuild/Makefile.cxx\n",
        "pump.cc": MODULE,
        "part.c": part("part", "1"),
    })  # fmt: skip
    text = printed(kcxx, project, kernels)
    assert "project(pump LANGUAGES C CXX)\n" in text
    assert "add_kernel_module(pump pump.cc part.c)\n" in text
    assert '"$<$<COMPILE_LANGUAGE:CXX>:CXX_ALONE>"' in text
    assert '"$<$<COMPILE_LANGUAGE:C>:BOTH>"' in text


# Refusals
# ---------------------------------------------------------------------------------------------------------------

REFUSED = {
    "no makefile": ({"pump.c": module()}, "no kernel module of a Kbuild file or Makefile", "no Kbuild and no Makefile"),
    "no obj-m": ({"Makefile": "all:\n\ttrue\n"}, "no kernel module of a Kbuild file or Makefile", "no obj-m"),
    "make fails": ({"Makefile": "$(error the moon is full)\n"}, "no kernel module of a Kbuild file or Makefile", "the moon is full"),
    "no source": ({"Kbuild": "obj-m := pump.o\npump-y := main.o lost.o\n", "main.c": module()}, "an object has no source", "lost.o in the module pump, and no lost.c"),
    "Rust": ({"Kbuild": "obj-m := pump.o\n", "pump.rs": ""}, "a module in Rust", "pump.rs"),
    "reserved name": ({"Kbuild": "obj-m := test.o\n", "test.c": module()}, "'test' cannot be the name of a module", "CMake has a target of that name"),
    "two of one name": (
        {"Kbuild": "obj-m := a/ b/\n", "a/Kbuild": "obj-m := pump.o\n", "a/pump.c": module(), "b/Kbuild": "obj-m := pump.o\n", "b/pump.c": module()},
        "two modules have one name", "pump, in two folders",
    ),
    "a b": ({"Kbuild": "obj-m := pump.o\n", "pump.c": module()}, "Kbuild cannot work in this path", "a b"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_project_that_cannot_be_carried_is_refused(case: str, kcxx: Path, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """The project is left as it is, and one error with status 3 has the cause and the remedy."""
    files, what, found = REFUSED[case]
    project = write(tmp_path / (case if case == "a b" else "pump"), files)
    project.mkdir(exist_ok=True)
    before = files_of(project)
    result = new_from(kcxx, project, kernels["6.12"])
    assert result.returncode == ExitStatus.INPUT
    assert result.stderr.startswith(f"kcxx: {what}")
    assert found in result.stderr
    assert "\n  needed: " in result.stderr and "\n  type:   " in result.stderr
    assert result.stdout == ""
    assert files_of(project) == before


def test_cmake_lists_that_is_there_stays(kcxx: Path, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """Status 3, and the way to see what would be written."""
    project = write(tmp_path / "pump", {"Kbuild": "obj-m := pump.o\n", "pump.c": module(), "CMakeLists.txt": "mine\n"})
    result = new_from(kcxx, project, kernels["6.12"])
    assert result.returncode == ExitStatus.INPUT
    assert "there is a CMakeLists.txt already" in result.stderr
    assert f"type:   kcxx new --from {project} --print" in result.stderr
    assert (project / "CMakeLists.txt").read_text(encoding="utf-8") == "mine\n"
    assert "add_kernel_module(pump pump.c)\n" in printed(kcxx, project, kernels)


def test_nothing_of_the_copy_stays(kcxx: Path, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """The project builds itself below TMPDIR, which is empty afterwards, whether that worked or not."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    for files, status in (({"Kbuild": "obj-m := pump.o\n", "pump.c": module()}, 0), ({"Kbuild": "obj-m := lost.o\n"}, ExitStatus.INPUT)):
        project = write(tmp_path / f"pump-{status}", files)
        result = run(kcxx, "new", "--from", project, "--kernel", kernels["6.12"].build, env={"TMPDIR": str(scratch)})
        assert result.returncode == status, result.stderr
        assert list(scratch.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("--from", "nowhere"), "no such project"),
        (("pump", "--from", "."), "kcxx new --from writes no new project"),
        (("--from", ".", "--dkms"), "kcxx new --from writes no new project"),
        ((), "kcxx new: name is required"),
    ],
)
def test_wrong_call(arguments: tuple[str, ...], what: str, kcxx: Path, tmp_path: Path) -> None:
    """Status 2, with what to type"""
    result = run(kcxx, "new", *arguments, cwd=tmp_path)
    assert result.returncode == ExitStatus.USAGE
    assert f"kcxx: {what}" in result.stderr
    assert "type:" in result.stderr
    assert list(tmp_path.iterdir()) == []
