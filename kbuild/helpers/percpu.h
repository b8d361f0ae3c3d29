/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * <linux/percpu.h> for <kernel/memory/percpu.hpp>. A __percpu address passes through an integer,
 * because for some compilers it is another type of pointer.
 */

#include <linux/cpumask.h>
#include <linux/percpu.h>

static const unsigned long KCXX_PCPU_MIN_UNIT_SIZE = PCPU_MIN_UNIT_SIZE;

#define KCXX_PERCPU(objects) ((char __percpu *)(unsigned long)(objects))

/* A macro since 6.10 */
static inline void *kcxx_alloc_percpu_gfp(size_t size, size_t align, unsigned int flags)
{
	return (void *)(unsigned long)__alloc_percpu_gfp(size, align, (__force gfp_t)flags);
}

/* __percpu */
static inline void kcxx_free_percpu(void *objects)
{
	free_percpu(KCXX_PERCPU(objects));
}

/* A macro */
static inline void *kcxx_get_cpu_ptr(void *objects)
{
	return get_cpu_ptr(KCXX_PERCPU(objects));
}

/* A macro */
static inline void kcxx_put_cpu_ptr(void *objects)
{
	put_cpu_ptr(KCXX_PERCPU(objects));
}

/* A macro */
static inline void *kcxx_per_cpu_ptr(void *objects, unsigned int cpu)
{
	return per_cpu_ptr(KCXX_PERCPU(objects), cpu);
}

/* nr_cpu_ids is a macro or a variable */
static inline bool kcxx_cpu_possible(unsigned int cpu)
{
	return cpu < nr_cpu_ids && cpu_possible(cpu);
}

/* Returns the first possible CPU after @cpu; -1 is before all CPUs */
static inline unsigned int kcxx_next_possible_cpu(unsigned int cpu)
{
	return cpumask_next((int)cpu, cpu_possible_mask);
}
