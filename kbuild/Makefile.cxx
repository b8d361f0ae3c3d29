# SPDX-License-Identifier: GPL-2.0-only OR MIT
# ==========================================================================
# C++ in an external module. A whole Kbuild file:
#
#	obj-m   := hello.o
#	hello-y := hello.o engine/pump.o
#	include <kcxx>/kbuild/Makefile.cxx
#
# A member foo.o is C++ when foo.cc (or .cpp, .cxx) lies beside the Kbuild
# file; Kbuild itself builds every other member. A module may have one
# member of its own name; hello-y may be left out when hello.cc is all.
# The include comes last. For probes of the kernel, see Makefile.cxxprobes.
#
# Variables a user may set, in the Kbuild file or on make's command line:
#   CXX               the C++ compiler; default: the partner of $(CC)
#   cxxflags-y        flags for every C++ object (ccflags-y apply as well)
#   CXXFLAGS_foo.o    flags for foo.o alone
#   KCXX_ANALYSIS     auto: Clang analyses what GCC compiles (analyze-cxx.sh), if it
#                     is there; y: it has to be there; the command of a Clang; or
#                     n. Default: auto
#   KCXX_LIB_hello    objects that the module hello gets only if it calls them,
#                     as with lib-y; hello-y lists those that it always gets
#   KCXX_SOURCE_foo.o the source of foo.o, if it has another name (C as well):
#                     two modules get an object each of one source
# ==========================================================================

# An absolute path, because Kbuild's sub-makes differ in working directory; without a slash at the end.
kcxx := $(abspath $(dir $(lastword $(MAKEFILE_LIST))))

# Kbuild reads a module's Kbuild file in three places. Each gets its part.
kcxx-reader := $(notdir $(filter %/Makefile.build %/Makefile.modpost %/Makefile.clean, \
		 $(MAKEFILE_LIST)))

# The members of module $1, as its Kbuild file lists them
kcxx-members = $(strip $($1-y) $($1-objs) $($1-m))

# The C++ source of member $1 (foo.o), if it has one
kcxx-source = $(firstword $(if $(KCXX_SOURCE_$1),$(filter %.cc %.cpp %.cxx,$(src)/$(KCXX_SOURCE_$1)), \
	$(wildcard $(foreach x, cc cpp cxx, $(src)/$(1:.o=.$x)))))

# The error for an object that is listed behind the include of this file
kcxx-late = kcxx: $(notdir $1) is made of C++, and the Kbuild file lists it behind the include of Makefile.cxx. \
	needed: the include as the last line; type: the line with $(notdir $1) above the include

# Modules with at least one C++ member. A single-object module is its own
# only member.
kcxx-modules := $(strip $(foreach m, $(patsubst %.o,%,$(filter %.o,$(obj-m))), \
	$(if $(strip $(foreach o, $(or $(call kcxx-members,$m),$m.o) $(KCXX_LIB_$m), \
		$(call kcxx-source,$o))),$m)))

# Kbuild copies foo.o_shipped without a .cmd file, which modpost requires. foo.o_crcs, beside it, has the
# #SYMVER lines of its exports.
ifneq ($(filter Makefile.build,$(kcxx-reader)),)
quiet_cmd_kcxx_shipped = SHIPPED $@
      cmd_kcxx_shipped = cat $< > $@; touch $(dot-target).cmd; \
			 $(if $(wildcard $(<:_shipped=_crcs)),{ echo; cat $(<:_shipped=_crcs); } > $(dot-target).cmd)

$(obj)/%.o: $(obj)/%.o_shipped
	$(call cmd,kcxx_shipped)
endif

# Modules with KCXX_LIB_…, members with KCXX_SOURCE_…, and members of C with KCXX_FPU_…
kcxx-with-lib := $(foreach m,$(patsubst %.o,%,$(filter %.o,$(obj-m))),$(if $(strip $(KCXX_LIB_$m)),$m))
kcxx-renamed := $(filter %.o,$(patsubst KCXX_SOURCE_%,%,$(filter KCXX_SOURCE_%,$(.VARIABLES))))
kcxx-c-with-fpu := $(foreach o,$(filter %.o,$(patsubst KCXX_FPU_%,%,$(filter KCXX_FPU_%,$(.VARIABLES)))), \
	$(if $(filter y,$(KCXX_FPU_$o)),$(if $(call kcxx-source,$o),,$o)))

ifneq ($(kcxx-with-lib)$(kcxx-renamed),)
ifneq ($(filter Makefile.build,$(kcxx-reader)),)
include $(kcxx)/Makefile.cxxmembers
endif
endif

ifneq ($(kcxx-modules)$(kcxx-facts)$(kcxx-probes)$(kcxx-c-with-fpu),)
ifneq ($(filter Makefile.build,$(kcxx-reader)),)
include $(kcxx)/Makefile.cxxfpu
endif
endif

# <generated/kcxx-probes.h> of CMake's builds, for C; Makefile.cxxprobes has it for others
ifneq ($(filter y c,$(kcxx-facts)),)
LINUXINCLUDE := $(LINUXINCLUDE) $(filter-out $(LINUXINCLUDE),-I$(obj)/.kcxx/include)
endif

ifneq ($(kcxx-modules)$(kcxx-facts)$(kcxx-probes),)
ifneq ($(filter Makefile.build,$(kcxx-reader)),)
include $(kcxx)/Makefile.cxxflags
include $(kcxx)/Makefile.cxxrules
endif
ifneq ($(filter Makefile.modpost,$(kcxx-reader)),)
include $(kcxx)/Makefile.cxxbtf
endif
else ifneq ($(filter Makefile.build,$(kcxx-reader)),)
define kcxx-late-rule
$(obj)/%.o: $(obj)/%.$1
	$$(error $$(call kcxx-late,$$@))
endef
$(foreach x, cc cpp cxx, $(eval $(call kcxx-late-rule,$x)))
endif

# The runtime's objects; see Makefile.cxxrules
clean-files += .kcxx
