# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""kcxx boot goes on from a guest that booted before: only the time it takes differs.

Each test has a cache of its own, without guests in it, or with the one that a boot of clean.ko leaves.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from fixtures.commands import must, run
from fixtures.directories import made_once
from fixtures.exit_status import ExitStatus
from fixtures.fetched_kernels import Kernel, fetched_kernel
from fixtures.guest_modules import SOURCES, build_guests
from fixtures.own_mounts import own_mounts
from fixtures.preceded_qemu import precede_qemu
from fixtures.repository import REPOSITORY, user_cache

KBUILD = REPOSITORY / "kbuild"

Boot = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def cache(tmp_path: Path, kernels: dict[str, Kernel]) -> Path:
    """A cache with the kernels of the user's."""
    directory = tmp_path / "cache"
    directory.mkdir()
    for name in ("kernels", "busybox"):
        (directory / name).symlink_to(user_cache() / name)
    return directory


@pytest.fixture
def boot(kcxx: Path, cache: Path) -> Boot:
    """Runs kcxx boot with the arguments given, in the cache."""

    def boot(*arguments: str | Path, **options) -> subprocess.CompletedProcess[str]:
        return run(kcxx, "boot", *arguments, env={"KCXX_CACHE": str(cache)} | options.pop("env", {}), **options)

    return boot


@pytest.fixture(scope="session")
def kept(kcxx: Path, clean: Path, run_directory: Path) -> Path:
    """The guest that is kept after a boot. Not to be changed."""

    def make(directory: Path) -> None:
        (directory / "kernels").symlink_to(user_cache() / "kernels")
        must(run(kcxx, "boot", clean, env={"KCXX_CACHE": str(directory)}))

    (guest,) = (made_once(run_directory / "saved-guest", make) / "guests").iterdir()
    return guest


@pytest.fixture
def guest(kept: Path, cache: Path) -> Path:
    """The kept guest, in the test's cache, as after a boot."""
    (cache / "guests").mkdir()
    must(run("cp", "--sparse=always", "-p", kept, cache / "guests"))
    return cache / "guests" / kept.name


@pytest.fixture(scope="session")
def clean(kernels: dict[str, Kernel]) -> Path:
    """The module that does nothing wrong, for 6.12"""
    return build_guests(kernels["6.12"]) / "clean.ko"


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def saved(cache: Path) -> list[Path]:
    """The guests that were kept, and whatever else lies there"""
    return sorted((cache / "guests").iterdir()) if (cache / "guests").is_dir() else []


def is_saved_boot(result: subprocess.CompletedProcess[str]) -> bool:
    """Returns true if a boot with --format json, which has to pass, was a saved one."""
    return json.loads(must(result))["saved_boot"]


@pytest.fixture
def qemu(tmp_path: Path) -> Callable[[str], dict[str, str]]:
    """An environment in which QEMU first runs the lines of sh."""

    def qemu(lines: str) -> dict[str, str]:
        directory = tmp_path / "bin"
        directory.mkdir()
        precede_qemu(directory, "qemu-system-x86_64", lines)
        return {"PATH": f"{directory}:{os.environ['PATH']}"}

    return qemu


# Equal and different guests


def test_second_boot_goes_on_from_the_first(boot: Boot, clean: Path, cache: Path) -> None:
    """Both boots give the same log, and only the second reports a saved boot."""
    first, second = (json.loads(must(boot("--format", "json", clean))) for _ in range(2))
    assert [first["saved_boot"], second["saved_boot"]] == [False, True]
    said = [[line["text"] for line in document["log"]] for document in (first, second)]
    assert said[0] == said[1]
    assert first["modules"] == second["modules"]
    assert [path.stat().st_mode & 0o777 for path in saved(cache)] == [0o600]


@pytest.mark.parametrize("options", [(), ("--fresh",), ("--verbose",)])
def test_verdict_tells_a_saved_boot(boot: Boot, clean: Path, guest: Path, options: tuple[str, ...]) -> None:
    """A boot is a saved one unless the whole boot, or its log, is requested; then the kept guest is not touched."""
    before = guest.stat()
    assert must(boot(*options, clean)).splitlines()[-1].endswith("from a saved boot") == (not options)
    assert (guest.stat().st_mtime_ns == before.st_mtime_ns) == bool(options)


@pytest.mark.usefixtures("guest")
def test_guest_has_the_files_of_its_own_boot_alone(boot: Boot, clean: Path, tmp_path: Path) -> None:
    """Modules, parameters, files and script are this boot's, whatever an earlier one had, of any size."""
    large = write(tmp_path / "large", "x" * 3_000_000)
    first = must(boot("--file", f"{large}:large", "--param", "clean:word=first", clean))
    assert "word is 'first'" in first
    small = write(tmp_path / "small", "here\n")
    script = write(tmp_path / "script", "ls / /kcxx; cat /deep/er/small; /bin/busybox true")
    second = must(boot("--file", f"{small}:deep/er/small", "--script", script, clean))
    assert "word is 'nothing'" in second
    lines = second.splitlines()
    assert "here" in lines
    assert "large" not in lines


def test_files_that_do_not_fit_into_the_saved_guest_find_a_larger_one(boot: Boot, clean: Path, tmp_path: Path) -> None:
    """A file of more than the 4 MiB that most guests have room for arrives whole."""
    large = write(tmp_path / "large", "0123456789abcdef" * 400_000)
    script = write(tmp_path / "script", "sha256sum /large")
    digest = must(run("sha256sum", large)).split()[0]
    for expected in (False, True):
        document = json.loads(must(boot("--format", "json", "--file", large, "--script", script, clean)))
        assert document["saved_boot"] is expected
        assert f"{digest}  /large" in [line["text"] for line in document["log"]]


def test_files_that_fit_into_no_saved_guest_arrive(boot: Boot, clean: Path, cache: Path, tmp_path: Path) -> None:
    """Files of more than an eighth of the memory come with the boot."""
    large = tmp_path / "large"
    large.write_bytes(b"x" * (17 << 20))
    script = write(tmp_path / "script", "stat -c %s /large")
    log = must(boot("--file", large, "--script", script, clean))
    assert str(17 << 20) in log.splitlines()
    assert saved(cache) == []


@pytest.mark.usefixtures("guest")
def test_guest_knows_the_time(boot: Boot, clean: Path, tmp_path: Path) -> None:
    """The guest has the time of this boot, not of the one before."""
    script = write(tmp_path / "script", "date +now:%s")
    begin = int(time.time())
    (now,) = [line for line in must(boot("--script", script, clean)).splitlines() if line.startswith("now:")]
    assert begin <= int(now.removeprefix("now:")) <= int(time.time()) + 1


@pytest.mark.usefixtures("guest")
@pytest.mark.parametrize("options", [("--memory", "128"), ("--append", "kcxx=1")], ids=["memory", "arguments"])
def test_other_guest_is_another_one(boot: Boot, clean: Path, options: tuple[str, str], tmp_path: Path) -> None:
    """Options that the kernel sees at its start need a guest of their own."""
    script = write(tmp_path / "script", "cat /proc/cmdline; awk '/MemTotal/ { print \"MiB:\", int($2 / 1024) }' /proc/meminfo")
    result = boot("--format", "json", "--script", script, *options, clean)
    assert not is_saved_boot(result)
    said = "\n".join(line["text"] for line in json.loads(result.stdout)["log"])
    memory = int(said.split("MiB: ")[1].split()[0])
    assert memory < 128 if options[0] == "--memory" else "kcxx=1" in said


def test_guest_with_devices_boots_from_its_start(boot: Boot, clean: Path, cache: Path, guest: Path, tmp_path: Path) -> None:
    """QEMU does not freeze each device: no kept guest goes on with one, and none is kept that has one."""
    script = write(tmp_path / "script", "cat /sys/bus/pci/devices/*/device")
    result = boot("--format", "json", "--device", "edu", "--script", script, clean)
    assert not is_saved_boot(result)
    assert "0x11e8" in [line["text"] for line in json.loads(result.stdout)["log"]]
    assert saved(cache) == [guest]


@pytest.mark.every
@pytest.mark.parametrize(("arch", "expected"), [("arm64", [False, True]), ("riscv64", [False, False])])
def test_other_architectures_boot(kcxx: Path, boot: Boot, arch: str, expected: list[bool], run_directory: Path) -> None:
    """arm64 has saved guests as well; riscv64 has none, for QEMU 7 forgets when its timers are due."""
    kernel = fetched_kernel(kcxx, "6.12", arch)
    variables = must(run("sh", KBUILD / "make-variables.sh", kernel.build)).split()

    def make(directory: Path) -> None:
        shutil.copy(SOURCES / "clean.c", directory)
        write(directory / "Kbuild", "obj-m := clean.o\n")
        write(directory / "script", "sleep 2; echo awake")
        no_btf = "CONFIG_DEBUG_INFO_BTF_MODULES="  # this pahole is older than the kernel's
        must(run("make", "-C", kernel.build, f"M={directory}", *variables, no_btf, "modules"))

    directory = made_once(run_directory / f"clean-{arch}", make)
    command = ("--format", "json", "--script", directory / "script", directory / "clean.ko")
    documents = [json.loads(must(boot(*command))) for _ in range(2)]
    assert [document["saved_boot"] for document in documents] == expected
    assert all("awake" in [line["text"] for line in document["log"]] for document in documents)


@pytest.mark.usefixtures("guest")
def test_failure_in_a_saved_guest_is_the_same_failure(boot: Boot, clean: Path, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """Verdicts and their statuses do not depend on it, and --timeout counts from this boot's start."""
    assert boot("--script", write(tmp_path / "script", "exit 3"), clean).returncode == ExitStatus.SCRIPT
    result = boot("--timeout", "8", build_guests(kernels["6.12"]) / "hangs.ko")
    assert result.returncode == ExitStatus.HUNG
    assert "hung while loading hangs: ended after --timeout 8" in result.stderr


# Damaged guests, and QEMUs that fail


def flip(guest: Path, place: int) -> None:
    """Changes one bit of the file."""
    with guest.open("r+b") as file:
        file.seek(place, os.SEEK_SET if place >= 0 else os.SEEK_END)
        byte = file.read(1)[0]
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte ^ 4]))


def first_data(guest: Path) -> int:
    """Returns the place of the first page of the guest's memory that is not empty."""
    with guest.open("rb") as file:
        return os.lseek(file.fileno(), 64 << 20, os.SEEK_DATA) + 100


MEMORY = 256 << 20
DAMAGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "bit in its memory": (lambda guest: flip(guest, first_data(guest)), "its checksum differs"),
    "bit in a hole": (lambda guest: flip(guest, hole_in(guest)), "its checksum differs"),
    "bit in its state": (lambda guest: flip(guest, MEMORY + 5000), "its checksum differs"),
    "bit in its checksum": (lambda guest: flip(guest, -3), "its checksum differs"),
    "end lost": (lambda guest: os.truncate(guest, guest.stat().st_size - 1), "its checksum differs"),
    "state lost": (lambda guest: os.truncate(guest, MEMORY + 10), "it was cut off"),
    "memory cut off": (lambda guest: os.truncate(guest, 100 << 20), "it was cut off"),
    "another user's": (lambda guest: os.chown(guest, 12345, 12345), "it is another user's"),
    "other bytes": (lambda guest: guest.write_bytes(b"no guest at all"), "it was cut off"),
}


def hole_in(guest: Path) -> int:
    """A place in the guest's memory where its file has nothing."""
    with guest.open("rb") as file:
        return os.lseek(file.fileno(), 0, os.SEEK_HOLE) + 4096


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_guest_is_replaced(boot: Boot, clean: Path, cache: Path, guest: Path, damage: str) -> None:
    """A saved guest that was damaged is removed with a message, and the module is booted anew."""
    break_it, how = DAMAGES[damage]
    break_it(guest)
    result = boot("--format", "json", clean)
    assert not is_saved_boot(result)
    assert f"is not used ({how}): removed, and booted anew" in result.stderr
    assert saved(cache) != []
    again = boot("--format", "json", clean)
    assert is_saved_boot(again)
    assert again.stderr == ""


def test_qemu_without_memory_in_a_file_boots(boot: Boot, clean: Path, cache: Path, qemu) -> None:
    """A QEMU that does not even take such a guest: the boot is fresh, without a word of it, and is tried again."""
    result = boot("--format", "json", clean, env=qemu('case "$*" in *-object*) exit 1 ;; esac'))
    assert not is_saved_boot(result)
    assert result.stderr == ""
    assert saved(cache) == []


@pytest.mark.parametrize(("days", "tried"), [(-2, True), (0, False), (30, True)])
def test_given_up_guest_is_tried_again_after_a_day(
    boot: Boot, clean: Path, cache: Path, guest: Path, days: int, tried: bool
) -> None:
    """A clock that goes back does not make the day any longer: what was given up in the future is tried again."""
    os.truncate(guest, 0)
    then = time.time() + days * 86400
    os.utime(guest, (then, then))
    boot("--format", "json", clean)
    assert (saved(cache)[0].stat().st_size > 0) == tried


def test_remains_of_a_killed_boot_are_removed_whatever_their_time(boot: Boot, clean: Path, cache: Path) -> None:
    """A half-written guest of a killed kcxx, of an hour ago or from the future, makes room."""
    (cache / "guests").mkdir()
    for days in (-1, 1):
        remains = cache / f"guests/.half{days}"
        remains.write_bytes(b"half")
        os.utime(remains, (time.time() + days * 86400,) * 2)
    boot("--format", "json", clean)
    assert [path.name for path in saved(cache) if path.name.startswith(".")] == []


def test_qemu_runs_in_its_sandbox(boot: Boot, clean: Path, qemu, tmp_path: Path) -> None:
    """Each QEMU, of a first boot, one that goes on, and a fresh one, may start no program."""
    watch = f"""( while ! grep -q 'Seccomp:.2' /proc/$$/status; do [ -d /proc/$$ ] || exit; sleep 0.02; done; echo $$ >>{tmp_path}/sandboxed ) >/dev/null 2>&1 &
case "$*" in *"-sandbox on"*spawn=deny*) echo $$ >>{tmp_path}/asked ;; esac"""
    environment = qemu(watch)
    assert not is_saved_boot(boot("--format", "json", clean, env=environment))
    assert is_saved_boot(boot("--format", "json", clean, env=environment))
    must(boot("--fresh", clean, env=environment))
    lines = [sorted((tmp_path / name).read_text(encoding="utf-8").split()) for name in ("asked", "sandboxed")]
    assert len(lines[0]) == 4
    assert lines[0] == lines[1]


@pytest.mark.parametrize(
    "words", ["-sandbox support is not enabled in this QEMU binary", "failed to install seccomp syscall filter in the kernel"]
)
def test_qemu_without_a_sandbox_boots_and_is_told(boot: Boot, clean: Path, qemu, words: str) -> None:
    """If QEMU was built without a sandbox, or the kernel grants none, the guest runs, and a message reports it."""
    environment = qemu(f'case "$*" in *-sandbox*) echo "qemu-system-x86_64: {words}" >&2; exit 1 ;; esac')
    result = boot("--fresh", clean, env=environment)
    assert result.returncode == ExitStatus.OK, result.stderr
    assert f"the guest runs without QEMU's sandbox: qemu-system-x86_64: {words}" in result.stderr


def test_guest_that_cannot_go_on_is_not_tried_again(boot: Boot, clean: Path, cache: Path, qemu, tmp_path: Path) -> None:
    """The failure is remembered: later boots are fresh and print nothing, and the second starts QEMU once."""
    environment = qemu(f'echo >>{tmp_path}/starts; case "$*" in *-incoming*) exit 1 ;; esac')
    starts = []
    for _ in range(2):
        result = boot("--format", "json", clean, env=environment)
        assert not is_saved_boot(result)
        assert result.stderr == ""
        starts.append(len((tmp_path / "starts").read_text(encoding="utf-8")))
    assert starts == [3, 4]
    assert [path.stat().st_size for path in saved(cache)] == [0]


@pytest.mark.usefixtures("guest")
def test_newer_qemu_has_guests_of_its_own(boot: Boot, clean: Path, qemu) -> None:
    """A state is for the very program that wrote it."""
    assert not is_saved_boot(boot("--format", "json", clean, env=qemu("# another")))


def test_full_disk_keeps_nobody_from_booting(kcxx: Path, clean: Path, cache: Path) -> None:
    """Without room for the guest the module is booted, and nothing half-written stays."""
    (cache / "guests").mkdir()
    small = 'mount -t tmpfs -o size=8M none "$1" && "$2" boot "$3" && ls -A "$1"'
    result = run(*own_mounts(), "sh", "-c", small, "sh", cache / "guests", kcxx, clean, env={"KCXX_CACHE": str(cache)})
    assert must(result).splitlines()[-1].startswith("kcxx: ok: clean")


def test_unwritable_cache_keeps_nobody_from_booting(boot: Boot, clean: Path, cache: Path) -> None:
    """Where no guest can be kept, each boot is a fresh one."""
    write(cache / "guests", "no directory")
    assert [is_saved_boot(boot("--format", "json", clean)) for _ in range(2)] == [False, False]


def test_two_at_once_are_both_good(kcxx: Path, boot: Boot, clean: Path, cache: Path) -> None:
    """Two first boots at once both pass, and one guest is kept."""
    command = (kcxx, "boot", clean)
    environment = os.environ | {"KCXX_CACHE": str(cache)}
    with (
        subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as one,
        subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as other,
    ):
        assert (one.wait(timeout=120), other.wait(timeout=120)) == (ExitStatus.OK, ExitStatus.OK)
    assert len(saved(cache)) == 1
    assert is_saved_boot(boot("--format", "json", clean))


def test_least_recently_used_guests_make_room(boot: Boot, clean: Path, cache: Path) -> None:
    """All together they have 4 GiB; what a killed kcxx left goes after an hour."""
    guests = cache / "guests"
    guests.mkdir()
    now = time.time()
    for name, days, size in (("old", 2, 1 << 20), ("large", 1, 4 << 30), (".left.1", 1, 1 << 20), (".new.1", 0, 1 << 20)):
        with (guests / name).open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, size)
        os.utime(guests / name, (now, now - days * 86400))
    must(boot(clean))
    left = [path.name for path in saved(cache)]
    assert len(left) == 2
    assert ".new.1" in left
    assert not {"old", "large", ".left.1"} & set(left)
