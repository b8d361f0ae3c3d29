// SPDX-License-Identifier: GPL-2.0-only OR MIT
// /dev/nocost_cxx: 64 bytes, a number and a queue, of each open file its own

#include <array>
#include <span>
#include <string_view>
#include <utility>

#include <kernel/fs.hpp>
#include <kernel/prelude.hpp>
#include <kernel/sync.hpp>

#include "subjects.h"

using namespace kernel;

namespace
{

constexpr Iow<unsigned long> SET_NUMBER{'n', 1};
constexpr Ior<unsigned long> GET_NUMBER{'n', 2};

struct Text {
	static Result<Text> open(const File & /*file*/) { return Result<Text>{std::in_place}; }

	Text() { bytes.fill('x'); }
	Text(const Text &) = delete;
	Text &operator=(const Text &) = delete;
	~Text() = default;

	Result<> read(const File & /*file*/, UserWriter &to, Offset &position) const
	{
		const auto begin = static_cast<std::size_t>(position);
		if (begin >= bytes.size())
			return {};
		const auto rest = std::string_view{bytes.data(), bytes.size()}.substr(begin);
		position += static_cast<Offset>(KTRY(to.write_some(rest)));
		return {};
	}

	Result<> write(const File & /*file*/, UserReader &from, Offset &position) const
	{
		const auto begin = static_cast<std::size_t>(position);
		if (begin >= bytes.size())
			return ENOSPC;
		const auto rest = std::as_writable_bytes(std::span{bytes}).subspan(begin);
		position += static_cast<Offset>(KTRY(from.read_some(rest)));
		return {};
	}

	Result<> ioctl(const File & /*file*/, IoctlCall &call) const
	{
		return call
			.on(SET_NUMBER,
			    [this](const unsigned long &wanted) -> Result<> {
				    number = wanted;
				    return {};
			    })
			.on(GET_NUMBER, [this]() -> Result<unsigned long> { return number; })
			.result();
	}

	PollEvents poll(const File & /*file*/, PollTable &table) const
	{
		table.wait(changed);
		return EPOLLIN | EPOLLRDNORM;
	}

	// One task uses the file, in C as well.
	mutable std::array<char, 64> bytes{};
	mutable unsigned long number{};
	mutable WaitQueue changed{LOCK_CLASS("nocost changed")};
};

MiscDevice<Text> *registered;

Result<> make()
{
	auto made = KTRY(MiscDevice<Text>::make("nocost_cxx", 0666));
	registered =
		KTRY(Box<MiscDevice<Text>>::make(GFP_KERNEL, std::move(made))).release().to_raw();
	return {};
}

} // namespace

int cxx_device_make()
{
	return to_c(make());
}

void cxx_device_destroy()
{
	auto last =
		Box<MiscDevice<Text>>::adopt(Released<Box<MiscDevice<Text>>>::from_raw(registered));
}
