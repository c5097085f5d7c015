/*
 * The probes tell of the machine, not of the program: its architecture, also where the program is not made for it, and
 * the registry of Windows, not the one that 32-bit programs have on a 64-bit Windows.
 *
 * An Itanium is a fake: our import of GetNativeSystemInfo leads here. The x86 program is the one that runs there.
 */
#include "platform/probed.h"

#define SOFTWARE_32 L"SOFTWARE\\Wow6432Node\\Microsoft\\"
#define SERVICING   L"Windows\\CurrentVersion\\Component Based Servicing"
#define SHA2        L"Windows\\CurrentVersion\\Servicing\\Codesigning\\SHA2"

typedef void(WINAPI *system_info)(SYSTEM_INFO *out);

static WORD        processor;
static system_info real_system_info;

static void WINAPI fake_system_info(SYSTEM_INFO *out)
{
    real_system_info(out);
    out->wProcessorArchitecture = processor;
}

/* Our import whose value is `from` leads to `to` from now on. */
static void lead(system_info from, system_info to)
{
    BYTE                           *base = (BYTE *)GetModuleHandleW(NULL);
    const IMAGE_DOS_HEADER         *dos = (const void *)base;
    const IMAGE_NT_HEADERS         *nt = (const void *)(base + dos->e_lfanew);
    const IMAGE_IMPORT_DESCRIPTOR  *dll =
        (const void *)(base + nt->OptionalHeader.DataDirectory[IMAGE_DIRECTORY_ENTRY_IMPORT].VirtualAddress);
    size_t                          found = 0;

    for (; dll->Name != 0; dll++)
        for (void **import = (void **)(void *)(base + dll->FirstThunk); *import != NULL; import++)
            if (memcmp(import, &from, sizeof from) == 0) {
                DWORD before;

                assert_true(VirtualProtect(import, sizeof from, PAGE_READWRITE, &before));
                memcpy(import, &to, sizeof to);
                VirtualProtect(import, sizeof from, before, &before);
                found++;
            }
    assert_int_equal(found, 1);
}

static void the_architecture_is_the_machines(void **state)
{
    static const struct { WORD processor; const char *name; } rows[] = {
        { PROCESSOR_ARCHITECTURE_IA64,  "ia64" }, { PROCESSOR_ARCHITECTURE_INTEL, "x86" },
        { PROCESSOR_ARCHITECTURE_AMD64, "x64" },  { PROCESSOR_ARCHITECTURE_MIPS,  NULL },
    };

    (void)state;
    real_system_info = GetNativeSystemInfo;
    lead(real_system_info, fake_system_info);
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_snapshot *snapshot;

        processor = rows[i].processor;
        snapshot = probed_ask(wz_probe_version);
        CHECK_ROW(i, snapshot->facts[WZ_FACT_ARCHITECTURE].state ==
                         (rows[i].name != NULL ? WZ_FACT_KNOWN : WZ_FACT_UNREADABLE));
        CHECK_TEXT(wz_snapshot_text(snapshot, WZ_FACT_ARCHITECTURE), rows[i].name);
        wz_snapshot_free(snapshot);
    }
    lead(fake_system_info, real_system_info);
}

static int decoys_remove(void **state)
{
    (void)state;
    place_key_remove(SOFTWARE_32 SHA2);
    place_key_remove(SOFTWARE_32 SERVICING L"\\Packages");
    place_key_remove(SOFTWARE_32 SERVICING L"\\RebootPending");
    return 0;
}

static void the_registry_of_32_bit_programs_is_not_read(void **state)
{
    (void)state;
    place_number(SOFTWARE_32 SHA2, L"SHA2-Codesigning-Support", 1);
    place_key(SOFTWARE_32 SERVICING L"\\RebootPending");
    place_number(SOFTWARE_32 SERVICING L"\\Packages\\Package_for_KB4534303~31bf3856ad364e35~x86~~6.0.1.5",
                 L"CurrentState", 0x70);
    probed_check(wz_probe_servicing, WZ_FACT_SHA2_SUPPORT, NULL);
    probed_check(wz_probe_pending, WZ_FACT_PENDING_CBS_REBOOT, NULL);
    probed_check(wz_probe_packages, WZ_FACT_PACKAGES, NULL);
}

int test_probe_native(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_architecture_is_the_machines),
        cmocka_unit_test_teardown(the_registry_of_32_bit_programs_is_not_read, decoys_remove),
    };

    return cmocka_run_group_tests_name("probe_native", tests, decoys_remove, NULL);
}
