// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// The two styles of formats: %d, as C has it, and {}, as std::format() has it. C API: none.
///
/// The base of pr_info() and of all else that takes both styles.

#pragma once

namespace kernel::detail
{

/// The style of a format
enum class FormatStyle : unsigned char {
	printf,
	braces,
	both,
};

/// True if what stands behind a { makes it a replacement field: {}, {0}, {:x}
constexpr bool is_replacement_field(const char *behind)
{
	while (*behind >= '0' && *behind <= '9')
		++behind;
	return *behind == '}' || *behind == ':';
}

/// The style of `format`
constexpr FormatStyle format_style(const char *format)
{
	bool fields = false;
	bool conversions = false;
	for (; *format != '\0'; ++format) {
		if ((*format == '%' || *format == '{') && format[1] == *format)
			++format;
		else if (*format == '%')
			conversions = true;
		else if (*format == '{' && is_replacement_field(format + 1))
			fields = true;
	}
	if (!fields)
		return FormatStyle::printf;
	return conversions ? FormatStyle::both : FormatStyle::braces;
}

/// A format with braces, by its type: `Literal` is a lambda that returns the text, for a text by
/// itself is no parameter of a template
template <typename Literal>
struct Braces {
};

template <typename Literal>
consteval Braces<Literal> braces(const Literal & /*literal*/)
{
	return {};
}

/// A format for functions that C declares. The compiler checks the arguments behind it as if
/// they were behind the text.
template <FormatStyle Style>
struct FormatOf {
	template <typename Literal>
	[[gnu::always_inline, gnu::format_arg(1)]] static constexpr const char *
	of(const char *format, const Literal & /*literal*/)
	{
		static_assert(Style == FormatStyle::printf,
			      "kcxx-E1348: a format has {} or %d, not both: write %% for a percent "
			      "sign, and "
			      "%s with \"{}\" for braces");
		return format;
	}
};

template <>
struct FormatOf<FormatStyle::braces> {
	template <typename Literal>
	static consteval Braces<Literal> of(const char * /*format*/, const Literal & /*literal*/)
	{
		return {};
	}
};

} // namespace kernel::detail

/// A format in its style. No lambda has the arguments: KTRY() in one returns from the function
/// that logs.
#define KCXX_FORMAT(format)                                                                        \
	::kernel::detail::FormatOf<                                                                \
		(__builtin_constant_p(*(format)) && __builtin_strchr(format, '{') != nullptr)      \
			? ::kernel::detail::format_style(format)                                   \
			: ::kernel::detail::FormatStyle::printf>::of(format,                       \
								     [&] { return format; })

/// A format in its style, and its arguments
#define KCXX_FORMATTED(format, ...) KCXX_FORMAT(format) __VA_OPT__(, ) __VA_ARGS__

/// A format with braces for functions of the library: String::format(), format_to() and their
/// like. By this macro, because a text that is only an argument is no constant to the function.
///
///     String name = KTRY(String::format(GFP_KERNEL, KFORMAT("pump{}"), number));
#define KFORMAT(format) (::kernel::detail::braces([] { return format; }))
