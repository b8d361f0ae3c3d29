// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <boost/endian/arithmetic.hpp>

bool try_boost_endian();

bool try_boost_endian()
{
	const boost::endian::big_uint32_t number = 1;
	return reinterpret_cast<const unsigned char *>(&number)[3] == 1;
}
