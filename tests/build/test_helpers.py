# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""C helpers: compiled when a module calls them, and only then, whichever way it is built."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from cmake_project import CMakeProject
from conftest import REPOSITORY, Kernel, must, run
from kbuild_project import KbuildProject, steps

NEEDED = REPOSITORY / "kbuild/needed-helpers.sh"

BARE = """\
#include <kernel/prelude.hpp>
MODULE_LICENSE("GPL");
#define DECLARED(...) __VA_ARGS__
using namespace kernel;
namespace {
struct Subject {
	static Result<Subject> init(ThisModule &) { /* here */ return Subject{}; }
};
}
KERNEL_MODULE(Subject);
"""


def calling(code: str, declared: str = "") -> str:
    """A module that runs @code at load, and includes or declares @declared before."""
    return BARE.replace("/* here */", code).replace("#define DECLARED(...) __VA_ARGS__\n", declared)


RANDOM = calling(
    'unsigned int number = kcxx_get_random_u32_below(1); pr_info("got %u\\n", number);',
    'extern "C" unsigned int kcxx_get_random_u32_below(unsigned int ceiling);\n',
)
ABSTRACT = calling(
    "return {std::in_place};",
    "struct Shape { Shape(); virtual int area() = 0; virtual int edge() = delete; };\nShape::Shape() {}\n",
)
SLEEP = calling("kcxx_might_sleep();", 'extern "C" void kcxx_might_sleep();\n')


def helpers(directory: Path) -> set[str]:
    """The helpers that were compiled anywhere in @directory, but for what every module has: kcxx_bug()."""
    return {path.stem for path in directory.rglob("helpers/*.o")} - {"bug"}


def virtual_slots(module: Path) -> set[str]:
    """Returns the symbols of @module, defined or undefined, that belong to vtable slots of functions without a body."""
    return set(re.findall(r"\b__cxa_\w+|\bkcxx_bug$|\b_printk$", must(run("nm", module)), re.M))


def defined_helpers() -> list[str]:
    """The functions of all files of helpers/ that have a prototype before their body, as the kernel's style asks."""
    text = "".join(path.read_text(encoding="utf-8") for path in sorted((REPOSITORY / "kbuild/helpers").glob("*.c")))
    return sorted({*re.findall(r"^[\w \t*]+?\b(kcxx_\w+)\([^;{]*\)(?=\n\{)", text, re.M)})


SLOTS = {"plain": set(), "abstract": {"__cxa_pure_virtual", "__cxa_deleted_virtual", "kcxx_bug", "_printk"}}


def test_kbuild_links_virtual_slots_where_a_module_has_them(package: Path, kernel: Kernel, tmp_path: Path) -> None:
    """GCC refers to them weakly: a module with an abstract class defines them, another has nothing of them."""
    project = KbuildProject(tmp_path, package, kernel.build)
    project.write("plain.cc", BARE)
    project.write("abstract.cc", ABSTRACT)
    project.kbuild("obj-m := plain.o abstract.o\n")
    project.made()
    assert {name: virtual_slots(project.module(name)) for name in SLOTS} == SLOTS


def test_cmake_links_virtual_slots_where_a_module_has_them(package: Path, kernel: Kernel, tmp_path: Path) -> None:
    """CMake links the virtual slots into the same modules as Kbuild."""
    project = CMakeProject(tmp_path / "project", tmp_path / "build", package, kernel.build)
    project.write("plain.cc", BARE)
    project.write("abstract.cc", ABSTRACT)
    project.lists("add_kernel_module(plain plain.cc)\nadd_kernel_module(abstract abstract.cc)\n")
    project.made()
    assert {name: virtual_slots(project.build / f"{name}.ko") for name in SLOTS} == SLOTS


def test_one_module_links_with_every_helper(package: Path, kernel: Kernel, tmp_path: Path) -> None:
    """No two files define the same symbol: a module may use all of the library."""
    names = defined_helpers()
    assert len(names) > 200
    project = KbuildProject(tmp_path, package, kernel.build)
    declared = "".join(f'extern "C" char {name}[];\n' for name in names)
    table = "extern char *const everything[]; char *const everything[] = {\n" + ",\n".join(names) + "};\n"
    project.write("everything.cc", BARE)
    project.write("table.cc", declared + table)
    project.kbuild("obj-m := all.o\nall-y := everything.o table.o\n")
    said = project.made("KBUILD_MODPOST_WARN=1")
    assert "multiple definition" not in said
    assert {"debugfs", "inode", "uaccess", "workqueue"} <= helpers(tmp_path)


@pytest.fixture
def by_kbuild(package: Path, kernel: Kernel, tmp_path: Path) -> KbuildProject:
    """Two modules in one directory, with a package of their own; not built."""
    shutil.copytree(package, tmp_path / "package")
    project = KbuildProject(tmp_path / "project", tmp_path / "package", kernel.build)
    project.write("one.cc", BARE)
    project.write("two.cc", SLEEP)
    project.kbuild("obj-m := one.o two.o\n")
    return project


@pytest.fixture
def by_cmake(package: Path, kernel: Kernel, tmp_path: Path) -> CMakeProject:
    """The two modules in one CMake project."""
    shutil.copytree(package, tmp_path / "package")
    project = CMakeProject(tmp_path / "project", tmp_path / "build", tmp_path / "package", kernel.build)
    project.write("one.cc", BARE)
    project.write("two.cc", SLEEP)
    project.lists("add_kernel_module(one one.cc)\nadd_kernel_module(two two.cc)\n")
    return project


def kcxx_symbols(module: Path) -> set[str]:
    """The helpers' functions in @module."""
    return set(re.findall(r" [tTwW] (kcxx_\w+)$", must(run("nm", module)), re.M)) - {"kcxx_bug", "kcxx_abort"}


# needed-helpers.sh


def needed(tmp_path: Path, source: str, kbuild: Path = NEEDED.parent) -> list[str]:
    """Returns the output of needed-helpers.sh for C @source."""
    (tmp_path / "source.c").write_text(source, encoding="utf-8")
    must(run("gcc", "-c", "-o", tmp_path / "source.o", tmp_path / "source.c"))
    return must(run("sh", kbuild / "needed-helpers.sh", tmp_path / "source.o")).split()


@pytest.fixture
def own_kbuild(tmp_path: Path) -> Path:
    """needed-helpers.sh with no helpers."""
    (tmp_path / "kbuild/helpers").mkdir(parents=True)
    shutil.copy(NEEDED, tmp_path / "kbuild")
    return tmp_path / "kbuild"


CALLS = "extern int kcxx_sought(); int caller(void) { return kcxx_sought(); }\n"


@pytest.mark.parametrize(
    "definition",
    [
        "int kcxx_sought(int a, int (*b)(void));\nint kcxx_sought(int a, int (*b)(void))\n{\n\treturn a;\n}\n",
        "static int other(void) { return '{'; }\nstruct kcxx_x *kcxx_sought(void)\n{\n}\n",
        "const char *brace = \"{\";\nint __printf(3, 0) kcxx_sought(const char *format, ...)\n{\n}\n",
        "int kcxx_sought;\n",
        "int kcxx_sought __aligned(8) = 3;\n",
        "struct x kcxx_sought = {.a = 1};\n",
        "int kcxx_sought[3];\n",
        "DEFINE_MUTEX(kcxx_sought);\n",
        "#if defined(CONFIG_A) && \\\n\tdefined(CONFIG_B)\n#include <linux/no.h>\n"
        "int kcxx_sought(void)\n{\n\treturn 1;\n}\n#else\n#error no\n#endif\n",
        "#define DEFINE(a, b)    \\\n\tint kcxx_##a##_##b(void)   \\\n\t{ return 0; }\n"
        "#define ALL(a) DEFINE(a, b)\nALL(not) DEFINE(not, c)\n"
        "#define ONE(a) int kcxx_##a(void) { return 0; }\nONE(sought)\n",
    ],
)
def test_definition_of_each_kind_is_found(definition: str, own_kbuild: Path, tmp_path: Path) -> None:
    """A function or a variable, whether a macro made its name, whatever condition it stands under."""
    (own_kbuild / "helpers/sought.c").write_text(definition, encoding="utf-8")
    (own_kbuild / "helpers/other.c").write_text(
        "extern int kcxx_sought(void);\nextern int kcxx_variable;\nint kcxx_other(void)\n{\n\treturn kcxx_sought();\n}\n",
        encoding="utf-8",
    )
    assert needed(tmp_path, CALLS, own_kbuild) == ["sought"]


def test_helper_of_a_helper_is_needed(own_kbuild: Path, tmp_path: Path) -> None:
    """A chain of helpers is followed to its end, even in a circle."""
    for name, callee in {"a": "b", "b": "c", "c": "a", "d": "a"}.items():
        (own_kbuild / f"helpers/{name}.c").write_text(
            f"void kcxx_{callee}(void);\nvoid kcxx_{name}(void);\nvoid kcxx_{name}(void)\n{{\n\tkcxx_{callee}();\n}}\n",
            encoding="utf-8",
        )
    assert needed(tmp_path, "void kcxx_b(void); void f(void) { kcxx_b(); }", own_kbuild) == ["a", "b", "c"]


def test_object_without_calls_needs_none(tmp_path: Path) -> None:
    """An object with its own symbols alone needs no helper."""
    assert needed(tmp_path, "int kcxx_mutex_lock; int f(void) { return kcxx_mutex_lock; }") == []


def test_every_helper_that_a_header_declares_is_found(tmp_path: Path) -> None:
    """Each function of a helper that C++ knows of is found in one of the files."""
    declared = {
        name
        for header in (REPOSITORY / "kbuild/include/kernel").glob("*.hpp")
        for name in re.findall(r"^[^/\n]*\b(kcxx_[a-z]\w*)\(", header.read_text(encoding="utf-8"), re.M)
    } - {"kcxx_abort"}
    lost = []
    for number, name in enumerate(sorted(declared)):
        (tmp_path / f"{number}.c").write_text(f"extern char {name}[]; char *p = {name};\n", encoding="utf-8")
    must(run("gcc", "-c", *(f"{number}.c" for number in range(len(declared))), cwd=tmp_path))
    for number, name in enumerate(sorted(declared)):
        if len(must(run("sh", NEEDED, tmp_path / f"{number}.o")).split()) == 0:
            lost.append(name)
    assert lost == []


@pytest.mark.parametrize("shell", [("dash",), ("bash",), ("busybox", "sh")])
def test_needed_helpers_in_every_shell(shell: tuple[str, ...], tmp_path: Path) -> None:
    """The script needs no particular shell, nor awk, nor sed."""
    needed(tmp_path, "void kcxx_atomic_fetch_add_relaxed(void); void f(void) { kcxx_atomic_fetch_add_relaxed(); }")
    tools = tmp_path / "tools"
    tools.mkdir()
    if shell[0] == "busybox":
        for name in ("awk", "sed", "tr"):
            (tools / name).symlink_to("/bin/busybox")
    path = {"PATH": f"{tools}:{must(run('sh', '-c', 'echo $PATH')).strip()}"}
    assert must(run(*shell, NEEDED, tmp_path / "source.o", env=path)).split() == ["atomic"]


# Kbuild


def test_only_needed_helpers_are_compiled_by_kbuild(by_kbuild: KbuildProject) -> None:
    """The helpers of both modules of a directory, each in the module that calls it, and no other."""
    by_kbuild.made("-j4")
    assert "context" in helpers(by_kbuild.directory)
    assert not {"mutex", "random", "cdev", "atomic"} & helpers(by_kbuild.directory)
    assert "kcxx_might_sleep" in kcxx_symbols(by_kbuild.module("two"))
    assert "kcxx_might_sleep" not in kcxx_symbols(by_kbuild.module("one"))


def test_edit_that_calls_another_helper_links_and_loads_by_kbuild(by_kbuild: KbuildProject, kcxx: Path) -> None:
    """The helper is compiled and linked in the same run of make; nothing is left to do after it."""
    by_kbuild.made("-j4")
    before = helpers(by_kbuild.directory)
    by_kbuild.write("one.cc", RANDOM)
    done = steps(by_kbuild.made("-j4"))
    assert [path for what, path in done if what == "CC" and "helpers/" in path] == [".kcxx/helpers/random.o"]
    assert helpers(by_kbuild.directory) == before | {"random"}
    assert steps(by_kbuild.made()) == []
    assert "one: got 0" in must(run(kcxx, "boot", by_kbuild.module("one")))


def test_edit_that_calls_a_helper_no_more_by_kbuild(by_kbuild: KbuildProject) -> None:
    """The module is without it, and the next make has nothing to do."""
    by_kbuild.made()
    by_kbuild.write("two.cc", BARE)
    by_kbuild.made()
    assert "kcxx_might_sleep" not in kcxx_symbols(by_kbuild.module("two"))
    assert "context" not in (by_kbuild.directory / ".kcxx/needed").read_text(encoding="utf-8").split()
    assert steps(by_kbuild.made()) == []


def test_changed_helper_is_compiled_again_by_kbuild(by_kbuild: KbuildProject) -> None:
    """A helper that is called; one that is not, is none of the build's business."""
    by_kbuild.made()
    source = by_kbuild.package / "share/kcxx/kbuild/helpers"
    for name in ("context", "random"):
        text = (source / f"{name}.c").read_text(encoding="utf-8")
        (source / f"{name}.c").write_text(text + "/* changed */\n", encoding="utf-8")
    done = steps(by_kbuild.made())
    assert [path for what, path in done if what == "CC" and "helpers/" in path] == [".kcxx/helpers/context.o"]
    assert ("LD", "two.ko") in done


def test_flags_of_the_user_do_not_reach_helpers_but_sources(by_kbuild: KbuildProject) -> None:
    """ccflags-y and cxxflags-y: of every source of the directory, whoever asks for it first, and of no helper."""
    by_kbuild.write("part.c", "int part(void);\nint part(void) { return OF_THE_USER; }\n")
    by_kbuild.write("one.cc", f"static_assert(OF_THE_USER == 1 && OF_CXX == 1);\n{BARE}")
    by_kbuild.write("two.cc", f"static_assert(OF_THE_USER == 1 && OF_CXX == 1);\n{SLEEP}")
    by_kbuild.kbuild(
        "obj-m := one.o two.o\ntwo-y := two.o part.o\nccflags-y := -DOF_THE_USER=1\ncxxflags-y := -DOF_CXX=1\n"
    )
    by_kbuild.made("-j4")
    assert steps(by_kbuild.made()) == []
    for record in (by_kbuild.directory / ".kcxx/helpers").glob(".*.cmd"):
        assert "OF_THE_USER" not in record.read_text(encoding="utf-8")


# CMake


def test_only_needed_helpers_are_compiled_by_cmake(by_cmake: CMakeProject) -> None:
    """None at configuration, and then those of both modules of a project, each in the module that calls it."""
    must(by_cmake.configure())
    assert helpers(by_cmake.build) == set()
    must(by_cmake.make())
    assert "context" in helpers(by_cmake.build)
    assert not {"mutex", "random", "cdev", "atomic"} & helpers(by_cmake.build)
    assert "kcxx_might_sleep" in kcxx_symbols(by_cmake.module("two"))
    assert "kcxx_might_sleep" not in kcxx_symbols(by_cmake.module("one"))
    assert by_cmake.pending().nothing


@pytest.mark.parametrize("generator", ["Ninja", "Unix Makefiles"])
def test_edit_that_calls_another_helper_links_and_loads_by_cmake(
    generator: str, by_cmake: CMakeProject, kcxx: Path
) -> None:
    """The helper is compiled and linked in the same build; nothing is left to do after it."""
    by_cmake.generator = generator
    by_cmake.made()
    before = helpers(by_cmake.build)
    by_cmake.write("one.cc", RANDOM)
    must(by_cmake.make())
    assert helpers(by_cmake.build) == before | {"random"}
    again = must(by_cmake.make())
    assert "Building" not in again
    assert "Linking" not in again
    assert "one: got 0" in must(run(kcxx, "boot", by_cmake.module("one")))


def test_changed_helper_is_compiled_again_by_cmake(by_cmake: CMakeProject) -> None:
    """A changed helper is compiled again, no C++ is compiled, and the module has the change."""
    by_cmake.made()
    source = by_cmake.package / "share/kcxx/kbuild/helpers/context.c"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("might_sleep();", 'pr_info("raspberry\\n");'), encoding="utf-8")
    assert "raspberry" not in must(run("strings", by_cmake.module("two")))
    said = must(by_cmake.make())
    assert "Building CXX" not in said
    assert "raspberry" in must(run("strings", by_cmake.module("two")))
    assert by_cmake.pending().nothing


def test_headers_of_a_helper_are_watched_by_cmake(by_cmake: CMakeProject) -> None:
    """A header that a helper includes is watched, whether or not CMake ran since."""
    header = by_cmake.package / "share/kcxx/kbuild/helpers/flavour.h"
    source = header.with_name("context.c")
    header.write_text('#define FLAVOUR "vanilla\\n"\n', encoding="utf-8")
    text = source.read_text(encoding="utf-8").replace("might_sleep();", "pr_info(FLAVOUR);")
    source.write_text(f'#include "flavour.h"\n{text}', encoding="utf-8")
    by_cmake.made()
    for flavour in ("mint", "lemon"):
        header.write_text(f'#define FLAVOUR "{flavour}\\n"\n', encoding="utf-8")
        must(by_cmake.make())
        assert flavour in must(run("strings", by_cmake.module("two")))
        assert by_cmake.pending().nothing


# Both


def test_modules_are_the_same_both_ways(by_cmake: CMakeProject, kernel: Kernel, package: Path) -> None:
    """A module has the same functions of helpers by CMake and by Kbuild."""
    by_cmake.made()
    project = KbuildProject(by_cmake.source, package, kernel.build)
    project.kbuild("obj-m := one.o two.o\n")
    project.made()
    for name in ("one", "two"):
        assert kcxx_symbols(project.module(name)) == kcxx_symbols(by_cmake.module(name))


def test_module_alone_is_made_beside_one_that_does_not_compile(by_kbuild: KbuildProject) -> None:
    """make two.ko looks at the objects of that module, and of no other."""
    by_kbuild.write("one.cc", "nothing of C++\n")
    by_kbuild.made("two.ko")
    assert by_kbuild.module("two").exists()
    assert by_kbuild.make().returncode != 0
