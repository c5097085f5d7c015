/*
 * A program that the computer runs in a compatibility mode, and the same program without one. Wine keeps the registry
 * value and does not act on it: that such a mode answers with a version of its own is Windows' doing.
 */
#include "platform/place.h"

#include "platform/wide.h"
#include "platform/windows.h"
#include "scan/image.h"

#define LAYERS L"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\AppCompatFlags\\Layers"

/* A program that compares NtBuildNumber with 6002: cmp eax, 1772h; je. */
static void put_program(const char *path)
{
    static const char compare[] = "\x3D\x72\x17\x00\x00\x74\x02";
    char              code[512];
    image_part        parts[] = { { ".text", IMAGE_CODE, code, sizeof code },
                                  { ".data", IMAGE_DATA, "NtBuildNumber", 14 } };
    wz_text           file = { 0 };

    for (size_t i = 0; i < sizeof code; i++)
        code[i] = i % 8 == 7 ? '\x40' : '\x90';        /* inc eax now and then, so that there is code to agree on */
    memcpy(code + 0x7F, compare, sizeof compare - 1);
    image_make(&file, 0x14C, 2, parts, 2, NULL, 0);
    place_write(path, file.at, file.length);
    wz_text_clear(&file);
}

static void only_the_program_with_a_layer_is_harmless(void **state)
{
    static const struct { const char *name, *layers; bool is_harmless; } rows[] = {
        { "old.exe",    "WINXPSP2 RUNASADMIN", true },
        { "plain.exe",  NULL,                  false },
        { "admin.exe",  "RUNASADMIN",          false },    /* runs as administrator, sees the real version */
        { "loaded.dll", "WINXPSP2",            false },    /* whoever loads it has a layer, or has not */
    };
    char          *folder = place_create();
    wz_platform   *platform = wz_windows_create();
    wz_scan_result result = { 0 };
    wchar_t       *paths[CHECK_COUNT(rows)];

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        char    *path = place_path(folder, rows[i].name);
        wchar_t *layers = rows[i].layers != NULL ? wz_wide_from_utf8(rows[i].layers) : NULL;

        put_program(path);
        paths[i] = wz_wide_from_utf8(path);
        if (layers != NULL)
            place_value(LAYERS, paths[i], REG_SZ, layers, (wcslen(layers) + 1) * sizeof *layers);
        free(layers);
        free(path);
    }
    assert_int_equal(platform->scan(platform->context, folder, NULL, &result, NULL), WZ_OK);
    for (size_t i = 0; i < CHECK_COUNT(rows); i++)
        place_value_remove(LAYERS, paths[i]);
    assert_int_equal(result.findings.count, CHECK_COUNT(rows));
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        const wz_finding *found = NULL;

        for (size_t n = 0; n < result.findings.count; n++)
            if (strstr(result.findings.items[n].path, rows[i].name) != NULL)
                found = &result.findings.items[n];
        CHECK_ROW(i, found != NULL);
        CHECK_ROW(i, (found->excuse == WZ_EXCUSE_LAYER) == rows[i].is_harmless);
        CHECK_ROW(i, (found->grade == WZ_GRADE_NONE) == rows[i].is_harmless);
        free(paths[i]);
    }
    wz_scan_result_clear(&result);
    wz_windows_free(platform);
    place_remove(folder);
}

int test_scan_layer(void)
{
    static const struct CMUnitTest tests[] = { cmocka_unit_test(only_the_program_with_a_layer_is_harmless) };

    return cmocka_run_group_tests_name("scan_layer", tests, NULL, NULL);
}
