// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Functions that headers of libstdc++ call, and that its library would have.

#include <cstddef>
#include <cstring>
#include <exception>

#include <kernel/printk/printk.hpp>

#include <generated/kcxx-bindings.hpp>

namespace std
{

exception::~exception() noexcept = default;

const char *exception::what() const noexcept
{
	return "std::exception";
}

// Without exceptions, code that calls it has no other way. The BUG names the caller.
void terminate() noexcept
{
	// SAFETY: %pB takes any return address, that of a caller's last instruction too.
	kernel::bindings::_printk(KERN_EMERG "kcxx: %pB: std::terminate() called\n",
				  __builtin_return_address(0));
	kernel::bindings::kcxx_BUG();
	__builtin_trap();
}

int uncaught_exceptions() noexcept
{
	return 0;
}

// FNV-1a, eight bytes at a time. std::hash of numbers and pointers does not come here.
size_t _Hash_bytes(const void *bytes, size_t size, size_t seed)
{
	constexpr size_t prime = 0x100000001b3;
	const char *next = static_cast<const char *>(bytes);
	size_t hash = 0xcbf29ce484222325 ^ seed;
	for (; size >= sizeof(size_t); size -= sizeof(size_t), next += sizeof(size_t)) {
		size_t word;
		memcpy(&word, next, sizeof(word));
		hash = (hash ^ word) * prime;
		hash ^= hash >> 32;
	}
	for (; size != 0; --size)
		hash = (hash ^ static_cast<unsigned char>(*next++)) * prime;
	return hash ^ hash >> 29;
}

} // namespace std

// GCC calls it for std::popcount() where the processor may lack the instruction.
extern "C" int __popcountdi2(long value);

extern "C" int __popcountdi2(long value)
{
	auto bits = static_cast<unsigned long>(value);
	bits -= (bits >> 1) & 0x5555555555555555;
	bits = (bits & 0x3333333333333333) + ((bits >> 2) & 0x3333333333333333);
	bits = (bits + (bits >> 4)) & 0x0f0f0f0f0f0f0f0f;
	return static_cast<int>((bits * 0x0101010101010101) >> 56);
}
