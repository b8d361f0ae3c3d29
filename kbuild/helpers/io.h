/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/io.h> for <kernel/io.hpp> */

#include <linux/delay.h>
#include <linux/io.h>
#include <linux/ioport.h>

/* Macros on some architectures */
static inline unsigned char kcxx_readb(const volatile void *address)
{
	return readb((const volatile void __iomem *)address);
}
static inline unsigned short kcxx_readw(const volatile void *address)
{
	return readw((const volatile void __iomem *)address);
}
static inline unsigned int kcxx_readl(const volatile void *address)
{
	return readl((const volatile void __iomem *)address);
}
static inline unsigned long long kcxx_readq(const volatile void *address)
{
	return readq((const volatile void __iomem *)address);
}
static inline void kcxx_writeb(unsigned char value, volatile void *address)
{
	writeb(value, (volatile void __iomem *)address);
}
static inline void kcxx_writew(unsigned short value, volatile void *address)
{
	writew(value, (volatile void __iomem *)address);
}
static inline void kcxx_writel(unsigned int value, volatile void *address)
{
	writel(value, (volatile void __iomem *)address);
}
static inline void kcxx_writeq(unsigned long long value, volatile void *address)
{
	writeq(value, (volatile void __iomem *)address);
}
static inline unsigned char kcxx_readb_relaxed(const volatile void *address)
{
	return readb_relaxed((const volatile void __iomem *)address);
}
static inline unsigned short kcxx_readw_relaxed(const volatile void *address)
{
	return readw_relaxed((const volatile void __iomem *)address);
}
static inline unsigned int kcxx_readl_relaxed(const volatile void *address)
{
	return readl_relaxed((const volatile void __iomem *)address);
}
static inline unsigned long long kcxx_readq_relaxed(const volatile void *address)
{
	return readq_relaxed((const volatile void __iomem *)address);
}
static inline void kcxx_writeb_relaxed(unsigned char value, volatile void *address)
{
	writeb_relaxed(value, (volatile void __iomem *)address);
}
static inline void kcxx_writew_relaxed(unsigned short value, volatile void *address)
{
	writew_relaxed(value, (volatile void __iomem *)address);
}
static inline void kcxx_writel_relaxed(unsigned int value, volatile void *address)
{
	writel_relaxed(value, (volatile void __iomem *)address);
}
static inline void kcxx_writeq_relaxed(unsigned long long value, volatile void *address)
{
	writeq_relaxed(value, (volatile void __iomem *)address);
}

/* A macro */
static inline void kcxx_udelay(unsigned long microseconds)
{
	udelay(microseconds);
}

/* A macro */
static inline void kcxx_ndelay(unsigned long nanoseconds)
{
	ndelay(nanoseconds);
}

static inline void kcxx_fsleep(unsigned long microseconds)
{
	fsleep(microseconds);
}

/* Inline in some kernels, with a state of the task in others */
static inline void kcxx_usleep_range(unsigned long least, unsigned long most)
{
	usleep_range(least, most);
}

/* Ports: functions or macros, by the architecture */
static inline unsigned char kcxx_inb(unsigned long port)
{
	return inb(port);
}
static inline unsigned short kcxx_inw(unsigned long port)
{
	return inw(port);
}
static inline unsigned int kcxx_inl(unsigned long port)
{
	return inl(port);
}
static inline void kcxx_outb(unsigned char value, unsigned long port)
{
	outb(value, port);
}
static inline void kcxx_outw(unsigned short value, unsigned long port)
{
	outw(value, port);
}
static inline void kcxx_outl(unsigned int value, unsigned long port)
{
	outl(value, port);
}

/* Macros, with the resource of all ports */
static inline _Bool kcxx_devm_request_ports(struct device *dev, unsigned long first,
					    unsigned long count, const char *name)
{
	return devm_request_region(dev, first, count, name);
}
static inline _Bool kcxx_request_muxed_ports(unsigned long first, unsigned long count,
					     const char *name)
{
	return request_muxed_region(first, count, name);
}
static inline void kcxx_release_ports(unsigned long first, unsigned long count)
{
	release_region(first, count);
}
