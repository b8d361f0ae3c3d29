/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/i2c.h> for <kernel/i2c.hpp> */

#include <linux/acpi.h>
#include <linux/i2c.h>
#include <linux/of_device.h>
#include <linux/property.h>
#include <linux/string.h>

static const unsigned int KCXX_I2C_FUNC_I2C = I2C_FUNC_I2C;
static const unsigned int KCXX_I2C_FUNC_SMBUS_EMUL = I2C_FUNC_SMBUS_EMUL;
static const unsigned int KCXX_I2C_FUNC_SMBUS_BYTE = I2C_FUNC_SMBUS_BYTE;
static const unsigned int KCXX_I2C_FUNC_SMBUS_BYTE_DATA = I2C_FUNC_SMBUS_BYTE_DATA;
static const unsigned int KCXX_I2C_FUNC_SMBUS_WORD_DATA = I2C_FUNC_SMBUS_WORD_DATA;
static const unsigned int KCXX_I2C_FUNC_SMBUS_I2C_BLOCK = I2C_FUNC_SMBUS_I2C_BLOCK;
static const unsigned int KCXX_I2C_FUNC_SMBUS_BLOCK_DATA = I2C_FUNC_SMBUS_BLOCK_DATA;
static const unsigned int KCXX_I2C_M_RD = I2C_M_RD;

static inline _Bool kcxx_i2c_has(struct i2c_client *client, unsigned int functions)
{
	return i2c_check_functionality(client->adapter, functions) != 0;
}

/* The number of the row of the driver's ids, from 1; 0 without */
static inline unsigned long kcxx_i2c_match_row(struct i2c_client *client,
					       const struct i2c_device_id *ids)
{
	const struct i2c_device_id *id = i2c_match_id(ids, client);

	return id ? id->driver_data + 1 : 0;
}

static inline int kcxx_i2c_send(struct i2c_client *client, const char *bytes, int count)
{
	return i2c_master_send(client, bytes, count);
}

static inline int kcxx_i2c_receive(struct i2c_client *client, char *bytes, int count)
{
	return i2c_master_recv(client, bytes, count);
}

/* A message of any direction for the client */
static inline void kcxx_i2c_address(struct i2c_msg *message, const struct i2c_client *client)
{
	message->addr = client->addr;
	message->flags = client->flags & I2C_M_TEN;
}

static inline struct device *kcxx_i2c_adapter_device(struct i2c_adapter *adapter)
{
	return &adapter->dev;
}

/* The bus has the next free number, and the devices that firmware names. */
static inline void kcxx_i2c_describe(struct i2c_adapter *adapter, struct device *parent,
				     const char *name)
{
	strscpy(adapter->name, name, sizeof(adapter->name));
	adapter->dev.parent = parent;
	adapter->dev.of_node = parent->of_node;
	ACPI_COMPANION_SET(&adapter->dev, ACPI_COMPANION(parent));
}

/* Without a node, @node is NULL. */
static inline struct i2c_client *kcxx_i2c_new_device(struct i2c_adapter *adapter, const char *name,
						     unsigned short address, int irq,
						     struct fwnode_handle *node)
{
	struct i2c_board_info info = {
		.addr = address,
		.irq = irq,
		.swnode = to_software_node(node),
	};

	strscpy(info.type, name, sizeof(info.type));
	return i2c_new_client_device(adapter, &info);
}

/*
 * The adapter's module stays as long as the client is held. Should the adapter be unbound before,
 * it unregisters the client, whose memory stays.
 */
static inline struct i2c_client *kcxx_i2c_new_client(int number, const char *name,
						     unsigned short address, int irq,
						     struct fwnode_handle *node)
{
	struct i2c_adapter *adapter = i2c_get_adapter(number);
	struct i2c_client *client;

	if (!adapter)
		return ERR_PTR(-ENODEV);
	client = kcxx_i2c_new_device(adapter, name, address, irq, node);
	if (IS_ERR(client))
		i2c_put_adapter(adapter);
	else
		get_device(&client->dev);
	return client;
}

static inline void kcxx_i2c_end_client(struct i2c_client *client)
{
	struct i2c_adapter *adapter = client->adapter;

	if (device_is_registered(&client->dev))
		i2c_unregister_device(client);
	put_device(&client->dev);
	i2c_put_adapter(adapter);
}
