// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Pages in the addresses of a process. C API: <linux/mm.h>.

#pragma once

#include <cstddef>
#include <span>

#include <generated/bindings/memory/mm.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/page.hpp>
#include <kernel/sync/context.hpp>

namespace kernel
{

/// Addresses that mmap(2) has to fill: a parameter of a driver's mmap(). Do not keep it.
/// Context of all: a driver's mmap(); may sleep.
class VmArea
{
public:
	/// For callbacks: the area that the kernel passes.
	explicit VmArea(struct vm_area_struct *raw) noexcept : raw_{raw} {}
	VmArea(const VmArea &) = delete;
	VmArea &operator=(const VmArea &) = delete;
	~VmArea() = default;

	/// The number of pages that are requested.
	[[nodiscard]] std::size_t pages() const noexcept
	{
		return (raw_->vm_end - raw_->vm_start) / PAGE_SIZE;
	}
	/// The first page of the file that the area shows, counted from 0.
	[[nodiscard]] std::size_t first_page() const noexcept { return raw_->vm_pgoff; }

	/// Maps the requested part of the file whose content is `pages`. Each page lives until
	/// no process maps it, even if its Page ends before. Processes see all bytes of a page,
	/// and may change them at any time: no page of make_uninitialised() comes here.
	///
	/// Errors: EINVAL if more pages are requested than there are; ENOMEM.
	[[nodiscard]] Result<> map(std::span<const Page> pages) KCXX_MAY_SLEEP
	{
		const std::size_t first = first_page();
		if (first > pages.size() || this->pages() > pages.size() - first)
			return EINVAL;
		unsigned long address = raw_->vm_start;
		for (const Page &page : pages.subspan(first, this->pages())) {
			// SAFETY: the address is in the area, which no process sees yet; the
			// mapping holds a reference to the page.
			KTRY(to_result(bindings::vm_insert_page(raw_, address, page.raw())));
			address += PAGE_SIZE;
		}
		return {};
	}

	/// Shows the page at the area's start. Errors, context: as above.
	[[nodiscard]] Result<> map(const Page &page) KCXX_MAY_SLEEP
	{
		return map(std::span{&page, 1});
	}

	/// Allows only reading, now and by a later mprotect(2). Errors: EPERM if writing is
	/// requested.
	[[nodiscard]] Result<> deny_writing()
	{
		// SAFETY, of both: the area is new, and the caller of mmap() has locked it.
		if (bindings::kcxx_vm_may_write(raw_))
			return EPERM;
		// SAFETY: likewise.
		bindings::kcxx_vm_never_write(raw_);
		return {};
	}

private:
	static_assert(alignof(::vm_area_struct) > 0, "kcxx-E1414: the members above are C's");

	struct vm_area_struct *raw_;
};

} // namespace kernel
