// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * <linux/percpu.h> for <kernel/percpu.hpp>. A __percpu address passes through an integer,
 * because for some compilers it is another type of pointer.
 */

#include <linux/cpumask.h>
#include <linux/percpu.h>

#define PERCPU(objects) ((char __percpu *)(unsigned long)(objects))

void *kcxx_alloc_percpu_gfp(size_t size, size_t align, unsigned int flags);
void *kcxx_alloc_percpu_gfp(size_t size, size_t align, unsigned int flags)
{
	return (void *)(unsigned long)__alloc_percpu_gfp(size, align, (__force gfp_t)flags);
}

void kcxx_free_percpu(void *objects);
void kcxx_free_percpu(void *objects)
{
	free_percpu(PERCPU(objects));
}

void *kcxx_get_cpu_ptr(void *objects);
void *kcxx_get_cpu_ptr(void *objects)
{
	return get_cpu_ptr(PERCPU(objects));
}

void kcxx_put_cpu_ptr(void *objects);
void kcxx_put_cpu_ptr(void *objects)
{
	put_cpu_ptr(PERCPU(objects));
}

void *kcxx_per_cpu_ptr(void *objects, unsigned int cpu);
void *kcxx_per_cpu_ptr(void *objects, unsigned int cpu)
{
	return per_cpu_ptr(PERCPU(objects), cpu);
}

bool kcxx_cpu_possible(unsigned int cpu);
bool kcxx_cpu_possible(unsigned int cpu)
{
	return cpu < nr_cpu_ids && cpu_possible(cpu);
}

/* Returns the first possible CPU after @cpu; -1 is before all CPUs */
unsigned int kcxx_next_possible_cpu(unsigned int cpu);
unsigned int kcxx_next_possible_cpu(unsigned int cpu)
{
	return cpumask_next((int)cpu, cpu_possible_mask);
}
