// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <span>
#include <string_view>
#include <utility>

#include <kernel/fs.hpp>
#include <kernel/prelude.hpp>
#include <kernel/sync.hpp>

using kernel::Arc;
using kernel::File;
using kernel::GFP_KERNEL;
using kernel::MiscDevice;
using kernel::Mutex;
using kernel::Offset;
using kernel::Result;
using kernel::ThisModule;
using kernel::UserReader;
using kernel::UserWriter;
using kernel::Vec;

KCXX_SAFE

MODULE_AUTHOR("kcxx contributors");
MODULE_DESCRIPTION("Misc devices in C++: one to read, one to write");
MODULE_LICENSE("Dual MIT/GPL");

namespace
{

/// /dev/cycle: 123456789 and again, without an end
class Cycle
{
public:
	static Result<Cycle> open(const File & /*file*/) { return Cycle{}; }

	static Result<> read(const File & /*file*/, UserWriter &to, Offset &position)
	{
		constexpr std::string_view digits = "123456789";
		// A short read is no error, and one call should not write gigabytes.
		while (!to.empty() && to.passed() < 4096) {
			const auto rest = digits.substr(static_cast<std::size_t>(position) % 9);
			position += static_cast<Offset>(KTRY(to.write_some(rest)));
		}
		return {};
	}
};

/// The content of /dev/note, which all its open files share
struct Text {
	static constexpr std::size_t most = 32;

	Text() = default;
	Text(const Text &) = delete;
	Text &operator=(const Text &) = delete;
	~Text() { pr_info("the note had %zu bytes\n", bytes.lock()->size()); }

	Mutex<Vec<char>> bytes{LOCK_CLASS("note")};
};

/// /dev/note: keeps what is written to it, up to 32 bytes
class Note
{
public:
	using Data = Text;

	static Result<Note> open(const File &file, Arc<Text> text)
	{
		if (file.has(kernel::O_TRUNC))
			text->bytes.lock()->clear();
		return Note{std::move(text)};
	}

	Result<> read(const File & /*file*/, UserWriter &to, Offset &position) const
	{
		auto bytes = text_->bytes.lock();
		if (position >= static_cast<Offset>(bytes->size()))
			return {};
		const std::string_view all{bytes->data(), bytes->size()};
		const auto rest = all.substr(static_cast<std::size_t>(position));
		position += static_cast<Offset>(KTRY(to.write_some(rest)));
		return {};
	}

	Result<> write(const File & /*file*/, UserReader &from, Offset & /*position*/) const
	{
		auto bytes = text_->bytes.lock();
		const std::size_t left = Text::most - bytes->size();
		if (left == 0)
			return kernel::ENOSPC;
		const std::size_t size = from.size() < left ? from.size() : left;
		return from.read_into(*bytes, size, GFP_KERNEL);
	}

private:
	explicit Note(Arc<Text> text) : text_{std::move(text)} {}

	Arc<Text> text_;
};

class MiscDevices
{
public:
	static Result<MiscDevices> init(ThisModule & /*self*/)
	{
		auto cycle = KTRY(MiscDevice<Cycle>::make("cycle", 0444));
		auto note = KTRY(
			MiscDevice<Note>::make("note", 0666, KTRY(Arc<Text>::make(GFP_KERNEL))));
		return {std::in_place, std::move(cycle), std::move(note)};
	}

	MiscDevices(MiscDevice<Cycle> cycle, MiscDevice<Note> note)
	    : cycle_{std::move(cycle)}, note_{std::move(note)}
	{
	}

private:
	MiscDevice<Cycle> cycle_;
	MiscDevice<Note> note_;
};

} // namespace

KERNEL_MODULE(MiscDevices);
