// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Devices whose files can do all, or nothing, for user.c: what the kernel makes of it.

#include <array>
#include <cstdint>
#include <span>
#include <utility>

#include <kernel/atomic.hpp>
#include <kernel/cdev.hpp>
#include <kernel/miscdevice.hpp>
#include <kernel/mutex.hpp>
#include <kernel/page.hpp>
#include <kernel/prelude.hpp>
#include <kernel/wait.hpp>

MODULE_LICENSE("GPL");

using kernel::Arc;
using kernel::File;
using kernel::GFP_KERNEL;
using kernel::Offset;
using kernel::PollTable;
using kernel::Result;
using kernel::UserReader;
using kernel::UserWriter;

namespace
{

constexpr std::size_t room = 16;

/// The data of all open files of the store
struct Shared {
	struct Content {
		std::array<char, room> bytes{};
		std::size_t size = 0;
	};

	explicit Shared(kernel::Page &&zeroed) : page{std::move(zeroed)} {}
	Shared(const Shared &) = delete;
	Shared &operator=(const Shared &) = delete;
	~Shared() { pr_info("shared: gone\n"); }

	kernel::Mutex<Content> content{LOCK_CLASS("content")};
	kernel::WaitQueue filled{LOCK_CLASS("filled")};
	kernel::Atomic<int> opened{0};
	kernel::Page page;
};

struct Range {
	std::uint32_t from;
	std::uint32_t size;
};

constexpr kernel::Io CLEAR{'s', 0};
constexpr kernel::Ior<std::uint64_t> GET_SIZE{'s', 1};
constexpr kernel::Iow<Range> KEEP{'s', 2};
constexpr kernel::Iowr<Range> SWAP{'s', 3};
constexpr kernel::Ior<std::uint32_t> GET_FILE{'s', 4};
constexpr kernel::Io FAIL{'s', 5};

/// A file that can do all
class Store
{
public:
	using Data = Shared;

	static Result<Store> open(const File &file, Arc<Shared> shared)
	{
		if (file.has(kernel::O_EXCL))
			return std::unexpected(kernel::EBUSY);
		const int number = shared->opened.fetch_add(1) + 1;
		return Result<Store>{std::in_place, std::move(shared), number};
	}

	Store(Arc<Shared> shared, int number) : shared_{std::move(shared)}, number_{number} {}
	Store(const Store &) = delete; // nor does it move
	Store &operator=(const Store &) = delete;
	~Store() { pr_info("file %d: gone\n", number_); }

	Result<> read(const File &file, UserWriter &to, Offset &position) const
	{
		auto content = shared_->content.lock();
		if (content->size == 0 && position == 0) {
			if (file.has(kernel::O_NONBLOCK))
				return std::unexpected(kernel::EAGAIN);
			KTRY(shared_->filled.wait_interruptible(
				content, [](const Shared::Content &c) { return c.size != 0; }));
		}
		if (position >= static_cast<Offset>(content->size))
			return {};
		const auto rest =
			std::as_bytes(std::span{content->bytes})
				.subspan(static_cast<std::size_t>(position),
					 content->size - static_cast<std::size_t>(position));
		position += static_cast<Offset>(KTRY(to.write_some(rest)));
		return {};
	}

	Result<> write(const File & /*file*/, UserReader &from, Offset &position) const
	{
		auto content = shared_->content.lock();
		if (position >= static_cast<Offset>(room))
			return std::unexpected(kernel::ENOSPC);
		const auto at = static_cast<std::size_t>(position);
		const auto place = std::as_writable_bytes(std::span{content->bytes}).subspan(at);
		const std::size_t size = KTRY(from.read_some(place));
		position += static_cast<Offset>(size);
		if (at + size > content->size)
			content->size = at + size;
		shared_->filled.wake_all();
		return {};
	}

	Result<Offset> llseek(const File &file, Offset offset, kernel::Whence whence) const
	{
		return file.seek_within(room, offset, whence);
	}

	Result<> ioctl(const File & /*file*/, kernel::IoctlCall &call) const
	{
		return call.on(CLEAR, [this] { return keep({0, 0}); })
			.on(GET_SIZE, [this]() -> Result<std::uint64_t> { return size(); })
			.on(KEEP, [this](const Range &range) { return keep(range); })
			.on(SWAP,
			    [](const Range &range) -> Result<Range> {
				    return Range{range.size, range.from};
			    })
			.on(GET_FILE,
			    [this]() -> Result<std::uint32_t> {
				    return static_cast<std::uint32_t>(number_);
			    })
			.on(FAIL,
			    [](unsigned long number) -> Result<> {
				    return std::unexpected(kernel::Error{static_cast<int>(number)});
			    })
			.result();
	}

	kernel::PollEvents poll(const File & /*file*/, PollTable &table) const
	{
		table.wait(shared_->filled);
		auto events = kernel::EPOLLOUT | kernel::EPOLLWRNORM;
		if (size() != 0)
			events |= kernel::EPOLLIN | kernel::EPOLLRDNORM;
		return events;
	}

	Result<> mmap(const File &file, kernel::VmArea &area) const
	{
		if (file.has(kernel::O_APPEND)) // what has nothing to do with mappings
			KTRY(area.deny_writing());
		return area.map(shared_->page);
	}

private:
	[[nodiscard]] std::uint64_t size() const { return shared_->content.lock()->size; }

	Result<> keep(const Range &range) const
	{
		auto content = shared_->content.lock();
		if (range.from != 0 || range.size > content->size)
			return std::unexpected(kernel::EINVAL);
		content->size = range.size;
		return {};
	}

	Arc<Shared> shared_;
	int number_;
};

/// A file that can do nothing
struct Nothing {
	static Result<Nothing> open(const File & /*file*/) { return Nothing{}; }
};

struct Name {
	explicit Name(const char *given) : text{given} {}
	~Name() { pr_info("%s: gone\n", text); }
	Name(const Name &) = delete;
	Name &operator=(const Name &) = delete;

	const char *text;
};

/// A channel, which reads as the name of its device
struct Channel {
	using Data = Name;

	static Result<Channel> open(const File &file, Arc<Name> name)
	{
		if (file.minor() == 2)
			return std::unexpected(kernel::ENXIO);
		return Channel{std::move(name)};
	}

	Result<> read(const File &file, UserWriter &to, Offset &position) const
	{
		if (std::exchange(position, 1) == 1)
			return {};
		KTRY(to.write(std::string_view{name->text}));
		return to.write(static_cast<char>('0' + file.minor()));
	}

	// All that is written goes away, however much it is.
	Result<> write(const File & /*file*/, UserReader &from, Offset & /*position*/) const
	{
		return from.skip(from.size());
	}

	Arc<Name> name;
};

struct Module {
	static Result<Module> init(kernel::ThisModule & /*self*/)
	{
		using kernel::CharDevice;
		using kernel::MiscDevice;
		auto shared = KTRY(Arc<Shared>::make(
			GFP_KERNEL, KTRY(kernel::Page::make(GFP_KERNEL))));
		auto store = KTRY(MiscDevice<Store>::make("kcxx_store", 0600, std::move(shared)));
		auto nothing = KTRY(MiscDevice<Nothing>::make("kcxx_nothing", 0640));
		auto channels = KTRY(CharDevice<Channel>::make(
			"kcxx_channels", 3, KTRY(Arc<Name>::make(GFP_KERNEL, "channel"))));
		return Module{std::move(store), std::move(nothing), std::move(channels)};
	}

	kernel::MiscDevice<Store> store;
	kernel::MiscDevice<Nothing> nothing;
	kernel::CharDevice<Channel> channels;
};

} // namespace

KERNEL_MODULE(Module);
