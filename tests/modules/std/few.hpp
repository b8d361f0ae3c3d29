// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A container of a fixed capacity, of which a std::flat_map is made

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace probes
{

/// A container of at most eight elements
template <typename T>
class Few
{
public:
	using value_type = T;
	using reference = T &;
	using const_reference = const T &;
	using size_type = std::size_t;
	using difference_type = std::ptrdiff_t;
	using iterator = T *;
	using const_iterator = const T *;

	T *begin() { return elements_.data(); }
	T *end() { return elements_.data() + count_; }
	const T *begin() const { return elements_.data(); }
	const T *end() const { return elements_.data() + count_; }
	const T *cbegin() const { return begin(); }
	const T *cend() const { return end(); }
	std::size_t size() const { return count_; }
	static constexpr std::size_t max_size() { return 8; }
	bool empty() const { return count_ == 0; }
	T &operator[](std::size_t i) { return elements_[i]; }
	const T &operator[](std::size_t i) const { return elements_[i]; }

	T *insert(const T *at, T element)
	{
		elements_[count_++] = element;
		T *place = elements_.data() + (at - elements_.data());
		std::rotate(place, end() - 1, end());
		return place;
	}

	template <typename... Arguments>
	T *emplace(const T *at, Arguments &&...arguments)
	{
		return insert(at, T(std::forward<Arguments>(arguments)...));
	}

	T *erase(const T *first, const T *last)
	{
		T *place = elements_.data() + (first - elements_.data());
		std::move(place + (last - first), end(), place);
		count_ -= static_cast<std::size_t>(last - first);
		return place;
	}

	T *erase(const T *at) { return erase(at, at + 1); }
	void clear() { count_ = 0; }

private:
	std::array<T, 8> elements_{};
	std::size_t count_ = 0;
};

} // namespace probes
