// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A queue of fixed size, as drivers keep samples in: the subject of the tests.

#pragma once

#include <array>
#include <cstddef>

#include <kernel/error.hpp>

template <typename T, std::size_t Size>
class Ring
{
public:
	[[nodiscard]] std::size_t size() const { return size_; }

	/// Adds a value; ENOSPC if the queue is full
	kernel::Result<> push(T value)
	{
		if (size_ == Size)
			return kernel::ENOSPC;
		slots_[(first_ + size_++) % Size] = value;
		return {};
	}

	/// Removes and returns the oldest value; ENODATA if there is none
	kernel::Result<T> pop()
	{
		if (size_ == 0)
			return kernel::ENODATA;
		const T value = slots_[first_];
		first_ = (first_ + 1) % Size;
		--size_;
		return {std::in_place, value};
	}

private:
	std::array<T, Size> slots_{};
	std::size_t first_ = 0;
	std::size_t size_ = 0;
};
