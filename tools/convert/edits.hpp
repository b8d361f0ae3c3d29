// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Changes of a text, of which one can lie in another: a list whose elements change places, each
// with a cast in it.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kcxx::convert
{

/** A part of the text, by offsets. */
struct Span {
	unsigned begin = 0;
	unsigned end = 0;

	[[nodiscard]] bool empty() const { return begin == end; }
	[[nodiscard]] bool holds(Span other) const
	{
		return begin <= other.begin && other.end <= end;
	}
	bool operator==(const Span &) const = default;
};

/** New text, or a part of the old one with its own changes. */
using Piece = std::variant<std::string, Span>;

class Edits
{
public:
	explicit Edits(std::string_view text) : text_(text) {}

	/**
	 * Puts @pieces in the place of @span. Returns false if another edit of that span, or one
	 * that crosses it, is there already. The same edit twice is one.
	 */
	bool replace(Span span, std::vector<Piece> pieces);

	/** Inserts before all that begins at @at. */
	void insert(unsigned at, std::vector<Piece> pieces);

	/** Inserts before the word at @at, in all that begins there. */
	void insert_before_word(unsigned at, std::string text);

	bool wrap(Span span, std::string before, std::string after)
	{
		return replace(span, {std::move(before), span, std::move(after)});
	}

	[[nodiscard]] bool empty() const { return edits_.empty(); }

	/** The whole text with all changes. */
	[[nodiscard]] std::string result() const;

private:
	struct Edit {
		Span span;
		std::vector<Piece> pieces;
		bool is_before_word = false;

		bool operator==(const Edit &) const = default;
	};

	static bool comes_before(const Edit &one, const Edit &other);
	void render_piece(const Edit &edit, size_t index, const Piece &piece,
			  std::string &out) const;

	void render(Span span, size_t from, bool to_the_end, std::string &out) const;

	std::string_view text_;
	std::vector<Edit> edits_; // an outer one comes before those in it
};

} // namespace kcxx::convert
