# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""A module file that somebody else made: reading it takes little memory and time, runs no program and leaves its place."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import resource
import struct
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import must, run
from inspected import QUIET, Inspect, kernel_directory, module

NO_MODULE = 3
UNAVAILABLE = 4
MIB = 1 << 20

# More than a module can have, and a memory in which what kcxx accepts fits
LARGE = 4200 * MIB
MEMORY = 1536 * MIB

# Programs that libarchive runs for the formats that it was built without
PROGRAMS = ("lrzip", "grzip", "lzop", "gzip", "gunzip", "bzip2", "xz", "unxz", "lzma", "unlzma", "zstd", "unzstd", "lz4", "lzip", "uudecode", "compress")
MAGICS = {
    "lrzip": b"LRZI\x00\x06" + bytes(64),
    "grzip": b"GRZipII\x00\x02\x04:)" + bytes(64),
    "lzop": b"\x89LZO\x00\r\n\x1a\n\x10\x30\x20\xa0\x09\x40\x03" + bytes(64),
    "uu": b"begin 644 sample.ko\n#0V%T\n`\nend\n",
}


@pytest.fixture(scope="session")
def inspect(kcxx: Path) -> Inspect:
    """The program."""
    return Inspect(kcxx)


def in_memory(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """Runs @command, which can have MEMORY of its own."""
    return run(*command, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)), timeout=120)


def packed_zeros(compressor, finish: Callable[[], bytes], size: int = LARGE) -> bytes:
    """@size zeros, packed by @compressor and once more, for zeros are packed to a long run of the same bytes"""
    block = bytes(64 * MIB)
    packed = [compressor.compress(block[: min(len(block), size - at)]) for at in range(0, size, len(block))]
    return b"".join(packed) + finish()


@pytest.fixture(scope="session")
def bomb() -> bytes:
    """Some hundred bytes, as gzip of gzip of gzip, of LARGE zeros"""
    inner = zlib.compressobj(1, zlib.DEFLATED, 31)
    return gzip.compress(gzip.compress(packed_zeros(inner, inner.flush), mtime=0), mtime=0)


@pytest.mark.parametrize("command", ["inspect", "boot"])
@pytest.mark.parametrize("outer", ["gz", "xz", "bz2", "zst"])
def test_module_that_unpacks_to_gigabytes_is_refused(kcxx: Path, bomb: bytes, command: str, outer: str, tmp_path: Path) -> None:
    """However it is packed: status 3, within little memory, and the message has both sizes."""
    path = tmp_path / f"sample.ko.{outer}"
    if outer == "zst":
        path.with_suffix("").write_bytes(bomb)
        must(run("zstd", "-q", path.with_suffix("")))
    else:
        path.write_bytes({"gz": lambda data: data, "xz": lzma.compress, "bz2": bz2.compress}[outer](bomb))
    result = in_memory(kcxx, command, path)
    assert result.returncode == NO_MODULE, result.stderr
    assert f"found:  {path.stat().st_size} bytes that unpack to more than 512 MiB" in result.stderr
    assert "needed: a kernel module" in result.stderr


@pytest.mark.parametrize("command", ["inspect", "boot"])
def test_file_of_gigabytes_is_refused(kcxx: Path, command: str, tmp_path: Path) -> None:
    """It is not even read."""
    path = tmp_path / "sample.ko"
    with path.open("wb") as file:
        file.truncate(LARGE)
    result = in_memory(kcxx, command, path)
    assert result.returncode == NO_MODULE, result.stderr
    assert "found:  a file of 4200 MiB, more than 512 MiB" in result.stderr


def with_packed_debug_info(path: Path, name: str, content: bytes, size: int) -> None:
    """Makes the section @name of the module @path one that is @content, by zlib, and unpacks to @size bytes."""
    packed = path.with_name("packed")
    packed.write_bytes(struct.pack("<IIQQ", 1, 0, size, 1) + content)
    must(run("objcopy", "--update-section", f"{name}={packed}", path))
    data = bytearray(path.read_bytes())
    (start,) = struct.unpack_from("<Q", data, 0x28)
    entry, count, names = struct.unpack_from("<HHH", data, 0x3A)
    (strings,) = struct.unpack_from("<Q", data, start + names * entry + 0x18)
    for at in range(start, start + count * entry, entry):
        name_at = strings + struct.unpack_from("<I", data, at)[0]
        if data[name_at:].startswith(name.encode() + b"\0"):
            struct.pack_into("<Q", data, at + 8, 0x800)  # SHF_COMPRESSED
            path.write_bytes(data)
            return
    raise AssertionError(name)


def test_debug_information_that_unpacks_to_gigabytes_is_left_out(inspect: Inspect, tmp_path: Path) -> None:
    """The rest is reported: the code is counted by symbols."""
    path = module(tmp_path, QUIET, "-g")
    size = 1024 * MIB
    compressor = zlib.compressobj(9)
    with_packed_debug_info(path, ".debug_info", packed_zeros(compressor, compressor.flush, size), size)
    with subprocess.Popen((inspect.program, "inspect", path), stdout=subprocess.PIPE, text=True) as process:
        output = process.stdout.read()
        _, _, usage = os.wait4(process.pid, 0)
    assert "(by symbols)" in output
    assert usage.ru_maxrss < 256 * 1024  # KiB


def test_compressed_debug_information_is_read(inspect: Inspect, tmp_path: Path) -> None:
    """An ordinary module may have it packed."""
    path = module(tmp_path, QUIET, "-g", "-gz=zlib")
    assert inspect(path).module["code"]["by"] == "debug-info"


@pytest.mark.parametrize("command", ["inspect", "boot"])
@pytest.mark.parametrize("inner", [False, True], ids=["outer", "inner"])
@pytest.mark.parametrize("form", MAGICS)
def test_no_program_unpacks_a_module(kcxx: Path, command: str, inner: bool, form: str, tmp_path: Path) -> None:
    """A format that kcxx cannot unpack by itself is no module: the programs that could, in $PATH, are not run."""
    marker = tmp_path / "was-run"
    for name in PROGRAMS:
        program = tmp_path / "bin" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text(f'#!/bin/sh\necho "$0" >> {marker}\n', encoding="utf-8")
        program.chmod(0o755)
    path = tmp_path / "sample.ko"
    path.write_bytes(gzip.compress(MAGICS[form]) if inner else MAGICS[form])
    result = run(kcxx, command, path, env={"PATH": f"{tmp_path}/bin:/usr/bin:/bin"})
    assert not marker.exists(), marker.read_text(encoding="utf-8")
    assert result.returncode == NO_MODULE
    assert "found:  no ELF file" in result.stderr


@pytest.mark.parametrize(
    "release", ["../../outside", "/outside", "..", ".", "6.12/../../../outside", "6.12;x", "-6.12", "6." + "1" * 63]
)
def test_vermagic_names_no_path(kcxx: Path, release: str, tmp_path: Path) -> None:
    """kcxx boot looks for a kernel by its release: a vermagic that begins with something else is refused, with what it is."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "vmlinuz").write_bytes(b"an image that somebody left here")
    (tmp_path / "cache/kernels/6.12").mkdir(parents=True)
    path = module(tmp_path, QUIET, "-UVERMAGIC", f'-DVERMAGIC="{release} SMP mod_unload "')
    result = run(kcxx, "boot", path, env={"KCXX_CACHE": str(tmp_path / "cache")})
    assert result.returncode == NO_MODULE, result.stderr
    assert "begins with no release of a kernel" in result.stderr


@pytest.mark.parametrize("release", ["6.1.0-56-amd64", "6.12.117+deb12-rt-amd64", "6.11.4-301.fc41.x86_64+debug", "6.18.0-rc3~exp_1", "6.12.5-gentoo"])
def test_release_of_a_distribution_is_looked_for(kcxx: Path, release: str, tmp_path: Path) -> None:
    """It is a release: what is missing is the kernel."""
    path = module(tmp_path, QUIET, "-UVERMAGIC", f'-DVERMAGIC="{release} SMP mod_unload "')
    result = run(kcxx, "boot", path, env={"KCXX_CACHE": str(tmp_path / "cache")})
    assert result.returncode == UNAVAILABLE
    assert f"no kernel image for {release}" in result.stderr


@pytest.mark.parametrize("name", ["../../bin/busybox", "a b", "a;reboot", "a\\nb", ".", "", "x" * 56])
def test_name_of_a_module_names_no_path(kcxx: Path, name: str, tmp_path: Path) -> None:
    """Its name becomes a path and a word in the guest: one that no module can have is refused."""
    path = module(tmp_path, f'INFO(first, "name={name}");\n' + QUIET)
    must(run("objcopy", "--dump-section", f".modinfo={tmp_path}/modinfo", path))
    info = (tmp_path / "modinfo").read_bytes().replace(b"name=sample\0", b"")
    (tmp_path / "modinfo").write_bytes(info)
    must(run("objcopy", "--update-section", f".modinfo={tmp_path}/modinfo", path))
    result = run(kcxx, "boot", path, env={"KCXX_CACHE": str(tmp_path / "cache")})
    assert result.returncode == NO_MODULE, result.stderr
    assert "which no module can have" in result.stderr or (not name and "without a module's name" in result.stderr)


@pytest.mark.parametrize("release", ["../../outside", "..", "6.12/../.."])
def test_release_of_a_build_directory_names_no_path(kcxx: Path, release: str, tmp_path: Path) -> None:
    """Nor does the release that a kernel's build directory has: it is no build directory."""
    kernel = kernel_directory(tmp_path / "kernel")
    (kernel / "include/generated/utsrelease.h").write_text(f'#define UTS_RELEASE "{release}"\n', encoding="utf-8")
    result = run(kcxx, "inspect", "--kernel", kernel, module(tmp_path, QUIET))
    assert result.returncode == UNAVAILABLE
    assert "without the release of a kernel" in result.stderr
