# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The order of versions: one comparison, by every shell, against tuples."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from fixtures.availability_check import Check
from fixtures.fake_compiler import found

SHELLS = ["dash", "bash", "busybox"]
AWKS = ["mawk", "gawk", "original-awk", "busybox"]
SUFFIXES = ["", "-rc3", "+deb12-amd64", "-arch1-1", "-0.deb12.4-arm64", "-553.el8.x86_64", "~rc1", "-rc12+"]

SORTER = """. "$1/versions.sh"
while read -r one other; do
	older "$one" "$other" && echo "$one $other"
done
:
"""


def version(text: str) -> tuple[int, ...]:
    """The numbers before anything else, as many as there may be"""
    numbers = [int(number) for number in re.match(r"[0-9.]*", text)[0].split(".")]
    return tuple(numbers + [0] * (4 - len(numbers)))


def some(chance: random.Random) -> str:
    """A version: some are near another, and many past sublevel 100"""
    numbers = [chance.choice([4, 5, 6, 6, 6, 12]), chance.choice([0, 1, 9, 10, 12, 13, 100]), chance.randrange(1000)]
    return ".".join(map(str, numbers[: chance.choice([2, 3, 3, 3])])) + chance.choice(SUFFIXES)


def run_shell(check: Check, shell: str, script: str, text: str) -> list[str]:
    """The lines that @script prints of @text"""
    check.interpreter(shell, None)
    (check.directory / "script").write_text(script, encoding="utf-8")
    with (check.directory / "input").open("w+", encoding="utf-8") as lines:
        lines.write(text)
        lines.seek(0)
        result = check.call(check.kbuild, script=str(check.directory / "script"), stdin=lines)
    assert (result.returncode, result.stderr) == (0, "")
    return result.stdout.splitlines()


@pytest.mark.parametrize("shell", SHELLS)
def test_older_is_the_order_of_tuples(shell: str, check: Check) -> None:
    """Sublevels to 999, release candidates, distributions' suffixes: the numbers count, and nothing else does."""
    chance = random.Random(612118)
    pairs = [(some(chance), some(chance)) for _ in range(4000)]
    pairs += [(one, one) for one, _ in pairs[:50]]
    pairs += [("6.12.118", "6.13"), ("6.13", "6.12.118"), ("6.08", "6.9"), ("6.12", "6.12.0"), ("5.4.300", "5.10"), ("", "6")]
    said = run_shell(check, shell, SORTER, "".join(f"{one} {other}\n" for one, other in pairs if one))
    assert said == [f"{one} {other}" for one, other in pairs if one and version(one) < version(other)]


def releases_newest_first() -> list[str]:
    """Releases and release candidates, drawn by lot, in the order of their numbers; a candidate after its release"""
    chance = random.Random(6)
    releases = {f"{chance.choice([5, 6])}.{chance.randrange(30)}.{chance.randrange(1000)}" for _ in range(300)}
    candidates = {f"{one}-rc{chance.randrange(1, 12)}" for one in sorted(releases)[:40]}

    def place(name: str) -> tuple[int, ...]:
        numbers, _, candidate = name.partition("-rc")
        return (*map(int, numbers.split(".")), int(candidate or 99))

    return sorted(releases | candidates, key=place, reverse=True)


# Suffixes of the version in the names of distributions' kernels
TAILS = ["", "-amd64", "+deb12-amd64", "-arch1-1", "-553.el8.x86_64", "/build"]


@pytest.mark.parametrize("tail", TAILS)
@pytest.mark.parametrize("shell", SHELLS)
def test_newest_first_is_the_order_of_releases(shell: str, tail: str, check: Check) -> None:
    """Paths of kernels: the newest first, and a release candidate after its release, whatever follows the version."""
    paths = [f"/usr/src/my kernels/linux-headers-{name}{tail}" for name in releases_newest_first()]
    shuffled = random.Random(7).sample(paths, len(paths))
    assert run_shell(check, shell, '. "$1/versions.sh"\nnewest_first', "".join(f"{path}\n" for path in shuffled)) == paths


@pytest.mark.parametrize("awk", AWKS)
@pytest.mark.parametrize("header", [True, False], ids=["by the header", "by the release"])
def test_kernel_min_and_max_past_sublevel_100(header: bool, awk: str, check: Check) -> None:
    """KERNEL_MIN and KERNEL_MAX are of the same order, up to sublevel 999, whether the headers have the version or not."""
    (check.tools.directory / "awk").symlink_to(Path(found(awk)))
    chance = random.Random(awk)
    for major, minor, patch in [(6, 12, 118), (5, 10, 255), (5, 4, chance.randrange(256, 1000)), (6, 1, chance.randrange(1000))]:
        check.kernel.version, check.kernel.release = (major, minor, patch), f"{major}.{minor}.{patch}-fake"
        kernel = check.prepare()
        if not header:
            kernel.file("include/generated/uapi/linux/version.h", f"#define LINUX_VERSION_CODE {(major << 16) + (minor << 8) + min(patch, 255)}\n")
        for _ in range(3):
            wanted = re.match(r"[0-9.]*", some(chance))[0]
            mine = (major, minor, patch, 0)
            for option, met in {
                "--kernel-min": mine >= version(wanted),
                "--kernel-max": mine <= version(wanted) or (wanted.count(".") == 1 and (major, minor) == version(wanted)[:2]),
            }.items():
                result = check.call("--constraints", "--kernel", kernel.directory, option, wanted)
                assert result.returncode == (0 if met else 77), (check.kernel.release, option, wanted, result.stderr)
