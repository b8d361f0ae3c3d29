// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Files that show text. C API: none; C uses single_open() of <linux/seq_file.h>.

#pragma once

#include <cstddef>
#include <string_view>
#include <utility>

#include <kernel/error.hpp>
#include <kernel/fs/file_operations.hpp>
#include <kernel/string.hpp>
#include <kernel/sync/arc.hpp>

namespace kernel
{

namespace detail
{

/// The text that an open file shows: all readers of the file see this one
class OpenedText
{
public:
	explicit OpenedText(String text) noexcept : text_{std::move(text)} {}

	/// Reads from the text. Errors: EFAULT. Context: may sleep.
	Result<> read(const File & /*file*/, UserWriter &to, Offset &position) const
	{
		if (position >= static_cast<Offset>(text_.size()))
			return {};
		const auto rest = text_.view().substr(static_cast<std::size_t>(position));
		position += static_cast<Offset>(KTRY(to.write_some(rest)));
		return {};
	}

	/// Moves within the text. Errors: EINVAL. Context: any.
	Result<Offset> llseek(const File &file, Offset offset, Whence whence) const
	{
		return file.seek_within(static_cast<Offset>(text_.size()), offset, whence);
	}

private:
	String text_;
};

} // namespace detail

/// A class of files for <kernel/fs/file_operations.hpp>. A T makes the text when the file is
/// opened: each reader sees one state of it, in whatever parts it reads.
///
///     struct Statistics {
///             Result<String> text() const; // may sleep
///     };
///     auto file = KTRY(ProcFile<TextFile<Statistics>>::make("pump", 0444, statistics.clone()));
template <typename T>
class TextFile : public detail::OpenedText
{
public:
	/// The data of the device
	using Data = T;

	/// Makes the text, unless the file is only written. Errors: those of text(). Context: may
	/// sleep.
	static Result<TextFile> open(const File &file, Arc<T> data)
	{
		if (file.access_mode() == O_WRONLY)
			return TextFile{String{}};
		return TextFile{KTRY(std::as_const(*data).text())};
	}

private:
	using detail::OpenedText::OpenedText;
};

} // namespace kernel
