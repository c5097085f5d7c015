/* /remedy: what is said of a code, of one that nobody knows, and of a word. */
#include "check.h"

#include "core/command.h"
#include "core/remedy.h"
#include "fake_platform.h"
#include "resource.h"

#include "words.h"

typedef struct said { wz_text out, err; } said;

static void on_write(void *context, bool is_error, const char *utf8)
{
    said *s = context;

    wz_text_add(is_error ? &s->err : &s->out, utf8);
}

static void forget(said *s)
{
    wz_text_clear(&s->out);
    wz_text_clear(&s->err);
}

static int ask(fake_machine *machine, const char *value, const char *more, said *s)
{
    wz_text     argument = { 0 };
    const char *arguments[2] = { NULL, more };
    wz_options  options;
    wz_output   output = { on_write, s, NULL };
    wz_exit     exit;

    forget(s);
    wz_text_add(&argument, "/remedy:");
    wz_text_add(&argument, value);
    arguments[0] = argument.at;
    assert_int_equal(wz_options_parse(arguments, more != NULL ? 2 : 1, &options, NULL), WZ_OK);
    exit = wz_command_run(&options, &machine->platform, test_words(), test_words(), &output);
    wz_options_clear(&options);
    wz_text_clear(&argument);
    return (int)exit;
}

static void codes_are_read_as_people_write_them(void **state)
{
    static const struct { const char *text; bool is_code; uint32_t code; } rows[] = {
        { "0x80070643", true, 0x80070643u },  { "0X800f0922", true, 0x800F0922u }, { "80070643", true, 0x80070643u },
        { "800F0922", true, 0x800F0922u },    { "c0190003", true, 0xC0190003u },   { "00240006", true, 0x00240006u },
        { "-2147023293", true, 0x80070643u }, { "2147944003", true, 0x80070643u }, { "1603", true, 1603 },
        { "2147943971", true, 0x80070623u },  { "0", true, 0 },                    { "0x1", true, 1 },
                        { "-1", true, 0xFFFFFFFFu },
        { "-2147483648", true, 0x80000000u }, { "4294967295", true, 0xFFFFFFFFu }, { "12345678", true, 12345678 },
        { "crypt_e_not_found", true, 0x80092004u }, { "WU_E_NOT_APPLICABLE", true, 0x80240017u },
        { "", false, 0 },                     { "0x", false, 0 },                  { "0x123456789", false, 0 },
        { "0x8007064g", false, 0 },           { "4294967296", false, 0 },          { "-2147483649", false, 0 },
        { "-", false, 0 },                    { "--1", false, 0 },                 { "1603 ", false, 0 },
        { "80070643x", false, 0 },            { "-0x1", false, 0 },                { "error", false, 0 },
        { "99999999999999999999", false, 0 },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        uint32_t code = 0;

        CHECK_ROW(i, wz_code_parse(rows[i].text, &code) == rows[i].is_code);
        CHECK_ROW(i, code == rows[i].code);
    }
}

static void codes_have_a_facility(void **state)
{
    static const struct { uint32_t code; const char *want; } rows[] = {
        { 1603, "Win32" },
        { 0x80070643u, "FACILITY_WIN32 (7)" },
        { 0x800F0922u, "FACILITY_SETUPAPI (15)" },
        { 0x80240017u, "FACILITY_WINDOWSUPDATE (36)" },
        { 0x800B0109u, "FACILITY_CERT (11)" },
        { 0x87FF0001u, "facility (2047)" },
        { 0xC0190003u, "NTSTATUS" },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_text text = { 0 };

        wz_text_add_code_facility(&text, rows[i].code);
        CHECK_TEXT(wz_text_at(&text), rows[i].want);
        wz_text_clear(&text);
    }
}

/* Every form of every listed code prints the same: what it says, cause, what to do and source. */
static void every_listed_code_is_explained_with_its_source(void **state)
{
    fake_machine *machine = fake_create();
    said          s = { 0 };

    (void)state;
    for (size_t i = 0; wz_remedy_at(i) != NULL; i++) {
        const wz_remedy *row = wz_remedy_at(i);
        wz_text          hex = { 0 };

        wz_text_add(&hex, "0x");
        wz_text_add_hex(&hex, row->code, 8);
        CHECK_ROW(i, ask(machine, hex.at, NULL, &s) == WZ_EXIT_DONE);
        CHECK_CONTAINS(s.out.at, wz_word(test_words(), row->says));
        CHECK_CONTAINS(s.out.at, row->source);
        if (row->name != NULL)
            CHECK_CONTAINS(s.out.at, row->name);
        if (row->fix != 0) {
            CHECK_CONTAINS(s.out.at, wz_word(test_words(), row->cause));
            CHECK_CONTAINS(s.out.at, wz_word(test_words(), row->fix));
        }
        CHECK_ROW(i, s.err.length == 0);
        wz_text_clear(&hex);
    }
    assert_int_equal(ask(machine, "-2147023293", NULL, &s), WZ_EXIT_DONE);
    CHECK_CONTAINS(s.out.at, "2147944003 (-2147023293, 0x80070643) ERROR_INSTALL_FAILURE");
    forget(&s);
    fake_free(machine);
}

/* One source is told as possible, several or Microsoft's own as the cause. */
static void how_sure_a_cause_is_can_be_read(void **state)
{
    fake_machine *machine = fake_create();
    said          s = { 0 };

    (void)state;
    (void)ask(machine, "0x80092004", NULL, &s);
    CHECK_CONTAINS(s.out.at, "\nPossible cause: ");
    (void)ask(machine, "0x800B0109", NULL, &s);
    CHECK_CONTAINS(s.out.at, "\nCause: ");
    (void)ask(machine, "1603", NULL, &s);
    CHECK_CONTAINS(s.out.at, "\nLikely cause: ");
    forget(&s);
    fake_free(machine);
}

static void a_code_that_nobody_lists_is_never_left_alone(void **state)
{
    static const char log[] =
        "2019-05-01 10:00:00, Error                 CBS    Failed something [HRESULT = 0x80070490 - ERROR_NOT_FOUND]\n"
        "2019-05-02 10:00:00, Error                 CBS    Failed this. [HRESULT = 0x800703e5 - ERROR_IO_PENDING]\n";
    fake_machine *machine = fake_create();
    wz_snapshot  *snapshot = NULL;
    wz_text       xml = { 0 };
    said          s = { 0 };

    (void)state;
    assert_int_equal(ask(machine, "0x800703E5", NULL, &s), WZ_EXIT_DONE);
    CHECK_CONTAINS(s.out.at, "0x800703e5 (FACILITY_WIN32 (7)) is not among the codes");
    CHECK_CONTAINS(s.out.at, "Overlapped I/O operation is in progress.");
    assert_null(strstr(s.out.at, wz_word(test_words(), IDS_REMEDY_FOUND_NO_LOG)));     /* there is no log at all */
    CHECK_CONTAINS(s.out.at, wz_word(test_words(), IDS_REMEDY_FIX_LOG));

    /* the machine of a snapshot, with a log: the line that gives the code, not the others */
    assert_int_equal(machine->platform.probe(machine, NULL, &snapshot, NULL), WZ_OK);
    wz_fact_known(snapshot, WZ_FACT_LOG_SERVICING, machine->clock, "file CBS.log", log);
    wz_snapshot_write(snapshot, &xml);
    fake_put(machine, "C:\\there.xml", xml.at);
    assert_int_equal(ask(machine, "0x800703E5", "/open:C:\\there.xml", &s), WZ_EXIT_DONE);
    CHECK_CONTAINS(s.out.at, "CBS.log: 2019-05-02 10:00:00");
    assert_null(strstr(s.out.at, "2019-05-01"));
    /* nothing gives this one: then the last lines */
    assert_int_equal(ask(machine, "0x8000FFFF", "/open:C:\\there.xml", &s), WZ_EXIT_DONE);
    CHECK_CONTAINS(s.out.at, "CBS.log: 2019-05-02 10:00:00");
    assert_null(strstr(s.out.at, "Windows says:"));
    wz_fact_known(snapshot, WZ_FACT_LOG_SERVICING, machine->clock, "file CBS.log", "");
    wz_text_clear(&xml);
    wz_snapshot_write(snapshot, &xml);
    fake_put(machine, "C:\\there.xml", xml.at);
    assert_int_equal(ask(machine, "0x8000FFFF", "/open:C:\\there.xml", &s), WZ_EXIT_DONE);
    CHECK_CONTAINS(s.out.at, wz_word(test_words(), IDS_REMEDY_FOUND_NO_LOG));
    wz_text_clear(&xml);
    wz_snapshot_free(snapshot);
    forget(&s);
    fake_free(machine);
}

/* 0x80092004 on a machine without SHA-2 support is no mere possibility. */
static void a_snapshot_confirms_the_cause(void **state)
{
    fake_machine *machine = fake_create();
    wz_snapshot  *snapshot = NULL;
    wz_text       xml = { 0 };
    said          s = { 0 };

    (void)state;
    for (int sha2 = 0; sha2 < 2; sha2++) {
        machine->sha2 = sha2;
        assert_int_equal(machine->platform.probe(machine, NULL, &snapshot, NULL), WZ_OK);
        wz_snapshot_write(snapshot, &xml);
        fake_put(machine, "C:\\there.xml", xml.at);
        assert_int_equal(ask(machine, "0x80092004", "/open:C:\\there.xml", &s), WZ_EXIT_DONE);
        CHECK_CONTAINS(s.out.at, sha2 ? "\nPossible cause: " : "\nLikely cause: ");
        wz_text_clear(&xml);
        wz_snapshot_free(snapshot);
    }
    forget(&s);
    fake_free(machine);
}

static void a_word_finds_known_problems(void **state)
{
    fake_machine *machine = fake_create();
    said          s = { 0 };

    (void)state;
    assert_int_equal(ask(machine, "kerberos", NULL, &s), WZ_EXIT_DONE);
    CHECK_CONTAINS(s.out.at, "Known of KB4489880: ");
    CHECK_CONTAINS(s.out.at, "Resolved by KB4499149");
    CHECK_CONTAINS(s.out.at, "Source: ");
    assert_int_equal(ask(machine, "2147942527", NULL, &s), WZ_EXIT_DONE);       /* as WSUS prints it */
    CHECK_CONTAINS(s.out.at, "KB4484071");
    assert_int_equal(ask(machine, "kb4493471", NULL, &s), WZ_EXIT_DONE);
    CHECK_CONTAINS(s.out.at, "Sophos");
    assert_int_equal(ask(machine, "0x80070490", NULL, &s), WZ_EXIT_DONE);       /* a code that a problem mentions */
    CHECK_CONTAINS(s.out.at, "Reported of KB4534303: ");
    forget(&s);
    fake_free(machine);
}

static void what_is_neither_is_refused_by_name(void **state)
{
    static const char *const values[] = { "0x8007064g", "unheard-of", "4294967296", "KB1", "zz" };
    fake_machine            *machine = fake_create();
    said                     s = { 0 };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(values); i++) {
        CHECK_ROW(i, ask(machine, values[i], NULL, &s) == WZ_EXIT_USAGE);
        CHECK_CONTAINS(s.err.at, values[i]);
        CHECK_CONTAINS(s.err.at, wz_word(test_words(), IDS_OPTION_REMEDY));
        CHECK_ROW(i, s.out.length == 0);
    }
    forget(&s);
    fake_free(machine);
}

int test_command_remedy(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_read_as_people_write_them),
        cmocka_unit_test(codes_have_a_facility),
        cmocka_unit_test(every_listed_code_is_explained_with_its_source),
        cmocka_unit_test(how_sure_a_cause_is_can_be_read),
        cmocka_unit_test(a_code_that_nobody_lists_is_never_left_alone),
        cmocka_unit_test(a_snapshot_confirms_the_cause),
        cmocka_unit_test(a_word_finds_known_problems),
        cmocka_unit_test(what_is_neither_is_refused_by_name),
    };

    return cmocka_run_group_tests_name("command_remedy", tests, NULL, NULL);
}
