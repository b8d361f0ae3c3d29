# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""kcxx kernels get: downloads that are ended, damaged, made twice at once, or too large for the disk."""

from __future__ import annotations

import concurrent.futures
import http.server
import json
import os
import pwd
import re
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from fixtures.commands import INTERRUPTIBLE, must, run
from fixtures.exit_status import ExitStatus
from fixtures.fetched_kernels import fetched_kernel
from fixtures.own_mounts import own_mounts
from fixtures.package_sources import IMAGE, Proxy, apt_through, handler, only_kernel
from fixtures.repository import user_cache


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


def end_amid_the_image(
    kcxx: Path, proxy: Proxy, environment: dict[str, str], stall_at: int, number: signal.Signals
) -> None:
    """A kcxx kernels get that the signal ends once it has so many bytes of the image."""
    proxy.stall_at = stall_at
    with subprocess.Popen(
        [kcxx, "kernels", "get", "6.1"], env=os.environ | environment, stderr=subprocess.DEVNULL
    ) as process:
        assert proxy.stalled.wait(timeout=120)
        process.send_signal(number)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's apt has another user to become")
def test_apt_of_root_downloads_as_a_user_of_its_own(kcxx: Path, proxy: Proxy, tmp_path: Path) -> None:
    """Where that user reaches the cache, no program of root's speaks to the network: not for lists, nor for packages.

    A download that was ended goes on all the same.
    """
    with tempfile.TemporaryDirectory(dir="/var/tmp") as directory:
        Path(directory).chmod(0o755)
        environment = {"KCXX_CACHE": f"{directory}/cache"} | apt_through(proxy.url, tmp_path)
        end_amid_the_image(kcxx, proxy, environment, 30_000_000, signal.SIGTERM)
        proxy.stall_at = None
        proxy.released.set()
        must(run(kcxx, "kernels", "get", "6.1", env=environment))
        assert proxy.users == {pwd.getpwnam("_apt").pw_uid}
        assert (proxy.parts(IMAGE)[-1] or "").startswith("bytes "), "the image was sent anew"
        assert (only_kernel(Path(directory) / "cache") / "vmlinuz").exists()


def test_update_downloads_no_kernel_it_has(
    kcxx: Path, proxy: Proxy, tmp_path: Path
) -> None:
    """--update looks at the package lists, and stops there if the newest is in the cache."""
    fetched_kernel(kcxx, "6.12", "x86_64")
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / "kernels").symlink_to(user_cache() / "kernels")
    environment = {"KCXX_CACHE": str(cache)} | apt_through(proxy.url, tmp_path)
    call = [kcxx, "kernels", "get", "--update", "6.12", "--format", "json"]
    assert json.loads(must(run(*call, env=environment)))["downloaded"] is False
    assert "InRelease" in [name for name, _ in proxy.requests]
    assert proxy.packages() == []


@pytest.mark.parametrize(("number", "strict"), [(signal.SIGTERM, True), (signal.SIGKILL, False)])
def test_get_goes_on_where_an_ended_one_stopped(
    kcxx: Path, proxy: Proxy, tmp_path: Path, number: signal.Signals, strict: bool
) -> None:
    """Ended amid the image: no kernel is visible, and the next get downloads the rest only.

    After SIGKILL the broken-off file does not get the server's time, so a strict server sends that one file anew.
    """
    cache = tmp_path / "cache"
    environment = {"KCXX_CACHE": str(cache)} | apt_through(proxy.url, tmp_path)
    proxy.strict = strict
    end_amid_the_image(kcxx, proxy, environment, 30_000_000, number)  # more than sockets buffer, so apt has a part of it
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
    end_amid_the_image(kcxx, proxy, environment, 1_000_000, signal.SIGTERM)
    proxy.stall_at = None
    proxy.released.set()
    (package,) = cache.glob("apt/*/archives/linux-headers-*-common_*.deb")
    with package.open("r+b") as file:
        file.write(b"damage")
    result = run(kcxx, "kernels", "get", "6.1", env=environment)
    assert result.returncode == ExitStatus.DOWNLOAD
    assert f"{package.name} is damaged" in result.stderr
    assert list(cache.glob("kernels/*")) == []
    must(run(kcxx, "kernels", "get", "6.1", env=environment))


def test_interrupted_get_leaves_no_kernel(kcxx: Path, proxy: Proxy, tmp_path: Path) -> None:
    """SIGINT: status 130, nothing visible in the cache."""
    cache = tmp_path / "cache"
    environment = {"KCXX_CACHE": str(cache)} | apt_through(proxy.url, tmp_path)
    proxy.stall_at = 1_000_000
    with subprocess.Popen(
        [*INTERRUPTIBLE, kcxx, "kernels", "get", "6.1"],
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


def on_a_small_disk(
    size: str, kcxx: Path, proxy: Proxy, tmp_path: Path
) -> subprocess.CompletedProcess[str]:
    """Fetches 6.1 into a cache on a file system of @size, in a mount namespace of its own."""
    cache = tmp_path / "small"
    cache.mkdir()
    script = f'mount -t tmpfs -o size={size} tmpfs "$1" && KCXX_CACHE=$1 exec "$2" kernels get 6.1'
    return run(
        *own_mounts(), "sh", "-c", script, "sh", cache, kcxx,
        env=apt_through(proxy.url, tmp_path),
    )  # fmt: skip


def test_full_disk_is_told_before_the_download(kcxx: Path, proxy: Proxy, tmp_path: Path) -> None:
    """Too little room for a kernel: status 4, how much there is and is needed, no package was asked for."""
    result = on_a_small_disk("300m", kcxx, proxy, tmp_path)
    assert result.returncode == ExitStatus.UNAVAILABLE, result.stderr
    assert re.search(r"found: +\d+ MiB free\n +needed: +\d+ MiB", result.stderr)
    assert proxy.packages() == []


def test_disk_too_full_for_the_lists_is_told(kcxx: Path, proxy: Proxy, tmp_path: Path) -> None:
    """Not even room for the package lists: status 4, and it is not the network that is blamed."""
    result = on_a_small_disk("20m", kcxx, proxy, tmp_path)
    assert result.returncode == ExitStatus.UNAVAILABLE, result.stderr
    assert "the disk is too full for the package lists" in result.stderr
    assert "KCXX_CACHE=" in result.stderr
    assert proxy.packages() == []


def test_kernel_of_another_suite_is_whole(kcxx: Path, tmp_path: Path) -> None:
    """The newest of Debian's backports, whose image is split into packages: headers, image and modules, anywhere in the file system."""
    environment = {"KCXX_CACHE": str(tmp_path)}
    suite = ("--suite", "trixie-backports", "--format", "json")
    refused = run(kcxx, "kernels", "get", "99.9", *suite, env=environment)
    assert refused.returncode == ExitStatus.UNAVAILABLE
    newest = json.loads(refused.stdout)["error"]["found"].split(", ")[-1]
    kernel = json.loads(must(run(kcxx, "kernels", "get", newest, *suite, env=environment)))
    assert kernel["release"].startswith(f"{newest}.")
    for part in (kernel["image"], kernel["modules"], f"{kernel['build']}/Module.symvers"):
        assert Path(part).exists()
    asked = run("make", "-s", "-C", kernel["build"], "kernelrelease")
    assert asked.stdout.strip() == kernel["release"], asked.stderr


def test_suite_that_does_not_exist_is_refused(kcxx: Path, tmp_path: Path) -> None:
    """The kernels of the machine's own suites do not stand in for it."""
    result = run(kcxx, "kernels", "get", "6.12", "--suite", "nosuch", env={"KCXX_CACHE": str(tmp_path)})
    assert result.returncode == ExitStatus.UNAVAILABLE
    assert 'kcxx: the suite "nosuch" could not be read\n' in result.stderr
    assert not list(tmp_path.glob("kernels/*/build"))
