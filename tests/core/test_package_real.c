/*
 * Real files of Microsoft's updates, read in place: descriptions for Windows 6.0 are taken for what they are, those for
 * other versions are told apart, cut ones are refused. Where the files are not there the tests say so and are skipped.
 */
#include "check.h"
#include "core/package_cabinet.h"
#include "core/xml.h"
#include "resource.h"
#include "words.h"

#include <dirent.h>

#define MANY 300

typedef struct listing { char *paths[MANY]; char *names[MANY]; size_t count; } listing;

/* The files of a folder below the shared one whose names end so. Skips the test when the folder is not there. */
static listing list(const char *folder, const char *ending)
{
    const char    *shared = check_shared(folder);
    listing        all = { .count = 0 };
    char           path[1000];
    struct dirent *entry;
    DIR           *open;

    if (shared == NULL)
        skip();
    snprintf(path, sizeof path, "%s/%s", shared, folder);
    open = opendir(path);
    if (open == NULL) {
        print_message("%s is not there\n", path);
        skip();
    }
    while ((entry = readdir(open)) != NULL) {
        size_t  length = strlen(entry->d_name);
        wz_text full = { 0 };

        if (length < strlen(ending) || strcmp(entry->d_name + length - strlen(ending), ending) != 0)
            continue;
        assert_true(all.count < MANY);
        wz_text_add(&full, path);
        wz_text_add(&full, "/");
        wz_text_add(&full, entry->d_name);
        all.names[all.count] = wz_copy(entry->d_name);
        all.paths[all.count++] = wz_text_take(&full);
    }
    closedir(open);
    return all;
}

static void list_clear(listing *all)
{
    for (size_t i = 0; i < all->count; i++) {
        free(all->paths[i]);
        free(all->names[i]);
    }
}

static wz_text bytes_of(const char *path)
{
    wz_text bytes = { 0 };

    if (!test_read_any(path, &bytes))
        fail_msg("%s cannot be read", path);
    return bytes;
}

typedef wz_status (*reader)(const char *name, wz_view bytes, wz_content *content, wz_error *err);

/* Every file of the folder is of this KB, Windows and architecture (by its path); returns how many. */
static size_t all_say(const char *folder, const char *ending, reader read, unsigned windows, bool for_server)
{
    listing all = list(folder, ending);
    size_t  server = 0;

    for (size_t i = 0; i < all.count; i++) {
        wz_text         bytes = bytes_of(all.paths[i]);
        wz_content      content = { 0 };
        wz_error        error = { 0 };
        wz_architecture want = strstr(all.paths[i], "x86") != NULL ? WZ_ARCH_X86 : WZ_ARCH_X64;

        if (read(all.names[i], (wz_view){ bytes.at, bytes.length }, &content, &error) != WZ_OK)
            fail_msg("%s: %s", all.paths[i], test_error(&error));
        if (strstr(all.names[i], "excerpt") == NULL
            && (content.kb != 2999226 || content.architecture != want || content.is_contradictory))
            fail_msg("%s: KB%u, architecture %d", all.paths[i], content.kb, (int)content.architecture);
        if (windows != 0 && content.windows.major * 10u + content.windows.minor != windows)
            fail_msg("%s: Windows %u.%u", all.paths[i], content.windows.major, content.windows.minor);
        if (content.windows.major == 6 && content.windows.minor != 0 && content.for_server_2008)
            fail_msg("%s is not for Windows Server 2008", all.paths[i]);
        if (content.is_esu_gated)
            fail_msg("%s: of 2015, and not gated", all.paths[i]);
        server += content.for_server_2008;
        wz_content_clear(&content);
        wz_text_clear(&bytes);
    }
    if (for_server && server == 0)
        fail_msg("%s: none is for Windows Server 2008", folder);
    list_clear(&all);
    return all.count;
}

static void properties_and_unattend_files_name_their_windows(void **state)
{
    (void)state;
    assert_int_equal(all_say("msu-metadata/nt60", ".txt", wz_package_properties, 60, true), 3);
    assert_int_equal(all_say("msu-metadata/nt60", ".xml", wz_package_unattend, 60, false), 2);
    assert_int_equal(all_say("msu-metadata/nt61-second-best", ".txt", wz_package_properties, 61, false), 2);
    assert_int_equal(all_say("msu-metadata/nt61-second-best", ".xml", wz_package_unattend, 61, false), 2);
    assert_int_equal(all_say("msu-metadata/other-windows", ".txt", wz_package_properties, 0, false), 4);
    assert_int_equal(all_say("msu-metadata/other-windows", ".xml", wz_package_unattend, 0, false), 4);
}

static void manifests_name_their_windows(void **state)
{
    (void)state;
    assert_int_equal(all_say("mum/nt60/kb2999226-x64", ".mum", wz_package_manifest, 60, true), 20);
    assert_int_equal(all_say("mum/nt60/kb2999226-x86", ".mum", wz_package_manifest, 60, true), 20);
    assert_int_equal(all_say("mum/nt61-second-best/kb2999226-x64", ".mum", wz_package_manifest, 61, false), 8);
    assert_int_equal(all_say("mum/nt61-second-best/kb2999226-x86", ".mum", wz_package_manifest, 61, false), 8);
}

static void a_cut_manifest_is_refused_as_such(void **state)
{
    listing    all = list("mum/nt61-second-best", ".cut");
    wz_content content = { 0 };
    wz_error   error = { 0 };
    wz_text    bytes;

    (void)state;
    assert_int_equal(all.count, 1);
    bytes = bytes_of(all.paths[0]);
    assert_int_equal(wz_package_manifest("cut", (wz_view){ bytes.at, bytes.length }, &content, &error), WZ_E_FORMAT);
    assert_int_equal(error.reason, IDS_REASON_TRUNCATED);
    assert_true(error.line > 10);
    wz_text_clear(&bytes);
    list_clear(&all);
}

/* ---- cabinets ---- */

static bool text_read(void *context, uint64_t at, void *to, size_t length)
{
    const wz_text *bytes = context;

    if (at > bytes->length || length > bytes->length - at)
        return false;
    memcpy(to, bytes->at + at, length);
    return true;
}

/* The listing has "index name size …" with tabs, one line a file after the head. */
static void compare_listing(const wz_cabinet *cabinet, const char *path)
{
    wz_text text = bytes_of(path);
    char   *line = strchr(text.at, '\n');
    size_t  count = 0;

    for (; line != NULL && line[1] != '\0'; line = strchr(line + 1, '\n'), count++) {
        char     name[300] = "";
        char    *from = strchr(line + 1, '\t');
        char    *to = from != NULL ? strchr(from + 1, '\t') : NULL;

        assert_non_null(to);
        assert_true(count < cabinet->count && (size_t)(to - from) < sizeof name);
        memcpy(name, from + 1, (size_t)(to - from - 1));
        CHECK_TEXT(cabinet->entries[count].name, name);
        assert_int_equal(cabinet->entries[count].bytes, strtoul(to + 1, NULL, 10));
    }
    assert_int_equal(count, cabinet->count);
    wz_text_clear(&text);
}

static void headers_of_real_cabinets_are_read_and_the_cut_ones_refused(void **state)
{
    listing all = list("cab", ".headers.bin");

    (void)state;
    assert_int_equal(all.count, 3);
    for (size_t i = 0; i < all.count; i++) {
        wz_text    bytes = bytes_of(all.paths[i]);
        wz_source  source = { text_read, &bytes, bytes.length };
        wz_cabinet cabinet = { 0 };
        wz_error   error = { 0 };
        char      *path = wz_copy(all.paths[i]);

        CHECK_ROW(i, wz_cabinet_read("cut", &source, &cabinet, &error) == WZ_E_FORMAT);
        CHECK_ROW(i, error.reason == IDS_REASON_TRUNCATED);
        source.length = (uint64_t)1 << 32;             /* as if the data were there */
        if (wz_cabinet_read("whole", &source, &cabinet, &error) == WZ_E_IO) {
            /* it read ahead of the table, where the cut file has nothing: give it that */
            char *more = wz_new_array(8192, char);

            wz_text_append(&bytes, more, 8192);
            free(more);
            memset(&error, 0, sizeof error);
            CHECK_ROW(i, wz_cabinet_read("whole", &source, &cabinet, &error) == WZ_OK);
        }
        memcpy(strstr(path, ".headers.bin"), ".listing.tsv", 12);
        compare_listing(&cabinet, path);
        CHECK_ROW(i, cabinet.is_payload == (strstr(path, "WSUSSCAN") == NULL));
        wz_cabinet_clear(&cabinet);
        wz_text_clear(&bytes);
        free(path);
    }
    list_clear(&all);
}

/* Catalogues, signatures and component manifests lie beside descriptions and are none. */
static void what_is_no_description_is_not_taken_for_one(void **state)
{
    static const char *const endings[] = { ".cat", ".p7b", ".manifest", ".xml" };
    size_t count = 0;

    (void)state;
    for (size_t e = 0; e < CHECK_COUNT(endings); e++) {
        listing all = list("cab", endings[e]);

        for (size_t i = 0; i < all.count; i++, count++) {
            wz_text    bytes = bytes_of(all.paths[i]);
            wz_content content = { 0 };
            wz_view    view = { bytes.at, bytes.length };

            CHECK_ROW(i, wz_package_manifest(all.names[i], view, &content, NULL) == WZ_E_FORMAT);
            CHECK_ROW(i, wz_package_unattend(all.names[i], view, &content, NULL) == WZ_E_FORMAT);
            CHECK_ROW(i, content.witnesses == 0 && content.kb == 0);
            wz_text_clear(&bytes);
        }
        list_clear(&all);
    }
    assert_int_equal(count, 2 + 3 + 2 + 1);
}

/* ---- the scan package ---- */

static void the_scan_package_is_well_formed_and_its_parts_are_fragments(void **state)
{
    static const char *const folders[] = {
        "core", "extended", "localized-en", "localized-de", "localized-fr", "localized-he", "localized-ja",
        "localized-ko", "localized-pt-br", "localized-ru", "localized-zh-cn",
    };
    size_t  count = 0;
    listing index = list("wsusscan", "package.xml");
    wz_text bytes;
    wz_xml *xml = NULL;

    (void)state;
    assert_int_equal(index.count, 1);
    bytes = bytes_of(index.paths[0]);
    assert_int_equal(wz_xml_open_unchecked("package.xml", (wz_view){ bytes.at, bytes.length }, WZ_PACKAGE_MAX_BYTES,
                                           &xml, NULL), WZ_OK);
    CHECK_TEXT(wz_node_name(wz_xml_root(xml)), "OfflineSyncPackage");
    wz_xml_free(xml);
    wz_text_clear(&bytes);
    list_clear(&index);
    for (size_t f = 0; f < CHECK_COUNT(folders); f++) {
        char    folder[100];
        listing all;

        snprintf(folder, sizeof folder, "wsusscan/%s", folders[f]);
        all = list(folder, ".xmlfrag");
        for (size_t i = 0; i < all.count; i++, count++) {
            wz_text    whole = { 0 };
            wz_content content = { 0 };

            bytes = bytes_of(all.paths[i]);
            wz_text_add(&whole, "<all xmlns:cbs='c' xmlns:b='b' xmlns:bar='b' xmlns:lar='l' xmlns:mar='m'>");
            wz_text_append(&whole, bytes.at, bytes.length);
            wz_text_add(&whole, "</all>");
            xml = NULL;
            if (wz_xml_open_unchecked("whole", (wz_view){ whole.at, whole.length }, WZ_PACKAGE_MAX_BYTES, &xml, NULL)
                != WZ_OK)
                fail_msg("%s is not well formed", all.paths[i]);
            wz_xml_free(xml);
            CHECK_ROW(i, wz_package_unattend("fragment", (wz_view){ bytes.at, bytes.length }, &content, NULL)
                         == WZ_E_FORMAT);
            wz_text_clear(&whole);
            wz_text_clear(&bytes);
        }
        list_clear(&all);
    }
    assert_int_equal(count, 3 * 21 + 8);
}

int test_package_real(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(properties_and_unattend_files_name_their_windows),
        cmocka_unit_test(manifests_name_their_windows),
        cmocka_unit_test(a_cut_manifest_is_refused_as_such),
        cmocka_unit_test(headers_of_real_cabinets_are_read_and_the_cut_ones_refused),
        cmocka_unit_test(what_is_no_description_is_not_taken_for_one),
        cmocka_unit_test(the_scan_package_is_well_formed_and_its_parts_are_fragments),
    };

    return cmocka_run_group_tests_name("package_real", tests, NULL, NULL);
}
