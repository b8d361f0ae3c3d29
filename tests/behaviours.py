# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Many small statements about the library, held in one boot: a module in which each is a function.

A behaviour is C++ that says CHECK(condition) of what has to hold and KTRY() of what may fail. At load the module
runs them all and logs of each `<name>: 0`, or the errno it ended with, and what did not hold.
"""

from __future__ import annotations

import re
from pathlib import Path

from conftest import Kernel, made_once, must, run
from kbuild_project import KbuildProject

# No behaviour may leave a Counted behind.
BEGIN = """\
#include <utility>
#include <kernel/prelude.hpp>
{includes}
MODULE_LICENSE("GPL");
using namespace kernel;
#define CHECK(condition) do {{ if (!(condition)) {{ pr_err("does not hold: %s\\n", #condition); \\
	return std::unexpected(EINVAL); }} }} while (false)
namespace {{
int alive;
struct Counted {{
	explicit Counted(int v) : value{{v}} {{ ++alive; }}
	Counted(const Counted &other) noexcept : value{{other.value}} {{ ++alive; }}
	Counted(Counted &&other) noexcept : value{{std::exchange(other.value, -1)}} {{ ++alive; }}
	Counted &operator=(Counted &&other) noexcept {{ value = std::exchange(other.value, -1); return *this; }}
	virtual ~Counted() {{ --alive; value = -2; }}
	virtual int twice() const {{ return 2 * value; }}
	int value;
}};
struct Padding {{ virtual ~Padding() = default; long room[3] = {{1, 2, 3}}; }};
struct Derived : Padding, Counted {{
	explicit Derived(int v) : Counted{{v}} {{}}
	int twice() const override {{ return 200 * value; }}
}};
struct Fixed {{
	explicit Fixed(int v) : self{{this}}, value{{v}} {{ ++alive; }}
	Fixed(Fixed &&) = delete;
	~Fixed() {{ --alive; }}
	Fixed *self;
	int value;
}};
{before}
"""

RUN = """
struct Behaviour {{ const char *name; Result<> (*run)(); }};
constexpr Behaviour behaviours[] = {{ {table} }};

int outcome(const Behaviour &behaviour)
{{
	const Result<> result = behaviour.run();
	if (alive != 0)
		pr_err("%s: %d objects are left\\n", behaviour.name, std::exchange(alive, 0));
	return result ? 0 : result.error().to_errno();
}}

void run_all()
{{
	for (const Behaviour &behaviour : behaviours)
		pr_info("%s: %d\\n", behaviour.name, outcome(behaviour));
}}
"""

MODULE = """
struct Subject {
	static Result<Subject> init(ThisModule &) { run_all(); return Subject{}; }
};
}
KERNEL_MODULE(Subject);
"""


def source_of(behaviours: dict[str, str], includes: str = "", before: str = "", module: str = MODULE) -> str:
    """The source of a module that runs @behaviours; they see @before, and @module follows."""
    functions = "".join(
        f"[[gnu::noinline]] Result<> {name}()\n{{\n{code}\nreturn {{}};\n}}\n" for name, code in behaviours.items()
    )
    table = ", ".join(f'{{"{name}", {name}}}' for name in behaviours)
    begin = BEGIN.format(includes=includes, before=before)
    return begin + functions + RUN.format(table=table) + module


def built(directory: Path, package: Path, kernel: Path, source: str, c: str = "", *arguments: str) -> Path:
    """The module subject.ko of a C++ @source, and of @c if there is any; nothing may be said of it."""
    project = KbuildProject(directory, package, kernel)
    project.write("main.cc", source)
    if c:
        project.write("part.c", c)
    project.kbuild(f"obj-m := subject.o\nsubject-y := main.o {'part.o' if c else ''}\n")
    said = project.made(*arguments)
    assert "warning:" not in said, said
    return project.module("subject")


def log_of(directory: Path, kcxx: Path, package: Path, kernel: Kernel, source: str) -> str:
    """What @kernel logs of the module of @source; made once, in @directory."""

    def make(to: Path) -> None:
        (to / "log").write_text(must(run(kcxx, "boot", built(to, package, kernel.build, source))), encoding="utf-8")

    return (made_once(directory, make) / "log").read_text(encoding="utf-8")


def said_of(log: str, name: str) -> list[str]:
    """What the module logged from the behaviour before @name to @name's own line."""
    lines = re.findall(r"\] subject: (.*)$", log, re.M)
    end = next((i for i, line in enumerate(lines) if re.match(rf"{name}: -?\d+$", line)), None)
    assert end is not None, log
    begin = max((i for i in range(end) if re.match(r"\w+: -?\d+$", lines[i])), default=-1)
    said = lines[begin + 1 : end + 1]
    return [line for line in said if not line.startswith(("loading out-of-tree", "module verification failed"))]
