// SPDX-License-Identifier: GPL-2.0-only OR MIT
// Calls what subject exports.
#include <kernel/prelude.hpp>
MODULE_LICENSE("GPL");
using namespace kernel;

extern "C" int subject_of_c(int x);

namespace
{

struct Client {
	static Result<Client> init(ThisModule &)
	{
		pr_info("of C %d\n", subject_of_c(20));
		return Client{};
	}
};

} // namespace
KERNEL_MODULE(Client);
