// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <flatbuffers/verifier.h>
#include <vector>

bool try_flatbuffers();

bool try_flatbuffers()
{
	const unsigned char bytes[16]{};
	const flatbuffers::Verifier verifier(bytes, sizeof(bytes));
	return verifier.Verify(0, 4) && !verifier.Verify(12, 8);
}
