# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The language: what a module cannot have is refused with a remedy, what it can have works."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures.axes import CXX, axis
from fixtures.cmake_project import MODULE, CMakeProject, remarks
from fixtures.commands import must, run
from fixtures.directories import made_once, new_directory
from fixtures.fetched_kernels import Kernel
from fixtures.kbuild_project import KbuildProject
from fixtures.repository import REPOSITORY

# Refused


@dataclass(frozen=True)
class Refused:
    """A source that is refused, and what the build prints, {source} being its path."""

    source: str
    said: str


NO_EXCEPTIONS = """\
{source}:2: kcxx: exceptions do not exist in the kernel
  write instead: a function that returns kernel::Result<T>, and KTRY(call()) to pass an error on
  more: kcxx-E0201 in docs/errors.md
"""
NO_RTTI = """\
{source}:4: kcxx: run-time type information does not exist in the kernel
  write instead: a virtual function, or std::variant with std::visit
  more: kcxx-E0202 in docs/errors.md
"""
NO_FLOATING_POINT = """\
{source}:2: kcxx: floating point does not exist in the kernel
  write instead: integers, scaled where needed (thousandths, Q16.16)
  more: kcxx-E0203 in docs/errors.md
"""
NO_CONSTRUCTOR = """\
{source}:THE_LINE: error: kcxx: a static constructor
  found: THE_VARIABLE
  why:   the kernel does not run the constructors of modules
  fix:   make the variable constinit, or a member of the module object
  more:  kcxx-E0102 in docs/errors.md
"""
NO_NEW = """\
{source}:2: error: kcxx: plain 'new'
  found: operator new(unsigned long) in make()
  why:   it has no GFP flags and cannot report failure
  fix:   kernel::Box<T>::make(kernel::GFP_KERNEL, …), or kernel::Vec<T> for an array; \
for a library that allocates: -DKCXX_OPERATOR_NEW=GFP_KERNEL -DKCXX_OUT_OF_MEMORY=BUG
  more:  kcxx-E0105 in docs/errors.md
"""
NO_DELETE = """\
{source}:2: error: kcxx: plain 'delete'
  found: operator delete(void*, unsigned long) in drop(int*)
  why:   only a plain 'new' makes what it frees
  fix:   kernel::Box<T>, which destroys what it owns; for a library that allocates: -DKCXX_OPERATOR_NEW=GFP_KERNEL
  more:  kcxx-E0108 in docs/errors.md
"""


def no_constructor(line: int, variable: str) -> str:
    """The refusal of a @variable that is defined in @line."""
    return NO_CONSTRUCTOR.replace("THE_LINE", str(line)).replace("THE_VARIABLE", variable)


REFUSED = {
    "static-constructor": Refused(
        "int value();\n"
        "struct Pump { Pump() : speed{value()} {} int speed; };\n"
        "Pump the_pump;\n",
        no_constructor(3, "the_pump"),
    ),
    "static-constructor-of-a-hidden-variable": Refused(
        "int value();\n"
        "static int speed = value();\n"
        "int get();\n"
        "int get() { return ++speed; }\n",
        no_constructor(2, "speed"),
    ),
    "static-destructor": Refused(
        "struct Pump { ~Pump(); int speed; };\n"
        "Pump the_pump;\n",
        no_constructor(2, "the_pump"),
    ),
    "throw": Refused(
        "int checked(int x);\n"
        "int checked(int x) { if (x < 0) throw x; return x; }\n",
        NO_EXCEPTIONS,
    ),
    "try": Refused(
        "int risky(); int checked();\n"
        "int checked() { try { return risky(); } catch (...) { return 0; } }\n",
        NO_EXCEPTIONS,
    ),
    "dynamic_cast": Refused(
        "struct Pump { virtual void run(); };\n"
        "struct Motor : Pump { void run() override; };\n"
        "bool is_motor(Pump *pump);\n"
        "bool is_motor(Pump *pump) { return dynamic_cast<Motor *>(pump) != nullptr; }\n",
        NO_RTTI,
    ),
    "typeid": Refused(
        "#include <typeinfo>\n"
        "struct Pump { virtual void run(); };\n"
        "const char *name(Pump &pump);\n"
        "const char *name(Pump &pump) { return typeid(pump).name(); }\n",
        NO_RTTI,
    ),
    "function-static": Refused(
        "int value();\n"
        "int &counter();\n"
        "int &counter() { static int count = value(); return count; }\n",
        """\
{source}:3: error: kcxx: a function-local static that is initialised at run time
  found: guard variable for counter()::count
  why:   its guard would take a lock nobody can see
  fix:   make it constexpr or constinit, or a member of the module object
  more:  kcxx-E0101 in docs/errors.md
""",
    ),
    "new": Refused("int *make();\nint *make() { return new int{3}; }\n", NO_NEW),
    "new-array": Refused(
        "int *make(unsigned long n);\nint *make(unsigned long n) { return new int[n]; }\n",
        NO_NEW.replace("new(", "new[](").replace("make()", "make(unsigned long)"),
    ),
    "delete": Refused("void drop(int *p);\nvoid drop(int *p) { delete p; }\n", NO_DELETE),
    "delete-array": Refused(
        "void drop(int *p);\nvoid drop(int *p) { delete[] p; }\n",
        NO_DELETE.replace("delete(void*, unsigned long)", "delete[](void*)"),
    ),
    "two-constructs": Refused(
        "int *make();\nint *make() { return new int{3}; }\n"
        "int *remake();\nint *remake() { return new int{4}; }\n",
        NO_NEW.replace("  why", "{source}:4: error: kcxx: plain 'new'\n  found: operator new(unsigned long) in remake()\n  why"),
    ),
    "thread-local": Refused(
        "int &counter();\nint &counter() { static thread_local int count; return count; }\n",
        "error: kcxx: no thread_local in a module: write kernel::PerCpu<T>\n",
    ),
    "floating-point": Refused(
        "int scaled(int in);\n"
        "int scaled(int in) { return static_cast<int>(in * 1.5); }\n",
        NO_FLOATING_POINT,
    ),
    "floating-point-argument": Refused(
        "int rounded(double x);\n"
        "int rounded(double x) { return x < 0 ? -1 : 1; }\n",
        """\
{source}:2: error: kcxx: floating point
  found: __ltdf2 in rounded(double)
  why:   the kernel does not save the floating-point registers
  fix:   integers, scaled where needed (thousandths, Q16.16)
  more:  kcxx-E0114 in docs/errors.md
""",
    ),
    "floating-point-return": Refused(
        "double half(int x);\n"
        "double half(int x) { return x / 2; }\n",
        NO_FLOATING_POINT,
    ),
    "return-from-the-middle": Refused(
        "#include <kernel/prelude.hpp>\n"
        "struct Pump { kernel::Vec<int> a, b; };\n"
        "kernel::Result<kernel::Vec<int>> part();\n"
        "kernel::Result<Pump> make();\n"
        "kernel::Result<Pump> make() { return Pump{KTRY(part()), KTRY(part())}; }\n",
        """\
{source}:5: error: kcxx: a return from the middle of an initialiser
  found: KTRY() in an initialiser, behind KTRY(part())
  why:   GCC does not destroy those elements, or captures, that are made already
  fix:   auto value = KTRY(…); as a statement before, and std::move(value) here; or kernel::all<T>(…) of <kernel/types.hpp>
  more:  kcxx-E0115 in docs/errors.md
""",
    ),
    "hosted-header": Refused(
        "int unused;\n#include <vector>\n",
        """\
{source}:2: kcxx: std::vector allocates without GFP flags and cannot report failure
  write instead: kernel::Vec<T> of <kernel/memory.hpp>
  more: kcxx-E0901 in docs/errors.md
""",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Attempt:
    """The build of a module with a source that is refused."""

    result: subprocess.CompletedProcess[str]
    source: Path
    left: set[str]


@pytest.fixture(scope="session")
def cmake_attempt(
    kernels: dict[str, Kernel], package: Path, run_directory: Path
) -> Callable[[str], Attempt]:
    """Tries to build one of REFUSED with CMake, in a project that has them all."""
    directory = new_directory(run_directory, "language-refused")
    project = CMakeProject(directory, directory / "build", package, kernels["6.12"].build)
    project.write("module.cc", MODULE)
    calls = []
    for name, refused in REFUSED.items():
        project.write(f"{name}.cc", refused.source)
        calls.append(f"add_kernel_module(with-{name} EXCLUDE_FROM_ALL module.cc {name}.cc)\n")
    project.lists("".join(calls))
    must(project.configure())

    def attempt(name: str) -> Attempt:
        result = project.make(f"with-{name}")
        left = {path.name for path in project.build.rglob("*") if path.name in (f"with-{name}.ko", f"{name}.cc.o")}
        return Attempt(result, directory / f"{name}.cc", left)

    return attempt


@pytest.fixture(scope="session")
def kbuild_attempt(
    kernels: dict[str, Kernel], package: Path, run_directory: Path
) -> Callable[[str], Attempt]:
    """Tries to build one of REFUSED with Kbuild, in a directory that has them all."""
    project = KbuildProject(new_directory(run_directory, "language-refused"), package, kernels["6.12"].build)
    project.write("module.cc", MODULE)
    for name, refused in REFUSED.items():
        project.write(f"{name}.cc", refused.source)
    project.kbuild("obj-m := with-$(construct).o\nwith-$(construct)-y := module.o $(construct).o\n")

    def attempt(name: str) -> Attempt:
        result = project.make(f"construct={name}")
        left = project.files() & {f"{name}.o", f"with-{name}.o", f"with-{name}.ko"}
        return Attempt(result, project.directory / f"{name}.cc", left)

    return attempt


@pytest.mark.parametrize("construct", REFUSED)
@pytest.mark.parametrize("way", axis("cmake", every=("kbuild",)))
def test_construct_is_refused(way: str, construct: str, request: pytest.FixtureRequest) -> None:
    """The build fails; it names file, line, construct and remedy; it leaves neither object nor module to load by mistake."""
    attempt = request.getfixturevalue(f"{way}_attempt")(construct)
    assert attempt.result.returncode != 0
    wanted = REFUSED[construct].said.format(source=attempt.source)
    assert wanted in attempt.result.stdout + attempt.result.stderr
    assert attempt.left == set()


@pytest.mark.parametrize("cxx", CXX.values())
def test_place_is_named_without_debug_information(cxx: str, tmp_path: Path) -> None:
    """The kernel may have none: the source is compiled once more for its line; the object is removed as ever."""
    source, made = tmp_path / "source.cc", tmp_path / "object.o"
    source.write_text("int value();\n\n\nint the_value = value();\nint *make();\nint *make() { return new int; }\n", "utf-8")
    command = (cxx, "-O2", "-fno-exceptions", "-g0", "-MD", "-MF", tmp_path / "object.d", "-o", made, "-c", source)
    must(run(*command))
    result = run("sh", REPOSITORY / "kbuild/check-object.sh", made, source, *command)
    assert result.returncode == 1
    assert f"{source}:4: error: kcxx: a static constructor\n  found: the_value\n" in result.stderr
    assert f"{source}:6: error: kcxx: plain 'new'\n  found: operator new(unsigned long) in make()\n" in result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["object.d", "source.cc"]


def test_deleting_destructor_is_no_delete_expression(tmp_path: Path) -> None:
    """A deleting destructor is accepted: it calls operator delete, but is only in the vtable, and is not called."""
    source, made = tmp_path / "source.cc", tmp_path / "object.o"
    classes = "".join(  # destructors of all sizes, so that they begin at all kinds of addresses
        f"struct Pump{i} {{ virtual ~Pump{i}(); volatile int room[{i} + 1]; }};\n"
        f"Pump{i}::~Pump{i}() {{ {''.join(f'room[{j}] = {j};' for j in range(i))} }}\n"
        for i in range(40)
    )
    source.write_text(classes, "utf-8")
    for cxx in CXX.values():
        command = (cxx, "-O2", "-fno-exceptions", "-fno-rtti", "-o", made, "-c", source)
        must(run(*command))
        assert (must(run("sh", REPOSITORY / "kbuild/check-object.sh", made, source, *command)), made.exists()) == ("", True)


def test_refused_source_is_refused_again(cmake_attempt: Callable[[str], Attempt]) -> None:
    """A second build without a change prints the same: the object of the first is not used."""
    first = cmake_attempt("new")
    second = cmake_attempt("new")
    wanted = REFUSED["new"].said.format(source=first.source)
    assert second.result.returncode != 0
    assert wanted in second.result.stdout


@pytest.mark.parametrize(("language", "runs"), [("C.UTF-8", 1), ("en_GB.UTF-8", 1), ("de_DE.UTF-8", 2)])
def test_refused_source_is_compiled_once(language: str, runs: int, tmp_path: Path) -> None:
    """The compiler's messages are read with their quotes and colours; if they are not English, it runs once more."""
    source = tmp_path / "source.cc"
    source.write_text("struct type_info;\nvoid *id(int of);\nvoid *id(int of) { return (void *)&typeid(of); }\n", "utf-8")
    compiler = tmp_path / "g++"
    compiler.write_text(f'#!/bin/sh\necho run >> {tmp_path}/runs\nexec {CXX["gcc"]} "$@"\n', "utf-8")
    compiler.chmod(0o755)
    flags = ("-fno-rtti", "-fdiagnostics-color=always", "-c", "-o", tmp_path / "object.o")
    environment = {"LANG": language, "LANGUAGE": "", "LC_ALL": "", "LC_MESSAGES": ""}
    result = run("sh", REPOSITORY / "kbuild/compile-cxx.sh", compiler, *flags, source, env=environment)
    assert result.returncode == 1
    assert result.stderr.count("cannot use") == 1
    assert result.stderr.endswith(
        f"{source}:3: kcxx: run-time type information does not exist in the kernel\n"
        "  write instead: a virtual function, or std::variant with std::visit\n"
        "  more: kcxx-E0202 in docs/errors.md\n"
    )
    assert (tmp_path / "runs").read_text("utf-8").split() == ["run"] * runs


# Allowed

ALLOWED = {
    "constinit_global": (
        """\
        struct Pump { constexpr explicit Pump(int s) : speed{s} {} int speed; };
        static constinit Pump pump{7};
        void constinit_global() { pr_info("constinit_global: %d\\n", ++pump.speed); }
        """,
        "8",
    ),
    "floating_point_at_compile_time": (
        """\
        constexpr int scaled(double x) { return static_cast<int>(x * 1000); }
        void floating_point_at_compile_time()
        {
        	constexpr int value = scaled(1.25);
        	pr_info("floating_point_at_compile_time: %d\\n", value);
        }
        """,
        "1250",
    ),
    "function_local_constexpr_static": (
        """\
        static int entry(unsigned int i)
        {
        	static constexpr int table[] = {2, 3, 5, 7};
        	return table[i % 4];
        }
        void function_local_constexpr_static()
        {
        	static volatile unsigned int at = 2;
        	pr_info("function_local_constexpr_static: %d\\n", entry(at));
        }
        """,
        "5",
    ),
    "virtual_function": (
        """\
        namespace {
        struct Shape { virtual int corners() const = 0; virtual ~Shape() = default; };
        struct Triangle : Shape { int corners() const override { return 3; } };
        struct Square : Shape { int corners() const override { return 4; } };
        volatile int choice = 1;
        }
        void virtual_function()
        {
        	const Triangle triangle;
        	const Square square;
        	const Shape *shape = choice ? static_cast<const Shape *>(&square) : &triangle;
        	pr_info("virtual_function: %d\\n", shape->corners());
        }
        """,
        "4",
    ),
    "virtual_destructor": (
        """\
        namespace {
        int destroyed;
        struct Base { virtual ~Base(); };
        Base::~Base() { destroyed += 1; }
        struct Derived : Base { ~Derived() override { destroyed += 10; } };
        }
        void virtual_destructor()
        {
        	alignas(Derived) static unsigned char room[sizeof(Derived)];
        	Base *base = ::new (static_cast<void *>(room)) Derived;
        	base->~Base();
        	pr_info("virtual_destructor: %d\\n", destroyed);
        }
        """,
        "11",
    ),
    "placement_new": (
        """\
        namespace {
        struct Pump { explicit Pump(int s) : speed{s} {} int speed; };
        }
        void placement_new()
        {
        	alignas(Pump) unsigned char room[sizeof(Pump)];
        	const Pump *pump = ::new (static_cast<void *>(room)) Pump{42};
        	pr_info("placement_new: %d\\n", pump->speed);
        }
        """,
        "42",
    ),
    "errno_after_errors": (
        """
        #include <cerrno>
        void errno_after_errors()
        {
        	pr_info("errno_after_errors: %d %d\\n", EINVAL, kernel::EINVAL.to_errno());
        }
        """,
        "22 -22",
    ),
    "errno_of_the_kernel_and_of_std": (
        """
        #include <linux/errno.h>
        #include <uapi/asm-generic/errno-base.h>
        #include <errno.h>
        void errno_of_the_kernel_and_of_std()
        {
        	pr_info("errno_of_the_kernel_and_of_std: %d %d\\n", -EINVAL, kernel::EINVAL.to_errno());
        }
        """,
        "-22 -22",
    ),
    "errors_beside_std_errc": (
        """
        #include <charconv>
        #include <linux/errno.h>
        using namespace kernel;
        void errors_beside_std_errc()
        {
        	const Error error = EINVAL;
        	pr_info("errors_beside_std_errc: %d %d\\n", error.to_errno(), static_cast<int>(std::errc::invalid_argument));
        }
        """,
        "-22 22",
    ),
    "operator_names": (
        """
        void operator_names()
        {
        	const bool yes = true, no = false;
        	pr_info("operator_names: %d\\n", (yes and not no) or no);
        }
        """,
        "1",
    ),
}


@pytest.fixture(scope="session")
def allowed_log(kernel: Kernel, kcxx: Path, package: Path, run_directory: Path) -> str:
    """Returns the kernel's log of a module with all of ALLOWED."""

    def make(directory: Path) -> None:
        project = CMakeProject(directory, directory / "build", package, kernel.build)
        project.write("allowed.hpp", "".join(f"void {name}();\n" for name in ALLOWED))
        for name, (source, _) in ALLOWED.items():
            path = project.write(f"{name}.cc", source)
            text = f'#include <new>\n#include <kernel/prelude.hpp>\n#include "allowed.hpp"\n{path.read_text()}'
            path.write_text(text, encoding="utf-8")
        calls = "".join(f"{name}(); " for name in ALLOWED)
        module = MODULE.replace("return Module{}", f"{calls}return Module{{}}")
        project.write("module.cc", module.replace("MODULE_LICENSE", '#include "allowed.hpp"\nMODULE_LICENSE', 1))
        project.lists(f"add_kernel_module(allowed module.cc {' '.join(f'{name}.cc' for name in ALLOWED)})\n")
        assert remarks(project.made()) == []
        (directory / "log").write_text(must(run(kcxx, "boot", project.module("allowed"))), encoding="utf-8")

    directory = made_once(run_directory / f"allowed-{kernel.series}", make)
    return (directory / "log").read_text(encoding="utf-8")


@pytest.mark.parametrize("construct", ALLOWED)
def test_construct_works(construct: str, allowed_log: str) -> None:
    """The construct builds without a warning, and a kernel logs the result that C++ requires."""
    results = [line.partition(f"{construct}: ")[2] for line in allowed_log.splitlines() if f"{construct}: " in line]
    assert results == [ALLOWED[construct][1]]


# The standard library's freestanding headers, each with a use of what it is there for
HEADERS = {
    "type_traits": "static_assert(std::is_same_v<std::remove_cvref_t<const int &>, int>);",
    "concepts": "template <std::integral T> T twice(T x) { return x * 2; }\ntemplate int twice<int>(int);",
    "utility": "static_assert(std::to_underlying(std::pair{1, 2}.first == 1 ? std::byte{3} : std::byte{}) == 3);",
    "span": "int sum(std::span<const int> s);\n"
    "int sum(std::span<const int> s) { int x = 0; for (int i : s) x += i; return x; }",
    "optional": "std::optional<int> half(int x);\n"
    "std::optional<int> half(int x) { if (x % 2) return {}; return x / 2; }",
    "expected": "std::expected<int, char> half(int x);\n"
    "std::expected<int, char> half(int x) { if (x % 2) return std::unexpected('o'); return x / 2; }",
    "array": "int third(const std::array<int, 3> &a);\nint third(const std::array<int, 3> &a) { return a.back(); }",
    "tuple": "int first(int a, int b);\nint first(int a, int b) { auto [x, y] = std::tuple{a, b}; return x - y; }",
    "variant": "int size(const std::variant<char, int> &v);\n"
    "int size(const std::variant<char, int> &v) { return std::visit([](auto x) { return int{sizeof x}; }, v); }",
    "string_view": "unsigned long at(std::string_view s);\n"
    "unsigned long at(std::string_view s) { return s.starts_with(\"k\") ? s.find('x') : s.substr(1).size(); }",
    "bit": "static_assert(std::bit_ceil(5u) == 8 && std::popcount(7u) == 3);",
    "limits": "static_assert(std::numeric_limits<unsigned char>::max() == 255);",
    "initializer_list": "int sum(std::initializer_list<int> l);\n"
    "int sum(std::initializer_list<int> l) { int x = 0; for (int i : l) x += i; return x; }",
    "compare": "struct V { int a, b; auto operator<=>(const V &) const = default; };\n"
    "static_assert(V{1, 2} < V{1, 3});",
    "new": "struct V { int a; };\nV *at(void *p);\nV *at(void *p) { return std::launder(::new (p) V{1}); }",
    "cstdint": "static_assert(sizeof(std::uint64_t) == 8 && std::int8_t(-1) < 0);",
    "cstddef": "static_assert(sizeof(std::size_t) == sizeof(std::ptrdiff_t) && sizeof(std::byte) == 1);",
}


@pytest.fixture(scope="session")
def headers_project(kernel: Kernel, package: Path, run_directory: Path) -> CMakeProject:
    """A configured project whose module has one source for each of HEADERS, the header being all it includes."""
    directory = new_directory(run_directory, "language-headers")
    project = CMakeProject(directory, directory / "build", package, kernel.build)
    for name, use in HEADERS.items():
        project.write(f"{name}.cc", f"#include <{name}>\n{use}\n")
    project.lists(
        f"add_kernel_module(headers {' '.join(f'{name}.cc' for name in HEADERS)})\n"
        "target_compile_options(headers PRIVATE -Wall -Wextra)\n"
    )
    must(project.configure())
    return project


@pytest.mark.parametrize("header", HEADERS)
def test_std_header_compiles_without_a_warning(header: str, headers_project: CMakeProject) -> None:
    """Alone, and with -Wall -Wextra."""
    (target,) = (
        line.split(":")[0]
        for line in must(run("ninja", "-C", headers_project.build, "-t", "targets", "all")).splitlines()
        if f"/{header}.cc.o:" in line
    )
    result = headers_project.make(target)
    assert remarks(must(result) + result.stderr) == []


VALUES_OF_NO_USE = MODULE + """\
using namespace kernel;
namespace {
int level;
Result<int> number() { return Result<int>{std::in_place, level}; }
Result<int *> place() { return Result<int *>{std::in_place, &level}; }
}
Result<> both();
Result<> both()
{
	KTRY(number());
	KTRY(place());
	return {};
}
"""


@pytest.mark.parametrize("compiler", CXX)
def test_ktry_may_be_a_statement(compiler: str, kernel: Kernel, package: Path, tmp_path: Path) -> None:
    """No compiler remarks that the value is of no use."""
    project = KbuildProject(tmp_path, package, kernel.build)
    project.write("pump.cc", VALUES_OF_NO_USE)
    project.kbuild("obj-m := pump.o\n")
    output = project.made(*([f"CXX={CXX[compiler]}"] if compiler == "clang" else []))
    assert [line for line in output.splitlines() if "unused" in line or "pump.cc:" in line] == []
