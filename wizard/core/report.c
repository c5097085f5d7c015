/* See report.h. The sections are made in report_machine.c, report_work.c and report_rest.c. */
#include "core/report.h"

#include <stdlib.h>
#include <string.h>

#include "core/redact.h"
#include "core/report_parts.h"
#include "resource.h"

static const struct { const char *ending; wz_report_format format; } formats[] = {
    { ".html", WZ_REPORT_HTML }, { ".htm", WZ_REPORT_HTML }, { ".xml", WZ_REPORT_XML }, { ".txt", WZ_REPORT_TEXT },
    { ".csv", WZ_REPORT_CSV },
};

bool wz_report_format_of(const char *path, wz_report_format *out)
{
    size_t length = strlen(path);

    for (size_t i = 0; i < WZ_COUNT(formats); i++) {
        size_t ending = strlen(formats[i].ending);

        if (length > ending && wz_equal_nocase(path + length - ending, formats[i].ending)) {
            *out = formats[i].format;
            return true;
        }
    }
    return false;
}

static void add_notice(const wz_maker *maker, const char *code, unsigned id, const char *const args[], size_t count)
{
    wz_text text = { 0 };

    wz_words_fill(maker->words, id, args, count, &text);
    maker->report->notices[maker->report->notice_count++] = (wz_notice){ code, wz_text_take(&text) };
}

static void add_notices(const wz_maker *maker)
{
    const wz_session *session = maker->session;

    if (session->catalogue != NULL && !wz_catalogue_is_built_in(session->catalogue)) {
        const char *args[] = { wz_catalogue_name(session->catalogue), wz_catalogue_sha256(session->catalogue) };

        add_notice(maker, "siteCatalogue", IDS_DOC_NOTICE_SITE, args, WZ_COUNT(args));
    }
    if (session->opened_from != NULL) {
        const char *args[] = { session->opened_from };

        add_notice(maker, "openedSnapshot", IDS_DOC_NOTICE_OPENED, args, WZ_COUNT(args));
    }
    if (session->opened_from == NULL && session->journal_error.status != WZ_OK) {
        wz_text reason = { 0 };

        wz_error_render(&session->journal_error, maker->words, &reason);
        const char *args[] = { wz_text_at(&reason) };

        add_notice(maker, "brokenJournal", IDS_DOC_NOTICE_JOURNAL, args, WZ_COUNT(args));
        wz_text_clear(&reason);
    }
}

static void set_heads(const wz_maker *maker)
{
    wz_report        *report  = maker->report;
    const wz_session *session = maker->session;
    const char       *computer = session->snapshot ? wz_snapshot_text(session->snapshot, WZ_FACT_COMPUTER_NAME) : NULL;
    wz_text           time = { 0 }, text = { 0 };

    report->language = wz_copy(maker->words->language);
    report->title = wz_copy(wz_word(maker->words, IDS_DOC_TITLE));
    report->seal_label = wz_copy(wz_word(maker->words, IDS_SEAL_LABEL));

    wz_text_add_time(&time, report->made);
    const char *args[] = { computer ? computer : wz_text_at(&time), wz_text_at(&time) };

    wz_words_fill(maker->words, computer ? IDS_DOC_SUBTITLE : IDS_DOC_SUBTITLE_UNNAMED, args, computer ? 2 : 1, &text);
    report->subtitle = wz_text_take(&text);
    wz_text_clear(&time);

    if (session->snapshot == NULL || session->plan == NULL) {
        report->exit_code = WZ_EXIT_UNKNOWN;
        report->verdict = wz_copy(wz_word(maker->words, IDS_DOC_NOT_READ));
        return;
    }
    wz_phrase sentence = { 0 };

    report->exit_code = (unsigned)wz_session_verdict(session, &sentence);
    wz_phrase_render(&sentence, maker->words, &text);
    report->verdict = wz_text_take(&text);
    wz_phrase_clear(&sentence);
}

wz_report *wz_report_create(const wz_session *session, const wz_words *words)
{
    wz_report *report = wz_new(wz_report);
    wz_maker   maker = { .report = report, .session = session, .words = words };

    if (session->opened_from == NULL) {
        maker.journal = session->journal;
        maker.before = session->before;
    }
    report->made = session->platform->now(session->platform->context);
    set_heads(&maker);
    add_notices(&maker);
    wz_report_add_machine(&maker);
    wz_report_add_work(&maker);
    wz_report_add_rest(&maker);
    if (session->redact) {
        wz_redactor *redactor = wz_redactor_create(session->platform, session->snapshot);

        wz_redact_report(redactor, report);
        wz_redactor_free(redactor);
    }
    wz_report_seal(report, session->platform);
    return report;
}

static void clear_section(wz_section *section)
{
    for (size_t i = 0; i < section->row_count; i++) {
        for (size_t j = 0; j < section->column_count; j++) {
            free(section->rows[i].cells[j].text);
            free(section->rows[i].cells[j].code);
        }
        free(section->rows[i].cells);
        free(section->rows[i].id);
    }
    free(section->rows);
    for (size_t i = 0; section->column_titles != NULL && i < section->column_count; i++)
        free(section->column_titles[i]);
    free(section->column_titles);
    free(section->pair);
    wz_figure_free(section->figure);
    free(section->title);
    free(section->lead);
}

void wz_report_free(wz_report *report)
{
    if (report == NULL)
        return;
    for (size_t i = 0; i < report->section_count; i++)
        clear_section(&report->sections[i]);
    free(report->sections);
    for (size_t i = 0; i < report->notice_count; i++)
        free(report->notices[i].text);
    free(report->title);
    free(report->seal_label);
    free(report->subtitle);
    free(report->verdict);
    free(report->language);
    free(report);
}

void wz_report_render(const wz_report *report, wz_report_format format, wz_text *out)
{
    switch (format) {
    case WZ_REPORT_HTML: wz_report_render_html(report, out); break;
    case WZ_REPORT_XML:  wz_report_render_xml(report, out);  break;
    case WZ_REPORT_TEXT: wz_report_render_text(report, out); break;
    case WZ_REPORT_CSV:  wz_report_render_csv(report, out);  break;
    }
}

/* Notepad on NT 6.0 wants CR LF, and knows UTF-8 for certain only by its mark. */
void wz_text_for_notepad(wz_text *text)
{
    wz_text marked = { 0 };

    wz_text_add(&marked, "\xEF\xBB\xBF");
    for (const char *line = wz_text_at(text), *end; *line != '\0'; line = end + 1) {
        end = strchr(line, '\n');
        if (end == NULL) {
            wz_text_add(&marked, line);
            break;
        }
        wz_text_append(&marked, line, (size_t)(end - line));
        wz_text_add(&marked, "\r\n");
    }
    wz_text_clear(text);
    *text = marked;
}

wz_status wz_report_write(const wz_report *report, const wz_platform *platform, const char *path, wz_error *err)
{
    wz_report_format format;
    wz_text          text = { 0 };

    if (!wz_report_format_of(path, &format))
        return wz_fail_at(err, WZ_E_FORMAT, path, 0, IDS_DOC_BAD_ENDING);
    wz_report_render(report, format, &text);
    if (format == WZ_REPORT_TEXT)
        wz_text_for_notepad(&text);

    wz_view   bytes = { wz_text_at(&text), text.length };
    wz_status status = platform->write_file(platform->context, path, bytes, err);

    wz_text_clear(&text);
    return status;
}

wz_status wz_report_save(const wz_session *session, const wz_words *words, const char *path, wz_error *err)
{
    wz_report *report = wz_report_create(session, words);
    wz_status  status = wz_report_write(report, session->platform, path, err);

    wz_report_free(report);
    return status;
}
