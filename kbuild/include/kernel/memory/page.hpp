// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Whole pages of memory. C API: <linux/gfp.h>, <linux/highmem.h>.

#pragma once

#include <cstddef>
#include <span>
#include <utility>

#include <generated/bindings/memory/page.hpp>
#include <kernel/bug.hpp>
#include <kernel/error.hpp>
#include <kernel/memory/slab.hpp>

struct page;

namespace kernel
{

/// The size of a page, in bytes
inline constexpr std::size_t PAGE_SIZE = KCXX_PAGE_SIZE;

/// A page mapped into the kernel's addresses as long as this object lives: a local variable of
/// one task. Several mappings end in the reverse order. Context: any; the task may sleep
/// meanwhile, but no other task may use the addresses.
class [[nodiscard]] PageMapping
{
public:
	/// Maps the page until the mapping ends.
	explicit PageMapping(struct page *page) noexcept
	    // SAFETY: a Page owns the page and outlives its mapping.
	    : address_{static_cast<std::byte *>(bindings::kmap_local_page(page))}
	{
	}

	PageMapping(const PageMapping &) = delete;
	PageMapping &operator=(const PageMapping &) = delete;

	~PageMapping()
	{
		// SAFETY: mapped by the constructor, and unmapped once.
		bindings::kcxx_kunmap_local(address_);
	}

	/// The page's bytes, with their number in the type
	[[nodiscard]] std::span<std::byte, PAGE_SIZE> bytes() const noexcept
	{
		return std::span<std::byte, PAGE_SIZE>{address_, PAGE_SIZE};
	}

private:
	std::byte *address_;
};

/// Owns one page. Moves, does not copy; a moved-from Page is empty: all but
/// assignment to it and its destruction BUG().
///
///     Page page = KTRY(Page::make(GFP_KERNEL));
///     KTRY(page.write(16, std::as_bytes(std::span{header})));
class [[nodiscard]] Page
{
public:
	/// Allocates a page of zeros: what it held before would leak to whoever reads the page.
	///
	/// Errors: ENOMEM. Context: as `flags` allow; GFP_KERNEL may sleep.
	[[nodiscard]] static Result<Page> make(Gfp flags)
	{
		return make_uninitialised(flags | __GFP_ZERO);
	}

	/// Allocates a page with what it held before, for one that is written as a whole before
	/// anything reads it. A file that is KCXX_SAFE marks the call by KCXX_UNSAFE.
	///
	/// Errors: ENOMEM. Context: as `flags` allow; GFP_KERNEL may sleep.
	[[nodiscard]] static Result<Page> make_uninitialised(Gfp flags)
	{
		// SAFETY: any flags are allowed; null is handled.
		struct page *page = bindings::kcxx_alloc_page(flags.bits());
		if (page == nullptr) [[unlikely]]
			return ENOMEM;
		return Page{page};
	}

	Page(const Page &) = delete;
	Page &operator=(const Page &) = delete;

	/// Takes over the page of `other`, which is empty then.
	Page(Page &&other) noexcept : page_{std::exchange(other.page_, nullptr)} {}

	/// Gives up its own page, and takes over that of `other`.
	Page &operator=(Page &&other) noexcept
	{
		const Page old{std::exchange(page_, std::exchange(other.page_, nullptr))};
		return *this;
	}

	~Page()
	{
		if (page_ != nullptr)
			// SAFETY: page_ came from kcxx_alloc_page() and is given back once.
			bindings::kcxx___free_page(page_);
	}

	/// Maps the bytes, until the mapping ends: `auto mapping = page.map();`
	[[nodiscard]] PageMapping map() const { return PageMapping{checked()}; }

	/// Copies the bytes from `offset` on to `to`. Errors: EINVAL if they do not all
	/// lie in the page; then nothing is copied. Context: any.
	Result<> read(std::size_t offset, std::span<std::byte> to) const
	{
		if (!holds(offset, to.size())) [[unlikely]]
			return EINVAL;
		const PageMapping mapping{checked()};
		__builtin_memcpy(to.data(), mapping.bytes().data() + offset, to.size());
		return {};
	}

	/// Copies `from` to the bytes from `offset` on. Errors and context as read().
	Result<> write(std::size_t offset, std::span<const std::byte> from)
	{
		if (!holds(offset, from.size())) [[unlikely]]
			return EINVAL;
		const PageMapping mapping{checked()};
		__builtin_memcpy(mapping.bytes().data() + offset, from.data(), from.size());
		return {};
	}

	/// Zeroes `size` bytes from `offset` on. Errors and context as read().
	Result<> zero(std::size_t offset = 0, std::size_t size = PAGE_SIZE)
	{
		if (!holds(offset, size)) [[unlikely]]
			return EINVAL;
		const PageMapping mapping{checked()};
		__builtin_memset(mapping.bytes().data() + offset, 0, size);
		return {};
	}

	/// For C functions; this object still owns it.
	[[nodiscard]] struct page *raw() const { return checked(); }

private:
	explicit Page(struct page *page) noexcept : page_{page} {}

	[[nodiscard]] static bool holds(std::size_t offset, std::size_t size) noexcept
	{
		return offset <= PAGE_SIZE && size <= PAGE_SIZE - offset;
	}

	[[nodiscard]] struct page *checked() const
	{
		if (page_ == nullptr) [[unlikely]]
			bug("Page: used after a move");
		return page_;
	}

	struct page *page_;
};

} // namespace kernel
