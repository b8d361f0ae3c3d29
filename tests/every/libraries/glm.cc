// SPDX-License-Identifier: GPL-2.0-only OR MIT

#include <glm/ext/vector_int3.hpp>

bool try_glm();

bool try_glm()
{
	const glm::ivec3 sum = glm::ivec3(1, 2, 3) + glm::ivec3(1, 1, 1);
	return sum.x == 2 && sum.z == 4;
}
