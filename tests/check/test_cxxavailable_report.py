# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""The output of cxxavailable.sh: text, colours, JSON, exit status, wrong calls; that of survey.sh."""

from __future__ import annotations

import json
import os
import pty
import subprocess

import pytest

from fixtures.availability_check import Check, applets
from fixtures.commands import INTERRUPTIBLE
from fixtures.fake_kernel import FakeKernel

SURVEY = "../survey/survey.sh"  # as seen from kbuild/
SUBJECT = "kernel 6.12.5-fake (x86_64), g++-12 (GCC 12.2.0)"


def broken(check: Check) -> Check:
    """@check, with something that makes C++ unavailable"""
    check.tools.remove("ld")
    return check


def warned(check: Check, *options: str) -> Check:
    """@check, with something to warn of"""
    check.kernel.configure(**dict.fromkeys(options or ("MODULE_SIG_FORCE",), "y"))
    return check


# The verdict


def test_verdict_usable(check: Check) -> None:
    """A kernel that is usable gives one line, and nothing on standard error."""
    outcome = check.run()
    assert (outcome.status, outcome.stdout, outcome.stderr) == (0, f"C++ is available: {SUBJECT}\n", "")
    assert outcome.document["verdict"] == "usable"


@pytest.mark.parametrize(
    ("options", "count"), [(["MODULE_SIG_FORCE"], "1 warning"), (["MODULE_SIG_FORCE", "TRIM_UNUSED_KSYMS"], "2 warnings")]
)
def test_verdict_usable_with_warnings(options: list[str], count: str, check: Check) -> None:
    """The verdict counts the warnings."""
    outcome = warned(check, *options).run()
    assert (outcome.status, outcome.stdout) == (0, f"C++ is available, with {count}: {SUBJECT}\n")
    assert outcome.document["verdict"] == "usable"


@pytest.mark.parametrize(
    ("clang", "missing"),
    [
        (None, "sleep in atomic context, locks taken twice and references that dangle"),
        ("clang++-18", "sleep in atomic context, locks taken twice and references that dangle"),
        ("clang++-19", "a sleep behind the calls of a callback"),
        ("clang++-22", None),
    ],
)
def test_verdict_names_what_builds_let_pass_without_a_clang(clang: str | None, missing: str | None, check: Check) -> None:
    """A second line, and the report of all checks; of several Clangs the newest is taken."""
    check.environment["KCXX_ANALYSIS"] = "auto"
    for name in ("clang++-14", clang) if clang else ():
        check.tools.script(name, "exit 1")
    outcome = check.run()
    assert outcome.status == 0
    if missing:
        assert outcome.stdout.splitlines()[1:] == [
            f"Builds do not refuse {missing}; they do with a newer Clang beside GCC: apt-get install clang-22"
        ]
    else:
        assert outcome.stdout == f"C++ is available: {SUBJECT}\n"
    assert outcome.records["analysis"].found == {None: "none", "clang++-18": "none"}.get(clang, clang) + (f": builds do not refuse {missing}" if missing else "")


def test_verdict_unusable_for_one_reason(check: Check) -> None:
    """The reason is on standard error."""
    outcome = broken(check).run()
    assert (outcome.status, outcome.stdout) == (1, f"C++ is not available, for 1 reason: {SUBJECT}\n")
    assert outcome.document["verdict"] == "unusable"


def test_verdict_unusable_for_two_reasons(check: Check) -> None:
    """All failures are reported at once; warnings do not count as reasons."""
    (check.tools.headers / "expected").unlink()
    outcome = warned(broken(check)).run()
    assert (outcome.status, outcome.stdout) == (1, f"C++ is not available, for 2 reasons: {SUBJECT}\n")
    assert len(outcome.blocks) == 3


def test_verdict_excluded(check: Check) -> None:
    """An excluded module is neither a failure nor usable."""
    outcome = check.run("--kernel-min", "7.0")
    assert (outcome.status, outcome.stdout) == (77, "This module is not for kernel 6.12.5-fake (x86_64)\n")
    assert outcome.document["verdict"] == "excluded"


# --quiet, --verbose


def test_quiet_where_all_is_well(check: Check) -> None:
    """--quiet prints nothing if C++ is available."""
    outcome = check.run("--quiet")
    assert (outcome.status, outcome.stdout, outcome.stderr) == (0, "", "")


def test_quiet_where_it_is_not(check: Check) -> None:
    """--quiet prints the failures alone."""
    outcome = broken(check).run("--quiet")
    assert (outcome.status, outcome.stdout) == (1, "")
    assert len(outcome.blocks) == 1


def test_verbose(check: Check) -> None:
    """A line for each requirement, in the order they are looked at, then the verdict"""
    outcome = warned(broken(check)).run("--verbose")
    *lines, last = outcome.stdout.splitlines()
    assert last == f"C++ is not available, for 1 reason: {SUBJECT}"
    assert [line.split()[:2] for line in lines] == [[record.status, name] for name, record in outcome.records.items()]
    assert lines[0] == "ok        make                 make 4.3"
    assert "failed    binutils             programs of the toolchain are missing: no command: ld" in lines
    assert "unchecked machine              waits for binutils" in lines
    assert (
        "warning   signatures           this kernel loads signed modules only: CONFIG_MODULE_SIG_FORCE=y" in lines
    )


def test_verbose_and_quiet(check: Check) -> None:
    """The list without the verdict"""
    outcome = check.run("--verbose", "--quiet")
    assert len(outcome.stdout.splitlines()) == len(outcome.records)


# Colours


def on_a_terminal(check: Check, **environment: str) -> str:
    """Returns the text on standard error, where that is a terminal."""
    broken(check).prepare()
    check.environment |= environment
    master, terminal = pty.openpty()
    try:
        check.call("--kernel", check.kernel.directory, stderr=terminal)
        os.close(terminal)
        return os.read(master, 65536).decode().replace("\r\n", "\n")
    finally:
        os.close(master)


PLAIN = (
    "*** kcxx: programs of the toolchain are missing\n"
    "***   found:  no command: ld\n"
    "***   needed: the linker and the object tools of the kernel's family\n"
    "***   fix:    apt-get install binutils\n"
)


def test_colours_on_a_terminal(check: Check) -> None:
    """The stars are red, the words are not."""
    assert on_a_terminal(check, TERM="xterm") == PLAIN.replace("***", "\033[1;31m***\033[0m")


@pytest.mark.parametrize("environment", [{"TERM": "xterm", "NO_COLOR": "1"}, {"TERM": "dumb"}, {}], ids=str)
def test_colours_on_a_terminal_unwanted(environment: dict[str, str], check: Check) -> None:
    """NO_COLOR, and terminals that have none"""
    assert on_a_terminal(check, **environment) == PLAIN


def test_colours_elsewhere(check: Check) -> None:
    """Text in a file has no colours."""
    check.environment["TERM"] = "xterm"
    assert broken(check).run().stderr == PLAIN


# JSON


def test_json_of_unknown_facts(check: Check) -> None:
    """Unknown facts are null, and every check has its place, its requirement and its reason."""
    outcome = check.run(kernel=check.directory)
    document = outcome.document
    assert document["kernel"] == {"directory": str(check.directory), "release": None, "arch": None}
    assert document["cxx"] == {"command": None, "family": None, "version": None}
    assert document["cc"] == {"command": None, "version": None}
    assert all(one["requirement"] and one["reason"] for one in document["requirements"])


def test_json_of_known_facts(check: Check) -> None:
    """Kernel and compilers"""
    document = check.run().document
    assert document["kernel"] == {"directory": str(check.kernel.directory), "release": "6.12.5-fake", "arch": "x86_64"}
    assert document["cxx"] == {"command": "g++-12", "family": "GCC", "version": "12.2.0"}
    assert document["cc"] == {"command": "gcc-12", "version": "12.2.0"}


NAMES = {
    "quotes": b"a\"b'c\\d",
    "UTF-8": "kärnel-内核-🐧-\u07ff-\ud7ff-\ue000-\U0010ffff".encode(),
    "Latin-1": b"k\xe4rnel",
    "controls": b"a\x01b\x1bc\x7fd",
    "overlong": b"\xc0\xaf-\xe0\x80\xaf-\xf0\x80\x80\xaf",
    "surrogates": b"\xed\xa0\x80-\xed\xbf\xbf",
    "beyond": b"\xf4\x90\x80\x80-\xf5\x80\x80\x80-\xfe\xff",
    "cut off": b"\xe2\x82-\xf0\x9f\x98-\xc3",
    "continuation": b"\x80\xbf",
    "commands": b"$(touch${IFS}x)`id`;&|*?[a]",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_json_of_any_bytes(name: bytes, check: Check) -> None:
    """File names are bytes: what is no UTF-8 is U+FFFD, byte by byte, and the JSON is valid."""
    directory = os.fsencode(check.directory) + b"/" + name
    result = check.call("--format", "json", "--kernel", os.fsdecode(directory), text=False)
    assert result.returncode == 1
    document = json.loads(result.stdout)
    try:
        shown = name.decode()
    except UnicodeDecodeError:
        shown = "".join(chr(b) if b < 128 else "�" for b in name)
    assert document["kernel"]["directory"] == f"{check.directory}/{shown}"


# Wrong calls

WRONG = {
    "--colour": "unknown option '--colour'",
    "kernel": "unknown option 'kernel'",
    "--kernel": "--kernel needs a value",
    "--cxx ": "--cxx needs a value",
    "--format xml": "unknown format 'xml'",
    "--arch sparc": "unknown architecture 'sparc'",
    "--only-arch x86": "unknown architecture 'x86'",
    "--requires PCI": "'PCI' is no CONFIG_ option",
    "--requires CONFIG_": "'CONFIG_' is no CONFIG_ option",
    "--kernel-min six": "'six' is no kernel version",
    "--kernel-max 6": "'6' is no kernel version",
    "--kernel-max 6.x": "'6.x' is no kernel version",
    "--kernel-min 6.12-rc1": "'6.12-rc1' is no kernel version",
    "--kernel-min 6.08": "'6.08' is no kernel version",
    "--kernel-min 6..1": "'6..1' is no kernel version",
}


@pytest.mark.parametrize("call", WRONG)
def test_wrong_call(call: str, check: Check) -> None:
    """The message names the wrong argument and lists the options."""
    result = check.call(*call.split(" "))
    assert (result.returncode, result.stdout) == (2, "")
    first, second, *rest = result.stderr.splitlines()
    assert first == f"cxxavailable.sh: {WRONG[call]}"
    assert second == "Usage: cxxavailable.sh [<option>…]"
    assert any(line.startswith("  --format text|json ") for line in rest)
    assert not [line for line in rest if line.startswith("#")]


HELP = {
    "cxxavailable.sh": "--kernel",
    "make-variables.sh": "--cc",
    "find-kernel.sh": "--places",
    "min-tool-version.sh": "--list",
    SURVEY: "--compilers",
}


@pytest.mark.parametrize("script", HELP)
@pytest.mark.parametrize("call", [["--help"], ["-h"], ["--verbose", "--help"]], ids=" ".join)
def test_help(call: list[str], script: str, check: Check) -> None:
    """How to call the script, as the comment that it begins with has it, and status 0."""
    result = check.call(*call, script=script)
    assert (result.returncode, result.stderr) == (0, "")
    comment = (check.kbuild / script).read_text(encoding="utf-8").partition("\n\n")[0]
    usage = comment[comment.index("# Usage: ") :].splitlines()
    assert result.stdout.rstrip("\n").splitlines() == [line.removeprefix("#").removeprefix(" ") for line in usage]
    assert result.stdout.startswith(f"Usage: {script.rpartition('/')[2]} ")
    assert HELP[script] in result.stdout


WRONG_OTHERS = {
    "make-variables.sh": "no kernel directory",
    "make-variables.sh --colour red /usr": "unknown option '--colour'",
    "make-variables.sh --cc": "unknown option '--cc', or one without its value",
    "find-kernel.sh --colour": "unknown option '--colour'",
    "find-kernel.sh --arch": "--arch needs a value",
    "find-kernel.sh --places": "--places needs a release",
    "find-kernel.sh 6.1 6.12": "one release at a time, not '6.1 6.12'",
    f"{SURVEY} --kernel 6.12": "'--kernel 6.12' is no call of it",
    f"{SURVEY} --format xml": "'--format xml' is no call of it",
    "min-tool-version.sh": "one tool at a time",
    "min-tool-version.sh g++ clang": "one tool at a time",
}


@pytest.mark.parametrize("call", WRONG_OTHERS)
def test_wrong_call_of_other_scripts(call: str, check: Check) -> None:
    """The other scripts refuse wrong calls in the same way, with the same status."""
    script, *arguments = call.split(" ")
    result = check.call(*arguments, script=script)
    assert (result.returncode, result.stdout) == (2, "")
    first, second, *_ = result.stderr.splitlines()
    name = script.rpartition("/")[2]
    assert (first, second[: len(name) + 7]) == (f"{name}: {WRONG_OTHERS[call]}", f"Usage: {name}")


def test_temporary_directory_missing(check: Check) -> None:
    """The check needs a temporary directory."""
    check.environment["TMPDIR"] = "/nonexistent"
    result = check.call()
    assert result.returncode == 1
    assert "/nonexistent/cxxavailable." in result.stderr


def test_temporary_directory_that_make_splits(check: Check) -> None:
    """Kbuild works in there: it is then another."""
    directory = check.directory / "tmp" / "my files"
    check.environment["TMPDIR"] = str(directory)
    check.passes("kbuild_answers", "gcc-12, g++-12")


@pytest.mark.parametrize(("signal", "status"), [("INT", 130), ("TERM", 143)])
def test_signal(signal: str, status: int, check: Check) -> None:
    """A signal ends the running check, and no file is left behind."""
    check.prepare()
    script = check.kbuild / "cxxavailable.sh"
    # The signal reaches the script itself: exec keeps this shell's process id.
    starter = check.directory / "starter"
    starter.write_text(f'#!/bin/sh\necho $$ > {check.directory}/pid\nexec {check.tools.directory}/sh {script} "$@"\n')
    starter.chmod(0o755)
    check.tools.script("ccache", f"kill -{signal} $(cat {check.directory}/pid)")
    result = subprocess.run(
        [*INTERRUPTIBLE, starter, "--kernel", check.kernel.directory],
        env={"PATH": check.path, "TMPDIR": str(check.directory / "tmp"), "HOME": str(check.directory)},
        check=False,
        capture_output=True,
    )
    assert result.returncode == status
    assert not list((check.directory / "tmp").iterdir())


# survey.sh


def surveyed(check: Check) -> None:
    """Two kernels in the cache, two compilers in PATH; nothing is named twice."""
    for release in ("6.12.5-fake", "6.1.9-fake"):
        kernel = FakeKernel(check.directory / "cache/kernels" / release / "build", release)
        if release == "6.1.9-fake":
            kernel.configure(MODULES=None, MODULE_SIG_FORCE="y")
        kernel.write()
    (check.directory / "cache/kernels/6.12.5-link").symlink_to("6.12.5-fake")
    check.tools.remove("g++-12")
    path = check.tools.compiler("g++-12.real")
    (check.tools.directory / "g++").symlink_to(path)
    (check.tools.directory / "g++-12").symlink_to(path)
    check.tools.compiler("g++-13", version="13.2.0")


def test_survey(check: Check) -> None:
    """A table of every kernel and every compiler, with why not, or with what care"""
    surveyed(check)
    check.hide("/lib/modules", "/usr/src")
    result = check.call(script=SURVEY)
    assert result.stderr == ""
    assert result.returncode == 0
    head, *rows = result.stdout.splitlines()
    assert head.split() == "KERNEL COMPILER USABLE WHY NOT, OR WITH WHAT CARE".split()
    major = "the C++ compiler is of another major version than the kernel's"
    assert [row.split(maxsplit=3) for row in rows] == [
        ["6.12.5-fake", "g++", "yes"],
        ["6.12.5-fake", "g++-13", "yes", major],
        ["6.1.9-fake", "g++", "no", "this kernel cannot load modules"],
        ["6.1.9-fake", "g++-13", "no", "this kernel cannot load modules"],
    ]


def test_survey_with_links_to_ccache(check: Check) -> None:
    """Links to ccache first in PATH, as Debian has them, are no compilers of their own, and are not all the same one.
    """
    surveyed(check)
    check.hide("/lib/modules", "/usr/src")
    ccache = check.tools.script(
        "ccache", f'[ "${{0##*/}}" != ccache ] || exit 0\nexec "{check.tools.directory}/${{0##*/}}" "$@"'
    )
    links = check.directory / "links"
    links.mkdir()
    for name in ("g++", "g++-12", "g++-13"):
        (links / name).symlink_to(ccache)
    check.environment["PATH"] = f"{links}:{check.path}"
    rows = check.call(script=SURVEY).stdout.splitlines()[1:]
    assert [row.split()[:3] for row in rows] == [
        ["6.12.5-fake", "g++", "yes"],
        ["6.12.5-fake", "g++-13", "yes"],
        ["6.1.9-fake", "g++", "no"],
        ["6.1.9-fake", "g++-13", "no"],
    ]


def test_survey_on_a_terminal(check: Check) -> None:
    """On a terminal the current pair is shown, and removed at the end."""
    surveyed(check)
    check.hide("/lib/modules", "/usr/src")
    master, terminal = pty.openpty()
    check.call(stderr=terminal, script=SURVEY)
    os.close(terminal)
    shown = os.read(master, 65536).decode()
    os.close(master)
    assert shown.startswith("checking ")
    assert shown.count("checking ") == 4


def test_survey_as_json(check: Check) -> None:
    """A list of reports"""
    surveyed(check)
    check.hide("/lib/modules", "/usr/src")
    result = check.call("--format", "json", script=SURVEY)
    document = json.loads(result.stdout)
    assert (result.returncode, document["format_version"]) == (0, 1)
    assert [(one["kernel"]["release"], one["cxx"]["command"], one["verdict"]) for one in document["reports"]] == [
        ("6.12.5-fake", "g++", "usable"),
        ("6.12.5-fake", "g++-13", "usable"),
        ("6.1.9-fake", "g++", "unusable"),
        ("6.1.9-fake", "g++-13", "unusable"),
    ]


@applets
def test_survey_of_nothing(check: Check) -> None:
    """Without kernels and compilers, both are reported as missing."""
    check.tools.remove("g++-12")
    check.hide("/lib/modules", "/usr/src")
    result = check.call(script=SURVEY)
    assert result.returncode == 1
    assert result.stderr == (
        "*** kcxx: no kernel headers are installed\n"
        "***   found:  none in /lib/modules/<release>/build /usr/src/linux-headers-<release> "
        f"/usr/src/kernels/<release> {check.directory}/cache/kernels/<release>/build\n"
        "***   needed: a headers package\n"
        "***   fix:    apt-get install linux-headers-6.12.5-fake, or kcxx kernels get 6.12\n"
        "*** kcxx: no C++ compiler is installed\n"
        f"***   found:  no g++ and no clang++ in {check.path}\n"
        "***   needed: GCC or Clang\n"
        "***   fix:    apt-get install g++-12\n"
    )
