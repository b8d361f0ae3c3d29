// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <utility>

#include <kernel/faux.hpp>
#include <kernel/module.hpp>
#include <kernel/prelude.hpp>

using namespace kernel;

KCXX_SAFE

MODULE_AUTHOR("kcxx contributors");
MODULE_DESCRIPTION("A device without hardware");
MODULE_LICENSE("Dual MIT/GPL");

namespace
{

struct Sample {
	static Result<Sample> init(ThisModule & /*module*/)
	{
		auto device = KTRY(faux::Device::make("cxx-faux-sample-device"));
		dev_info(*device, "Hello from faux device!\n");
		return Sample{std::move(device)};
	}

	faux::Device device;
};

} // namespace

KERNEL_MODULE(Sample);
