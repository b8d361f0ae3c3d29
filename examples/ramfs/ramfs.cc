// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include <kernel/fs.hpp>
#include <kernel/memory.hpp>
#include <kernel/prelude.hpp>
#include <kernel/sync.hpp>

using kernel::Arc;
using kernel::Dentry;
using kernel::File;
using kernel::FileSystem;
using kernel::GFP_KERNEL;
using kernel::MountOption;
using kernel::Mutex;
using kernel::Offset;
using kernel::Page;
using kernel::PAGE_SIZE;
using kernel::Result;
using kernel::ThisModule;
using kernel::UserReader;
using kernel::UserWriter;
using kernel::Vec;

MODULE_AUTHOR("kcxx contributors");
MODULE_DESCRIPTION("A file system in memory, in C++");
MODULE_LICENSE("Dual MIT/GPL");
MODULE_ALIAS("fs-cxxramfs");

namespace
{

/// The number of pages that all files of a mount may have
class Space
{
public:
	explicit Space(std::size_t pages) : pages_{pages} {}

	Result<> take() const
	{
		auto left = left_.lock();
		if (*left == 0)
			return kernel::ENOSPC;
		--*left;
		return {};
	}

	void give_back(std::size_t pages) const { *left_.lock() += pages; }

	[[nodiscard]] std::size_t pages() const { return pages_; }
	[[nodiscard]] std::size_t left() const { return *left_.lock(); }

private:
	std::size_t pages_;
	Mutex<std::size_t> left_{LOCK_CLASS("space"), pages_};
};

/// A file: pages, and the size of its content in them. The rest of the last page is zero.
class RamFile
{
public:
	explicit RamFile(Arc<Space> space) : space_{std::move(space)} {}
	RamFile(const RamFile &) = delete;
	RamFile &operator=(const RamFile &) = delete;
	~RamFile() { space_->give_back(content_.lock()->pages.size()); }

	Result<> read(const File & /*file*/, UserWriter &to, Offset &position) const
	{
		auto content = content_.lock();
		while (position < content->size && !to.empty()) {
			const std::size_t at = static_cast<std::size_t>(position) % PAGE_SIZE;
			const auto left = static_cast<std::size_t>(content->size - position);
			const auto page = page_at(*content, position).map();
			const auto bytes = page.bytes().subspan(at);
			position += static_cast<Offset>(KTRY(to.write_some(
				bytes.first(bytes.size() < left ? bytes.size() : left))));
		}
		return {};
	}

	Result<> write(const File & /*file*/, UserReader &from, Offset &position) const
	{
		auto content = content_.lock();
		while (!from.empty()) {
			const Result<> room = grow(*content, position + 1);
			if (!room && from.passed() != 0)
				return {}; // a short write: the rest does not fit
			KTRY(room);
			const std::size_t at = static_cast<std::size_t>(position) % PAGE_SIZE;
			const auto page = page_at(*content, position).map();
			position +=
				static_cast<Offset>(KTRY(from.read_some(page.bytes().subspan(at))));
			content->size = position > content->size ? position : content->size;
		}
		return {};
	}

	[[nodiscard]] Offset size() const { return content_.lock()->size; }

	Result<> truncate(Offset size) const
	{
		auto content = content_.lock();
		KTRY(grow(*content, size));
		content->size = size;
		shrink(*content);
		const std::size_t last = static_cast<std::size_t>(size) % PAGE_SIZE;
		if (last != 0)
			KTRY(page_at(*content, size).zero(last, PAGE_SIZE - last));
		return {};
	}

private:
	struct Content {
		Vec<Page> pages;
		Offset size = 0;
	};

	static std::size_t pages_of(Offset size)
	{
		return (static_cast<std::size_t>(size) + PAGE_SIZE - 1) / PAGE_SIZE;
	}

	static Page &page_at(Content &content, Offset position)
	{
		return content.pages[static_cast<std::size_t>(position) / PAGE_SIZE];
	}

	/// Adds pages until there are enough for `size` bytes; all of them or none
	Result<> grow(Content &content, Offset size) const
	{
		while (content.pages.size() < pages_of(size)) {
			const Result<> added = add_page(content);
			if (!added) {
				shrink(content);
				return added;
			}
		}
		return {};
	}

	Result<> add_page(Content &content) const
	{
		Page page = KTRY(Page::make(GFP_KERNEL));
		KTRY(space_->take());
		const Result<> added = content.pages.push(std::move(page), GFP_KERNEL);
		if (!added)
			space_->give_back(1);
		return added;
	}

	/// Gives back the pages behind the content
	void shrink(Content &content) const
	{
		const std::size_t pages = pages_of(content.size);
		space_->give_back(content.pages.size() - pages);
		content.pages.truncate(pages);
	}

	Arc<Space> space_;
	mutable Mutex<Content> content_{LOCK_CLASS("content")};
};

/// A directory, in which files and directories are made, moved and removed
class RamDirectory : public kernel::SimpleDirectory
{
public:
	explicit RamDirectory(Arc<Space> space) : space_{std::move(space)} {}

	Result<Arc<RamFile>> create(const Dentry & /*entry*/) const
	{
		return Arc<RamFile>::make(GFP_KERNEL, space_.clone());
	}

	Result<Arc<RamDirectory>> mkdir(const Dentry & /*entry*/) const
	{
		return Arc<RamDirectory>::make(GFP_KERNEL, space_.clone());
	}

private:
	Arc<Space> space_;
};

/// One mount of the file system
class RamFs
{
public:
	static constexpr const char *name = "cxxramfs";
	static constexpr unsigned long magic = 0x63787872;

	/// mount -o size=64k
	struct Options {
		std::uint64_t size = 1 << 20;

		Result<> parse(const MountOption &option)
		{
			if (option.name() != "size")
				return kernel::ENOPARAM;
			size = KTRY(option.number());
			return {};
		}
	};

	static Result<RamFs> mount(const Options &options)
	{
		const std::uint64_t pages = options.size / PAGE_SIZE;
		return {std::in_place, KTRY(Arc<Space>::make(GFP_KERNEL, pages))};
	}

	explicit RamFs(Arc<Space> space) : space_{std::move(space)} {}
	RamFs(const RamFs &) = delete;
	RamFs &operator=(const RamFs &) = delete;
	~RamFs() { pr_info("unmounted, %zu of %zu pages free\n", space_->left(), space_->pages()); }

	[[nodiscard]] Result<Arc<RamDirectory>> root() const
	{
		return Arc<RamDirectory>::make(GFP_KERNEL, space_.clone());
	}

	[[nodiscard]] kernel::StatFs statfs() const
	{
		return {.blocks = space_->pages(), .free_blocks = space_->left()};
	}

private:
	Arc<Space> space_;
};

class RamFsModule
{
public:
	static Result<RamFsModule> init(ThisModule & /*self*/)
	{
		return {std::in_place, KTRY(FileSystem<RamFs>::make())};
	}

	explicit RamFsModule(FileSystem<RamFs> type) : type_{std::move(type)} {}

private:
	FileSystem<RamFs> type_;
};

} // namespace

KERNEL_MODULE(RamFsModule);
