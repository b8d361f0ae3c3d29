// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Text on the kernel's heap. C API: <linux/slab.h>, vsnprintf() of <linux/sprintf.h>.

#pragma once

#include <compare>
#include <cstdarg>
#include <cstddef>
#include <string_view>
#include <utility>

#include <generated/bindings/string.hpp>
#include <kernel/bug.hpp>
#include <kernel/error.hpp>
#include <kernel/format/translation.hpp>
#include <kernel/memory/slab.hpp>
#include <kernel/types/lifetime.hpp>

namespace kernel
{

/// Owns text that ends in a NUL, as C requires, and grows. Functions that may allocate take GFP
/// flags and return a Result; on failure the text is unchanged. Moves, does not copy; a
/// moved-from String is empty.
///
///     String name = KTRY(String::format(GFP_KERNEL, "pump%d", number));
///     String same = KTRY(String::format(GFP_KERNEL, KFORMAT("pump{}"), number));
///     KTRY(name.append("-slow", GFP_KERNEL));
///     pr_info("%s\n", name.c_str());
class [[nodiscard]] String
{
public:
	/// Makes an empty one; allocates nothing
	constexpr String() noexcept = default;

	/// A copy of `text`. Errors and context as append().
	[[nodiscard]] static Result<String> from(std::string_view text, Gfp flags)
	{
		String string;
		KTRY(string.append(text, flags));
		return string;
	}

	// NOLINTBEGIN(cert-dcl50-cpp): the compiler checks formats of such functions alone

	/// The text that printk() would log; the compiler checks `format`. Errors and context
	/// as append().
	[[nodiscard, gnu::format(printf, 2, 3)]] static Result<String>
	format(Gfp flags, const char *format, ...)
	{
		String string;
		std::va_list arguments;
		va_start(arguments, format);
		const Result<> done = string.append_formatted(flags, format, arguments);
		va_end(arguments);
		if (!done) [[unlikely]]
			return done.error();
		return string;
	}

	// NOLINTEND(cert-dcl50-cpp)

	/// The text of a format with braces, as <kernel/format.hpp> describes it. Errors and
	/// context as append().
	template <typename Literal, typename... T>
	[[nodiscard, gnu::always_inline]] static Result<String>
	format(Gfp flags, detail::Braces<Literal> format, const T &...arguments)
	{
		return detail::call_formatted(
			format,
			KCXX_FORMATTED_CALL(text, values, String::format(flags, text, values...)),
			arguments...);
	}

	String(const String &) = delete;
	String &operator=(const String &) = delete;

	/// Takes over the text of `other`, which is empty then.
	String(String &&other) noexcept
	    : text_{std::exchange(other.text_, nullptr)}, size_{std::exchange(other.size_, 0)},
	      capacity_{std::exchange(other.capacity_, 0)}
	{
	}

	/// Gives up its own text, and takes over that of `other`.
	String &operator=(String &&other) noexcept
	{
		String incoming{std::move(other)};
		std::swap(text_, incoming.text_);
		std::swap(size_, incoming.size_);
		std::swap(capacity_, incoming.capacity_);
		return *this;
	}

	~String()
	{
		// SAFETY: text_ is null or krealloc()'s, and given back once.
		bindings::kfree(text_);
	}

	/// Makes room for `size` characters in all, and the NUL.
	///
	/// Errors: ENOMEM; EOVERFLOW if the size does not fit.
	/// Context: as `flags` allow; GFP_KERNEL may sleep.
	Result<> reserve(std::size_t size, Gfp flags)
	{
		if (size < capacity_)
			return {};
		std::size_t bytes = 0;
		if (__builtin_add_overflow(size, 1, &bytes)) [[unlikely]]
			return EOVERFLOW;
		// SAFETY: text_ is null or krealloc()'s; on failure it stays ours.
		void *memory = bindings::kcxx_krealloc(text_, bytes, flags.bits());
		if (memory == nullptr) [[unlikely]]
			return ENOMEM;
		text_ = static_cast<char *>(memory);
		text_[size_] = '\0';
		capacity_ = bytes;
		return {};
	}

	/// Appends `text`, which may be a part of this String. Errors and context as
	/// reserve().
	Result<> append(std::string_view text, Gfp flags)
	{
		const char *from = text.data();
		const bool own = from >= text_ && from < text_ + size_;
		const std::size_t at = own ? static_cast<std::size_t>(from - text_) : 0;
		KTRY(grow(text.size(), flags));
		if (!text.empty())
			__builtin_memmove(text_ + size_, own ? text_ + at : from, text.size());
		size_ += text.size();
		if (text_ != nullptr)
			text_[size_] = '\0';
		return {};
	}

	/// Appends one character. Errors and context as reserve().
	Result<> push(char character, Gfp flags)
	{
		// One constructor has these types, so a compiler tries no other.
		const char *text = &character;
		return append(std::string_view{text, std::size_t{1}}, flags);
	}

	/// Appends the text that printk() would log. Errors and context as reserve(). The
	/// arguments must not be this String's own text.
	// NOLINTNEXTLINE(cert-dcl50-cpp)
	[[gnu::format(printf, 3, 4)]] Result<> append_format(Gfp flags, const char *format, ...)
	{
		std::va_list arguments;
		va_start(arguments, format);
		Result<> done = append_formatted(flags, format, arguments);
		va_end(arguments);
		return done;
	}

	/// Appends the text of a format with braces. Errors and context as append_format() with
	/// C's format.
	template <typename Literal, typename... T>
	[[gnu::always_inline]] Result<> append_format(Gfp flags, detail::Braces<Literal> format,
						      const T &...arguments)
	{
		return detail::call_formatted(
			format,
			KCXX_FORMATTED_CALL(text, values,
					    this->append_format(flags, text, values...)),
			arguments...);
	}

	/// A copy. Errors and context as append().
	[[nodiscard]] Result<String> try_clone(Gfp flags) const { return from(view(), flags); }

	/// Cuts what is beyond `size` characters; keeps the memory.
	void truncate(std::size_t size) noexcept
	{
		if (size >= size_)
			return;
		size_ = size;
		text_[size_] = '\0';
	}

	/// Makes the text empty; the memory stays.
	void clear() noexcept { truncate(0); }

	/// The character at `index`; BUG()s if there is none.
	[[nodiscard]] char operator[](std::size_t index) const
	{
		if (index >= size_) [[unlikely]]
			bug("String: index out of bounds");
		return text_[index];
	}

	/// The text, with a NUL at the end; never null. Valid until the String changes.
	[[nodiscard]] const char *c_str() const noexcept KCXX_LIFETIMEBOUND
	{
		return text_ != nullptr ? text_ : "";
	}

	/// The text as a std::string_view. Valid until the String changes.
	[[nodiscard]] std::string_view view() const noexcept KCXX_LIFETIMEBOUND
	{
		return {c_str(), size_};
	}
	/// The text, valid until the String changes.
	operator std::string_view() const noexcept KCXX_LIFETIMEBOUND { return view(); }

	/// Bytes of text, without the NUL at its end.
	[[nodiscard]] std::size_t size() const noexcept { return size_; }
	/// True if the text is empty.
	[[nodiscard]] bool empty() const noexcept { return size_ == 0; }

	/// True for the same text.
	friend bool operator==(const String &a, std::string_view b) noexcept
	{
		return a.view() == b;
	}
	/// True for the same text.
	friend bool operator==(const String &a, const String &b) noexcept
	{
		return a.view() == b.view();
	}
	/// The order of the texts, byte by byte.
	friend std::strong_ordering operator<=>(const String &a, std::string_view b) noexcept
	{
		return a.view() <=> b;
	}
	/// The order of the texts, byte by byte.
	friend std::strong_ordering operator<=>(const String &a, const String &b) noexcept
	{
		return a.view() <=> b.view();
	}

private:
	/// Makes room for `more` characters; at least for twice as many if it must grow.
	Result<> grow(std::size_t more, Gfp flags)
	{
		std::size_t size = 0;
		if (__builtin_add_overflow(size_, more, &size)) [[unlikely]]
			return EOVERFLOW;
		if (size < capacity_ || size == 0)
			return {};
		return reserve(size_ != 0 && size < 2 * size_ ? 2 * size_ : size, flags);
	}

	[[gnu::format(printf, 3, 0)]] Result<> append_formatted(Gfp flags, const char *format,
								std::va_list arguments)
	{
		std::va_list again;
		va_copy(again, arguments);
		// SAFETY: without room nothing is written, only the length returned.
		const int length = bindings::kcxx_vsnprintf(nullptr, 0, format, again);
		va_end(again);
		if (length <= 0)
			return {};
		const auto more = static_cast<std::size_t>(length);
		KTRY(grow(more, flags));
		// SAFETY: there is room for so many characters and the NUL; if an argument
		// changed meanwhile, text that does not fit is cut.
		const int written =
			bindings::kcxx_vsnprintf(text_ + size_, more + 1, format, arguments);
		size_ += written < length ? static_cast<std::size_t>(written) : more;
		return {};
	}

	char *text_ = nullptr;
	std::size_t size_ = 0;     ///< characters, without the NUL
	std::size_t capacity_ = 0; ///< bytes of memory
};

} // namespace kernel
