#include "check.h"
#include "core/package.h"
#include "resource.h"
#include "words.h"

#define VIEW(text) ((wz_view){ (text), sizeof(text) - 1 })

static wz_content read_properties(wz_view bytes, wz_status want)
{
    wz_content content = { 0 };
    wz_error   error = { 0 };

    assert_int_equal(wz_package_properties("p.txt", bytes, &content, &error), want);
    return content;
}

static void properties_are_read_in_all_their_spellings(void **state)
{
    static const char plain[] = "ApplicabilityInfo=\"Windows Vista SP2;Windows Server 2008 SP2;\"\r\n"
        "Applies to=\"Windows 6.0\"\r\nKB Article Number=\"4493730\"\r\nProcessor Architecture=\"amd64\"\r\n";
    static const char loose[] = "\xEF\xBB\xBF" "kb article number = \"KB4493730\"\n\nnot a property\n=\"x\"\n"
        "Processor Architecture=\"AMD64\"  \nApplies To=\"Windows 6.0\"\n"
        "ApplicabilityInfo=\"Windows Vista SP1; Windows Server 2008;\"";
    char       wide[2 * sizeof plain];
    wz_view    views[] = { VIEW(plain), VIEW(loose), { wide, 2 * sizeof plain } };

    (void)state;
    memcpy(wide, "\xFF\xFE", 2);
    for (size_t i = 0; i + 1 < sizeof plain; i++) {
        wide[2 + 2 * i] = plain[i];
        wide[3 + 2 * i] = 0;
    }
    for (size_t i = 0; i < CHECK_COUNT(views); i++) {
        wz_content content = read_properties(views[i], WZ_OK);

        CHECK_ROW(i, content.kb == 4493730 && content.architecture == WZ_ARCH_X64 && content.windows.major == 6);
        CHECK_ROW(i, content.windows.minor == 0 && content.names_systems && content.for_server_2008);
        CHECK_ROW(i, content.witnesses == WZ_WITNESS_PROPERTIES && !content.is_contradictory);
        wz_content_clear(&content);
    }
}

static void other_values_are_not_mistaken(void **state)
{
    static const struct { const char *line; unsigned kb; wz_architecture architecture; unsigned major, minor;
                          bool other, server; } rows[] = {
        { "KB Article Number=\"\"",                                0, 0, 0, 0, false, false },
        { "KB Article Number=\"KB\"",                              0, 0, 0, 0, false, false },
        { "KB Article Number=\"-4493730\"",                        0, 0, 0, 0, false, false },
        { "KB Article Number=\"99999999999999999999\"",            0, 0, 0, 0, false, false },
        { "KB Article Number=4493730",                             0, 0, 0, 0, false, false },
        { "Processor Architecture=\"x86\"",                        0, WZ_ARCH_X86, 0, 0, false, false },
        { "Processor Architecture=\"ia64\"",                       0, WZ_ARCH_IA64, 0, 0, false, false },
        { "Processor Architecture=\"arm64\"",                      0, 0, 0, 0, true, false },
        { "Applies to=\"Windows 6.1\"",                            0, 0, 6, 1, false, false },
        { "Applies to=\"Windows 10.0\"",                           0, 0, 10, 0, false, false },
        { "Applies to=\"Windows 6.\"",                             0, 0, 0, 0, false, false },
        { "Applies to=\"Linux\"",                                  0, 0, 0, 0, false, false },
        { "ApplicabilityInfo=\"Windows Server 2008 R2;\"",         0, 0, 0, 0, false, false },
        { "ApplicabilityInfo=\"Windows Vista SP2;\"",              0, 0, 0, 0, false, false },
        { "ApplicabilityInfo=\"x; windows server core sp2 ;\"",    0, 0, 0, 0, false, true },
        { "ApplicabilityInfo=\";;; ;Windows Server 2008\"",        0, 0, 0, 0, false, true },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        char       text[200];
        wz_content content;

        snprintf(text, sizeof text, "Company=\"x\"\r\n%s\r\n", rows[i].line);
        content = read_properties((wz_view){ text, strlen(text) }, WZ_OK);
        CHECK_ROW(i, content.kb == rows[i].kb && content.architecture == rows[i].architecture);
        CHECK_ROW(i, content.windows.major == rows[i].major && content.windows.minor == rows[i].minor);
        CHECK_ROW(i, content.is_other_architecture == rows[i].other && content.for_server_2008 == rows[i].server);
        wz_content_clear(&content);
    }
}

static void what_is_no_properties_file_is_refused(void **state)
{
    static const struct { wz_view bytes; unsigned reason; } rows[] = {
        { { "", 0 },             IDS_REASON_EMPTY  },
        { { "MZ\0\0\0", 5 },     IDS_REASON_NUL    },
        { { "Hello\nworld", 11 }, IDS_REASON_FORMAT },
        { { "\xFF\xFE", 2 },     IDS_REASON_FORMAT },
        { { "\xFF\xFE\0\0a", 5 }, IDS_REASON_NUL   },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_content content = { 0 };
        wz_error   error = { 0 };

        CHECK_ROW(i, wz_package_properties("p", rows[i].bytes, &content, &error) == WZ_E_FORMAT);
        CHECK_ROW(i, error.reason == rows[i].reason && content.witnesses == 0);
    }
}

/* ---- XML ---- */

#define IDENTITY(name, version, arch) \
    "<assemblyIdentity  name='" name "' version='" version "' processorArchitecture='" arch "' language='neutral'/>"
#define UNATTEND(identity) "<?xml version='1.0'?><unattend xmlns='urn:schemas-microsoft-com:unattend'><servicing>" \
    "<package action='install'>" identity "<source location='%configsetroot%\\x.CAB'/></package></servicing></unattend>"
#define PARENT(identity) "<parent integrate='separate' disposition='detect'>" identity "</parent>"
#define SP2 PARENT(IDENTITY("package_for_KB948465", "6.0.1.18005", "amd64"))
#define MUM(identity, kb, parents, rest) "<assembly xmlns='urn:schemas-microsoft-com:asm.v3'>" identity \
    "<package identifier='" kb "' releaseType='Security Update' restart='required'>" parents rest \
    "</package></assembly>"

static void witnesses_that_agree_make_one_content(void **state)
{
    static const char unattend[] = UNATTEND(IDENTITY("Package_for_KB4493730", "6.0.1.1", "x86"));
    static const char mum[] = MUM(IDENTITY("Package_for_KB4493730", "6.0.1.1", "x86"), "KB4493730", SP2, "");
    wz_content content = read_properties(VIEW("KB Article Number=\"4493730\"\nProcessor Architecture=\"x86\"\n"),
                                         WZ_OK);

    (void)state;
    assert_int_equal(wz_package_unattend("u", VIEW(unattend), &content, NULL), WZ_OK);
    assert_int_equal(wz_package_manifest("m", VIEW(mum), &content, NULL), WZ_OK);
    assert_int_equal(content.witnesses, 7);
    assert_int_equal(content.kb, 4493730);
    assert_int_equal(content.architecture, WZ_ARCH_X86);
    assert_int_equal(content.windows.major * 10 + content.windows.minor, 60);
    assert_true(content.for_server_2008);
    assert_false(content.is_contradictory);
    assert_false(content.is_esu_gated);
    CHECK_TEXT(content.identity, "Package_for_KB4493730 6.0.1.1");
    CHECK_TEXT(content.release, "Security Update");
    CHECK_TEXT(content.restart, "required");
    wz_content_clear(&content);
}

static void witnesses_that_differ_are_noted(void **state)
{
    static const char *const mums[] = {
        MUM(IDENTITY("Package_for_KB4474419", "6.0.1.1", "amd64"), "KB4474419", SP2, ""),
        MUM(IDENTITY("Package_for_KB4493730", "6.0.1.1", "x86"), "KB4493730", SP2, ""),
        MUM(IDENTITY("Package_for_KB4493730", "6.1.1.1", "amd64"), "KB4493730", "", ""),
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(mums); i++) {
        wz_content content = read_properties(VIEW("KB Article Number=\"4493730\"\nApplies to=\"Windows 6.0\"\n"
                                                  "Processor Architecture=\"amd64\"\n"), WZ_OK);

        CHECK_ROW(i, wz_package_manifest("m", (wz_view){ mums[i], strlen(mums[i]) }, &content, NULL) == WZ_OK);
        CHECK_ROW(i, content.is_contradictory);
        wz_content_clear(&content);
    }
}

static void manifests_tell_their_windows_by_parent_or_version(void **state)
{
    static const struct { const char *mum; unsigned kb, windows; bool server; } rows[] = {
        { MUM(IDENTITY("Package_for_KB4534251", "9.4.1.0", "amd64"), "KB4534251",
              PARENT(IDENTITY("Microsoft-Windows-Foundation-Package", "6.0.6001.18000", "amd64")), ""),
          4534251, 60, true },                         /* Internet Explorer: its own version */
        { MUM(IDENTITY("Package_for_KB1234567", "6.0.1.0", "amd64"), "KB1234567",
              PARENT(IDENTITY("Microsoft-Windows-Foundation-Package", "6.0.6000.16386", "amd64")), ""),
          1234567, 60, false },                        /* Vista without service pack */
        { MUM(IDENTITY("Package_for_KB1234567", "6.0.6001.3053", "amd64"), "1234567",
              PARENT(IDENTITY("Microsoft-Windows-ServerCore-Package", "6.0.6001.18000", "amd64")), ""),
          1234567, 60, true },
        { MUM(IDENTITY("Package_for_RollupFix", "10.0.1.2", "amd64"), "KB5001234", "", ""), 5001234, 100, false },
        { MUM(IDENTITY("Something", "1.2.3.4", "amd64"), "x", "", ""), 0, 0, false },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_content content = { 0 };

        CHECK_ROW(i, wz_package_manifest("m", (wz_view){ rows[i].mum, strlen(rows[i].mum) }, &content, NULL) == WZ_OK);
        CHECK_ROW(i, content.kb == rows[i].kb && content.for_server_2008 == rows[i].server);
        CHECK_ROW(i, content.windows.major * 10u + content.windows.minor == rows[i].windows);
        wz_content_clear(&content);
    }
}

static void the_mark_of_extended_updates_is_found_anywhere(void **state)
{
    static const char mum[] = MUM(IDENTITY("Package_for_KB5022340", "6.0.1.0", "amd64"), "KB5022340", SP2,
                                  "<update name='x'><i><j type='ExtendedSecurityUpdatesAI'/></i></update>");
    static const struct { const char *text; bool want; } rows[] = {
        { "ExtendedSecurityUpdatesAI", true }, { "ExtendedExtendedSecurityUpdatesAI", true },
        { "EExtendedSecurityUpdatesAI", true }, { "ExtendedSecurityUpdateAI", false }, { "", false },
        { "extendedsecurityupdatesai", false }, { "xExtendedSecurityUpdatesAIx", true },
        { "ExtendedSecurityUpdatesExtendedSecurityUpdatesAI", true },
    };
    wz_content content = { 0 };

    (void)state;
    assert_int_equal(wz_package_manifest("m", VIEW(mum), &content, NULL), WZ_OK);
    assert_true(content.is_esu_gated);
    wz_content_clear(&content);
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        size_t length = strlen(rows[i].text);

        for (size_t cut = 0; cut <= length; cut++) {   /* in two pieces, wherever they are cut */
            size_t mark = 0;
            bool   found = wz_package_find_marker(rows[i].text, cut, &mark);

            found = wz_package_find_marker(rows[i].text + cut, length - cut, &mark) || found;
            CHECK_ROW(i, found == rows[i].want);
        }
    }
}

static void hostile_xml_is_refused_with_its_reason(void **state)
{
    static const struct { const char *xml; wz_status status; unsigned line, reason; } rows[] = {
        { "<!DOCTYPE assembly [<!ENTITY a 'x'>]>\n<assembly>&a;</assembly>", WZ_E_FORMAT, 1, IDS_REASON_DOCTYPE },
        { "<!DOCTYPE assembly SYSTEM 'file:///etc/passwd'><assembly/>", WZ_E_FORMAT, 1, IDS_REASON_DOCTYPE },
        { "<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY % x SYSTEM 'http://127.0.0.1/'>%x;]><a/>", WZ_E_FORMAT, 2,
          IDS_REASON_DOCTYPE },
        { "<assembly>\n&boom;</assembly>", WZ_E_FORMAT, 2, IDS_REASON_NOT_XML },
        { "<assembly>\n<package", WZ_E_FORMAT, 2, IDS_REASON_TRUNCATED },
        { "<unattend/>", WZ_E_FORMAT, 1, IDS_REASON_ROOT },
        { "<assembly/>", WZ_E_FORMAT, 1, IDS_REASON_FORMAT },
        { "MSCF", WZ_E_FORMAT, 1, IDS_REASON_NOT_XML },
        { "", WZ_E_FORMAT, 0, IDS_REASON_EMPTY },
        { "<?xml version='1.0' encoding='windows-1252'?><assembly/>", WZ_E_FORMAT, 1, IDS_REASON_ENCODING },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_content content = { 0 };
        wz_error   error = { 0 };
        wz_view    view = { rows[i].xml, strlen(rows[i].xml) };

        CHECK_ROW(i, wz_package_manifest("update.mum", view, &content, &error) == rows[i].status);
        CHECK_ROW(i, error.line == rows[i].line && error.reason == rows[i].reason);
        CHECK_ROW(i, content.witnesses == 0 && content.identity == NULL);
        CHECK_ROW(i, wz_package_unattend("u.xml", view, &content, &error) != WZ_OK);
    }
}

static void a_description_has_a_limit(void **state)
{
    size_t     length = WZ_PACKAGE_MAX_BYTES + 1;
    char      *bytes = wz_new_array(length, char);
    wz_content content = { 0 };
    wz_error   error = { 0 };

    (void)state;
    memset(bytes, ' ', length);
    assert_int_equal(wz_package_manifest("m", (wz_view){ bytes, length }, &content, &error), WZ_E_LIMIT);
    assert_int_equal(wz_package_properties("p", (wz_view){ bytes, length }, &content, &error), WZ_E_LIMIT);
    free(bytes);
}

/* Cut at every byte: refused, and nothing read past the end. */
static void cut_descriptions_are_refused(void **state)
{
    static const char mum[] = MUM(IDENTITY("Package_for_KB4493730", "6.0.1.1", "x86"), "KB4493730", SP2, "");

    (void)state;
    for (size_t length = 0; length + 1 < sizeof mum; length++) {
        char      *cut = wz_copy_part(mum, length);
        wz_content content = { 0 };

        CHECK_ROW(length, wz_package_manifest("m", (wz_view){ cut, length }, &content, NULL) == WZ_E_FORMAT);
        wz_content_clear(&content);
        free(cut);
    }
}

int test_package_file(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(properties_are_read_in_all_their_spellings),
        cmocka_unit_test(other_values_are_not_mistaken),
        cmocka_unit_test(what_is_no_properties_file_is_refused),
        cmocka_unit_test(witnesses_that_agree_make_one_content),
        cmocka_unit_test(witnesses_that_differ_are_noted),
        cmocka_unit_test(manifests_tell_their_windows_by_parent_or_version),
        cmocka_unit_test(the_mark_of_extended_updates_is_found_anywhere),
        cmocka_unit_test(hostile_xml_is_refused_with_its_reason),
        cmocka_unit_test(a_description_has_a_limit),
        cmocka_unit_test(cut_descriptions_are_refused),
    };

    return cmocka_run_group_tests_name("package_file", tests, NULL, NULL);
}
