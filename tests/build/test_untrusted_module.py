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

from fixtures.commands import must, run
from fixtures.exit_status import ExitStatus
from fixtures.inspected import QUIET, VERMAGIC, Inspect, kernel_directory, module

NO_MODULE = ExitStatus.INPUT
REFUSED = ExitStatus.LOAD
MIB = 1 << 20

# More than a module can have, and a memory in which what kcxx accepts fits
LARGE = 4200 * MIB
MEMORY = 1536 * MIB

# Many times what any of these files takes, and a part of what they took when reading was quadratic
CPU_SECONDS = 20

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


def in_memory(*command: str | Path, **options) -> subprocess.CompletedProcess[str]:
    """Runs @command, which can have MEMORY and CPU_SECONDS of its own, however busy the machine is."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))

    return run(*command, preexec_fn=limit, **options)


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
    """A file of gigabytes is refused before it is read."""
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
    """A release in a distribution's form is accepted: the error is about the missing kernel."""
    path = module(tmp_path, QUIET, "-UVERMAGIC", f'-DVERMAGIC="{release} SMP mod_unload "')
    result = run(kcxx, "boot", path, env={"KCXX_CACHE": str(tmp_path / "cache")})
    assert result.returncode == ExitStatus.UNAVAILABLE
    assert f"no kernel image for {release}" in result.stderr


@pytest.mark.parametrize("name", ["../../bin/busybox", "a b", "a;reboot", "a\\nb", ".", "", "x" * 56])
def test_name_of_a_module_names_no_path(kcxx: Path, name: str, tmp_path: Path) -> None:
    """A name that no module can have is refused: it becomes a path and a word in the guest."""
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
    """A kernel's build directory whose release has a path in it is refused."""
    kernel = kernel_directory(tmp_path / "kernel")
    (kernel / "include/generated/utsrelease.h").write_text(f'#define UTS_RELEASE "{release}"\n', encoding="utf-8")
    result = run(kcxx, "inspect", "--kernel", kernel, module(tmp_path, QUIET))
    assert result.returncode == ExitStatus.UNAVAILABLE
    assert "without the release of a kernel" in result.stderr


class ElfFile:
    """A module written byte by byte: sections, symbols and relocations in numbers that no compiler makes."""

    def __init__(self, machine: int = 62) -> None:
        self.machine = machine
        self.content = bytearray(64)
        self.headers = [bytes(64)]
        self.names = bytearray(b"\0")

    def place(self, data: bytes) -> int:
        """Puts @data into the file, and returns its offset there."""
        self.content += data
        return len(self.content) - len(data)

    def header(self, name: int, kind: int, flags: int, offset: int, size: int, link: int = 0, info: int = 0, entry: int = 0) -> int:
        """Adds a section header, and returns the number of the section."""
        self.headers.append(struct.pack("<IIQQQQIIQQ", name, kind, flags, 0, offset, size, link, info, 1, entry))
        return len(self.headers) - 1

    def section(self, name: str, kind: int, flags: int, data: bytes, link: int = 0, info: int = 0, entry: int = 0) -> int:
        """Adds a section with @data of its own."""
        self.names += name.encode() + b"\0"
        name_at = len(self.names) - len(name) - 1
        return self.header(name_at, kind, flags, self.place(data), len(data), link, info, entry)

    def write(self, path: Path) -> Path:
        """Ends the file, and writes it."""
        self.section(".modinfo", 1, 2, b"".join(f"{text}\0".encode() for text in ("name=sample", f"vermagic={VERMAGIC}", "license=GPL")))
        self.names += b".shstrtab\0"
        names = self.header(len(self.names) - 10, 3, 0, self.place(bytes(self.names)), len(self.names))
        start = self.place(b"".join(self.headers))
        head = b"\x7fELF\x02\x01\x01" + bytes(9) + struct.pack("<HHIQQQIHHHHHH", 1, self.machine, 1, 0, 0, start, 0, 64, 0, 0, 64, len(self.headers), names)
        self.content[:64] = head
        path.write_bytes(self.content)
        return path


PROGBITS, SYMTAB, STRTAB, RELA = 1, 2, 3, 4
CODE = 6  # SHF_ALLOC | SHF_EXECINSTR
LONG = 1 * MIB
MANY = 40_000


def symbols(names: list[int], section: int, values: list[int], size: int) -> bytes:
    """Function symbols at @values of @section"""
    return bytes(24) + b"".join(struct.pack("<IBBHQQ", name, 0x12, 0, section, value, size) for name, value in zip(names, values, strict=True))


def one_long_name() -> ElfFile:
    """Each symbol has the same name of a megabyte."""
    file = ElfFile()
    strings = file.section(".strtab", STRTAB, 0, b"\0" + b"a" * LONG + b"\0")
    file.section(".symtab", SYMTAB, 0, symbols([1 + at for at in range(MANY)], 0, [0] * MANY, 0), strings, 1, 24)
    return file


def unending_name() -> ElfFile:
    """The string table does not end with a zero."""
    file = ElfFile()
    strings = file.section(".strtab", STRTAB, 0, b"\0" + b"a" * LONG)
    file.section(".symtab", SYMTAB, 0, symbols([1 + at for at in range(MANY)], 0, [0] * MANY, 0), strings, 1, 24)
    return file


def one_long_section_name() -> ElfFile:
    """Each section has the same name of a megabyte."""
    file = ElfFile()
    file.names += b"a" * LONG + b"\0"
    for at in range(MANY):
        file.header(1 + at, PROGBITS, 2, 64, 0)
    return file


def sections_in_one_place() -> ElfFile:
    """Each section is the same megabyte of code."""
    file = ElfFile()
    place = file.place(b"\x90" * LONG)
    for _ in range(MANY):
        file.header(0, PROGBITS, CODE, place, LONG)
    return file


def symbol_tables_in_one_place() -> ElfFile:
    """Each of many symbol tables is the same megabyte."""
    file = ElfFile()
    strings = file.section(".strtab", STRTAB, 0, b"\0name\0")
    place = file.place(bytes(24) + struct.pack("<IBBHQQ", 1, 0x12, 0, 0, 0, 0) * (LONG // 24))
    for _ in range(MANY):
        file.header(0, SYMTAB, 0, place, 24 * (LONG // 24), strings, 1, 24)
    return file


def functions_in_one_place(machine: int) -> ElfFile:
    """Each function reaches to the end of a megabyte of code, which is what functions end in."""
    file = ElfFile(machine)
    code = file.section(".text", PROGBITS, CODE, b"\xcc" * LONG)
    strings = file.section(".strtab", STRTAB, 0, b"\0name\0")
    values = [4 * at for at in range(MANY)]
    file.section(".symtab", SYMTAB, 0, symbols([1] * MANY, code, values, LONG), strings, 1, 24)
    return file


def modinfo_of(*entries: str) -> ElfFile:
    """Many strings in .modinfo"""
    file = ElfFile()
    file.section(".modinfo", PROGBITS, 2, b"".join(f"{entry}\0".encode() for entry in ("name=sample", f"vermagic={VERMAGIC}", *entries)))
    return file


def namespaces() -> ElfFile:
    """Each export is in the same namespace of a megabyte."""
    file = ElfFile()
    table = file.section("__ksymtab_strings", PROGBITS, 2, b"a" * LONG + b"\0")
    names = [f"{kind}_{at}" for kind in ("__ksymtab", "__kstrtabns") for at in range(MANY)]
    text = b"\0" + b"".join(f"{name}\0".encode() for name in names)
    offsets = [1]
    for name in names[:-1]:
        offsets.append(offsets[-1] + len(name) + 1)
    strings = file.section(".strtab", STRTAB, 0, text)
    file.section(".symtab", SYMTAB, 0, symbols(offsets, table, [at % MANY for at in range(2 * MANY)], 0), strings, 1, 24)
    return file


LARGE_FILES: dict[str, Callable[[], ElfFile]] = {
    "one-long-name": one_long_name,
    "unending-name": unending_name,
    "one-long-section-name": one_long_section_name,
    "sections-in-one-place": sections_in_one_place,
    "symbol-tables-in-one-place": symbol_tables_in_one_place,
    "functions-in-one-place-x86": lambda: functions_in_one_place(62),
    "functions-in-one-place-arm64": lambda: functions_in_one_place(183),
    "functions-in-one-place-riscv64": lambda: functions_in_one_place(243),
    "parmtype": lambda: modinfo_of(*(f"parmtype=parameter{at}:int" for at in range(2 * MANY))),
    "parm": lambda: modinfo_of(*(f"parm=parameter{at}:text" for at in range(2 * MANY))),
    "import_ns": lambda: modinfo_of(*(f"import_ns=space{at}" for at in range(2 * MANY))),
    "depends": lambda: modinfo_of("depends=" + ",".join(f"module{at}" for at in range(2 * MANY))),
    "namespaces": namespaces,
}


@pytest.mark.parametrize("command", ["inspect", "boot"])
@pytest.mark.parametrize("name", LARGE_FILES)
def test_time_is_in_proportion_to_the_file(kcxx: Path, command: str, name: str, tmp_path: Path) -> None:
    """A file of a few megabytes, made to be read slowly: it takes seconds, and a part of the memory."""
    path = LARGE_FILES[name]().write(tmp_path / "sample.ko")
    result = in_memory(kcxx, command, path, env={"KCXX_CACHE": str(tmp_path / "cache")})
    assert result.returncode in (NO_MODULE, ExitStatus.UNAVAILABLE, ExitStatus.UNDECIDED, REFUSED), result.stderr


def test_imports_in_a_namespace_take_little_time(kcxx: Path, tmp_path: Path) -> None:
    """Many imports are checked quickly against a licence and namespaces behind many other strings."""
    file = modinfo_of(*(f"more=text{at}" for at in range(MANY)), *(f"import_ns=space{at}" for at in range(MANY)), "license=GPL")
    names = [f"import{at}" for at in range(MANY)]
    strings = file.section(".strtab", STRTAB, 0, b"\0" + b"".join(f"{name:<12}\0".encode() for name in names))
    file.section(".symtab", SYMTAB, 0, symbols([1 + 13 * at for at in range(MANY)], 0, [0] * MANY, 0), strings, 1, 24)
    exports = [("0x00000000", f"{name:<12}", "vmlinux", "EXPORT_SYMBOL_GPL", f"space{at}") for at, name in enumerate(names)]
    kernel = kernel_directory(tmp_path / "kernel", *exports)
    result = in_memory(kcxx, "inspect", "--kernel", kernel, file.write(tmp_path / "sample.ko"))
    assert result.returncode == REFUSED  # it has no CRCs
    assert "in the namespace" not in result.stdout
