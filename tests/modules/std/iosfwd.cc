// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <iosfwd>

#include "probes.hpp"

namespace
{

template <typename Stream>
constexpr bool has_put = requires(Stream *stream) { stream->put('a'); };

} // namespace

bool probes::try_iosfwd_names_streams_alone()
{
	return has_put<std::ostream> == zero();
}
