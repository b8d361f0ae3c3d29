// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include "convert/edits.hpp"

#include <algorithm>

namespace kcxx::convert
{

namespace
{

bool crosses(Span one, Span other)
{
	return one.begin < other.begin && other.begin < one.end && one.end < other.end;
}

} // namespace

// Edits that begin together come in this order: insertions before all, the outer ones, insertions
// in all.
bool Edits::comes_before(const Edit &one, const Edit &other)
{
	const auto layer = [](const Edit &edit) {
		return edit.is_before_word ? 2 : edit.span.empty() ? 0 : 1;
	};
	if (one.span.begin != other.span.begin)
		return one.span.begin < other.span.begin;
	if (layer(one) != layer(other))
		return layer(one) < layer(other);
	return one.span.end > other.span.end;
}

bool Edits::replace(Span span, std::vector<Piece> pieces)
{
	Edit wanted = {.span = span, .pieces = std::move(pieces)};
	for (const auto &edit : edits_) {
		if (edit == wanted)
			return true;
		if (edit.span == span || crosses(edit.span, span) || crosses(span, edit.span))
			return false;
	}
	edits_.insert(std::ranges::lower_bound(edits_, wanted, comes_before), std::move(wanted));
	return true;
}

// The last one comes first: it may be of a part of the former one, which has to be there before it.
void Edits::insert(unsigned at, std::vector<Piece> pieces)
{
	Edit wanted = {.span = {at, at}, .pieces = std::move(pieces)};
	if (std::ranges::find(edits_, wanted) == edits_.end())
		edits_.insert(std::ranges::lower_bound(edits_, wanted, comes_before),
			      std::move(wanted));
}

void Edits::insert_before_word(unsigned at, std::string text)
{
	Edit wanted = {.span = {at, at}, .pieces = {std::move(text)}, .is_before_word = true};
	if (std::ranges::find(edits_, wanted) == edits_.end())
		edits_.insert(std::ranges::lower_bound(edits_, wanted, comes_before),
			      std::move(wanted));
}

std::string Edits::result() const
{
	std::string out;
	render({0, static_cast<unsigned>(text_.size())}, 0, true, out);
	return out;
}

// An insertion at the end of a span is none of the span's.
void Edits::render(Span span, size_t from, bool to_the_end, std::string &out) const
{
	unsigned at = span.begin;
	for (size_t i = from; i < edits_.size() && edits_[i].span.begin <= span.end; i++) {
		const auto &edit = edits_[i];
		if (edit.span.begin < at || edit.span.end > span.end)
			continue;
		if (edit.span.empty() && edit.span.begin == span.end && !to_the_end)
			continue;
		out += text_.substr(at, edit.span.begin - at);
		for (const auto &piece : edit.pieces)
			render_piece(edit, i, piece, out);
		at = edit.span.end;
	}
	out += text_.substr(at, span.end - at);
}

void Edits::render_piece(const Edit &edit, size_t index, const Piece &piece, std::string &out) const
{
	if (const auto *text = std::get_if<std::string>(&piece)) {
		out += *text;
		return;
	}
	const auto span = std::get<Span>(piece);
	if (edit.span.holds(span)) {
		render(span, index + 1, false, out);
		return;
	}
	// It comes from elsewhere, with the edits that lie in it, but for what takes its place
	// there.
	const auto keeps_text = [](const Edit &other) {
		return std::ranges::any_of(other.pieces, [](const Piece &part) {
			return std::holds_alternative<Span>(part);
		});
	};
	const auto first = std::ranges::find_if(edits_, [&](const Edit &other) {
		if (other.span.empty())
			return other.is_before_word && other.span.begin == span.begin;
		return span.holds(other.span) && (other.span != span || keeps_text(other));
	});
	render(span, static_cast<size_t>(first - edits_.begin()), false, out);
}

} // namespace kcxx::convert
