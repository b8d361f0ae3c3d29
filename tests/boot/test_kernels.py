# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""kcxx kernels: listing the kernels that are here, and fetching others from the distribution.

What is fetched comes from the machine's own package sources, through a proxy of the tests' own: it
counts what is asked for, and can stall a download where a test wants it.
"""

from __future__ import annotations

import concurrent.futures
import http.server
import json
import os
import re
import shutil
import signal
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from conftest import OWN_MOUNTS, Kernel, must, one_at_a_time, run
from guest_modules import SOURCES

OK = 0
USAGE = 2
UNAVAILABLE = 4
DOWNLOAD = 5

IMAGE = "linux-image-"

LAST_MODIFIED = "Sat, 01 Jan 2022 00:00:00 GMT"  # of all packages, as far as the proxy says


@dataclass
class Proxy:
    """An HTTP proxy that remembers the requests it gets."""

    url: str = ""
    requests: list[tuple[str, str | None]] = field(default_factory=list)  # file, part sent
    strict: bool = True  # send a part only of the file that If-Range means, as a good server does
    stall_at: int | None = None  # bytes of an image after which nothing more is sent
    stalled: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)

    def packages(self) -> list[str]:
        """The names of the packages asked for, in order."""
        return [name.split("_")[0] for name, _ in self.requests if name.endswith(".deb")]

    def parts(self, prefix: str) -> list[str | None]:
        """The parts (Content-Range) sent of packages that begin with @prefix; None: all of it."""
        return [part for name, part in self.requests if name.startswith(prefix)]


def handler(proxy: Proxy) -> type[http.server.BaseHTTPRequestHandler]:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            name = self.path.rsplit("/", 1)[-1]
            wanted = {}
            if self.headers["Range"] and (
                not proxy.strict or self.headers["If-Range"] == LAST_MODIFIED
            ):
                wanted["Range"] = self.headers["Range"]
            try:
                answer = urllib.request.urlopen(urllib.request.Request(self.path, headers=wanted))
            except urllib.error.HTTPError as error:
                answer = error
            with answer:
                self.send_response(answer.status)
                for key in ("Content-Length", "Content-Range"):
                    if answer.headers[key] is not None:
                        self.send_header(key, answer.headers[key])
                self.send_header("Last-Modified", LAST_MODIFIED)
                self.end_headers()
                proxy.requests.append((name, answer.headers["Content-Range"]))
                self.copy(answer, proxy.stall_at if name.startswith(IMAGE) else None)

        def copy(self, source, stall_at: int | None) -> None:
            sent = 0
            while block := source.read(65536):
                self.wfile.write(block)
                sent += len(block)
                if stall_at is not None and sent >= stall_at:
                    proxy.stalled.set()
                    proxy.released.wait()
                    self.close_connection = True
                    return

        def log_message(self, *_) -> None:
            pass

    return Handler


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    result = Proxy()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler(result)) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        result.url = f"http://127.0.0.1:{server.server_port}"
        yield result
        result.released.set()
        server.shutdown()


def apt_through(url: str, directory: Path) -> dict[str, str]:
    """The environment in which apt uses the proxy @url."""
    configuration = directory / "proxy.conf"
    configuration.write_text(
        f'Acquire::http::Proxy "{url}";\nAcquire::Retries "0";\n', encoding="utf-8"
    )
    return {"APT_CONFIG": str(configuration)}


@pytest.fixture
def no_network(tmp_path: Path) -> dict[str, str]:
    """An environment in which apt reaches nothing."""
    return apt_through("http://127.0.0.1:9", tmp_path)


@pytest.fixture(scope="session")
def fetched(kcxx: Path, run_directory: Path) -> Path:
    """A cache into which this session fetched 6.12; not to be changed."""
    cache = run_directory / "fetched"
    with one_at_a_time("fetched"):
        must(run(kcxx, "kernels", "get", "6.12", env={"KCXX_CACHE": str(cache)}))
    return cache


def only_kernel(cache: Path) -> Path:
    """The directory of the one kernel in @cache."""
    (directory,) = (
        entry for entry in (cache / "kernels").iterdir() if not entry.name.startswith(".")
    )
    return directory


# Listing


def test_list_names_the_cached_kernels(kcxx: Path, kernels: dict[str, Kernel]) -> None:
    """One line each, for people: release, arch, compiler, origin, and where it is."""
    lines = must(run(kcxx, "kernels")).splitlines()
    assert lines[0].split() == ["RELEASE", "ARCH", "COMPILER", "FROM", "BUILD", "IMAGE"]
    for kernel in kernels.values():
        (line,) = (
            line for line in lines if line.startswith(f"{kernel.release} ") and " cache " in line
        )
        assert re.search(r" x86_64 +gcc [\d.]+ +cache ", line)
        assert line.split()[-2:] == [str(kernel.build), str(kernel.image)]


def test_list_as_json(kcxx: Path, kernels: dict[str, Kernel]) -> None:
    """The same for programs, oldest release first."""
    listed = json.loads(must(run(kcxx, "kernels", "--format", "json")))["kernels"]
    cached = [kernel for kernel in listed if kernel["origin"] == "cache"]
    keys = {"release", "series", "arch", "compiler", "origin", "build", "image", "modules"}
    assert set(cached[0]) == keys
    wanted = [kernels[series].release for series in ("6.1", "6.12")]
    assert [kernel["release"] for kernel in cached if kernel["release"] in wanted] == wanted
    for kernel in cached:
        config = (Path(kernel["build"]) / ".config").read_text(encoding="utf-8")
        assert f'CONFIG_CC_VERSION_TEXT="{kernel["compiler"]}"' in config


def test_list_joins_what_is_installed_by_release(kcxx: Path, tmp_path: Path) -> None:
    """Headers in /usr/src, modules and image in /boot of one release make one kernel."""
    headers = tmp_path / "usr/src/linux-headers-1.2.3-test"
    (headers / "include/generated").mkdir(parents=True)
    (headers / "include/generated/utsrelease.h").write_text('#define UTS_RELEASE "1.2.3-test"\n')
    (headers / ".config").write_text(
        'CONFIG_ARM64=y\nCONFIG_CC_VERSION_TEXT="Some clang version 19.1.0"\n'
    )
    (tmp_path / "usr/src/linux-headers-1.2.3-common").mkdir()
    (tmp_path / "lib/modules/1.2.3-test").mkdir(parents=True)
    (tmp_path / "lib/modules/1.2.3-test/build").symlink_to(headers)
    (tmp_path / "boot").mkdir()
    (tmp_path / "boot/vmlinuz-1.2.3-test").touch()
    call = [kcxx, "kernels", "--root", tmp_path, "--format", "json"]
    (kernel,) = json.loads(must(run(*call, env={"KCXX_CACHE": str(tmp_path / "none")})))["kernels"]
    assert kernel == {
        "release": "1.2.3-test",
        "series": "1.2",
        "arch": "arm64",
        "compiler": "Some clang version 19.1.0",
        "origin": "installed",
        "build": f"{tmp_path}/lib/modules/1.2.3-test/build",
        "image": f"{tmp_path}/boot/vmlinuz-1.2.3-test",
        "modules": None,
    }


def test_release_is_the_one_of_vermagic(kcxx: Path, tmp_path: Path) -> None:
    """UTS_RELEASE, not kernel.release: where the two differ, uname prints the first."""
    headers = tmp_path / "usr/src/linux-headers-1.2.0-7-test"
    (headers / "include/generated").mkdir(parents=True)
    (headers / "include/generated/utsrelease.h").write_text('#define UTS_RELEASE "1.2.0-7-test"\n')
    (headers / "include/config").mkdir()
    (headers / "include/config/kernel.release").write_text("1.2.192\n")
    text = must(
        run(kcxx, "kernels", "--root", tmp_path, env={"KCXX_CACHE": str(tmp_path / "none")})
    )
    assert "1.2.0-7-test" in text
    assert "1.2.192" not in text


def test_list_of_nothing_says_what_to_type(kcxx: Path, tmp_path: Path) -> None:
    """No kernel at all is no error, but a hint."""
    result = run(kcxx, "kernels", "--root", tmp_path, env={"KCXX_CACHE": str(tmp_path)})
    assert result.returncode == OK
    assert "kcxx kernels get" in result.stdout


def test_kernel_that_is_not_whole_is_not_listed(kcxx: Path, tmp_path: Path) -> None:
    """A directory in the cache without image is no kernel."""
    build = tmp_path / "kernels/1.2.3-test/build/include/generated"
    build.mkdir(parents=True)
    (build / "utsrelease.h").write_text('#define UTS_RELEASE "1.2.3-test"\n')
    text = must(run(kcxx, "kernels", "--root", tmp_path, env={"KCXX_CACHE": str(tmp_path)}))
    assert "1.2.3-test" not in text


# Fetching


def test_get_makes_a_whole_kernel(fetched: Path) -> None:
    """Relative symlinks to build directory, image and modules, into root/; nothing else."""
    kernel = only_kernel(fetched)
    assert kernel.name.startswith("6.12.")
    assert {entry.name for entry in kernel.iterdir()} == {"build", "vmlinuz", "modules", "root"}
    for name in ("build", "vmlinuz", "modules"):
        assert not (kernel / name).readlink().is_absolute()
        assert (kernel / name).resolve().is_relative_to(kernel / "root")
    assert (kernel / "build/scripts/mod/modpost").exists()
    assert (kernel / "vmlinuz").stat().st_size > 1_000_000
    assert (kernel / "modules/kernel").is_dir()


def test_got_headers_build_wherever_they_lie(fetched: Path, tmp_path: Path) -> None:
    """Moved elsewhere, a kernel from the cache builds a module from that place alone."""
    moved = tmp_path / "moved"
    must(run("cp", "-al", only_kernel(fetched), moved))
    module = tmp_path / "module"
    module.mkdir()
    shutil.copy(SOURCES / "clean.c", module)
    (module / "Kbuild").write_text("obj-m := clean.o\n")
    must(run("make", "-C", moved / "build", f"M={module}", "modules"))
    dependencies = (module / ".clean.o.cmd").read_text(encoding="utf-8")
    assert str(moved) in dependencies
    assert str(fetched) not in dependencies
    assert "/usr/src" not in dependencies.replace(str(moved / "root/usr/src"), "")


def test_module_of_the_kernel_is_loaded_where_needed(
    kcxx: Path, fetched: Path, tmp_path: Path
) -> None:
    """kcxx boot finds a dependency among the kernel's own modules, compressed as they are."""
    shutil.copy(SOURCES / "borrows.c", tmp_path)
    (tmp_path / "Kbuild").write_text("obj-m := borrows.o\n")
    must(run("make", "-C", only_kernel(fetched) / "build", f"M={tmp_path}", "modules"))
    call = [kcxx, "boot", "--format", "json", tmp_path / "borrows.ko"]
    document = json.loads(must(run(*call, env={"KCXX_CACHE": str(fetched)})))
    assert [(module["name"], module["given"]) for module in document["modules"]] == [
        ("crc7", False),
        ("borrows", True),
    ]


@pytest.mark.parametrize("wanted", ["series", "release"])
def test_get_of_a_cached_kernel_runs_nothing(
    kcxx: Path, fetched: Path, no_network: dict[str, str], wanted: str
) -> None:
    """With the kernel in the cache, get works without network and without apt."""
    kernel = only_kernel(fetched)
    name = {"series": "6.12", "release": kernel.name}[wanted]
    environment = {"KCXX_CACHE": str(fetched), "PATH": "/nowhere"} | no_network
    document = json.loads(
        must(run(kcxx, "kernels", "get", name, "--format", "json", env=environment))
    )
    assert document["downloaded"] is False
    assert document["release"] == kernel.name
    assert document["build"] == str(kernel / "build")
    assert document["image"] == str(kernel / "vmlinuz")
    assert document["modules"] == str(kernel / "modules")


def test_update_downloads_no_kernel_it_has(
    kcxx: Path, fetched: Path, proxy: Proxy, tmp_path: Path
) -> None:
    """--update looks at the package lists, and stops there if the newest is in the cache."""
    environment = {"KCXX_CACHE": str(fetched)} | apt_through(proxy.url, tmp_path)
    call = [kcxx, "kernels", "get", "--update", "6.12", "--format", "json"]
    assert json.loads(must(run(*call, env=environment)))["downloaded"] is False
    assert "InRelease" in [name for name, _ in proxy.requests]
    assert proxy.packages() == []


@pytest.mark.parametrize(("number", "strict"), [(signal.SIGTERM, True), (signal.SIGKILL, False)])
def test_get_goes_on_where_an_ended_one_stopped(
    kcxx: Path, proxy: Proxy, tmp_path: Path, number: signal.Signals, strict: bool
) -> None:
    """Ended amid the image: no kernel is visible, and the next get downloads the rest only.

    After SIGKILL nobody gives the broken-off file the server's time, so a strict server sends that
    one file anew.
    """
    cache = tmp_path / "cache"
    environment = {"KCXX_CACHE": str(cache)} | apt_through(proxy.url, tmp_path)
    proxy.strict = strict
    proxy.stall_at = 30_000_000  # more than sockets buffer, so apt has a part of it
    with subprocess.Popen(
        [kcxx, "kernels", "get", "6.1"], env=os.environ | environment, stderr=subprocess.DEVNULL
    ) as process:
        assert proxy.stalled.wait(timeout=120)
        process.send_signal(number)
    listed = json.loads(must(run(kcxx, "kernels", "--format", "json", env=environment)))["kernels"]
    assert [kernel for kernel in listed if kernel["origin"] == "cache"] == []

    proxy.stall_at = None
    proxy.released.set()
    before = proxy.packages()
    must(run(kcxx, "kernels", "get", "6.1", env=environment))
    assert len(set(before)) > 1
    assert [name for name in proxy.packages()[len(before) :] if not name.startswith(IMAGE)] == []
    part = re.match(r"bytes (\d+)-", proxy.parts(IMAGE)[-1] or "")
    assert part is not None, "the image was sent anew"
    assert int(part[1]) > 1_000_000
    assert (only_kernel(cache) / "vmlinuz").exists()


def test_damaged_package_is_refused(kcxx: Path, proxy: Proxy, tmp_path: Path) -> None:
    """A file of wrong content is neither used nor kept: status 5; the next get succeeds."""
    cache = tmp_path / "cache"
    environment = {"KCXX_CACHE": str(cache)} | apt_through(proxy.url, tmp_path)
    proxy.stall_at = 1_000_000
    with subprocess.Popen(
        [kcxx, "kernels", "get", "6.1"], env=os.environ | environment, stderr=subprocess.DEVNULL
    ) as process:
        assert proxy.stalled.wait(timeout=120)
        process.terminate()
    proxy.stall_at = None
    proxy.released.set()
    (package,) = cache.glob("apt/*/archives/linux-headers-*-common_*.deb")
    with package.open("r+b") as file:
        file.write(b"damage")
    result = run(kcxx, "kernels", "get", "6.1", env=environment)
    assert result.returncode == DOWNLOAD
    assert f"{package.name} is damaged" in result.stderr
    assert list(cache.glob("kernels/*")) == []
    must(run(kcxx, "kernels", "get", "6.1", env=environment))


def test_interrupted_get_leaves_no_kernel(kcxx: Path, proxy: Proxy, tmp_path: Path) -> None:
    """SIGINT: status 130, nothing visible in the cache."""
    cache = tmp_path / "cache"
    environment = {"KCXX_CACHE": str(cache)} | apt_through(proxy.url, tmp_path)
    proxy.stall_at = 1_000_000
    with subprocess.Popen(
        [kcxx, "kernels", "get", "6.1"],
        env=os.environ | environment,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert proxy.stalled.wait(timeout=120)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert said.endswith("kcxx: interrupted\n")
    assert list(cache.glob("kernels/*")) == []


def test_concurrent_gets_download_once(kcxx: Path, proxy: Proxy, tmp_path: Path) -> None:
    """Two at once: both have the kernel, each package came over the network once."""
    environment = {"KCXX_CACHE": str(tmp_path / "cache")} | apt_through(proxy.url, tmp_path)
    call = [kcxx, "kernels", "get", "6.1", "--format", "json"]
    with concurrent.futures.ThreadPoolExecutor() as pool:
        results = list(pool.map(lambda _: run(*call, env=environment), range(2)))
    documents = [json.loads(must(result)) for result in results]
    assert sorted(document.pop("downloaded") for document in documents) == [False, True]
    assert documents[0] == documents[1]
    packages = proxy.packages()
    assert any(name.startswith(IMAGE) for name in packages)
    assert sorted(packages) == sorted(set(packages))


# What cannot be fetched


def test_unknown_series_lists_the_known(kcxx: Path, fetched: Path) -> None:
    """A series the sources lack: status 4, those they have, and a call that works."""
    result = run(kcxx, "kernels", "get", "1.2", env={"KCXX_CACHE": str(fetched)})
    assert result.returncode == UNAVAILABLE
    assert "no kernel 1.2 for x86_64" in result.stderr
    assert re.search(r"found: +6\.1, 6\.12$", result.stderr, re.M)
    assert re.search(r"type: +kcxx kernels get 6\.12$", result.stderr, re.M)


def test_unknown_release_lists_those_of_its_series(kcxx: Path, fetched: Path) -> None:
    """A release the sources lack: the releases of that series, none of special flavour."""
    result = run(kcxx, "kernels", "get", "6.12.1-amd64", env={"KCXX_CACHE": str(fetched)})
    assert result.returncode == UNAVAILABLE
    found = re.search(r"found: +(.*)$", result.stderr, re.M)[1].split(", ")
    assert only_kernel(fetched).name in found
    assert all(re.fullmatch(r"6\.12\.\d+\+deb\d+-amd64", release) for release in found)


def test_unreachable_sources_are_told(
    kcxx: Path, no_network: dict[str, str], tmp_path: Path
) -> None:
    """No network: status 5, in apt's own words."""
    result = run(kcxx, "kernels", "get", "6.1", env={"KCXX_CACHE": str(tmp_path)} | no_network)
    assert result.returncode == DOWNLOAD
    assert "the package sources could not be reached" in result.stderr
    assert re.search(r"found: +.*onnect to 127\.0\.0\.1:9", result.stderr)


def test_missing_apt_names_the_other_ways(kcxx: Path, tmp_path: Path) -> None:
    """A machine without apt: status 4, and how to give a kernel of one's own."""
    result = run(
        kcxx, "kernels", "get", "6.1", env={"KCXX_CACHE": str(tmp_path), "PATH": "/nowhere"}
    )
    assert result.returncode == UNAVAILABLE
    assert "KCXX_KERNEL=DIR" in result.stderr
    assert "--kernel IMAGE" in result.stderr


def on_a_small_disk(
    size: str, kcxx: Path, proxy: Proxy, tmp_path: Path
) -> subprocess.CompletedProcess[str]:
    """Fetches 6.1 into a cache on a file system of @size, in a mount namespace of its own."""
    cache = tmp_path / "small"
    cache.mkdir()
    script = f'mount -t tmpfs -o size={size} tmpfs "$1" && KCXX_CACHE=$1 exec "$2" kernels get 6.1'
    return run(
        *OWN_MOUNTS, "sh", "-c", script, "sh", cache, kcxx,
        env=apt_through(proxy.url, tmp_path),
    )  # fmt: skip


def test_full_disk_is_told_before_the_download(kcxx: Path, proxy: Proxy, tmp_path: Path) -> None:
    """Too little room for a kernel: status 4, how much there is and is needed, no package was asked for."""
    result = on_a_small_disk("300m", kcxx, proxy, tmp_path)
    assert result.returncode == UNAVAILABLE, result.stderr
    assert re.search(r"found: +\d+ MiB free\n +needed: +\d+ MiB", result.stderr)
    assert proxy.packages() == []


def test_disk_too_full_for_the_lists_is_told(kcxx: Path, proxy: Proxy, tmp_path: Path) -> None:
    """Not even room for the package lists: status 4, and it is not the network that is blamed."""
    result = on_a_small_disk("20m", kcxx, proxy, tmp_path)
    assert result.returncode == UNAVAILABLE, result.stderr
    assert "the disk is too full for the package lists" in result.stderr
    assert "KCXX_CACHE=" in result.stderr
    assert proxy.packages() == []


@pytest.mark.parametrize("name", ["stable", "6", "-6.1"])
def test_name_that_is_no_kernel_is_refused(kcxx: Path, name: str) -> None:
    """Neither series nor release: status 2, and what they look like."""
    result = run(kcxx, "kernels", "get", "--", name)
    assert result.returncode == USAGE
    assert re.search(r"needed: +a series, as 6\.12, or a release", result.stderr)


def test_unknown_arch_is_refused(kcxx: Path) -> None:
    """An arch without packages: status 4, and those there are."""
    result = run(kcxx, "kernels", "get", "6.12", "sparc")
    assert result.returncode == UNAVAILABLE
    assert re.search(r"needed: +one of: x86_64, arm64, riscv64$", result.stderr, re.M)
