// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A message that is encoded and decoded. The macros are as nanopb's generator writes them for
/// message Port { required sint32 offset = 1; repeated uint32 pins = 2 [(nanopb).max_count = 4]; }

#include <pb_common.c>
#include <pb_decode.c>
#include <pb_encode.c>

struct Port {
	int32_t offset;
	pb_size_t pins_count;
	uint32_t pins[4];
};

#define Port_FIELDLIST(X, a)                                                                       \
	X(a, STATIC, REQUIRED, SINT32, offset, 1)                                                  \
	X(a, STATIC, REPEATED, UINT32, pins, 2)
#define Port_CALLBACK NULL
#define Port_DEFAULT NULL

PB_BIND(Port, Port, AUTO)

bool try_nanopb();

bool try_nanopb()
{
	volatile int offset = -7;
	const Port sent{offset, 3, {1, 300, 70000}};
	pb_byte_t bytes[32];
	pb_ostream_t out = pb_ostream_from_buffer(bytes, sizeof(bytes));
	if (!pb_encode(&out, &Port_msg, &sent))
		return false;
	Port received{};
	pb_istream_t in = pb_istream_from_buffer(bytes, out.bytes_written);
	if (!pb_decode(&in, &Port_msg, &received))
		return false;
	pb_istream_t half = pb_istream_from_buffer(bytes, 1);
	Port none{};
	return received.offset == -7 && received.pins_count == 3 && received.pins[2] == 70000 &&
	       out.bytes_written < 16 && !pb_decode(&half, &Port_msg, &none);
}
