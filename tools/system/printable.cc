// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "system/printable.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace kcxx
{

namespace
{

using Json = nlohmann::json;

constexpr char escape = '\x1b';
constexpr std::string_view unknown = "\xef\xbf\xbd"; // U+FFFD

// Returns the end of "ESC [ … letter", a control sequence whose parameters begin at @at.
size_t after_control_sequence(std::string_view text, size_t at)
{
	while (at < text.size() && text[at] >= ' ' && text[at] < '@')
		++at;
	return at < text.size() && text[at] >= '@' && text[at] <= '~' ? at + 1 : at;
}

// Returns the end of "ESC ] … BEL" or "ESC ] … ESC \", a title or a link that begins at @at and
// ends on the same line; otherwise @at.
size_t after_system_command(std::string_view text, size_t at)
{
	const auto end = text.find_first_of("\a\n\x1b", at);
	if (end == std::string_view::npos || text[end] == '\n')
		return at;
	return text.substr(end).starts_with("\x1b\\") ? end + 2 : end + (text[end] == '\a' ? 1 : 0);
}

std::string without_escape_sequences(std::string_view text)
{
	std::string rest;
	rest.reserve(text.size());
	for (size_t at = 0; at < text.size();) {
		if (text[at] != escape) {
			rest += text[at++];
			continue;
		}
		const char kind = ++at < text.size() ? text[at] : '\0';
		if (kind == '[')
			at = after_control_sequence(text, at + 1);
		else if (kind == ']')
			at = after_system_command(text, at + 1);
	}
	return rest;
}

std::string valid_utf8(std::string_view text)
{
	return Json::parse(Json(text).dump(-1, ' ', false, Json::error_handler_t::replace))
		.get<std::string>();
}

// Returns the number of bytes of the character, in valid UTF-8, that begins with @first.
size_t size_of(char first)
{
	const auto byte = static_cast<unsigned char>(first);
	if (byte < 0x80)
		return 1;
	if (byte < 0xe0)
		return 2;
	return byte < 0xf0 ? 3 : 4;
}

bool is_control(std::string_view character)
{
	const auto first = static_cast<unsigned char>(character[0]);
	if (character.size() == 1)
		return first < 0x20 || first == 0x7f;
	if (character.size() == 2)
		return (first == 0xc2 && static_cast<unsigned char>(character[1]) < 0xa0) || // C1
		       character == "\xd8\x9c"; // U+061C changes the direction of writing
	// Characters from U+200E to U+2069 that change the direction, ends of lines and paragraphs,
	// and U+FFFE and U+FFFF, which XML cannot contain
	constexpr std::array<std::string_view, 15> others = {
		"\xe2\x80\x8e", "\xe2\x80\x8f", "\xe2\x80\xa8", "\xe2\x80\xa9", "\xe2\x80\xaa",
		"\xe2\x80\xab", "\xe2\x80\xac", "\xe2\x80\xad", "\xe2\x80\xae", "\xe2\x81\xa6",
		"\xe2\x81\xa7", "\xe2\x81\xa8", "\xe2\x81\xa9", "\xef\xbf\xbe", "\xef\xbf\xbf"};
	return std::ranges::find(others, character) != others.end();
}

// Returns @text as valid UTF-8, with @instead for each control character that is not in @kept.
std::string without_controls(std::string_view text, std::string_view kept, std::string_view instead)
{
	const auto valid = valid_utf8(text);
	std::string clean;
	clean.reserve(valid.size());
	for (size_t at = 0; at < valid.size();) {
		const auto character = std::string_view(valid).substr(at, size_of(valid[at]));
		clean += is_control(character) && !kept.contains(character) ? instead : character;
		at += character.size();
	}
	return clean;
}

} // namespace

std::string printable(std::string_view text)
{
	auto rest = without_escape_sequences(text);
	std::erase(rest, '\r');
	return without_controls(rest, "\n\t", unknown);
}

std::string printable_line(std::string_view text)
{
	return without_controls(text, "", "?");
}

} // namespace kcxx
