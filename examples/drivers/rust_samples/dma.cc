// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include <kernel/containers.hpp>
#include <kernel/dma.hpp>
#include <kernel/memory.hpp>
#include <kernel/pci.hpp>
#include <kernel/prelude.hpp>

using namespace kernel;

KCXX_SAFE

MODULE_AUTHOR("kcxx contributors");
MODULE_DESCRIPTION("Memory that a device reaches, of QEMU's pci-testdev");
MODULE_LICENSE("Dual MIT/GPL");

namespace
{

struct Pair {
	u32 h;
	u32 b;

	friend bool operator==(const Pair &, const Pair &) = default;
};

constexpr std::array values{Pair{0xa, 0xb}, Pair{0xc, 0xd}, Pair{0xe, 0xf}, Pair{0xab, 0xba},
			    Pair{0xcd, 0xef}};

class DmaTest
{
	using Pages = dma::ScatterList<dma::to_device, Page>;

public:
	static constexpr pci::Ids ids{pci::id(0x1b36, 0x0005)};

	static Result<DmaTest> probe(pci::BoundDevice &device)
	{
		KTRY(dma::set_mask(device, 64));
		auto pairs = KTRY(dma::Coherent<Pair>::make(device, values.size(), GFP_KERNEL));
		kernel::copy(values, pairs.elements());

		Vec<Page> pages;
		for (int i = 0; i < 4; ++i)
			KTRY(pages.push(KTRY(Page::make(GFP_KERNEL)), GFP_KERNEL));
		auto list =
			KTRY(dma::map_list<dma::to_device>(device, std::move(pages), GFP_KERNEL));
		return {std::in_place, std::move(pairs), std::move(list)};
	}

	DmaTest(dma::Coherent<Pair> pairs, Pages pages)
	    : pairs_{std::move(pairs)}, pages_{std::move(pages)}
	{
	}

	void stop(pci::BoundDevice &device)
	{
		dev_info(device, "the pairs are %s\n",
			 std::ranges::equal(pairs_.elements(), values) ? "there" : "lost");
		std::size_t bytes = 0;
		for (const dma::Segment segment : pages_)
			bytes += segment.size;
		dev_info(device, "the device reaches %zu bytes of pages\n", bytes);
	}

private:
	dma::Coherent<Pair> pairs_;
	Pages pages_;
};

} // namespace

KERNEL_PCI_DRIVER(DmaTest);
