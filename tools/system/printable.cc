// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "system/printable.hpp"

#include <nlohmann/json.hpp>

namespace kcxx
{

namespace
{

using Json = nlohmann::json;

// The end of a control sequence that begins at @at: ESC [ … letter
size_t after_escape(std::string_view text, size_t at)
{
	if (at + 1 >= text.size() || text[at + 1] != '[')
		return at + 1;
	size_t end = at + 2;
	while (end < text.size() && (text[end] < '@' || text[end] > '~'))
		++end;
	return end + 1;
}

} // namespace

std::string printable(std::string_view text)
{
	constexpr std::string_view unknown = "\xef\xbf\xbd"; // U+FFFD
	std::string clean;
	clean.reserve(text.size());
	for (size_t at = 0; at < text.size();) {
		const auto byte = static_cast<unsigned char>(text[at]);
		if (byte == 0x1b) {
			at = after_escape(text, at);
			continue;
		}
		++at;
		if (byte == '\r')
			continue;
		if ((byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7f)
			clean += unknown;
		else
			clean += static_cast<char>(byte);
	}
	// A round through JSON makes it UTF-8; U+FFFE and U+FFFF are UTF-8, but nothing XML takes.
	auto valid = Json::parse(Json(clean).dump(-1, ' ', false, Json::error_handler_t::replace))
			     .get<std::string>();
	for (const std::string_view none : {"\xef\xbf\xbe", "\xef\xbf\xbf"})
		for (size_t at = 0; (at = valid.find(none, at)) != std::string::npos;)
			valid.replace(at, none.size(), unknown);
	return valid;
}

} // namespace kcxx
