// SPDX-License-Identifier: GPL-2.0-only OR MIT
//
// Compiled by cxxavailable.sh with a module's flags, and read by objdump: each function
// would show, in its code, that a flag the kernel depends on is missing.
#include <expected>

#pragma GCC diagnostic ignored "-Wmissing-declarations" // no header declares them

extern "C" {

struct kcxx_probe_block {
	long words[16];
};

int kcxx_probe_callee(char *text);

// The locals would lie below the stack pointer, in the red zone, which only functions without
// calls use. So there is no array, whose stack protector calls, and no entry for ftrace.
[[gnu::no_instrument_function]] int kcxx_probe_red_zone(int number)
{
	volatile int first = number;
	volatile int second = number + 1;
	return first + second;
}

// Copied through vector registers, if the flags allow that.
void kcxx_probe_vector(kcxx_probe_block *to, const kcxx_probe_block *from)
{
	*to = *from;
}

// Guarded by a stack protector.
int kcxx_probe_stack(int length)
{
	char text[64];
	text[length & 63] = 0;
	return kcxx_probe_callee(text) + 1;
}

// Called and jumped to through a pointer.
int kcxx_probe_call(int (*function)(int), int argument)
{
	return function(argument) + 1;
}

int kcxx_probe_jump(int (*function)(int), int argument)
{
	return function(argument);
}

} // extern "C"

struct KcxxProbe {
	virtual std::expected<int, int> run(int argument);
};

std::expected<int, int> KcxxProbe::run(int argument)
{
	if (argument < 0)
		return std::unexpected(argument);
	return argument;
}
