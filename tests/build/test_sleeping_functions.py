# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""kbuild/bindgen/sleeping-functions.txt: the kernel's functions that Clang's function effects know as ones that sleep."""

from __future__ import annotations

import re

import pytest

from fixtures.fetched_kernels import Kernel
from fixtures.repository import REPOSITORY

TABLE = REPOSITORY / "kbuild/bindgen/sleeping-functions.txt"
PATTERNS = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("^")]

SLEEPS = """
    msleep usleep_range schedule schedule_timeout mutex_lock mutex_lock_interruptible down_read down_interruptible
    wait_for_completion wait_for_completion_timeout synchronize_rcu flush_work cancel_work_sync kthread_stop
    copy_from_user _copy_to_user vmalloc ioremap request_threaded_irq free_irq disable_irq device_add sysfs_create_group
    debugfs_create_dir i2c_transfer i2c_smbus_read_byte_data spi_sync clk_prepare clk_get_rate regulator_enable
    gpiod_set_value_cansleep request_firmware pci_enable_device pci_alloc_irq_vectors_affinity platform_driver_unregister
    """.split()
NEVER_SLEEPS = """
    _printk _dev_err udelay ktime_get spin_lock _raw_spin_lock_irqsave mutex_trylock mutex_unlock down_trylock up complete
    try_wait_for_completion wake_up_process __wake_up queue_work_on mod_timer hrtimer_start_range_ns kfree kmem_cache_free
    kmalloc kmem_cache_alloc call_rcu rcu_read_lock disable_irq_nosync enable_irq gpiod_set_value clk_enable clk_disable
    readl writel dma_map_page_attrs regmap_read schedule_work schedule_delayed_work scheduler_tick spi_async memcpy
    get_device put_device device_get_match_data dev_get_drvdata pci_read_config_dword i2c_get_clientdata
    """.split()


@pytest.fixture(scope="session")
def functions(kernel: Kernel) -> set[str]:
    """The names of what the kernel exports, and of what its headers declare"""
    exported = {line.split("\t")[1] for line in (kernel.build / "Module.symvers").read_text(encoding="utf-8").splitlines()}
    headers = kernel.build.resolve().parent.glob("linux-headers-*-common/include/**/*.h")
    texts = [path.read_text(encoding="utf-8") for path in headers]
    return exported | {name for text in texts for name in re.findall(r"\b([A-Za-z_]\w*)\s*\(", text)}


@pytest.mark.parametrize("pattern", PATTERNS)
def test_pattern_is_of_a_function_that_exists(pattern: str, functions: set[str]) -> None:
    """A misspelt one would find nothing."""
    assert pattern.endswith("$") and any(re.fullmatch(pattern[1:-1], name) for name in functions)


@pytest.mark.parametrize("name", SLEEPS)
def test_function_that_sleeps_is_known(name: str) -> None:
    """Waits, locks that sleep, registrations, buses that wait"""
    assert any(re.search(pattern, name) for pattern in PATTERNS)


@pytest.mark.parametrize("name", NEVER_SLEEPS)
def test_function_that_never_sleeps_is_none_of_them(name: str) -> None:
    """An interrupt may call them, or they sleep by an argument alone."""
    assert [pattern for pattern in PATTERNS if re.search(pattern, name)] == []
