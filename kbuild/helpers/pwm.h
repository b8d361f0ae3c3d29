/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* <linux/pwm.h> for <kernel/pwm.hpp> */

#include <linux/module.h>

/* The header imports a namespace of symbols. Every module reads it here, and <kernel/pwm.hpp> imports the namespace. */
#pragma push_macro("MODULE_IMPORT_NS")
#undef MODULE_IMPORT_NS
#define MODULE_IMPORT_NS(ns)
#include <linux/pwm.h>
#pragma pop_macro("MODULE_IMPORT_NS")
#include <linux/slab.h>
#include <linux/version.h>

static const unsigned int KCXX_PWM_POLARITY_NORMAL = PWM_POLARITY_NORMAL;
static const unsigned int KCXX_PWM_POLARITY_INVERSED = PWM_POLARITY_INVERSED;

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 9, 0)
/* The kernel allocates chips, and counts references to them */
static inline struct pwm_chip *kcxx_pwmchip_alloc(struct device *parent, unsigned int npwm)
{
	return pwmchip_alloc(parent, npwm, sizeof(void *));
}

static inline void **kcxx_pwmchip_driver(struct pwm_chip *chip)
{
	return (void **)pwmchip_get_drvdata(chip);
}

static inline void kcxx_pwmchip_put(struct pwm_chip *chip)
{
	pwmchip_put(chip);
}

static inline int kcxx_pwmchip_add(struct pwm_chip *chip, struct module *owner)
{
	return __pwmchip_add(chip, owner);
}
#else
/* A driver allocates its chip; here its pointer is behind the chip */
static inline struct pwm_chip *kcxx_pwmchip_alloc(struct device *parent, unsigned int npwm)
{
	struct pwm_chip *chip = kzalloc(sizeof(*chip) + sizeof(void *), GFP_KERNEL);

	if (!chip)
		return ERR_PTR(-ENOMEM);
	chip->dev = parent;
	chip->npwm = npwm;
	return chip;
}

static inline void **kcxx_pwmchip_driver(struct pwm_chip *chip)
{
	return (void **)(chip + 1);
}

static inline void kcxx_pwmchip_put(struct pwm_chip *chip)
{
	kfree(chip);
}

/* The owner is in the operations */
static inline int kcxx_pwmchip_add(struct pwm_chip *chip, struct module *owner)
{
	return pwmchip_add(chip);
}
#endif

/* Static functions */
static inline void kcxx_pwm_get_state(const struct pwm_device *pwm, struct pwm_state *state)
{
	pwm_get_state(pwm, state);
}

static inline void kcxx_pwm_init_state(const struct pwm_device *pwm, struct pwm_state *state)
{
	pwm_init_state(pwm, state);
}

static inline int kcxx_pwm_apply(struct pwm_device *pwm, const struct pwm_state *state)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 8, 0)
	return pwm_apply_might_sleep(pwm, state);
#else
	return pwm_apply_state(pwm, state);
#endif
}
