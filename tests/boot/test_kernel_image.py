# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""A damaged kernel image is refused before a guest hangs on it: the error has the file, the fault and the remedy."""

from __future__ import annotations

import array
import gzip
import re
import struct
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from fixtures.commands import run
from fixtures.exit_status import ExitStatus
from fixtures.fetched_kernels import Kernel, fetched_kernel
from fixtures.guest_modules import build_guests
from fixtures.inspected import ARM64, QUIET, RISCV64, X86, Arch, module

SETUP_SECTS, SYSSIZE, BOOT_FLAG, MAGIC, VERSION, KERNEL_VERSION, PAYLOAD = 0x1F1, 0x1F4, 0x1FE, 0x202, 0x206, 0x20E, 0x248


def word(image: bytes, at: int) -> int:
    """The 32-bit number at @at"""
    return struct.unpack_from("<I", image, at)[0]


def limit(image: bytes) -> int:
    """The end of a bzImage, by its header"""
    return (image[SETUP_SECTS] + 1) * 512 + word(image, SYSSIZE) * 16


def payload(image: bytes) -> range:
    """The place of the compressed kernel"""
    begin = (image[SETUP_SECTS] + 1) * 512 + word(image, PAYLOAD)
    return range(begin, begin + word(image, PAYLOAD + 4))


def pe_checksum(image: bytes, at: int) -> int:
    """The checksum of the PE header, whose own place is @at"""
    data = bytearray(image) + bytes(len(image) % 2)
    struct.pack_into("<I", data, at, 0)
    total = sum(array.array("H", bytes(data)))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return total + len(image)


def optional_header(image: bytes) -> int:
    """The place of PE's optional header"""
    return word(image, 0x3C) + 24


def unsigned(image: bytes) -> bytearray:
    """@image without a signature, with the checksum that the kernel's build ends it with"""
    data = bytearray(image[: limit(image)])
    struct.pack_into("<I", data, optional_header(data) + 64, 0)
    struct.pack_into("<II", data, optional_header(data) + 144, 0, 0)
    struct.pack_into("<I", data, len(data) - 4, zlib.crc32(data[:-4]) ^ 0xFFFFFFFF)
    return data


def without_checksum(image: bytes) -> bytearray:
    """@image as kernels from 6.15 on are: nothing checks but the compressed kernel itself"""
    data = unsigned(image)
    (at,) = struct.unpack_from("<H", data, KERNEL_VERSION)
    data[0x200 + at : 0x200 + at + 5] = b"6.15."
    return data


FORMS: dict[str, Callable[[bytes], bytes]] = {"signed": bytes, "unsigned": unsigned, "without-checksum": without_checksum}


def inverted(image: bytes, at: int, count: int = 1) -> bytes:
    """@image with other bytes at @at"""
    return image[:at] + bytes(byte ^ 0xFF for byte in image[at : at + count]) + image[at + count :]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda image: b"",
    "a-kilobyte": lambda image: image[:1000],
    "half": lambda image: image[: len(image) // 2],
    "all-but-the-last-sector": lambda image: image[: limit(image) - 512],
    "zeros": lambda image: bytes(len(image)),
    "zeros-behind-the-header": lambda image: image[:4096] + bytes(len(image) - 4096),
    "magic": lambda image: inverted(image, MAGIC),
    "boot-flag": lambda image: inverted(image, BOOT_FLAG, 2),
    "version": lambda image: image[:VERSION] + b"\x04\x02" + image[VERSION + 2 :],
    "syssize": lambda image: inverted(image, SYSSIZE + 2, 2),
    "payload-offset": lambda image: inverted(image, PAYLOAD, 4),
    "payload-length": lambda image: inverted(image, PAYLOAD + 4, 4),
    "payload-begin": lambda image: inverted(image, payload(image).start),
    "payload-middle": lambda image: inverted(image, (payload(image).start + payload(image).stop) // 2),
    "payload-size": lambda image: inverted(image, payload(image).stop - 4),
}
ONLY_BY_A_CHECKSUM: dict[str, Callable[[bytes], bytes]] = {
    "setup-code": lambda image: inverted(image, 0x1000),
    "decompressor": lambda image: inverted(image, payload(image).stop + 64),
}


@pytest.fixture(scope="session")
def image(kernels: dict[str, Kernel]) -> bytes:
    """A bzImage that is whole"""
    return kernels["6.12"].image.read_bytes()


def boot(kcxx: Path, content: bytes, directory: Path, arch: Arch = X86) -> subprocess.CompletedProcess[str]:
    """Boots @content as the kernel for some module of @arch."""
    (directory / "vmlinuz").write_bytes(content)
    path = module(directory, QUIET, arch=arch)
    return run(kcxx, "boot", "--fresh", "--timeout", "20", "--kernel", directory / "vmlinuz", path, timeout=60)


def refuses(result: subprocess.CompletedProcess[str], directory: Path, found: str = "") -> None:
    """The kernel is not booted, with the file, what is wrong with it, and what to type."""
    assert result.returncode == ExitStatus.UNAVAILABLE, result.stdout + result.stderr
    assert result.stderr.startswith(f"kcxx: cannot boot the kernel {directory}/vmlinuz\n")
    assert re.search(rf"\n  found:  .*{found}.*\n  needed: a whole image of a kernel for .*\n  type:   kcxx boot --kernel IMAGE", result.stderr)
    assert "hung" not in result.stderr


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_bzimage_is_told(kcxx: Path, image: bytes, form: str, damage: str, tmp_path: Path) -> None:
    """Cut off, or with other bytes in its header or in the compressed kernel: of each form that distributions have."""
    refuses(boot(kcxx, DAMAGES[damage](bytes(FORMS[form](image))), tmp_path), tmp_path)


@pytest.mark.parametrize("form", ["signed", "unsigned"])
@pytest.mark.parametrize("damage", ONLY_BY_A_CHECKSUM)
def test_bzimage_whose_checksum_is_wrong_is_told(kcxx: Path, image: bytes, form: str, damage: str, tmp_path: Path) -> None:
    """Damage outside of the header and the compressed kernel shows by the checksum alone."""
    damaged = ONLY_BY_A_CHECKSUM[damage](bytes(FORMS[form](image)))
    refuses(boot(kcxx, damaged, tmp_path), tmp_path, "its checksum is not that of its content")


@pytest.mark.parametrize("form", ["unsigned", "without-checksum"])
def test_whole_bzimage_boots(kcxx: Path, image: bytes, kernels: dict[str, Kernel], form: str, tmp_path: Path) -> None:
    """Without its signature, and as later kernels are, it is as good as Debian's own."""
    (tmp_path / "vmlinuz").write_bytes(FORMS[form](image))
    result = run(kcxx, "boot", "--fresh", "--kernel", tmp_path / "vmlinuz", build_guests(kernels["6.12"]) / "clean.ko")
    assert result.returncode == 0, result.stdout + result.stderr


def test_kernel_of_the_cache_is_to_be_fetched_again(kcxx: Path, kernels: dict[str, Kernel], tmp_path: Path) -> None:
    """A damaged image in the cache: what to remove, and what to fetch."""
    release = kernels["6.12"].release
    entry = tmp_path / "cache/kernels" / release
    entry.mkdir(parents=True)
    (entry / "build").symlink_to(kernels["6.12"].build)
    (tmp_path / "image").write_bytes(kernels["6.12"].image.read_bytes()[:100_000])
    (entry / "vmlinuz").symlink_to(tmp_path / "image")
    result = run(kcxx, "boot", build_guests(kernels["6.12"]) / "clean.ko", env={"KCXX_CACHE": str(tmp_path / "cache")})
    assert result.returncode == ExitStatus.UNAVAILABLE
    assert f"type:   rm -r {entry}; kcxx kernels get {release}\n" in result.stderr


# Images of other machines: a header of 64 bytes, and PE's, with one section and a checksum


def image_of(arch: Arch, size: int = 70_000) -> bytearray:
    """The headers of an Image for @arch, and some content"""
    data = bytearray(index % 251 for index in range(size))
    data[:64] = b"MZ" + bytes(54) + {"arm64": b"ARM\x64", "riscv64": b"RSC\x05"}[arch.name] + struct.pack("<I", 64)
    data[64 : 64 + 24] = b"PE\0\0" + struct.pack("<HHIIIHH", 0xAA64 if arch is ARM64 else 0x5064, 1, 0, 0, 0, 160, 0x206)
    data[88 : 88 + 160] = struct.pack("<H", 0x20B) + bytes(158)
    data[248 : 248 + 40] = b".text\0\0\0" + struct.pack("<IIIIIIHHI", size, 4096, size - 4096, 4096, 0, 0, 0, 0, 0)
    struct.pack_into("<I", data, 88 + 64, pe_checksum(data, 88 + 64))
    return data


@pytest.mark.parametrize("arch", [ARM64, RISCV64], ids=lambda arch: arch.name)
def test_damaged_image_of_another_machine_is_told(kcxx: Path, arch: Arch, tmp_path: Path) -> None:
    """Empty, cut off, changed, without its header, or of a third machine."""
    whole = bytes(image_of(arch))
    other = RISCV64 if arch is ARM64 else ARM64
    for content, found in {
        b"": "an empty file",
        whole[:60_000]: "cut off: 60000 bytes of 70000",
        inverted(whole, 50_000): "its checksum is not that of its content",
        bytes(64) + whole[64:]: "no kernel, or one whose header is damaged",
        b"no kernel": "no kernel, or one whose header is damaged",
        bytes(image_of(other)): f"a kernel for {other.name}",
    }.items():
        refuses(boot(kcxx, content, tmp_path, arch), tmp_path, found)


def test_damaged_image_in_gzip_is_told(kcxx: Path, tmp_path: Path) -> None:
    """An Image.gz for arm64: cut off, with a wrong checksum, or around an Image that is damaged."""
    whole = bytes(image_of(ARM64))
    packed = gzip.compress(whole)
    for content, found in {
        packed[: len(packed) // 2]: "damaged: ",
        inverted(packed, len(packed) - 8): "its checksum or its length is not that of its content",
        gzip.compress(inverted(whole, 50_000)): "its checksum is not that of its content",
        gzip.compress(b"no kernel"): "no kernel, or one whose header is damaged",
        gzip.compress(packed): "damaged: ",
    }.items():
        refuses(boot(kcxx, content, tmp_path, ARM64), tmp_path, found)
    refuses(boot(kcxx, packed, tmp_path, RISCV64), tmp_path, "packed by gzip, which QEMU does not unpack for riscv64")


def test_kernel_for_another_machine_is_told(kcxx: Path, image: bytes, tmp_path: Path) -> None:
    """A bzImage for a module of arm64, an Image for one of x86"""
    refuses(boot(kcxx, image, tmp_path, ARM64), tmp_path, "a kernel for x86_64")
    refuses(boot(kcxx, bytes(image_of(ARM64)), tmp_path, X86), tmp_path, "a kernel for arm64")


@pytest.mark.every
@pytest.mark.parametrize("arch", [ARM64, RISCV64], ids=lambda arch: arch.name)
def test_image_of_debian_is_whole_until_it_is_cut(kcxx: Path, arch: Arch, tmp_path: Path) -> None:
    """Debian's own Image for each machine passes, and its first half does not."""
    content = fetched_kernel(kcxx, "6.12", arch.name).image.read_bytes()
    refuses(boot(kcxx, content[: len(content) // 2], tmp_path, arch), tmp_path, "cut off: ")
    assert "cannot boot the kernel" not in boot(kcxx, content, tmp_path, arch).stderr
