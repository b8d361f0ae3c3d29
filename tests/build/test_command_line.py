# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The command line of kcxx: wrong calls, the manual and the completions of shells, all from one table."""

from __future__ import annotations

import gzip
import os
import re
import shutil
from pathlib import Path

import pytest

from fixtures.commands import must, run
from fixtures.exit_status import ExitStatus

COMMANDS = (
    "new", "convert", "check", "kernels", "kernels get", "kernels build", "inspect", "boot", "lint", "bindings", "matrix", "completion",
    "manual",
)  # fmt: skip


def options_in_help(kcxx: Path, command: str) -> set[str]:
    """The long options that --help of @command lists."""
    return set(re.findall(r"^ +(?:-\w,)?(--[\w-]+)", must(run(kcxx, *command.split(), "--help")), re.M)) | {"--help"}


# Wrong calls


@pytest.mark.parametrize(
    ("call", "what", "found", "needed", "fix"),
    [
        ("", "a command is missing", "kcxx alone", "one of: new, convert", "kcxx --help"),
        ("instpect m.ko", "kcxx has no command instpect", "instpect", "one of: new, convert", "kcxx inspect"),
        ("kernels gte 6.12", "kcxx kernels has no command gte", "gte", "one of: get, build", "kcxx kernels get"),
        ("kernels xyzzy", "kcxx kernels has no command xyzzy", "xyzzy", "one of: get, build", "kcxx kernels --help"),
        ("boot --verbos m.ko", "kcxx boot has no option --verbos", "--verbos", "one of: --help", "kcxx boot --verbose"),
        ("boot --verbos", "kcxx boot has no option --verbos", "--verbos", "one of: --help", "kcxx boot --verbose"),
        ("boot --expct=x m.ko", "kcxx boot has no option --expct", "--expct", "one of: --help", "kcxx boot --expect"),
        ("boot", "kcxx boot lacks its modules", "no KO...", "KO...: kernel modules", "kcxx boot --help"),
        ("boot --timeout 0 m.ko", "kcxx boot cannot use its --timeout", "Value 0", "; 1 to 86400", "kcxx boot --help"),
        ("boot --timeout", "kcxx boot cannot use its --timeout", "no value", "SECONDS: ", "kcxx boot --help"),
        ("boot --format xml m.ko", "kcxx boot cannot use its --format", "xml", "{text,json}: ", "kcxx boot --help"),
        ("new a b", "kcxx new takes no further argument", "b", "its help lists", "kcxx new --help"),
        ("manual bot", "the manual has no page kcxx-bot", "kcxx-bot", "a command", "man kcxx-boot"),
    ],
)  # fmt: skip
def test_wrong_call_names_the_word_and_the_remedy(
    kcxx: Path, call: str, what: str, found: str, needed: str, fix: str
) -> None:
    """Status 2, and one error: the word, the words that are right, and the call that was probably meant."""
    result = run(kcxx, *call.split())
    assert (result.returncode, result.stdout) == (ExitStatus.USAGE, "")
    lines = result.stderr.splitlines()
    assert lines[0] == f"kcxx: {what}"
    assert [re.split(r": +", line.strip(), maxsplit=1)[0] for line in lines[1:]] == ["found", "needed", "type"]
    assert found in lines[1]
    assert needed in lines[2]
    assert lines[3] == f"  type:   {fix}"


def test_argument_named_as_a_command_is_an_argument(kcxx: Path, tmp_path: Path) -> None:
    """kcxx new boot makes the project boot, and calls no other command."""
    must(run(kcxx, "new", "boot", cwd=tmp_path))
    assert (tmp_path / "boot/boot.cc").exists()


# The manual


@pytest.fixture(scope="session")
def pages(kcxx: Path, run_directory: Path, worker_id: str) -> Path:
    """The pages of the manual, a file each."""
    directory = run_directory / f"manual-{worker_id}"
    must(run(kcxx, "manual", "--output", directory))
    return directory


def test_manual_has_a_page_for_each_command(pages: Path) -> None:
    """kcxx.1, and one for each command."""
    names = {"kcxx.1", *(f"kcxx-{command.replace(' ', '-')}.1" for command in COMMANDS)}
    assert {page.name for page in pages.iterdir()} == names


@pytest.mark.skipif(not shutil.which("man"), reason="no man; apt-get install man-db")
def test_manual_lists_the_options_of_the_help(kcxx: Path, pages: Path) -> None:
    """man prints each option that --help lists, and troff warns of nothing."""
    missing = {}
    for command in COMMANDS:
        page = pages / f"kcxx-{command.replace(' ', '-')}.1"
        shown = run("man", "--warnings", "--local-file", page, env={"MANWIDTH": "100", "LC_ALL": "C.UTF-8"})
        assert shown.stderr == ""
        listed = set(re.findall(r"--[\w-]+", re.sub(r".\x08", "", shown.stdout)))
        missing[command] = options_in_help(kcxx, command) - listed
    assert not any(missing.values()), missing


def test_manual_is_printed_for_a_command(kcxx: Path, pages: Path) -> None:
    """The page that kcxx manual kernels get prints is the one that --output writes."""
    assert must(run(kcxx, "manual", "kernels", "get")) == (pages / "kcxx-kernels-get.1").read_text(encoding="utf-8")


# Completions

COMPLETIONS = [
    ("kcxx insp", {"inspect"}),
    ("kcxx kernels ", {"get", "build"}),
    ("kcxx boot --ver", {"--verbose"}),
    ("kcxx kernels get --up", {"--update"}),
    ("kcxx check --format ", {"text", "json"}),
    ("kcxx new --kind m", {"misc"}),
    ("kcxx boot --script mod", {"module.ko"}),
    ("kcxx boot mod", {"module.ko"}),
    ("kcxx boot --kernel 1.2", {"1.2.3-fake"}),
]


@pytest.fixture
def shell(kcxx: Path, tmp_path: Path) -> dict[str, str]:
    """A directory with module.ko, and an environment in which kcxx is found and a kernel 1.2.3-fake is in the cache."""
    (tmp_path / "module.ko").touch()
    build = tmp_path / "cache/kernels/1.2.3-fake/build"
    (build / "include/config").mkdir(parents=True)
    (build / "include/config/kernel.release").write_text("1.2.3-fake\n", encoding="utf-8")
    (build.parent / "vmlinuz").touch()
    return {"PATH": f"{kcxx.parent}:{os.environ['PATH']}", "KCXX_CACHE": str(tmp_path / "cache"), "HOME": str(tmp_path)}


@pytest.mark.parametrize(("typed", "completed"), COMPLETIONS, ids=[typed for typed, _ in COMPLETIONS])
def test_bash_completes(shell: dict[str, str], tmp_path: Path, typed: str, completed: set[str]) -> None:
    """The words that the function of complete -F offers."""
    script = r"""
    source <(kcxx completion bash)
    read -ra COMP_WORDS <<<"$1"
    [[ $1 != *" " ]] || COMP_WORDS+=("")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    "$(complete -p kcxx | sed 's/.*-F \(\w*\) .*/\1/')"
    printf '%s\n' "${COMPREPLY[@]}"
    """
    assert set(must(run("bash", "-c", script, "bash", typed, env=shell, cwd=tmp_path)).split()) == completed


@pytest.mark.every
@pytest.mark.parametrize(("typed", "completed"), COMPLETIONS, ids=[typed for typed, _ in COMPLETIONS])
def test_fish_completes(shell: dict[str, str], tmp_path: Path, typed: str, completed: set[str]) -> None:
    """The words that complete -C offers."""
    script = f"kcxx completion fish | source; complete -C '{typed}'"
    offered = must(run("fish", "--no-config", "-c", script, env=shell, cwd=tmp_path)).splitlines()
    assert {line.split("\t")[0] for line in offered} == completed


@pytest.mark.every
@pytest.mark.parametrize(
    ("typed", "completed"), [(typed, words) for typed, words in COMPLETIONS if len(words) == 1]
)
def test_zsh_completes(kcxx: Path, shell: dict[str, str], tmp_path: Path, typed: str, completed: set[str]) -> None:
    """A tab in an interactive shell completes the word."""
    (tmp_path / "functions").mkdir()
    (tmp_path / "functions/_kcxx").write_text(must(run(kcxx, "completion", "zsh")), encoding="utf-8")
    (word,) = completed
    begun = typed.rpartition(" ")[2]
    script = r"""
    zmodload zsh/zpty
    zpty shell zsh -fi
    zpty -w shell 'PS1=; fpath=($HOME/functions $fpath); autoload -Uz compinit; compinit -u -D; print ready'
    zpty -r shell line '*ready*ready*'
    zpty -w -n shell "$1"$'\t'
    zpty -r shell line "*$2*" && print -r -- "$line"
    zpty -d shell
    """
    shown = must(run("zsh", "-fc", script, "zsh", typed, word.removeprefix(begun), env=shell, cwd=tmp_path, timeout=60))
    assert f"{typed.removesuffix(begun)}{word}" in shown


def test_installed_program_brings_its_manual_and_completions(tmp_path: Path, kcxx: Path) -> None:
    """cmake --install puts them where man and the shells look."""
    if "KCXX_PROGRAM" in os.environ:
        pytest.skip("$KCXX_PROGRAM was not built here")
    must(run("cmake", "--install", kcxx.parent.parent, "--prefix", tmp_path))
    share = tmp_path / "share"
    assert gzip.open(share / "man/man1/kcxx-boot.1.gz", "rt").read().startswith('.\\" Made by kcxx')
    assert must(run(kcxx, "completion", "bash")) == (share / "bash-completion/completions/kcxx").read_text("utf-8")
    assert (share / "fish/vendor_completions.d/kcxx.fish").exists()
    assert (share / "zsh/site-functions/_kcxx").exists()
    assert (share / "zsh/vendor-completions/_kcxx").exists()
