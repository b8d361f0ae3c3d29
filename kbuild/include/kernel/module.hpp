// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A module as a class. C API: <linux/module.h>, <linux/init.h>.

#pragma once

#include <concepts>
#include <new>
#include <type_traits>

#include <kernel/error.hpp>
#include <kernel/modinfo.hpp>

struct module;

// By this name, for C++20 takes "module x" for the start of a module of its own.
using kcxx_struct_module = struct module;

extern "C" kcxx_struct_module __this_module; // NOLINT(*-reserved-identifier): modpost's name

namespace kernel
{

/// The module itself, THIS_MODULE in C: what registrations hold a reference to
class ThisModule
{
public:
	explicit constexpr ThisModule(kcxx_struct_module *raw) noexcept : raw_{raw} {}

	[[nodiscard]] kcxx_struct_module *raw() const noexcept { return raw_; }

private:
	kcxx_struct_module *raw_;
};

/// A class that KERNEL_MODULE() takes
template <typename T>
concept Module = requires(ThisModule &self) {
	{ T::init(self) } -> std::same_as<Result<T>>;
};

namespace detail
{

/// Room for the module object: in .bss, constructed by load(), destroyed by unload()
template <Module T>
class ModuleSlot
{
public:
	int load(kcxx_struct_module *raw)
	{
		ThisModule self{raw};
		// In place, so that a T that cannot move will do.
		auto *made = ::new (static_cast<void *>(room_)) Result<T>(T::init(self));
		if (made->has_value())
			return 0;
		const int error = made->error().to_errno();
		made->~Result<T>();
		return error;
	}

	void unload() { std::launder(reinterpret_cast<Result<T> *>(room_))->~Result<T>(); }

private:
	alignas(Result<T>) unsigned char room_[sizeof(Result<T>)] = {}; // NOLINT(*-avoid-c-arrays)
};

} // namespace detail
} // namespace kernel

/// Makes the class `Type` the module: once, in one source of the module.
///
///     struct Hello {
///             static kernel::Result<Hello> init(kernel::ThisModule &);
///             ~Hello();
///     };
///     KERNEL_MODULE(Hello);
///
/// At load `Type::init()` makes the one object; its error is what insmod reports.
/// At unload the object is destroyed. Both in process context: they may sleep.
// Not cold as C's __init: GCC before 14 aligns no cold function, nor what they alone call.
// The pointers are the kernel's ___ADDRESSABLE(): they keep objtool from sealing the
// ENDBR of two functions that only the loader calls.
#define KERNEL_MODULE(Type)                                                                        \
	static constinit ::kernel::detail::ModuleSlot<Type> kcxx_module_slot;                      \
	extern "C" int init_module();                                                              \
	extern "C" [[gnu::section(".init.text")]] int init_module()                                \
	{                                                                                          \
		return kcxx_module_slot.load(&__this_module);                                      \
	}                                                                                          \
	extern "C" void cleanup_module();                                                          \
	extern "C" [[gnu::section(".exit.text")]] void cleanup_module()                            \
	{                                                                                          \
		kcxx_module_slot.unload();                                                         \
	}                                                                                          \
	[[gnu::section(".init.data"), gnu::used]] static int (*kcxx_addressable_init)() =          \
		init_module;                                                                       \
	[[gnu::section(".exit.data"), gnu::used]] static void (*kcxx_addressable_exit)() =         \
		cleanup_module;                                                                    \
	static_assert(true)
