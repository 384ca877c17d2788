# kalends: one Makefile for the whole tree.
#
#   make                      release build, programs in build/bin
#   make VARIANT=asan         with AddressSanitizer and UBSan, in build/asan
#   make VARIANT=coverage     instrumented for gcov, in build/coverage
#   make VARIANT=fuzz         libFuzzer targets (clang), in build/fuzz
#   make install PREFIX=/usr DESTDIR=/tmp/stage
#   make unit                 unit tests;  scripts/check runs everything

VARIANT ?= release
PREFIX ?= /usr/local
DESTDIR ?=

ifeq ($(VARIANT),release)
B := build
else
B := build/$(VARIANT)
endif

CC ?= cc
ifeq ($(origin CC),default)
CC := gcc
endif
ifeq ($(VARIANT),fuzz)
CC := clang
endif

WARN := -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wpointer-arith -Wwrite-strings -Wvla \
	-Wformat=2 -Wcast-qual -Wundef
CPPFLAGS += -D_POSIX_C_SOURCE=200809L -Ilib -I.
BASE_CFLAGS := -std=c17 -fPIC -fvisibility=hidden -g $(WARN)
LDLIBS := -ldl

opt_release := -O2 -fstack-protector-strong -fstack-clash-protection \
	-ffunction-sections -fdata-sections
def_release := -D_FORTIFY_SOURCE=2
ld_release := -pie -Wl,-z,relro,-z,now -Wl,--gc-sections -Wl,--as-needed
opt_asan := -O1 -fsanitize=address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer
ld_asan := -fsanitize=address,undefined
opt_coverage := -O0 --coverage
ld_coverage := --coverage
opt_fuzz := -O1 -fsanitize=fuzzer-no-link,address,undefined \
	-fno-sanitize-recover=all -fno-omit-frame-pointer
ld_fuzz := -fsanitize=address,undefined

CFLAGS_ALL := $(BASE_CFLAGS) $(opt_$(VARIANT)) $(CFLAGS)
CPPFLAGS_ALL := $(CPPFLAGS) $(def_$(VARIANT))
LDFLAGS_ALL := $(ld_$(VARIANT)) $(LDFLAGS)

LIB_SRC := $(sort $(wildcard lib/*/*.c))
CMD_SRC := $(sort $(wildcard cmd/*.c))
UNIT_SRC := $(sort $(wildcard tests/unit/*.c))
FUZZ_SRC := $(sort $(wildcard tests/fuzz/*.c))

LIB_OBJ := $(LIB_SRC:%.c=$B/obj/%.o)
CMD_OBJ := $(CMD_SRC:%.c=$B/obj/%.o)
PROGRAMS := $(CMD_SRC:cmd/%.c=$B/bin/%)
UNITS := $(UNIT_SRC:tests/unit/%.c=$B/unit/%)
FUZZERS := $(FUZZ_SRC:tests/fuzz/%.c=$B/fuzzers/%)

.PHONY: all
all: $(PROGRAMS)

$B/libkalends.a: $(LIB_OBJ)
	@rm -f $@
	ar rcs $@ $^

$B/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

$B/bin/%: $B/obj/cmd/%.o $B/libkalends.a
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ $^ $(LDLIBS) $(LDLIBS_$*)

$B/unit/%: $B/obj/tests/unit/%.o $B/libkalends.a
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ $^ -lcmocka $(LDLIBS) $(LDLIBS_unit)

$B/fuzzers/%: $B/obj/tests/fuzz/%.o $B/libkalends.a
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -fsanitize=fuzzer -o $@ $^ $(LDLIBS) $(LDLIBS_unit)

.PHONY: units unit fuzzers clean
units: $(UNITS)
unit: units
	@for t in $(UNITS); do $$t || exit 1; done
fuzzers: $(FUZZERS)
clean:
	rm -rf build

-include $(LIB_OBJ:.o=.d) $(CMD_OBJ:.o=.d)
-include $(UNIT_SRC:%.c=$B/obj/%.d) $(FUZZ_SRC:%.c=$B/obj/%.d)

.SECONDARY:
