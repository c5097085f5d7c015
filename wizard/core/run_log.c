#include "core/run_log.h"

#include "core/journal.h"
#include "resource.h"

#include <stdlib.h>
#include <string.h>

#define MARK "\xEF\xBB\xBF"

/* ---- one line ---- */

static void add_two(wz_text *out, unsigned number)
{
    if (number < 10)
        wz_text_add(out, "0");
    wz_text_add_number(out, number);
}

/* "2026-01-13T09:05:00Z 2026-01-13T10:05:00+01:00" */
static void add_both_times(wz_text *out, const wz_platform *platform, wz_time time)
{
    int      minutes = platform->local_minutes(platform->context, time);
    unsigned away = (unsigned)(minutes < 0 ? -minutes : minutes);
    wz_text  local = { 0 };

    wz_text_add_time(&local, time + (wz_time)minutes * 60);
    if (local.length > 0)
        local.length--;                                /* it is no UTC */
    wz_text_add_time(out, time);
    wz_text_add(out, " ");
    wz_text_append(out, wz_text_at(&local), local.length);
    wz_text_add(out, minutes < 0 ? "-" : "+");
    add_two(out, away / 60);
    wz_text_add(out, ":");
    add_two(out, away % 60);
    wz_text_clear(&local);
}

static void add_line(wz_text *out, const wz_platform *platform, const wz_words *words, const wz_phrase *line)
{
    wz_phrase timed = { 0 };
    wz_text   times = { 0 }, text = { 0 };
    wz_time   time;

    wz_phrase_copy(&timed, line);
    if (timed.count > 0 && wz_time_parse(timed.args[0], &time)) {
        add_both_times(&times, platform, time);
        free(timed.args[0]);
        timed.args[0] = wz_text_take(&times);
    }
    wz_phrase_render(&timed, words, &text);
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.at[i] < ' ')
            text.at[i] = ' ';
    wz_text_append(out, wz_text_at(&text), text.length);
    wz_text_add(out, "\r\n");
    wz_text_clear(&text);
    wz_phrase_clear(&timed);
}

/* ---- the file ---- */

static wz_status read_text(const wz_platform *platform, const char *path, wz_text *out, wz_error *err)
{
    wz_text   bytes = { 0 };
    wz_status status = platform->read_file(platform->context, path, 2 * WZ_RUN_LOG_LIMIT, &bytes, err);
    size_t    mark = strlen(MARK);

    if (status != WZ_OK)
        return status;
    if (bytes.length < mark || memcmp(bytes.at, MARK, mark) != 0)
        mark = 0;
    wz_text_append(out, wz_text_at(&bytes) + mark, bytes.length - mark);
    wz_text_clear(&bytes);
    return WZ_OK;
}

/* The younger half, from the beginning of a line, below a line that says so. */
static void cut_older(wz_text *text, const wz_words *words)
{
    const char *from = text->at + text->length - WZ_RUN_LOG_LIMIT / 2;
    const char *line = memchr(from, '\n', WZ_RUN_LOG_LIMIT / 2);
    wz_text     kept = { 0 };

    wz_text_add(&kept, wz_word(words, IDS_LOG_CUT));
    wz_text_add(&kept, "\r\n");
    if (line != NULL)
        wz_text_append(&kept, line + 1, (size_t)(text->at + text->length - (line + 1)));
    wz_text_clear(text);
    *text = kept;
}

void wz_run_log_add(const wz_platform *platform, const wz_words *words, const wz_phrase *line)
{
    wz_text   path = { 0 }, text = { 0 }, file = { 0 };
    wz_status status = wz_data_path(platform, WZ_RUN_LOG_NAME, &path, NULL);

    if (status == WZ_OK)
        status = read_text(platform, path.at, &text, NULL);
    if (status == WZ_E_NOT_FOUND || status == WZ_E_LIMIT)        /* one that somebody else has blown up begins anew */
        status = path.length > 0 ? WZ_OK : status;
    if (status == WZ_OK) {
        if (text.length > WZ_RUN_LOG_LIMIT)
            cut_older(&text, words);
        wz_text_add(&file, MARK);
        wz_text_append(&file, wz_text_at(&text), text.length);
        add_line(&file, platform, words, line);
        platform->write_file(platform->context, path.at, (wz_view){ file.at, file.length }, NULL);
    }
    wz_text_clear(&file);
    wz_text_clear(&text);
    wz_text_clear(&path);
}

wz_status wz_run_log_read(const wz_platform *platform, wz_text *path, wz_text *out, wz_error *err)
{
    wz_status status = wz_data_path(platform, WZ_RUN_LOG_NAME, path, err);

    return status == WZ_OK ? read_text(platform, path->at, out, err) : status;
}
