#include "core/checksum.h"

#include "resource.h"

#include <stdlib.h>
#include <string.h>

static void checksum_clear(wz_checksum *checksum)
{
    free(checksum->name);
    free(checksum->heading);
    free(checksum->text);
    *checksum = (wz_checksum){ 0 };
}

void wz_checksums_clear(wz_checksums *checksums)
{
    for (size_t i = 0; i < checksums->count; i++)
        checksum_clear(&checksums->items[i]);
    free(checksums->items);
    *checksums = (wz_checksums){ 0 };
}

/* ---- digits ---- */

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* How many digits are there at the beginning of text? Kept when they are a checksum, that is 40 or 64. */
static size_t take_digits(const char *text, char hash[65])
{
    size_t count = 0;

    while (is_hex(text[count]))
        count++;
    if (count != 40 && count != 64)
        return 0;
    for (size_t i = 0; i < count; i++)
        hash[i] = (char)(text[i] >= 'A' && text[i] <= 'F' ? text[i] - 'A' + 'a' : text[i]);
    hash[count] = '\0';
    return count;
}

/* A line of nothing but digits, perhaps in pairs with blanks between them. */
static bool take_digits_alone(const char *text, char hash[65])
{
    char   packed[66] = "";
    size_t count = 0;

    for (; *text != '\0'; text++) {
        if (*text == ' ' || *text == '\t')
            continue;
        if (!is_hex(*text) || count >= 65)
            return false;
        packed[count++] = *text;
    }
    packed[count] = '\0';
    return take_digits(packed, hash) == count && count > 0;
}

/* ---- names ---- */

static char *last_part(const char *path)
{
    const char *name = path;

    for (const char *at = path; *at != '\0'; at++)
        if (*at == '/' || *at == '\\')
            name = at + 1;
    return wz_copy(name);
}

/* As sha1sum writes a name after a line that begins with a backslash: \\ and \n, \r. Owned. */
static char *unescape(const char *name)
{
    wz_text text = { 0 };

    for (; *name != '\0'; name++) {
        char c = *name;

        if (c == '\\' && name[1] != '\0') {
            c = *++name;
            c = c == 'n' ? '\n' : c == 'r' ? '\r' : c;
        }
        wz_text_append(&text, &c, 1);
    }
    return wz_text_take(&text);
}

static void set_name(wz_checksum *out, const char *name, bool is_escaped)
{
    char *plain = is_escaped ? unescape(name) : wz_copy(name);

    out->name = last_part(plain);
    free(plain);
}

/* ---- the forms of a line ---- */

/* "5cb9…  name", "5cb9… *name" */
static bool read_sum(const char *line, bool is_escaped, wz_checksum *out)
{
    size_t digits = take_digits(line, out->hash);

    if (digits == 0 || (line[digits] != ' ' && line[digits] != '\t'))
        return false;
    line += digits + 1;
    if (*line == '*' || *line == ' ' || *line == '\t')
        line++;
    if (*line == '\0')
        return false;
    set_name(out, line, is_escaped);
    return true;
}

/* "SHA1 (name) = 5cb9…": the last bracket counts, a name may have some of its own. */
static bool read_bsd(const char *line, bool is_escaped, wz_checksum *out)
{
    const char *open, *close;
    char       *name;
    size_t      digits;

    if (!wz_starts_nocase(line, "SHA"))
        return false;
    open = strchr(line, '(');
    close = strrchr(line, ')');
    if (open == NULL || close == NULL || close <= open + 1)
        return false;
    line = close + 1;
    line += strspn(line, " \t");
    if (*line++ != '=')
        return false;
    line += strspn(line, " \t");
    digits = take_digits(line, out->hash);
    if (digits == 0 || line[digits] != '\0')
        return false;
    name = wz_copy_part(open + 1, (size_t)(close - open - 1));
    set_name(out, name, is_escaped);
    free(name);
    return true;
}

static bool is_heading(const char *line)
{
    static const char wide_colon[] = "\xEF\xBC\x9A";   /* as Chinese and Japanese Windows write it */
    size_t            length = strlen(line);

    return (length > 1 && line[length - 1] == ':')
        || (length > 3 && strcmp(line + length - 3, wide_colon) == 0);
}

/* line without blanks at its ends. heading: the line before, if it was one; NULL. */
static void read_line(const char *line, const char *heading, wz_checksum *out)
{
    bool        is_escaped = *line == '\\';
    const char *start = is_escaped ? line + 1 : line;

    if (take_digits_alone(line, out->hash)) {
        out->heading = heading != NULL ? wz_copy(heading) : NULL;
        return;
    }
    if (read_sum(start, is_escaped, out) || read_bsd(start, is_escaped, out))
        return;
    out->hash[0] = '\0';
    out->text = wz_copy(line);
}

/* ---- the list ---- */

static void add_unit(wz_text *out, unsigned unit)
{
    char   form[3];
    size_t count = 0;

    if (unit >= 0xD800 && unit <= 0xDFFF)
        unit = 0xFFFD;                                 /* names of update files have none of these */
    if (unit < 0x80) {
        form[count++] = (char)unit;
    } else if (unit < 0x800) {
        form[count++] = (char)(0xC0 | unit >> 6);
        form[count++] = (char)(0x80 | (unit & 0x3F));
    } else {
        form[count++] = (char)(0xE0 | unit >> 12);
        form[count++] = (char)(0x80 | (unit >> 6 & 0x3F));
        form[count++] = (char)(0x80 | (unit & 0x3F));
    }
    wz_text_append(out, form, count);
}

/* As UTF-8 without mark, owned by the caller. */
static wz_text list_text(wz_view bytes)
{
    const unsigned char *byte = (const unsigned char *)bytes.at;
    wz_text              text = { 0 };

    if (bytes.length >= 2 && byte[0] == 0xFF && byte[1] == 0xFE) {
        for (size_t i = 2; i + 1 < bytes.length; i += 2)
            add_unit(&text, (unsigned)byte[i] | (unsigned)byte[i + 1] << 8);
    } else {
        size_t mark = bytes.length >= 3 && memcmp(byte, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

        wz_text_append(&text, bytes.at + mark, bytes.length - mark);
    }
    return text;
}

/* The next line without blanks at its ends, owned; NULL at the end. A zero byte ends a line like a line feed. */
static char *next_line(const wz_text *text, size_t *at)
{
    size_t from = *at;
    size_t to;

    if (from >= text->length)
        return NULL;
    for (to = from; to < text->length && text->at[to] != '\n' && text->at[to] != '\0'; to++)
        continue;
    *at = to + 1;
    while (from < to && (text->at[from] == ' ' || text->at[from] == '\t'))
        from++;
    while (to > from && strchr(" \t\r", text->at[to - 1]) != NULL)
        to--;
    return wz_copy_part(text->at + from, to - from);
}

static void add_item(wz_checksums *out, const wz_checksum *item)
{
    out->items = wz_grow(out->items, out->count, &out->room, sizeof *out->items);
    out->items[out->count++] = *item;
}

/* A heading after which no digits came is a line like any other that is none. */
static void drop_heading(wz_checksums *out, char **heading, unsigned line)
{
    wz_checksum none = { .line = line, .text = *heading };

    if (*heading != NULL)
        add_item(out, &none);
    *heading = NULL;
}

static void read_list(const wz_text *text, wz_checksums *out)
{
    char    *heading = NULL;
    unsigned number = 0;
    unsigned heading_number = 0;
    size_t   at = 0;

    for (char *line; (line = next_line(text, &at)) != NULL; free(line)) {
        wz_checksum item = { .line = ++number };

        if (*line == '\0' || *line == '#' || *line == ';' || wz_starts_nocase(line, "CertUtil:"))
            continue;
        read_line(line, heading, &item);
        if (item.heading != NULL) {
            free(heading);
            heading = NULL;
        } else {
            drop_heading(out, &heading, heading_number);
        }
        if (item.text != NULL && is_heading(line)) {
            heading = item.text;
            heading_number = number;
        } else {
            add_item(out, &item);
        }
    }
    drop_heading(out, &heading, heading_number);
}

wz_status wz_checksums_parse(const char *name, wz_view bytes, wz_checksums *out, wz_error *err)
{
    wz_text text;

    wz_checksums_clear(out);
    if (bytes.length > WZ_CHECKSUM_MAX_BYTES)
        return wz_fail_at(err, WZ_E_LIMIT, name, 0, IDS_REASON_TOO_LARGE);
    text = list_text(bytes);
    read_list(&text, out);
    wz_text_clear(&text);
    if (out->count == 0)
        return wz_fail_at(err, WZ_E_FORMAT, name, 0, IDS_REASON_EMPTY);
    for (size_t i = 0; i < out->count; i++)
        if (out->items[i].hash[0] != '\0')
            return WZ_OK;
    wz_checksums_clear(out);
    return wz_fail_at(err, WZ_E_FORMAT, name, 1, IDS_REASON_FORMAT);
}

/* ---- comparing ---- */

static bool is_part_of_name(char c)
{
    return is_hex(c) || (c >= 'g' && c <= 'z') || (c >= 'G' && c <= 'Z') || c == '-' || c == '_' || c == '.';
}

/* Does the heading speak of this file? Before and behind the name stands nothing that could belong to it. */
static bool heading_names(const char *heading, const char *name)
{
    size_t length = strlen(name);

    for (const char *at = heading; length > 0 && *at != '\0'; at++)
        if (wz_starts_nocase(at, name) && (at == heading || !is_part_of_name(at[-1])) && !is_part_of_name(at[length]))
            return true;
    return false;
}

static bool has_hash(const wz_file *file, const char *hash)
{
    return file->is_examined && file->error.status == WZ_OK
        && wz_equal_nocase(strlen(hash) == 40 ? file->sha1 : file->sha256, hash);
}

static const wz_file *find_file(const wz_checksum *checksum, const wz_files *files)
{
    const wz_file *found = NULL;

    for (size_t i = 0; i < files->count; i++) {
        const wz_file *file = &files->items[i];

        if (checksum->name != NULL ? wz_equal_nocase(checksum->name, file->name)
            : checksum->heading != NULL ? heading_names(checksum->heading, file->name) : has_hash(file, checksum->hash))
            if (found == NULL || strlen(file->name) > strlen(found->name))
                found = file;
    }
    return found;
}

void wz_checksums_compare(const wz_checksums *checksums, const wz_files *files, wz_comparisons *out)
{
    wz_comparisons_clear(out);
    out->items = wz_new_array(checksums->count, wz_comparison);
    for (size_t i = 0; i < checksums->count; i++) {
        wz_comparison *comparison = &out->items[out->count++];
        const wz_file *file;

        comparison->checksum = &checksums->items[i];
        if (comparison->checksum->hash[0] == '\0') {
            comparison->result = WZ_CHECKSUM_NO_LINE;
            continue;
        }
        file = comparison->file = find_file(comparison->checksum, files);
        if (file == NULL)
            comparison->result = WZ_CHECKSUM_NO_FILE;
        else if (!file->is_examined || file->error.status != WZ_OK)
            comparison->result = WZ_CHECKSUM_UNREAD;
        else
            comparison->result = has_hash(file, comparison->checksum->hash) ? WZ_CHECKSUM_MATCHES
                                                                            : WZ_CHECKSUM_DIFFERS;
    }
}

void wz_comparisons_clear(wz_comparisons *comparisons)
{
    free(comparisons->items);
    *comparisons = (wz_comparisons){ 0 };
}

size_t wz_comparisons_count(const wz_comparisons *comparisons, wz_checksum_result result)
{
    size_t count = 0;

    for (size_t i = 0; i < comparisons->count; i++)
        count += comparisons->items[i].result == result;
    return count;
}

/* ---- words ---- */

typedef struct checksum_words { unsigned word; const char *name; } checksum_words;

static checksum_words words_of(wz_checksum_result result)
{
    switch (result) {
    case WZ_CHECKSUM_MATCHES: return (checksum_words){ IDS_CHECKSUM_MATCHES, "matches" };
    case WZ_CHECKSUM_DIFFERS: return (checksum_words){ IDS_CHECKSUM_DIFFERS, "differs" };
    case WZ_CHECKSUM_NO_FILE: return (checksum_words){ IDS_CHECKSUM_NO_FILE, "noFile" };
    case WZ_CHECKSUM_UNREAD:  return (checksum_words){ IDS_CHECKSUM_UNREAD, "unreadable" };
    case WZ_CHECKSUM_NO_LINE: break;
    }
    return (checksum_words){ IDS_CHECKSUM_NO_LINE, "noChecksum" };
}

const char *wz_checksum_result_name(wz_checksum_result result)
{
    return words_of(result).name;
}

void wz_comparison_say(const wz_comparison *comparison, const wz_words *words, wz_text *out)
{
    const wz_checksum *checksum = comparison->checksum;
    const char        *args[1];

    args[0] = comparison->file != NULL ? comparison->file->name
            : checksum->name != NULL ? checksum->name
            : checksum->heading != NULL ? checksum->heading
            : checksum->text != NULL ? checksum->text : checksum->hash;
    wz_words_fill(words, words_of(comparison->result).word, args, WZ_COUNT(args), out);
}
