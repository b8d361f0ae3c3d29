/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/gpio/driver.h>, <linux/gpio/consumer.h>, <linux/gpio/machine.h> for <kernel/gpio.hpp> */

#include <linux/gpio/consumer.h>
#include <linux/gpio/driver.h>
#include <linux/gpio/machine.h>
#include <linux/irq.h>
#include <linux/irqchip/chained_irq.h>
#include <linux/irqdomain.h>
#include <linux/pinctrl/pinconf-generic.h>
#include <linux/slab.h>

static const int KCXX_GPIO_LINE_DIRECTION_IN = GPIO_LINE_DIRECTION_IN;
static const int KCXX_GPIO_LINE_DIRECTION_OUT = GPIO_LINE_DIRECTION_OUT;
static const unsigned int KCXX_GPIOD_IN = GPIOD_IN;
static const unsigned int KCXX_GPIOD_OUT_LOW = GPIOD_OUT_LOW;
static const unsigned int KCXX_GPIOD_OUT_HIGH = GPIOD_OUT_HIGH;
static const unsigned long KCXX_GPIO_ACTIVE_LOW = GPIO_ACTIVE_LOW;
static const unsigned long KCXX_GPIO_OPEN_DRAIN = GPIO_OPEN_DRAIN;
static const unsigned long KCXX_GPIO_OPEN_SOURCE = GPIO_OPEN_SOURCE;
static const unsigned long KCXX_GPIO_PULL_UP = GPIO_PULL_UP;
static const unsigned long KCXX_GPIO_PULL_DOWN = GPIO_PULL_DOWN;
static const unsigned int KCXX_IRQ_TYPE_NONE = IRQ_TYPE_NONE;
static const unsigned int KCXX_IRQ_TYPE_EDGE_RISING = IRQ_TYPE_EDGE_RISING;
static const unsigned int KCXX_IRQ_TYPE_EDGE_FALLING = IRQ_TYPE_EDGE_FALLING;
static const unsigned int KCXX_IRQ_TYPE_EDGE_BOTH = IRQ_TYPE_EDGE_BOTH;
static const unsigned int KCXX_IRQ_TYPE_LEVEL_HIGH = IRQ_TYPE_LEVEL_HIGH;
static const unsigned int KCXX_IRQ_TYPE_LEVEL_LOW = IRQ_TYPE_LEVEL_LOW;
static const unsigned int KCXX_IRQ_TYPE_SENSE_MASK = IRQ_TYPE_SENSE_MASK;
static const unsigned long KCXX_IRQCHIP_IMMUTABLE = IRQCHIP_IMMUTABLE;

static const unsigned int KCXX_GPIO_SETTING_BIAS_NONE = PIN_CONFIG_BIAS_DISABLE;
static const unsigned int KCXX_GPIO_SETTING_PULL_UP = PIN_CONFIG_BIAS_PULL_UP;
static const unsigned int KCXX_GPIO_SETTING_PULL_DOWN = PIN_CONFIG_BIAS_PULL_DOWN;
static const unsigned int KCXX_GPIO_SETTING_PUSH_PULL = PIN_CONFIG_DRIVE_PUSH_PULL;
static const unsigned int KCXX_GPIO_SETTING_OPEN_DRAIN = PIN_CONFIG_DRIVE_OPEN_DRAIN;
static const unsigned int KCXX_GPIO_SETTING_OPEN_SOURCE = PIN_CONFIG_DRIVE_OPEN_SOURCE;
static const unsigned int KCXX_GPIO_SETTING_DEBOUNCE = PIN_CONFIG_INPUT_DEBOUNCE;
static const int KCXX_ENOTSUPP = ENOTSUPP;

static inline unsigned int kcxx_gpio_setting(unsigned long config)
{
	return pinconf_to_config_param(config);
}

static inline unsigned int kcxx_gpio_setting_value(unsigned long config)
{
	return pinconf_to_config_argument(config);
}

/* The flags are an enum */
static inline struct gpio_desc *kcxx_gpiod_get(struct device *dev, const char *name,
					       unsigned int index, unsigned int flags)
{
	return gpiod_get_index(dev, name, index, (enum gpiod_flags)flags);
}

static inline struct gpio_desc *kcxx_fwnode_gpiod_get(struct fwnode_handle *fwnode,
						      const char *name, unsigned int index,
						      unsigned int flags, const char *label)
{
	return fwnode_gpiod_get_index(fwnode, name, index, (enum gpiod_flags)flags, label);
}

static inline struct gpio_desc *kcxx_gpiod_get_optional(struct device *dev, const char *name,
							unsigned int index, unsigned int flags)
{
	return gpiod_get_index_optional(dev, name, index, (enum gpiod_flags)flags);
}

static inline struct gpio_descs *kcxx_gpiod_get_array(struct device *dev, const char *name,
						      unsigned int flags)
{
	return gpiod_get_array(dev, name, (enum gpiod_flags)flags);
}

/* Lines that fit into a word */
static inline int kcxx_gpiod_get_several(struct gpio_descs *lines, unsigned long *levels)
{
	return gpiod_get_array_value(lines->ndescs, lines->desc, lines->info, levels);
}

static inline int kcxx_gpiod_get_several_cansleep(struct gpio_descs *lines, unsigned long *levels)
{
	return gpiod_get_array_value_cansleep(lines->ndescs, lines->desc, lines->info, levels);
}

static inline int kcxx_gpiod_set_several(struct gpio_descs *lines, unsigned long levels)
{
	return gpiod_set_array_value(lines->ndescs, lines->desc, lines->info, &levels);
}

static inline int kcxx_gpiod_set_several_cansleep(struct gpio_descs *lines, unsigned long levels)
{
	return gpiod_set_array_value_cansleep(lines->ndescs, lines->desc, lines->info, &levels);
}

/* An integer since 6.17 */
static inline void kcxx_gpiod_set(struct gpio_desc *line, int value)
{
	gpiod_set_value(line, value);
}

static inline void kcxx_gpiod_set_cansleep(struct gpio_desc *line, int value)
{
	gpiod_set_value_cansleep(line, value);
}

/* A table of @count lines for the device of this name, all of them empty; null without memory */
static inline struct gpiod_lookup_table *kcxx_gpiod_table(const char *device, unsigned long count)
{
	struct gpiod_lookup_table *table;

	table = kzalloc(struct_size(table, table, count + 1), GFP_KERNEL);
	if (table)
		table->dev_id = device;
	return table;
}

static inline void kcxx_gpiod_table_line(struct gpiod_lookup_table *table, unsigned long at,
					 const char *chip, unsigned short line, const char *name,
					 unsigned int index, unsigned long flags)
{
	table->table[at] = (struct gpiod_lookup)GPIO_LOOKUP_IDX(chip, line, name, index, flags);
}

static inline void kcxx_gpiod_table_free(struct gpiod_lookup_table *table)
{
	kfree(table);
}

static inline struct gpio_chip *kcxx_gpio_chip_of_irq(struct irq_data *data)
{
	return (struct gpio_chip *)irq_data_get_irq_chip_data(data);
}

static inline unsigned int kcxx_irqd_to_hwirq(struct irq_data *data)
{
	return (unsigned int)irqd_to_hwirq(data);
}

/* The flow of edges, or of levels */
static inline void kcxx_irq_set_flow(struct irq_data *data, unsigned int type)
{
	irq_set_handler_locked(data, type & IRQ_TYPE_LEVEL_MASK ? handle_level_irq :
							type	? handle_edge_irq :
								  handle_bad_irq);
}

static inline struct gpio_chip *kcxx_gpio_chip_of_parent(struct irq_desc *desc)
{
	return (struct gpio_chip *)irq_desc_get_handler_data(desc);
}

static inline void kcxx_chained_irq_enter(struct irq_desc *desc)
{
	chained_irq_enter(irq_desc_get_chip(desc), desc);
}

static inline void kcxx_chained_irq_exit(struct irq_desc *desc)
{
	chained_irq_exit(irq_desc_get_chip(desc), desc);
}

#ifdef CONFIG_GPIOLIB_IRQCHIP
static inline void kcxx_gpio_chip_set_irqs(struct gpio_chip *chip, const struct irq_chip *irqs,
					   irq_flow_handler_t handler, unsigned int *parent)
{
	gpio_irq_chip_set_chip(&chip->irq, irqs);
	chip->irq.parent_handler = handler;
	chip->irq.num_parents = 1;
	chip->irq.parents = parent;
	chip->irq.default_type = IRQ_TYPE_NONE;
	chip->irq.handler = handle_bad_irq;
}

static inline void kcxx_gpio_chip_handle(struct gpio_chip *chip, unsigned int line)
{
	generic_handle_domain_irq(chip->irq.domain, line);
}

/* The driver handles the chip's own interrupt in a thread, and those of the lines in it */
static inline void kcxx_gpio_chip_set_nested_irqs(struct gpio_chip *chip,
						  const struct irq_chip *irqs)
{
	gpio_irq_chip_set_chip(&chip->irq, irqs);
	chip->irq.parent_handler = NULL;
	chip->irq.num_parents = 0;
	chip->irq.parents = NULL;
	chip->irq.default_type = IRQ_TYPE_NONE;
	chip->irq.handler = handle_simple_irq;
	chip->irq.threaded = true;
}

static inline void kcxx_gpio_chip_handle_nested(struct gpio_chip *chip, unsigned int line)
{
	unsigned int irq = irq_find_mapping(chip->irq.domain, line);

	if (irq)
		handle_nested_irq(irq);
}
#endif
