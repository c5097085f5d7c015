#include "core/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "words.h"

typedef struct test_id { char name[64]; unsigned id; } test_id;
typedef struct test_string { unsigned id; char *text; } test_string;
typedef struct test_table { test_string *items; size_t count, room; char tag[16]; wz_words words; } test_table;

#define WORDS_IDS 4096

static test_table words_tables[16];                 /* a program of tests may keep what it has loaded */
static char       words_error[1024];

bool test_read_any(const char *path, wz_text *out)
{
    char   chunk[65536];
    size_t got;
    FILE  *file = fopen(path, "rb");

    if (file == NULL)
        return false;
    while ((got = fread(chunk, 1, sizeof chunk, file)) > 0)
        wz_text_append(out, chunk, got);
    fclose(file);
    return true;
}

wz_text test_read(const char *path)
{
    const char *top = getenv("WZ_TOP");
    wz_text     full = { 0 };
    wz_text     content = { 0 };

    wz_text_add(&full, top != NULL && *top != '\0' ? top : ".");
    wz_text_add(&full, "/");
    wz_text_add(&full, path);
    if (!test_read_any(wz_text_at(&full), &content)) {
        fprintf(stderr, "%s: cannot be read; set WZ_TOP to the folder of the project\n", wz_text_at(&full));
        exit(2);
    }
    wz_text_clear(&full);
    return content;
}

/* Cut the next line off *at, terminate it, and drop the blanks before it; NULL at the end. */
static char *words_line(char **at)
{
    char *line = *at;
    char *end;

    if (line == NULL || *line == '\0')
        return NULL;
    end = line + strcspn(line, "\r\n");
    *at = end + strspn(end, "\r\n");
    if (*end != '\0')
        *end = '\0';
    return line + strspn(line, " \t");
}

/* The identifier at the beginning of text. */
static void words_name(const char *text, char name[64])
{
    size_t length = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    snprintf(name, 64, "%.*s", (int)length, text);
}

static size_t words_read_ids(test_id ids[], size_t room)
{
    wz_text content = test_read("resources/texts.h");
    char   *at = content.at;
    char   *line;
    size_t  count = 0;

    while ((line = words_line(&at)) != NULL && count < room) {
        const char *name = line + strlen("#define ");

        if (strncmp(line, "#define ID", 10) != 0)
            continue;
        ids[count].id = (unsigned)strtoul(name + strcspn(name, " "), NULL, 10);
        words_name(name, ids[count].name);
        if (ids[count].id != 0)
            count++;
    }
    wz_text_clear(&content);
    return count;
}

/* The text of a quoted .rc string; NULL when it does not end. */
static char *words_unquote(const char *at)
{
    wz_text out = { 0 };

    for (at++; *at != '\0'; at++) {
        char letter = *at;

        if (letter == '"' && at[1] == '"') {
            at++;
        } else if (letter == '"') {
            return wz_text_take(&out);
        } else if (letter == '\\' && at[1] != '\0') {
            at++;
            letter = *at == 'n' ? '\n' : *at == 't' ? '\t' : *at;
        }
        wz_text_append(&out, &letter, 1);
    }
    wz_text_clear(&out);
    return NULL;
}

static void words_add(test_table *table, const test_id ids[], size_t count, const char *line)
{
    char        name[64];
    const char *quote = strchr(line, '"');
    char       *text = quote != NULL ? words_unquote(quote) : NULL;
    size_t      i = 0;

    words_name(line, name);
    while (i < count && strcmp(ids[i].name, name) != 0)
        i++;
    if (i == count || text == NULL) {
        fprintf(stderr, "localization/%s.rc: cannot read the line: %s\n", table->tag, line);
        exit(2);
    }
    table->items = wz_grow(table->items, table->count, &table->room, sizeof *table->items);
    table->items[table->count++] = (test_string){ ids[i].id, text };
}

static const char *words_find(const void *context, unsigned id)
{
    const test_table *table = context;

    for (size_t i = 0; i < table->count; i++)
        if (table->items[i].id == id)
            return table->items[i].text;
    return NULL;
}

static void words_load(test_table *table, const char *tag)
{
    test_id *ids = wz_new_array(WORDS_IDS, test_id);
    size_t   count = words_read_ids(ids, WORDS_IDS);
    wz_text  path = { 0 };
    wz_text  content;
    char    *at;
    char    *line;

    snprintf(table->tag, sizeof table->tag, "%s", tag);
    wz_text_add(&path, "localization/");
    wz_text_add(&path, tag);
    wz_text_add(&path, ".rc");
    content = test_read(wz_text_at(&path));
    at = content.at;
    while ((line = words_line(&at)) != NULL)
        if (strncmp(line, "IDS_", 4) == 0)
            words_add(table, ids, count, line);
    table->words = (wz_words){ .find = words_find, .context = table, .language = table->tag };
    wz_text_clear(&content);
    wz_text_clear(&path);
    free(ids);
}

const wz_words *test_words_of(const char *tag)
{
    for (size_t i = 0; i < WZ_COUNT(words_tables); i++) {
        if (words_tables[i].words.find == NULL)
            words_load(&words_tables[i], tag);
        if (strcmp(words_tables[i].tag, tag) == 0)
            return &words_tables[i].words;
    }
    fprintf(stderr, "more languages than tests/core/words.c has room for\n");
    exit(2);
}

const wz_words *test_words(void)
{
    return test_words_of("en-US");
}

const char *test_error(const wz_error *error)
{
    wz_text text = { 0 };

    wz_error_render(error, test_words(), &text);
    snprintf(words_error, sizeof words_error, "%s", wz_text_at(&text));
    wz_text_clear(&text);
    return words_error;
}
