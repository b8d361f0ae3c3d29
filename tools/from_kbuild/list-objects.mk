# SPDX-License-Identifier: GPL-2.0-only OR MIT
# ==========================================================================
# kcxx new --from: make reads this file in place of the kernel's
# scripts/Makefile.build, once for each folder of a project. It appends to the
# file $(KCXX_RECORD), a line each:
#
#   makefile <path>             a makefile that make has read
#   in <directory>              directory in which compilers run
#   module <path> <member>…     a module, and its objects if they have other names
#   object <path>               an object; its flags follow, a word a line:
#   c|asm|cxx|ld <word>           for C, for assembly, only for C++, for the link of a module
#   beside <what> <name>…       other things that are made here
#   if <variable> <word>…       a variable that depends on an option: foo-if-CONFIG_PM
#
# Kbuild's own Makefile.build reads the Kbuild file, so each value is that of a
# build. Flags pass through the shell, as those of a compilation do.
# ==========================================================================

.PHONY: kcxx-list
$(if $(filter-out kcxx-list,$(MAKECMDGOALS)),$(MAKECMDGOALS): kcxx-list)

include $(srctree)/scripts/Makefile.build

.NOTPARALLEL:

# scripts/Makefile.lib has changed these variables.
kcxx-modules-here := $(filter %.o,$(obj-m))
kcxx-members-of = $(addprefix $(obj)/,$(filter-out .kcxx/%,$(foreach s,objs y m,$($(patsubst $(obj)/%,%,$(1:.o=-$s))))))
kcxx-objects-here := $(sort $(foreach m,$(kcxx-modules-here),$m $(call kcxx-members-of,$m)))
kcxx-conditions := $(foreach v,$(.VARIABLES),$(if $(findstring -if-CONFIG_,$v),$v))
kcxx-folders := $(sort $(patsubst %/,%,$(subdir-ym) $(foreach v,$(kcxx-conditions), \
		$(wildcard $(addprefix $(src)/,$(filter %/,$($v)))))))

# If an object has no source and does not exist, a rule of the project generates its source.
kcxx-sources-of = $(wildcard $(foreach x,c S cc cpp cxx rs o o_shipped o_binary,$(1:.o=.$x)) $(1:.cc.o=.cc) $(1:.cpp.o=.cpp) $(1:.cxx.o=.cxx))
$(foreach o,$(filter-out $(foreach m,$(kcxx-modules-here),$(if $(call kcxx-members-of,$m),$m)),$(kcxx-objects-here)), \
	$(if $(call kcxx-sources-of,$o),,$(eval $o: $(o:.o=.c))))

# write-flags <tag> <words>
kcxx-write-flags = for word in $2; do printf '%s %s\n' $1 "$$word"; done;

define kcxx-describe
	@{ printf 'object %s\n' '$(abspath $@)'; \
		$(call kcxx-write-flags,c,$(c_flags)) \
		$(call kcxx-write-flags,asm,$(a_flags)) \
		$(call kcxx-write-flags,cxx,$(cxxflags-y) $(CXXFLAGS_$(patsubst $(obj)/%,%,$@))) \
		$(call kcxx-write-flags,ld,$(ld_flags)) } >> '$(KCXX_RECORD)'
endef

.PHONY: $(kcxx-objects-here)
$(kcxx-objects-here):
	$(kcxx-describe)

.PHONY: kcxx-folder $(addprefix kcxx-below-,$(kcxx-folders))
kcxx-folder:
	@{ printf 'makefile %s\n' $(foreach f,$(MAKEFILE_LIST),'$(abspath $f)'); \
		echo in '$(CURDIR)'; \
		$(foreach m,$(kcxx-modules-here),echo module '$(abspath $m $(call kcxx-members-of,$m))';) \
		echo beside objects '$(abspath $(filter %.o,$(obj-y) $(lib-y) $(lib-m)))'; \
		echo beside programs '$(abspath $(addprefix $(obj)/,$(hostprogs) $(hostprogs-y) $(hostprogs-m) $(userprogs) $(userprogs-y)))'; \
		echo beside symbols '$(abspath $(KBUILD_EXTRA_SYMBOLS))'; \
		$(foreach v,$(kcxx-conditions),echo if '$(abspath $(obj)/$v)' '$($v)';) } >> '$(KCXX_RECORD)'

$(addprefix kcxx-below-,$(kcxx-folders)): kcxx-below-%: | kcxx-folder $(kcxx-objects-here)
	@$(MAKE) $(build)=$* need-modorder=1 kcxx-list

kcxx-list: kcxx-folder $(kcxx-objects-here) $(addprefix kcxx-below-,$(kcxx-folders))
	@:
