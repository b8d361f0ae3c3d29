# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""Small kernels with the configuration a test asks for, built from the distribution's source package.

They stay in the cache, where kcxx has its kernels too: self-built/<name>-<hash of what went into it>/.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from conftest import must, run

PACKAGE = "linux-source-6.12"

# What the compilers are called: make's arguments, for the kernel and for its modules
GCC = ("CC=gcc-12", "HOSTCC=gcc-12")
LLVM = ("LLVM=-19",)

EXPORTS = "exported-symbols"  # a file of the build directory

# On top of tinyconfig: what a kernel needs to come up under kcxx boot, to load modules, and to
# have what every distribution's kernel has for compilers to care about.
BASE = """
    64BIT SMP SLUB_TINY=n KERNEL_GZIP CC_OPTIMIZE_FOR_PERFORMANCE
    HYPERVISOR_GUEST PARAVIRT PVH
    PRINTK BUG KALLSYMS TTY SERIAL_8250 SERIAL_8250_CONSOLE
    BLK_DEV_INITRD BINFMT_ELF BINFMT_SCRIPT MULTIUSER FUTEX POSIX_TIMERS
    PROC_FS PROC_SYSCTL SYSFS DEVTMPFS DEBUG_FS
    MODULES MODULE_UNLOAD
    CPU_MITIGATIONS MITIGATION_RETPOLINE MITIGATION_RETHUNK X86_KERNEL_IBT
    STACKPROTECTOR STACKPROTECTOR_STRONG
    DEBUG_KERNEL FTRACE FUNCTION_TRACER
""".split()


@dataclass(frozen=True)
class SelfBuiltKernel:
    """A kernel with @options, "NAME" for CONFIG_NAME=y or "NAME=value", built by @compiler.

    With @exports, it exports those symbols and no other: CONFIG_TRIM_UNUSED_KSYMS.
    """

    name: str
    compiler: tuple[str, ...]
    options: tuple[str, ...]
    exports: tuple[str, ...] = ()

    def build(self) -> Path:
        """The build directory; built if the cache lacks it."""
        version = source_version()
        recipe = "\n".join((version, *self.compiler, *self.configuration(), *self.exports))
        tree = kept(f"{PACKAGE}-{version}", lambda directory: unpack_source(version, directory))
        digest = hashlib.sha256(recipe.encode()).hexdigest()[:12]
        return kept(f"{self.name}-{digest}", lambda directory: self._make(tree, directory))

    def configuration(self) -> tuple[str, ...]:
        """What is asked for, as lines of a .config."""
        trim = ("TRIM_UNUSED_KSYMS", f'UNUSED_KSYMS_WHITELIST="{EXPORTS}"') if self.exports else ()
        return tuple(f"CONFIG_{o}" if "=" in o else f"CONFIG_{o}=y" for o in (*BASE, *self.options, *trim))

    def _make(self, tree: Path, directory: Path) -> None:
        log = directory / "build.log"
        make = ("nice", "make", "-C", tree, f"O={directory}", *self.compiler, f"-j{os.cpu_count()}")
        (directory / EXPORTS).write_text("\n".join(self.exports) + "\n", encoding="utf-8")
        logged(log, *make, "tinyconfig")
        with (directory / ".config").open("a", encoding="utf-8") as config:
            config.write("\n".join(self.configuration()) + "\n")
        logged(log, *make, "olddefconfig")
        granted = (directory / ".config").read_text(encoding="utf-8").splitlines()
        refused = [line for line in self.configuration() if line not in granted and not line.endswith("=n")]
        assert not refused, f"{self.name}: Kconfig does not grant {refused}"
        logged(log, *make, "bzImage", "modules")


def logged(log: Path, *command: str | Path) -> None:
    """Runs @command, which must succeed, with its output in @log."""
    with log.open("ab") as output:
        status = subprocess.run(command, stdout=output, stderr=output, timeout=3600, check=False).returncode
    assert status == 0, f"{log}:\n" + "\n".join(log.read_text(encoding="utf-8").splitlines()[-40:])


def unpack_source(version: str, directory: Path) -> None:
    """Puts the kernel's source tree into @directory, from the package of that @version; it is not installed."""
    must(run("apt-get", "download", f"{PACKAGE}={version}", cwd=directory))
    (package,) = directory.glob("*.deb")
    must(run("dpkg-deb", "--extract", package, directory / "package"))
    (archive,) = directory.glob("package/usr/src/*.tar.*")
    must(run("tar", "--extract", "--strip-components=1", "--file", archive, "--directory", directory))
    package.unlink()
    shutil.rmtree(directory / "package")


def source_version() -> str:
    """The version of the source package that apt would take."""
    match = re.search(r"^Version: (\S+)$", must(run("apt-cache", "--no-all-versions", "show", PACKAGE)), re.M)
    assert match, f"apt knows no {PACKAGE}"
    return match[1]


def kept(name: str, make: Callable[[Path], object]) -> Path:
    """The directory @name of the cache, which @make fills if nobody has. What a failure left is thrown away."""
    xdg = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    cache = Path(os.environ.get("KCXX_CACHE") or Path(xdg) / "kcxx").absolute() / "self-built"
    cache.mkdir(parents=True, exist_ok=True)
    directory = cache / name
    if (directory / ".made").exists():
        return directory
    # One at a time, whatever it is: each takes all processors.
    with (cache / ".lock").open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (directory / ".made").exists():
            shutil.rmtree(directory, ignore_errors=True)
            directory.mkdir()
            make(directory)
            (directory / ".made").touch()
    return directory
