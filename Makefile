# kalends: one Makefile for the whole tree; run `make help`.

## make                      programs into build/bin, modules into build/modules
## make VARIANT=clang        the same with clang, in build/clang
## make VARIANT=asan         AddressSanitizer and UBSan, in build/asan
## make VARIANT=coverage     instrumented for gcov, in build/coverage
## make VARIANT=fuzz         libFuzzer targets (clang), in build/fuzz
## make units                unit tests into $B/unit     (tests/unit/*.c)
## make properties           into $B/property            (tests/property/*.c)
## make faults               into $B/fault               (tests/fault/*.c)
## make benches              into $B/bench               (tests/bench/*.c)
## make fuzzers              into $B/fuzzers             (tests/fuzz/*.c)
## make unit                 build and run the unit tests
## make VARIANT=coverage coverage    run unit and golden tests, list coverage
## make completions          for bash, zsh and fish, into $B/completions
## make install              PREFIX=/usr/local, DESTDIR= for a staging root
## make uninstall            removes what install put there
## make objects              compiles everything, links nothing
## make flags                prints the command that compiles a file
## make clean                removes build/
##
## scripts/check runs every check there is.

VARIANT ?= release
PREFIX ?= /usr/local
DESTDIR ?=
BINDIR = $(PREFIX)/bin
MODULEDIR = $(PREFIX)/lib/kalends
MANDIR = $(PREFIX)/share/man
DOCDIR = $(PREFIX)/share/doc/kalends
BASHDIR = $(PREFIX)/share/bash-completion/completions
ZSHDIR = $(PREFIX)/share/zsh/site-functions
FISHDIR = $(PREFIX)/share/fish/vendor_completions.d

VARIANTS := release clang asan coverage fuzz
ifeq ($(filter $(VARIANT),$(VARIANTS)),)
$(error VARIANT is one of: $(VARIANTS))
endif
ifeq ($(VARIANT),release)
B := build
else
B := build/$(VARIANT)
endif

ifeq ($(origin CC),default)
CC := gcc
endif
ifneq ($(filter $(VARIANT),clang fuzz),)
override CC := clang
endif

# What a program or module links besides the library. --as-needed drops what
# it does not use; tests may use any part of the library and link LDLIBS_lib.
LDLIBS := -ldl
LDLIBS_lib := -ljansson -lutf8proc -lpcre2-8 -lnettle
LDLIBS_icsexpand := -ljansson -lutf8proc
LDLIBS_icsgrep := -lpcre2-8 -lutf8proc
LDLIBS_icssort := -lutf8proc
LDLIBS_icssplit := -ljansson -lnettle
LDLIBS_icsalarm := -ljansson -lutf8proc
LDLIBS_icsbusy := -ljansson -lutf8proc
LDLIBS_icsmeet := -ljansson -lutf8proc
LDLIBS_cardcat :=
LDLIBS_cardgrep := -ljansson -lnettle -lpcre2-8 -lutf8proc
LDLIBS_icsview := -ljansson -lutf8proc
LDLIBS_icspdf = $(shell pkg-config --libs pangocairo pangoft2) \
	-lfontconfig -ljansson -lutf8proc -lm
LDLIBS_module_rscale := -lical
LDLIBS_module_mail = $(shell pkg-config --libs gmime-3.0)
LDLIBS_property_libical_driver := -lical
LDLIBS_bench_engine := -lical
LDLIBS_bench_libical_parse := -lical
LDLIBS_bench_cairo_pages = $(shell pkg-config --libs pangocairo)

# --- flags ------------------------------------------------------------------

WARN := -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wpointer-arith -Wwrite-strings -Wvla \
	-Wformat=2 -Wcast-qual -Wundef
BASE_CPPFLAGS := -D_POSIX_C_SOURCE=200809L -Ilib -I.
BASE_CFLAGS := -std=c17 -fPIC -fvisibility=hidden -g $(WARN)

opt_release := -O2 -fstack-protector-strong -fstack-clash-protection \
	-ffunction-sections -fdata-sections
def_release := -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
ld_common := -Wl,--as-needed
ld_release := $(ld_common) -Wl,--gc-sections -Wl,-z,relro,-z,now \
	-Wl,-z,noexecstack
opt_clang := $(opt_release)
def_clang := $(def_release)
ld_clang := $(ld_release)
opt_asan := -O1 -fsanitize=address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer
ld_asan := $(ld_common) -fsanitize=address,undefined
opt_coverage := -O0 --coverage -fprofile-update=atomic
ld_coverage := $(ld_common) --coverage
opt_fuzz := -O1 -fsanitize=fuzzer-no-link,address,undefined \
	-fno-sanitize-recover=all -fno-omit-frame-pointer
ld_fuzz := $(ld_common) -fsanitize=address,undefined

COMPILE = $(CC) $(BASE_CPPFLAGS) $(def_$(VARIANT)) $(CPPFLAGS) \
	$(MODULE_CPPFLAGS) $(BASE_CFLAGS) $(opt_$(VARIANT)) $(CFLAGS)
LINK = $(CC) $(ld_$(VARIANT)) $(CFLAGS) $(LDFLAGS)

# --- what there is ----------------------------------------------------------

LIB_SRC := $(sort $(wildcard lib/*/*.c))
PDF_SRC := $(sort $(wildcard pdf/*.c))
CMD_SRC := $(sort $(wildcard cmd/*.c))
MODULE_SRC := $(sort $(wildcard modules/*.c))
TEST_SRC := $(sort $(wildcard $(foreach room,unit property fault bench fuzz,\
	tests/$(room)/*.c)))
obj = $(patsubst %.c,$B/obj/%.o,$1)
tests = $(patsubst tests/$1/%.c,$B/$2/%,$(filter tests/$1/%,$(TEST_SRC)))

PROGRAMS := $(CMD_SRC:cmd/%.c=$B/bin/%)
MODULES := $(MODULE_SRC:modules/%.c=$B/modules/kalends-%.so)
UNITS := $(call tests,unit,unit)
PROPERTIES := $(call tests,property,property)
PRELOADS := $(patsubst tests/fault/%.c,$B/fault/%.so,\
	$(wildcard tests/fault/preload_*.c))
FAULTS := $(filter-out $(PRELOADS:.so=),$(call tests,fault,fault)) $(PRELOADS)
BENCHES := $(call tests,bench,bench)
FUZZERS := $(call tests,fuzz,fuzzers)
ALL_SRC := $(LIB_SRC) $(PDF_SRC) $(CMD_SRC) $(MODULE_SRC) $(TEST_SRC)

.PHONY: all help units unit properties faults benches fuzzers objects clean
.PHONY: completions install uninstall coverage flags FORCE
.SECONDARY:
.DELETE_ON_ERROR:

all: $(PROGRAMS) $(MODULES)
units: $(UNITS)
properties: $(PROPERTIES)
faults: $(FAULTS)
benches: $(BENCHES)
fuzzers: $(FUZZERS)
objects: $(call obj,$(filter-out tests/fuzz/%,$(ALL_SRC)))

help:
	@sed -n 's/^## \{0,1\}//p' Makefile

# --- compile and link -------------------------------------------------------

# A stamp changes only when its text does: what depends on it is then rebuilt.
quote = '$(subst ','\'',$(strip $1))'
stamp = @mkdir -p $(@D); printf '%s\n' $(call quote,$1) >$@.new; \
	if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

$B/stamp/compile: FORCE
	$(call stamp,$(COMPILE))
$B/stamp/link: FORCE
	$(call stamp,$(LINK) $(LDLIBS) $(LDLIBS_lib))
$B/stamp/library: FORCE
	$(call stamp,$(LIB_SRC))
$B/stamp/modules: FORCE
	$(call stamp,$(MODULEDIR))

# The module loader knows where modules are installed; only it is compiled
# again for another PREFIX.
$B/obj/lib/%/module.o flags: MODULE_CPPFLAGS = \
	-DKALENDS_MODULE_DIR='"$(MODULEDIR)"'
GMIME = $(patsubst -I%,-isystem %,$(shell pkg-config --cflags gmime-3.0))
$B/obj/modules/mail.o: MODULE_CPPFLAGS = $(GMIME)
flags: MODULE_CPPFLAGS += $(GMIME)
PANGO = $(patsubst -I%,-isystem %,\
	$(shell pkg-config --cflags-only-I pangocairo pangoft2))
$(call obj,$(PDF_SRC) cmd/icspdf.c tests/bench/cairo_pages.c): \
	MODULE_CPPFLAGS = $(PANGO)
flags: MODULE_CPPFLAGS += $(PANGO)
$B/stamp/compile: MODULE_CPPFLAGS =
$(filter %/module.o,$(call obj,$(LIB_SRC))): $B/stamp/modules

$B/obj/%.o: %.c $B/stamp/compile
	@mkdir -p $(@D)
	$(COMPILE) -MMD -MP -c -o $@ $<

$B/libkalends.a: $(call obj,$(LIB_SRC)) $B/stamp/library
	@rm -f $@
	ar rcs $@ $(filter %.o,$^)

LIBRARY := $B/libkalends.a
INPUTS = $(filter %.o,$^) $(filter %.a,$^)

$B/bin/%: $B/obj/cmd/%.o $(LIBRARY) $B/stamp/link
	@mkdir -p $(@D)
	$(LINK) -pie -o $@ $(INPUTS) $(LDLIBS_$*) $(LDLIBS)

$B/bin/icspdf: $(call obj,$(PDF_SRC))

$B/modules/kalends-%.so: $B/obj/modules/%.o $(LIBRARY) $B/stamp/link
	@mkdir -p $(@D)
	$(LINK) -shared -o $@ $(INPUTS) $(LDLIBS_module_$*) $(LDLIBS)

$B/unit/%: $B/obj/tests/unit/%.o $(LIBRARY) $B/stamp/link
	@mkdir -p $(@D)
	$(LINK) -o $@ $(INPUTS) -lcmocka $(LDLIBS_lib) $(LDLIBS)

define plain_test
$B/$1/%: $B/obj/tests/$1/%.o $$(LIBRARY) $B/stamp/link
	@mkdir -p $$(@D)
	$$(LINK) -o $$@ $$(INPUTS) $$(LDLIBS_$1_$$*) $$(LDLIBS_lib) $$(LDLIBS)
endef
$(foreach room,property fault bench,$(eval $(call plain_test,$(room))))

# Loaded into programs with LD_PRELOAD.
$(PRELOADS): $B/fault/%.so: $B/obj/tests/fault/%.o $B/stamp/link
	@mkdir -p $(@D)
	$(LINK) -shared -o $@ $(INPUTS) $(LDLIBS)

$B/fuzzers/%: $B/obj/tests/fuzz/%.o $(LIBRARY) $B/stamp/link
	@mkdir -p $(@D)
	$(LINK) -fsanitize=fuzzer -o $@ $(INPUTS) $(LDLIBS_lib) $(LDLIBS)

-include $(patsubst %.c,$B/obj/%.d,$(ALL_SRC))

# --- tests and tools --------------------------------------------------------

unit: units
	@for t in $(UNITS); do $$t || exit 1; done

coverage: all units
	scripts/coverage $B

# How a file is compiled, for scripts/tidy and the like.
flags:
	@printf '%s\n' $(call quote,$(COMPILE))

clean:
	rm -rf build

# --- install ----------------------------------------------------------------

SHELLS := bash zsh fish
completion_bash = bash/$1
completion_zsh = zsh/_$1
completion_fish = fish/$1.fish
NAMES := $(PROGRAMS:$B/bin/%=%)
COMPLETIONS := $(foreach shell,$(SHELLS),$(foreach name,$(NAMES),\
	$B/completions/$(call completion_$(shell),$(name))))

define completion_rule
$B/completions/$(call completion_$1,%): $B/bin/%
	@mkdir -p $$(@D)
	$$< --completion=$1 >$$@
endef
$(foreach shell,$(SHELLS),$(eval $(call completion_rule,$(shell))))
completions: $(COMPLETIONS)

MANUALS := $(sort $(wildcard doc/*.[1578]))
DOCUMENTS := $(wildcard README.md LICENSE)
sections = $(sort $(subst .,,$(suffix $(MANUALS))))

# "file folder-to-install-into mode", one word a file; uninstall walks the same.
INSTALLED = $(foreach f,$(PROGRAMS),$f:$(BINDIR):755) \
	$(foreach f,$(MODULES),$f:$(MODULEDIR):644) \
	$(foreach f,$(MANUALS),$f:$(MANDIR)/man$(subst .,,$(suffix $f)):644) \
	$(foreach f,$(DOCUMENTS),$f:$(DOCDIR):644) \
	$(foreach f,$(filter $B/completions/bash/%,$(COMPLETIONS)),\
		$f:$(BASHDIR):644) \
	$(foreach f,$(filter $B/completions/zsh/%,$(COMPLETIONS)),\
		$f:$(ZSHDIR):644) \
	$(foreach f,$(filter $B/completions/fish/%,$(COMPLETIONS)),\
		$f:$(FISHDIR):644)

install: all completions
	@set -e; for item in $(INSTALLED); do \
		mode=$${item##*:}; item=$${item%:*}; \
		from=$${item%%:*}; to="$(DESTDIR)$${item#*:}"; \
		install -d "$$to"; install -m "$$mode" "$$from" "$$to/"; \
	done

uninstall:
	@set -e; for item in $(INSTALLED); do \
		item=$${item%:*}; from=$${item%%:*}; \
		rm -f "$(DESTDIR)$${item#*:}/$${from##*/}"; \
	done
	@rmdir "$(DESTDIR)$(DOCDIR)" "$(DESTDIR)$(MODULEDIR)" 2>/dev/null || :
