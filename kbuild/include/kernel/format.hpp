// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// Formats with braces, as std::format()'s. C API: the formats of printk().
///
/// The compiler turns such a format into one of the kernel's printf, by the types of the
/// arguments. `pr_info("{} of {}\n", 3, 8UL)` is `pr_info("%d of %lu\n", 3, 8UL)`: the same
/// text in the module, the same instructions, nothing parsed at run time. A wrong format is an
/// error of the compiler.
///
/// pr_info() and all like it, dev_info() and all like it and printk() take both styles. A literal
/// that has a replacement field, {} or {:…}, is one with braces; %% in it prints a percent sign,
/// {{ and }} print braces. %d and {} in one literal are an error, so pr_fmt() of such a module has
/// no conversions of its own. pr_debug() is listed in /proc/dynamic_debug/control as it is
/// written. Functions of the library take a format with braces as KFORMAT("{}"): format_to(),
/// String::format(), String::append_format().
///
/// | argument | {} prints | types |
/// |---|---|---|
/// | integers, enums of C, std::byte | 42 | d x X o c |
/// | bool | true | s d x X o |
/// | char | c | c d x X o |
/// | const char *, arrays of char | the text, or (null) | s |
/// | std::string_view, String, spans of char | the text, at most 32767 characters | s |
/// | spans of std::byte or unsigned char, Vec<u8> | 01 ff, at most 64 bytes | phC phD phN |
/// | arrays of C of these | likewise | those and of pointers |
/// | pointers | a hash of the address | p, and the kernel's: pM pI4 pS pR … |
/// | Error | -ENOMEM | d |
/// | Result<T> | the value or the error | those of T |
/// | Result<> | ok or the error | |
/// | std::chrono's durations, Nanoseconds | 5ms | |
/// | a class or enum with format_as() | what format_as() returns | those of that |
///
/// hex_dump() of <kernel/printk.hpp> logs more bytes.
///
/// A field is {argument:specification}, and both parts may be left out. The argument is its number
/// from 0. The specification is that of std::format(), as far as the kernel's printf goes:
/// [<>][+ ][#][0][width][.precision][type]. Numbers and pointers stand at the right of a width,
/// all else at the left; a precision is for texts. Either may be an argument, an integer: {:{}}
/// takes the width from behind the value, 9999 at most, and 0 in place of a negative one. {:x} of
/// a negative number prints its two's complement, as %x does. A Result doubles the call: one for
/// values, one for errors.
///
/// format_as() is a function beside the class or enum, with the value for its parameter:
///
///     enum class State { idle, busy };
///     constexpr std::string_view format_as(State state)
///     {
///             return state == State::idle ? "idle" : "busy";
///     }
///     pr_info("{:>8}: {}\n", name, state);

#pragma once

#include <kernel/format/argument.hpp>
#include <kernel/format/format_to.hpp>
#include <kernel/format/problem.hpp>
#include <kernel/format/spec.hpp>
#include <kernel/format/style.hpp>
#include <kernel/format/translation.hpp>
