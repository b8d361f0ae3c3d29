# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""kcxx boot: the life of modules in a guest, and the exit status for each outcome.

Each verdict is that of a real kernel on real modules: see guests/.
"""

from __future__ import annotations

import json
import os
import pty
import re
import select
import shlex
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from fixtures.commands import INTERRUPTIBLE, must, run
from fixtures.exit_status import ExitStatus
from fixtures.fetched_kernels import Kernel
from fixtures.guest_modules import SOURCES, build_guests

Guests = Callable[[str], Path]
Boot = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def guests(kernel: Kernel) -> Guests:
    """The module built from guests/NAME.c for the kernel."""
    directory = build_guests(kernel)
    return lambda name: directory / f"{name}.ko"


@pytest.fixture(scope="session")
def guests_612(kernels: dict[str, Kernel]) -> Guests:
    """The modules for 6.12, where one kernel is enough."""
    directory = build_guests(kernels["6.12"])
    return lambda name: directory / f"{name}.ko"


@pytest.fixture(scope="session")
def boot(kcxx: Path) -> Boot:
    """Runs kcxx boot with the arguments given."""
    return lambda *arguments, **options: run(kcxx, "boot", *map(str, arguments), **options)


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


# The life of modules in the guest


def test_clean_module_is_loaded_and_unloaded(boot: Boot, guests: Guests, kernel: Kernel) -> None:
    """A module that does nothing wrong: status 0, its lines on stdout, the kernel named."""
    result = boot(guests("clean"))
    assert result.returncode == ExitStatus.OK, result.stderr
    assert re.search(r"^\[ +\d+\.\d+\] clean: loaded, word is 'nothing'$", result.stdout, re.M)
    assert "clean: unloaded" in result.stdout
    assert f"kcxx: ok: clean loaded and unloaded on {kernel.release}" in result.stdout
    assert result.stderr == ""


def test_kernel_boot_messages_are_hidden(boot: Boot, guests_612: Guests) -> None:
    """Without --verbose the log starts with the first module."""
    result = boot(guests_612("clean"))
    lines = [line for line in result.stdout.splitlines() if not re.search(r"\] (tsc|clocksource): ", line)]
    assert lines[0].endswith("clean: loading out-of-tree module taints kernel.")


def test_kernel_boot_messages_are_shown_when_verbose(
    boot: Boot, guests_612: Guests, kernels
) -> None:
    """With --verbose the log starts with the kernel, has Unix lines, and no line of the protocol."""
    result = boot("--verbose", guests_612("clean"))
    assert f"Linux version {kernels['6.12'].release}" in result.stdout
    assert "\r" not in result.stdout
    assert "kcxx:" not in re.sub(r"^kcxx: ok.*", "", result.stdout, flags=re.M)


def test_guest_of_a_busy_machine_does_not_panic(boot: Boot, guests_612: Guests, tmp_path: Path) -> None:
    """x86 panics if ten ticks come too late, which happens on a busy machine: no_timer_check turns the test off."""
    script = write(tmp_path / "script", "grep -qw no_timer_check /proc/cmdline\n")
    assert boot("--script", script, guests_612("clean")).returncode == ExitStatus.OK


def test_modules_are_loaded_in_order_of_dependency(boot: Boot, guests: Guests) -> None:
    """Given in the wrong order, the one that exports goes in first and out last."""
    result = boot(guests("consumer"), guests("provider"))
    assert result.returncode == ExitStatus.OK, result.stderr
    messages = [line.split("] ", 1)[-1] for line in result.stdout.splitlines()]
    assert [text for text in messages if re.match("(provider|consumer): (loaded$|unloaded|the answer)", text)] == [
        "provider: loaded",
        "consumer: the answer is 42",
        "consumer: unloaded",
        "provider: unloaded",
    ]


def test_modules_built_apart_are_ordered_by_symbols(
    boot: Boot, guests_612: Guests, kernels, tmp_path: Path
) -> None:
    """Where modinfo names no dependency, the symbols give the order, even if the kernel then refuses a module."""
    shutil.copy(SOURCES / "consumer.c", tmp_path)
    write(tmp_path / "Kbuild", "obj-m := consumer.o\n")
    must(run(
        "make", "-C", kernels["6.12"].build, f"M={tmp_path}", "KBUILD_MODPOST_WARN=1", "modules"
    ))
    assert must(run("modinfo", "-F", "depends", tmp_path / "consumer.ko")).strip() == ""
    result = boot("--format", "json", tmp_path / "consumer.ko", guests_612("provider"))
    modules = json.loads(result.stdout)["modules"]
    assert [module["name"] for module in modules] == ["provider", "consumer"]


def test_parameter_reaches_the_module(boot: Boot, guests_612: Guests) -> None:
    """--param passes any value but a double quote, spaces and apostrophes too."""
    result = boot("--param", "clean:word=it's two words", guests_612("clean"))
    assert "clean: loaded, word is 'it's two words'" in result.stdout


def test_script_runs_between_load_and_unload(boot: Boot, guests_612: Guests, tmp_path: Path) -> None:
    """The script sees the module; all it writes is shown, long lines and backslashes too."""
    script = write(
        tmp_path / "script",
        """cat /sys/module/clean/parameters/word
        echo 'back\\nslash  two  spaces'
        head -c 3000 /dev/zero | tr '\\0' x; echo
        echo to stderr >&2
        printf 'no newline'
        """,
    )
    result = boot("--script", script, guests_612("clean"))
    assert result.returncode == ExitStatus.OK, result.stderr
    lines = result.stdout.splitlines()
    written = [line for line in lines if not line.startswith("[")]  # the kernel may log something meanwhile
    start = written.index("nothing")
    assert written[start : start + 5] == [
        "nothing", r"back\nslash  two  spaces", "x" * 3000, "to stderr", "no newline"
    ]
    (loaded,) = (i for i, line in enumerate(lines) if "clean: loaded" in line)
    (unloaded,) = (i for i, line in enumerate(lines) if line.endswith("clean: unloaded"))
    assert loaded < lines.index("nothing") < lines.index("no newline") < unloaded


def test_file_is_put_where_asked(boot: Boot, guests_612: Guests, tmp_path: Path) -> None:
    """--file SRC:DEST makes directories as needed."""
    data = write(tmp_path / "data", "found me\n")
    script = write(tmp_path / "script", "cat /a/b/renamed /data")
    result = boot(
        "--script", script, "--file", f"{data}:a/b/renamed", "--file", data, guests_612("clean")
    )
    assert result.stdout.count("found me") == 2


def test_devices_are_in_the_guest(boot: Boot, guests_612: Guests, tmp_path: Path) -> None:
    """Each --device is one of the machine, with the properties given; without it the machine has none."""
    script = write(tmp_path / "script", "cd /sys/bus/pci/devices; for one in *; do echo $one $(cat $one/vendor $one/device); done")
    devices = {"0000:00:09.0 0x1234 0x11e8", "0000:00:0a.0 0x1af4 0x1005"}
    asked = boot("--device", "edu,addr=9", "--device", "virtio-rng-pci,addr=0xa", "--script", script, guests_612("clean"))
    assert devices <= set(must(asked).splitlines())
    assert not devices & set(must(boot("--script", script, guests_612("clean"))).splitlines())


DRIVES = """\
for drive in vda nvme0n1; do
	until [ -e /dev/$drive ]; do sleep 0.1; done
	echo "$drive $(head -c 5 /dev/$drive)"
	echo new >/dev/$drive
done
for card in /sys/class/net/eth*; do
	ls $card/device/driver/module/drivers
done
ls /sys/bus/pci/devices/0000:00:09.0
echo done
"""


def test_drives_and_networks_are_in_the_guest(boot: Boot, guests_612: Guests, tmp_path: Path) -> None:
    """--drive: by virtio or the interface of if=, and its file stays as it is; --nic; --qemu has the rest."""
    names = ("first", "a, b")  # a comma is a letter as any
    files = [write(tmp_path / name, name[:5].ljust(5, ".") * 4096) for name in names]
    loads = [f"--load={name}" for name in ("virtio_blk", "nvme", "virtio_net", "e1000e")]
    drives = ("--drive", files[0], "--drive", f"{files[1]},if=nvme")
    more = ("--nic", "user", "--nic", "user,model=e1000e", "--qemu", "-device 'edu',addr=\"9\"")
    result = boot(*drives, *more, *loads, "--script", write(tmp_path / "script", DRIVES), guests_612("clean"))
    lines = set(must(result).splitlines())
    assert {"vda first", "nvme0n1 a, b.", "virtio:virtio_net", "pci:e1000e", "resource0", "done"} <= lines
    assert [file.read_text(encoding="utf-8")[:5] for file in files] == ["first", "a, b."]


def test_modules_of_the_kernel_are_loaded_first(boot: Boot, guests_612: Guests, tmp_path: Path) -> None:
    """--load brings a module of the kernel's own and those it needs, by its name with - or _, and they end again."""
    script = write(tmp_path / "script", "ls /sys/module")
    result = boot("--load", "i2c-stub", "--param", "i2c_stub:chip_addr=0x48", "--script", script, guests_612("clean"))
    assert "i2c_stub" in must(result).splitlines()


def test_module_in_the_image_of_the_kernel_needs_no_load(boot: Boot, guests_612: Guests) -> None:
    """--load accepts its name: a kernel with other options has a file of it."""
    must(boot("--load", "i2c-core", guests_612("clean")))


def test_module_that_the_kernel_has_not_is_refused(boot: Boot, guests_612: Guests) -> None:
    """The error names it, and where it was looked for."""
    result = boot("--load", "nosuch", guests_612("clean"))
    assert result.returncode == ExitStatus.INPUT
    assert "kcxx: the kernel has no module nosuch\n  found:  it is not in /" in result.stderr


def test_guest_has_the_cpus_that_are_asked_for(boot: Boot, guests_612: Guests, tmp_path: Path) -> None:
    """--smp, also where a guest with another number of them was kept."""
    script = write(tmp_path / "script", "nproc")
    assert "1" in must(boot("--script", script, guests_612("clean"))).splitlines()
    assert "3" in must(boot("--smp", "3", "--script", script, guests_612("clean"))).splitlines()


def test_modules_are_loaded_as_often_as_asked(boot: Boot, guests_612: Guests) -> None:
    """--repeat: with their parameters each time, and unloaded before the next"""
    result = boot("--repeat", "5", "--param", "clean:word=again", guests_612("clean"))
    assert "clean loaded and unloaded 5 times on" in must(result)
    assert len(re.findall(r"word is 'again'", result.stdout)) == 5


def test_round_that_fails_is_named(boot: Boot, guests_612: Guests, tmp_path: Path) -> None:
    """The step, the module, the error and the round; no further round follows."""
    script = write(tmp_path / "script", "rm /kcxx/modules/clean.ko")
    result = boot("--repeat", "5", "--script", script, "--format", "json", guests_612("clean"))
    assert result.returncode == ExitStatus.LOAD
    document = json.loads(result.stdout)
    assert [finding["text"] for finding in document["findings"]] == [
        "insmod: clean: -ENOENT (No such file or directory), in round 2 of 5"
    ]
    assert document["rounds"] == 5


def test_module_that_has_to_fail_is_not_repeated(boot: Boot, guests_612: Guests) -> None:
    """--expect-error excludes --repeat."""
    result = boot("--repeat", "5", "--expect-error", "ENODEV", guests_612("clean"))
    assert result.returncode == ExitStatus.USAGE
    assert "--expect-error and --repeat exclude each other" in result.stderr


# Verdicts on what the guest did


def test_expectations_that_hold_are_ok(boot: Boot, guests_612: Guests) -> None:
    """--expect matches a message from its start, time stamps do not count."""
    said = ["--expect", "^clean: loaded", "--expect", "unloaded$", "--forbid", "^nonsense"]
    result = boot(*said, guests_612("clean"))
    assert result.returncode == ExitStatus.OK, result.stderr


def test_missing_expectation_fails(boot: Boot, guests_612: Guests) -> None:
    """An --expect that matches no line: status 10, the expression named."""
    result = boot("--expect", "never said", guests_612("clean"))
    assert result.returncode == ExitStatus.EXPECTATION
    assert "no line of the log matches --expect 'never said'" in result.stderr


def test_forbidden_line_fails(boot: Boot, guests_612: Guests) -> None:
    """A --forbid that matches a line: status 10, the line quoted."""
    result = boot("--forbid", "word is", guests_612("clean"))
    assert result.returncode == ExitStatus.EXPECTATION
    assert "--forbid 'word is'\n  | clean: loaded, word is 'nothing'" in result.stderr


# Patterns that made std::regex backtrack for ever, or overflow the stack
SLOW = ("^(a+)+$", r"^(a|aa)+\x01", r"^(.*)*b(.*)*\x01$", r"^((a*)*)*\x01", r".*.*.*.*\x01.*")


@pytest.mark.every
def test_expectation_takes_little_time(boot: Boot, guests_612: Guests, tmp_path: Path) -> None:
    """A line of 200 kB against patterns that can match in many ways: the script's line is found, and nothing that is not in it."""
    script = write(tmp_path / "script", "head -c 200000 /dev/zero | tr '\\0' a\necho b\n")
    missing = [word for pattern in SLOW for word in ("--expect", pattern)]
    result = boot("--script", script, "--expect", "^a{1000}", "--expect", "a+b$", *missing, guests_612("clean"))
    assert result.returncode == ExitStatus.EXPECTATION, result.stderr
    assert re.findall("matches --expect '(.*)'", result.stderr) == list(SLOW)


def test_bytes_that_are_no_text_are_matched(boot: Boot, guests_612: Guests, tmp_path: Path) -> None:
    """A line need not be UTF-8: a pattern matches its bytes."""
    script = write(tmp_path / "script", "printf 'begin \\377\\303 end\\n'; echo größe\n")
    result = boot("--script", script, "--expect", "^begin .. end$", "--expect", r"\xff\xc3", "--expect", "^größe$", "--format", "json", guests_612("clean"))
    assert result.returncode == 0, result.stderr


def test_failing_script_fails(boot: Boot, guests_612: Guests, tmp_path: Path) -> None:
    """A script that ends with another status than 0: status 11; modules are still unloaded."""
    result = boot("--script", write(tmp_path / "script", "exit 3"), guests_612("clean"))
    assert result.returncode == ExitStatus.SCRIPT
    assert "the script ended with status 3" in result.stderr
    assert "clean: unloaded" in result.stdout


@pytest.mark.parametrize("last_words", ["kill -9 -1", "kill -9 $PPID"])
def test_script_that_kills_its_shell_fails(boot: Boot, guests_612: Guests, tmp_path: Path, last_words: str) -> None:
    """A script that kills the shell it is run by: its status is lost, and is not taken for success."""
    result = boot("--script", write(tmp_path / "script", f"echo begun\n{last_words}\n"), guests_612("clean"))
    assert result.returncode == ExitStatus.SCRIPT, result.stdout + result.stderr
    assert "the script was killed by SIGKILL (status 137)" in result.stderr
    assert "clean: unloaded" in result.stdout


def test_script_whose_output_is_lost_fails(boot: Boot, guests_612: Guests, tmp_path: Path) -> None:
    """A script that kills the reader of its output ends with 0: status 11, for lines are lost."""
    kill_reader = "for one in /proc/[0-9]*; do\n grep -q '^PPid:.'$PPID$ $one/status && [ ${one#/proc/} != $$ ] && kill -9 ${one#/proc/}\ndone\ntrue\n"
    result = boot("--script", write(tmp_path / "script", kill_reader), guests_612("clean"))
    assert result.returncode == ExitStatus.SCRIPT, result.stdout + result.stderr
    assert "lines that the script wrote are lost" in result.stderr


# All that a script finds of the guest's protocol, repeated wherever it can write.
FORGERY = """
known() {
    dmesg
    for file in /kcxx/* /proc/1/environ /proc/1/cmdline /proc/$PPID/environ /proc/$PPID/cmdline; do
        [ -f $file ] && tr '\\0' '\\n' <$file
    done
}
results=$(for one in /proc/1/fd/*; do readlink $one; done | grep tty)
words=$(known | grep -o 'kcxx:[0-9a-f]\\+' | sort -u)
[ -n "$words" ] || exit 9
for place in /dev/kmsg /dev/console /dev/ttyS0 $results; do
    for word in $words; do
        printf '%s %s\n' $word 'status 0' >$place
        printf '%s %s\n' $word 'end 0' >$place
    done
done
exit 3
"""


@pytest.mark.parametrize("arguments", [[], ["--append", "pnpacpi=off 8250.nr_uarts=1"]], ids=["port", "console"])
def test_script_that_repeats_the_protocol_fools_nobody(
    boot: Boot, guests_612: Guests, tmp_path: Path, arguments: list[str]
) -> None:
    """Results have nonces that were never seen: a status and an end that a script writes are not taken for the guest's.

    A kernel without a driver for the results' port writes them to its console, where a script reads the spent ones.
    """
    result = boot(*arguments, "--script", write(tmp_path / "script", FORGERY), guests_612("clean"))
    assert result.returncode == ExitStatus.SCRIPT, result.stdout + result.stderr
    assert "the script ended with status 3" in result.stderr
    assert "clean: unloaded" in result.stdout


def test_script_that_quiets_the_console_is_heard(boot: Boot, guests_612: Guests, tmp_path: Path) -> None:
    """dmesg -n 1 hides the kernel's lines, and neither the script's nor its status."""
    script = write(tmp_path / "script", "dmesg -n 1\necho still here\nexit 3\n")
    result = boot("--script", script, guests_612("clean"))
    assert result.returncode == ExitStatus.SCRIPT
    assert "still here" in result.stdout
    assert "the script ended with status 3" in result.stderr


def test_guest_does_not_steer_the_terminal(boot: Boot, guests_612: Guests, tmp_path: Path) -> None:
    """Escape sequences that a script writes, to its output and to the log, do not reach the user's terminal."""
    script = write(
        tmp_path / "script",
        r"""printf 'plain \033]0;title\007 \033[31mred \033[2J \302\2334A\rend\n'
printf '<1>\033[31mBUG: \033[2J kernel\n' >/dev/kmsg
printf '\033cconsole\n' >/dev/console
""",
    )
    result = boot("--script", script, guests_612("clean"))
    assert "plain" in result.stdout
    for text in (result.stdout, result.stderr):
        assert not set(text) & {chr(code) for code in (*range(0, 9), *range(11, 32), *range(127, 160))}, repr(text)


def test_program_that_the_script_leaves_behind_does_not_hold_the_guest(
    boot: Boot, guests_612: Guests, tmp_path: Path
) -> None:
    """A program in the background keeps the script's output open: the script ends where its shell does."""
    script = write(tmp_path / "script", "sleep 1000 &\nprintf 'last words'\n")
    result = boot("--timeout", "60", "--script", script, guests_612("clean"))
    assert result.returncode == ExitStatus.OK, result.stdout + result.stderr
    assert "last words\n" in result.stdout


FULL = "dd if=/dev/zero of=/tmp/full bs=1M 2>/dev/null; [ -e /tmp/full ] || exit 9\n"


@pytest.mark.parametrize(
    "before",
    [FULL, "mount -t tmpfs -o ro none /tmp\n", "rm -rf /tmp; ln -s /nowhere/to/be /tmp\n", "ln -s /nowhere /tmp/.kcxx-status\n"],
    ids=["full", "read-only", "no directory", "dangling link"],
)
def test_status_needs_no_file_in_the_guest(boot: Boot, guests_612: Guests, tmp_path: Path, before: str) -> None:
    """The status arrives, whatever the script did to /tmp."""
    result = boot("--script", write(tmp_path / "script", f"{before}exit 3\n"), guests_612("clean"))
    assert result.returncode == ExitStatus.SCRIPT, result.stdout + result.stderr
    assert "the script ended with status 3" in result.stderr


def test_module_that_cannot_be_unloaded_fails(boot: Boot, guests: Guests) -> None:
    """A module whose reference is held: status 12, with the errno."""
    result = boot(guests("stays"))
    assert result.returncode == ExitStatus.UNLOAD
    assert "rmmod: stays: -EAGAIN" in result.stderr


def test_module_that_refuses_to_load_fails(boot: Boot, guests: Guests) -> None:
    """A module whose init returns -ENOMEM: status 13, the errno named, its log quoted.

    Its init runs once: a failed load is not tried a second time, as busybox insmod does.
    """
    result = boot(guests("refuses"))
    assert result.returncode == ExitStatus.LOAD
    assert "insmod: refuses.ko: -ENOMEM" in result.stderr
    assert "  | refuses: no memory, it pretends" in result.stderr
    assert result.stdout.count("refuses: no memory, it pretends") == 1


@pytest.mark.every
def test_module_of_another_kernel_fails(boot: Boot, guests_612: Guests, kernels) -> None:
    """Booted on another kernel than it was built for: status 13, both vermagics, and the kernel's reason."""
    result = boot("--kernel", kernels["6.1"].image, guests_612("clean"))
    assert result.returncode == ExitStatus.LOAD
    assert "insmod: clean.ko: -ENOEXEC" in result.stderr
    own = must(run("modinfo", "-F", "vermagic", guests_612("clean"))).strip()
    other = must(run("modinfo", "-F", "vermagic", build_guests(kernels["6.1"]) / "clean.ko")).strip()
    said = [line.rstrip() for line in result.stderr.splitlines()]
    assert said[1:3] == [f"  | the module is for {own}", f"  | the kernel is      {other}"]
    assert re.search(
        r"  \| clean: (version magic|disagrees about version of symbol)", result.stderr
    )


def test_kernel_is_named_by_its_series_or_release(boot: Boot, guests_612: Guests, kernels: dict[str, Kernel]) -> None:
    """--kernel takes what kcxx kernels lists, as inspect and matrix do."""
    for name in ("6.12", kernels["6.12"].release):
        result = boot("--kernel", name, guests_612("clean"))
        assert result.returncode == ExitStatus.OK, result.stderr
        assert f"loaded and unloaded on {kernels['6.12'].release}" in result.stdout


def test_kernel_that_is_not_here_is_named(boot: Boot, guests_612: Guests, kernels: dict[str, Kernel]) -> None:
    """A series without a kernel: status 4, the kernels that are here, and the command that fetches one."""
    result = boot("--kernel", "5.99", guests_612("clean"))
    assert result.returncode == ExitStatus.UNAVAILABLE
    assert "no kernel 5.99 for x86_64" in result.stderr
    assert kernels["6.12"].release in result.stderr
    assert "kcxx kernels get 5.99 x86_64" in result.stderr


@pytest.mark.parametrize(("packer", "suffix"), [("xz", ".xz"), ("gzip", ".gz"), ("zstd", ".zst")])
def test_compressed_module_is_loaded(boot: Boot, guests_612: Guests, tmp_path: Path, packer: str, suffix: str) -> None:
    """A compressed module, as distributions ship it, is loaded."""
    packed = tmp_path / f"clean.ko{suffix}"
    packed.write_bytes(subprocess.run([packer, "-c", guests_612("clean")], capture_output=True, check=True).stdout)
    result = boot(packed)
    assert result.returncode == ExitStatus.OK, result.stderr
    assert "kcxx: ok: clean loaded and unloaded" in result.stdout


def test_module_that_warns_fails(boot: Boot, guests: Guests) -> None:
    """A WARN(): status 14, the kernel's line quoted, though the module loads and unloads."""
    result = boot(guests("warns"))
    assert result.returncode == ExitStatus.WARNING
    assert re.search(r"  \| WARNING: .*warns_init", result.stderr)


def test_warning_without_words_fails(boot: Boot, guests: Guests) -> None:
    """The kernel's taint flag W counts as a warning, even if the log has none."""
    result = boot(guests("taints"))
    assert result.returncode == ExitStatus.WARNING
    assert "the kernel warned" in result.stderr


def test_module_that_hangs_fails(boot: Boot, guests: Guests) -> None:
    """A module that does not come back: status 15 after --timeout, with the step that hung."""
    begin = time.monotonic()
    result = boot("--timeout", "30", guests("hangs"))
    assert result.returncode == ExitStatus.HUNG
    assert "hung while loading hangs: ended after --timeout 30" in result.stderr
    assert time.monotonic() - begin < 60


def test_module_that_oopses_fails(boot: Boot, guests: Guests) -> None:
    """An oops: status 16, shown whole, and the guest ends at once."""
    result = boot(guests("oopses"))
    assert result.returncode == ExitStatus.OOPS
    assert "the kernel oopsed while loading oopses" in result.stderr
    assert re.search(r"RIP: .*oopses_init", result.stdout)
    assert re.search(r"kernel oopsed while loading oopses\n  \| at .*/oopses\.c:\d+, in oopses_init\n", result.stderr)
    assert "---[ end trace" in result.stdout


def test_guest_that_ends_by_itself_fails(boot: Boot, guests_612: Guests, tmp_path: Path) -> None:
    """A guest that reboots without an oops, as by a triple fault, counts as one."""
    result = boot("--script", write(tmp_path / "script", "reboot -f"), guests_612("clean"))
    assert result.returncode == ExitStatus.OOPS
    assert "ended by itself while the script ran" in result.stderr


def test_gravest_of_several_verdicts_wins(boot: Boot, guests_612: Guests, tmp_path: Path) -> None:
    """Warning over script over expectation; all of them are reported."""
    script = write(tmp_path / "script", "exit 1")
    result = boot("--script", script, "--expect", "never said", guests_612("warns"))
    assert result.returncode == ExitStatus.WARNING
    told = [result.stderr.index(text) for text in (
        "the kernel warned", "the script ended", "never said"
    )]
    assert told == sorted(told)


def test_module_that_imitates_the_protocol_fools_nobody(boot: Boot, guests_612: Guests) -> None:
    """Lines like the guest's own, printed by a module that fails: status 13, and they are shown."""
    result = boot(guests_612("spoofs"))
    assert result.returncode == ExitStatus.LOAD
    assert "insmod: spoofs.ko: -EIO" in result.stderr
    assert "kcxx:0000000000000000 loaded spoofs 0" in result.stdout


# Obstacles to the start of a guest


def test_call_without_module_is_wrong(boot: Boot) -> None:
    assert boot().returncode == ExitStatus.USAGE


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--expect", "("], "--expect '(' is no regular expression"),
        (["--expect", "(?=a)"], "needed: a regular expression of RE2, which has neither look-ahead nor back-references"),
        (["--forbid", r"(a)\1"], r"--forbid '(a)\1' is no regular expression"),
        (["--forbid", "((a{1000}){1000}){1000}"], "--forbid '((a{1000}){1000}){1000}' is no regular expression"),
        (["--param", "word=x"], "--param is not understood"),
        (["--param", "other:word=x"], "--param is for a module that is not loaded"),
        (["--file", "/no/such/file"], "no file /no/such/file"),
        (["--script", "/no/such/file"], "/no/such/file"),
        (["--timeout", "0"], "--timeout"),
    ],
)
def test_wrong_option_is_named(
    boot: Boot, guests_612: Guests, arguments: list[str], message: str
) -> None:
    """A wrong option: status 2, naming it."""
    result = boot(*arguments, guests_612("clean"))
    assert result.returncode == ExitStatus.USAGE
    assert message in result.stderr


@pytest.mark.parametrize(
    ("device", "what", "found", "fix"),
    [
        ("nosuch", "QEMU refuses --device 'nosuch'", "'nosuch' is not a valid device model name", "help"),
        ('{"driver": "nosuch"}', "QEMU refuses --device", "'nosuch' is not a valid device model name", "help"),
        ("", "QEMU refuses --device ''", "Parameter 'driver' is missing", "help"),
        ("edu,colour=red", "QEMU refuses --device 'edu,colour=red'", "Property 'edu.colour' not found", "edu,help"),
        ("usb-mouse", "QEMU refuses --device 'usb-mouse'", "No 'usb-bus' bus found for device 'usb-mouse'", "usb-mouse,help"),
        ("help", "--device asks for help, and starts no guest", "help", "help"),
        ("edu,help", "--device asks for help, and starts no guest", "edu,help", "edu,help"),
    ],
)
def test_device_that_qemu_refuses_is_named(boot: Boot, guests_612: Guests, device: str, what: str, found: str, fix: str) -> None:
    """Status 2, with QEMU's reason, also behind a device that is good, and what lists those that QEMU has."""
    result = boot("--format", "json", "--device", "edu", "--device", device, guests_612("clean"))
    error = json.loads(result.stdout)["error"]
    assert result.returncode == ExitStatus.USAGE
    assert error["what"].startswith(what)
    assert (error["found"], error["type"]) == (found, f"qemu-system-x86_64 -device {fix}")


@pytest.mark.parametrize(
    ("options", "what", "found"),
    [
        (("--drive", "/nowhere"), "--drive is not understood", "no file /nowhere"),
        (("--drive", "/etc/passwd,if=scsi"), "--drive has no such interface", "if=scsi"),
        (("--nic", "tap"), "--nic is not understood", "tap"),
        (("--nic", "user,model=help"), "--nic asks for help, and starts no guest", "help"),
        (("--nic", "user,model=nosuch"), "QEMU refuses --nic 'user,model=nosuch'", "'nosuch' is not a valid device model name"),
        (("--qemu", "edu"), "--qemu is not understood", "edu"),
        (("--qemu", "-device 'edu"), "--qemu is not understood", "-device 'edu"),
        (("--qemu", "-nosuch"), "QEMU refuses --qemu '-nosuch'", "invalid option"),
        (("--qemu", "-device edu -device nosuch"), "QEMU refuses --qemu '-device edu -device nosuch'", "'nosuch' is not a valid device model name"),
    ],
)
def test_wrong_part_of_a_machine_is_named(boot: Boot, guests_612: Guests, options: tuple[str, str], what: str, found: str) -> None:
    """Status 2, with the option by the user, and the reason."""
    result = boot("--format", "json", *options, guests_612("clean"))
    error = json.loads(result.stdout)["error"]
    assert result.returncode == ExitStatus.USAGE
    assert (error["what"], error["found"]) == (what, found)


def test_file_that_is_no_module_is_refused(boot: Boot, tmp_path: Path) -> None:
    """Anything but a module: status 3, with what it is and what it should be."""
    result = boot(write(tmp_path / "fake.ko", "not an ELF file"))
    assert result.returncode == ExitStatus.INPUT
    assert re.search(r"found: +no ELF file\n +needed: +a kernel module", result.stderr)


def test_modules_of_different_kernels_are_refused(boot: Boot, guests_612: Guests, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """Modules for two kernels: status 3, both releases named."""
    release = kernels["6.12"].release
    other = release.replace("6.12.", "6.11.")
    provider = tmp_path / "provider.ko"
    provider.write_bytes(guests_612("provider").read_bytes().replace(f"vermagic={release} ".encode(), f"vermagic={other} ".encode()))
    result = boot(provider, guests_612("consumer"))
    assert result.returncode == ExitStatus.INPUT
    assert release in result.stderr
    assert other in result.stderr


def test_module_whose_dependency_is_nowhere_is_refused(boot: Boot, guests_612: Guests) -> None:
    """A dependency neither given nor the kernel's own: status 3, with the call that would do."""
    result = boot(guests_612("consumer"))
    assert result.returncode == ExitStatus.INPUT
    assert re.search(r"needs the module provider$", result.stderr, re.M)
    assert re.search(r"type: +kcxx boot .*provider\.ko$", result.stderr, re.M)


def test_missing_image_says_how_to_get_it(
    boot: Boot, guests_612: Guests, kernels, tmp_path: Path
) -> None:
    """No image of that kernel: status 4, the places looked at, the command that fetches it."""
    result = boot(guests_612("clean"), env={"KCXX_CACHE": str(tmp_path)})
    release = kernels["6.12"].release
    assert result.returncode == ExitStatus.UNAVAILABLE
    assert f"{tmp_path}/kernels/{release}/vmlinuz" in result.stderr
    assert f"kcxx kernels get {release}" in result.stderr


def test_missing_qemu_says_what_to_install(boot: Boot, guests_612: Guests) -> None:
    """No QEMU in PATH: status 4, and the package."""
    result = boot(guests_612("clean"), env={"PATH": "/nowhere"})
    assert result.returncode == ExitStatus.UNAVAILABLE
    assert "apt install qemu-system-x86" in result.stderr


def test_unusable_directory_in_path_is_passed_over(boot: Boot, guests_612: Guests) -> None:
    """A directory in PATH that cannot even be looked at does not keep QEMU from being found."""
    path = f"/{'x' * 300}:{os.environ['PATH']}"
    result = boot(guests_612("clean"), env={"PATH": path})
    assert result.returncode == ExitStatus.OK, result.stderr


def test_dynamic_busybox_is_refused(boot: Boot, guests_612: Guests) -> None:
    """A busybox that would not run in the guest: status 4, and the package of one that does."""
    result = boot("--busybox", shutil.which("sh"), guests_612("clean"))
    assert result.returncode == ExitStatus.UNAVAILABLE
    assert "dynamically linked" in result.stderr
    assert "apt install busybox-static" in result.stderr


def test_image_that_is_none_is_told(boot: Boot, guests_612: Guests, tmp_path: Path) -> None:
    """A file that is no kernel: status 4, with its name, before QEMU is started."""
    result = boot("--kernel", write(tmp_path / "image", "no kernel"), guests_612("clean"))
    assert result.returncode == ExitStatus.UNAVAILABLE
    assert f"cannot boot the kernel {tmp_path}/image" in result.stderr
    assert "needed: a whole image of a kernel for x86_64" in result.stderr


# Output for programs


def test_json_of_a_clean_boot(boot: Boot, guests_612: Guests, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """stdout has one document, and nothing else."""
    script = write(tmp_path / "script", "echo hello")
    result = boot("--format", "json", "--script", script, guests_612("clean"))
    document = json.loads(result.stdout)
    assert document["verdict"] == "ok"
    assert document["status"] == result.returncode == ExitStatus.OK
    assert document["release"] == kernels["6.12"].release
    assert 0 < document["duration_s"] < 60
    assert document["findings"] == []
    assert document["script"] == {"status": 0}
    done = {"errno": 0, "name": None, "text": ""}
    assert document["modules"] == [
        {"name": "clean", "path": str(guests_612("clean")), "given": True, "load": done, "unload": done}
    ]
    assert {"seconds": None, "source": "script", "text": "hello"} in document["log"]
    loaded = [
        line for line in document["log"] if line["text"] == "clean: loaded, word is 'nothing'"
    ]
    assert [line["source"] for line in loaded] == ["kernel"]


def test_json_of_a_failed_load(boot: Boot, guests_612: Guests) -> None:
    """The errno is there as number and name; what was not done is null."""
    document = json.loads(boot("--format", "json", guests_612("refuses")).stdout)
    assert (document["verdict"], document["status"]) == ("load", ExitStatus.LOAD)
    module = document["modules"][0]
    assert (module["load"]["errno"], module["load"]["name"]) == (12, "ENOMEM")
    assert module["unload"] is None
    assert document["findings"][0]["verdict"] == "load"


def test_json_of_a_guest_that_could_not_start(boot: Boot, tmp_path: Path) -> None:
    """If no guest starts, there is a document as well, with the error's parts."""
    result = boot("--format", "json", write(tmp_path / "fake.ko", "not an ELF file"))
    document = json.loads(result.stdout)
    assert (document["verdict"], document["status"]) == ("input", ExitStatus.INPUT)
    assert document["error"]["found"] == "no ELF file"


def test_help_tabulates_the_exit_statuses(boot: Boot) -> None:
    """Every status of this file is in kcxx boot --help."""
    text = boot("--help").stdout
    table = dict(re.findall(r"^ +(\d+)  (\w+)", text, re.M))
    assert table == {
        "0": "ok", "1": "internal", "2": "usage", "3": "input", "4": "unavailable", "5": "download", "9": "tests",
        "10": "expectation", "11": "script", "12": "unload", "13": "load", "14": "warning",
        "15": "hung", "16": "oops", "20": "cells", "130": "interrupted",
    }  # fmt: skip


@pytest.mark.parametrize(("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_errors_are_coloured_on_a_terminal_only(
    kcxx: Path, tmp_path: Path, environment: dict[str, str], coloured: bool
) -> None:
    """Red on a terminal, unless NO_COLOR is set; never into a pipe."""
    call = [kcxx, "boot", write(tmp_path / "fake.ko", "not an ELF file")]
    ours, theirs = pty.openpty()
    plain = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    subprocess.run(call, stderr=theirs, env=plain | {"TERM": "xterm"} | environment, check=False)
    assert (b"\033[" in os.read(ours, 4096)) == coloured
    assert "\033[" not in run(*call, env={"TERM": "xterm"}).stderr


def test_complaint_before_the_first_module_is_coloured(kcxx: Path, guests_612: Guests) -> None:
    """A line of the kernel's start has the colour of its kind on a terminal, as later lines have."""
    call = shlex.join(map(str, [kcxx, "boot", "--verbose", "--append", "rdinit=/none", guests_612("clean")]))
    plain = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    on_terminal = run("script", "-qec", call, os.devnull, env=plain | {"TERM": "xterm"})
    assert re.search(r"\[ +\d+\.\d+\] \033\[0m\033\[31;1mKernel panic - not syncing", on_terminal.stdout)


# No QEMU stays behind


def qemu_of(process: subprocess.Popen[str]) -> int:
    """The process id of the QEMU that @process runs, once the guest is busy."""
    for line in process.stdout:
        if "hangs: now" in line:
            break
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    children = listed.read_text(encoding="utf-8").split()
    assert len(children) == 1
    assert "qemu-system" in Path(f"/proc/{children[0]}/cmdline").read_text(encoding="utf-8")
    return int(children[0])


def is_gone(pid: int) -> bool:
    """True once @pid has ended, at the latest in 10 s."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    readable, _, _ = select.select([handle], [], [], 10)
    os.close(handle)
    return bool(readable)


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)]
)
def test_signal_ends_the_guest(
    kcxx: Path, guests_612: Guests, number: signal.Signals, status: int
) -> None:
    """However kcxx is ended, QEMU ends with it; 128 + the signal is the status where it can be."""
    with subprocess.Popen(
        [*INTERRUPTIBLE, kcxx, "boot", guests_612("hangs")], stdout=subprocess.PIPE, text=True
    ) as process:
        qemu = qemu_of(process)
        process.send_signal(number)
        assert process.wait(timeout=20) == status
        assert is_gone(qemu)


# The errors of an init


@pytest.mark.parametrize("error", ["ENOMEM", "-ENOMEM", "12"])
def test_error_of_an_init_that_is_expected_is_well(error: str, boot: Boot, guests_612: Guests) -> None:
    """Status 0, and the verdict has it; modules before it load."""
    result = boot(f"--expect-error={error}", guests_612("clean"), guests_612("refuses"))
    assert result.returncode == ExitStatus.OK, result.stderr
    assert "kcxx: ok: clean loaded and unloaded, refuses failed with -ENOMEM, as expected" in result.stdout


def test_other_end_than_the_expected_error_is_none(boot: Boot, guests_612: Guests) -> None:
    """Another errno, or a module that loads, fails the boot."""
    result = boot("--expect-error=ENODEV", guests_612("refuses"))
    assert result.returncode == ExitStatus.LOAD
    assert "the init of refuses did not fail with --expect-error ENODEV: it failed with -ENOMEM" in result.stderr
    result = boot("--expect-error=ENODEV", guests_612("clean"))
    assert result.returncode == ExitStatus.EXPECTATION
    assert "the init of clean did not fail with --expect-error ENODEV: the module loaded" in result.stderr


def test_error_is_that_of_the_init(boot: Boot, guests_612: Guests, tmp_path: Path) -> None:
    """A module that the loader refuses with the same errno has no init that failed."""
    module = tmp_path / "consumer.ko"
    must(run("objcopy", "--redefine-sym", "provided_answer=nobody_has_this", guests_612("consumer"), module))
    result = boot("--expect-error=ENOENT", guests_612("provider"), module)
    assert result.returncode == ExitStatus.LOAD
    assert "the kernel refused the module before its init" in result.stderr


def test_wrong_call_of_expect_error(boot: Boot, guests_612: Guests, tmp_path: Path) -> None:
    """No errno, a script that could never run, a module behind the one that fails"""
    script = write(tmp_path / "script", "true\n")
    for arguments, found in (
        (["--expect-error=NODEV", guests_612("refuses")], "NODEV"),
        (["--expect-error=ENODEV", "--script", script, guests_612("refuses")], "--script exclude each other"),
        (["--expect-error=ENODEV", guests_612("consumer"), guests_612("provider")], "consumer is loaded behind it"),
    ):
        result = boot(*arguments)
        assert result.returncode == ExitStatus.USAGE
        assert found in result.stderr
