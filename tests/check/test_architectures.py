# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""One table of architectures for kbuild/, one for tools/: a new architecture is a row in each."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from fixtures.commands import must, run
from fixtures.repository import REPOSITORY

COLUMNS = ("name", "config", "make", "srcarch", "machine", "debian", "elf", "targets", "image")
TABLE = REPOSITORY / "kbuild/architectures.tsv"
TOOLS = REPOSITORY / "tools"
PROGRAM = TOOLS / "architecture.hpp"
FIELDS = ("name", "uname", "kbuild", "debian")


def rows() -> list[dict[str, str]]:
    """The table without its comments."""
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [dict(zip(COLUMNS, line.split("\t"), strict=True)) for line in lines]


def of_program(field: str) -> list[str]:
    """The values of a member of the rows in the program's own table."""
    return re.findall(rf'\.{field} = "([^"]*)"', PROGRAM.read_text(encoding="utf-8"))


def test_rows_have_all_columns() -> None:
    """No column is empty: sh takes several tabs for one."""
    assert rows()
    assert [row for row in rows() if not all(row.values())] == []


def test_program_knows_the_same_architectures_and_images() -> None:
    """The program boots the architectures of the table, and finds the image of a kernel that was built at the same place."""
    assert of_program("name") == [row["name"] for row in rows()]
    assert of_program("image") == [f"arch/{row['srcarch']}/boot/{row['image']}" for row in rows()]


def test_report_in_json_may_have_each_architecture() -> None:
    """The schema of cxxavailable.sh --format json lists the names of the table."""
    schema = json.loads((REPOSITORY / "docs/check-report.schema.json").read_text(encoding="utf-8"))
    kernel = schema["definitions"]["report"]["properties"]["kernel"]["properties"]
    assert kernel["arch"]["enum"] == [*(row["name"] for row in rows()), None]


def test_each_architecture_has_toolchain_files() -> None:
    """There is a toolchain file for each family of compilers, with the machine of the table."""
    for row in rows():
        for family in ("gcc", "clang"):
            text = (REPOSITORY / f"toolchains/{row['name']}-{family}.cmake").read_text(encoding="utf-8")
            assert f"set(CMAKE_SYSTEM_PROCESSOR {row['machine']})" in text


@pytest.mark.parametrize("shell", ["dash", "bash", "busybox sh"])
def test_shells_read_each_column(shell: str) -> None:
    """architectures.sh finds a row by any of its columns, and names all architectures for people."""
    for row in rows():
        for column in ("name", "config", "machine", "elf"):
            shown = "; ".join(f'echo "$arch_{column}"' for column in COLUMNS)
            script = f'here=$1; . "$1/architectures.sh"; architecture_with {column} {row[column]} && {{ {shown}; }}'
            assert must(run(*shell.split(), "-c", script, "sh", TABLE.parent)).splitlines() == list(row.values())
    script = 'here=$1; . "$1/architectures.sh"; architecture_names; architecture_with name sparc || echo none'
    assert must(run(*shell.split(), "-c", script, "sh", TABLE.parent)) == "x86_64, arm64 or riscv64\nnone\n"


def test_cmake_reads_each_column(tmp_path: Path) -> None:
    """_kcxx_architecture() finds a row by any of its columns, and nothing for an architecture that has none."""
    script = tmp_path / "read.cmake"
    lines = [f'include("{REPOSITORY}/cmake/Architectures.cmake")']
    for row in rows():
        for column in COLUMNS:
            lines += [f'_kcxx_architecture(found "{TABLE.parent}" name {row["name"]} {column})', 'message("${found}")']
    lines += [f'_kcxx_architecture(found "{TABLE.parent}" name sparc machine)', 'message("<${found}>")']
    script.write_text("\n".join(lines), encoding="utf-8")
    shown = run("cmake", "-P", script).stderr.splitlines()
    assert shown == [value for row in rows() for value in row.values()] + ["<>"]


def test_module_test_boots_the_image_of_a_kernel_that_was_built(tmp_path: Path) -> None:
    """add_kernel_module_test() looks for the image of each architecture in the build directory of its kernel."""
    script = tmp_path / "image.cmake"
    files = ("Records", "Refusals", "Architectures", "AddKernelModuleTest")
    lines = ["cmake_minimum_required(VERSION 3.25)", *(f'include("{REPOSITORY}/cmake/{file}.cmake")' for file in files)]
    lines += [f'_kcxx_set_record(kcxx.kbuild_dir "{TABLE.parent}")', '_kcxx_set_record("kbuild.variable OBJTREE" /linux)']
    for row in rows():
        lines += [f'_kcxx_set_record("kbuild.variable SRCARCH" {row["srcarch"]})', "_kcxx_built_image(image)", 'message("${image}")']
    script.write_text("\n".join(lines), encoding="utf-8")
    assert run("cmake", "-P", script).stderr.splitlines() == [f"/linux/arch/{row['srcarch']}/boot/{row['image']}" for row in rows()]


# tools/


def names() -> set[str]:
    """The architectures' names, by all their tools."""
    found = re.findall(rf"\.(?:{'|'.join(FIELDS)}) = \"(\w+)\"", PROGRAM.read_text(encoding="utf-8"))
    assert {"x86_64", "arm64", "riscv64", "aarch64", "amd64", "riscv"} <= {*found}
    return {*found}


def test_architectures_stand_in_one_table() -> None:
    """No other source of the program has the name of an architecture as a text or as a word of a script."""
    choice = "|".join(sorted(names()))
    text = re.compile(rf"\"(?:{choice})\"|\bin (?:(?:{choice})\b ?)+;")
    sources = [path for pattern in ("*.cc", "*.hpp", "*.sh", "*.bash") for path in sorted(TOOLS.rglob(pattern)) if path != PROGRAM]
    assert sources
    copies = [
        f"{path.relative_to(REPOSITORY)}:{number}: {line.strip()}"
        for path in sources
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if text.search(line.partition("// ")[0])
    ]
    assert copies == []
