# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Fake compilers and tools: small shell scripts in a directory that is in front of PATH."""

from __future__ import annotations

import os
import shlex
import shutil
from pathlib import Path

# What the script may use of POSIX and coreutils; nothing else is in PATH but the fakes.
POSIX = (
    "awk basename cat chmod cksum cp cut dirname env expr false find grep head id ln ls mkdir mktemp mv od paste pwd "
    "readlink rm sed sleep sort tail timeout touch tr true uname"
).split()

MACHINES = {"x86_64": "76 0", "aarch64": "267 0", "riscv64": "363 0", "i386": "3 0"}  # e_machine, bytes in octal

# What objdump prints of an object that is as the kernel wants it
DISASSEMBLY = """
probe.o:     file format elf64-x86-64

Sections:
Idx Name          Size      VMA               LMA               File off  Algn
  0 .text         00000010  0000000000000000  0000000000000000  00000040  2**4

Disassembly of section .text:

0000000000000000 <kcxx_probe_callee>:
   0:	endbr64
   4:	xor    %eax,%eax
   6:	jmp    b <kcxx_probe_callee+0xb>
			7: R_X86_64_PLT32	__x86_return_thunk-0x4
"""


def found(program: str) -> str:
    """The path of a program of this machine; of a compiler itself, not of ccache's link in its name"""
    paths = [shutil.which(program, path=directory) for directory in os.environ["PATH"].split(":")]
    path = next((path for path in paths if path and Path(path).resolve().name != "ccache"), None)
    assert path, program
    return path


def posix_tools(directory: Path) -> None:
    """Makes links to the real POSIX tools in @directory."""
    for tool in POSIX:
        (directory / tool).symlink_to(found(tool))


class FakeTools:
    """The directory of the fakes. Those that every build needs are in it from the beginning."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.directory.mkdir(parents=True)
        # A standard library, as far as it is looked for
        self.headers = directory.parent / "include" / "c++"
        self.headers.mkdir(parents=True)
        for header in ("cstddef", "expected"):
            (self.headers / header).touch()
        self.prints("apt-get", "")
        self.uname()
        self.make()
        self.prints("depmod", "")
        for tool in ("ld", "nm", "objcopy"):
            self.prints(tool, "")
        self.prints("objdump", DISASSEMBLY)
        self.compiler("gcc-12")
        self.compiler("g++-12")

    def script(self, name: str, text: str) -> Path:
        """A shell script called @name"""
        path = self.directory / name
        path.unlink(missing_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        path.chmod(0o755)
        return path

    def prints(self, name: str, output: str, status: int = 0, stream: int = 1) -> Path:
        """A tool that prints @output, whatever it is asked"""
        return self.script(name, f"printf '%s' {shlex.quote(output)} >&{stream}\nexit {status}")

    def prints_bytes(self, name: str, output: bytes, status: int = 0) -> Path:
        """The same, of any bytes"""
        escaped = "".join(f"\\{byte:03o}" for byte in output)
        return self.script(name, f"printf '{escaped}'\nexit {status}")

    def hangs(self, name: str) -> Path:
        """A tool that does not end"""
        return self.script(name, "exec sleep 600")

    def link(self, name: str, to: str | None = None) -> Path:
        """The machine's own tool"""
        path = self.directory / name
        path.unlink(missing_ok=True)
        path.symlink_to(found(to or name))
        return path

    def remove(self, *names: str) -> None:
        """Takes fakes away"""
        for name in names:
            (self.directory / name).unlink()

    def uname(self, release: str = "6.12.5-fake", machine: str = "x86_64") -> None:
        """The kernel that runs, and the machine"""
        self.script("uname", f'case "$1" in -r) echo {release} ;; *) echo {machine} ;; esac')

    def make(self, name: str = "make", version: str = "4.3") -> Path:
        """The machine's make, by another version"""
        return self.script(name, f'[ "$1" != --version ] || {{ echo "GNU Make {version}"; exit; }}\nexec {found("make")} "$@"')

    def compiler(
        self,
        name: str,
        *,
        family: str = "GCC",
        version: str = "12.2.0",
        version_text: str | None = None,
        target: str = "x86_64-linux-gnu",
        includes: list[Path] | None = None,
        search: str = "#include <...> search starts here:",
        machine: str = "x86_64",
        says: str = "",
        status: int = 0,
    ) -> Path:
        """
        A compiler: it preprocesses compiler-identity.sh's question as one of @family and @version does,
        and prints @version_text of itself. Of whatever it is to compile it makes an object for
        @machine, prints @says and ends with @status.
        """
        directories = "\n".join(f" {directory}" for directory in (includes if includes is not None else [self.headers]))
        identity = f"Target: {target}\n{search}\n{directories}\nEnd of search list.\nkcxx_is {family} {version.replace('.', ' ')}\n"
        version_text = version_text if version_text is not None else f"{name} (Debian {version}-14) {version}\n"
        return self.script(
            name,
            f"""case "{family} $* " in
GCC*' --target='*) exit 1 ;;
*' --version '*) printf '%s' {shlex.quote(version_text)} ;;
*' -E '*) cat >/dev/null; printf '%s' {shlex.quote(identity)} ;;
*' -c '*)
	while [ "$1" != -o ]; do shift; done
	printf '\\177ELF\\2\\1\\1\\0\\0\\0\\0\\0\\0\\0\\0\\0\\1\\0\\{MACHINES[machine].replace(" ", chr(92))}' > "$2"
	printf '%s' {shlex.quote(says)} >&2
	exit {status} ;;
esac""",
        )
