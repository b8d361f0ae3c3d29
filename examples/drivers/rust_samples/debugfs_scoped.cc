// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

#include <kernel/fs.hpp>
#include <kernel/kstrtox.hpp>
#include <kernel/memory.hpp>
#include <kernel/module.hpp>
#include <kernel/prelude.hpp>
#include <kernel/sync.hpp>

using namespace kernel;

KCXX_SAFE

MODULE_AUTHOR("kcxx contributors");
MODULE_DESCRIPTION("Folders in debugfs that users create and remove");
MODULE_LICENSE("Dual MIT/GPL");

namespace
{

/// A number in a file
struct Number {
	explicit Number(u64 first) : value{first} {}

	[[nodiscard]] u64 get() const { return value.read(); }
	Result<> set(u64 number) const
	{
		value.set(number);
		return {};
	}

	mutable Atomic<u64> value;
};

/// The bytes of a file
struct Blob {
	using Bytes = std::array<std::byte, 4096>;

	mutable Mutex<Bytes> bytes{LOCK_CLASS("blob")};
};

/// An open file of bytes
class BlobFile
{
public:
	using Data = Blob;

	static Result<BlobFile> open(const File & /*file*/, Arc<Blob> blob)
	{
		return BlobFile{std::move(blob)};
	}
	explicit BlobFile(Arc<Blob> blob) : blob_{std::move(blob)} {}

	Result<> read(const File & /*file*/, UserWriter &to, Offset &position) const
	{
		const auto bytes = blob_->bytes.lock();
		const auto at = static_cast<std::size_t>(position);
		if (at < bytes->size())
			position += static_cast<Offset>(
				KTRY(to.write_some(std::span{*bytes}.subspan(at))));
		return {};
	}
	Result<> write(const File & /*file*/, UserReader &from, Offset &position) const
	{
		auto bytes = blob_->bytes.lock();
		const auto at = static_cast<std::size_t>(position);
		if (at >= bytes->size())
			return ENOSPC;
		position +=
			static_cast<Offset>(KTRY(from.read_some(std::span{*bytes}.subspan(at))));
		return {};
	}

private:
	Arc<Blob> blob_;
};

using NumberFile = DebugfsFile<ValueFile<&Number::get, &Number::set>>;

/// A folder that a user created, with a file for each number
struct Entry {
	String name;
	DebugfsFolder folder;
	Vec<NumberFile> numbers;
	DebugfsFile<BlobFile> blob;
};

/// All of them
struct Entries {
	explicit Entries(DebugfsFolder dynamic) : folder{std::move(dynamic)} {}

	Result<> create(std::string_view text) const;
	Result<> remove(std::string_view name) const;
	[[nodiscard]] const char *none() const { return ""; }

	DebugfsFolder folder;
	mutable Mutex<Vec<Entry>> entries{LOCK_CLASS("entries")};
};

/// The next word of a text, which begins behind it then
std::string_view next_word(std::string_view &text)
{
	const auto begin = text.find_first_not_of(' ');
	text.remove_prefix(begin == text.npos ? text.size() : begin);
	const auto word = text.substr(0, text.find(' '));
	text.remove_prefix(word.size());
	return word;
}

Result<> Entries::create(std::string_view text) const
{
	auto name = KTRY(String::from(next_word(text), GFP_KERNEL));
	if (name.empty())
		return EINVAL;
	auto made = KTRY(DebugfsFolder::make(folder, name.c_str()));
	Vec<NumberFile> numbers;
	for (auto word = next_word(text); !word.empty(); word = next_word(text)) {
		auto number = KTRY(Arc<Number>::make(GFP_KERNEL, KTRY(parse_number<u64>(word))));
		auto file_name = KTRY(String::format(GFP_KERNEL, "%zu", numbers.size()));
		auto file =
			KTRY(NumberFile::make(made, file_name.c_str(), 0644, std::move(number)));
		KTRY(numbers.push(std::move(file), GFP_KERNEL));
	}
	auto bytes = KTRY(Arc<Blob>::make(GFP_KERNEL));
	bytes->bytes.lock()->fill(std::byte{0x42});
	auto blob = KTRY(DebugfsFile<BlobFile>::make(made, "blob", 0644, std::move(bytes)));
	return entries.lock()->push(
		Entry{std::move(name), std::move(made), std::move(numbers), std::move(blob)},
		GFP_KERNEL);
}

Result<> Entries::remove(std::string_view name) const
{
	entries.lock()->retain([name](const Entry &entry) { return entry.name != name; });
	return {};
}

/// Everything, each before what it is in
struct Scoped {
	using Create = DebugfsFile<ValueFile<&Entries::none, &Entries::create>>;
	using Remove = DebugfsFile<ValueFile<&Entries::none, &Entries::remove>>;

	static Result<Scoped> init(ThisModule & /*module*/)
	{
		auto base = KTRY(DebugfsFolder::make("cxx_scoped_debugfs"));
		auto dynamic = KTRY(DebugfsFolder::make(base, "dynamic"));
		auto entries = KTRY(Arc<Entries>::make(GFP_KERNEL, std::move(dynamic)));
		auto control = KTRY(DebugfsFolder::make(base, "control"));
		auto create = KTRY(Create::make(control, "create", 0200, entries.clone()));
		auto remove = KTRY(Remove::make(control, "remove", 0200, entries.clone()));
		return Scoped{std::move(base), std::move(entries), std::move(control),
			      std::move(create), std::move(remove)};
	}

	DebugfsFolder base;
	Arc<Entries> entries;
	DebugfsFolder control;
	Create create;
	Remove remove;
};

} // namespace

KERNEL_MODULE(Scoped);
