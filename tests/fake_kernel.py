# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""A kernel directory as a headers package lays it out, of a few small files: what cxxavailable.sh reads."""

from __future__ import annotations

from pathlib import Path

# What every configuration here has; a test sets others, or takes these away.
CONFIGURATION = {
    "MODULES": "y",
    "X86_64": "y",
    "64BIT": "y",
    "CC_IS_GCC": "y",
    "GCC_VERSION": "120200",
    "CLANG_VERSION": "0",
    "CC_VERSION_TEXT": '"gcc-12 (Debian 12.2.0-14+deb12u1) 12.2.0"',
    "EXT4_FS": "m",
}

# What of it is other for an architecture
ARCHES: dict[str, dict[str, str | None]] = {
    "x86_64": {},
    "arm64": {"X86_64": None, "ARM64": "y"},
    "riscv64": {"X86_64": None, "RISCV": "y", "ARCH_RV64I": "y"},
}

# Prints what it is called with and fails, as modpost does without input
HOST_PROGRAM = "#!/bin/sh\necho usage >&2\nexit 1\n"

# Kbuild, as far as it is asked: variables of the command line come before the directory's own.
MAKEFILE = r"""ifdef LLVM
CC := clang$(filter -%,$(LLVM))
CXX := clang++$(filter -%,$(LLVM))
else
CC := $(CROSS_COMPILE)gcc-12
CXX := $(subst gcc,g++,$(subst clang,clang++,$(CC)))
endif
modules:
	@mkdir -p $(M)/.kcxx
	@sed -e 's|@CC@|$(CC)|' -e 's|@CXX@|$(CXX)|' \
		-e "s|^KCXX_CONFIGURED_FAMILY=.*|KCXX_CONFIGURED_FAMILY=$(if $(CONFIG_CC_IS_CLANG),Clang,$(if $(CONFIG_CC_IS_GCC),GCC))|" facts.sh > $(M)/.kcxx/flags.sh
"""


class FakeKernel:
    """The directory; nothing is in it before write()."""

    def __init__(self, directory: Path, release: str = "6.12.5-fake", version: tuple[int, int, int] = (6, 12, 5)) -> None:
        self.directory = directory
        self.release = release
        self.version = version
        self.options = dict(CONFIGURATION)
        self.facts = {
            "RELEASE": release,
            "CONFIGURED_FAMILY": "",
            "CC": "@CC@",
            "CXX": "@CXX@",
            "CXX_TARGET": "",
            "LD": "ld",
            "NM": "nm",
            "OBJCOPY": "objcopy",
            "OBJDUMP": "objdump",
            "PAHOLE": "pahole",
            "PAHOLE_FLAGS": "",
            "C_FLAGS": "-O2 -std=gnu11",
            "CXX_FLAGS": "-O2 -std=gnu++23",
        }

    def __truediv__(self, name: str) -> Path:
        return self.directory / name

    def configure(self, **options: str | None) -> None:
        """Sets @options; None unsets one."""
        for name, value in options.items():
            if value is None:
                self.options.pop(name, None)
            else:
                self.options[name] = value

    def file(self, name: str, text: str = "", mode: int = 0o644) -> Path:
        """Writes the file @name."""
        path = self.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(mode)
        return path

    def settings(self) -> str:
        """auto.conf, and .config"""
        header = f"#\n# Automatically generated file; DO NOT EDIT.\n# Linux/x86 {self.release} Kernel Configuration\n#\n"
        return header + "".join(f"CONFIG_{name}={value}\n" for name, value in self.options.items())

    def autoconf(self) -> str:
        """autoconf.h"""
        lines = [
            f"#define CONFIG_{name}{'_MODULE' if value == 'm' else ''} {1 if value in 'ym' else value}\n"
            for name, value in self.options.items()
        ]
        return "/*\n * Automatically generated file; DO NOT EDIT.\n */\n" + "".join(lines)

    def flags(self, **changes: str) -> str:
        """What Makefile.cxxfacts writes down"""
        facts = {"OBJTREE": str(self.directory), "CURDIR": str(self.directory)} | self.facts | changes
        return "".join("KCXX_{}='{}'\n".format(name, value.replace("'", "'\\''")) for name, value in facts.items())

    def write_configuration(self) -> None:
        """The three files that hold the configuration"""
        self.file(".config", self.settings())
        self.file("include/config/auto.conf", self.settings())
        self.file("include/generated/autoconf.h", self.autoconf())

    def write(self) -> None:
        """Everything, prepared for modules"""
        self.file("Makefile", MAKEFILE)
        self.file("facts.sh", self.flags())
        self.file("scripts/Makefile.build")
        self.write_configuration()
        self.file("include/generated/utsrelease.h", f'#define UTS_RELEASE "{self.release}"\n')
        major, minor, patch = self.version
        code = (major << 16) + (minor << 8) + patch
        self.file("include/generated/uapi/linux/version.h", f"#define LINUX_VERSION_CODE {code}\n")
        for program in (
            "scripts/basic/fixdep",
            "scripts/mod/modpost",
            "scripts/genksyms/genksyms",
            "scripts/gendwarfksyms/gendwarfksyms",
            "tools/objtool/objtool",
        ):
            self.file(program, HOST_PROGRAM, 0o755)
        self.file("Module.symvers", "0x12345678\tprintk\tvmlinux\tEXPORT_SYMBOL\t\n")
