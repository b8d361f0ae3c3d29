// SPDX-License-Identifier: GPL-2.0-only OR MIT
// compilers: gcc, clang
// expected: assignment of read-only|cannot assign to return value because function 'operator\[\]'
// returns a const value
#include <kernel/dma.hpp>

#ifdef REFUSED
using Received = kernel::dma::Mapping<kernel::dma::from_device, kernel::Vec<unsigned char>>;
#else
using Received = kernel::dma::Mapping<kernel::dma::bidirectional, kernel::Vec<unsigned char>>;
#endif

void clear(Received &received);
void clear(Received &received)
{
	received.sync()[0] = 0;
}
