# Build 6003 Readiness Wizard. "make run" and "make test" are all that a newcomer needs; see README.md.
#
#   make               build/x64/Build6003Wizard.exe and build/x86/Build6003Wizard.exe
#   make run           open the wizard in Wine as a Windows Server 2008 SP2 machine
#   make test          everything that is tested, with the runners' closing lines
#   make check         lints and the native tests only: the quick round while working
#   make check-core    native tests of wizard/core and wizard/scan (GROUP=version: one group)
#   make check-one GROUP=version   that group alone, even when other modules do not compile just now
#   make objects       compile, not link, every source with both cross compilers
#   make read          what clang says of every source as a part of a Windows program, x64 and x86
#   make lint          the lints only, and the former
#   make check-ui      the windows; check-e2e: the program without windows, the whole story; both take GROUP=name,
#                      and check-ui-i386, check-e2e-i386 are the same with the x86 program on a 32-bit Windows
#   make fuzz          every parser of foreign bytes under libFuzzer, a minute each (SECONDS=600 NAMES=catalogue)
#   make bench         times and memory beside other programs: build/bench.md
#   make analyze       static analysis: gcc, clang-tidy, cppcheck; minutes
#   make coverage      which lines of core and scan the native tests run
#   make screenshots   every page in every language, at 96 and 144 dpi and in high contrast, to build/screenshots
#   make soak          what takes longer than a push should
#   make setup         install what is missing on this machine (all of the above do it too)
#
# The lists of sources are read from wizard/wizard.vcxproj and tests/tests.vcxproj: one list, two builds.

MAKEFLAGS += --no-builtin-rules --no-builtin-variables
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(or $(JOBS),$(shell nproc))
endif
SHELL     := /bin/bash
.SHELLFLAGS := -o pipefail -c
.DELETE_ON_ERROR:
.SECONDARY:
.DEFAULT_GOAL := all

ARCHES := x64 x86
CC_x64 := x86_64-w64-mingw32-gcc-win32
CC_x86 := i686-w64-mingw32-gcc-win32
RC_x64 := x86_64-w64-mingw32-windres
RC_x86 := i686-w64-mingw32-windres
CLANG_x64 := x86_64-w64-windows-gnu
CLANG_x86 := i686-w64-windows-gnu
PYTHON := python3

# ---- lists ---------------------------------------------------------------------------------------------------------

# $(call vcx,project,kind): the files of one kind that a project lists, seen from this folder
vcx = $(patsubst $(dir $(1))../%,%,$(addprefix $(dir $(1)),$(subst \,/,\
        $(shell sed -n 's/.*<$(2) Include="\([^"]*\)".*/\1/p' $(1)))))

SRC   := $(call vcx,wizard/wizard.vcxproj,ClCompile)
RC    := $(call vcx,wizard/wizard.vcxproj,ResourceCompile)
TESTS := $(call vcx,tests/tests.vcxproj,ClCompile)

CORE          := $(filter wizard/core/% wizard/scan/%,$(SRC))
PLATFORM      := $(filter wizard/platform/%,$(SRC))
CORE_TESTS    := $(filter tests/core/% tests/scan/%,$(TESTS))
PLATFORM_TESTS:= $(filter tests/platform/%,$(TESTS))
UI_TESTS      := $(filter tests/ui/%,$(TESTS))
E2E_TOOLS     := $(filter tests/e2e/%,$(TESTS))
FUZZERS       := $(patsubst tests/fuzz/fuzz_%.c,%,$(filter tests/fuzz/fuzz_%,$(TESTS)))

# ---- flags ---------------------------------------------------------------------------------------------------------

WARN    := -std=c11 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wvla -Werror
INCLUDE := -Iwizard -Iresources

# NT 6.0 SP2 is the floor. PSAPI_VERSION and the order of LIBS keep imports away from names that kernel32 has only
# since 6.1. Formats are C's own, not those of msvcrt.
DEFINE := -D_WIN32_WINNT=0x0600 -DWINVER=0x0600 -DNTDDI_VERSION=0x06000100 -DPSAPI_VERSION=1 -DLIBXML_STATIC \
          -D__USE_MINGW_ANSI_STDIO=1
WIDE   := -DUNICODE -D_UNICODE
PE     := $(WARN) $(DEFINE) $(INCLUDE) -Os -ffunction-sections -fdata-sections -fno-ident
LIBS   := -ladvapi32 -lcrypt32 -lwintrust -lcabinet -lole32 -loleaut32 -lwbemuuid -luuid -lcomctl32 \
          -lcomdlg32 -lshell32 -lshlwapi -lpsapi -luserenv -lwinspool -luser32 -lgdi32 -lkernel32
LINK   := -static -Wl,--gc-sections,--nxcompat,--dynamicbase,--no-insert-timestamp \
          -Wl,--major-subsystem-version=6,--minor-subsystem-version=0 -Wl,--major-os-version=6,--minor-os-version=0
LINK_x64 := -Wl,--high-entropy-va
LINK_x86 := -Wl,--large-address-aware

SANITIZE      := -Og -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
XML_native     = $(shell pkg-config --cflags libxml-2.0 | sed 's/-I/-isystem /g')
XMLLIBS_native = $(shell pkg-config --libs libxml-2.0)

# ---- what to make --------------------------------------------------------------------------------------------------

.PHONY: all objects read setup lint screenshots check check-core check-clang check-fuzz fuzz coverage analyze bench \
        test soak run clean distclean FORCE $(ARCHES)

all: $(ARCHES)
$(ARCHES): %: build/%/Build6003Wizard.exe

SETUP := build/setup.stamp
setup: $(SETUP)
$(SETUP): tests/tools/setup.sh
	@mkdir -p $(@D)
	@tests/tools/setup.sh
	@touch $@

clean:
	rm -rf build/native build/clang build/fuzz build/coverage \
	    build/x64/obj build/x86/obj build/x64/read build/x86/read build/x64/*.exe build/x86/*.exe build/logs

# also the libraries, the Wine prefixes and the package lists
distclean:
	rm -rf build

# ---- compile -------------------------------------------------------------------------------------------------------

# A file that holds the flags, touched only when they change: then, and only then, all objects are rebuilt.
build/%/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(PE) $(LINK) $(LIBS) $(SANITIZE)' | cmp -s - $@ || echo '$(PE) $(LINK) $(LIBS) $(SANITIZE)' > $@

# Functions that tests/platform stands before: of the product (test_late.c) and of Windows (test_folder.c).
HIDE := -Wl,--wrap=wz_late,--wrap=wz_system_preload
HIDE_x64 := -Wl,--wrap=__imp_GetFileInformationByHandle,--wrap=__imp_GetFileAttributesW

# $(1) architecture. Tests see the same flags, and cmocka.
define PE_RULES
build/$(1)/obj/wizard/%.o: wizard/%.c build/$(1)/flags build/deps/$(1)/libxml2.stamp | $$(SETUP)
	@mkdir -p $$(@D)
	@echo '  $(1)     $$<'
	@$$(CC_$(1)) $$(PE) $$(WIDE) -isystem build/deps/$(1)/include/libxml2 -MMD -MP -c $$< -o $$@

build/$(1)/obj/tests/%.o: tests/%.c build/$(1)/flags build/deps/$(1)/libxml2.stamp build/deps/$(1)/cmocka.stamp \
                          | $$(SETUP)
	@mkdir -p $$(@D)
	@echo '  $(1)     $$<'
	@$$(CC_$(1)) $$(PE) $$(WIDE) -Itests -isystem build/deps/$(1)/include/libxml2 \
	    -isystem build/deps/$(1)/include/cmocka -MMD -MP -c $$< -o $$@

# windres sees no dependencies of its own accord; resources are few and quick, so any change there counts.
build/$(1)/obj/%.res.o: %.rc $$(wildcard resources/* localization/*.rc) | $$(SETUP)
	@mkdir -p $$(@D)
	@echo '  $(1)     $$<'
	@$$(RC_$(1)) -c 65001 -O coff --use-temp-file -Iresources -Ilocalization -Iwizard $$< $$@

build/deps/$(1)/libxml2.stamp: tests/tools/libxml2.sh | $$(SETUP)
	@tests/tools/libxml2.sh $(1)
build/deps/$(1)/cmocka.stamp: tests/tools/cmocka.sh | $$(SETUP)
	@tests/tools/cmocka.sh $(1)

# clang with mingw's headers reads what gcc compiles.
build/$(1)/read/%.ok: %.c build/$(1)/flags build/deps/$(1)/libxml2.stamp build/deps/$(1)/cmocka.stamp | $$(SETUP)
	@mkdir -p $$(@D)
	@echo '  clang   $$< ($(1))'
	@clang --target=$$(CLANG_$(1)) $$(WARN) $$(DEFINE) $$(WIDE) $$(INCLUDE) -Itests \
	    -isystem build/deps/$(1)/include/libxml2 -isystem build/deps/$(1)/include/cmocka \
	    -fsyntax-only -MMD -MP -MF $$(@:.ok=.d) -MT $$@ $$<
	@touch $$@

OBJ_$(1)  := $$(SRC:%.c=build/$(1)/obj/%.o)
TOBJ_$(1) := $$(TESTS:%.c=build/$(1)/obj/%.o)
RES_$(1)  := $$(RC:%.rc=build/$(1)/obj/%.res.o)

build/$(1)/Build6003Wizard.exe: $$(OBJ_$(1)) $$(RES_$(1))
	@$$(if $$(SRC),,echo 'wizard/wizard.vcxproj lists no sources'; false;) true
	@echo '  $(1)     $$@'
	@$$(CC_$(1)) -mwindows -municode $$(LINK) $$(LINK_$(1)) -Wl,-s -Wl,-Map,$$(@:.exe=.map) -o $$@ $$^ \
	    -Lbuild/deps/$(1)/lib -lxml2 $$(LIBS)

build/$(1)/test_core.exe: $$(patsubst %.c,build/$(1)/obj/%.o,$$(CORE) $$(CORE_TESTS))
	@echo '  $(1)     $$@'
	@$$(CC_$(1)) -mconsole $$(LINK) -o $$@ $$^ -Lbuild/deps/$(1)/lib -lcmocka -lxml2 -ladvapi32 -lkernel32

build/$(1)/test_platform.exe: $$(patsubst %.c,build/$(1)/obj/%.o,$$(CORE) $$(PLATFORM) $$(PLATFORM_TESTS) \
                                tests/scan/image.c)
	@echo '  $(1)     $$@'
	@$$(CC_$(1)) -mconsole $$(LINK) $$(HIDE) $$(HIDE_$(1)) -o $$@ $$^ -Lbuild/deps/$(1)/lib -lcmocka -lxml2 $$(LIBS)

build/$(1)/test_ui.exe: $$(patsubst %.c,build/$(1)/obj/%.o,$$(CORE) $$(PLATFORM) $$(UI_TESTS))
	@echo '  $(1)     $$@'
	@$$(CC_$(1)) -mconsole $$(LINK) -o $$@ $$^ -Lbuild/deps/$(1)/lib -lcmocka -lxml2 $$(LIBS)

# The same program with two more languages, for tests: see tests/data/make_pseudo.py.
build/$(1)/pseudo/pseudo.rc: tests/data/make_pseudo.py $$(wildcard resources/* localization/*.rc) | $$(SETUP)
	@$$(PYTHON) $$< $$(@D)
build/$(1)/pseudo/Build6003Wizard.exe: build/$(1)/pseudo/pseudo.rc $$(OBJ_$(1))
	@echo '  $(1)     $$@'
	@$$(RC_$(1)) -c 65001 -O coff --use-temp-file -Iresources -Ilocalization -Iwizard -I$$(@D) $$< $$(<:.rc=.res.o)
	@$$(CC_$(1)) -mwindows -municode $$(LINK) $$(LINK_$(1)) -Wl,-s -o $$@ $$(OBJ_$(1)) $$(<:.rc=.res.o) \
	    -Lbuild/deps/$(1)/lib -lxml2 $$(LIBS)

# tests/e2e/NAME.c is a small program of its own
$$(E2E_TOOLS:tests/e2e/%.c=build/$(1)/%.exe): build/$(1)/%.exe: build/$(1)/obj/tests/e2e/%.o
	@$$(CC_$(1)) -mconsole $$(LINK) -o $$@ $$^ $$(LIBS)
endef
$(foreach arch,$(ARCHES),$(eval $(call PE_RULES,$(arch))))

# $(1) name of the folder, $(2) compiler
define NATIVE_RULES
build/$(1)/obj/%.o: %.c build/$(1)/flags | $$(SETUP)
	@mkdir -p $$(@D)
	@echo '  $(1)  $$<'
	@$(2) $$(WARN) $$(INCLUDE) -Itests -D_POSIX_C_SOURCE=200809L $$(XML_native) $$(SANITIZE) -MMD -MP -c $$< -o $$@

build/$(1)/test_core: $$(patsubst %.c,build/$(1)/obj/%.o,$$(CORE) $$(CORE_TESTS))
	@echo '  $(1)  $$@'
	@$(2) $$(SANITIZE) -o $$@ $$^ -lcmocka $$(XMLLIBS_native) -lm
endef
$(eval $(call NATIVE_RULES,native,gcc))
$(eval $(call NATIVE_RULES,clang,clang))

# The native tests with gcc's counters instead of sanitizers; tests/tools/coverage.py reads them.
COVER := -O0 -g --coverage
build/coverage/obj/%.o: %.c build/native/flags | $(SETUP)
	@mkdir -p $(@D)
	@echo '  cover   $<'
	@gcc $(WARN) $(INCLUDE) -Itests -D_POSIX_C_SOURCE=200809L $(XML_native) $(COVER) -MMD -MP -c $< -o $@
build/coverage/test_core: $(patsubst %.c,build/coverage/obj/%.o,$(CORE) $(CORE_TESTS))
	@echo '  cover   $@'
	@gcc $(COVER) -o $@ $^ -lcmocka $(XMLLIBS_native) -lm

# libFuzzer comes with clang. Coverage is counted in core and scan; the main function comes with the link.
FUZZ := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all
build/fuzz/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(WARN) $(FUZZ)' | cmp -s - $@ || echo '$(WARN) $(FUZZ)' > $@
build/fuzz/obj/%.o: %.c build/fuzz/flags | $(SETUP)
	@mkdir -p $(@D)
	@echo '  fuzz    $<'
	@clang $(WARN) $(INCLUDE) -Itests -D_POSIX_C_SOURCE=200809L $(XML_native) $(FUZZ) -MMD -MP -c $< -o $@
build/fuzz/core.a: $(CORE:%.c=build/fuzz/obj/%.o) build/fuzz/obj/tests/fuzz/memory.o
	@rm -f $@
	@ar rcsD $@ $^
$(FUZZERS:%=build/fuzz/%): build/fuzz/%: build/fuzz/obj/tests/fuzz/fuzz_%.o build/fuzz/core.a
	@echo '  fuzz    $@'
	@clang $(FUZZ) -fsanitize=fuzzer -o $@ $^ $(XMLLIBS_native)

-include $(shell find build/*/obj build/*/read -name '*.d' -type f 2>/dev/null)

objects: $(OBJ_x64) $(OBJ_x86)
# Not the programs that are measured: they are native ones only.
READ := $(filter-out tests/bench/%,$(SRC) $(TESTS))
read: $(foreach arch,$(ARCHES),$(READ:%.c=build/$(arch)/read/%.ok))

# Native programs to be measured: optimised, no sanitizers. tests/bench/NAME.c is build/native/NAME. At -O2 gcc takes
# some arrays for uninitialised that are filled in a loop of the same length; the other builds keep that warning.
BENCH       := $(filter tests/bench/%,$(TESTS))
BENCH_PARTS := $(CORE) tests/core/words.c tests/scan/corpus.c tests/scan/confusion.c
build/bench/obj/%.o: %.c build/bench/flags | $(SETUP)
	@mkdir -p $(@D)
	@echo '  bench   $<'
	@gcc $(WARN) $(INCLUDE) -Itests -D_POSIX_C_SOURCE=200809L $(XML_native) -O2 -Wno-maybe-uninitialized -MMD -MP \
	    -c $< -o $@
$(BENCH:tests/bench/%.c=build/native/%): build/native/%: build/bench/obj/tests/bench/%.o \
                                         $(BENCH_PARTS:%.c=build/bench/obj/%.o)
	@mkdir -p $(@D)
	@echo '  bench   $@'
	@gcc -O2 -o $@ $^ $(XMLLIBS_native) -lm

# ---- test ----------------------------------------------------------------------------------------------------------

SUITE := tests/tools/suite.sh
# suites that also run where Windows itself is an x86 one
I386  := core platform ui e2e
ui-programs: build/machines/list.txt $(if $(UI_TESTS),$(foreach arch,$(ARCHES),build/$(arch)/test_ui.exe \
             build/$(arch)/pseudo/Build6003Wizard.exe))
e2e-programs: $(foreach arch,$(ARCHES),$(E2E_TOOLS:tests/e2e/%.c=build/$(arch)/%.exe))
test-programs: build/native/test_core $(foreach arch,$(ARCHES),build/$(arch)/test_core.exe \
               $(if $(PLATFORM_TESTS),build/$(arch)/test_platform.exe)) ui-programs e2e-programs
.PHONY: ui-programs e2e-programs test-programs check-one check-ui check-e2e $(I386:%=check-%-i386) \
        $(foreach arch,$(ARCHES),check-core-$(arch) check-platform-$(arch))

# Programs with known answers for the compatibility scan, and objdump's view of real code.
build/compat.stamp: tests/data/compat/make.py tests/data/compat/scripts.txt $(wildcard tests/data/compat/*.inc) \
                    build/wine-x86.stamp | $(SETUP)
	@echo '  python3 $<'
	@$(PYTHON) $< build/compat
	@touch $@

# Machines from their descriptions.
build/machines/list.txt: tests/data/make_machines.py $(wildcard tests/data/machines/*.txt tests/data/snapshots/*.xml)
	@$(PYTHON) $< build/machines

check-core: build/native/test_core build/compat.stamp build/machines/list.txt
	@$(SUITE) core-native build/native/test_core $(GROUP)
# One group against whatever of core compiles: for work on one module while another is being rewritten.
ONE_PARTS = $(patsubst %.c,build/native/obj/%.o,$(CORE) $(filter-out %/main.c tests/core/test_% tests/scan/test_%,\
              $(CORE_TESTS)))
ONE_TEST = $(filter %/test_$(GROUP).c,$(CORE_TESTS))
check-one:
	@test -n '$(GROUP)' || { echo 'say which: make check-one GROUP=version'; exit 2; }
	@mkdir -p build/native
	@$(MAKE) -k $(ONE_PARTS) > build/native/one.log 2>&1 || grep -E 'error:' build/native/one.log
	@$(MAKE) --no-print-directory build/native/obj/$(ONE_TEST:.c=.o)
	@rm -f build/native/one.a; ar rcsD build/native/one.a $$(ls $(ONE_PARTS) 2>/dev/null)
	@echo 'GROUP($(GROUP))' > build/native/one.h
	@gcc $(WARN) -Itests $(SANITIZE) '-DGROUPS_FILE="../build/native/one.h"' -x c tests/runner.h -x none \
	    build/native/obj/$(ONE_TEST:.c=.o) build/native/one.a -lcmocka $(XMLLIBS_native) -o build/native/one
	@$(SUITE) one-$(GROUP) build/native/one
# Briefly, so that a push sees what breaks at once; make fuzz gives each a minute.
check-fuzz: $(FUZZERS:%=build/fuzz/%) build/compat.stamp
	@$(SUITE) fuzz tests/fuzz/run $(or $(SECONDS),10) $(NAMES)
fuzz: $(FUZZERS:%=build/fuzz/%) build/compat.stamp
	@SUITE_SECONDS=86400 $(SUITE) fuzz tests/fuzz/run $(or $(SECONDS),60) $(NAMES)
# Beside other programs, in one run, to build/bench.md; wants an idle machine. ROUNDS=9: more turns.
bench: all build/native/bench_plan build/native/bench_scan build/compat.stamp build/wine-x86.stamp
	@tests/tools/setup.sh ripgrep yara
	@tests/bench/run $(ROUNDS)
# What takes minutes: gcc's and clang's analyzers, clang-tidy (.clang-tidy) and cppcheck over wizard/.
analyze: $(foreach arch,$(ARCHES),build/deps/$(arch)/libxml2.stamp) | $(SETUP)
	@tests/tools/setup.sh clang-tidy cppcheck
	@SUITE_SECONDS=7200 $(SUITE) analyze $(PYTHON) tests/tools/analyze.py
# Lines of core and scan that the native tests run: a table per file, and 90 % in all or it fails.
coverage: build/coverage/test_core build/compat.stamp build/machines/list.txt
	@$(SUITE) coverage $(PYTHON) tests/tools/coverage.py
check-clang: build/clang/test_core build/compat.stamp build/machines/list.txt
	@$(SUITE) core-clang build/clang/test_core $(GROUP)
$(ARCHES:%=check-core-%): check-core-%: build/%/test_core.exe build/wine-%.stamp build/compat.stamp \
                             build/machines/list.txt
	@$(SUITE) core-$* tests/tools/wine.sh $* $< $(GROUP)
$(ARCHES:%=check-platform-%): check-platform-%: build/%/test_platform.exe build/wine-%.stamp
	@$(SUITE) platform-$* tests/tools/wine.sh $* $< $(GROUP)
check-ui: all ui-programs e2e-programs
	@$(SUITE) ui tests/ui/run $(GROUP)
check-e2e: all ui-programs e2e-programs build/compat.stamp
	@$(SUITE) e2e tests/e2e/run $(GROUP)
# The x86 programs where Windows itself is an x86 one, if a 32-bit Debian can be made here.
check-core-i386: build/x86/test_core.exe build/compat.stamp build/machines/list.txt
check-platform-i386: build/x86/test_platform.exe
RUN_core-i386     := tests/tools/wine.sh i386 build/x86/test_core.exe
RUN_platform-i386 := tests/tools/wine.sh i386 build/x86/test_platform.exe
RUN_ui-i386       := env WZ_MACHINE=i386 tests/ui/run
RUN_e2e-i386      := env WZ_MACHINE=i386 tests/e2e/run
check-ui-i386: all ui-programs
check-e2e-i386: all build/compat.stamp
$(I386:%=check-%-i386): check-%: | $(SETUP)
	@tests/tools/root32.sh make; code=$$?; \
	if [ $$code -eq 0 ]; then $(SUITE) $* $(RUN_$*) $(GROUP); \
	elif [ $$code -eq 3 ]; then echo '$*: 0 passed, 0 failed, 1 skipped, exit code 0'; else exit 1; fi

# x86 programs need the PE half of 32-bit Wine; x64 ones nothing more than the setup
build/wine-x86.stamp: tests/tools/wine32.sh | $(SETUP)
	@mkdir -p build/deps
	@tests/tools/wine32.sh
	@touch $@
build/wine-x64.stamp: | $(SETUP)
	@touch $@

lint: all objects read | $(SETUP)
	@$(SUITE) lint tests/lint/run
check: lint check-core

test: | $(SETUP)
	@tests/tools/test_all.sh

soak: all check-clang ui-programs e2e-programs build/native/bench_scan build/compat.stamp
	@$(SUITE) soak-scan $(PYTHON) tests/bench/scan.py proof
	@SUITE_SECONDS=3600 $(SUITE) soak-reproducible $(PYTHON) tests/lint/check_reproducible.py --whole
	@SUITE_SECONDS=14400 $(SUITE) soak-load $(PYTHON) tests/soak/load.py
	@if [ -x tests/soak/run ]; then $(SUITE) soak tests/soak/run; fi

screenshots: all ui-programs e2e-programs
	@tests/ui/screenshots

run: all ui-programs e2e-programs
	@tests/tools/run_wizard
