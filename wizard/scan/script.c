#include "scan/parts.h"

#include <stdlib.h>
#include <string.h>

#include "scan/hunt.h"

enum { NEAR_LINES = 3, SHOWN_BYTES = 240, WINDOW_BEFORE = 400, WINDOW_AFTER = 200, MAX_MENTIONS = 4096 };

wz_language wz_script_language(const char *path)
{
    static const struct { const char *ending; wz_language language; } rows[] = {
        { ".bat", WZ_LANGUAGE_BATCH }, { ".cmd", WZ_LANGUAGE_BATCH }, { ".nt", WZ_LANGUAGE_BATCH },
        { ".vbs", WZ_LANGUAGE_VBS }, { ".vbe", WZ_LANGUAGE_VBS }, { ".hta", WZ_LANGUAGE_XML },
        { ".wsf", WZ_LANGUAGE_XML }, { ".wsc", WZ_LANGUAGE_XML }, { ".xml", WZ_LANGUAGE_XML },
        { ".config", WZ_LANGUAGE_XML }, { ".js", WZ_LANGUAGE_JS }, { ".jse", WZ_LANGUAGE_JS },
        { ".mof", WZ_LANGUAGE_JS }, { ".ps1", WZ_LANGUAGE_POWERSHELL }, { ".psm1", WZ_LANGUAGE_POWERSHELL },
        { ".psd1", WZ_LANGUAGE_POWERSHELL }, { ".reg", WZ_LANGUAGE_INI }, { ".inf", WZ_LANGUAGE_INI },
        { ".ini", WZ_LANGUAGE_INI }, { ".iss", WZ_LANGUAGE_INI }, { ".isl", WZ_LANGUAGE_INI },
        { ".nsi", WZ_LANGUAGE_NSIS }, { ".nsh", WZ_LANGUAGE_NSIS }, { ".au3", WZ_LANGUAGE_BASIC },
        { ".kix", WZ_LANGUAGE_BASIC }, { ".kxf", WZ_LANGUAGE_BASIC }, { ".wql", WZ_LANGUAGE_PLAIN },
    };
    size_t length = strlen(path);

    for (size_t i = 0; i < WZ_COUNT(rows); i++) {
        size_t ending = strlen(rows[i].ending);

        if (length > ending && wz_equal_nocase(path + length - ending, rows[i].ending))
            return rows[i].language;
    }
    return WZ_LANGUAGE_NONE;
}

/* What the whole file says, learnt before any line is judged. */
typedef struct context {
    const char *source;        /* a strict word for the version; static */
    unsigned   *new_lines;     /* where 6003 is named in code, ascending */
    size_t      new_count, new_room;
    bool        has_old;
} context;

static wz_status read_context(wz_lines *lines, const wz_progress *progress, context *out)
{
    wz_mention mention;

    while (wz_lines_next(lines)) {
        const char *code = wz_text_at(&lines->code);

        if ((lines->number & 1023) == 0 && wz_progress_cancelled(progress))
            return WZ_E_CANCELLED;
        if (out->source == NULL)
            out->source = wz_line_source(code, true);
        out->has_old |= wz_mention_find(code, "6002", 0, &mention);
        if (wz_mention_find(code, "6003", 0, &mention)) {
            out->new_lines = wz_grow(out->new_lines, out->new_count, &out->new_room, sizeof *out->new_lines);
            out->new_lines[out->new_count++] = lines->number;
        }
    }
    return WZ_OK;
}

static bool is_new_near(const context *about, unsigned line)
{
    for (size_t i = 0; i < about->new_count; i++)
        if (about->new_lines[i] + NEAR_LINES >= line && about->new_lines[i] <= line + NEAR_LINES)
            return true;
    return false;
}

/* The line around the number, without its indentation, cut between characters. */
static char *shown(const wz_text *line, size_t at)
{
    size_t begin = strspn(line->at, " \t");
    size_t end = line->length;

    if (at > begin + SHOWN_BYTES / 2 && line->length - begin > SHOWN_BYTES)
        begin = at - SHOWN_BYTES / 2;
    while (begin < end && ((unsigned char)line->at[begin] & 0xC0) == 0x80)
        begin++;
    if (end - begin > SHOWN_BYTES)
        end = begin + SHOWN_BYTES;
    while (end < line->length && end > begin && ((unsigned char)line->at[end] & 0xC0) == 0x80)
        end--;
    return wz_copy_part(line->at + begin, end - begin);
}

static void keep(const wz_lines *lines, const wz_mention *mention, const char *source, const context *about,
                 const char *path, wz_findings *list, size_t first)
{
    wz_finding  finding = { .rule = mention->rule, .excuse = mention->excuse, .evidence = WZ_EVIDENCE_HERE };

    if (source == NULL && mention->is_version)
        source = "6.0.6002";
    if (source == NULL) {
        source = about->source;
        finding.evidence = source != NULL ? WZ_EVIDENCE_FILE : WZ_EVIDENCE_NONE;
    }
    if (finding.excuse == WZ_EXCUSE_NONE && is_new_near(about, lines->number))
        finding.excuse = WZ_EXCUSE_KNOWS_6003;
    if (finding.excuse == WZ_EXCUSE_NONE && source == NULL)
        finding.excuse = WZ_EXCUSE_UNRELATED;
    finding.grade = wz_finding_grade(finding.rule, finding.evidence, finding.excuse, false);
    finding.path = wz_copy(path);
    finding.line = lines->number;
    finding.offset = wz_lines_offset(lines, mention->at);
    finding.place = shown(&lines->line, mention->at);
    finding.source = wz_copy(source);
    wz_findings_add(list, &finding, first);
}

/* Nothing that could be the number: the usual case, at the speed of the search. */
static bool has_candidate(wz_view bytes)
{
    const uint8_t *at = (const uint8_t *)bytes.at;
    wz_hunt_way    way = wz_hunt_best();

    for (size_t i = wz_hunt(way, WZ_PREY_TEXT, at, bytes.length, 0); i < bytes.length;
         i = wz_hunt(way, WZ_PREY_TEXT, at, bytes.length, i + 1)) {
        size_t step = at[i + 1] == 0 ? 2 : 1;

        if (at[i] == '6' && bytes.length - i > 3 * step && at[i + step] == '0' && at[i + 2 * step] == '0'
            && at[i + 3 * step] == '2')
            return true;
        if (at[i] == '7' && bytes.length - i > 2 * step && i >= step && at[i - step] == '1' && at[i + step] == '7'
            && at[i + 2 * step] == '2')
            return true;
    }
    return false;
}

/* Our own report as XML (core/report_xml.c), which quotes the lines that it found. */
static bool is_own_report(wz_view bytes)
{
    static const char first[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    static const char second[] = "<report version=\"1\" program=";
    size_t            at = sizeof first - 1;

    if (bytes.length < sizeof first + sizeof second || memcmp(bytes.at, first, at) != 0)
        return false;
    at += bytes.at[at] == '\r';                        /* as it was changed on its way */
    return bytes.at[at] == '\n' && memcmp(bytes.at + at + 1, second, sizeof second - 1) == 0;
}

/* Judge one number by the part of its line that is around it: a line may be a whole program. */
static void judge(const wz_lines *lines, wz_mention *mention, const context *about, const char *path,
                  wz_findings *list, size_t first)
{
    const wz_text *code = &lines->code;
    size_t         begin = mention->at > WINDOW_BEFORE ? mention->at - WINDOW_BEFORE : 0;
    size_t         end = code->length - mention->end > WINDOW_AFTER ? mention->end + WINDOW_AFTER : code->length;
    char          *window = wz_copy_part(code->at + begin, end - begin);

    mention->at -= begin;
    mention->end -= begin;
    wz_mention_judge(window, lines->language, mention);
    mention->at += begin;
    mention->end += begin;
    if (mention->counts || mention->excuse == WZ_EXCUSE_COMPONENT)
        keep(lines, mention, wz_line_source(window, false), about, path, list, first);
    free(window);
}

wz_status wz_script_scan(const char *path, wz_view bytes, wz_language language, const wz_progress *progress,
                         wz_findings *list, size_t first)
{
    wz_lines  lines;
    context   about = { 0 };
    size_t    list_begin = list->count;
    unsigned  mentions = 0;
    wz_status status;

    if (!has_candidate(bytes))
        return WZ_OK;
    wz_lines_open(&lines, bytes, language);
    status = read_context(&lines, progress, &about);
    wz_lines_close(&lines);
    if (status != WZ_OK || !about.has_old) {
        free(about.new_lines);
        return status;
    }
    wz_lines_open(&lines, bytes, language);
    while (status == WZ_OK && wz_lines_next(&lines)) {
        const char *code = wz_text_at(&lines.code);
        wz_mention  mention;

        if ((lines.number & 1023) == 0 && wz_progress_cancelled(progress))
            status = WZ_E_CANCELLED;
        for (size_t at = 0; mentions < MAX_MENTIONS && wz_mention_find(code, "6002", at, &mention); at = mention.end) {
            mentions++;
            judge(&lines, &mention, &about, path, list, first);
        }
    }
    wz_lines_close(&lines);
    free(about.new_lines);
    if (is_own_report(bytes))
        wz_findings_excuse(list, list_begin, WZ_EXCUSE_OWN);
    return status;
}
