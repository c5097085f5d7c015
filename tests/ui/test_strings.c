/*
 * The texts in the built program: every string that resources/texts.h numbers is there in every language, and every
 * dialog of it too. No window is opened.
 */
#include "check.h"
#include "ui/drive.h"
#include "ui/story.h"

#define BLOCK     16                   /* strings of one resource; their number is in its name */
#define LINE      512
#define LANGUAGES 64
#define SAID_MOST 20                   /* missing strings that are named */

typedef struct languages { size_t count; LANGID items[LANGUAGES]; } languages;

static HMODULE open_program(void)
{
    wchar_t path[MAX_PATH] = L"";
    HMODULE program;

    story_path(L"WZ_EXE", NULL, path);
    program = LoadLibraryExW(path, NULL, LOAD_LIBRARY_AS_DATAFILE);
    assert_non_null(program);
    return program;
}

static FILE *open_numbers(const wchar_t *header)
{
    wchar_t path[MAX_PATH] = L"";
    FILE   *file;

    story_path(L"WZ_ROOT", header, path);
    file = _wfopen(path, L"r");
    assert_non_null(file);
    return file;
}

/* "#define IDS_… 5000" for names with this beginning: the number, and the name without what follows. Else 0. */
static unsigned number_of(char *line, const char *beginning, const char **name)
{
    static const char define[] = "#define ";
    char             *end;

    if (strncmp(line, define, sizeof define - 1) != 0)
        return 0;
    *name = line + sizeof define - 1;
    if (strncmp(*name, beginning, strlen(beginning)) != 0)
        return 0;
    end = line + sizeof define - 1 + strcspn(*name, " ");
    if (*end == '\0')
        return 0;
    *end = '\0';
    return (unsigned)strtoul(end + 1, NULL, 10);
}

static BOOL CALLBACK add_language(HMODULE program, LPCWSTR type, LPCWSTR name, WORD language, LONG_PTR context)
{
    languages *all = (languages *)context;

    (void)program;
    (void)type;
    (void)name;
    assert_true(all->count < LANGUAGES);
    all->items[all->count++] = language;
    return TRUE;
}

static languages languages_of(HMODULE program)
{
    languages all = { 0 };

    EnumResourceLanguagesW(program, RT_STRING, MAKEINTRESOURCEW(5000 / BLOCK + 1), add_language, (LONG_PTR)&all);
    return all;
}

/* UTF-16 units of the string in exactly this language; 0: it is not there. */
static size_t string_units(HMODULE program, unsigned id, LANGID language)
{
    HRSRC          block = FindResourceExW(program, RT_STRING, MAKEINTRESOURCEW(id / BLOCK + 1), language);
    const wchar_t *at = block != NULL ? LockResource(LoadResource(program, block)) : NULL;

    if (at == NULL)
        return 0;
    for (unsigned i = 0; i < id % BLOCK; i++)
        at += 1 + *at;
    return *at;
}

static void every_string_is_there_in_every_language(void **state)
{
    HMODULE   program = open_program();
    languages all = languages_of(program);
    FILE     *file = open_numbers(L"resources\\texts.h");
    char      line[LINE];
    unsigned  strings = 0, missing = 0;

    (void)state;
    assert_true(all.count >= 1);
    while (fgets(line, sizeof line, file) != NULL) {
        const char *name = NULL;
        unsigned    id = number_of(line, "IDS_", &name);

        strings += id != 0;
        for (size_t i = 0; id != 0 && i < all.count; i++) {
            if (string_units(program, id, all.items[i]) != 0)
                continue;
            if (missing++ < SAID_MOST)
                print_error("%s (%u) is not there in language %04x\n", name, id, all.items[i]);
        }
    }
    fclose(file);
    FreeLibrary(program);
    assert_true(strings > 400);
    assert_int_equal(missing, 0);
}

static void every_dialog_is_there_once(void **state)
{
    HMODULE  program = open_program();
    FILE    *file = open_numbers(L"resources\\resource.h");
    char     line[LINE];
    unsigned dialogs = 0;

    (void)state;
    while (fgets(line, sizeof line, file) != NULL) {
        const char *name = NULL;
        unsigned    id = number_of(line, "IDD_", &name);
        languages   all = { 0 };

        if (id == 0)
            continue;
        EnumResourceLanguagesW(program, RT_DIALOG, MAKEINTRESOURCEW(id), add_language, (LONG_PTR)&all);
        CHECK_ROW(id, all.count == 1 && all.items[0] == MAKELANGID(LANG_NEUTRAL, SUBLANG_NEUTRAL));
        dialogs++;
    }
    fclose(file);
    FreeLibrary(program);
    assert_true(dialogs >= 11);
}

int test_strings(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_string_is_there_in_every_language),
        cmocka_unit_test(every_dialog_is_there_once),
    };

    return cmocka_run_group_tests_name("strings", tests, NULL, NULL);
}
