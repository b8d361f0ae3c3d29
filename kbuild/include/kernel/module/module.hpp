// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A module as a class. C API: <linux/module.h>, <linux/init.h>.

#pragma once

#include <concepts>
#include <new>
#include <type_traits>

#include <generated/bindings/module/module.hpp>
#include <kernel/error.hpp>
#include <kernel/module/live_objects.hpp>
#include <kernel/module/modinfo.hpp>

namespace kernel
{

/// The module itself, THIS_MODULE in C: registrations hold a reference to it
class ThisModule
{
public:
	/// For the macro KERNEL_MODULE()
	explicit constexpr ThisModule(kcxx_struct_module *raw) noexcept : raw_{raw} {}

	/// For C functions: never null
	[[nodiscard]] kcxx_struct_module *raw() const noexcept { return raw_; }

private:
	kcxx_struct_module *raw_;
};

namespace detail
{

// A concept does not fit: drivers, which often write `using namespace kernel`, give its name to
// their own classes, and a compiler explains a failed concept in a page.
/// The first reason why a class cannot be a module
enum class ModuleFault {
	none,
	undefined,
	abstract,
	indestructible,
	no_init,
	init_not_static,
	init_returns_another_type,
	destroyed_at_load,
};

/// True if init() may copy a T although its author did not ask for it, so that a T is destroyed
/// at load. A class that declares how it moves does so on purpose.
template <typename T>
inline constexpr bool is_destroyed_at_load =
	!std::is_trivially_destructible_v<T> && std::is_copy_constructible_v<T>;

template <typename T>
consteval ModuleFault module_fault()
{
	if constexpr (!requires { sizeof(T); })
		return ModuleFault::undefined;
	else if constexpr (std::is_abstract_v<T>)
		return ModuleFault::abstract;
	else if constexpr (!std::is_destructible_v<T>)
		return ModuleFault::indestructible;
	else if constexpr (requires(ThisModule &self) {
				   { T::init(self) } -> std::same_as<Result<T>>;
			   })
		return is_destroyed_at_load<T> ? ModuleFault::destroyed_at_load : ModuleFault::none;
	else if constexpr (requires(ThisModule &self) { T::init(self); })
		return ModuleFault::init_returns_another_type;
	else if constexpr (requires(T &object, ThisModule &self) { object.init(self); })
		return ModuleFault::init_not_static;
	else
		return ModuleFault::no_init;
}

/// Room for the Result that init() returns, and in it for the module object: in .bss. load()
/// lets init() construct it there, once; unload() destroys it.
template <typename T>
class ModuleSlot
{
public:
	static consteval bool is_without(ModuleFault other) { return fault != other; }

	int load([[maybe_unused]] kcxx_struct_module *raw)
	{
		// Otherwise KERNEL_MODULE() is refused, and one error is enough.
		if constexpr (fault == ModuleFault::none) {
			ThisModule self{raw};
			auto *made = ::new (static_cast<void *>(room_)) Made(T::init(self));
			if (made->has_value())
				return 0;
			const int error = made->error().to_errno();
			made->~Made();
			LiveObjects::wait_for_all();
			return error;
		}
		return 0;
	}

	void unload()
	{
		std::launder(reinterpret_cast<Made *>(room_))->~Made();
		LiveObjects::wait_for_all();
	}

private:
	static constexpr ModuleFault fault = module_fault<T>();

	using Made = std::conditional_t<fault == ModuleFault::none, Result<T>, Result<>>;

	alignas(Made) unsigned char room_[sizeof(Made)] = {}; // NOLINT(*-avoid-c-arrays)
};

} // namespace detail
} // namespace kernel

#define KCXX_MODULE_INIT(Type) "static kernel::Result<" #Type "> init(kernel::ThisModule &);"

#define KCXX_MODULE_WITHOUT(Fault, text)                                                           \
	static_assert(                                                                             \
		decltype(kcxx_module_slot)::is_without(::kernel::detail::ModuleFault::Fault),      \
		text)

/// Reports one error of one sentence, with the code to type
#define KCXX_CHECK_MODULE(Type)                                                                    \
	KCXX_MODULE_WITHOUT(undefined, "kcxx-E1424: " #Type                                        \
				       " is declared, but not defined before KERNEL_MODULE(" #Type \
				       "): define it above that line");                            \
	KCXX_MODULE_WITHOUT(abstract,                                                              \
			    "kcxx-E1425: " #Type " cannot be a module, for it is abstract: "       \
			    "override its pure virtual functions");                                \
	KCXX_MODULE_WITHOUT(indestructible,                                                        \
			    "kcxx-E1426: " #Type " cannot be a module, for rmmod destroys it: "    \
			    "give it a public destructor that is not deleted");                    \
	KCXX_MODULE_WITHOUT(no_init, "kcxx-E1427: " #Type " has no public init() that takes a "    \
				     "kernel::ThisModule &: write in it " KCXX_MODULE_INIT(Type)); \
	KCXX_MODULE_WITHOUT(init_not_static,                                                       \
			    "kcxx-E1428: " #Type "::init() is not static, but makes the one "      \
			    "object: write " KCXX_MODULE_INIT(Type));                              \
	KCXX_MODULE_WITHOUT(init_returns_another_type,                                             \
			    "kcxx-E1429: " #Type "::init() does not return a "                     \
			    "kernel::Result<" #Type ">: write " KCXX_MODULE_INIT(Type));           \
	KCXX_MODULE_WITHOUT(destroyed_at_load,                                                     \
			    "kcxx-E1430: " #Type                                                   \
			    " has a destructor and can be copied, so insmod would run it "         \
			    "on the object that init() copies: write in it " #Type                 \
			    "() = default; " #Type "(const " #Type " &) = delete; "                \
			    "and in init() return {std::in_place};")

/// Makes the class `Type` the module: once, in one source of the module. A module that only
/// exports symbols needs it as well: kbuild/check-module.sh refuses a module without it.
///
///     struct Hello {
///             static kernel::Result<Hello> init(kernel::ThisModule &)
///             {
///                     return {std::in_place};
///             }
///             Hello() = default;
///             Hello(const Hello &) = delete;
///             ~Hello();
///     };
///     KERNEL_MODULE(Hello);
///
/// At load `Type::init()` makes the one object, in its final place; insmod reports its error.
/// At unload the object is destroyed; rmmod waits for objects that live on, and the log
/// names their classes. Both run in process context: they may sleep.
// The functions are not cold as C's __init: GCC before 14 aligns neither cold functions nor
// functions that only these call. The pointers are the kernel's ___ADDRESSABLE(): they keep
// objtool from sealing the ENDBR of two functions that only the loader calls.
#define KERNEL_MODULE(Type)                                                                        \
	static constinit auto kcxx_module_slot = ::kernel::detail::ModuleSlot<Type>{};             \
	KCXX_CHECK_MODULE(Type);                                                                   \
	extern "C" int init_module();                                                              \
	extern "C" [[gnu::section(".init.text")]] int init_module()                                \
	{                                                                                          \
		return kcxx_module_slot.load(&::kernel::bindings::__this_module);                  \
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
