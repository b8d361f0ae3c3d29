// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Two types of file systems for filesystem_user.c: one that can do all, one nothing.

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <utility>

#include <kernel/atomic.hpp>
#include <kernel/file_system.hpp>
#include <kernel/mutex.hpp>
#include <kernel/prelude.hpp>
#include <kernel/text_file.hpp>

MODULE_LICENSE("GPL");
MODULE_ALIAS("fs-kcxx_tree");

using kernel::Arc;
using kernel::Dentry;
using kernel::Directory;
using kernel::File;
using kernel::FileSystem;
using kernel::GFP_KERNEL;
using kernel::MountOption;
using kernel::Mutex;
using kernel::Offset;
using kernel::Result;
using kernel::UserReader;
using kernel::UserWriter;

namespace
{

/// How many objects of a mount there are
using Count = kernel::Atomic<int>;

/// An object of a mount, while it lives
class Counted
{
public:
	explicit Counted(Arc<Count> count) : count_{std::move(count)} { count_->fetch_add(1); }
	Counted(const Counted &) = delete;
	Counted &operator=(const Counted &) = delete;
	~Counted() { count_->fetch_add(-1); }

	[[nodiscard]] Arc<Count> count() const { return count_.clone(); }

private:
	Arc<Count> count_;
};

/// A file of at most 4096 bytes
class Node : Counted
{
public:
	static constexpr std::size_t room = 4096;

	using Counted::Counted;

	Result<> read(const File & /*file*/, UserWriter &to, Offset &position) const
	{
		auto content = content_.lock();
		if (position >= static_cast<Offset>(content->size()))
			return {};
		const auto rest = std::as_bytes(
			std::span{*content}.subspan(static_cast<std::size_t>(position)));
		position += static_cast<Offset>(KTRY(to.write_some(rest)));
		return {};
	}

	Result<> write(const File & /*file*/, UserReader &from, Offset &position) const
	{
		auto content = content_.lock();
		if (position >= static_cast<Offset>(room))
			return std::unexpected(kernel::ENOSPC);
		const auto at = static_cast<std::size_t>(position);
		std::size_t end = at + (from.size() < room - at ? from.size() : room - at);
		if (end > content->size())
			KTRY(content->resize(end, '\0', GFP_KERNEL));
		const auto place =
			std::as_writable_bytes(std::span{*content}.subspan(at, end - at));
		position += static_cast<Offset>(KTRY(from.read_some(place)));
		return {};
	}

	[[nodiscard]] Offset size() const { return static_cast<Offset>(content_.lock()->size()); }

	Result<> truncate(Offset size) const
	{
		if (size > static_cast<Offset>(room))
			return std::unexpected(kernel::EFBIG);
		return content_.lock()->resize(static_cast<std::size_t>(size), '\0', GFP_KERNEL);
	}

private:
	mutable Mutex<kernel::Vec<char>> content_{LOCK_CLASS("content")};
};

/// A directory in which all can be done, but with what is called "forbidden"
class Folder : Counted
{
public:
	using Counted::Counted;

	Result<Arc<Node>> create(const Dentry &entry) const
	{
		KTRY(allowed(entry));
		return Arc<Node>::make(GFP_KERNEL, count());
	}
	Result<Arc<Folder>> mkdir(const Dentry &entry) const
	{
		KTRY(allowed(entry));
		return Arc<Folder>::make(GFP_KERNEL, count());
	}
	static Result<> symlink(const Dentry &entry, std::string_view target)
	{
		if (target == "forbidden")
			return std::unexpected(kernel::EDOM);
		return allowed(entry);
	}
	static Result<> link(const Dentry &entry) { return allowed(entry); }
	static Result<> unlink(const Dentry &entry) { return kept(entry); }
	static Result<> rmdir(const Dentry &entry) { return kept(entry); }
	static Result<> rename(const Dentry &from, const Dentry &to)
	{
		KTRY(kept(from));
		return allowed(to);
	}

private:
	static Result<> allowed(const Dentry &entry)
	{
		if (entry.name() == "forbidden")
			return std::unexpected(kernel::EDOM);
		return {};
	}
	static Result<> kept(const Dentry &entry)
	{
		if (entry.name() == "kept")
			return std::unexpected(kernel::EDOM);
		return {};
	}
};

/// A file in the page cache
struct Paged : Counted, kernel::PageCached {
	using Counted::Counted;
};

/// A directory of such, and of what SimpleDirectory allows
class PagedFolder : Counted, public kernel::SimpleDirectory
{
public:
	using Counted::Counted;

	Result<Arc<Paged>> create(const Dentry & /*entry*/) const
	{
		return Arc<Paged>::make(GFP_KERNEL, count());
	}
};

/// A text that is made when it is opened
struct Greeting : Counted {
	using Counted::Counted;

	static Result<kernel::String> text() { return kernel::String::from("hello\n", GFP_KERNEL); }
};

/// A stream that takes what is written to it, and has neither size nor beginning
struct Control : Counted {
	using Counted::Counted;

	static Result<> write(const File & /*file*/, UserReader &from, Offset & /*position*/)
	{
		std::array<char, 8> text{};
		const std::size_t size =
			KTRY(from.read_some(std::as_writable_bytes(std::span{text})));
		if (std::string_view{text.data(), size} == "wrong\n")
			return std::unexpected(kernel::EDOM);
		return {};
	}
};

/// A file whose open files are objects
class Numbers : Counted
{
public:
	class OpenFile
	{
	public:
		using Data = Numbers;

		static Result<OpenFile> open(const File &file, Arc<Numbers> numbers)
		{
			if (file.has(kernel::O_EXCL))
				return std::unexpected(kernel::EBUSY);
			return OpenFile{numbers->opened_.fetch_add(1) + 1, std::move(numbers)};
		}

		Result<> read(const File & /*file*/, UserWriter &to, Offset & /*position*/) const
		{
			return to.write(number_);
		}

	private:
		OpenFile(int number, Arc<Numbers> numbers)
		    : number_{number}, numbers_{std::move(numbers)}
		{
		}

		int number_;
		Arc<Numbers> numbers_;
	};

	using Counted::Counted;

private:
	kernel::Atomic<int> opened_{0};
};

/// A file system that can do all
class Tree
{
public:
	static constexpr const char *name = "kcxx_tree";
	static constexpr unsigned long magic = 0x74726565;

	struct Options {
		int refuse = 0;      ///< the errno of mount()
		int refuse_fill = 0; ///< of fill()
		std::uint64_t files = 7;

		Result<> parse(const MountOption &option)
		{
			if (option.name() == "strict")
				return option.is_flag() ? Result<>{}
							: std::unexpected(kernel::EINVAL);
			if (option.name() == "text")
				return KTRY(option.text()) == "right"
					       ? Result<>{}
					       : std::unexpected(kernel::EDOM);
			if (option.name() == "refuse")
				refuse = static_cast<int>(KTRY(option.number()));
			else if (option.name() == "refuse_fill")
				refuse_fill = static_cast<int>(KTRY(option.number()));
			else if (option.name() == "files")
				files = KTRY(option.number());
			else
				return std::unexpected(kernel::ENOPARAM);
			return {};
		}
	};

	static Result<Tree> mount(const Options &options)
	{
		if (options.refuse != 0)
			return std::unexpected(kernel::Error{options.refuse});
		return Result<Tree>{std::in_place, KTRY(Arc<Count>::make(GFP_KERNEL, 0)), options};
	}

	Tree(Arc<Count> count, const Options &options)
	    : count_{std::move(count)}, refuse_fill_{options.refuse_fill}, files_{options.files}
	{
	}
	Tree(const Tree &) = delete;
	Tree &operator=(const Tree &) = delete;
	~Tree() { pr_info("tree: gone, %d objects left\n", count_->read()); }

	[[nodiscard]] Result<Arc<Folder>> root() const
	{
		return Arc<Folder>::make(GFP_KERNEL, count_.clone());
	}

	Result<> fill(Directory &root) const
	{
		KTRY(root.mkdir("paged", 0755, KTRY(Arc<PagedFolder>::make(GFP_KERNEL, count()))));
		auto fixed = KTRY(root.mkdir("fixed", 0755));
		KTRY(fixed.create<kernel::TextFile<Greeting>>(
			"greeting", 0444, KTRY(Arc<Greeting>::make(GFP_KERNEL, count()))));
		KTRY(fixed.create("control", 0200, KTRY(Arc<Control>::make(GFP_KERNEL, count()))));
		KTRY(fixed.create("numbers", 0444, KTRY(Arc<Numbers>::make(GFP_KERNEL, count()))));
		auto sub = KTRY(fixed.mkdir("sub", 0700));
		KTRY(sub.create("node", 0600, KTRY(Arc<Node>::make(GFP_KERNEL, count()))));
		KTRY(names(fixed));
		if (refuse_fill_ != 0)
			return std::unexpected(kernel::Error{refuse_fill_});
		return {};
	}

	[[nodiscard]] kernel::StatFs statfs() const
	{
		return {.blocks = 3,
			.free_blocks = 2,
			.files = files_.read(),
			.free_files = static_cast<std::uint64_t>(count_->read())};
	}

	Result<> reconfigure(const Options &options) const
	{
		if (options.refuse != 0)
			return std::unexpected(kernel::Error{options.refuse});
		files_.set(options.files);
		return {};
	}

private:
	[[nodiscard]] Arc<Count> count() const { return count_.clone(); }

	/// Names that cannot be are refused: EIO if one is not
	Result<> names(Directory &directory) const
	{
		struct Wrong {
			std::string_view name;
			kernel::Error error;
		};
		std::array<char, 256> longest{};
		longest.fill('x');
		const std::array<Wrong, 7> wrong{{
			{"", kernel::EINVAL},
			{".", kernel::EINVAL},
			{"..", kernel::EINVAL},
			{"a/b", kernel::EINVAL},
			{std::string_view{"a\0b", 3}, kernel::EINVAL},
			{"greeting", kernel::EEXIST},
			{{longest.data(), longest.size()}, kernel::ENAMETOOLONG},
		}};
		for (const auto &[name, error] : wrong) {
			const Result<> made = directory.create(
				name, 0600, KTRY(Arc<Node>::make(GFP_KERNEL, count())));
			if (made)
				return std::unexpected(kernel::EIO);
			if (made.error() != error) // where memory is short, it may be that
				return made;
		}
		return {};
	}

	Arc<Count> count_;
	int refuse_fill_;
	mutable kernel::Atomic<std::uint64_t> files_;
};

/// A file system that can do nothing
struct Bare {
	static constexpr const char *name = "kcxx_bare";
	static constexpr unsigned long magic = 0x62617265;

	static Result<Bare> mount() { return Bare{}; }
};

struct Module {
	static Result<Module> init(kernel::ThisModule & /*self*/)
	{
		auto tree = KTRY(FileSystem<Tree>::make());
		const auto again = FileSystem<Tree>::make();
		pr_info("the same type again: %s\n",
			!again && again.error() == kernel::EBUSY ? "EBUSY" : "not so");
		auto bare = KTRY(FileSystem<Bare>::make());
		return Module{std::move(tree), std::move(bare)};
	}

	FileSystem<Tree> tree;
	FileSystem<Bare> bare;
};

} // namespace

KERNEL_MODULE(Module);
