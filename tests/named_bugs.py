# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Mistakes that end in a BUG: a module for each, which makes it when told to; all of a kernel's in one guest."""

from __future__ import annotations

import re
from pathlib import Path

from behaviours import source_of
from conftest import Kernel, made_once, run
from kbuild_project import KbuildProject

# The status of kcxx boot that is asserted here
OOPSED = 16

INCLUDES = "#include <kernel/module_param.hpp>\n"
MODULE = """
Result<> when_written(int)
{
	run_all();
	return {};
}

constinit ModuleParam<int, when_written> make{0};
MODULE_PARAM(make, 0200, "who writes to it makes the mistake");

struct Subject {
	static Result<Subject> init(ThisModule &) { return Subject{}; }
};
}
KERNEL_MODULE(Subject);
"""

# A BUG ends the task that writes, which keeps what it holds: nothing of its module can be used or unloaded then.
# So the last ends the guest.
SCRIPT = """\
make()
{{
	echo "mistake: $1" > /dev/kmsg
	(echo 1 > /sys/module/$1/parameters/make)
}}
echo 0 > /proc/sys/kernel/panic_on_oops
for name in {names}; do
	make $name
done
echo 1 > /proc/sys/kernel/panic_on_oops
make {last}
"""


def logs_of(directory: Path, kcxx: Path, package: Path, kernel: Kernel, mistakes: dict[str, tuple[str, str, str]]) -> dict[str, str]:
    """By name, what @kernel logged of each of @mistakes (includes, what its code sees, code); made once, in @directory."""

    def make(to: Path) -> None:
        project = KbuildProject(to, package, kernel.build)
        for name, (includes, before, code) in mistakes.items():
            project.write(f"{name}.cc", source_of({"mistake": code}, INCLUDES + includes, before, MODULE))
        project.kbuild(f"obj-m := {' '.join(f'{name}.o' for name in mistakes)}\n")
        said = project.made("-j2")
        assert "warning:" not in said, said
        *names, last = mistakes
        script = project.write("script", SCRIPT.format(names=" ".join(names), last=last))
        result = run(kcxx, "boot", "--script", script, *map(project.module, mistakes))
        assert result.returncode == OOPSED, result.stdout + result.stderr
        project.write("log", result.stdout)

    log = (made_once(directory, make) / "log").read_text(encoding="utf-8")
    parts = re.split(r"\] mistake: (\w+)\n", log)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def assert_bug_is_named(log: str, message: str) -> None:
    """A BUG, whose first line says what it was and where."""
    assert re.search(rf"kcxx: \S+:\d+: {re.escape(message)}$", log, re.M), log
    assert "kernel BUG at" in log
