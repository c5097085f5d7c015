/* /verify /checksums:FILE: one line for each entry of the list, and an exit code that says when one differs. */
#include "check.h"

#include "core/command.h"
#include "fake_platform.h"

#include "words.h"

#define LIST   "C:\\sums"
#define STACK  "26bf790fadd11eca1433abd8edc78d2ddfa1fe85fe0d2f67cdffb5de0c069530  Windows6.0-KB4493730-x64.msu\n"
#define SHA2   "09CB148F6EF10779D7352B7269D66A7F23019207 *windows6.0-kb4474419-v4-x64.msu\n"
#define WRONG  "0000000000000000000000000000000000000000  Windows6.0-KB4534303-x64.msu\n"
#define ABSENT "f318a56b0a7761596ad17746921949a62912d15c  none.msu\n"

typedef struct said { wz_text out, err; } said;

static void on_write(void *context, bool is_error, const char *utf8)
{
    said *s = context;

    wz_text_add(is_error ? &s->err : &s->out, utf8);
}

static int verify(fake_machine *machine, const char *list, said *s)
{
    const char *const arguments[] = { "/verify", "/media:" FAKE_MEDIA, "/checksums:" LIST };
    wz_options        options;
    wz_output         output = { on_write, s, NULL };
    wz_exit           exit;

    if (list != NULL)
        fake_put(machine, LIST, list);
    assert_int_equal(wz_options_parse(arguments, CHECK_COUNT(arguments), &options, NULL), WZ_OK);
    exit = wz_command_run(&options, &machine->platform, test_words(), test_words(), &output);
    wz_options_clear(&options);
    return (int)exit;
}

static void each_entry_is_a_line_and_one_that_differs_is_told_by_the_code(void **state)
{
    static const struct { const char *list; int want; const char *out[3]; const char *err; } rows[] = {
        { STACK SHA2, 0, { "matches  1  Windows6.0-KB4493730-x64.msu: ",
                           "matches  2  Windows6.0-KB4474419-v4-x64.msu: " }, NULL },
        { STACK ABSENT "some words\n", 0, { "matches  1  ", "noFile  2  none.msu: ", "noChecksum  3  " }, NULL },
        { WRONG STACK, 1620, { "differs  1  Windows6.0-KB4534303-x64.msu: ", "matches  2  " }, NULL },
        { "nothing of the kind\n", 1603, { "sha256  KB4493730  " }, LIST },
        { NULL, 1603, { "sha256  KB4493730  " }, LIST },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        fake_machine *machine = fake_create();
        said          s = { 0 };

        fake_add_road(machine);
        CHECK_ROW(i, verify(machine, rows[i].list, &s) == rows[i].want);
        for (size_t k = 0; k < 3 && rows[i].out[k] != NULL; k++)
            CHECK_CONTAINS(s.out.at, rows[i].out[k]);
        CHECK_ROW(i, (rows[i].err == NULL) == (s.err.length == 0));
        if (rows[i].err != NULL)
            CHECK_CONTAINS(s.err.at, rows[i].err);
        wz_text_clear(&s.out);
        wz_text_clear(&s.err);
        fake_free(machine);
    }
}

/* A file that the plan lacks is told by the code all the same. */
static void a_list_that_matches_excuses_no_missing_file(void **state)
{
    fake_machine *machine = fake_create();
    said          s = { 0 };

    (void)state;
    fake_add_road(machine);
    fake_drop_media(machine, 2);
    assert_int_equal(verify(machine, STACK SHA2, &s), 1620);
    CHECK_CONTAINS(s.out.at, "matches  2  ");
    wz_text_clear(&s.out);
    wz_text_clear(&s.err);
    fake_free(machine);
}

int test_command_checksums(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_entry_is_a_line_and_one_that_differs_is_told_by_the_code),
        cmocka_unit_test(a_list_that_matches_excuses_no_missing_file),
    };

    return cmocka_run_group_tests_name("command_checksums", tests, NULL, NULL);
}
