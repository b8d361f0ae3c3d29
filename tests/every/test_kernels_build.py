# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""kcxx kernels build: small kernels from the distribution's source package.

The kernel of configurations/smallest.config is built once a session, in a cache of its own that
shares the unpacked sources with the user's: killed, interrupted, then ended by two calls at once.
"""

from __future__ import annotations

import concurrent.futures
import json
import os
import re
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from fixtures.cmake_project import MODULE, CMakeProject
from fixtures.commands import INTERRUPTIBLE, must, run
from fixtures.directories import new_directory, one_at_a_time
from fixtures.exit_status import ExitStatus
from fixtures.fake_compiler import found
from fixtures.kbuild_project import KbuildProject
from fixtures.own_mounts import own_mounts
from fixtures.repository import REPOSITORY, user_cache
from fixtures.self_built_kernel import CONFIGURATIONS, SERIES
from fixtures.signing_keys import KeyPair, make_key_pair

SMALLEST = CONFIGURATIONS / "smallest.config"


@pytest.fixture(scope="session")
def sources(kcxx: Path) -> Path:
    """The sources of the user's cache, that of SERIES among them: fetched if need be."""
    with one_at_a_time("kernel-sources"):
        # A fragment that no kernel grants: the call stops as soon as it has the source.
        refused = user_cache() / "refused.config"
        refused.parent.mkdir(parents=True, exist_ok=True)
        refused.write_text("CONFIG_NO_SUCH_OPTION=y\n", encoding="utf-8")
        result = subprocess.run(Build(kcxx, user_cache(), refused).command(), check=False)
        refused.unlink()
    assert result.returncode == ExitStatus.INPUT
    return user_cache() / "sources"


@pytest.fixture
def cache(tmp_path: Path, sources: Path) -> Path:
    """A cache without kernels."""
    return with_sources(tmp_path / "cache", sources)


def with_sources(cache: Path, sources: Path) -> Path:
    cache.mkdir(parents=True)
    (cache / "sources").symlink_to(sources)
    return cache


@dataclass(frozen=True)
class Build:
    """Calls of kcxx kernels build with one cache."""

    kcxx: Path
    cache: Path
    fragment: Path

    def command(self, *options: str | Path) -> tuple[str | Path, ...]:
        start = (*INTERRUPTIBLE, "nice", self.kcxx, "kernels", "build", SERIES, "--arch", "x86_64", "--compiler", "clang-19")
        return (*start, "--config", self.fragment, *options)

    def environment(self) -> dict[str, str]:
        """Returns an environment with the cache of this object."""
        return os.environ | {"KCXX_CACHE": str(self.cache)}

    def whole(self) -> subprocess.CompletedProcess[str]:
        """A call that may take its time."""
        return subprocess.run(
            self.command("--format", "json"), env=self.environment(), capture_output=True, text=True, check=False
        )

    def ended(self, number: signal.Signals, files: int) -> tuple[int, str]:
        """Sends the signal @number to a call once its progress counts @files; returns its status and output."""
        ours, its = os.openpty()
        said = ""
        with subprocess.Popen(self.command(), env=self.environment(), stderr=its) as process:
            os.close(its)
            sent = False
            while True:
                try:
                    said += os.read(ours, 4096).decode()
                except OSError:  # EIO: the last writer is gone
                    break
                made = re.findall(r"building [^:]*: (\d+) files made", said)
                if not sent and made and int(made[-1]) >= files:
                    process.send_signal(number)
                    sent = True
        os.close(ours)
        return process.returncode, said

    def objects(self) -> dict[Path, int]:
        """The finished objects of all trees, and when they were made."""
        found = self.cache.glob("kernels/*/tree.*/**/*.o")
        return {file: file.stat().st_mtime_ns for file in found if (file.parent / f".{file.name}.cmd").exists()}

    def listed(self) -> list[dict[str, str]]:
        """The kernels in the cache, as kcxx lists them."""
        document = json.loads(must(run(self.kcxx, "kernels", "--format", "json", env=self.environment())))
        return [kernel for kernel in document["kernels"] if kernel["origin"] == "built"]


@dataclass(frozen=True)
class Story:
    """The one build of the session, and what was seen on its way."""

    build: Build
    killed: int
    listed_after_kill: list[dict[str, str]]
    interrupted: int
    said_at_interrupt: str
    listed_after_interrupt: list[dict[str, str]]
    objects_before: dict[Path, int]
    ends: list[subprocess.CompletedProcess[str]]

    @property
    def kernel(self) -> dict[str, str]:
        (kernel,) = self.build.listed()
        return kernel


@pytest.fixture(scope="session")
def story(kcxx: Path, sources: Path, run_directory: Path) -> Story:
    directory = new_directory(run_directory, "kernels-build-story")
    fragment = Path(shutil.copy(SMALLEST, directory))
    build = Build(kcxx, with_sources(directory / "cache", sources), fragment)
    killed, _ = build.ended(signal.SIGKILL, 30)
    listed_after_kill = build.listed()
    interrupted, said = build.ended(signal.SIGINT, 100)
    listed_after_interrupt = build.listed()
    objects = build.objects()
    with concurrent.futures.ThreadPoolExecutor() as pool:
        ends = list(pool.map(lambda _: build.whole(), range(2)))
    return Story(build, killed, listed_after_kill, interrupted, said, listed_after_interrupt, objects, ends)


# The build


def test_killed_build_leaves_no_kernel(story: Story) -> None:
    """SIGKILL: nothing is listed."""
    assert story.killed == -signal.SIGKILL
    assert story.listed_after_kill == []


def test_interrupted_build_leaves_no_kernel(story: Story) -> None:
    """SIGINT: status 130, nothing is listed."""
    assert story.interrupted == ExitStatus.INTERRUPTED
    assert story.said_at_interrupt.endswith(" interrupted\r\n")
    assert story.listed_after_interrupt == []


def test_build_goes_on_where_an_ended_one_stopped(story: Story) -> None:
    """Objects that were compiled before the signals are not compiled again."""
    assert len(story.objects_before) > 20
    after = story.build.objects()
    again = [file.name for file, made in story.objects_before.items() if after.get(file) != made]
    assert again == []


def test_concurrent_builds_build_once(story: Story) -> None:
    """Two at once: the second waits and finds the kernel in the cache."""
    documents = [json.loads(must(end)) for end in story.ends]
    assert sorted(document.pop("built") for document in documents) == [False, True]
    assert documents[0] == documents[1]
    assert any("waiting for another kcxx that builds" in end.stderr for end in story.ends)


def test_built_kernel_is_a_kernel_of_the_cache(story: Story) -> None:
    """The cache lists it, with all its parts, under a release that names arch, fragment and compiler."""
    kernel = story.kernel
    assert re.fullmatch(r"6\.12\.\d+-kcxx-x86_64-smallest-clang-19", kernel["release"])
    assert kernel["arch"] == "x86_64"
    entry = story.build.cache / "kernels" / kernel["release"]
    assert kernel["build"] == str(entry / "build")
    assert kernel["image"] == str(entry / "vmlinuz")
    assert kernel["modules"] == str(entry / "modules")
    for part in ("build/Module.symvers", "vmlinuz", "modules/modules.builtin"):
        assert (entry / part).exists()


def test_module_is_built_and_booted_by_release(story: Story, tmp_path: Path) -> None:
    """find-kernel.sh finds the build directory and kcxx boot the image, by the release alone."""
    kernel = story.kernel
    finder = REPOSITORY / "kbuild/find-kernel.sh"
    found = must(run("sh", finder, kernel["release"], env=story.build.environment())).strip()
    assert found == kernel["build"]
    shutil.copy(REPOSITORY / "tests/modules/guests/clean.c", tmp_path)
    (tmp_path / "Kbuild").write_text("obj-m := clean.o\n", encoding="utf-8")
    must(run("make", "-C", found, f"M={tmp_path}", "LLVM=-19", "modules"))
    document = json.loads(
        must(run(story.build.kcxx, "boot", "--format", "json", tmp_path / "clean.ko", env=story.build.environment()))
    )
    assert document["release"] == kernel["release"]


@pytest.mark.parametrize(("cxx", "mark"), [("g++-12", "GCC: "), ("clang++-19", "clang version 19")])
def test_cxx_of_both_families_runs_on_a_kernel_that_clang_built(
    cxx: str, mark: str, story: Story, package: Path, tmp_path: Path
) -> None:
    """Naming the C++ compiler is enough: C gets its partner, and Kbuild gets Kconfig's answers for that."""
    kernel = story.kernel
    project = KbuildProject(tmp_path, package, Path(kernel["build"]))
    shutil.copy(REPOSITORY / "examples/hello/hello.cc", tmp_path)
    project.kbuild("obj-m := hello.o\n")
    variables = REPOSITORY / "kbuild/make-variables.sh"
    project.made(*must(run("sh", variables, "--cxx", cxx, kernel["build"])).splitlines())
    makers = must(run("readelf", "-p", ".comment", project.module("hello")))
    assert [maker for maker in ("GCC: ", "clang version 19") if maker in makers] == [mark]
    document = json.loads(
        must(run(story.build.kcxx, "boot", "--format", "json", project.module("hello"), env=story.build.environment()))
    )
    assert document["release"] == kernel["release"]


@pytest.fixture(scope="session")
def signed(story: Story, package: Path, run_directory: Path) -> CMakeProject:
    """Three modules: ours, signed by the kernel's own key, another, by somebody's, and unsigned"""
    directory = new_directory(run_directory, "kernels-build-signed-for-built")
    build = Path(story.kernel["build"])
    own = KeyPair(build / "certs/signing_key.pem", build / "certs/signing_key.x509")
    project = CMakeProject(directory / "source", directory / "build", package, build)
    lists = "add_kernel_module(unsigned unsigned.cc)\n"
    project.write("unsigned.cc", MODULE)
    for name, pair in (("ours", own), ("another", make_key_pair(directory, "Another"))):
        project.write(f"{name}.cc", MODULE)
        lists += f"add_kernel_module({name} {name}.cc)\n"
        lists += f"add_dkms_package({name} VERSION 1 MODULES {name} SIGN {pair.key} {pair.certificate})\n"
    project.lists(lists)
    project.made()
    return project


# Modules that a kernel with enforced signatures has to refuse
REFUSED = "for module in unsigned another; do ! insmod /$module.ko || exit 1; done\n"


def test_kernel_that_enforces_signatures_loads_what_its_key_signed(
    story: Story, signed: CMakeProject, tmp_path: Path
) -> None:
    """module.sig_enforce=1: the module with its signature, and neither the unsigned one nor one that another key signed."""
    script = tmp_path / "refused.sh"
    script.write_text(REFUSED, encoding="utf-8")
    result = run(
        story.build.kcxx, "boot", "--append", "module.sig_enforce=1", "--script", script,
        "--file", signed.module("unsigned"), "--file", signed.module("another"),
        "--expect", "Loading of unsigned module is rejected",
        "--expect", "Loading of module with unavailable key is rejected",
        signed.module("ours"), env=story.build.environment(),
    )  # fmt: skip
    assert result.returncode == ExitStatus.OK, result.stdout + result.stderr


def test_module_is_verified_by_the_key_of_the_kernel_that_was_built(story: Story, signed: CMakeProject) -> None:
    """kcxx inspect finds the certificate in its build directory."""
    modules = [signed.module(name) for name in ("ours", "another", "unsigned")]
    result = run(story.build.kcxx, "inspect", "--format", "json", *modules, env=story.build.environment())
    found = [module["signature"] and module["signature"]["verified"] for module in json.loads(must(result))["modules"]]
    assert found == ["yes", "other-key", None]


def test_series_means_no_kernel_that_kcxx_built(story: Story) -> None:
    """Only its release names it: 6.12 is the distribution's."""
    finder = REPOSITORY / "kbuild/find-kernel.sh"
    assert run("sh", finder, SERIES, env=story.build.environment()).stdout.find("-kcxx-") == -1


def test_built_kernel_needs_no_network_and_no_tools_but_its_compiler(story: Story, tmp_path: Path) -> None:
    """The same call again takes the kernel from the cache."""
    (tmp_path / "clang-19").symlink_to(found("clang-19"))
    command = story.build.command("--format", "json")[1:]  # without nice
    again = run(*command, env=story.build.environment() | {"PATH": str(tmp_path)})
    assert json.loads(must(again))["built"] is False


def test_changed_fragment_builds_anew(story: Story, tmp_path: Path) -> None:
    """A changed fragment does not match the kernel in the cache, which stays until the new one is whole."""
    changed = Path(shutil.copy(SMALLEST, tmp_path))
    with changed.open("a", encoding="utf-8") as file:
        file.write("# CONFIG_STACKPROTECTOR_STRONG is not set\n")
    status, _ = Build(story.build.kcxx, story.build.cache, changed).ended(signal.SIGINT, 10)
    assert status == ExitStatus.INTERRUPTED
    assert json.loads(must(story.build.whole()))["built"] is False


# Refusals


def test_option_that_is_not_granted_is_named(kcxx: Path, cache: Path, tmp_path: Path) -> None:
    """Every such option is, with what it is instead; nothing is left in the cache."""
    fragment = tmp_path / "odd.config"
    fragment.write_text("CONFIG_NO_SUCH=y\nCONFIG_SERIAL_8250=m\n# CONFIG_KALLSYMS is not set\n", encoding="utf-8")
    result = run(*Build(kcxx, cache, fragment).command("--debug"), env={"KCXX_CACHE": str(cache)})
    assert result.returncode == ExitStatus.INPUT
    assert "CONFIG_NO_SUCH=y (there is no such option" in result.stderr
    # what kcxx itself asks for, and a module cannot give
    assert "CONFIG_SERIAL_8250_CONSOLE=y (there is no such option, or what it depends on" in result.stderr
    assert "CONFIG_KALLSYMS=n (it is y)" in result.stderr
    assert [entry for entry in (cache / "kernels").iterdir() if entry.is_dir()] == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "sets no option"),
        (b"# a comment\n", "sets no option"),
        (b"CONFIG_SMP=y\nSMP=y\n", ":2: no line of a kernel configuration"),
        (b"CONFIG_SMP=yes\n", ":1: no line of a kernel configuration"),
        (b"\x7fELF\x00\x01\n", ":1: no line of a kernel configuration"),
        (b'CONFIG_LOCALVERSION="-mine"\n', "CONFIG_LOCALVERSION is kcxx's own to set"),
        (b'CONFIG_INITRAMFS_SOURCE="./nowhere"\n', "CONFIG_INITRAMFS_SOURCE names no file beside the fragment"),
        (b'CONFIG_INITRAMFS_SOURCE="./../../../../../etc/passwd"\n', "CONFIG_INITRAMFS_SOURCE names no file beside the fragment"),
    ],
)
def test_fragment_that_is_none_is_refused(kcxx: Path, tmp_path: Path, content: bytes, said: str) -> None:
    """Status 2, with the line; nothing else was done."""
    fragment = tmp_path / "bad.config"
    fragment.write_bytes(content)
    result = run(*Build(kcxx, tmp_path / "cache", fragment).command(), env={"KCXX_CACHE": str(tmp_path / "cache")})
    assert result.returncode == ExitStatus.USAGE
    assert f"{fragment}" in result.stderr
    assert said in result.stderr
    assert not (tmp_path / "cache").exists()


def test_fragments_with_different_files_of_one_name_are_refused(kcxx: Path, tmp_path: Path) -> None:
    """Two files of one name, each beside its fragment, are refused: the kernel would have one of them."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "list").write_text(name, encoding="utf-8")
        (tmp_path / name / f"{name}.config").write_text('CONFIG_UNUSED_KSYMS_WHITELIST="./list"\n', encoding="utf-8")
    fragments = [option for name in ("one", "two") for option in ("--config", tmp_path / name / f"{name}.config")]
    result = run(kcxx, "kernels", "build", SERIES, *fragments, env={"KCXX_CACHE": str(tmp_path / "cache")})
    assert result.returncode == ExitStatus.USAGE
    assert "CONFIG_UNUSED_KSYMS_WHITELIST names another file than a fragment before it" in result.stderr
    assert str(tmp_path / "two/list") in result.stderr


def test_missing_fragment_is_told(kcxx: Path, tmp_path: Path) -> None:
    """Status 2, and its name."""
    result = run(kcxx, "kernels", "build", SERIES, "--config", tmp_path / "none.config")
    assert result.returncode == ExitStatus.USAGE
    assert f"no configuration fragment {tmp_path}/none.config" in result.stderr


def on_a_small_disk(size: str, meanwhile: str, build: Build, sources: Path) -> subprocess.CompletedProcess[str]:
    """A build whose cache is a disk of @size of its own, and beside it the shell command @meanwhile with that as $cache."""
    build.cache.mkdir()
    script = f"""
        mount -t tmpfs -o size={size} tmpfs "$1" && ln -s "$2" "$1/sources" && cache=$1 && shift 2
        KCXX_CACHE=$cache "$@" &
        {meanwhile}
        wait $!
    """
    return run(*own_mounts(), "sh", "-c", script, "sh", build.cache, sources, *build.command())


def test_full_disk_is_told_before_the_build(kcxx: Path, sources: Path, tmp_path: Path) -> None:
    """Too little room for a kernel: status 4, how much there is and is needed."""
    result = on_a_small_disk("300m", "", Build(kcxx, tmp_path / "cache", SMALLEST), sources)
    assert result.returncode == ExitStatus.UNAVAILABLE
    assert re.search(r"found: +300 MiB free\n +needed: +\d+ MiB\n +type: +free some space", result.stderr)


def test_disk_that_fills_up_is_told(kcxx: Path, sources: Path, tmp_path: Path) -> None:
    """If another program fills the disk, the status is 4, and the message names the call that goes on."""
    fill = 'until [ -e "$cache"/kernels/*/tree.1/build.log ]; do :; done; cat /dev/zero > "$cache/fill" 2>/dev/null'
    result = on_a_small_disk("2000m", fill, Build(kcxx, tmp_path / "cache", SMALLEST), sources)
    assert result.returncode == ExitStatus.UNAVAILABLE, result.stderr
    assert "the disk is full: " in result.stderr
    assert "free some space, then the same again" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("stable",), ExitStatus.USAGE, '"stable" names no series'),
        (("6.12.1",), ExitStatus.USAGE, '"6.12.1" names no series'),
        ((SERIES, "--compiler", "tcc"), ExitStatus.USAGE, '"tcc" names no compiler'),
        ((SERIES, "--compiler", "clang-"), ExitStatus.USAGE, '"clang-" names no compiler'),
        ((SERIES, "--arch", "sparc"), ExitStatus.UNAVAILABLE, "one of: x86_64, arm64, riscv64"),
        ((SERIES, "--jobs", "0"), ExitStatus.USAGE, "--jobs"),
    ],
)
def test_wrong_call_is_refused(kcxx: Path, arguments: tuple[str, ...], status: int, said: str) -> None:
    """The message names the wrong value, or lists the right ones."""
    result = run(kcxx, "kernels", "build", *arguments)
    assert result.returncode == status
    assert said in result.stderr


def test_missing_programs_are_all_named(kcxx: Path, tmp_path: Path) -> None:
    """At once, with the packages that have them, before anything is fetched."""
    cache = tmp_path / "cache"
    options = ("--arch", "arm64", "--compiler", "gcc-12")
    result = run(kcxx, "kernels", "build", SERIES, *options, env={"KCXX_CACHE": str(cache), "PATH": "/nowhere"})
    assert result.returncode == ExitStatus.UNAVAILABLE
    for program in ("make", "flex", "bison", "bc", "aarch64-linux-gnu-gcc-12", "aarch64-linux-gnu-ld"):
        assert f"no {program}" in result.stderr
    packages = re.search(r"type: +apt install (.*)$", result.stderr, re.M)[1].split()
    assert {"flex", "gcc-12-aarch64-linux-gnu", "binutils-aarch64-linux-gnu"} <= set(packages)
    assert len(packages) == len(set(packages))
    assert not cache.exists()


def test_unknown_series_lists_the_known(kcxx: Path, sources: Path) -> None:
    """A series without source package: status 4, those there are, and a call that works."""
    result = run(kcxx, "kernels", "build", "1.2", env={"KCXX_CACHE": str(sources.parent)})
    assert result.returncode == ExitStatus.UNAVAILABLE
    assert re.search(r"found: +6\.1, 6\.12$", result.stderr, re.M)
    assert re.search(r"type: +kcxx kernels build 6\.12$", result.stderr, re.M)
