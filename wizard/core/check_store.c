/* The check of the component store's health by what Windows has written about it: CBS.log and CheckSUR.log. */
#include "core/check_rules.h"

#include "core/servicing_log.h"

#include "resource.h"

#include <string.h>

#define CODE_ACCESS_DENIED 5u                          /* Win32 */

typedef struct store_view {
    wz_servicing_log servicing;
    wz_readiness_log readiness;
} store_view;

static wz_view store_text(const wz_check_input *input, wz_fact_id fact)
{
    const char *text = wz_snapshot_text(input->snapshot, fact);

    return text != NULL ? (wz_view){ text, strlen(text) } : (wz_view){ "", 0 };
}

static const char *or_dash(const char *text)
{
    return *text != '\0' ? text : "–";
}

static void say_readiness(const wz_readiness_log *log, wz_check *out)
{
    wz_text     found = { 0 };
    wz_text     fixed = { 0 };
    const char *args[5] = { or_dash(log->date), NULL, NULL, or_dash(log->kind), log->file };

    wz_text_add_number(&found, log->found);
    wz_text_add_number(&fixed, log->fixed);
    args[1] = wz_text_at(&found);
    args[2] = wz_text_at(&fixed);
    out->fact = WZ_FACT_LOG_READINESS;
    wz_check_say(out, WZ_VERDICT_ACTION, IDS_CHK_FIX_STORE_READINESS, IDS_CHK_STORE_READINESS, 5, args);
    wz_text_clear(&found);
    wz_text_clear(&fixed);
}

static void say_servicing(const wz_servicing_log *log, wz_check *out, unsigned word, unsigned fix, size_t count)
{
    wz_text     number = { 0 };
    wz_text     code = { 0 };
    const char *args[4];

    wz_text_add_number(&number, count);
    if (log->code != 0) {
        wz_text_add(&code, "0x");
        wz_text_add_hex(&code, log->code, 8);
    }
    args[0] = wz_text_at(&number);
    args[1] = or_dash(log->time);
    args[2] = or_dash(wz_text_at(&code));
    args[3] = or_dash(log->package);
    wz_check_say(out, WZ_VERDICT_ACTION, fix, word, 4, args);
    wz_text_clear(&number);
    wz_text_clear(&code);
}

/* A check that came to its end without open errors, after the last notable line of CBS.log. */
static bool is_repaired_since(const store_view *view)
{
    return view->readiness.is_complete && view->readiness.found <= view->readiness.fixed
        && view->readiness.date[0] != '\0' && strcmp(view->readiness.date, view->servicing.time) > 0;
}

static unsigned esu_word(wz_esu_word esu)
{
    switch (esu) {
    case WZ_ESU_SILENT:        return 0;
    case WZ_ESU_NOT_ELIGIBLE:  return IDS_CHK_STORE_ESU_NOT_ELIGIBLE;
    case WZ_ESU_NO_KEY:        return IDS_CHK_STORE_ESU_NO_KEY;
    case WZ_ESU_NOT_ACTIVATED: return IDS_CHK_STORE_ESU_NOT_ACTIVATED;
    }
    return 0;
}

/* The most telling sign of trouble; false when there is none. */
static bool store_trouble(const store_view *view, wz_check *out)
{
    const wz_servicing_log *log = &view->servicing;

    if (view->readiness.found > view->readiness.fixed) {
        say_readiness(&view->readiness, out);
        return true;
    }
    out->fact = WZ_FACT_LOG_SERVICING;
    if (log->corruptions > 0 && !is_repaired_since(view))
        say_servicing(log, out, IDS_CHK_STORE_DAMAGED, IDS_CHK_FIX_STORE_DAMAGED, log->corruptions);
    else if (log->esu != WZ_ESU_SILENT)
        say_servicing(log, out, esu_word(log->esu), IDS_CHK_FIX_STORE_ESU, log->errors);
    else if (log->is_pending)
        say_servicing(log, out, IDS_CHK_STORE_PENDING, IDS_CHK_FIX_STORE_PENDING, log->errors);
    else if (log->has_rolled_back)
        say_servicing(log, out, IDS_CHK_STORE_ROLLED_BACK, IDS_CHK_FIX_STORE_ERRORS, log->errors);
    else if (log->errors > 0 && !is_repaired_since(view))
        say_servicing(log, out, IDS_CHK_STORE_ERRORS, IDS_CHK_FIX_STORE_ERRORS, log->errors);
    else
        return false;
    return true;
}

void wz_check_store(const wz_check_input *input, wz_check *out)
{
    static const wz_fact_id logs[] = { WZ_FACT_LOG_SERVICING, WZ_FACT_LOG_READINESS };
    store_view              view;
    bool                    has[WZ_COUNT(logs)];

    wz_servicing_log_read(store_text(input, WZ_FACT_LOG_SERVICING), &view.servicing);
    wz_readiness_log_read(store_text(input, WZ_FACT_LOG_READINESS), &view.readiness);
    if (store_trouble(&view, out))
        return;
    for (size_t i = 0; i < WZ_COUNT(logs); i++) {
        wz_fact_state state = input->snapshot->facts[logs[i]].state;

        has[i] = state == WZ_FACT_KNOWN;
        if (state != WZ_FACT_KNOWN && state != WZ_FACT_ABSENT) {
            wz_check_unknown(input, out, logs[i]);
            if (state == WZ_FACT_UNREADABLE && input->snapshot->facts[logs[i]].os_code == CODE_ACCESS_DENIED)
                out->fix = IDS_CHK_FIX_STORE_RIGHTS;
            return;
        }
    }
    wz_check_say(out, WZ_VERDICT_READY, 0,
                 has[0] && has[1] ? IDS_CHK_STORE_CLEAN : has[0] ? IDS_CHK_STORE_CLEAN_SERVICING
                 : has[1] ? IDS_CHK_STORE_CLEAN_READINESS : IDS_CHK_STORE_NO_LOGS, 0, NULL);
}
