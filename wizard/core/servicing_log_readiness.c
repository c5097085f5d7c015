/* See servicing_log.h: CheckSUR.log, the log of the System Update Readiness Tool. */
#include "core/servicing_log.h"

#include "core/log_lines.h"

#include <string.h>

static const char section_begin[] = "Checking System Update Readiness";

/* From the head of the last check to the end; all of it when no head is left in what was read. */
static wz_view last_section(wz_view text)
{
    wz_view rest = text;
    wz_view section = text;
    wz_view line;

    while (wz_log_line_next(&rest, &line))
        if (wz_log_line_starts(line, section_begin))
            section = (wz_view){ line.at, (size_t)(text.at + text.length - line.at) };
    return section;
}

static bool line_is_error(wz_view line)
{
    return wz_log_line_starts(line, "(f)");
}

static bool line_is_fix(wz_view line)
{
    return wz_log_line_starts(line, "(fix)");
}

/* 2010-12-03 11:43 */
static bool line_is_date(wz_view line)
{
    static const char form[] = "0000-00-00 00:00";

    if (line.length != sizeof form - 1)
        return false;
    for (size_t i = 0; i < sizeof form - 1; i++)
        if (form[i] == '0' ? line.at[i] < '0' || line.at[i] > '9' : line.at[i] != form[i])
            return false;
    return true;
}

/* "Found 3 errors", "Fixed 2 errors": the number. */
static bool line_number(wz_view line, const char *word, uint64_t *out)
{
    uint64_t number = 0;
    size_t   at = strlen(word);

    if (!wz_log_line_starts(line, word) || at >= line.length || line.at[at] < '0' || line.at[at] > '9')
        return false;
    for (; at < line.length && line.at[at] >= '0' && line.at[at] <= '9' && number < 1000000; at++)
        number = number * 10 + (uint64_t)(line.at[at] - '0');
    *out = number;
    return true;
}

/* The code of a line, with a blank or, as Windows writes it, a tab before it; the end of the line when it has none. */
static const char *line_code(wz_view line)
{
    const char *end = line.at + line.length;

    for (const char *at = line.at; end - at > 2; at++)
        if ((at[0] == ' ' || at[0] == '\t') && at[1] == '0' && (at[2] == 'x' || at[2] == 'X'))
            return at;
    return end;
}

/* "(f) CBS MUM Missing 0x00000002 servicing\packages\x.mum …": kind, code, file. */
static void line_describe(wz_view line, wz_readiness_log *out)
{
    const char *end = line.at + line.length;
    const char *kind = line.at + 3;
    const char *code = line_code(line);
    const char *file;
    const char *stop;

    while (kind < code && (*kind == ' ' || *kind == '\t'))
        kind++;
    wz_log_line_copy((wz_view){ kind, (size_t)(code - kind) }, out->kind, sizeof out->kind);
    file = code < end ? code + 1 : end;
    while (file < end && *file != ' ' && *file != '\t')
        file++;
    while (file < end && (*file == ' ' || *file == '\t'))
        file++;
    for (stop = file; stop < end && *stop != ' ' && *stop != '\t'; stop++)
        ;
    wz_log_line_copy((wz_view){ file, (size_t)(stop - file) }, out->file, sizeof out->file);
}

void wz_readiness_log_read(wz_view text, wz_readiness_log *out)
{
    wz_view  section = last_section(text);
    wz_view  line;
    uint64_t errors = 0;
    uint64_t fixes = 0;
    bool     has_found = false;
    bool     has_fixed = false;

    *out = (wz_readiness_log){ 0 };
    while (wz_log_line_next(&section, &line)) {
        if (wz_log_line_starts(line, section_begin))
            out->is_there = true;
        else if (line_is_date(line))
            wz_log_line_copy(line, out->date, sizeof out->date);
        else if (line_is_error(line) && errors++ == 0)
            line_describe(line, out);
        else if (line_is_fix(line))
            fixes++;
        else if (line_number(line, "Found ", &out->found))
            has_found = true;
        else if (line_number(line, "Fixed ", &out->fixed))
            has_fixed = true;
        else if (wz_log_line_starts(line, "No errors detected"))
            has_found = true;
    }
    out->is_there = out->is_there || errors > 0 || has_found;
    out->is_complete = has_found;
    if (!has_found)
        out->found = errors;
    if (!has_fixed)
        out->fixed = fixes < out->found ? fixes : out->found;
}

static bool line_matters(wz_view line)
{
    static const char *const starts[] = {
        section_begin, "Version ", "Binary Version ", "Package Version ", "(f)", "(fix)", "Summary", "Found ", "Fixed ",
        "No errors detected", "Unavailable repair files",
    };

    for (size_t i = 0; i < WZ_COUNT(starts); i++)
        if (wz_log_line_starts(line, starts[i]))
            return true;
    return line_is_date(line) || wz_log_line_find(line, " Total count: ") != NULL;
}

/* Errors may be thousands and the summary comes last: the first lines, and as many of the last. */
void wz_readiness_log_pick(wz_view text, wz_text *out)
{
    wz_view section = last_section(text);
    wz_view last[WZ_LOG_LINES / 2];
    wz_view line;
    size_t  count = 0;

    while (wz_log_line_next(&section, &line)) {
        if (!line_matters(line))
            continue;
        if (count < WZ_LOG_LINES / 2)
            wz_log_line_add(out, line, WZ_LOG_LINE_BYTES);
        else
            last[count % WZ_COUNT(last)] = line;
        count++;
    }
    for (size_t i = count > WZ_LOG_LINES ? count - WZ_LOG_LINES / 2 : WZ_LOG_LINES / 2; i < count; i++)
        wz_log_line_add(out, last[i % WZ_COUNT(last)], WZ_LOG_LINE_BYTES);
}
