# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Flags that a module is given beside the kernel's: those that undo one of the kernel's are refused, whatever gives them.

So are instructions that the kernel's flags rule out, which attributes, pragmas and assembly bring into an object.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures.axes import CXX, axis
from fixtures.cmake_project import MODULE, CMakeProject
from fixtures.commands import must, run
from fixtures.directories import made_once
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject

PART = "int part(int number);\nint part(int number) { return number + 1; }\n"


@dataclass(frozen=True)
class Facts:
    """Kbuild's answers about a kernel and its compilers."""

    file: Path
    package: Path

    def value(self, name: str) -> str:
        """Returns one answer."""
        quoted = re.search(rf"^KCXX_{name}=(.*)$", self.file.read_text("utf-8"), re.M)[1]
        return shlex.split(quoted)[0]

    def check(self, language: str, flags: str, directory: Path) -> tuple[bool, str]:
        """Returns true if an object made with the kernel's flags and @flags passes; and the output."""
        made = directory / "part.o"
        made.touch()
        compiler = {"C": "CC", "CXX": "CXX"}[language]
        command = f"{self.value(compiler)} {self.value(f'{language}_FLAGS')} {flags} -o {made} -c part.cc"
        result = run(
            "sh", self.package / "share/kcxx/kbuild/check-flags.sh", self.file, language, made, "part.cc",
            *shlex.split(command), cwd=directory,
        )  # fmt: skip
        assert made.exists() == (result.returncode == 0)
        return result.returncode == 0, result.stdout + result.stderr


@pytest.fixture(scope="session", params=axis("gcc", every=("clang",)))
def facts(request: pytest.FixtureRequest, kernel: Kernel, package: Path, run_directory: Path) -> Facts:
    """The answers for each C++ compiler"""
    name = f"facts-{kernel.series}-{request.param}"

    def make(directory: Path) -> None:
        project = CMakeProject(directory / "source", directory / "build", package, kernel.build)
        project.write("sample.cc", MODULE)
        project.lists("add_kernel_module(sample sample.cc)\n")
        must(project.configure(f"-DKCXX_CXX_COMPILER={CXX[request.param]}"))

    return Facts(made_once(run_directory / name, make) / "build/kcxx/.kcxx/facts.sh", package)


HARMLESS = [
    "-DLIMIT=9 -D LEVEL=2 -UNDEFINED -I/somewhere -include /dev/null -include/dev/null", "-Wall -Wno-unused -Werror -pedantic", "-O3", "-Os", "-g3",
    "-fno-inline", "-funroll-loops", "-fno-exceptions", "-fno-pic", "-mno-avx", "-fwrapv", "-fno-strict-aliasing", "-mcmodel=kernel",
    "-D__KERNEL__ -D__MY_OWN=1", "-ffunction-sections", "-fno-builtin-memcpy", "-fmacro-prefix-map=/a=/b", "-mtune=native",
]  # fmt: skip
HARMFUL = [
    "-msse2", "-mavx", "-mmmx", "-m80387", "-march=haswell", "-mred-zone", "-mcmodel=medium", "-m32", "-fpic", "-fPIE", "-fexceptions",
    "-frtti", "-mfunction-return=keep", "-fstack-protector-all", "-fno-stack-protector",
    "-fstrict-overflow", "-fno-wrapv", "-fdelete-null-pointer-checks", "-fstrict-aliasing", "-O0", "-Ofast", "-Og", "-ffast-math",
    "-fcommon", "-fshort-enums", "-fpack-struct", "-flto", "-fprofile-arcs", "-fprofile-generate", "-fsanitize=address", "-std=gnu++20",
    "-std=c++17", "-fno-short-wchar", "-fvisibility=default", "-ftrapv", "-fjump-tables", "-mharden-sls=none",
    "-ftrivial-auto-var-init=uninitialized", "-fasynchronous-unwind-tables", "-D__KERNEL__=2", "-U__KERNEL__", "-U MODULE",
    "-U__x86_64__", "-fpatchable-function-entry=0", "-malign-double", "-fno-threadsafe-statics", "-x c",
]  # fmt: skip
# Debian's 6.1 has no IBT, and the char of its x86 is signed.
SINCE_6_2 = ["-fcf-protection=none", "-fsigned-char"]
# Options of one compiler: the other ends with an error before it is asked
OF_GCC = ["-mindirect-branch=keep", "-mno-fentry", "-mpreferred-stack-boundary=4", "-fallow-store-data-races", "-fnon-call-exceptions"]
OF_CLANG = ["-Xclang -target-feature -Xclang +sse2", "-mllvm -x86-asm-syntax=intel", "-mno-retpoline-external-thunk", "-mrelax-all"]


@pytest.mark.every
def test_harmless_flags_are_let_pass(facts: Facts, tmp_path: Path) -> None:
    """Definitions, headers, warnings, debug information, optimisation; and what changes nothing."""
    assert {flags: output for flags in HARMLESS for well, output in [facts.check("CXX", flags, tmp_path)] if not well} == {}


def test_harmful_flags_are_refused(facts: Facts, tmp_path: Path) -> None:
    """Each harmful flag is named with its remedy."""
    mine = OF_CLANG if "clang" in facts.value("CXX") else OF_GCC
    passed = []
    newer = [] if facts.value("RELEASE").startswith("6.1.") else SINCE_6_2
    for flags in [*HARMFUL, *newer, *mine]:
        well, output = facts.check("CXX", flags, tmp_path)
        if well:
            passed.append(flags)
            continue
        named = flags if not flags.startswith("-Xclang") else "-Xclang +sse2"
        assert output.startswith("part.cc: error: kcxx: a flag that undoes flags of the kernel\n"), output
        assert f"  found: {named}\n" in output and f"  fix:   take {named} out of " in output
    assert passed == []


@pytest.mark.parametrize("flags", ["-msse2", "-mred-zone", "-fexceptions", "-O0", "-std=c99", "-fno-stack-protector"])
def test_harmful_flags_of_c_are_refused(flags: str, facts: Facts, tmp_path: Path) -> None:
    """C sources have the kernel's flags as well; older GNU dialects are harmless."""
    assert not facts.check("C", flags, tmp_path)[0]
    assert facts.check("C", "-std=gnu99 -Wno-declaration-after-statement", tmp_path)[0]


def test_response_file_is_read(facts: Facts, tmp_path: Path) -> None:
    """@file, with quotes, and a file in it: as if its words were on the command line."""
    (tmp_path / "well").write_text("-DTEXT=\"a b\"\n'-Wall'\n", "utf-8")
    (tmp_path / "outer").write_text("-Wall @inner\n", "utf-8")
    (tmp_path / "inner").write_text("'-msse2'\n", "utf-8")
    assert facts.check("CXX", "@well", tmp_path) == (True, "")
    well, output = facts.check("CXX", "@outer", tmp_path)
    assert (well, "  found: -msse2\n" in output) == (False, True)


def test_compiler_is_asked_once(facts: Facts, tmp_path: Path) -> None:
    """For flags that were asked before, no compiler runs."""
    facts.check("CXX", "-fno-pic -mno-avx", tmp_path)
    before = {path: path.stat().st_mtime_ns for path in (facts.file.parent / "flags-asked").iterdir()}
    facts.check("CXX", "-fno-pic -mno-avx", tmp_path)
    assert before == {path: path.stat().st_mtime_ns for path in (facts.file.parent / "flags-asked").iterdir()}


# Each way in which flags come to an object

CMAKE_WAYS = {
    "target_options": "target_compile_options(target_options PRIVATE -msse2)",
    "target_shell": 'target_compile_options(target_shell PRIVATE "SHELL:-Wall -msse2")',
    "of_cxx": "target_compile_options(of_cxx PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-msse2>)",
    "target_flags": 'set_target_properties(target_flags PROPERTIES COMPILE_FLAGS "-msse2")',
    "source_options": "set_source_files_properties(source_options.cc PROPERTIES COMPILE_OPTIONS -msse2)",
    "source_flags": 'set_source_files_properties(source_flags.cc PROPERTIES COMPILE_FLAGS "-Wall -msse2")',
    "library": "add_library(wide INTERFACE)\ntarget_compile_options(wide INTERFACE -msse2)\ntarget_link_libraries(library PRIVATE wide)",
    "response": "target_compile_options(response PRIVATE @${CMAKE_CURRENT_SOURCE_DIR}/flags)",
    "of_c": "target_compile_options(of_c PRIVATE $<$<COMPILE_LANGUAGE:C>:-msse2>)",
    "definition": "target_compile_options(definition PRIVATE -U__KERNEL__)",
}


@pytest.fixture(scope="session", params=axis("gcc", every=("clang",)))
def said_by_cmake(request: pytest.FixtureRequest, kernels: dict[str, Kernel], package: Path, run_directory: Path) -> str:
    """Returns the output of the build of a project with a module for each way, and one without a fault."""

    def make(directory: Path) -> None:
        project = CMakeProject(directory / "source", directory / "build", package, kernels["6.12"].build)
        lines = ""
        for name, line in {**CMAKE_WAYS, "well": "target_compile_options(well PRIVATE -O3 -Wall -DX)"}.items():
            project.write(f"{name}.cc", MODULE)
            project.write(f"{name}_part.c", PART.replace("part", f"{name}_part"))
            lines += f"add_kernel_module({name} {name}.cc {name}_part.c)\n{line}\n"
        project.write("flags", "-Wall -msse2\n")
        project.lists(lines)
        must(project.configure(f"-DKCXX_CXX_COMPILER={CXX[request.param]}", "-DCMAKE_CXX_FLAGS=-msse2", "-DCMAKE_C_FLAGS=-msse2"))
        result = run("ninja", "-C", project.build, "-k", "0")
        (directory / "output").write_text(result.stdout + result.stderr, "utf-8")

    return (made_once(run_directory / f"ways-of-cmake-{request.param}", make) / "output").read_text("utf-8")


@pytest.mark.parametrize("way", CMAKE_WAYS)
def test_harmful_flag_of_cmake_is_refused(way: str, said_by_cmake: str) -> None:
    """Whatever gives it: source, flag, and the module whose options to change are named; there is no module."""
    source = f"{way}_part.c" if way == "of_c" else f"{way}.cc"
    flag = "-U__KERNEL__" if way == "definition" else "-msse2"
    assert re.search(rf"{source}: error: kcxx: a flag that undoes flags of the kernel\n  found: {flag}\n", said_by_cmake)
    assert f"take {flag} out of the options of {way} (target_compile_options())" in said_by_cmake
    assert not re.search(rf"Linking .* {way}\.ko", said_by_cmake)


def test_flags_of_user_space_reach_no_module(said_by_cmake: str) -> None:
    """CMAKE_CXX_FLAGS is for the project's programs."""
    assert re.search(r"Linking .* well\.ko", said_by_cmake)
    assert "/well" not in "".join(re.findall(r"^\S+: error: kcxx.*", said_by_cmake, re.M))


KBUILD_WAYS = {
    "ccflags-y := -msse2": "sample.cc", "cxxflags-y := -msse2": "sample.cc", "CXXFLAGS_sample.o := -msse2": "sample.cc",
    "CFLAGS_sample.o := -msse2": "sample.cc", "CFLAGS_part.o := -msse2": "part.c", "subdir-ccflags-y := -msse2": "sample.cc",
    "KBUILD_CFLAGS += -msse2": "sample.cc",
}  # fmt: skip


@pytest.fixture
def kbuild(kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> KbuildProject:
    """A module of two sources"""
    project = KbuildProject(tmp_path / "source", package, kernels["6.12"].build)
    project.write("sample.cc", MODULE)
    project.write("part.c", PART)
    return project


@pytest.mark.every
@pytest.mark.parametrize("cxx", CXX.values())
def test_harmful_flag_of_kbuild_is_refused(cxx: str, kbuild: KbuildProject) -> None:
    """Variables of the Kbuild file and of make's command line, one after the other; then none, and the module is made."""
    for line, source in KBUILD_WAYS.items():
        kbuild.kbuild(f"obj-m := pair.o\npair-y := sample.o part.o\n{line}\n")
        result = kbuild.make(f"CXX={cxx}")
        assert result.returncode != 0, line
        assert f"{source}: error: kcxx: a flag that undoes flags of the kernel\n  found: -msse2\n" in result.stderr, line
    kbuild.kbuild("obj-m := pair.o\npair-y := sample.o part.o\nccflags-y := -DTEXT='\"a b\"' -O3\n")
    for variable in ("KCFLAGS=-msse2", "CFLAGS_MODULE=-msse2"):
        assert "  found: -msse2\n" in kbuild.make(f"CXX={cxx}", variable).stderr
    kbuild.made(f"CXX={cxx}", "KCFLAGS=-Wno-unused")
    assert kbuild.module("pair")


@pytest.mark.parametrize("cxx", axis(CXX["gcc"], every=(CXX["clang"],)))
def test_older_standard_is_one_error(cxx: str, kbuild: KbuildProject) -> None:
    """The compiler does not read the library by C++17."""
    kbuild.kbuild("obj-m := sample.o\ncxxflags-y := -std=c++17\n")
    result = kbuild.make(f"CXX={cxx}")
    assert result.stderr.count(" error: ") == 1, result.stderr
    assert "found: -std=c++17\n  why:   kcxx is written in C++23; sources of older C++ compile with it\n" in result.stderr


@pytest.mark.every
@pytest.mark.parametrize("line", ["CFLAGS_REMOVE_{} := -mno-red-zone", "ccflags-remove-y := -mno-red-zone"])
@pytest.mark.parametrize("member", ["sample.o", "part.o"])
def test_flag_of_the_kernel_may_not_be_removed(line: str, member: str, kbuild: KbuildProject) -> None:
    """A flag that is taken away is missed; those of ftrace may go, as in the kernel."""
    kbuild.kbuild(f"obj-m := pair.o\npair-y := sample.o part.o\n{line.format(member)}\n")
    result = kbuild.make()
    assert "error: kcxx: a flag of the kernel is taken away\n  found: no -mno-red-zone\n" in result.stderr
    kbuild.kbuild(f"obj-m := pair.o\npair-y := sample.o part.o\nCFLAGS_REMOVE_{member} := $(CC_FLAGS_FTRACE) -Wall\n")
    kbuild.made()


# Instructions

CODE = MODULE + """\
typedef int four __attribute__((vector_size(16)));
template <class Number> Number in_a_template(Number number)
{
	asm volatile("movaps %%xmm1, %%xmm0" ::: "memory");	// vector
	return number;
}
int use(int number);
int use(int number) { return in_a_template(number); }
long below();
long below() { long read; asm volatile("mov %%rax, -8(%%rsp)" : "=a"(read)); return read; }	// below
void (*volatile pointer)();
void branch();
void branch() { asm volatile("call *%0" ::"r"(pointer)); }	// branch
void bare();
void bare() { asm volatile("ret"); }	// return
"""
OF_GCC_CODE = """\
__attribute__((function_return("keep"))) int keep(int number);
int keep(int number) { return number + 1; }	// return
__attribute__((target("sse2"))) void add(four *sum, const four *other);
void add(four *sum, const four *other) { *sum += *other; }	// vector
"""
CONSTRUCTS = {
    "vector": "a register of the FPU or the vector unit",
    "below": "data below the stack pointer",
    "branch": "an indirect branch without a retpoline",
    "return": "a return without a thunk",
}


def expected(name: str, text: str) -> set[str]:
    """Returns the errors that source @name has to have: one for each line that ends in the name of a construct."""
    lines = [(number, line.partition("// ")[2]) for number, line in enumerate(text.splitlines(), 1)]
    return {f"{name}:{number}: error: kcxx: {CONSTRUCTS[construct]}" for number, construct in lines if construct}


def errors_in(output: str) -> set[str]:
    """Returns the errors in @output, without the folders of sources."""
    return {line.rpartition("/")[2] for line in re.findall(r"^\S+: error: kcxx: .*", output, re.M)}


@pytest.mark.parametrize("cxx", axis("gcc", every=("clang",)))
def test_instruction_that_the_flags_rule_out_is_refused(cxx: str, kbuild: KbuildProject) -> None:
    """In templates and in functions with attributes, of C++ and of C: with its line."""
    code = CODE + (OF_GCC_CODE if cxx == "gcc" else "")
    kbuild.write("sample.cc", code)
    kbuild.kbuild("obj-m := pair.o\npair-y := sample.o part.o\n")
    assert errors_in(kbuild.make(f"CXX={CXX[cxx]}").stderr) == expected("sample.cc", code)
    kbuild.write("sample.cc", MODULE)
    part = PART + 'void vector(void);\nvoid vector(void)\n{\n\tasm volatile("movaps %%xmm1, %%xmm0" ::: "memory"); // vector\n}\n'
    kbuild.write("part.c", part)
    assert errors_in(kbuild.make(f"CXX={CXX[cxx]}").stderr) == expected("part.c", part)


def test_instruction_of_c_is_refused_by_cmake(kernels: dict[str, Kernel], package: Path, tmp_path: Path) -> None:
    """C sources of a module of CMake"""
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernels["6.12"].build)
    part = PART + "#pragma GCC target(\"sse2\")\ntypedef int four __attribute__((vector_size(16)));\nvoid add(four *, four *);\n"
    part += "void add(four *sum, four *other) { *sum += *other; } // vector\n"
    project.write("sample.cc", MODULE)
    project.write("part.c", part)
    project.lists("add_kernel_module(pair sample.cc part.c)\n")
    must(project.configure())
    assert errors_in(project.make().stdout) == expected("part.c", part)


@pytest.mark.every
@pytest.mark.parametrize("objdump", ["objdump", "llvm-objdump-19"])
def test_memory_barrier_is_no_data_below_the_stack_pointer(objdump: str, kbuild: KbuildProject) -> None:
    """smp_mb() adds 0 there. LLVM prints its lock prefix as an instruction of its own."""
    kbuild.write("part.c", "#include <asm/barrier.h>\nvoid wait_for_all(void);\nvoid wait_for_all(void) { smp_mb(); }\n")
    kbuild.kbuild("obj-m := pair.o\npair-y := sample.o part.o\n")
    assert errors_in(kbuild.make(f"OBJDUMP={objdump}").stderr) == set()
    kbuild.module("pair")


# The FPU, by its word

FPU = {
    "sample.cc": MODULE.replace("return Module{};", 'pr_info("scaled: %d\\n", scaled(100)); return Module{};').replace(
        "namespace {", 'extern "C" int scaled(int);\nnamespace {', 1
    ),
    "between.c": """\
        #include <asm/fpu/api.h>
        int half_more(int number);
        int twice_and_half(int number);
        int scaled(int number);
        int scaled(int number)
        {
        	kernel_fpu_begin();
        	number = half_more(number) + twice_and_half(number);
        	kernel_fpu_end();
        	return number;
        }
        """,
    "half_more.cc": 'extern "C" int half_more(int);\nint half_more(int number) { return static_cast<int>(number * 1.5); }\n',
    "twice.c": "int twice_and_half(int number);\nint twice_and_half(int number) { return number * 2.5f; }\n",
}


@pytest.mark.parametrize("cxx", axis(CXX["gcc"], every=(CXX["clang"],)))
def test_file_with_the_word_may_use_the_fpu(cxx: str, kernels: dict[str, Kernel], package: Path, tmp_path: Path, kcxx: Path) -> None:
    """KCXX_FPU, in CMake, Kbuild and the DKMS tree: C and C++ compute with it. Without the word both are refused."""
    kernel = kernels["6.12"]
    project = CMakeProject(tmp_path / "source", tmp_path / "build", package, kernel.build)
    for name, text in FPU.items():
        project.write(name, text)
    word = "set_source_files_properties(half_more.cc twice.c PROPERTIES KCXX_FPU ON)\n"
    lines = f"add_kernel_module(scaled {' '.join(FPU)})\n"
    project.lists(lines)
    must(project.configure(f"-DKCXX_CXX_COMPILER={cxx}"))
    result = run("ninja", "-C", project.build, "-k", "0")
    assert "half_more.cc" in result.stdout and "twice.c" in result.stdout and result.returncode != 0
    project.lists(lines + word + "add_dkms_package(scaled VERSION 1 MODULES scaled)\n")
    project.made(f"-DKCXX_CXX_COMPILER={cxx}")
    assert "scaled: 400" in must(run(kcxx, "boot", project.module("scaled")))
    tree = project.build / "scaled-1"
    assert {"KCXX_FPU_half_more.o := y", "KCXX_FPU_twice.o := y"} <= {*(tree / "Kbuild").read_text("utf-8").splitlines()}
    must(run("make", "-C", kernel.build, f"M={tree}", f"CXX={cxx}"))
    code = [must(run("objdump", "-d", "--no-show-raw-insn", module)) for module in (tree / "scaled.ko", project.module("scaled"))]
    assert [text.count("%xmm") > 0 for text in code] == [True, True]


@pytest.mark.parametrize(("given", "passes"), [("-fplugin=./scripts/a.so", True), ("-fplugin=./scripts/b.so", False), ("", False)])
def test_plugin_of_the_kernel_may_have_a_relative_path(given: str, passes: bool, package: Path, tmp_path: Path) -> None:
    """Kbuild names it from the kernel's directory; flags.sh has its whole path."""
    flags = tmp_path / "flags.sh"
    variables = {"CURDIR": "/kernel", "CXX": "true", "CXX_FLAGS": "-O2 -fplugin=/kernel/scripts/a.so"}
    flags.write_text("".join(f"KCXX_{name}='{value}'\n" for name, value in variables.items()), encoding="utf-8")
    result = run(
        "sh", package / "share/kcxx/kbuild/check-flags.sh", flags, "CXX", tmp_path / "m.o", "m.cc",
        "true", "-O2", *given.split(), "-o", "m.o", "-c", "m.cc",
    )  # fmt: skip
    assert (result.returncode == 0) == passes, result.stderr
    assert passes or "no -fplugin=/kernel/scripts/a.so" in result.stderr
