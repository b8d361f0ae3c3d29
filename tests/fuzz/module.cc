// SPDX-License-Identifier: GPL-2.0-only OR MIT
// A module file, as kcxx inspect and kcxx boot read it: unpacked, as ELF, with all that is in it.
// It is checked against the kernel whose build directory $KCXX_FUZZ_KERNEL is.
#include "inspect/inspection.hpp"
#include "inspect/json_report.hpp"
#include "inspect/text_report.hpp"
#include "module/module_file.hpp"
#include "property.hpp"

#include <cstdio>
#include <fmt/core.h>
#include <sys/mman.h>
#include <unistd.h>

namespace
{

int file = -1;
std::string kernel;

} // namespace

extern "C" int LLVMFuzzerInitialize(int *, char ***)
{
	kernel = std::getenv("KCXX_FUZZ_KERNEL");
	file = memfd_create("module", 0);
	// The report for people is made, and not looked at.
	return std::freopen("/dev/null", "w", stdout) == nullptr;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
	require(ftruncate(file, 0) == 0 &&
			pwrite(file, data, size, 0) == static_cast<ssize_t>(size),
		"the input is written");
	const auto path = fmt::format("/proc/self/fd/{}", file);
	const auto modules = kcxx::inspect({path}, {}, kernel, {});
	if (modules) {
		const auto &one = modules->front();
		if (one.result) {
			kcxx::print(*one.result);
			require(!kcxx::reasons_of(*one.result).empty(), "each answer has a reason");
		}
		for (const char byte : kcxx::to_json(*modules))
			require(byte == '\n' || (byte >= ' ' && byte < 0x7f),
				"JSON is plain ASCII");
	}
	if (const auto module = kcxx::read_module(path)) {
		require(kcxx::is_module_name(module->name), "the name is one of a module");
		require(!module->release.contains('/'), "the release is no path");
	}
	return 0;
}
