/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/device.h> for <kernel/device/device.hpp> */

#include <linux/acpi.h>
#include <linux/device.h>
#include <linux/of.h>
#include <linux/of_device.h>
#include <linux/property.h>

/* A macro, which adds the action's name */
static inline int kcxx_devm_add_action_or_reset(struct device *dev, void (*action)(void *),
						void *data)
{
	return devm_add_action_or_reset(dev, action, data);
}

/* The action's type is another since 6.17 */
static inline void kcxx_devm_release_action(struct device *dev, void (*action)(void *), void *data)
{
	devm_release_action(dev, action, data);
}

/* Inline in the kernel */
static inline void *kcxx_devm_kcalloc(struct device *dev, size_t count, size_t size)
{
	return devm_kcalloc(dev, count, size, GFP_KERNEL);
}

static inline const char *kcxx_dev_name(const struct device *dev)
{
	return dev_name(dev);
}

static inline void kcxx_dev_set_drvdata(struct device *dev, void *data)
{
	dev_set_drvdata(dev, data);
}

static inline void *kcxx_dev_get_drvdata(const struct device *dev)
{
	return dev_get_drvdata(dev);
}

static inline _Bool kcxx_device_property_present(const struct device *dev, const char *name)
{
	return device_property_present((struct device *)dev, name);
}

/* Macros, whose initialisers have no C++ */
static inline void kcxx_property_u32(struct property_entry *entry, const char *name, u32 value)
{
	*entry = PROPERTY_ENTRY_U32(name, value);
}

static inline void kcxx_property_u64(struct property_entry *entry, const char *name, u64 value)
{
	*entry = PROPERTY_ENTRY_U64(name, value);
}

static inline void kcxx_property_string(struct property_entry *entry, const char *name,
					const char *value)
{
	*entry = PROPERTY_ENTRY_STRING(name, value);
}

static inline void kcxx_property_bool(struct property_entry *entry, const char *name)
{
	*entry = PROPERTY_ENTRY_BOOL(name);
}

static inline void kcxx_property_u16_array(struct property_entry *entry, const char *name,
					   const u16 *values, size_t count)
{
	*entry = PROPERTY_ENTRY_U16_ARRAY_LEN(name, values, count);
}

static inline void kcxx_property_u32_array(struct property_entry *entry, const char *name,
					   const u32 *values, size_t count)
{
	*entry = PROPERTY_ENTRY_U32_ARRAY_LEN(name, values, count);
}

static inline void kcxx_property_string_array(struct property_entry *entry, const char *name,
					      const char *const *values, size_t count)
{
	*entry = PROPERTY_ENTRY_STRING_ARRAY_LEN(name, values, count);
}

/* A macro, which takes const and others */
static inline struct fwnode_handle *kcxx_dev_fwnode(const struct device *dev)
{
	return dev_fwnode((struct device *)dev);
}

/* The node's member has another name since 6.18 */
static inline int kcxx_property_ref(struct property_entry *entry, const char *name,
				    struct software_node_ref_args *reference,
				    const struct fwnode_handle *node, const u64 *arguments,
				    size_t count)
{
	if (count > ARRAY_SIZE(reference->args))
		return -EINVAL;
	*reference = SOFTWARE_NODE_REFERENCE(to_software_node(node));
	reference->nargs = count;
	memcpy(reference->args, arguments, count * sizeof(*arguments));
	*entry = PROPERTY_ENTRY_REF_ARRAY_LEN(name, reference, 1);
	return 0;
}

/* The data of the id by which firmware named the device; null without */
static inline const void *kcxx_of_match_data(struct device *dev)
{
#ifdef CONFIG_OF
	const struct of_device_id *id = of_match_device(dev->driver->of_match_table, dev);

	return id ? id->data : NULL;
#else
	return NULL;
#endif
}

/* The number of the row of ACPI's ids, from 1; 0 without */
static inline unsigned long kcxx_acpi_match_row(struct device *dev)
{
	const struct acpi_device_id *id = acpi_match_device(dev->driver->acpi_match_table, dev);

	return id ? id->driver_data + 1 : 0;
}
