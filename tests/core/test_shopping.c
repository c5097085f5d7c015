#include "check.h"
#include "core/shopping.h"
#include "core/system.h"
#include "machine.h"
#include "words.h"

/* ---- a session without a machine ---- */

typedef struct shop_fixture {
    wz_platform platform;
    wz_session  session;
    wz_text     written;
    wz_status   status;            /* what write_file answers */
} shop_fixture;

static wz_time shop_now(void *context)
{
    (void)context;
    return MACHINE_TIME;
}

static wz_status shop_write_file(void *context, const char *path, wz_view bytes, wz_error *err)
{
    shop_fixture *fixture = context;

    if (fixture->status != WZ_OK)
        return wz_fail(err, fixture->status, 0, path);
    wz_text_clear(&fixture->written);
    wz_text_append(&fixture->written, bytes.at, bytes.length);
    return WZ_OK;
}

static void shop_start(shop_fixture *fixture, wz_snapshot *snapshot, wz_catalogue *catalogue, wz_target target)
{
    *fixture = (shop_fixture){ .status = WZ_OK };
    fixture->platform.context = fixture;
    fixture->platform.now = shop_now;
    fixture->platform.write_file = shop_write_file;
    fixture->session.platform = &fixture->platform;
    fixture->session.catalogue = catalogue;
    fixture->session.snapshot = snapshot;
    fixture->session.target = target;
    fixture->session.plan = wz_plan_create(snapshot, catalogue, target);
}

static void shop_stop(shop_fixture *fixture)
{
    wz_matches_clear(&fixture->session.matches);
    wz_files_clear(&fixture->session.files);
    wz_plan_free(fixture->session.plan);
    wz_snapshot_free(fixture->session.snapshot);
    wz_text_clear(&fixture->written);
}

static void shop_add_file(shop_fixture *fixture, const char *name, const char *sha1)
{
    wz_files *files = &fixture->session.files;
    wz_file  *file;

    files->items = wz_grow(files->items, files->count, &files->room, sizeof *files->items);
    file = &files->items[files->count++];
    *file = (wz_file){ .is_examined = true, .is_cabinet = true };
    file->name = wz_copy(name);
    file->path = wz_copy(name);
    memcpy(file->sha1, sha1, sizeof file->sha1);
    memcpy(file->sha256, "00", 3);
}

/* The built-in catalogue is shared and never written to; a session just holds it without const. */
static wz_catalogue *shop_catalogue(void)
{
    wz_catalogue *catalogue;
    const wz_catalogue *shared = machine_catalogue();

    memcpy(&catalogue, &shared, sizeof catalogue);
    return catalogue;
}

/* ---- tests ---- */

static void every_step_has_what_it_takes_to_find_its_file(void **state)
{
    shop_fixture fixture;

    (void)state;
    shop_start(&fixture, machine_bare("x64"), shop_catalogue(), WZ_TARGET_FREE);
    assert_int_equal(wz_shopping_save(&fixture.session, test_words(), "list.txt", NULL), WZ_OK);
    CHECK_CONTAINS(fixture.written.at, "Computer: MRT-SRV-01. Architecture: x64.");
    CHECK_CONTAINS(fixture.written.at, "Catalogue: Built into the program.");
    CHECK_CONTAINS(fixture.written.at, "Step 1: KB4493730");
    CHECK_CONTAINS(fixture.written.at, "windows6.0-kb4493730-x64_5cb91f4e9000383f061b80f88feffdf228c2443c.msu\r\n");
    CHECK_CONTAINS(fixture.written.at, "SHA-1: 5cb91f4e9000383f061b80f88feffdf228c2443c\r\n");
    CHECK_CONTAINS(fixture.written.at, "26bf790fadd11eca1433abd8edc78d2ddfa1fe85fe0d2f67cdffb5de0c069530\r\n");
    CHECK_CONTAINS(fixture.written.at, "Address: http://download.windowsupdate.com/d/msdownload/update/software/secu/"
                                       "2019/04/windows6.0-kb4493730-x64_5cb91f4e9000383f061b80f88feffdf228c2443c.msu");
    CHECK_CONTAINS(fixture.written.at, "for: KB4534303\r\n");
    CHECK_CONTAINS(fixture.written.at, "Step 3: KB4534303");
    assert_null(strstr(fixture.written.at, ".cab"));   /* the inner one is nothing to download */
    assert_null(strstr(fixture.written.at, "#"));
    shop_stop(&fixture);
}

static void unknown_file_and_hash_are_said_to_be_unknown(void **state)
{
    shop_fixture fixture;

    (void)state;
    shop_start(&fixture, machine_bare("x64"), shop_catalogue(), WZ_TARGET_6003);
    assert_int_equal(wz_shopping_save(&fixture.session, test_words(), "list.txt", NULL), WZ_OK);
    CHECK_CONTAINS(fixture.written.at, "Step 2: KB4493471");
    CHECK_CONTAINS(fixture.written.at, "The name of the file is not known.");
    CHECK_CONTAINS(fixture.written.at, "accepts the file when Microsoft's signature on it is valid");
    shop_stop(&fixture);
}

static void files_that_are_there_are_marked(void **state)
{
    shop_fixture fixture;

    (void)state;
    shop_start(&fixture, machine_bare("x64"), shop_catalogue(), WZ_TARGET_FREE);
    shop_add_file(&fixture, "E:\\sha2.msu", "09cb148f6ef10779d7352b7269d66a7f23019207");
    shop_add_file(&fixture, "windows6.0-kb4534303-x64.msu", "0000000000000000000000000000000000000000");
    wz_media_match(fixture.session.plan, fixture.session.catalogue, &fixture.session.files, WZ_ARCH_X64, false,
                   &fixture.session.matches);
    assert_int_equal(wz_shopping_save(&fixture.session, test_words(), "list.txt", NULL), WZ_OK);
    CHECK_CONTAINS(fixture.written.at, "State: To be fetched\r\n");
    CHECK_CONTAINS(fixture.written.at, "State: Already there: E:\\sha2.msu\r\n");
    CHECK_CONTAINS(fixture.written.at, "not acceptable: windows6.0-kb4534303-x64.msu – Refused: its checksum is not");
    shop_stop(&fixture);
}

static void html_is_one_escaped_document_without_script(void **state)
{
    wz_snapshot *snapshot = machine_bare("x86");
    shop_fixture fixture;
    const char  *at;

    (void)state;
    machine_set(snapshot, WZ_FACT_COMPUTER_NAME, "<script>alert(\"1\")</script>&\xE2\x80\xAE");
    shop_start(&fixture, snapshot, shop_catalogue(), WZ_TARGET_FREE);
    shop_add_file(&fixture, "windows6.0-kb4534303-x86.msu", "0000000000000000000000000000000000000000");
    free(fixture.session.files.items[0].path);
    fixture.session.files.items[0].path = wz_copy("E:\\<b>\"&'.msu");
    wz_media_match(fixture.session.plan, fixture.session.catalogue, &fixture.session.files, WZ_ARCH_X86, false,
                   &fixture.session.matches);
    assert_int_equal(wz_shopping_save(&fixture.session, test_words(), "C:\\List.HTM", NULL), WZ_OK);
    CHECK_CONTAINS(fixture.written.at, "<!DOCTYPE html");
    CHECK_CONTAINS(fixture.written.at, "&lt;script&gt;");
    CHECK_CONTAINS(fixture.written.at, "E:\\&lt;b&gt;");
    assert_null(strstr(fixture.written.at, "<script"));
    assert_null(strstr(fixture.written.at, "\xE2\x80\xAE"));       /* cannot turn the line round */
    for (at = fixture.written.at; (at = strchr(at, '&')) != NULL; at++)
        assert_true(strchr("lgaq#", at[1]) != NULL);
    CHECK_TEXT(fixture.written.at + fixture.written.length - 16, "</body>\n</html>\n");
    shop_stop(&fixture);
}

static void nothing_to_fetch_is_said_with_the_reason(void **state)
{
    wz_snapshot *snapshot = machine_bare("x64");
    shop_fixture fixture;

    (void)state;
    machine_set_version(snapshot, "6.0.6003.20706");
    shop_start(&fixture, snapshot, shop_catalogue(), WZ_TARGET_FREE);
    assert_int_equal(wz_shopping_save(&fixture.session, test_words(), "list.txt", NULL), WZ_OK);
    CHECK_CONTAINS(fixture.written.at, "There is nothing to fetch.\r\n");
    CHECK_CONTAINS(fixture.written.at, "Nothing to install: the computer is at version 6.0.6003.20706");
    shop_stop(&fixture);
}

static void failure_to_write_is_passed_on(void **state)
{
    shop_fixture fixture;
    wz_error     error = { 0 };

    (void)state;
    shop_start(&fixture, machine_bare("x64"), shop_catalogue(), WZ_TARGET_FREE);
    fixture.status = WZ_E_FULL;
    assert_int_equal(wz_shopping_save(&fixture.session, test_words(), "list.txt", &error), WZ_E_FULL);
    CHECK_TEXT(error.subject, "list.txt");
    assert_null(fixture.written.at);
    shop_stop(&fixture);
}

int test_shopping(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_step_has_what_it_takes_to_find_its_file),
        cmocka_unit_test(unknown_file_and_hash_are_said_to_be_unknown),
        cmocka_unit_test(files_that_are_there_are_marked),
        cmocka_unit_test(html_is_one_escaped_document_without_script),
        cmocka_unit_test(nothing_to_fetch_is_said_with_the_reason),
        cmocka_unit_test(failure_to_write_is_passed_on),
    };

    return cmocka_run_group_tests_name("shopping", tests, NULL, NULL);
}
