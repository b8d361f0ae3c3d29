# SPDX-License-Identifier: GPL-2.0-only OR MIT
"""A project with one module, pump, and the package pumps of it, that says what rpm packages have to."""

from __future__ import annotations

from cmake_project import MODULE, CMakeProject
from conftest import must

LISTS = """\
    set(CPACK_PACKAGE_CONTACT "Jo Doe <jo@example.org>")
    set(CPACK_RPM_PACKAGE_LICENSE GPL-2.0-only)
    add_kernel_module(pump pump.cc)
    add_dkms_package(pumps VERSION 1.0 MODULES pump)
    """


def configured(project: CMakeProject, lists: str = LISTS) -> CMakeProject:
    """@project with the module and @lists"""
    project.write("pump.cc", MODULE)
    project.lists(lists)
    must(project.configure())
    return project
