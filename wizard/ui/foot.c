/* The foot that all pages share, and what the flow of the pages depends on. */
#include "ui/foot.h"

#include <stdlib.h>

#include "resource.h"

#define SECONDS_A_DAY 86400

/* A snapshot from a clock that is ahead is none of the past: its age is 0. */
static char *date_and_age(const wz_wizard *wz, wz_time taken)
{
    wz_time now = wz->platform->now(wz->platform->context);
    wz_text date = { 0 }, days = { 0 };

    wz_text_add_shown_time(&date, taken, false);
    wz_text_add_count(&days, now > taken ? (uint64_t)(now - taken) / SECONDS_A_DAY : 0);
    const char *args[] = { wz_text_at(&date), wz_text_at(&days) };
    char *text = wz_say_with(wz, IDS_PAGE_AGE, 2, args);
    wz_text_clear(&days);
    wz_text_clear(&date);
    return text;
}

static char *opened_banner(const wz_wizard *wz)
{
    const wz_snapshot *snapshot = wz->session->snapshot;
    const char *computer = wz_snapshot_text(snapshot, WZ_FACT_COMPUTER_NAME);
    char *date = date_and_age(wz, snapshot->taken);
    const char *args[] = { computer != NULL ? computer : wz_say(wz, IDS_NOT_KNOWN), date };
    char *text = wz_say_with(wz, IDS_PAGE_OPENED, 2, args);

    free(date);
    return text;
}

#define NAME_CHARACTERS 50

/* The name of a file for one line of the foot; owned. */
static char *short_name(const char *path)
{
    const char *name = wz_path_name(path), *end = name;
    wz_text text = { 0 };

    for (int i = 0; *end != '\0' && i < NAME_CHARACTERS; i++)
        for (end++; ((unsigned char)*end & 0xC0) == 0x80; end++)        /* whole characters only */
            ;
    wz_text_append(&text, name, (size_t)(end - name));
    if (*end != '\0')
        wz_text_add(&text, "…");
    return wz_text_take(&text);
}

static char *catalogue_text(const wz_wizard *wz, const char *path, const char *sha256)
{
    char *name = short_name(path);
    const char *what[] = { name, sha256 };
    char *text = wz_say_with(wz, IDS_PAGE_SITE_CATALOGUE, 2, what);

    free(name);
    return text;
}

/* While the built-in catalogue counts, nothing but the error of a caller whose code is open. What is continued keeps
   the catalogue that it was begun with. */
static char *catalogue_banner(const wz_wizard *wz)
{
    const wz_session *session = wz->session;
    const wz_journal *journal = session != NULL ? session->journal : NULL;

    if (session != NULL && session->catalogue != NULL && !wz_catalogue_is_built_in(session->catalogue))
        return catalogue_text(wz, wz_catalogue_name(session->catalogue), wz_catalogue_sha256(session->catalogue));
    bool continues = wz->page->id == WZ_PAGE_INSTALL && wz->task == WZ_TASK_CONTINUE;
    if (continues && journal != NULL && journal->catalogue != NULL)
        return catalogue_text(wz, journal->catalogue, journal->catalogue_sha256);
    return wz_foot_opened_error(wz);
}

void wz_sheet_foot(wz_wizard *wz)
{
    const wz_session *session = wz->session;
    wz_text number = { 0 }, all = { 0 };

    wz_text_add_number(&number, (unsigned)wz->page->id);
    wz_text_add_number(&all, WZ_PAGE_COUNT - 1);
    const char *args[] = { wz_text_at(&number), wz_text_at(&all) };
    char *text = wz_say_with(wz, IDS_PAGE_NUMBER, 2, args);
    wz_control_set(wz->sheet, IDC_PAGE_NUMBER, text);
    free(text);
    wz_text_clear(&all);
    wz_text_clear(&number);
    if (wz->job != NULL)
        return;

    bool is_opened = session != NULL && session->opened_from != NULL && session->snapshot != NULL;
    text = !is_opened                 ? wz_copy("")
         : session->support != NULL ? wz_foot_opened_code(wz) : opened_banner(wz);
    wz_control_set(wz->sheet, IDC_PAGE_BUSY, text);
    free(text);

    text = catalogue_banner(wz);
    wz_control_set(wz->sheet, IDC_PAGE_CATALOGUE, text);
    free(text);
    wz_foot_code(wz);
}

wz_choices wz_wizard_choices(const wz_wizard *wz)
{
    const wz_session *session = wz->session;
    wz_choices choices = { .task = wz->task, .installed = wz->installed };

    if (session != NULL && session->snapshot != NULL) {
        choices.supported = wz_system_is_supported(session->system);
        choices.blocked = wz_checks_worst(&session->checks) == WZ_VERDICT_BLOCKED;
        choices.has_work = session->plan != NULL && session->plan->state == WZ_PLAN_READY
                        && session->plan->step_count > 0;
        choices.read_only = session->opened_from != NULL;
    }
    return choices;
}
