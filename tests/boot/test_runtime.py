# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The runtime in running kernels: what Box, Vec, Result and the module object promise."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import named_bugs
from behaviours import log_of, said_of, source_of
from conftest import Kernel, must, run
from kbuild_project import KbuildProject
from module_file import modinfo_field

# The statuses of kcxx boot that are asserted here
LOAD_FAILED = 13

BEGIN = """\
#include <utility>
#include <kernel/prelude.hpp>
MODULE_LICENSE("GPL");
using namespace kernel;
namespace {
"""
END = """
}
KERNEL_MODULE(Subject);
"""



def at_load(code: str, before: str = "") -> str:
    """A module that only runs @code at load; it sees what @before declares."""
    return f"{BEGIN}{before}\nstruct Subject {{ static Result<Subject> init(ThisModule &) {{ {code} }} }};{END}"


Boot = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def boot(kcxx: Path, package: Path, kernel: Kernel, tmp_path: Path) -> Boot:
    """Builds a module subject.ko from a C++ source and boots it; output of both in one text."""

    def build_and_boot(source: str, *options: str | Path) -> subprocess.CompletedProcess[str]:
        project = KbuildProject(tmp_path, package, kernel.build)
        project.write("main.cc", source)
        project.kbuild("obj-m := subject.o\nsubject-y := main.o\n")
        said = project.made()
        assert "warning" not in said, said
        return run(kcxx, "boot", *options, project.module("subject"))

    return build_and_boot


def logged(result: subprocess.CompletedProcess[str]) -> list[str]:
    """What the module logged, without what the kernel says of it at load."""
    lines = re.findall(r"\] subject: (.*)$", result.stdout, re.M)
    return [line for line in lines if not line.startswith(("loading out-of-tree", "module verification failed"))]


BOX = """
	{
		Box<Counted> box = KTRY(Box<Counted>::make(GFP_KERNEL, 21));
		CHECK(box && box->value == 21 && (*box).twice() == 42 && alive == 1);
		Box<Counted> other = std::move(box);
		CHECK(!box && other && alive == 1);
		box = KTRY(Box<Counted>::make(GFP_KERNEL | __GFP_ZERO, 1));
		CHECK(alive == 2);
		box = std::move(other);
		CHECK(alive == 1 && box->value == 21);
		Box<Counted> base = KTRY(Box<Derived>::make(GFP_ATOMIC, 3));
		CHECK(alive == 2 && base->twice() == 600);
	}
	CHECK(alive == 0);
"""

VEC = """
	{
		Vec<Counted> vec;
		CHECK(vec.empty() && vec.capacity() == 0 && vec.begin() == vec.end());
		for (int i = 0; i < 100; ++i)
			KTRY(vec.emplace(GFP_KERNEL, i));
		CHECK(vec.size() == 100 && alive == 100 && vec[99].value == 99 && vec[0].value == 0);
		KTRY(vec.push(std::move(vec[7]), GFP_KERNEL));
		CHECK(vec[100].value == 7 && vec[7].value == -1 && alive == 101);
		vec.pop();
		CHECK(vec.size() == 100 && alive == 100);
		CHECK(vec.get(99) != nullptr && vec.get(100) == nullptr);
		Vec<Counted> other = std::move(vec);
		CHECK(vec.empty() && other.size() == 100 && alive == 100);
		vec = std::move(other);
		CHECK(vec.size() == 100 && other.empty());
		vec.clear();
		CHECK(alive == 0 && vec.capacity() >= 100);

		Vec<int> numbers = KTRY(Vec<int>::with_capacity(2, GFP_KERNEL));
		for (int i = 0; i < 50; ++i)
			KTRY(numbers.push(i == 0 ? 5 : numbers[0], GFP_KERNEL));
		int sum = 0;
		for (int number : numbers)
			sum += number;
		CHECK(sum == 250 && numbers.size() == 50);
	}
	CHECK(alive == 0);
"""

VEC_FULL = """
	Vec<Counted> vec;
	KTRY(vec.emplace(GFP_KERNEL, 5));
	auto huge = vec.reserve(~0ul / sizeof(Counted), GFP_KERNEL | __GFP_NOWARN);
	CHECK(!huge && huge.error() == ENOMEM);
	auto over = vec.reserve(~0ul / 2, GFP_KERNEL);
	CHECK(!over && over.error() == EOVERFLOW);
	CHECK(vec.size() == 1 && vec[0].value == 5 && alive == 1);
	Vec<char> bytes;
	auto much = bytes.reserve(1ul << 40, GFP_KERNEL | __GFP_NOWARN);
	CHECK(!much && much.error() == ENOMEM && bytes.capacity() == 0);

	Vec<Counted> full; // twice its size is more than kmalloc() ever gives
	const unsigned long most = (2ul << 20) / sizeof(Counted) + 1;
	KTRY(full.reserve(most, GFP_KERNEL));
	while (full.size() < most)
		KTRY(full.emplace(GFP_KERNEL, 1));
	Counted extra{77};
	auto refused = full.push(std::move(extra), GFP_KERNEL | __GFP_NOWARN);
	CHECK(!refused && refused.error() == ENOMEM && full.size() == most && extra.value == 77);
"""

RESULT = """
	auto fails = []() -> Result<int> { return std::unexpected(ENODEV); };
	auto passes_on = [&]() -> Result<> { int never = KTRY(fails()); pr_err("got %d\\n", never); return {}; };
	CHECK(passes_on().error() == ENODEV && passes_on().error().to_errno() == -19);
	auto value = []() -> Result<int> { return 4; };
	auto uses = [&]() -> Result<int> { return KTRY(value()) + 1; };
	CHECK(uses() == 5);
	CHECK(to_result(-22).error() == EINVAL && to_result(3).has_value());
"""


BEHAVIOURS = {
    "box_owns_moves_and_destroys": BOX,
    "vec_grows_moves_and_destroys": VEC,
    "vec_is_untouched_when_memory_runs_out": VEC_FULL,
    "result_carries_values_and_errors": RESULT,
}


@pytest.fixture(scope="session")
def log(kernel: Kernel, kcxx: Path, package: Path, run_directory: Path) -> str:
    """What each kernel logged of a module that has all behaviours."""
    return log_of(run_directory / f"runtime-{kernel.series}", kcxx, package, kernel, source_of(BEHAVIOURS))


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_library(name: str, log: str) -> None:
    """Each statement of what a type does holds in the kernel, and no object is left."""
    assert said_of(log, name) == [f"{name}: 0"]


def test_init_error_is_what_insmod_reports(boot: Boot) -> None:
    """The Error that init() returns reaches insmod as its errno, and nothing stays loaded."""
    result = boot(at_load("return std::unexpected(ENOSPC);"))
    assert result.returncode == LOAD_FAILED
    assert "ENOSPC" in result.stdout + result.stderr


def test_module_object_lives_from_load_to_unload(boot: Boot) -> None:
    """The object init() makes is constructed once, where it stays, and destroyed once, at unload."""
    source = (
        BEGIN
        + """
struct Subject {
	static Result<Subject> init(ThisModule &) { return Result<Subject>{std::in_place, 3}; }
	explicit Subject(int n) : self{this}, number{n} { pr_info("constructed\\n"); }
	Subject(Subject &&) = delete;
	~Subject() { pr_info("destroyed, %s, %d\\n", self == this ? "not moved" : "moved", number); }
	Subject *self;
	int number;
};
"""
        + END
    )
    result = boot(source)
    assert logged(result) == ["constructed", "destroyed, not moved, 3"]
    assert result.returncode == 0, result.stdout + result.stderr


# By name: what it includes, what its code sees, the code, and what the BUG says
BUGS = {
    "vec_index": (
        "",
        "",
        "Vec<int> v; pr_info(\"%d\\n\", v[3]);",
        "Vec: index out of bounds",
    ),
    "vec_pop": (
        "",
        "",
        "Vec<int> v; v.pop();",
        "Vec: pop() of an empty one",
    ),
    "box_moved_from": (
        "",
        "",
        "auto a = KTRY(Box<int>::make(GFP_KERNEL, 1)); auto b = std::move(a); pr_info(\"%d\\n\", *a + *b);",
        "Box: used after a move",
    ),
    "std_span_index": (
        "#include <span>\n",
        "[[gnu::noipa]] int at(std::span<const int> s, unsigned i) { return s[i]; }",
        "int three[] = {1, 2, 3}; pr_info(\"%d\\n\", at(three, 3));",
        "std: precondition violated, or a value asked for that is not there",
    ),
    "std_optional_value": (
        "#include <optional>\n",
        "[[gnu::noipa]] int of(std::optional<int> o) { return o.value(); }",
        "pr_info(\"%d\\n\", of({}));",
        "std: precondition violated, or a value asked for that is not there",
    ),
    "pure_virtual_call": (
        "",
        "struct Base { Base() { hidden(this); } virtual ~Base() = default; virtual int f() = 0;\n"
        "[[gnu::noipa, gnu::optimize(\"no-devirtualize\")]] static void hidden(Base *b) { pr_info(\"%d\\n\", b->f()); } };\n"
        "struct Real : Base { int f() override { return 1; } };",
        "Real real;",
        "pure virtual function called",
    ),
    "delete_expression": (
        "",
        "struct Base { virtual ~Base() = default; }; struct Real : Base {};\n"
        "[[gnu::noipa]] void destroy(Base *b) { delete b; }",
        "auto real = KTRY(Box<Real>::make(GFP_KERNEL)); destroy(real.release());",
        "operator delete called: memory belongs in a kernel::Box",
    ),
}


@pytest.fixture(scope="session")
def bugs(kernel: Kernel, kcxx: Path, package: Path, run_directory: Path) -> dict[str, str]:
    """What each kernel logged of each"""
    mistakes = {name: mistake for name, (*mistake, _) in BUGS.items()}
    return named_bugs.logs_of(run_directory / f"runtime-bugs-{kernel.series}", kcxx, package, kernel, mistakes)


@pytest.mark.parametrize("name", BUGS)
def test_program_error_ends_in_a_named_bug(name: str, bugs: dict[str, str]) -> None:
    """What only a mistake in the program can bring about is a BUG whose log line says what it was."""
    named_bugs.assert_bug_is_named(bugs[name], BUGS[name][3])


def test_printk_levels_are_the_kernels(boot: Boot, tmp_path: Path) -> None:
    """Each pr_*() logs at its level; pr_cont() goes on with the line; pr_debug() is silent."""
    calls = " ".join(f'pr_{level}("{level}\\n");' for level in ("emerg", "alert", "crit", "err", "warn", "notice"))
    code = calls + ' pr_info("in"); pr_cont("fo\\n"); pr_debug("hidden %d\\n", 1); return Subject{};'
    script = tmp_path / "levels.sh"
    script.write_text("dmesg -r | sed -n 's/^<\\([0-9]\\)>.*subject: /raw \\1 /p'\n", encoding="utf-8")
    result = boot(at_load(code), "--script", script)
    assert result.returncode == 0, result.stdout + result.stderr
    said = [
        (level, word)
        for level, word in re.findall(r"raw (\d) (\w+)", result.stdout)
        if word not in ("loading", "module")
    ]
    assert said == [(str(i), n) for i, n in enumerate(("emerg", "alert", "crit", "err", "warn"))] + [
        ("5", "notice"),
        ("6", "info"),
    ]


def test_metadata_is_what_modinfo_shows(package: Path, kernel: Kernel, tmp_path: Path) -> None:
    """Each MODULE_*() leaves its one field, in C's format."""
    project = KbuildProject(tmp_path, package, kernel.build)
    project.write(
        "main.cc",
        at_load("return Subject{};").replace(
            'MODULE_LICENSE("GPL");',
            'MODULE_LICENSE("Dual MIT/GPL"); MODULE_AUTHOR("A. One"); MODULE_AUTHOR("B. Two");'
            'MODULE_DESCRIPTION("says what it does"); MODULE_VERSION("1.2.3"); MODULE_ALIAS("other-name");'
            'MODULE_FIRMWARE("a/b.bin"); MODULE_SOFTDEP("pre: crc32c"); MODULE_IMPORT_NS(SOME_SPACE);'
            'MODULE_INFO(intree_cousin, "no");',
        ),
    )
    project.kbuild("obj-m := subject.o\nsubject-y := main.o\n")
    project.made()
    module = project.module("subject")
    assert {
        field: sorted(modinfo_field(module, field).splitlines())
        for field in (
            "license", "author", "description", "version", "alias", "firmware", "softdep", "import_ns", "intree_cousin",
        )
    } == {
        "license": ["Dual MIT/GPL"],
        "author": ["A. One", "B. Two"],
        "description": ["says what it does"],
        "version": ["1.2.3"],
        "alias": ["other-name"],
        "firmware": ["a/b.bin"],
        "softdep": ["pre: crc32c"],
        "import_ns": ["SOME_SPACE"],
        "intree_cousin": ["no"],
    }  # fmt: skip
    assert re.fullmatch(r"[0-9A-F]{23}", modinfo_field(module, "srcversion"))


@pytest.mark.parametrize("spelling", ["DMA_BUF", '"DMA_BUF"'])
def test_imported_namespace_gives_its_symbols(boot: Boot, spelling: str) -> None:
    """MODULE_IMPORT_NS() in either of the kernel's spellings: a symbol of the namespace is found at load."""
    source = at_load(
        'void (*volatile put)(struct dma_buf *) = dma_buf_put;'
        'pr_info("%s\\n", put != nullptr ? "found" : "none"); return Subject{};'
    )
    declared = 'struct dma_buf;\nextern "C" void dma_buf_put(struct dma_buf *buffer);\n'
    imported = f"MODULE_IMPORT_NS({spelling});\n"
    result = boot(source.replace("using namespace kernel;", declared + imported + "using namespace kernel;"))
    assert logged(result) == ["found"], result.stdout + result.stderr


def test_helpers_come_only_when_called(package: Path, kernel: Kernel, tmp_path: Path) -> None:
    """A module that allocates nothing has no allocator's helper in it, and imports none."""
    project = KbuildProject(tmp_path, package, kernel.build)
    project.write("main.cc", at_load("return Subject{};"))
    project.kbuild("obj-m := subject.o\nsubject-y := main.o\n")
    project.made()
    names = must(run("nm", project.module("subject")))
    assert "kcxx_bug" in names  # what every module has, for pure virtual calls
    assert not re.findall(r"\w*(?:alloc|free)\w*", names.replace("alloc_tags", ""))
