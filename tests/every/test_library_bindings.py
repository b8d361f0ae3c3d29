# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The library's bindings: made once for a build directory, of the kernel's C that the library's headers name."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures.cmake_project import CMakeProject
from fixtures.commands import must, run
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject, steps

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
    'unsigned int number = random_below(1); pr_info("got %u\\n", number);', "#include <kernel/random.hpp>\n"
)
ABSTRACT = calling(
    "return {std::in_place};",
    "struct Shape { Shape(); virtual int area() = 0; virtual int edge() = delete; };\nShape::Shape() {}\n",
)
SLEEP = calling("might_sleep();", "#include <kernel/context.hpp>\n")

SLOTS = {"plain": set(), "abstract": {"__cxa_pure_virtual", "__cxa_deleted_virtual", "kcxx_bug", "_printk"}}


def virtual_slots(module: Path) -> set[str]:
    """Returns the symbols of @module, defined or undefined, that belong to vtable slots of functions without a body."""
    return set(re.findall(r"\b__cxa_\w+|\bkcxx_bug$|\b_printk$", must(run("nm", module)), re.M))


def functions_of_c(module: Path) -> set[str]:
    """Returns the functions of helpers/ that @module has out of line."""
    return set(re.findall(r" [tTwW] (kcxx_\w+)$", must(run("nm", module)), re.M)) - {"kcxx_bug", "kcxx_abort"}


# The runtime


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


# Projects


@pytest.fixture
def by_kbuild(package: Path, kernel: Kernel, tmp_path: Path) -> KbuildProject:
    """Two modules in one directory, with a package of their own; not built."""
    shutil.copytree(package, tmp_path / "kbuild/package")
    project = KbuildProject(tmp_path / "kbuild/project", tmp_path / "kbuild/package", kernel.build)
    project.write("one.cc", BARE)
    project.write("two.cc", SLEEP)
    project.kbuild("obj-m := one.o two.o\n")
    return project


@pytest.fixture
def by_cmake(package: Path, kernel: Kernel, tmp_path: Path) -> CMakeProject:
    """The two modules in one CMake project."""
    shutil.copytree(package, tmp_path / "cmake/package")
    project = CMakeProject(tmp_path / "cmake/project", tmp_path / "build", tmp_path / "cmake/package", kernel.build)
    project.write("one.cc", BARE)
    project.write("two.cc", SLEEP)
    project.lists("add_kernel_module(one one.cc)\nadd_kernel_module(two two.cc)\n")
    return project


@pytest.fixture(params=["kbuild", "cmake"])
def by_both(
    request: pytest.FixtureRequest, by_kbuild: KbuildProject, by_cmake: CMakeProject
) -> CMakeProject | KbuildProject:
    """The two modules, by either way in turn"""
    return {"kbuild": by_kbuild, "cmake": by_cmake}[request.param]


def helper(project: CMakeProject | KbuildProject, name: str) -> Path:
    """The C header @name of the project's own package."""
    return project.package / f"share/kcxx/kbuild/helpers/{name}.h"


def change(path: Path, old: str, new: str) -> None:
    """Replaces @old, which @path has, by @new."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# Functions in modules


def test_helpers_leave_no_function_in_a_module(by_kbuild: KbuildProject) -> None:
    """Functions of helpers/ become C++ inline functions: a module has none of them, whether it calls them or not."""
    by_kbuild.made()
    assert {name: functions_of_c(by_kbuild.module(name)) for name in ("one", "two")} == {"one": set(), "two": set()}


# C takes an int for an enum, and C++ does not.
REFUSED_BY_CXX = """
enum kcxx_flavour { KCXX_VANILLA, KCXX_MINT };
static inline int kcxx_taste(enum kcxx_flavour flavour) { return flavour + 4711; }
static inline int kcxx_flavoured(int number) { return kcxx_taste(number); }
"""
FLAVOURED = "\nnamespace kernel {\ninline int flavoured() { return bindings::kcxx_flavoured(0); }\n}\n"


def test_helper_that_cxx_refuses_is_compiled_as_c(by_both: CMakeProject | KbuildProject, kcxx: Path) -> None:
    """Each object that calls it gets the C function for itself; objects that do not call it have none."""
    with helper(by_both, "random").open("a", encoding="utf-8") as header:
        header.write(REFUSED_BY_CXX)
    header = by_both.package / "share/kcxx/kbuild/include/kernel/random.hpp"
    with header.open("a", encoding="utf-8") as text:
        text.write(FLAVOURED)
    by_both.write("one.cc", calling('pr_info("got %d\\n", flavoured());', "#include <kernel/random.hpp>\n"))
    by_both.made()
    assert "kcxx_c_kcxx_flavoured" in functions_of_c(by_both.module("one"))
    assert functions_of_c(by_both.module("two")) == set()
    assert "one: got 4711" in must(run(kcxx, "boot", by_both.module("one")))


def test_helper_that_cxx_refuses_links_beside_the_sources_own_bindings(by_kbuild: KbuildProject, kcxx: Path) -> None:
    """The object gets C functions of both: those that the library calls, and those that the source calls."""
    with helper(by_kbuild, "random").open("a", encoding="utf-8") as header:
        header.write(REFUSED_BY_CXX)
    with (by_kbuild.package / "share/kcxx/kbuild/include/kernel/random.hpp").open("a", encoding="utf-8") as text:
        text.write(FLAVOURED)
    by_kbuild.write("own.h", "#include <linux/types.h>\n" + REFUSED_BY_CXX.replace("kcxx_", "own_").replace("KCXX_", "OWN_"))
    includes = '#include <kernel/random.hpp>\n#include <linux/kernel.h>\n#include "own.h"\n'
    by_kbuild.write("one.cc", calling('pr_info("got %d\\n", flavoured() + own_flavoured(0));', includes))
    by_kbuild.made()
    assert {"kcxx_c_kcxx_flavoured", "kcxx_c_own_flavoured"} <= functions_of_c(by_kbuild.module("one"))
    assert "one: got 9422" in must(run(kcxx, "boot", by_kbuild.module("one")))


# Changes


def test_edit_that_calls_another_helper_links_and_loads(by_both: CMakeProject | KbuildProject, kcxx: Path) -> None:
    """The bindings have all that the library names: an edit of a source makes none anew."""
    by_both.made()
    by_both.write("one.cc", RANDOM)
    output = must(by_both.make())
    assert "BINDGEN" not in output
    assert "one: got 0" in must(run(kcxx, "boot", by_both.module("one")))


def test_changed_helper_compiles_all_cxx_by_kbuild(by_kbuild: KbuildProject) -> None:
    """The bindings are made anew, and what includes them is compiled again; the next make has nothing to do."""
    by_kbuild.made()
    change(helper(by_kbuild, "context"), "might_sleep();", 'printk("raspberry\\n");')
    done = steps(by_kbuild.made())
    assert {path for what, path in done if what == "CXX"} >= {"one.cc.o", "two.cc.o"}
    assert b"raspberry" in by_kbuild.module("two").read_bytes()
    assert b"raspberry" not in by_kbuild.module("one").read_bytes()
    assert steps(by_kbuild.made()) == []


def test_comment_in_a_helper_compiles_nothing_by_kbuild(by_kbuild: KbuildProject) -> None:
    """Where the bindings come out the same, no object is compiled again."""
    by_kbuild.made()
    with helper(by_kbuild, "context").open("a", encoding="utf-8") as header:
        header.write("/* changed */\n")
    assert [path for what, path in steps(by_kbuild.made()) if what == "CXX"] == []
    assert steps(by_kbuild.made()) == []


def test_header_of_a_helper_is_watched(by_cmake: CMakeProject) -> None:
    """A header that a helper includes is watched, whether or not CMake ran since."""
    header = helper(by_cmake, "flavour")
    text = helper(by_cmake, "context").read_text(encoding="utf-8").replace("might_sleep();", "printk(FLAVOUR);")
    header.write_text('#ifndef FLAVOUR\n#define FLAVOUR "vanilla\\n"\n#endif\n', encoding="utf-8")
    helper(by_cmake, "context").write_text(f'#include "flavour.h"\n{text}', encoding="utf-8")
    by_cmake.made()
    for flavour in ("mint", "lemon"):
        header.write_text(f'#ifndef FLAVOUR\n#define FLAVOUR "{flavour}\\n"\n#endif\n', encoding="utf-8")
        must(by_cmake.make())
        assert flavour.encode() in by_cmake.module("two").read_bytes()
        assert by_cmake.pending().nothing


def test_flags_of_the_user_do_not_reach_the_bindings(by_kbuild: KbuildProject) -> None:
    """ccflags-y and cxxflags-y: of every source of the directory, whoever asks for it first, and of nothing else."""
    by_kbuild.write("part.c", "int part(void);\nint part(void) { return OF_THE_USER; }\n")
    by_kbuild.write("one.cc", f"static_assert(OF_THE_USER == 1 && OF_CXX == 1);\n{BARE}")
    by_kbuild.write("two.cc", f"static_assert(OF_THE_USER == 1 && OF_CXX == 1);\n{SLEEP}")
    by_kbuild.kbuild(
        "obj-m := one.o two.o\ntwo-y := two.o part.o\nccflags-y := -DOF_THE_USER=1\ncxxflags-y := -DOF_CXX=1\n"
    )
    by_kbuild.made("-j4")
    assert steps(by_kbuild.made()) == []
    flags = (by_kbuild.directory / ".kcxx/library-flags.sh").read_text(encoding="utf-8")
    assert "OF_THE_USER" not in flags
    assert "OF_CXX" not in flags


# The cache


@pytest.fixture
def cached(by_kbuild: KbuildProject, tmp_path: Path) -> Cached:
    """A directory that was built, and an empty cache"""
    by_kbuild.made("one.ko")
    return Cached(by_kbuild, tmp_path / "cache", tmp_path)


@dataclass
class Cached:
    """Build directories with the flags of @project, which share the cache in @cache."""

    project: KbuildProject
    cache: Path
    directory: Path

    def make(self, name: str) -> str:
        """Makes the bindings in the build directory @name; the text of the header."""
        made = self.directory / name / ".kcxx"
        generated = made / "include/generated"
        generated.mkdir(parents=True)
        shutil.copy(self.project.directory / ".kcxx/include/generated/autoconf.h", generated)
        flags = (self.project.directory / ".kcxx/library-flags.sh").read_text(encoding="utf-8")
        (made / "library-flags.sh").write_text(flags.replace(str(self.project.directory), str(self.directory / name)), "utf-8")
        script = self.project.package / "share/kcxx/kbuild/bindgen/library-bindings.sh"
        header = generated / "kcxx-bindings.hpp"
        must(run("sh", script, made / "library-flags.sh", header, env={"KCXX_CACHE": str(self.cache), "KCXX_KEEP_LIBRARY": "y"}))
        return (made / "library/bindings.hpp").read_text(encoding="utf-8")

    def was_taken(self, name: str) -> bool:
        """True if the bindings came from the cache: bindgen.sh leaves its key beside those that it makes."""
        return not (self.directory / name / ".kcxx/library/key").exists()

    @property
    def entry(self) -> Path:
        """The one entry of the cache"""
        (entry,) = (self.cache / "library").iterdir()
        return entry


def test_second_directory_takes_the_bindings_from_the_cache(cached: Cached) -> None:
    """They are those that it would have made; the paths in them are its own."""
    first = cached.make("first")
    assert cached.make("second") == first
    assert (cached.was_taken("first"), cached.was_taken("second")) == (False, True)
    assert str(cached.project.package) in first
    for name in ("declarations", "headers", "hidden", "tags", "wrapped"):
        one, other = (cached.directory / directory / ".kcxx/library" / name for directory in ("first", "second"))
        assert one.read_bytes() == other.read_bytes()


def test_plain_kbuild_keeps_nothing_in_the_cache(by_kbuild: KbuildProject, tmp_path: Path) -> None:
    """A DKMS build, too, leaves nothing outside of its directory."""
    must(by_kbuild.make("one.ko", env={"KCXX_CACHE": str(tmp_path / "cache"), "KCXX_KEEP_LIBRARY": ""}))
    assert not (tmp_path / "cache").exists()


def test_cmake_keeps_the_bindings_in_the_cache(by_cmake: CMakeProject, tmp_path: Path) -> None:
    """CMake keeps them for the next build directory of the kernel."""
    must(by_cmake.configure(env={"KCXX_CACHE": str(tmp_path / "cache")}))
    assert len([*(tmp_path / "cache/library").iterdir()]) == 1


def test_changed_header_of_the_kernel_makes_the_bindings_anew(cached: Cached) -> None:
    """Headers are compared by their contents, whatever their dates are."""
    cached.make("first")
    header = cached.directory / "kernel.h"
    header.write_text("one\n", encoding="utf-8")
    with (cached.entry / "headers").open("a", encoding="utf-8") as headers:
        headers.write(f"{header}\n")
    cached.make("second")
    assert not cached.was_taken("second")


def test_changed_helper_makes_the_bindings_anew(cached: Cached) -> None:
    """Another text of kcxx's has another key."""
    cached.make("first")
    change(helper(cached.project, "context"), "might_sleep();", 'printk("raspberry\\n");')
    assert "raspberry" in cached.make("second")


def test_entry_of_another_user_is_not_taken(cached: Cached) -> None:
    """Modules are made of it: who could write it could change them."""
    if os.geteuid() != 0:
        pytest.skip("gives a file away, as root alone can")
    cached.make("first")
    os.chown(cached.entry, 12345, 12345)
    cached.make("second")
    assert not cached.was_taken("second")


def test_damaged_entry_is_not_taken(cached: Cached) -> None:
    """An entry that lacks a file is made anew."""
    first = cached.make("first")
    (cached.entry / "declarations").unlink()
    assert cached.make("second") == first
    assert not cached.was_taken("second")


def test_cache_that_cannot_be_written_is_no_error(cached: Cached) -> None:
    """The bindings are made in each directory."""
    cached.cache.write_text("a file", encoding="utf-8")
    assert cached.make("first") == cached.make("second")
    assert not cached.was_taken("second")


# Names


def test_source_of_both_levels_has_one_kind_of_each_struct(by_kbuild: KbuildProject) -> None:
    """A source that includes the kernel's headers gets the library's declarations, and the rest from its own bindings."""
    levels = """\
#include <linux/fs.h>
#include <linux/mutex.h>
#include <linux/workqueue.h>
#include <linux/sched.h>
#include <kernel/file_operations.hpp>
#include <kernel/workqueue.hpp>
static struct file_operations table = { .llseek = noop_llseek };
static DEFINE_MUTEX(lock);
struct Task { struct task_struct *task; struct delayed_work work; };
"""
    by_kbuild.write("one.cc", calling("mutex_lock(&lock); mutex_unlock(&lock); (void)&table; schedule();", levels))
    by_kbuild.made("one.ko")


@pytest.mark.parametrize(
    "name",
    ["restrict", "current", "min", "container_of", "READ_ONCE", "likely", "BUG", "module_init", "NULL_", "offsetof_"],
)
def test_library_has_no_macro_of_the_kernel(name: str, tmp_path: Path, by_kbuild: KbuildProject) -> None:
    """A source may give these names to its own: they are macros of the kernel's headers."""
    by_kbuild.write("one.cc", f"#include <kernel/all.hpp>\nnamespace mine {{ int {name}(int a) {{ return a; }} }}\n{BARE}")
    by_kbuild.made("one.ko")


def test_names_of_the_library_are_not_hidden_by_c(by_kbuild: KbuildProject) -> None:
    """`using namespace kernel` finds the library's ktime_get() and system_wq alone, though C has these names as well."""
    code = 'Ktime now = ktime_get(); (void)now; auto &queue = system_wq; (void)queue;'
    by_kbuild.write("one.cc", calling(code, "#include <kernel/ktime.hpp>\n#include <kernel/workqueue.hpp>\n"))
    by_kbuild.made("one.ko")


# Both ways


def test_modules_are_the_same_both_ways(by_cmake: CMakeProject, kernel: Kernel, package: Path) -> None:
    """CMake and Kbuild make the same bindings."""
    by_cmake.made()
    project = KbuildProject(by_cmake.source, package, kernel.build)
    project.kbuild("obj-m := one.o two.o\n")
    project.made()
    header = "library/bindings.hpp"
    ours = (by_cmake.build / "kcxx/.kcxx" / header).read_text(encoding="utf-8")
    theirs = (project.directory / ".kcxx" / header).read_text(encoding="utf-8")
    assert ours.replace(str(by_cmake.package), "") == theirs.replace(str(package), "")


def test_module_alone_is_made_beside_one_that_does_not_compile(by_kbuild: KbuildProject) -> None:
    """make two.ko looks at the objects of that module, and of no other."""
    by_kbuild.write("one.cc", "nothing of C++\n")
    by_kbuild.made("two.ko")
    assert by_kbuild.module("two").exists()
    assert by_kbuild.make().returncode != 0
