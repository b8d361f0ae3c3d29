# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""What kcxx inspect says, and small modules and kernel directories to hold against each other."""

from __future__ import annotations

import json
import subprocess
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conftest import must, run

RELEASE = "6.12.0-sample"
OPTIONS = ("SMP", "MODULE_UNLOAD", "MODVERSIONS")
VERMAGIC = f"{RELEASE} SMP mod_unload modversions "


@dataclass(frozen=True)
class Arch:
    """What is different for each architecture."""

    name: str
    vermagic: str  # its end
    config: str
    compiler: tuple[str, ...]


X86 = Arch("x86_64", "", "X86_64", ("x86_64-linux-gnu-gcc-12", "-mno-red-zone", "-mcmodel=kernel"))
ARM64 = Arch("arm64", "aarch64", "ARM64", ("aarch64-linux-gnu-gcc-12",))
RISCV64 = Arch("riscv64", "riscv", "ARCH_RV64I", ("riscv64-linux-gnu-gcc-12",))
ARCHES = (X86, ARM64, RISCV64)

# The section a module is known by, and its CRCs, as modpost writes them
HEADER = """\
#define INFO(id, text) \\
	static const char info_##id[] __attribute__((used, aligned(1), section(".modinfo"))) = text
#define VERSION(symbol, value) \\
	static const struct { unsigned long crc; char name[56]; } version_##symbol \\
	__attribute__((used, section("__versions"))) = { value, #symbol }
#define STRING_(x) #x
#define STRING(x) STRING_(x)
INFO(name, "name=sample");
INFO(vermagic, "vermagic=" VERMAGIC);
"""
GPL = 'INFO(license, "license=GPL");\n'
VERSIONS = "VERSION(module_layout, 0x11111111);\n"

# A module that calls nothing
QUIET = GPL + VERSIONS + "int init_module(void) { return 0; }\n"

LAYOUT = ("0x11111111", "module_layout", "vmlinux", "EXPORT_SYMBOL", "")


def module(directory: Path, body: str, *flags: str, arch: Arch = X86, compiler: tuple[str, ...] = ()) -> Path:
    """A relocatable object that reads as a module of @arch for RELEASE."""
    directory.mkdir(parents=True, exist_ok=True)
    source = directory / "sample.c"
    source.write_text(HEADER + textwrap.dedent(body), encoding="utf-8")
    must(
        run(
            *(compiler or arch.compiler), "-c", "-O2", "-ffreestanding", "-fno-pic",
            "-fno-asynchronous-unwind-tables", "-fno-unwind-tables", "-fno-stack-protector",
            *([] if flags and any("cf-protection" in flag for flag in flags) or arch != X86 else ["-fcf-protection=none"]),
            f'-DVERMAGIC="{VERMAGIC}{arch.vermagic}"', *flags, source, "-o", directory / "sample.ko",
        )
    )  # fmt: skip
    return directory / "sample.ko"


def kernel_directory(
    directory: Path, *exports: tuple[str, str, str, str, str], arch: Arch = X86, options: tuple[str, ...] = ()
) -> Path:
    """A module-build directory of RELEASE for @arch, which exports LAYOUT and @exports."""
    for name, text in {
        "include/generated/utsrelease.h": f'#define UTS_RELEASE "{RELEASE}"\n',
        "include/config/auto.conf": "".join(f"CONFIG_{name}=y\n" for name in (arch.config, *OPTIONS, *options)),
        ".config": f"CONFIG_{arch.config}=y\n",
        "Module.symvers": "".join("\t".join(export) + "\n" for export in (LAYOUT, *exports)),
    }.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return directory


@dataclass(frozen=True)
class Report:
    """The answer of kcxx inspect --format json."""

    result: subprocess.CompletedProcess[str]

    @property
    def status(self) -> int:
        """The exit status."""
        return self.result.returncode

    @property
    def document(self) -> dict[str, Any]:
        """All that was said; its status is that of the program."""
        document = json.loads(self.result.stdout)
        assert document["status"] == self.status
        return document

    @property
    def module(self) -> dict[str, Any]:
        """What was said of the one module."""
        (module,) = self.document["modules"]
        return module

    @property
    def problems(self) -> list[tuple[str, str, str | None]]:
        """Gravity, kind and subject of each problem, in their order."""
        return [(one["gravity"], one["kind"], one["subject"]) for one in self.module["problems"]]

    def mitigation(self, name: str) -> str:
        """Whether it is there."""
        return self.module["mitigations"][name]["presence"]


@dataclass(frozen=True)
class Inspect:
    """The program, called to inspect."""

    program: Path

    def text(self, *arguments: str | Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """The report for people."""
        return run(self.program, "inspect", *arguments, env=env, errors="replace")

    def __call__(self, *arguments: str | Path, env: dict[str, str] | None = None) -> Report:
        """The report for programs."""
        return Report(run(self.program, "inspect", "--format", "json", *arguments, env=env))
