// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <utility>

#include <kernel/i2c.hpp>
#include <kernel/of.hpp>
#include <kernel/prelude.hpp>

using namespace kernel;

KCXX_SAFE

MODULE_AUTHOR("kcxx contributors");
MODULE_DESCRIPTION("An I2C driver");
MODULE_LICENSE("Dual MIT/GPL");

namespace
{

class Sample
{
public:
	static constexpr i2c::Ids ids{i2c::id("cxx_driver_i2c", 0U)};
	static constexpr of::Ids of_ids{of::compatible("test,cxx_driver_i2c", 0U)};

	static Result<Sample> probe(i2c::BoundClient &client, const unsigned int &info)
	{
		dev_info(client, "probed with info %u\n", info);
		return {std::in_place};
	}

	void shutdown(i2c::BoundClient &client) { dev_info(client, "shut down\n"); }
	void stop(i2c::BoundClient &client) { dev_info(client, "unbound\n"); }
};

} // namespace

KERNEL_I2C_DRIVER(Sample);
