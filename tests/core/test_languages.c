/* One run in two languages: what the command line says is in one, the report in another, and both go on after a
   restart. That the program's own languages are complete is told by tests/ui/test_strings.c. */
#include "check.h"

#include "core/command.h"
#include "core/session.h"
#include "fake_platform.h"

#include "resource.h"
#include "words.h"

#define FIRST  5000u
#define COUNT  5000u
#define REPORT "C:\\out\\report.txt"
#define MAX    6

/* English between brackets that no English text has: stands for another language. */
typedef struct other { char *texts[COUNT]; wz_words words; } other;

static const char *find_other(const void *context, unsigned id)
{
    const other *o = context;

    return id >= FIRST && id < FIRST + COUNT ? o->texts[id - FIRST] : NULL;
}

static other *other_create(void)
{
    const wz_words *english = test_words();
    other          *o = wz_new(other);

    for (unsigned i = 0; i < COUNT; i++) {
        const char *word = english->find(english->context, FIRST + i);
        wz_text     text = { 0 };

        if (word == NULL)
            continue;
        wz_text_add(&text, "⟦");
        wz_text_add(&text, word);
        wz_text_add(&text, "⟧");
        o->texts[i] = wz_text_take(&text);
    }
    o->words = (wz_words){ .find = find_other, .context = o, .language = "xx-XX" };
    return o;
}

static void other_free(other *o)
{
    for (unsigned i = 0; i < COUNT; i++)
        free(o->texts[i]);
    free(o);
}

static void on_write(void *context, bool is_error, const char *utf8)
{
    (void)is_error;
    wz_text_add(context, utf8);
}

static int run(fake_machine *machine, const wz_words *words, const wz_words *report, wz_text *said,
               const char *const arguments[MAX])
{
    wz_options options;
    wz_output  output = { on_write, said, NULL };
    wz_error   err = { 0 };
    size_t     count = 0;
    wz_exit    exit;

    wz_text_clear(said);
    while (count < MAX && arguments[count] != NULL)
        count++;
    if (wz_options_parse(arguments, count, &options, &err) != WZ_OK)
        fail_msg("%s", err.subject);
    exit = wz_command_run(&options, &machine->platform, words, report, &output);
    wz_options_clear(&options);
    return (int)exit;
}

static void the_report_has_a_language_of_its_own(void **state)
{
    fake_machine *machine = fake_create();
    other        *o = other_create();
    wz_text       said = { 0 };

    (void)state;
    fake_add_road(machine);
    assert_int_equal(run(machine, test_words(), &o->words, &said,
                         (const char *const[MAX]){ "/assess", "/report:" REPORT }), 1);
    CHECK_CONTAINS(said.at, "Verdict: Ready");
    assert_null(strstr(said.at, "⟦"));
    CHECK_CONTAINS(fake_file_at(machine, REPORT)->at, "⟦");
    assert_int_equal(run(machine, &o->words, test_words(), &said,
                         (const char *const[MAX]){ "/assess", "/report:" REPORT }), 1);
    CHECK_CONTAINS(said.at, "⟦Verdict: ");
    assert_null(strstr(fake_file_at(machine, REPORT)->at, "⟦"));
    wz_text_clear(&said);
    other_free(o);
    fake_free(machine);
}

/* French has a space that does not break before its colon, Chinese has one of full width. */
static void names_and_values_have_the_colon_of_the_language(void **state)
{
    static const struct { const char *tag, *colon; } rows[] = {
        { "en-US", ": " }, { "fr-FR", "\xC2\xA0: " }, { "ja-JP", ": " }, { "zh-CN", "：" },
    };
    static const char *const reports[] = { "C:\\out\\report.txt", "C:\\out\\report.html" };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        fake_machine   *machine = fake_create();
        const wz_words *words = test_words_of(rows[i].tag);
        wz_text         said = { 0 }, plain = { 0 }, html = { 0 };

        wz_text_add(&plain, wz_word(words, IDS_DOC_COL_TIME));
        wz_text_add(&html, wz_text_at(&plain));
        wz_text_add(&html, "</b>");
        wz_text_add(&plain, rows[i].colon);
        wz_text_add(&html, rows[i].colon);
        for (size_t form = 0; form < CHECK_COUNT(reports); form++) {
            wz_text path = { 0 };

            wz_text_add(&path, "/report:");
            wz_text_add(&path, reports[form]);
            run(machine, test_words(), words, &said, (const char *const[MAX]){ "/assess", wz_text_at(&path) });
            CHECK_CONTAINS(fake_file_at(machine, reports[form])->at, wz_text_at(form == 0 ? &plain : &html));
            CHECK_CONTAINS(fake_file_at(machine, reports[form])->at, wz_word(words, IDS_DOC_COL_BUILT_IN));
            assert_null(strstr(fake_file_at(machine, reports[form])->at, "built in"));
            wz_text_clear(&path);
        }
        wz_text_clear(&html);
        wz_text_clear(&plain);
        wz_text_clear(&said);
        fake_free(machine);
    }
}

static void a_run_goes_on_in_the_languages_it_was_begun_in(void **state)
{
    fake_machine *machine = fake_create();
    wz_journal   *journal = NULL;
    wz_text       said = { 0 };
    char         *language = NULL, *report = NULL, *told = wz_copy("ja-JP"), *untold = NULL;

    (void)state;
    fake_add_road(machine);
    assert_int_equal(run(machine, test_words(), test_words(), &said,
                         (const char *const[MAX]){ "/install", "/media:" FAKE_MEDIA, "/norestart", "/report:" REPORT,
                                                   "/report-lang:de" }), 3010);
    assert_int_equal(wz_journal_load(&machine->platform, &journal, NULL), WZ_OK);
    wz_journal_languages(journal, &language, &report);
    CHECK_TEXT(language, "en-US");
    CHECK_TEXT(report, "de");
    wz_journal_languages(journal, &told, &untold);      /* what the command line says counts more */
    CHECK_TEXT(told, "ja-JP");
    free(untold);
    untold = NULL;
    journal->state = WZ_JOURNAL_DONE;                   /* the next run is another one's */
    wz_journal_languages(journal, &untold, &untold);
    CHECK_TEXT(untold, NULL);
    wz_journal_languages(NULL, &untold, &untold);
    CHECK_TEXT(untold, NULL);
    free(told);
    free(report);
    free(language);
    wz_journal_free(journal);
    wz_text_clear(&said);
    fake_free(machine);
}

static void an_error_of_the_command_line_is_told_in_the_language_that_came_before_it(void **state)
{
    static const char *const before[] = { "/lang:fr-FR", "/nonsense" };
    static const char *const after[] = { "/nonsense", "/lang:fr-FR" };
    wz_options               options;
    wz_error                 err = { 0 };

    (void)state;
    assert_int_equal(wz_options_parse(before, 2, &options, &err), WZ_E_FORMAT);
    CHECK_TEXT(options.language, "fr-FR");
    wz_options_clear(&options);
    assert_int_equal(wz_options_parse(after, 2, &options, &err), WZ_E_FORMAT);
    CHECK_TEXT(options.language, NULL);
    wz_options_clear(&options);
}

int test_languages(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_report_has_a_language_of_its_own),
        cmocka_unit_test(names_and_values_have_the_colon_of_the_language),
        cmocka_unit_test(a_run_goes_on_in_the_languages_it_was_begun_in),
        cmocka_unit_test(an_error_of_the_command_line_is_told_in_the_language_that_came_before_it),
    };

    return cmocka_run_group_tests_name("languages", tests, NULL, NULL);
}
