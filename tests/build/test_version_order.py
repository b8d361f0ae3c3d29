# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The order of versions in C++ and in CMake is that of kbuild/versions.sh, and of tuples of numbers."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from fixtures.axes import CXX
from fixtures.commands import must, run
from fixtures.repository import REPOSITORY

ORDER = REPOSITORY / "tools/kernels/version_order.cc"
SORTER = """\
#include "kernels/version_order.hpp"
#include <algorithm>
#include <iostream>
#include <string>
#include <vector>
int main()
{
	std::vector<std::string> releases;
	for (std::string release; std::getline(std::cin, release);)
		releases.push_back(release);
	std::ranges::sort(releases, [](const auto &one, const auto &other) { return kcxx::is_older_release(other, one); });
	for (const auto &release : releases)
		std::cout << release << '\\n';
}
"""

SUFFIXES = ["", "-rc3", "~rc1", "-rc12+", "+deb12-amd64", "-0.deb12.4-arm64", "-arch1-1", "-553.el8.x86_64", ".rc1"]


def numbers(chance: random.Random) -> str:
    """Two or three numbers, many past sublevel 100"""
    drawn = [chance.choice([4, 5, 6, 6, 6, 12]), chance.choice([0, 1, 9, 10, 12, 13, 99, 100]), chance.randrange(1000)]
    return ".".join(map(str, drawn[: chance.choice([2, 3, 3])]))


def first_two(version: str) -> tuple[int, ...]:
    """Major and minor number"""
    return tuple(int(number) for number in version.split(".")[:2])


def test_releases_are_in_one_order(tmp_path: Path) -> None:
    """The C++ tools and the shell sort releases alike: sublevels to 999, candidates, distributions' suffixes."""
    (tmp_path / "sorter.cc").write_text(SORTER, encoding="utf-8")
    must(run(CXX["gcc"], "-std=c++23", f"-I{REPOSITORY}/tools", "-o", tmp_path / "sorter", tmp_path / "sorter.cc", ORDER))
    chance = random.Random(612118)
    releases = sorted({numbers(chance) + chance.choice(SUFFIXES) for _ in range(2000)} | {"6.12", "6.12-rc3", "6.9.1", "6.12.118"})
    chance.shuffle(releases)
    text = "".join(f"{release}\n" for release in releases)
    by_shell = must(run("sh", "-c", f'. "{REPOSITORY}/kbuild/versions.sh"; newest_first', input=text)).splitlines()
    by_tools = must(run(tmp_path / "sorter", input=text)).splitlines()
    assert by_tools == by_shell
    assert by_tools.index("6.12.118") < by_tools.index("6.12") < by_tools.index("6.12-rc3") < by_tools.index("6.9.1")


def by_cmake(script: str, directory: Path) -> list[str]:
    """The lines that @script prints, with the functions of cmake/ that it includes"""
    file = directory / "script.cmake"
    file.write_text(f"cmake_minimum_required(VERSION 3.25)\n{script}", encoding="utf-8")
    result = run("cmake", "-P", file)
    assert result.returncode == 0, result.stderr
    return result.stderr.splitlines()


def test_versions_of_cmake_are_in_the_same_order(tmp_path: Path) -> None:
    """VERSION_LESS, by which KERNEL_MIN and KERNEL_MAX are held against one another, on two and three numbers."""
    chance = random.Random(12)
    pairs = [(numbers(chance), numbers(chance)) for _ in range(2000)]
    script = "".join(f'if("{one}" VERSION_LESS "{other}")\n  message("{one} {other}")\nendif()\n' for one, other in pairs)
    shell = 'while read -r one other; do older "$one" "$other" && echo "$one $other"; done; :'
    text = "".join(f"{one} {other}\n" for one, other in pairs)
    assert by_cmake(script, tmp_path) == must(run("sh", "-c", f'. "{REPOSITORY}/kbuild/versions.sh"; {shell}', input=text)).splitlines()


@pytest.mark.parametrize("bounds", ["min", "max", "both"])
def test_range_of_dkms_is_that_of_the_numbers(bounds: str, tmp_path: Path) -> None:
    """BUILD_EXCLUSIVE_KERNEL takes a release exactly if its first two numbers are within KERNEL_MIN and KERNEL_MAX."""
    chance = random.Random(bounds)
    ranges = []
    for _ in range(150):
        low, high = sorted([numbers(chance), numbers(chance)], key=first_two)
        ranges.append((low if bounds != "max" else "", high if bounds != "min" else ""))
    script = f'include("{REPOSITORY}/cmake/DkmsKernelRange.cmake")\n'
    for low, high in ranges:
        script += f'_kcxx_kernel_range("{low}" "{high}" text)\nmessage("${{text}}")\n'
    releases = [numbers(chance) + chance.choice(SUFFIXES) for _ in range(300)]
    for (low, high), expression in zip(ranges, by_cmake(script, tmp_path), strict=True):
        taken = [release for release in releases if re.search(expression, release)]
        within = [
            release
            for release in releases
            for place in [first_two(re.match(r"[0-9.]*[0-9]", release)[0])]
            if (not low or first_two(low) <= place) and (not high or place <= first_two(high))
        ]
        assert taken == within, (low, high, expression)
