# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The repository's own rules, held by the tools that know them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fixtures.commands import must, run
from fixtures.repository import REPOSITORY

LICENCE = "SPDX-License-Identifier: GPL-2.0-only OR MIT"
# A driver of the kernel's in C, and its C++ versions, keep its licence.
FROM_THE_KERNEL = {REPOSITORY / "examples/from_c" / form: "SPDX-License-Identifier: GPL-2.0-or-later" for form in ("c", "converted", "idiomatic")}

# Files that have no place for a comment, or are a licence themselves
UNMARKED = {".json", ".md", ".txt"}
UNMARKED_NAMES = {".gitignore", ".editorconfig", ".clang-format", ".clang-tidy"}


def tracked(*patterns: str) -> list[Path]:
    """The files git knows that match one of @patterns; all without one."""
    names = must(run("git", "-C", REPOSITORY, "ls-files", "-z", "--", *patterns)).split("\0")
    return [REPOSITORY / name for name in names if name]


def test_shell_scripts_are_clean_for_shellcheck() -> None:
    """Every script is POSIX sh without findings of shellcheck."""
    scripts = tracked("*.sh")
    assert scripts
    result = run("shellcheck", "--exclude=SC1090,SC1091", *scripts)  # sourced files are made at build time
    assert result.returncode == 0, result.stdout


def test_installed_scripts_can_be_executed() -> None:
    """A script of kbuild/ that names its shell has the mode for it: packages take the mode over, and lint asks."""
    scripts = [script for script in tracked("kbuild/*.sh") if script.read_text(encoding="utf-8").startswith("#!")]
    assert scripts
    assert [script.name for script in scripts if script.stat().st_mode & 0o111 != 0o111] == []


@pytest.mark.parametrize("shell", ["dash", "bash", "busybox"])
def test_shell_scripts_parse_in_every_shell(shell: str) -> None:
    """No script needs a particular shell."""
    command = ["busybox", "sh"] if shell == "busybox" else [shell]
    for script in tracked("*.sh"):
        result = run(*command, "-n", script)
        assert result.returncode == 0, result.stderr


def test_cxx_and_c_files_are_formatted() -> None:
    """clang-format 19 would change nothing."""
    sources = tracked("kbuild/*.hpp", "kbuild/*.cc", "kbuild/*.c", "examples/*.cc", "examples/*.hpp", "tools/*.cc", "tools/*.hpp")
    assert sources
    result = run("clang-format-19", "--dry-run", "--Werror", *sources)
    assert result.returncode == 0, result.stderr


def test_files_say_their_licence() -> None:
    """Every source file has its SPDX line among its first three."""
    without = [
        path
        for path in tracked()
        if path.suffix not in UNMARKED
        and path.name not in UNMARKED_NAMES
        and FROM_THE_KERNEL.get(path.parent, LICENCE) not in "".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:3])
    ]
    assert not without


def test_drivers_call_no_helpers() -> None:
    """Examples stand on kernel/*.hpp alone: no helper and no function of the library's bindings is named in them."""
    callers = [
        path
        for path in tracked("examples/*.cc", "examples/*.hpp")
        if re.search("kcxx_|bindings::", path.read_text(encoding="utf-8"))
    ]
    assert not callers


def test_headers_do_not_include_the_kernels() -> None:
    """C++ never includes a header of the kernel's: they are C."""
    includers = [
        (path, line)
        for path in tracked("kbuild/include/kernel/*.hpp", "kbuild/runtime/*.cc")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith(("#include <linux/", "#include <asm/", "#include <uapi/"))
    ]
    assert not includers


def test_header_of_the_library_includes_its_own_bindings() -> None:
    """<generated/bindings/a/b.hpp> has what a/b.hpp names, and no other header's: it comes with other headers by chance."""
    library = REPOSITORY / "kbuild/include/kernel"
    wrong = []
    for path in tracked("kbuild/include/kernel/*.hpp"):
        text = re.sub(r"//.*", "", path.read_text(encoding="utf-8"))
        included = re.findall(r"^#include <(generated/.*)>$", text, re.MULTILINE)
        own = f"generated/bindings/{path.relative_to(library)}"
        if included not in ([own], []) or (not included and "bindings::" in text):
            wrong.append(f"{path.name}: {included}, not {own}")
    assert not wrong, "\n".join(wrong)


def test_every_raw_call_says_why_it_is_safe() -> None:
    """A call of C's has a SAFETY comment before it in its paragraph, or one "of" all calls of its class."""
    bare = []
    for path in tracked("kbuild/include/kernel/*.hpp"):
        here = in_class = False
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            here = line.strip() not in ("", "{") and (here or "// SAFETY: " in line)
            in_class = not line.startswith("};") and (in_class or "// SAFETY, of " in line)
            code = re.sub(r'"[^"]*"', "", line)
            calls = re.search(r"^[\t ].*\bbindings::\w+\(", code) and not line.lstrip().startswith("//")
            if calls and not (here or in_class):
                bare.append(f"{path.name}:{number}: {line.strip()}")
    assert not bare, "\n".join(bare)

