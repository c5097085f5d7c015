#include "platform/place.h"

#include "make_cab.h"
#include "platform/cabinet.h"
#include "platform/windows.h"
#include "resource.h"

#define NAME "Windows6.0-KB4493730-x64"
#define PROPERTIES \
    "ApplicabilityInfo=\"Windows Vista SP2;Windows Server Core SP2;Windows Server 2008 SP2;\"\r\n" \
    "Applies to=\"Windows 6.0\"\r\nKB Article Number=\"4493730\"\r\nProcessor Architecture=\"amd64\"\r\n"
#define IDENTITY "<assemblyIdentity name='Package_for_KB4493730' version='6.0.1.1' processorArchitecture='amd64'/>"
#define UNATTEND "<unattend><servicing><package action='install'>" IDENTITY "</package></servicing></unattend>"
#define MUM "<assembly>" IDENTITY "<package identifier='KB4493730' releaseType='Update'><parent>" \
    "<assemblyIdentity name='package_for_KB948465' version='6.0.1.18005' processorArchitecture='amd64'/></parent>" \
    "</package></assembly>"

/* The content of these bytes as a file of its own. */
static wz_status examine(const wz_text *bytes, const wz_progress *progress, wz_content *out)
{
    char     *folder = place_create();
    char     *path = place_path(folder, "x.msu");
    wz_status status;
    HANDLE    file;

    place_write(path, wz_text_at(bytes), bytes->length);
    file = place_open(path, GENERIC_READ, FILE_SHARE_READ);
    assert_true(file != INVALID_HANDLE_VALUE);
    status = wz_cabinet_examine(file, "x.msu", bytes->length, progress, out);
    CloseHandle(file);
    assert_int_equal(place_count(folder), 1);          /* nothing was written */
    place_remove(folder);
    free(path);
    return status;
}

/* An .msu around this payload cabinet; clears it. */
static wz_text msu_around(wz_text *inner)
{
    cab_member members[] = {
        CAB_TEXT("WSUSSCAN.cab", "not a cabinet, and never opened"),
        { NAME ".cab", wz_text_at(inner), inner->length },
        CAB_TEXT(NAME ".xml", UNATTEND),
        CAB_TEXT(NAME "-pkgProperties.txt", PROPERTIES),
    };
    wz_text msu = cab_make(members, CHECK_COUNT(members));

    wz_text_clear(inner);
    return msu;
}

static wz_text good_payload(void)
{
    static const cab_member members[] = {
        CAB_TEXT("_manifest_.cix.xml", "<x/>"), CAB_TEXT("update.mum", MUM), CAB_TEXT("update.cat", "0"),
        CAB_TEXT("package_1_for_kb4493730~31bf3856ad364e35~amd64~~6.0.1.1.mum", MUM), CAB_TEXT("8", "payload"),
    };

    return cab_make(members, CHECK_COUNT(members));
}

static wz_text good_msu(void)
{
    wz_text inner = good_payload();

    return msu_around(&inner);
}

static void check_good(const wz_content *content, unsigned witnesses)
{
    assert_int_equal(content->error.status, WZ_OK);
    assert_int_equal(content->witnesses, witnesses);
    assert_int_equal(content->kb, 4493730);
    assert_int_equal(content->architecture, WZ_ARCH_X64);
    assert_int_equal(content->windows.major * 10 + content->windows.minor, 60);
    assert_true(content->is_asked && content->for_server_2008);
    assert_false(content->is_contradictory || content->is_esu_gated);
    CHECK_TEXT(content->identity, "Package_for_KB4493730 6.0.1.1");
}

static void an_update_and_its_payload_tell_the_same(void **state)
{
    wz_text    msu = good_msu();
    wz_text    payload = good_payload();
    wz_content content = { 0 };

    (void)state;
    assert_int_equal(examine(&msu, NULL, &content), WZ_OK);
    check_good(&content, WZ_WITNESS_PROPERTIES | WZ_WITNESS_UNATTEND | WZ_WITNESS_MANIFEST);
    assert_int_equal(examine(&payload, NULL, &content), WZ_OK);
    check_good(&content, WZ_WITNESS_MANIFEST);
    wz_content_clear(&content);
    wz_text_clear(&payload);
    wz_text_clear(&msu);
}

/* A payload far larger than what is kept, with the manifests before and behind the bulk. */
static void a_large_payload_goes_through_without_being_held(void **state)
{
    size_t     length = 24u << 20;
    char      *bulk = wz_new_array(length, char);
    cab_member members[] = {
        { "bulk-1", bulk, length }, CAB_TEXT("update.mum", MUM), { "bulk-2", bulk, length },
        CAB_TEXT("package_9_for_kb4493730~31bf3856ad364e35~amd64~~6.0.1.1.mum", "<ExtendedSecurityUpdatesAI/>"),
        { "bulk-3", bulk, length },
    };
    wz_text    inner, msu;
    wz_content content = { 0 };

    (void)state;
    for (size_t i = 0; i < length; i++)
        bulk[i] = (char)place_byte(i);
    inner = cab_make(members, CHECK_COUNT(members));
    msu = msu_around(&inner);
    free(bulk);
    assert_int_equal(examine(&msu, NULL, &content), WZ_OK);
    assert_true(content.is_esu_gated);
    content.is_esu_gated = false;
    check_good(&content, 7);
    wz_content_clear(&content);
    wz_text_clear(&msu);
}

/* ---- hostile files ---- */

/* Cut at every 64th byte: refused each time, with a reason. */
static void a_cut_update_is_refused_wherever_it_is_cut(void **state)
{
    wz_text  whole = good_msu();
    char    *folder = place_create();
    char    *path = place_path(folder, "x.msu");

    (void)state;
    for (size_t length = 0; length < whole.length; length += 64) {
        wz_content content = { 0 };
        HANDLE     file;

        place_write(path, whole.at, length);
        file = place_open(path, GENERIC_READ, FILE_SHARE_READ);
        CHECK_ROW(length, wz_cabinet_examine(file, "x.msu", length, NULL, &content) == WZ_OK);
        CHECK_ROW(length, content.error.status == WZ_E_FORMAT && content.witnesses == 0);
        CHECK_ROW(length, content.error.reason == (length == 0 ? IDS_REASON_EMPTY : IDS_REASON_TRUNCATED));
        wz_content_clear(&content);
        CloseHandle(file);
    }
    place_remove(folder);
    free(path);
    wz_text_clear(&whole);
}

/* The payload is cut, the .msu around it is whole. */
static void a_cut_payload_is_refused_wherever_it_is_cut(void **state)
{
    wz_text whole = good_payload();

    (void)state;
    for (size_t length = 0; length < whole.length; length += 64) {
        wz_text    cut = { .at = wz_copy_part(whole.at, length), .length = length };
        wz_text    msu = msu_around(&cut);
        wz_content content = { 0 };

        CHECK_ROW(length, examine(&msu, NULL, &content) == WZ_OK);
        CHECK_ROW(length, content.error.status == WZ_E_FORMAT);
        CHECK_ROW(length, content.error.reason == (length == 0 ? IDS_REASON_EMPTY : IDS_REASON_TRUNCATED));
        CHECK_CONTAINS(content.error.subject, NAME ".cab");
        CHECK_ROW(length, content.witnesses == (WZ_WITNESS_PROPERTIES | WZ_WITNESS_UNATTEND));
        wz_content_clear(&content);
        wz_text_clear(&msu);
    }
    wz_text_clear(&whole);
}

static void check_reason(wz_text *bytes, unsigned reason, size_t row)
{
    wz_content content = { 0 };

    CHECK_ROW(row, examine(bytes, NULL, &content) == WZ_OK);
    if (content.error.status == WZ_OK || content.error.reason != reason)
        fail_msg("row %u: status %d, reason %u, not %u", (unsigned)row, (int)content.error.status,
                 content.error.reason, reason);
    wz_content_clear(&content);
    wz_text_clear(bytes);
}

static void other_bad_files_have_each_their_reason(void **state)
{
    static const struct { const char *name; const char *text; unsigned reason; } rows[] = {
        { "readme.txt",            "nothing here",                                   IDS_CABINET_NO_UPDATE },
        { "x.cab",                 "not a cabinet",                                  IDS_CABINET_NONE      },
        { "x-pkgProperties.txt",   "nothing",                                        IDS_REASON_FORMAT     },
        { "x-pkgProperties.txt",   "",                                               IDS_REASON_EMPTY      },
        { "x.xml",                 "<!DOCTYPE u [<!ENTITY a 'b'>]><unattend/>",      IDS_REASON_DOCTYPE    },
        { "x.xml",                 "<unattend>&a;</unattend>",                       IDS_REASON_NOT_XML    },
        { "update.mum",            "<!DOCTYPE assembly SYSTEM 'x.dtd'><assembly/>",  IDS_REASON_DOCTYPE    },
        { "update.mum",            "<unattend/>",                                    IDS_REASON_ROOT       },
        { "..\\..\\update.mum",    MUM,                                              IDS_CABINET_NAME      },
        { "C:\\windows\\x.xml",    UNATTEND,                                         IDS_CABINET_NAME      },
        { "\\\\server\\x.xml",     UNATTEND,                                         IDS_CABINET_NAME      },
    };
    wz_text bytes;

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        bytes = cab_make(&(cab_member){ rows[i].name, rows[i].text, strlen(rows[i].text) }, 1);
        check_reason(&bytes, rows[i].reason, i);
    }
    bytes = cab_make_bomb("x.cab", 600);
    check_reason(&bytes, IDS_CABINET_RATIO, 100);
    bytes = cab_make_bomb("update.mum", 400);
    check_reason(&bytes, IDS_CABINET_MEMBER, 101);
    bytes = cab_make_bomb("x.cab", 64);                /* 2 MB of zeros are unpacked and are no cabinet */
    check_reason(&bytes, IDS_CABINET_NONE, 102);
}

static void hostile_payloads_are_refused_like_hostile_files(void **state)
{
    cab_member traversal[] = { CAB_TEXT("update.mum", MUM), CAB_TEXT("..\\evil.dll", "MZ") };
    cab_member entity[] = { CAB_TEXT("update.mum", "<!DOCTYPE a [<!ENTITY b 'c'>]><assembly>&b;</assembly>") };
    cab_member nested[] = { CAB_TEXT("inner.cab", "MSCF") };
    cab_member five[] = { CAB_TEXT("1.cab", ""), CAB_TEXT("2.cab", ""), CAB_TEXT("3.cab", ""), CAB_TEXT("4.cab", ""),
                          CAB_TEXT("5.cab", "") };
    struct { cab_member *members; size_t count; unsigned reason; } rows[] = {
        { traversal, 2, IDS_CABINET_NAME }, { entity, 1, IDS_REASON_DOCTYPE }, { nested, 1, IDS_CABINET_NO_UPDATE },
    };
    wz_text inner, msu;

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        inner = cab_make(rows[i].members, rows[i].count);
        msu = msu_around(&inner);
        check_reason(&msu, rows[i].reason, i);
    }
    inner = cab_make_bomb("update.mum", 600);
    msu = msu_around(&inner);
    check_reason(&msu, IDS_CABINET_MEMBER, 10);
    inner = cab_make_bomb("bulk", 600);
    msu = msu_around(&inner);
    check_reason(&msu, IDS_CABINET_RATIO, 11);
    msu = cab_make(five, CHECK_COUNT(five));
    check_reason(&msu, IDS_REASON_EMPTY, 12);          /* the first reason stays */
}

static void ten_thousand_entries_are_read_and_one_more_is_refused(void **state)
{
    for (size_t count = 10000; count <= 10001; count++) {
        cab_member *members = wz_new_array(count, cab_member);
        char       *names = wz_new_array(count * 8, char);
        wz_text     payload;
        wz_content  content = { 0 };

        (void)state;
        for (size_t i = 0; i < count; i++) {
            snprintf(names + i * 8, 8, "%u", (unsigned)i);
            members[i] = (cab_member){ names + i * 8, "x", 1 };
        }
        members[count - 1] = (cab_member){ "update.mum", MUM, sizeof MUM - 1 };
        payload = cab_make(members, count);
        free(names);
        free(members);
        assert_int_equal(examine(&payload, NULL, &content), WZ_OK);
        assert_int_equal(content.error.reason, count > 10000 ? IDS_CABINET_ENTRIES : 0);
        assert_int_equal(content.kb, count > 10000 ? 0 : 4493730);
        wz_content_clear(&content);
        wz_text_clear(&payload);
    }
}

/* Each byte changed once: the answer may be any, but there is one, and nothing is written or left running. */
static void any_changed_byte_is_survived(void **state)
{
    wz_text whole = good_msu();

    (void)state;
    for (size_t at = 0; at < whole.length; at += 7) {
        wz_content content = { 0 };
        char       was = whole.at[at];

        whole.at[at] = (char)(was ^ 0x55);
        CHECK_ROW(at, examine(&whole, NULL, &content) == WZ_OK);
        CHECK_ROW(at, content.is_asked && (content.error.status == WZ_OK || content.error.reason != 0));
        whole.at[at] = was;
        wz_content_clear(&content);
    }
    wz_text_clear(&whole);
}

static void a_packed_byte_that_is_damaged_is_noticed(void **state)
{
    wz_text    bytes = cab_make_bomb("update.mum", 4);
    wz_content content = { 0 };

    (void)state;
    assert_memory_equal(bytes.at + 79, "CK", 2);
    bytes.at[81] = 7;                                  /* a kind of deflate block that does not exist */
    assert_int_equal(examine(&bytes, NULL, &content), WZ_OK);
    assert_int_equal(content.error.reason, IDS_CABINET_DATA);
    wz_content_clear(&content);
    wz_text_clear(&bytes);
}

/* ---- files that go away, and people who stop ---- */

static void a_file_shorter_than_it_was_is_an_input_error(void **state)
{
    wz_text    msu = good_msu();
    char      *folder = place_create();
    char      *path = place_path(folder, "x.msu");
    wz_content content = { 0 };
    HANDLE     file;

    (void)state;
    place_write(path, msu.at, msu.length - 300);
    file = place_open(path, GENERIC_READ, FILE_SHARE_READ);
    assert_int_equal(wz_cabinet_examine(file, "x.msu", msu.length, NULL, &content), WZ_OK);
    assert_true(content.error.status != WZ_OK && content.error.status != WZ_E_FORMAT);
    assert_int_equal(content.error.os_code, ERROR_HANDLE_EOF);
    CloseHandle(file);
    assert_int_equal(wz_cabinet_examine(file, "x.msu", msu.length, NULL, &content), WZ_OK);
    assert_int_equal(content.error.os_code, ERROR_INVALID_HANDLE);      /* as of a drive that was pulled out */
    wz_content_clear(&content);
    place_remove(folder);
    free(path);
    wz_text_clear(&msu);
}

static wz_file examined(const char *path)
{
    wz_platform *platform = wz_windows_create();
    wz_file      file = { .path = wz_copy(path), .name = wz_copy("x.msu") };

    assert_int_equal(platform->examine(platform->context, &file, NULL), WZ_OK);
    wz_windows_free(platform);
    return file;
}

/* Through the same door as the product: in use, gone since it was listed, and there again. */
static void locked_and_vanished_files_have_each_their_error(void **state)
{
    wz_text msu = good_msu();
    char   *folder = place_create();
    char   *path = place_path(folder, "x.msu");
    HANDLE  owner;
    wz_file file;

    (void)state;
    place_write(path, msu.at, msu.length);
    file = examined(path);
    assert_true(file.is_examined && file.is_cabinet);
    check_good(&file.content, 7);
    wz_file_clear(&file);
    owner = place_open(path, GENERIC_READ | GENERIC_WRITE, 0);
    file = examined(path);
    assert_false(file.is_examined);
    assert_int_equal(file.error.os_code, ERROR_SHARING_VIOLATION);
    assert_int_equal(file.error.status, WZ_E_BUSY);
    wz_file_clear(&file);
    CloseHandle(owner);
    owner = place_open(path, GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE);       /* somebody may still write */
    file = examined(path);
    assert_int_equal(file.error.os_code, ERROR_SHARING_VIOLATION);
    wz_file_clear(&file);
    CloseHandle(owner);
    place_delete(path);
    file = examined(path);
    assert_int_equal(file.error.status, WZ_E_NOT_FOUND);
    wz_file_clear(&file);
    place_remove(folder);
    free(path);
    wz_text_clear(&msu);
}

typedef struct watch { unsigned asked, stop_at, last; } watch;

static bool watch_stop(void *context)
{
    watch *self = context;

    return ++self->asked > self->stop_at;
}

static void watch_report(void *context, const wz_phrase *doing, unsigned permille)
{
    watch *self = context;

    (void)doing;
    assert_in_range(permille, self->last, 1000);
    self->last = permille;
}

static void it_can_be_stopped_at_any_time(void **state)
{
    wz_text  msu = good_msu();
    unsigned stopped = 0;

    (void)state;
    for (unsigned stop_at = 0; stop_at < 40; stop_at++) {
        watch             seen = { .stop_at = stop_at };
        const wz_progress progress = { watch_report, watch_stop, &seen };
        wz_content        content = { 0 };
        wz_status         status = examine(&msu, &progress, &content);

        assert_true(status == WZ_OK || status == WZ_E_CANCELLED);
        stopped += status == WZ_E_CANCELLED;
        wz_content_clear(&content);
    }
    assert_in_range(stopped, 1, 40);
    wz_text_clear(&msu);
}

int test_cabinet(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_update_and_its_payload_tell_the_same),
        cmocka_unit_test(a_large_payload_goes_through_without_being_held),
        cmocka_unit_test(a_cut_update_is_refused_wherever_it_is_cut),
        cmocka_unit_test(a_cut_payload_is_refused_wherever_it_is_cut),
        cmocka_unit_test(other_bad_files_have_each_their_reason),
        cmocka_unit_test(hostile_payloads_are_refused_like_hostile_files),
        cmocka_unit_test(ten_thousand_entries_are_read_and_one_more_is_refused),
        cmocka_unit_test(any_changed_byte_is_survived),
        cmocka_unit_test(a_packed_byte_that_is_damaged_is_noticed),
        cmocka_unit_test(a_file_shorter_than_it_was_is_an_input_error),
        cmocka_unit_test(locked_and_vanished_files_have_each_their_error),
        cmocka_unit_test(it_can_be_stopped_at_any_time),
    };

    return cmocka_run_group_tests_name("cabinet", tests, NULL, NULL);
}
