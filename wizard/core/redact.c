#include "core/redact.h"

#include <stdlib.h>
#include <string.h>

#define NAMES_MOST 8

typedef struct name { char *text; const char *kind; } name;

struct wz_redactor {
    const wz_platform *platform;
    char              *salt;             /* the machine's identity; "" when not known */
    name               names[NAMES_MOST];
    size_t             name_count;
};

/* ---- what to look for ---- */

static void add_name(wz_redactor *redactor, const char *kind, const char *text, size_t length)
{
    if (text != NULL && length > 0 && redactor->name_count < NAMES_MOST)
        redactor->names[redactor->name_count++] = (name){ wz_copy_part(text, length), kind };
}

wz_redactor *wz_redactor_create(const wz_platform *platform, const wz_snapshot *snapshot)
{
    wz_redactor *redactor = wz_new(wz_redactor);
    const char  *computer = NULL, *domain = NULL, *identity = NULL;

    if (snapshot != NULL) {
        computer = wz_snapshot_text(snapshot, WZ_FACT_COMPUTER_NAME);
        domain = wz_snapshot_text(snapshot, WZ_FACT_COMPUTER_DOMAIN);
        identity = wz_snapshot_text(snapshot, WZ_FACT_MACHINE_ID);
    }
    redactor->platform = platform;
    redactor->salt = wz_copy(identity != NULL ? identity : "");
    if (computer != NULL)
        add_name(redactor, "COMPUTER", computer, strlen(computer));
    if (domain != NULL) {
        add_name(redactor, "DOMAIN", domain, strlen(domain));
        if (strchr(domain, '.') != NULL)
            add_name(redactor, "DOMAIN", domain, strcspn(domain, "."));
    }
    if (identity != NULL)
        add_name(redactor, "MACHINE", identity, strlen(identity));
    return redactor;
}

void wz_redactor_free(wz_redactor *redactor)
{
    if (redactor == NULL)
        return;
    for (size_t i = 0; i < redactor->name_count; i++)
        free(redactor->names[i].text);
    free(redactor->salt);
    free(redactor);
}

/* ---- tokens ---- */

static void add_token(const wz_redactor *redactor, wz_text *out, const char *kind, const char *text, size_t length)
{
    wz_text clear = { 0 };
    char    digest[65] = "";

    wz_text_add(&clear, redactor->salt);
    wz_text_add(&clear, "\n");
    wz_text_append(&clear, text, length);
    for (size_t i = 0; i < clear.length; i++)
        if (clear.at[i] >= 'A' && clear.at[i] <= 'Z')
            clear.at[i] = (char)(clear.at[i] - 'A' + 'a');
    redactor->platform->sha256(redactor->platform->context, (wz_view){ clear.at, clear.length }, digest);
    wz_text_add(out, kind);
    wz_text_add(out, "-");
    wz_text_append(out, digest, 8);
    wz_text_clear(&clear);
}

/* ---- recognising; each gives the length of what stands at a place, or 0 ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_hex(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* Letters, digits, and every byte of a letter beyond ASCII. */
static bool is_word(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
}

static bool begins_with(const char *at, const char *text)
{
    return wz_starts_nocase(at, text);
}

static size_t name_at(const char *at, const char *text)
{
    size_t length = strlen(text);

    return begins_with(at, text) && !is_word(at[length]) ? length : 0;
}

static size_t address_at(const char *at)
{
    size_t length = 0;

    if (strncmp(at, "6.0.", 4) == 0 || strncmp(at, "6.1.", 4) == 0)
        return 0;
    for (unsigned part = 0; part < 4; part++) {
        unsigned number = 0, digits = 0;

        if (part > 0 && at[length++] != '.')
            return 0;
        for (; is_digit(at[length]) && digits < 4; length++, digits++)
            number = number * 10 + (unsigned)(at[length] - '0');
        if (digits == 0 || digits > 3 || number > 255)
            return 0;
    }
    return is_word(at[length]) || (at[length] == '.' && is_digit(at[length + 1])) ? 0 : length;
}

static size_t colons_at(const char *at)
{
    size_t length = 0, colons = 0, digits = 0;

    for (; is_hex(at[length]) || at[length] == ':'; length++) {
        digits = at[length] == ':' ? 0 : digits + 1;
        colons += at[length] == ':';
        if (digits > 4)
            return 0;
    }
    while (length > 0 && at[length - 1] == ':' && (length < 2 || at[length - 2] != ':')) {
        length--;                                          /* the colon of the sentence */
        colons--;
    }
    return colons >= 3 && !is_word(at[length]) ? length : 0;
}

static size_t identity_at(const char *at)
{
    static const char begin[] = "S-1-5-21-";
    size_t            length = strlen(begin);

    if (!begins_with(at, begin))
        return 0;
    while (is_digit(at[length]) || (at[length] == '-' && is_digit(at[length + 1])))
        length++;
    return length;
}

/* Of a name between backslashes that follows here. */
static size_t segment_at(const char *at)
{
    return strcspn(at, "\\/\"<>|\r\n");
}

/* ---- text ---- */

typedef struct found { const char *kind; size_t skip, length; } found;   /* skip stays as it is */

static found path_at(const char *at)
{
    static const char *const folders[] = { "\\Users\\", "\\Documents and Settings\\" };

    for (size_t i = 0; i < WZ_COUNT(folders); i++)
        if (begins_with(at, folders[i]))
            return (found){ "USER", strlen(folders[i]), segment_at(at + strlen(folders[i])) };
    if (at[0] == '\\' && at[1] == '\\' && is_word(at[2]))
        return (found){ "SERVER", 2, strcspn(at + 2, "\\/\"<>|\r\n ") };
    return (found){ NULL, 0, 0 };
}

static found find(const wz_redactor *redactor, const char *at, char before)
{
    size_t length;

    for (size_t i = 0; i < redactor->name_count; i++)
        if ((length = name_at(at, redactor->names[i].text)) > 0)
            return (found){ redactor->names[i].kind, 0, length };
    if ((length = identity_at(at)) > 0)
        return (found){ "IDENTITY", 0, length };
    if (before != '.' && (length = address_at(at)) > 0)
        return (found){ "ADDRESS", 0, length };
    length = colons_at(at);
    return (found){ "ADDRESS", 0, length };
}

char *wz_redact(const wz_redactor *redactor, const char *text)
{
    wz_text out = { 0 };
    char    before = ' ';

    if (text == NULL)
        return NULL;
    while (*text != '\0') {
        found here = path_at(text);

        if (here.length == 0 && !is_word(before))
            here = find(redactor, text, before);
        if (here.length == 0) {
            before = *text;
            wz_text_append(&out, text++, 1);
            continue;
        }
        wz_text_append(&out, text, here.skip);
        add_token(redactor, &out, here.kind, text + here.skip, here.length);
        text += here.skip + here.length;
        before = ' ';
    }
    return wz_text_take(&out);
}

static void redact_in_place(const wz_redactor *redactor, char **text)
{
    char *clean = wz_redact(redactor, *text);

    free(*text);
    *text = clean;
}

void wz_redact_report(const wz_redactor *redactor, wz_report *report)
{
    redact_in_place(redactor, &report->title);
    redact_in_place(redactor, &report->subtitle);
    redact_in_place(redactor, &report->verdict);
    for (size_t i = 0; i < report->notice_count; i++)
        redact_in_place(redactor, &report->notices[i].text);
    for (size_t i = 0; i < report->section_count; i++) {
        wz_section *section = &report->sections[i];

        redact_in_place(redactor, &section->lead);
        for (size_t cell = 0; cell < section->row_count * section->column_count; cell++) {
            wz_cell *at = &section->rows[cell / section->column_count].cells[cell % section->column_count];

            redact_in_place(redactor, &at->text);
            redact_in_place(redactor, &at->code);
        }
    }
}

void wz_redact_snapshot(const wz_redactor *redactor, wz_snapshot *snapshot)
{
    for (size_t i = 0; i < WZ_FACT_COUNT; i++) {
        wz_fact *fact = &snapshot->facts[i];

        redact_in_place(redactor, &fact->source);
        if (fact->value != NULL && wz_fact_fits((wz_fact_id)i, "a text, and nothing else"))
            redact_in_place(redactor, &fact->value);
    }
}

void wz_session_write_snapshot(const wz_session *session, wz_text *out)
{
    const wz_platform *platform = session->platform;
    wz_view            schema = platform->resource(platform->context, WZ_RESOURCE_SNAPSHOT_SCHEMA);
    wz_text            bytes = { 0 };
    wz_snapshot       *copy = NULL;
    wz_redactor       *redactor;

    wz_snapshot_write(session->snapshot, &bytes);
    if (session->redact &&
        wz_snapshot_read("copy", (wz_view){ wz_text_at(&bytes), bytes.length }, schema, &copy, NULL) == WZ_OK) {
        redactor = wz_redactor_create(platform, session->snapshot);
        wz_redact_snapshot(redactor, copy);
        wz_text_clear(&bytes);
        wz_snapshot_write(copy, &bytes);
        wz_redactor_free(redactor);
        wz_snapshot_free(copy);
    } else if (session->redact) {
        wz_text_clear(&bytes);                             /* rather nothing than names */
    }
    wz_text_add(out, wz_text_at(&bytes));
    wz_text_clear(&bytes);
}
