# shellcheck shell=sh disable=SC2034 # sourced
# SPDX-License-Identifier: GPL-2.0-only OR MIT
#
# The flat list: every check, in the order they run. check_<name> is in the file
# of its group, under the lines ## that state what is required and why.
checks_of_tools='make ccache depmod qemu'
checks_of_kernel='path directory readable build_tree configuration_file configured
	modules fresh prepared host_programs release arch symvers'
checks_of_module='kernel_min kernel_max only_arch requires'
checks_of_compilers='kbuild_answers c_compiler cxx_compiler cxx_version cxx_family cxx_major
	binutils standard_headers analysis'
checks_of_flags='flags_accepted flags_dropped machine static_constructors red_zone
	floating_point stack_protector retpolines return_thunks sls ibt bti pac
	shadow_call_stack ftrace call_padding kcfi'
checks_of_configuration='randstruct gcc_plugins lto kasan kcsan kmsan constructors modversions
	trimmed_symbols btf signatures'

groups='tools kernel module compilers flags configuration'
