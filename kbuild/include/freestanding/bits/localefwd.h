/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* There are no locales. <string> and <bitset> name them in templates that no code instantiates. */
#ifndef KCXX_LOCALEFWD_H
#define KCXX_LOCALEFWD_H

#pragma GCC system_header

#include <iosfwd>

namespace std
{

class locale;

template <typename Character>
class ctype;

template <typename Facet>
const Facet &use_facet(const locale &);

} // namespace std

#endif
