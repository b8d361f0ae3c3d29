# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""cxxavailable.sh on the kernel directory: there, whole, prepared, and one this machine can use."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from fixtures.availability_check import Check, applets
from fixtures.commands import must
from fixtures.fake_compiler import found
from fixtures.fake_kernel import ARCHES, FakeKernel

PREPARE = "make -C {kernel} olddefconfig modules_prepare"
NEVER_PREPARED = "the kernel directory was never prepared for modules"


def fetched(check: Check, release: str, **options: str | None) -> FakeKernel:
    """A kernel in the cache, as kcxx kernels get puts it there"""
    kernel = FakeKernel(check.directory / "cache/kernels" / release / "build", release)
    kernel.configure(**options)
    kernel.write()
    return kernel


# path


@pytest.mark.parametrize("name", ["my kernel", "kernel:6.12", "100%", "a\ttab"])
def test_path_that_make_splits(name: str, check: Check) -> None:
    """Spaces, colons and percent signs are make's syntax."""
    check.kernel = FakeKernel(check.directory / name)
    outcome = check.fails(
        "path", "Kbuild cannot work in this path", f"{check.directory}/{name}",
        "a path without spaces, colons or percent signs",
        f"ln -s '{check.directory}/{name}' to a path without them, and name that instead",
    )  # fmt: skip
    assert outcome.records["directory"] == ("unchecked", None, "waits for path", None, None)
    assert outcome.records["signatures"] == ("unchecked", None, "waits for configured", None, None)


def test_path_of_the_flags(check: Check) -> None:
    """--flags: the kernel is the one of Kbuild's answer."""
    kernel = check.prepare()
    flags = kernel.file("flags.sh", kernel.flags(CC="gcc-12", CXX="g++-12"))
    check.passes("path", str(kernel.directory), "--flags", flags)


@pytest.mark.parametrize(("named", "cwd"), [(".", "kernel"), ("./kernel", "."), ("../kernel", "bin"), ("kernel/", ".")])
def test_path_from_here(named: str, cwd: str, check: Check) -> None:
    """A relative path is relative to the caller's directory; the kept answer is valid from any directory."""
    check.prepare()
    working = check.directory / cwd
    path = check.run("--kernel", named, cwd=working).records["path"].found
    assert path and Path(path).is_absolute() and Path(path).resolve() == check.kernel.directory


@pytest.mark.parametrize("variable", ["KCXX_CACHE", "XDG_CACHE_HOME", "HOME"])
def test_path_of_a_fetched_release(variable: str, check: Check) -> None:
    """A release is looked for in the cache, which three variables can name."""
    parts = {"KCXX_CACHE": "", "XDG_CACHE_HOME": "kcxx", "HOME": ".cache/kcxx"}
    cache = check.directory / "elsewhere" / parts[variable]
    kernel = FakeKernel(cache / "kernels/6.12.9-none/build", "6.12.9-none")
    kernel.write()
    check.environment = {"KCXX_CACHE": "", "XDG_CACHE_HOME": "", variable: str(check.directory / "elsewhere")}
    check.passes("path", str(kernel.directory), kernel="6.12.9-none")


@pytest.mark.parametrize("part", [".", "kernels"])
def test_path_in_a_cache_that_all_may_write(part: str, check: Check) -> None:
    """Whoever may write to the cache may have put a kernel there: make is not run in it."""
    fetched(check, "6.12.9-none")
    (check.directory / "cache" / part).chmod(0o777)
    result = check.call("--kernel", "6.12.9-none")
    assert result.returncode == 1
    place = os.path.normpath(check.directory / "cache" / part)
    assert result.stderr.startswith(f"kcxx: {place} is not only this user's to write: its kernels are left out\n")
    assert "none in /lib/modules/6.12.9-none/build" in result.stderr


def test_path_of_the_running_kernel(check: Check) -> None:
    """Without a name the running kernel is taken, though there is a newer one."""
    fetched(check, "99.1.0-none")
    kernel = fetched(check, "6.12.5-fake")
    check.passes("path", str(kernel.directory), "--kernel-min", "6.1", kernel="")


@applets
def test_path_of_the_newest_kernel(check: Check) -> None:
    """Without headers of the running kernel it is the newest, by numbers and not by letters."""
    check.tools.uname("6.1.0-none")
    for release in ("6.9.0-fake", "6.12.5-fake", "6.12.17-fake", "5.15.0-fake"):
        fetched(check, release)
    (check.directory / "cache/kernels/7.0.0-common/build").mkdir(parents=True)
    check.hide("/lib/modules", "/usr/src")
    check.passes("path", f"{check.directory}/cache/kernels/6.12.17-fake/build", kernel="")


@applets
@pytest.mark.parametrize("arch", ARCHES)
def test_path_of_a_kernel_of_another_machine(arch: str, check: Check) -> None:
    """A kernel for this machine is taken before newer ones for others; --arch takes those."""
    check.tools.uname(machine="aarch64" if arch == "x86_64" else "x86_64")
    check.hide("/lib/modules", "/usr/src")
    own, other = ARCHES["arm64" if arch == "x86_64" else "x86_64"], ARCHES[arch]
    for release, options in (("6.1.1-own", own), ("6.1.2-other", other)):
        fetched(check, release, **options)

    def chosen(*arguments: str) -> str:
        return Path(must(check.call(*arguments, script="find-kernel.sh")).strip()).parent.name

    assert chosen("6.1") == chosen() == "6.1.1-own"
    assert chosen("6.1.2-other") == "6.1.2-other"
    assert chosen("--arch", arch, "6.1") == chosen("--arch", arch) == "6.1.2-other"
    assert chosen("--arch", arch, "6.1.2-other") == "6.1.2-other"


@applets
def test_path_on_a_machine_of_no_known_arch(check: Check) -> None:
    """No kernel is for it: the newest"""
    check.tools.uname(machine="sparc64")
    check.hide("/lib/modules", "/usr/src")
    kernel = fetched(check, "6.1.1-none")
    assert must(check.call(script="find-kernel.sh")) == f"{kernel.directory}\n"


# directory


def test_directory_of_a_release_without_headers(check: Check) -> None:
    """Every place that was looked in is named."""
    release = "9.9.9-none"
    outcome = check.fails(
        "directory", f"no headers of kernel {release}",
        f"none in /lib/modules/{release}/build /usr/src/linux-headers-{release} /usr/src/kernels/{release} "
        f"{check.directory}/cache/kernels/{release}/build",
        "a headers package, or a kernel build directory",
        f"apt-get install linux-headers-{release}, or kcxx kernels get {release}, or name a directory",
        kernel=release,
    )  # fmt: skip
    assert outcome.document["kernel"] == {"directory": None, "release": None, "arch": None}
    assert outcome.stdout == "C++ is not available, for 1 reason: kernel (none)\n"


@applets
def test_directory_of_no_kernel_at_all(check: Check) -> None:
    """No name, and no headers anywhere: those of the running kernel are what is missing."""
    check.hide("/lib/modules", "/usr/src")
    check.fails(
        "directory", "no headers of any kernel",
        "none in /lib/modules/<release>/build /usr/src/linux-headers-<release> /usr/src/kernels/<release> "
        f"{check.directory}/cache/kernels/<release>/build",
        "a headers package, or a kernel build directory",
        "apt-get install linux-headers-6.12.5-fake, or kcxx kernels get 6.12, or name a directory",
        kernel="",
    )  # fmt: skip


@applets
@pytest.mark.parametrize("target", ["gone", "kernel"])
def test_directory_that_is_a_link_to_nowhere(target: str, check: Check) -> None:
    """/lib/modules/<release>/build without its headers package, or a link to itself, is refused."""
    (check.directory / "kernel").symlink_to(target)
    check.fails(
        "directory", "the kernel directory is a symbolic link that leads nowhere",
        f"{check.directory}/kernel -> {target}", "a kernel build tree or a headers package",
        "apt-get install linux-headers-6.12.5-fake, or name another directory",
        kernel=check.directory / "kernel",
    )  # fmt: skip


@applets
@pytest.mark.parametrize("what", ["nothing", "file"])
def test_directory_that_does_not_exist(what: str, check: Check) -> None:
    """A directory that does not exist, or is a file, is refused."""
    path = check.directory / "kernel"
    if what == "file":
        path.touch()
    check.fails(
        "directory", "the kernel directory does not exist", str(path), "a kernel build tree or a headers package",
        "apt-get install linux-headers-6.12.5-fake, or name another directory", kernel=path,
    )  # fmt: skip


# readable


@pytest.fixture
def check_by_nobody(posix: Path, check: Check) -> Iterator[Check]:
    """The script as a user who may read its directories, but owns nothing: root may read everything."""
    if os.geteuid() != 0:
        yield check
        return
    with tempfile.TemporaryDirectory(prefix="kcxx-test-") as name:
        directory = Path(name)
        directory.chmod(0o755)
        shutil.copytree(posix, directory / "posix", symlinks=True)
        other = Check(directory / "check", directory / "posix", check.shell, check.in_both_forms)
        shutil.copytree(other.kbuild, directory / "kbuild", ignore=shutil.ignore_patterns("include", "helpers"))
        other.kbuild = other.kernel.kbuild = directory / "kbuild"
        for own in ("tmp", "home", "cache"):
            (other.directory / own).chmod(0o777)
        other.around = (found("setpriv"), "--reuid=65534", "--regid=65534", "--clear-groups")
        yield other


UNREADABLE = {
    "": 0o000,
    "/Makefile": 0o000,
    "/include": 0o444,
    "/include/config": 0o444,
    "/include/config/auto.conf": 0o200,
    "/include/generated/autoconf.h": 0o000,
}


@pytest.mark.parametrize("place", UNREADABLE)
def test_readable_but_for_one_place(place: str, check_by_nobody: Check) -> None:
    """The place, and who may not read it."""
    check = check_by_nobody
    kernel = check.prepare().directory
    path = Path(f"{kernel}{place}")
    path.chmod(UNREADABLE[place])
    user = subprocess.run([*check.around, found("id"), "-un"], capture_output=True, text=True, check=True).stdout.strip()
    try:
        outcome = check.fails(
            "readable", "the kernel directory may not be read", f"no right to read {path}, as user {user}",
            "read access to all of it", f"sudo chmod -R a+rX {kernel}",
        )  # fmt: skip
    finally:
        path.chmod(0o755)
    assert outcome.records["build_tree"] == ("unchecked", None, "waits for readable", None, None)


def test_readable_by_somebody_else(check_by_nobody: Check) -> None:
    """The kernel directory may belong to another user."""
    check_by_nobody.passes("readable", "all of it")


# build_tree


@pytest.mark.parametrize("missing", ["Makefile", "scripts/Makefile.build"])
def test_build_tree_without_makefiles(missing: str, check: Check) -> None:
    """A directory without a Makefile is no kernel."""
    kernel = check.prepare()
    (kernel / missing).unlink()
    check.fails(
        "build_tree", "this is not a kernel build directory", f"no {kernel / missing}",
        "a directory with Makefile and scripts/Makefile.build",
        "name /lib/modules/<release>/build, or the directory a kernel was built in",
    )  # fmt: skip


def test_build_tree_beside_its_source(check: Check) -> None:
    """A tree built with O= has its scripts in the source."""
    kernel = check.prepare()
    (kernel / "source/scripts").mkdir(parents=True)
    (kernel / "scripts/Makefile.build").rename(kernel / "source/scripts/Makefile.build")
    check.passes("build_tree", "Makefile, scripts/Makefile.build")


# configuration_file, configured

SETTING = "lines CONFIG_<option>=<value>, as Kconfig writes them"
GARBAGE = b"\x7fELF\x02\x01\x01\x00\xff\xfe'\"$(touch /tmp/kcxx-was-here)\x80\n\x1b[2J\n"
GARBAGE_SHOWN = "?ELF??????'\"$(touch /tmp/kcxx-was-here)?"


def repair(check: Check) -> str:
    """Returns the remedy for a damaged configuration."""
    kernel = check.kernel.directory
    return (
        f"reinstall the headers package, or cp /boot/config-<release> {kernel}/.config "
        f"and make -C {kernel} olddefconfig modules_prepare"
    )


def damage(path: Path, how: str) -> str:
    """Damages the file, and returns the message of the script."""
    whole = path.read_bytes()
    lines = whole.decode().splitlines()
    match how:
        case "empty":
            path.write_bytes(b"")
            return f"{path} is empty"
        case "cut off":
            path.write_bytes(whole[: whole.index(b"(Debian")])
            return f"{path} is cut off in its last line"
        case "CR LF":
            path.write_bytes(whole.replace(b"\n", b"\r\n"))
            return f"{path}: line 1 ends in CR LF"
        case "garbage":
            path.write_bytes(GARBAGE)
            return f"{path}: line 1 is no {'#define' if path.suffix == '.h' else 'setting'}: {GARBAGE_SHOWN}"
        case "garbage in the middle":
            path.write_text("\n".join([*lines[:5], "<<<<<<< HEAD", *lines[5:], ""]))
            return f"{path}: line 6 is no {'#define' if path.suffix == '.h' else 'setting'}: <<<<<<< HEAD"
    raise AssertionError(how)


DAMAGE = ["empty", "cut off", "CR LF", "garbage", "garbage in the middle"]


def test_configuration_file_missing(check: Check) -> None:
    """Kbuild does not need .config."""
    (check.prepare() / ".config").unlink()
    check.passes("configuration_file", "none: Kbuild reads include/config/auto.conf")


@pytest.mark.parametrize("how", DAMAGE)
def test_configuration_file_damaged(how: str, check: Check) -> None:
    """Kbuild can do with auto.conf alone, and that is compared with nothing that is damaged."""
    detail = damage(check.prepare() / ".config", how)
    check.warns("configuration_file", "the kernel's .config is damaged", detail, SETTING, repair(check))
    assert not Path("/tmp/kcxx-was-here").exists()


@pytest.mark.parametrize("how", DAMAGE)
def test_configuration_file_damaged_and_all_there_is(how: str, check: Check) -> None:
    """Without auto.conf a damaged .config cannot be prepared from."""
    kernel = check.prepare()
    (kernel / "include/config/auto.conf").unlink()
    detail = damage(kernel / ".config", how)
    check.fails(
        "configuration_file", "the kernel's .config is damaged", detail, SETTING, repair(check), also=("configured",)
    )


@pytest.mark.parametrize("file", ["include/config/auto.conf", "include/generated/autoconf.h"])
def test_configured_never(file: str, check: Check) -> None:
    """Sources as they are unpacked"""
    kernel = check.prepare()
    (kernel / file).unlink()
    outcome = check.fails(
        "configured", NEVER_PREPARED, f"no {kernel / file}", "a configured and prepared kernel directory",
        PREPARE.format(kernel=kernel.directory),
    )  # fmt: skip
    assert outcome.records["modules"] == ("unchecked", None, "waits for configured", None, None)


@pytest.mark.parametrize("how", DAMAGE)
@pytest.mark.parametrize("file", ["include/config/auto.conf", "include/generated/autoconf.h"])
def test_configured_by_damaged_files(file: str, how: str, check: Check) -> None:
    """The file, the line, and what is in it, in printable characters; nothing of it is run."""
    detail = damage(check.prepare() / file, how)
    check.fails(
        "configured", "the kernel's configuration is damaged", detail, "the files as Kconfig writes them", repair(check)
    )
    assert not Path("/tmp/kcxx-was-here").exists()


def test_configured_with_quotes_in_values(check: Check) -> None:
    """Values are text, whatever is in them."""
    check.kernel.configure(CC_VERSION_TEXT="\"gcc 'x' $(false) `id` \\\\ %s\"")
    check.passes("configured", "8 settings")


# modules


def test_modules_not_to_be_loaded(check: Check) -> None:
    """A kernel without CONFIG_MODULES"""
    check.kernel.configure(MODULES=None)
    kernel = check.kernel.directory
    check.fails(
        "modules", "this kernel cannot load modules", "CONFIG_MODULES is not set", "CONFIG_MODULES=y",
        f"{kernel}/source/scripts/config --file {kernel}/.config -e MODULES, and build the kernel anew",
    )  # fmt: skip


# fresh


def stale(check: Check, detail: str) -> None:
    """Asserts that a configuration changed after it was prepared is refused, with @detail."""
    check.fails(
        "fresh", "the kernel's configuration was changed and not prepared again", detail,
        "the same settings in .config, auto.conf and autoconf.h",
        f"{PREPARE.format(kernel=check.kernel.directory)}, and build and install that kernel",
    )  # fmt: skip


def test_fresh(check: Check) -> None:
    """A prepared configuration passes; since Linux 6.12 auto.conf is without quotes."""
    kernel = check.prepare()
    kernel.file("include/config/auto.conf", kernel.settings().replace('"', ""))
    check.passes("fresh", "they agree")


def test_fresh_but_for_a_changed_option(check: Check) -> None:
    """An option with another value in .config is named."""
    kernel = check.prepare()
    kernel.file(".config", kernel.settings().replace("EXT4_FS=m", "EXT4_FS=y"))
    stale(check, "CONFIG_EXT4_FS=y in .config, =m in auto.conf")


def test_fresh_but_for_a_new_option(check: Check) -> None:
    """An option that only .config sets is named."""
    kernel = check.prepare()
    kernel.file(".config", kernel.settings() + "CONFIG_KASAN=y\n")
    stale(check, "CONFIG_KASAN=y in .config, not set in auto.conf")


def test_fresh_but_for_an_option_taken_away(check: Check) -> None:
    """An option that .config lacks is named."""
    kernel = check.prepare()
    kernel.file(".config", kernel.settings().replace("CONFIG_EXT4_FS=m", "# CONFIG_EXT4_FS is not set"))
    stale(check, "CONFIG_EXT4_FS not set in .config, =m in auto.conf")


def test_fresh_but_for_many_options(check: Check) -> None:
    """Three differences are named, and the others counted."""
    kernel = check.prepare()
    kernel.file(".config", "".join(f"CONFIG_NEW{i}=y\n" for i in range(8)) + kernel.settings())
    detail = check.run().records["fresh"].found
    assert detail and detail.count(" in .config, not set in auto.conf") == 3
    assert detail.endswith("; and 5 more")


def test_fresh_but_for_the_header(check: Check) -> None:
    """autoconf.h lacks what auto.conf has: the two are no pair."""
    kernel = check.prepare()
    kernel.file("include/generated/autoconf.h", kernel.autoconf().replace("#define CONFIG_EXT4_FS_MODULE 1\n", ""))
    stale(check, "CONFIG_EXT4_FS=m in auto.conf, not in autoconf.h")


def test_fresh_but_for_a_number_in_the_header(check: Check) -> None:
    """The headers would see another value than the Makefiles; a hexadecimal one has no 0x in auto.conf."""
    check.kernel.configure(FRAME_WARN="2048", PHYSICAL_START="1000000")
    kernel = check.prepare()
    header = kernel.autoconf().replace("PHYSICAL_START 1", "PHYSICAL_START 0x1")
    kernel.file("include/generated/autoconf.h", header.replace("FRAME_WARN 2048", "FRAME_WARN 1024"))
    stale(check, "CONFIG_FRAME_WARN=2048 in auto.conf, 1024 in autoconf.h")


@pytest.mark.parametrize("file", [".config", "none"])
def test_fresh_but_for_lines_cut_off(file: str, check: Check) -> None:
    """auto.conf ends too early, at the end of a line: autoconf.h has more, whether or not there is a .config."""
    kernel = check.prepare()
    (kernel / ".config").rename(kernel / file)
    kernel.file("include/config/auto.conf", kernel.settings().replace("CONFIG_EXT4_FS=m\n", ""))
    more = {".config": "CONFIG_EXT4_FS=m in .config, not set in auto.conf; ", "none": ""}[file]
    stale(check, f"{more}CONFIG_EXT4_FS_MODULE in autoconf.h, not set in auto.conf")


# prepared


@pytest.mark.parametrize("how", ["missing", "empty"])
@pytest.mark.parametrize(
    ("program", "options"),
    {
        "scripts/basic/fixdep": {},
        "scripts/mod/modpost": {},
        "tools/objtool/objtool": {"OBJTOOL": "y"},
        "scripts/genksyms/genksyms": {"MODVERSIONS": "y", "GENKSYMS": "y"},
        "scripts/gendwarfksyms/gendwarfksyms": {"MODVERSIONS": "y", "GENDWARFKSYMS": "y"},
    }.items(),
)
def test_prepared_but_for_a_program(program: str, options: dict[str, str], how: str, check: Check) -> None:
    """Each program that this configuration's modules are built with has to be there, and be one."""
    check.kernel.configure(**options)
    kernel = check.prepare()
    (kernel / program).unlink()
    if how == "empty":
        kernel.file(program, "", 0o755)
    check.fails(
        "prepared", NEVER_PREPARED, f"no {program} in {kernel.directory}", "a configured and prepared kernel directory",
        PREPARE.format(kernel=kernel.directory),
    )  # fmt: skip


def test_prepared_with_every_program(check: Check) -> None:
    """A kernel with ORC and CRCs has four programs."""
    check.kernel.configure(OBJTOOL="y", MODVERSIONS="y")
    check.passes(
        "prepared", "scripts/basic/fixdep scripts/mod/modpost tools/objtool/objtool scripts/genksyms/genksyms"
    )


def test_prepared_but_for_the_release(check: Check) -> None:
    """utsrelease.h is made last."""
    kernel = check.prepare()
    (kernel / "include/generated/utsrelease.h").unlink()
    check.fails(
        "prepared", NEVER_PREPARED, f"no include/generated/utsrelease.h in {kernel.directory}",
        "a configured and prepared kernel directory", PREPARE.format(kernel=kernel.directory), also=("release",),
    )  # fmt: skip


# host_programs


def cannot_run(check: Check, detail: str) -> None:
    """Asserts that programs which this machine cannot run are refused, with @detail."""
    check.fails(
        "host_programs", "this machine cannot run the kernel directory's programs", detail,
        "programs built for this machine (x86_64) and its C library",
        f"make -C {check.kernel.directory} modules_prepare, or install this system's own headers package",
    )  # fmt: skip


def says(text: str, status: int) -> str:
    """A host program that prints @text"""
    return f"#!/bin/sh\ncat <<'END' >&2\n{text}\nEND\nexit {status}\n"


@applets
@pytest.mark.parametrize(
    ("machine", "compiler"), {"aarch64": "aarch64-linux-gnu-gcc-12", "riscv64": "riscv64-linux-gnu-gcc-12"}.items()
)
def test_host_programs_for_another_machine(machine: str, compiler: str, check: Check) -> None:
    """Headers of another machine's distribution, or cross-built"""
    if os.uname().machine == machine:
        pytest.skip("this is one")
    kernel = check.prepare()
    (check.directory / "main.c").write_text("int main(void) { return 0; }\n")
    for program in ("scripts/basic/fixdep", "scripts/mod/modpost"):
        subprocess.run([compiler, "-o", kernel / program, check.directory / "main.c"], check=True)
    why = f"it is a program for {machine}"
    cannot_run(check, f"scripts/basic/fixdep: {why}; scripts/mod/modpost: {why}")


@applets
def test_host_programs_for_a_newer_system(check: Check) -> None:
    """The loader's message, for a C library that is too old"""
    kernel = check.prepare()
    path = kernel / "scripts/mod/modpost"
    text = (
        f"{path}: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.38' not found (required by {path})\n"
        f"{path}: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found (required by {path})"
    )
    kernel.file("scripts/mod/modpost", says(text, 1), 0o755)
    cannot_run(check, "scripts/mod/modpost: it needs a newer C library: GLIBC_2.38")


@applets
def test_host_programs_without_their_libraries(check: Check) -> None:
    """objtool of a kernel that was built with libelf"""
    check.kernel.configure(OBJTOOL="y")
    kernel = check.prepare()
    text = "objtool: error while loading shared libraries: libelf.so.1: cannot open shared object file"
    kernel.file("tools/objtool/objtool", says(text, 127), 0o755)
    cannot_run(check, f"tools/objtool/objtool: {text}")


@applets
def test_host_programs_that_may_not_be_run(check: Check) -> None:
    """Copied without their permissions"""
    check.prepare().file("scripts/basic/fixdep", "#!/bin/sh\n", 0o644)
    cannot_run(check, "scripts/basic/fixdep: it is not executable")


@applets
def test_host_programs_that_are_no_programs(check: Check) -> None:
    """Text that no shell reads"""
    check.prepare().file("scripts/basic/fixdep", "version https://git-lfs.github.com/spec/v1 (\n", 0o755)
    cannot_run(check, "scripts/basic/fixdep: it is no program")


@applets
def test_host_programs_that_hang(check: Check) -> None:
    """The check waits ten seconds for each program."""
    kernel = check.prepare()
    kernel.file("scripts/basic/fixdep", "#!/bin/sh\nexec sleep 600\n", 0o755)
    check.hurry()
    cannot_run(check, "scripts/basic/fixdep: it does not end")
    assert check.longest_wait() <= 120


@applets
@pytest.mark.parametrize("status", [137, 143])
def test_host_programs_that_hang_by_other_timeouts(status: int, check: Check) -> None:
    """GNU's timeout ends with 137 where it had to kill, busybox's with 143 where it did not."""
    check.prepare()
    check.tools.script(
        "timeout", f'case "$*" in */fixdep) exit {status} ;; esac\nshift 3\nexec {found("timeout")} 10 "$@"'
    )
    cannot_run(check, "scripts/basic/fixdep: it does not end")


# release


def test_release_by_the_version_header(check: Check) -> None:
    """Debian's 6.1.0-56 is a 6.1.192."""
    check.kernel.release = "6.1.0-56-amd64"
    check.kernel.version = (6, 1, 192)
    check.passes("release", "6.1.0-56-amd64 (Linux 6.1.192)", "--kernel-min", "6.1.190")


def test_release_without_the_version_header(check: Check) -> None:
    """Without the version header the release's own name gives the version."""
    (check.prepare() / "include/generated/uapi/linux/version.h").unlink()
    check.passes("release", "6.12.5-fake (Linux 6.12.5)")


def test_release_missing(check: Check) -> None:
    """utsrelease.h without a release"""
    kernel = check.prepare()
    kernel.file("include/generated/utsrelease.h", "#define NOTHING\n")
    outcome = check.fails(
        "release", "the kernel has no release", f"no UTS_RELEASE in {kernel.directory}/include/generated/utsrelease.h",
        "a configured and prepared kernel directory", PREPARE.format(kernel=kernel.directory),
        "--kernel-min", "6.1", "--kernel-max", "6.12",
    )  # fmt: skip
    assert outcome.records["kernel_min"].found == outcome.records["kernel_max"].found == "waits for release"


def test_release_older_than_tried(check: Check) -> None:
    """A kernel older than any that was tried is a warning."""
    check.kernel.release = "5.15.0-91-generic"
    check.kernel.version = (5, 15, 131)
    check.warns(
        "release", "the kernel is older than any that kcxx was tried with", "5.15.0-91-generic", "Linux 6.1 or newer",
        "take a newer kernel, or test on this one with care",
    )  # fmt: skip


# arch

OTHERS = {"i386": {"X86_32": "y"}, "riscv32": {"RISCV": "y"}, "s390": {"S390": "y", "64BIT": "y"}}


@pytest.mark.parametrize("options", OTHERS.values(), ids=OTHERS.keys())
def test_arch_not_supported(options: dict[str, str], check: Check) -> None:
    """The name that its configuration has of it"""
    check.kernel.configure(**{"X86_64": None, "64BIT": None} | options)
    check.tools.compiler("riscv64-linux-gnu-gcc-12")
    check.tools.compiler("riscv64-linux-gnu-g++-12")
    check.fails(
        "arch", "the kernel is for an architecture kcxx does not support", "x86", "x86_64, arm64 or riscv64",
        "name a kernel of one of these",
    )  # fmt: skip


@pytest.mark.parametrize("wanted", ["arm64", "riscv64"])
def test_arch_other_than_asked_for(wanted: str, check: Check) -> None:
    """--arch is what the module is to run on."""
    check.fails(
        "arch", "the kernel is for another architecture", "x86_64", wanted,
        f"name a kernel for {wanted}, or leave --arch out", "--arch", wanted,
    )  # fmt: skip


def test_arch_as_asked_for(check: Check) -> None:
    """--arch of what it is"""
    check.passes("arch", "x86_64", "--arch", "x86_64")


@pytest.mark.parametrize(
    ("arch", "options", "machine"),
    [("arm64", {"ARM64": "y"}, "aarch64"), ("riscv64", {"RISCV": "y", "ARCH_RV64I": "y"}, "riscv64")],
)
@pytest.mark.parametrize("host", ["x86_64", "native"])
@applets
def test_arch_supported(arch: str, options: dict[str, str], machine: str, host: str, check: Check) -> None:
    """Each is built by its cross-compiler on another machine, and by its own on its own."""
    check.kernel.configure(X86_64=None, **options)
    prefix = f"{machine}-linux-gnu-"
    if host == "native":
        check.tools.uname(machine=machine)
        prefix = ""
    for name in ("gcc-12", "g++-12"):
        check.tools.compiler(prefix + name, target=f"{machine}-linux-gnu", machine=machine)
    check.passes("arch", arch)


# symvers


@pytest.mark.parametrize("how", ["missing", "empty"])
def test_symvers_not_there(how: str, check: Check) -> None:
    """A kernel that was prepared and never built"""
    kernel = check.prepare()
    (kernel / "Module.symvers").unlink()
    if how == "empty":
        kernel.file("Module.symvers")
    check.warns(
        "symvers", "Module.symvers is missing",
        f"no {kernel.directory}/Module.symvers: modpost cannot distinguish a misspelt symbol from one of the kernel's",
        "the file as the kernel's build wrote it", f"make -C {kernel.directory}, or install the headers package",
    )  # fmt: skip


def test_symvers_not_there_for_crcs(check: Check) -> None:
    """Without Module.symvers modules have no CRCs, and a kernel with MODVERSIONS refuses them."""
    check.kernel.configure(MODVERSIONS="y", GENKSYMS="y")
    kernel = check.prepare()
    (kernel / "Module.symvers").unlink()
    outcome = check.fails(
        "symvers", "Module.symvers is missing, and the kernel wants CRCs (MODVERSIONS)",
        f"no {kernel.directory}/Module.symvers: the kernel would refuse the module",
        "the file as the kernel's build wrote it", f"make -C {kernel.directory}, or install the headers package",
    )  # fmt: skip
    assert outcome.records["trimmed_symbols"].status == "unchecked"
