/* What a run says of itself: the log, the reason why it stopped, the bar, the journal. */
#include "core/run_step.h"

#include "core/progress.h"
#include "core/run_log.h"
#include "product.h"
#include "resource.h"

#define BAR_STEPS_FROM 100u               /* permille; what comes before is staging or probing */
#define BAR_STEPS_TO   990u

/* ---- words ---- */

void wz_run_add_kb(wz_text *out, unsigned kb)
{
    wz_text_add(out, "KB");
    wz_text_add_number(out, kb);
}

void wz_run_log(const wz_run *run, unsigned id, unsigned kb, size_t count, const char *const args[])
{
    const char *all[WZ_PHRASE_ARGS] = { NULL };
    wz_text     time = { 0 };
    wz_text     name = { 0 };
    wz_phrase   line = { 0 };
    size_t      used = 0;

    wz_text_add_time(&time, run->platform->now(run->platform->context));
    wz_run_add_kb(&name, kb);
    all[used++] = wz_text_at(&time);
    all[used++] = wz_text_at(&name);
    for (size_t i = 0; i < count && used < WZ_PHRASE_ARGS; i++)
        all[used++] = args[i];
    wz_phrase_set(&line, id, used, all);
    if (run->watch != NULL && run->watch->log != NULL)
        run->watch->log(run->watch->context, &line);
    if (run->options->words != NULL)
        wz_run_log_add(run->platform, run->options->words, &line);
    wz_phrase_clear(&line);
    wz_text_clear(&time);
    wz_text_clear(&name);
}

void wz_run_log_run(const wz_run *run, unsigned id, size_t count, const char *const args[])
{
    const char *all[WZ_PHRASE_ARGS] = { NULL };
    wz_text     time = { 0 };
    wz_phrase   line = { 0 };
    size_t      used = 0;

    if (run->options->words == NULL)
        return;
    wz_text_add_time(&time, run->platform->now(run->platform->context));
    all[used++] = wz_text_at(&time);
    for (size_t i = 0; i < count && used < WZ_PHRASE_ARGS; i++)
        all[used++] = args[i];
    wz_phrase_set(&line, id, used, all);
    wz_run_log_add(run->platform, run->options->words, &line);
    wz_phrase_clear(&line);
    wz_text_clear(&time);
}

static const char *computer_of(const wz_run *run)
{
    const char *name = run->session->journal->computer;

    return name != NULL ? name : wz_word(run->options->words, IDS_NOT_KNOWN);
}

void wz_run_log_begun(const wz_run *run)
{
    const wz_words *words = run->options->words;

    if (words == NULL)
        return;
    const char *args[] = { computer_of(run), WZ_PRODUCT_VERSION_TEXT,
                           wz_word(words, wz_target_word(run->session->journal->target)) };

    wz_run_log_run(run, IDS_LOG_RUN_BEGUN, WZ_COUNT(args), args);
}

void wz_run_log_resumed(const wz_run *run)
{
    wz_text restarts = { 0 };

    if (run->options->words == NULL)
        return;
    wz_text_add_number(&restarts, run->session->journal->restarts);
    const char *args[] = { computer_of(run), WZ_PRODUCT_VERSION_TEXT, wz_text_at(&restarts) };

    wz_run_log_run(run, IDS_LOG_RUN_RESUMED, WZ_COUNT(args), args);
    wz_text_clear(&restarts);
}

/* That a restart is due was said when it was found. */
void wz_run_log_ended(const wz_run *run, wz_run_result result)
{
    wz_text why = { 0 };

    if (run->options->words == NULL || result == WZ_RUN_RESTART)
        return;
    if (result == WZ_RUN_DONE) {
        wz_run_log_run(run, IDS_LOG_RUN_DONE, 0, NULL);
        return;
    }
    wz_phrase_render(run->why, run->options->words, &why);
    const char *args[] = { wz_text_at(&why) };

    wz_run_log_run(run, IDS_LOG_RUN_ENDED, 1, args);
    wz_text_clear(&why);
}

void wz_run_blame(wz_phrase *why, unsigned id, unsigned kb, size_t count, const char *const args[])
{
    const char *all[WZ_PHRASE_ARGS] = { NULL };
    wz_text     name = { 0 };
    size_t      used = 0;

    wz_run_add_kb(&name, kb);
    all[used++] = wz_text_at(&name);
    for (size_t i = 0; i < count && used < WZ_PHRASE_ARGS; i++)
        all[used++] = args[i];
    wz_phrase_set(why, id, used, all);
    wz_text_clear(&name);
}

/* The general patterns of wz_error_render; a broken input has words of its own, because a reason needs a reader's
   language. */
static unsigned error_word(wz_status status, bool has_code, bool has_line)
{
    switch (status) {
    case WZ_E_NOT_FOUND: return has_code ? IDS_ERROR_NOT_FOUND_CODE : IDS_ERROR_NOT_FOUND;
    case WZ_E_DENIED:    return has_code ? IDS_ERROR_DENIED_CODE : IDS_ERROR_DENIED;
    case WZ_E_FULL:      return has_code ? IDS_ERROR_FULL_CODE : IDS_ERROR_FULL;
    case WZ_E_BUSY:      return has_code ? IDS_ERROR_BUSY_CODE : IDS_ERROR_BUSY;
    case WZ_E_TIMEOUT:   return has_code ? IDS_ERROR_TIMEOUT_CODE : IDS_ERROR_TIMEOUT;
    case WZ_E_SYSTEM:    return has_code ? IDS_ERROR_SYSTEM_CODE : IDS_ERROR_SYSTEM;
    case WZ_E_CANCELLED: return IDS_ERROR_CANCELLED;
    case WZ_E_FORMAT:
    case WZ_E_LIMIT:     return has_line ? IDS_RUN_E_FORMAT_LINE : IDS_RUN_E_FORMAT;
    case WZ_OK:
    case WZ_E_IO:        break;
    }
    return has_code ? IDS_ERROR_IO_CODE : IDS_ERROR_IO;
}

void wz_run_explain(wz_phrase *why, const wz_error *err)
{
    wz_text     line = { 0 };
    wz_text     code = { 0 };
    const char *args[4];

    wz_text_add_number(&line, err->line);
    wz_text_add_number(&code, err->os_code);
    args[0] = err->subject;
    args[1] = wz_text_at(&line);
    args[2] = "";
    args[3] = wz_text_at(&code);
    wz_phrase_set(why, error_word(err->status, err->os_code != 0, err->line != 0), WZ_COUNT(args), args);
    wz_text_clear(&line);
    wz_text_clear(&code);
}

bool wz_run_save(wz_run *run)
{
    wz_error err = { 0 };

    if (wz_journal_save(run->platform, run->session->journal, &err) == WZ_OK)
        return true;
    wz_run_explain(run->why, &err);
    return false;
}

/* ---- room ---- */

#define MEGABYTE (1ull << 20)

bool wz_run_has_space(const wz_run *run, uint64_t copies, uint64_t largest, unsigned kb)
{
    uint64_t    needed = copies + WZ_RUN_UNPACK * largest + WZ_RUN_MARGIN;
    uint64_t    there = 0;
    wz_text     texts[2] = { { 0 } };
    const char *args[2];

    if (run->platform->free_space(run->platform->context, &there, NULL) != WZ_OK || there >= needed)
        return true;
    wz_text_add_number(&texts[0], there / MEGABYTE);
    wz_text_add_number(&texts[1], (needed + MEGABYTE - 1) / MEGABYTE);
    args[0] = wz_text_at(&texts[0]);
    args[1] = wz_text_at(&texts[1]);
    if (kb != 0)
        wz_run_blame(run->why, IDS_RUN_SPACE_STEP, kb, 2, args);
    else
        wz_phrase_set(run->why, IDS_RUN_SPACE, 2, args);
    wz_text_clear(&texts[0]);
    wz_text_clear(&texts[1]);
    return false;
}

/* ---- patience ---- */

bool wz_run_patience(uint64_t seconds, wz_phrase *out)
{
    wz_text     minutes = { 0 };
    const char *args[1];

    if (seconds < WZ_RUN_PATIENCE_SECONDS)
        return false;
    wz_text_add_number(&minutes, seconds / 60);
    args[0] = wz_text_at(&minutes);
    wz_phrase_set(out, IDS_RUN_PATIENCE, 1, args);
    wz_text_clear(&minutes);
    return true;
}

/* ---- the bar ---- */

static unsigned step_weight(const wz_run *run, size_t i)
{
    const wz_update *update = wz_catalogue_find(run->session->catalogue, run->session->journal->steps[i].kb);
    wz_kind          kind = update != NULL ? update->kind : WZ_KIND_OTHER;

    /* A rollup takes several times as long as the small updates; a service pack longer still. */
    return kind == WZ_KIND_SERVICE_PACK ? 8 : kind == WZ_KIND_ROLLUP || kind == WZ_KIND_PREVIEW ? 4 : 1;
}

unsigned wz_run_position(const wz_run *run, size_t i)
{
    unsigned total = 0;
    unsigned before = 0;

    for (size_t at = 0; at < run->session->journal->step_count; at++) {
        total += step_weight(run, at);
        if (at < i)
            before = total;
    }
    return BAR_STEPS_FROM + (total > 0 ? (BAR_STEPS_TO - BAR_STEPS_FROM) * before / total : 0);
}

wz_exit wz_run_exit(wz_run_result result, bool restarting)
{
    switch (result) {
    case WZ_RUN_DONE:          return WZ_EXIT_DONE;
    case WZ_RUN_RESTART:       return restarting ? WZ_EXIT_RESTARTING : WZ_EXIT_RESTART;
    case WZ_RUN_STOPPED:       return WZ_EXIT_CANCELLED;
    case WZ_RUN_FAILED:        return WZ_EXIT_FAILED;
    case WZ_RUN_FILE:          return WZ_EXIT_FILE;
    case WZ_RUN_BUSY:          return WZ_EXIT_BUSY;
    case WZ_RUN_OTHER_MACHINE: return WZ_EXIT_FAILED;
    case WZ_RUN_BLOCKED:       return WZ_EXIT_BLOCKED;
    }
    return WZ_EXIT_FAILED;
}
