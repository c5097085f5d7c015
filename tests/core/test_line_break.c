#include "check.h"

#include "core/line_break.h"

/* The lines, with "|" between them. */
static char *broken(const char *text, unsigned width)
{
    wz_text     out = { 0 };
    const char *at = text, *next;

    while (*at != '\0') {
        size_t length = wz_line_fit_columns(at, width, &next);

        if (at != text)
            wz_text_add(&out, "|");
        wz_text_append(&out, at, length);
        at = next;
    }
    return wz_text_take(&out);
}

typedef struct line_row { const char *text; unsigned width; const char *lines; } line_row;

static void check_rows(const line_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char *lines = broken(rows[i].text, rows[i].width);

        CHECK_TEXT(lines, rows[i].lines);
        free(lines);
    }
}

static void words_are_broken_at_spaces(void **state)
{
    static const line_row rows[] = {
        { "", 5, "" },
        { "one", 5, "one" },
        { "one two three", 7, "one two|three" },
        { "one two three", 8, "one two|three" },
        { "one two", 6, "one|two" },
        { "one   two", 3, "one|two" },
        { "one ", 3, "one" },
        { "   one", 4, "   o|ne" },                     /* an empty line in place of the spaces helps nobody */
        { "one\ntwo three", 20, "one|two three" },
        { "one\n\ntwo", 20, "one||two" },
        { "one \ntwo", 3, "one|two" },
        { "abcdefgh", 3, "abc|def|gh" },
        { "ab abcdefgh", 4, "ab|abcd|efgh" },
        { "Les éléments « nommés »", 12, "Les éléments|« nommés »" },
        { "un mot\xC2\xA0: deux", 7, "un|mot\xC2\xA0:|deux" },
        { "a «\xC2\xA0mot\xC2\xA0»", 7, "a|«\xC2\xA0mot\xC2\xA0»" },
        { "(one) two", 5, "(one)|two" },
        { "with .NET", 6, "with|.NET" },
    };

    (void)state;
    check_rows(rows, CHECK_COUNT(rows));
}

static void paths_and_names_are_broken_behind_a_mark(void **state)
{
    static const line_row rows[] = {
        { "C:\\Windows\\System32", 12, "C:\\Windows\\|System32" },
        { "in C:\\Windows\\System32", 16, "in|C:\\Windows\\|System32" },
        { "\\\\server\\share", 10, "\\\\server\\|share" },
        { "https://site", 9, "https://|site" },
        { "Package_for_KB4493730~31bf~amd64~~6.0.1.0", 22, "Package_for_KB4493730~|31bf~amd64~~6.0.1.0" },
        { "switch /install", 8, "switch|/install" },
        { "switch /install", 7, "switch|/instal|l" },
        { "code -2147023293", 8, "code|-2147023|293" },
        { "on 2026-01-13 it", 9, "on|2026-01-1|3 it" },
        { "on 2026-01-13 it", 11, "on|2026-01-13|it" },
        { "9e2f6c5a-0000-4000-8000-1234", 24, "9e2f6c5a-0000-4000-8000-|1234" },
        { "1,234 a", 3, "1,2|34|a" },
        { "a,b c;d", 4, "a,b|c;d" },
    };

    (void)state;
    check_rows(rows, CHECK_COUNT(rows));
}

static void east_asian_characters_are_broken_between_each_other(void **state)
{
    static const line_row rows[] = {
        { "计算机已准备就绪", 8, "计算机已|准备就绪" },
        { "计算机已准备就绪", 9, "计算机已|准备就绪" },
        { "请安装 KB4493730", 12, "请安装|KB4493730" },
        { "请安装KB4493730更新", 12, "请安装|KB4493730更|新" },
        { "请安装KB4493730更新", 10, "请安装|KB4493730|更新" },
        { "版本6.0.6002.24565。", 16, "版本|6.0.6002.24565。" },
        { "版本6.0.6003是2026-01-13", 16, "版本6.0.6003是|2026-01-13" },
        { "查看C:\\Windows\\Logs", 15, "查看|C:\\Windows\\Logs" },
        { "查看C:\\Windows\\Logs", 12, "查看|C:\\Windows\\|Logs" },
        { "更新プログラム(KB)", 14, "更新プログラム|(KB)" },
    };

    (void)state;
    check_rows(rows, CHECK_COUNT(rows));
}

static void marks_stay_with_what_they_belong_to(void **state)
{
    static const line_row rows[] = {
        { "再起動します。次に", 12, "再起動しま|す。次に" },
        { "再起動、確認", 6, "再起|動、確|認" },
        { "ボタン「再起動」を", 8, "ボタン|「再起|動」を" },
        { "ボタン「再起動」を", 10, "ボタン「再|起動」を" },
        { "选择“关于”框", 6, "选择|“关于”|框" },
        { "选择“关于”框", 5, "选择|“关|于”框" },
        { "（注）意", 6, "（注）|意" },
        { "サーバー機", 6, "サー|バー機" },
        { "お待って", 4, "お|待っ|て" },
        { "完了：３", 4, "完|了：|３" },
        { "状态: 就绪", 4, "状|态:|就绪" },
        { "再起動しています…", 8, "再起動し|ていま|す…" },
        { "100%完成", 4, "100%|完成" },
        { "。。", 2, "。|。" },                           /* nothing better is possible */
    };

    (void)state;
    check_rows(rows, CHECK_COUNT(rows));
}

/* A cell may hold what somebody else wrote: no place to break in a million letters. */
static void a_word_without_end_is_parted_all_the_same(void **state)
{
    wz_text     word = { 0 };
    size_t      lines = 0;
    const char *next;

    (void)state;
    for (unsigned i = 0; i < 100000; i++)
        wz_text_add(&word, "abcdefghij");
    for (const char *at = word.at; *at != '\0'; at = next, lines++)
        assert_int_equal(wz_line_fit_columns(at, 50, &next), 50);
    assert_int_equal(lines, word.length / 50);
    wz_text_clear(&word);
}

int test_line_break(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_broken_at_spaces),
        cmocka_unit_test(paths_and_names_are_broken_behind_a_mark),
        cmocka_unit_test(east_asian_characters_are_broken_between_each_other),
        cmocka_unit_test(marks_stay_with_what_they_belong_to),
        cmocka_unit_test(a_word_without_end_is_parted_all_the_same),
    };

    return cmocka_run_group_tests_name("line_break", tests, NULL, NULL);
}
