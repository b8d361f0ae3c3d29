// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Parameters of a module. C API: <linux/moduleparam.h>.
///
/// A parameter is a variable at namespace scope, and MODULE_PARAM() after it:
///
///     constinit kernel::ModuleParam<int> speed{5};
///     MODULE_PARAM(speed, 0644, "revolutions per minute");
///
/// `insmod pump.ko speed=7` sets it, and, while the module is loaded, a write to
/// /sys/module/pump/parameters/speed, if the permissions allow it (0: no such file).

#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <type_traits>

#include <generated/bindings/module/module_param.hpp>
#include <kernel/error.hpp>
#include <kernel/module/modinfo.hpp>
#include <kernel/module/module.hpp>

namespace kernel
{

/// Holds the lock of this module's parameters: no writer through sysfs comes between. Context:
/// may sleep. Not in a parameter's check, which runs with the lock held.
class [[nodiscard]] ModuleParamLock
{
public:
	ModuleParamLock() noexcept
	{
		// SAFETY: the module is this one; the destructor unlocks.
		bindings::kernel_param_lock(&bindings::__this_module);
	}

	ModuleParamLock(const ModuleParamLock &) = delete;
	ModuleParamLock &operator=(const ModuleParamLock &) = delete;

	~ModuleParamLock()
	{
		// SAFETY: the constructor locked it.
		bindings::kernel_param_unlock(&bindings::__this_module);
	}
};

namespace detail
{

/// The kernel's operations for a T, and its name in modinfo
template <typename T>
struct ParamType {
	static_assert(sizeof(T) == 0,
		      "kcxx-E1431: no type of a module parameter: bool, integers that the "
		      "kernel has (not signed char), const char *");
};

#define KCXX_PARAM_TYPE(type, kernel_name, kernel_ops)                                             \
	template <>                                                                                \
	struct ParamType<type> {                                                                   \
		static constexpr const ::kernel_param_ops &ops = kernel_ops;                       \
		static constexpr const char *name = #kernel_name;                                  \
		static constexpr const char *array_name = "array of " #kernel_name;                \
	}

KCXX_PARAM_TYPE(bool, bool, bindings::param_ops_bool);
KCXX_PARAM_TYPE(unsigned char, byte, bindings::param_ops_byte);
KCXX_PARAM_TYPE(short, short, bindings::param_ops_short);
KCXX_PARAM_TYPE(unsigned short, ushort, bindings::param_ops_ushort);
KCXX_PARAM_TYPE(int, int, bindings::param_ops_int);
KCXX_PARAM_TYPE(unsigned int, uint, bindings::param_ops_uint);
KCXX_PARAM_TYPE(long, long, bindings::param_ops_long);
KCXX_PARAM_TYPE(unsigned long, ulong, bindings::param_ops_ulong);
KCXX_PARAM_TYPE(unsigned long long, ullong, bindings::param_ops_ullong);
KCXX_PARAM_TYPE(const char *, charp, bindings::param_ops_charp);

/// The operations of parameters that `check` has to accept, around the kernel's own
template <typename T, auto check>
struct CheckedParam {
	static int set(const char *text, const ::kernel_param *param)
	{
		if constexpr (std::is_same_v<T, const char *>) {
			const Result<> agreed = check(text);
			return agreed ? ParamType<T>::ops.set(text, param)
				      : agreed.error().to_errno();
		} else {
			T value{};
			::kernel_param to_value = *param;
			to_value.arg = &value;
			if (const int error = ParamType<T>::ops.set(text, &to_value); error != 0)
				return error;
			const Result<> agreed = check(value);
			if (!agreed)
				return agreed.error().to_errno();
			__atomic_store_n(static_cast<T *>(param->arg), value, __ATOMIC_RELAXED);
			return 0;
		}
	}

	static int get(char *buffer, const ::kernel_param *param)
	{
		return ParamType<T>::ops.get(buffer, param);
	}

	static constexpr ::kernel_param_ops ops{
		std::is_same_v<T, bool> ? unsigned{::KERNEL_PARAM_OPS_FL_NOARG} : 0U, set, get,
		std::is_same_v<T, const char *> ? bindings::param_free_charp : nullptr};
};

template <typename T, auto check>
constexpr const ::kernel_param_ops *param_ops()
{
	if constexpr (std::is_null_pointer_v<decltype(check)>)
		return &ParamType<T>::ops;
	else
		return &CheckedParam<T, check>::ops;
}

/// The rules of C's VERIFY_OCTAL_PERMISSIONS(): the owner may do what the group may, the group
/// may read what others may, and others may not write
consteval bool permissions_are_sound(unsigned int mode)
{
	const unsigned int user = mode >> 6;
	const unsigned int group = mode >> 3 & 7;
	const unsigned int other = mode & 7;
	return mode <= 0777 && (user & 4) >= (group & 4) && (group & 4) >= (other & 4) &&
	       (user & 2) >= (group & 2) && (other & 2) == 0;
}

/// A string for modinfo: "parmtype=<name>:<type>"
template <std::size_t Size>
struct ModinfoString {
	char text[Size]{}; // NOLINT(*-avoid-c-arrays): a section's raw content
};

template <std::size_t Size>
consteval ModinfoString<Size> param_type_info(const char *name, const char *type)
{
	ModinfoString<Size> info;
	std::size_t at = 0;
	for (const char *part : {"parmtype=", name, ":", type})
		for (; *part != '\0'; ++part)
			info.text[at++] = *part;
	return info;
}

} // namespace detail

/// A parameter of type T: bool, an integer, or const char *. `check`, if there is one, is a
/// function Result<>(T): insmod or the writer gets the Error that it returns, and the parameter
/// is unchanged. It may sleep; the parameters' lock is held.
template <typename T, auto check = nullptr>
class ModuleParam
{
public:
	/// For MODULE_PARAM(): the operations of struct kernel_param
	static constexpr const ::kernel_param_ops *ops = detail::param_ops<T, check>();
	/// For MODULE_PARAM(): the type as modinfo(8) shows it
	static constexpr const char *type_name = detail::ParamType<T>::name;

	/// Has `value` until another is given
	explicit constexpr ModuleParam(T value) noexcept : value_{value} {}

	ModuleParam(const ModuleParam &) = delete;
	ModuleParam &operator=(const ModuleParam &) = delete;
	~ModuleParam() = default;

	/// The current value. Context: any.
	[[nodiscard]] T get() const noexcept { return __atomic_load_n(&value_, __ATOMIC_RELAXED); }

	/// Sets the value; `check` is not called. Context: any.
	void set(T value) noexcept { __atomic_store_n(&value_, value, __ATOMIC_RELAXED); }

	/// For MODULE_PARAM(): the argument of the operations
	[[nodiscard]] constexpr void *argument() noexcept { return static_cast<void *>(&value_); }

private:
	T value_;
};

/// A parameter with text. A writer through sysfs frees the old text, so that reading needs the
/// lock. Text from sysfs has the newline that echo(1) adds.
template <auto check>
class ModuleParam<const char *, check>
{
public:
	/// For MODULE_PARAM(): the operations of struct kernel_param
	static constexpr const ::kernel_param_ops *ops = detail::param_ops<const char *, check>();
	/// For MODULE_PARAM(): the type as modinfo(8) shows it
	static constexpr const char *type_name = detail::ParamType<const char *>::name;

	/// \param value lives as long as the module: a string literal
	explicit constexpr ModuleParam(const char *value) noexcept : value_{value} {}

	ModuleParam(const ModuleParam &) = delete;
	ModuleParam &operator=(const ModuleParam &) = delete;
	~ModuleParam() = default;

	/// The text, valid while the lock is held; empty if it is null
	[[nodiscard]] const char *get(const ModuleParamLock & /*held*/) const noexcept
	{
		return value_ != nullptr ? value_ : "";
	}

	/// For MODULE_PARAM(): the argument of the operations, a char ** for param_ops_charp
	// NOLINTNEXTLINE(*-multi-level-implicit-pointer-conversion)
	[[nodiscard]] constexpr void *argument() noexcept { return &value_; }

private:
	const char *value_;
};

/// A parameter of up to `most` values of type T, given as 1,2,3. `check` is called for each
/// value; if it refuses one, the array has only the values before it, as in C.
template <typename T, unsigned int most, auto check = nullptr>
class ModuleParamArray
{
public:
	/// For MODULE_PARAM(): the operations of struct kernel_param
	static constexpr const ::kernel_param_ops *ops = &bindings::param_array_ops;
	/// For MODULE_PARAM(): the type as modinfo(8) shows it
	static constexpr const char *type_name = detail::ParamType<T>::array_name;

	/// Holds `values` until others are given
	template <typename... Values>
		requires(sizeof...(Values) <= most)
	explicit constexpr ModuleParamArray(Values... values) noexcept
	    : values_{static_cast<T>(values)...}, size_{sizeof...(values)}
	{
	}

	ModuleParamArray(const ModuleParamArray &) = delete;
	ModuleParamArray &operator=(const ModuleParamArray &) = delete;
	~ModuleParamArray() = default;

	/// The values, valid while the lock is held
	[[nodiscard]] std::span<const T> get(const ModuleParamLock & /*held*/) const noexcept
	{
		return {values_, size_};
	}

	/// For MODULE_PARAM(): the argument of the operations
	[[nodiscard]] constexpr void *argument() noexcept { return &array_; }

private:
	T values_[most]; // NOLINT(*-avoid-c-arrays): C's functions write to it
	unsigned int size_;
	::kparam_array array_{most, sizeof(T), &size_, detail::param_ops<T, check>(), values_};
};

} // namespace kernel

/// Makes the variable `name` a parameter: use it after the definition, with the permissions of
/// the file in sysfs, in octal, and a description for modinfo(8).
#define MODULE_PARAM(name, permissions, description)                                               \
	static_assert(                                                                             \
		::kernel::detail::permissions_are_sound(permissions),                              \
		"kcxx-E1432: MODULE_PARAM: permissions are octal, as 0644; others may not write"); \
	MODULE_INFO(parm, #name ":" description);                                                  \
	[[gnu::section(".modinfo"), gnu::used,                                                     \
	  gnu::aligned(1)]] static constinit const auto KCXX_UNIQUE(modinfo_parmtype) =            \
		::kernel::detail::param_type_info<sizeof("parmtype=" #name ":") +                  \
						  ::kernel::detail::length(                        \
							  decltype(name)::type_name)>(             \
			#name, decltype(name)::type_name);                                         \
	[[gnu::section("__param"), gnu::used,                                                      \
	  gnu::aligned(sizeof(void *))]] static constinit const ::kernel_param __param_##name      \
	{                                                                                          \
		#name, &::kernel::bindings::__this_module, decltype(name)::ops, permissions, -1,   \
			0,                                                                         \
		{                                                                                  \
			(name).argument()                                                          \
		}                                                                                  \
	}
