/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The functions that are compared, each in C (c_…, in_c.c) and in C++ (cxx_…, in_cxx.cc):
 * the same work by the same kernel functions, as one writes it in either language.
 */

#pragma once

#ifdef __cplusplus
extern "C" {
#endif

#define NUMBERS 1000   /* that a vector holds */
#define OBJECTS 100    /* that a list or a tree holds */
#define BUFFER_SIZE 64 /* bytes, of a buffer for a device */

#define NOCOST_SET_NUMBER _IOW('n', 1, unsigned long)
#define NOCOST_GET_NUMBER _IOR('n', 2, unsigned long)

#define SUBJECTS(of)                                                                               \
	struct of##_all;                  /* what they work on */                                  \
	struct of##_all *of##_make(void); /* or null */                                            \
	void of##_destroy(struct of##_all *all);                                                   \
	void of##_spinlock(struct of##_all *all); /* takes it, adds 1, releases it */              \
	void of##_spinlock_irqsave(struct of##_all *all);                                          \
	void of##_mutex(struct of##_all *all);                                                     \
	int of##_mutex_held(struct of##_all *all); /* tries to take it, which is held */           \
	void of##_with_mutex(struct of##_all *all, void (*call)(void)); /* held meanwhile */       \
	long of##_rwsem_read(struct of##_all *all);                                                \
	void of##_rwsem_write(struct of##_all *all);                                               \
	long of##_rcu_read(struct of##_all *all);                                                  \
	void of##_completion(struct of##_all *all); /* completes it, waits for it */               \
	void of##_atomic_add(struct of##_all *all);                                                \
	long of##_atomic_fetch_add(struct of##_all *all);                                          \
	void of##_per_cpu(struct of##_all *all);   /* adds 1 to this CPU's */                      \
	int of##_box(long value);                  /* makes an object, frees it */                 \
	long of##_counted(struct of##_all *all);   /* takes a reference, gives it up */            \
	int of##_queue_work(struct of##_all *all); /* that is queued already */                    \
	int of##_timer(struct of##_all *all);      /* starts it, cancels it */                     \
	int of##_push(int count); /* so many into an empty vector, and frees that */               \
	int of##_index(struct of##_all *all,                                                       \
		       unsigned long index); /* an element, if it is there */                      \
	int of##_format(char *to, unsigned long size, int count, const char *whom);                \
	void of##_log(int count, const char *whom);                                                \
	long of##_sum(struct of##_all *all);         /* of all elements, by index */               \
	long of##_read_value(unsigned long address); /* 64 bits of user space */                   \
	int of##_write_value(unsigned long address);                                               \
	int of##_read_bytes(struct of##_all *all, unsigned long address, unsigned long size);      \
	int of##_write_bytes(struct of##_all *all, unsigned long address, unsigned long size);     \
	long of##_walk(struct of##_all *all);   /* the sum of a list's objects */                  \
	void of##_rotate(struct of##_all *all); /* takes the first object out, and appends it */   \
	long of##_tree_find(struct of##_all *all, long key);   /* the value with that key */       \
	void of##_tree_insert(struct of##_all *all, long key); /* takes it out, and inserts it */  \
	int of##_ring(struct of##_all *all, int number); /* into a queue, and the first one out */ \
	/* changes two fields of a register, and reads one of another */                           \
	unsigned int of##_registers(struct of##_all *all, unsigned int mode);                      \
	int of##_device_make(void); /* /dev/nocost_<of> */                                         \
	void of##_device_destroy(void);                                                            \
	int of##_driver_make(void); /* of the platform device nocost_<of> */                       \
	void of##_driver_destroy(void);                                                            \
	unsigned long of##_interrupts(void); /* that the driver counted */                         \
	int of##_dma_map(void)               /* makes a buffer, lends it to the device, frees it */

SUBJECTS(c);
SUBJECTS(cxx);

#ifdef __cplusplus
}
#endif
