/* See scan_result.h: its words, and its table as CSV. */
#include "core/scan_result.h"

#include "core/csv.h"
#include "resource.h"

/* Lists what a filter asks; -u is not needed, for queries are plain text. The ending is one that the scan reads. */
#define EXPORT_FILTERS "csvde -f filters.wql -r \"(objectClass=msWMI-Som)\" -l msWMI-Name,msWMI-Parm2"

unsigned wz_unknown_word(wz_unknown unknown)
{
    static const unsigned words[WZ_UNKNOWN_COUNT] = {
        0, IDS_SCAN_PACKED, IDS_SCAN_COMPRESSED, IDS_SCAN_MACHINE, IDS_SCAN_BROKEN, IDS_SCAN_TOO_MUCH,
    };

    return words[unknown];
}

unsigned wz_scanned_untold_word(const wz_scanned *file)
{
    return file->error.status != WZ_OK ? IDS_SCAN_UNREAD : wz_unknown_word(file->unknown);
}

const char *wz_unknown_name(wz_unknown unknown)
{
    static const char *const names[WZ_UNKNOWN_COUNT] = { "", "packed", "compressed", "machine", "broken", "tooMuch" };

    return names[unknown];
}

unsigned wz_scan_place_word(wz_scan_place place)
{
    static const unsigned words[WZ_PLACE_COUNT] = {
        IDS_SCAN_DRIVERS, IDS_SCAN_SERVICES, IDS_SCAN_STARTUP, IDS_SCAN_TASKS, IDS_SCAN_POLICIES, IDS_SCAN_PROGRAMS,
        IDS_SCAN_FOLDER,
    };

    return words[place];
}

const char *wz_scan_place_name(wz_scan_place place)
{
    static const char *const names[WZ_PLACE_COUNT] = {
        "drivers", "services", "startup", "tasks", "policies", "programs", "folder",
    };

    return names[place];
}

unsigned wz_scan_left_word(wz_scan_left left)
{
    static const unsigned words[WZ_LEFT_COUNT] = {
        IDS_SCAN_LEFT_STORE, IDS_SCAN_LEFT_LINK, IDS_SCAN_LEFT_WINDOWS, IDS_SCAN_LEFT_KIND, 0, 0,
    };

    return words[left];
}

unsigned wz_scan_kind_word(wz_scan_kind kind)
{
    static const unsigned words[WZ_SCAN_KIND_COUNT] = {
        IDS_SCAN_KIND_OTHER, IDS_SCAN_KIND_PROGRAM, IDS_SCAN_KIND_MANAGED, IDS_SCAN_KIND_SCRIPT,
        IDS_SCAN_KIND_INSTALLER, IDS_SCAN_KIND_ARCHIVE,
    };

    return words[kind];
}

const char *wz_scan_kind_name(wz_scan_kind kind)
{
    static const char *const names[WZ_SCAN_KIND_COUNT] = {
        "other", "program", "managed", "script", "installer", "archive",
    };

    return names[kind];
}

const char *wz_scan_state_name(wz_scan_state state)
{
    static const char *const names[] = { "notRun", "skipped", "stopped", "finished" };

    return names[state];
}

/* ---- sentences ---- */

static void say_numbers(const wz_words *words, unsigned id, const uint64_t numbers[], size_t count, wz_text *out)
{
    wz_text     digits[4] = { { 0 } };
    const char *args[4] = { NULL };

    for (size_t i = 0; i < count; i++) {
        wz_text_add_number(&digits[i], numbers[i]);
        args[i] = wz_text_at(&digits[i]);
    }
    if (out->length > 0 && out->at[out->length - 1] != '\n')
        wz_text_add(out, " ");
    wz_words_fill(words, id, args, count, out);
    for (size_t i = 0; i < count; i++)
        wz_text_clear(&digits[i]);
}

static void say_number(const wz_words *words, unsigned id, uint64_t number, wz_text *out)
{
    if (number > 0)
        say_numbers(words, id, &number, 1, out);
}

static void say_found(const wz_scan_result *result, const wz_words *words, wz_text *out)
{
    uint64_t open[] = {
        wz_scan_result_open(result, WZ_GRADE_A), wz_scan_result_open(result, WZ_GRADE_B),
        wz_scan_result_open(result, WZ_GRADE_C), wz_scan_result_open(result, WZ_GRADE_D),
    };

    if (open[0] + open[1] + open[2] + open[3] == 0)
        say_numbers(words, IDS_SCAN_SAYS_NONE, NULL, 0, out);
    else
        say_numbers(words, IDS_SCAN_SAYS_FOUND, open, 4, out);
    say_number(words, IDS_SCAN_SAYS_SUPPRESSED, wz_scan_result_suppressed(result), out);
    say_number(words, IDS_SCAN_SAYS_LIMIT, result->findings.left_off, out);
    say_number(words, IDS_SCAN_SAYS_UNTOLD, wz_scan_result_untold(result), out);
}

void wz_scan_result_say(const wz_scan_result *result, const wz_words *words, wz_text *out)
{
    uint64_t sizes[] = { result->files, (result->bytes + 999999) / 1000000, result->seconds };

    switch (result->state) {
    case WZ_SCAN_NOT_RUN:
        wz_text_add(out, wz_word(words, IDS_DOC_SCAN_NOT_RUN));
        break;
    case WZ_SCAN_SKIPPED:
        wz_text_add(out, wz_word(words, IDS_DOC_SCAN_SKIPPED));
        break;
    case WZ_SCAN_STOPPED:
        say_numbers(words, IDS_SCAN_SAYS_STOPPED, sizes, 3, out);
        say_found(result, words, out);
        break;
    case WZ_SCAN_FINISHED:
        say_numbers(words, IDS_SCAN_SAYS_FINISHED, sizes, 3, out);
        say_found(result, words, out);
        break;
    }
}

void wz_scan_result_say_left(const wz_scan_result *result, const wz_words *words, wz_text *out)
{
    const char *args[] = { EXPORT_FILTERS };

    for (int left = 0; left < WZ_LEFT_COUNT; left++) {
        unsigned word = wz_scan_left_word((wz_scan_left)left);

        if (word == 0 || result->left[left] == 0)
            continue;
        say_number(words, word, result->left[left], out);
        wz_text_add(out, "\n");
    }
    wz_words_fill(words, IDS_SCAN_LEFT_FILTERS, args, 1, out);
}

static void add_part(wz_text *out, const char *before, const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    if (out->length > 0)
        wz_text_add(out, before);
    wz_text_add(out, text);
}

void wz_scanned_say(const wz_scanned *file, const wz_words *words, wz_text *out)
{
    wz_text     whole = { 0 }, signer = { 0 };
    const char *args[] = { file->signer };

    add_part(&whole, "", file->product != NULL ? file->product : file->name);
    add_part(&whole, " ", file->version);
    add_part(&whole, ", ", file->company);
    switch (file->signature) {
    case WZ_SIGNATURE_NOT_CHECKED:
        break;
    case WZ_SIGNATURE_NONE:
        add_part(&whole, ", ", wz_word(words, IDS_SCAN_UNSIGNED));
        break;
    case WZ_SIGNATURE_INVALID:
        add_part(&whole, ", ", wz_word(words, IDS_SCAN_BAD_SIGNATURE));
        break;
    case WZ_SIGNATURE_MICROSOFT:
    case WZ_SIGNATURE_OTHER:
        if (file->signer != NULL)
            wz_words_fill(words, IDS_SCAN_SIGNED, args, 1, &signer);
        add_part(&whole, ", ", wz_text_at(&signer));
        break;
    }
    wz_text_add(out, wz_text_at(&whole));
    wz_text_clear(&whole);
    wz_text_clear(&signer);
}

void wz_finding_say_place(const wz_finding *finding, const wz_words *words, wz_text *out)
{
    wz_text     number = { 0 };
    const char *args[] = { NULL, finding->section[0] != '\0' ? finding->section : "?" };

    if (finding->line > 0)
        wz_text_add_number(&number, finding->line);
    else
        wz_text_add_hex(&number, finding->offset, 1);
    args[0] = wz_text_at(&number);
    wz_words_fill(words, finding->line > 0 ? IDS_SCAN_AT_LINE : IDS_SCAN_AT_OFFSET, args, 2, out);
    wz_text_clear(&number);
}

/* ---- CSV ---- */

/* For one without a row of its file, which fell to the limit, the rule tells. */
static const char *kind_of(const wz_scan_result *result, const wz_finding *finding)
{
    const wz_scanned *file = wz_scan_result_file(result, finding->path);

    if (file != NULL)
        return wz_scan_kind_name(file->kind);
    return wz_scan_kind_name(finding->line > 0 ? WZ_SCAN_SCRIPT : WZ_SCAN_PROGRAM);
}

static void add_row(const wz_scan_result *result, const wz_finding *finding, wz_text *out)
{
    wz_text offset = { 0 }, evidence = { 0 };

    wz_text_add_number(&offset, finding->offset);
    if (finding->line > 0) {
        wz_text_add(&evidence, "line ");
        wz_text_add_number(&evidence, finding->line);
        wz_text_add(&evidence, ": ");
    }
    wz_text_add(&evidence, finding->place != NULL ? finding->place : "");
    add_part(&evidence, "; source: ", finding->source);
    add_part(&evidence, "; suppressed: ", finding->suppressed);
    wz_csv_field(out, wz_grade_name(finding->grade), false);
    wz_csv_field(out, kind_of(result, finding), false);
    wz_csv_field(out, finding->path, false);
    wz_csv_field(out, wz_text_at(&offset), false);
    wz_csv_field(out, wz_rule_name(finding->rule), false);
    wz_csv_field(out, wz_text_at(&evidence), true);
    wz_text_clear(&offset);
    wz_text_clear(&evidence);
}

void wz_scan_result_csv(const wz_scan_result *result, wz_text *out)
{
    wz_text_add(out, "\xEF\xBB\xBFgrade,kind,path,offset,rule,evidence\r\n");
    for (size_t i = 0; i < result->findings.count; i++)
        if (result->findings.items[i].grade != WZ_GRADE_NONE)
            add_row(result, &result->findings.items[i], out);
}
