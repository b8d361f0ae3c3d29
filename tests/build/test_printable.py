# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Strings of files are shown: none of them steers the terminal of the reader."""

from __future__ import annotations

import json
import subprocess
import unicodedata
from pathlib import Path

import pytest

from fixtures.commands import must, run
from fixtures.inspected import GPL, QUIET, kernel_directory, module

# Each of them does something to some terminal, or to the order in which the reader sees the text.
STEERING = {
    "colour": "\033[31m",
    "title": "\033]0;owned\a",
    "link": "\033]8;;http://other.test\033\\",
    "cursor": "\033[2A\033[2K",
    "device-control": "\033P$q\"p\033\\",
    "reset": "\033c",
    "bell": "\a",
    "backspace": "\b\b\b",
    "carriage-return": "\rwould load: ",
    "line-feed": "\nwould load: ",
    "vertical-tab": "\v",
    "delete": "\x7f",
    "c1-control-sequence": "\x9b31m",
    "c1-next-line": "\x85",
    "direction-override": "\u202e",
    "direction-isolate": "\u2066",
    "arabic-letter-mark": "\u061c",
    "line-separator": "\u2028",
}
steering = pytest.mark.parametrize("text", STEERING.values(), ids=STEERING)
ALL = "-".join(STEERING.values())


def c_string(text: str) -> str:
    """@text as C writes the bytes of its UTF-8"""
    return "".join(f"\\{byte:03o}" for byte in text.encode())


def steers(output: str) -> list[str]:
    """The characters of @output that steer a terminal: controls, and formats such as the turns of direction"""
    return [character for character in output if character != "\n" and unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp")]


def shown(result: subprocess.CompletedProcess[str]) -> str:
    """Returns all that the reader of a terminal gets; it must not be empty."""
    assert result.stdout + result.stderr
    return result.stdout + result.stderr


@pytest.mark.parametrize("field", ["description", "author", "version", "license", "import_ns", "depends", "parm", "vermagic"])
def test_modinfo_does_not_steer(kcxx: Path, field: str, tmp_path: Path) -> None:
    """A string of .modinfo adds no control and no line of its own to the report, nor to the JSON that a terminal shows."""
    path = module(tmp_path, QUIET.replace(GPL, "") + f'INFO(more, "{field}=a:{c_string(ALL)}b");\n', "-UVERMAGIC", f'-DVERMAGIC="{c_string(ALL)}"')
    result = run(kcxx, "inspect", path)
    assert steers(shown(result)) == []
    assert [line for line in result.stdout.splitlines()[1:] if not line.startswith("  ")] == []
    as_json = run(kcxx, "inspect", "--format", "json", path)
    assert steers(shown(as_json)) == []
    assert as_json.stdout.isascii()


@pytest.mark.parametrize("place", ["symbol", "section", "export"])
def test_names_in_a_module_do_not_steer(kcxx: Path, place: str, tmp_path: Path) -> None:
    """Names of missing symbols, of ignored sections and of exports add no control and no line."""
    path = module(
        tmp_path,
        QUIET
        + "void unnamed(void);\nint more(void) { unnamed(); return 0; }\n"
        + 'long table __attribute__((used, section(".ctors.name"))) = 1;\n'
        + 'static const int __ksymtab_name __attribute__((used, section("__ksymtab"))) = 1;\n',
    )
    old, prefix = {"symbol": ("unnamed", ""), "section": (".ctors.name", ".ctors."), "export": ("__ksymtab_name", "__ksymtab_")}[place]
    how = "--rename-section" if place == "section" else "--redefine-sym"
    must(run("objcopy", how, f"{old}={prefix}{ALL}", path))
    result = run(kcxx, "inspect", "--kernel", kernel_directory(tmp_path / "kernel"), path)
    assert "would load: " in result.stdout  # as a part of the name
    assert steers(shown(result)) == []
    assert [line for line in result.stdout.splitlines()[1:] if not line.startswith("  ")] == []


@steering
def test_name_of_a_file_does_not_steer(kcxx: Path, text: str, tmp_path: Path) -> None:
    """The name of a file adds no control, in a report and in an error of each command that reads one."""
    directory = tmp_path / f"a{text.replace('/', '_')}b"
    path = module(directory, QUIET)
    assert steers(shown(run(kcxx, "inspect", path))) == []
    (directory / "none.ko").write_bytes(b"none")
    for command in ("inspect", "boot"):
        result = run(kcxx, command, directory / "none.ko")
        assert result.returncode == 3
        assert steers(shown(result)) == []
        assert [line for line in result.stderr.splitlines() if line.startswith("would load: ")] == []


@steering
def test_configuration_of_a_kernel_does_not_steer(kcxx: Path, text: str, tmp_path: Path) -> None:
    """The compiler in the configuration of a kernel adds no control."""
    release = "6.12.0-sample"
    kernel = kernel_directory(tmp_path / f"lib/modules/{release}/build")
    with (kernel / ".config").open("a", encoding="utf-8") as config:
        config.write(f'CONFIG_CC_VERSION_TEXT="gcc{text.replace(chr(10), "")}"\n')
    lines = (kernel / ".config").read_text(encoding="utf-8").splitlines()
    (kernel / ".config").write_text("\n".join(reversed(lines)) + "\n", encoding="utf-8")
    result = run(kcxx, "kernels", "--root", tmp_path, env={"KCXX_CACHE": str(tmp_path / "cache")})
    assert release in result.stdout
    assert steers(shown(result)) == []


def test_text_of_the_world_is_shown(kcxx: Path, tmp_path: Path) -> None:
    """Letters of any script stay as they are, and bytes that are no UTF-8 are replaced."""
    path = module(tmp_path, QUIET + f'INFO(more, "description={c_string("Grüße, 世界, 🙂")}\\377");\n')
    assert "Grüße, 世界, 🙂\ufffd" in run(kcxx, "inspect", path).stdout
    (found,) = json.loads(run(kcxx, "inspect", "--format", "json", path).stdout)["modules"]
    assert found["description"] == "Grüße, 世界, 🙂\ufffd"
