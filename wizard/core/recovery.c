#include "core/recovery.h"

#include "core/report_parts.h"
#include "core/system.h"
#include "resource.h"

#define PROGRAM_NAME "Build6003Wizard.exe"

/* ---- this computer ---- */

static void put_pair(const wz_maker *maker, wz_section *section, const char *id, unsigned label, const char *value)
{
    if (value != NULL && *value != '\0')
        wz_maker_pair(maker, section, id, label, value);
}

static const wz_snapshot *snapshot_before(const wz_session *session)
{
    return session->before != NULL ? session->before : session->snapshot;
}

static const char *computer_of(const wz_session *session)
{
    const wz_snapshot *snapshot = snapshot_before(session);
    const char        *name = snapshot != NULL ? wz_snapshot_text(snapshot, WZ_FACT_COMPUTER_NAME) : NULL;

    return name == NULL && session->journal != NULL ? session->journal->computer : name;
}

/* The session's own, or those of a journal that was not adopted yet. */
static const char *either(const char *of_session, const char *of_journal)
{
    return of_session != NULL && *of_session != '\0' ? of_session : of_journal;
}

static void add_machine(const wz_maker *maker)
{
    const wz_session  *session = maker->session;
    const wz_journal  *journal = maker->journal;
    const wz_snapshot *before = snapshot_before(session);
    wz_section        *section = wz_maker_pairs(maker, "cardMachine", IDS_CARD_MACHINE);
    wz_target          target = journal != NULL ? journal->target : session->target;
    wz_text            text = { 0 };

    put_pair(maker, section, "computer", IDS_DOC_COL_COMPUTER, computer_of(session));
    if (before != NULL) {
        put_pair(maker, section, "domain", IDS_DOC_COL_DOMAIN, wz_snapshot_text(before, WZ_FACT_COMPUTER_DOMAIN));
        wz_system_about(before, &text);
        put_pair(maker, section, "about", IDS_CARD_FACT_ABOUT, wz_text_at(&text));
        put_pair(maker, section, "kernelFile", IDS_CARD_FACT_MODEL, wz_snapshot_text(before, WZ_FACT_VERSION_KERNEL));
    }
    put_pair(maker, section, "target", IDS_DOC_COL_TARGET, wz_word(maker->words, wz_target_word(target)));
    put_pair(maker, section, "ticket", IDS_DOC_COL_TICKET,
             either(session->ticket, journal != NULL ? journal->ticket : NULL));
    put_pair(maker, section, "technician", IDS_DOC_COL_TECHNICIAN,
             either(session->technician, journal != NULL ? journal->technician : NULL));
    put_pair(maker, section, "customer", IDS_DOC_COL_CUSTOMER,
             either(session->customer, journal != NULL ? journal->customer : NULL));
    wz_text_clear(&text);
    if (wz_data_path(session->platform, "", &text, NULL) == WZ_OK)
        put_pair(maker, section, "folder", IDS_CARD_FACT_DATA, wz_text_at(&text));
    wz_text_clear(&text);
}

/* ---- what is being installed ---- */

static wz_outcome outcome_of(const wz_journal *journal, unsigned kb)
{
    for (size_t i = 0; journal != NULL && i < journal->step_count; i++)
        if (journal->steps[i].kb == kb)
            return journal->steps[i].outcome;
    return WZ_OUTCOME_NONE;
}

static void add_step(const wz_maker *maker, wz_section *section, unsigned kb, unsigned kind)
{
    wz_text    id = { 0 };
    wz_outcome outcome = outcome_of(maker->journal, kb);

    wz_text_add_kb(&id, kb);
    wz_row *row = wz_section_add(section, wz_text_at(&id), NULL);

    wz_row_number(row, 0, section->row_count);
    wz_row_kb(row, 1, kb);
    if (kind != 0)
        wz_maker_word(maker, row, 2, kind, NULL);
    wz_maker_word(maker, row, 3, wz_outcome_word(outcome), wz_outcome_name(outcome));
    wz_text_clear(&id);
}

static void add_steps(const wz_maker *maker)
{
    static const char *const names[]  = { "step", "update", "kind", "result" };
    static const unsigned    titles[] = {
        IDS_DOC_COL_STEP, IDS_DOC_COL_UPDATE, IDS_DOC_COL_KIND, IDS_DOC_COL_RESULT,
    };
    const wz_session *session = maker->session;
    const wz_plan    *plan = session->plan;
    wz_section       *section = wz_maker_section(maker, "cardSteps", IDS_CARD_STEPS, &WZ_COLUMNS(names, titles, 0));

    for (size_t i = 0; maker->journal != NULL && i < maker->journal->step_count; i++) {
        unsigned         kb = maker->journal->steps[i].kb;
        const wz_update *update = session->catalogue != NULL ? wz_catalogue_find(session->catalogue, kb) : NULL;

        add_step(maker, section, kb, update != NULL ? wz_kind_word(update->kind) : 0);
    }
    for (size_t i = 0; maker->journal == NULL && plan != NULL && i < plan->step_count; i++)
        add_step(maker, section, plan->steps[i].update->kb, wz_kind_word(plan->steps[i].update->kind));
    if (section->row_count == 0)
        wz_maker_lead(maker, section, IDS_CARD_NO_STEPS, NULL, 0);
}

/* ---- what to do ---- */

static const struct { const char *id; unsigned situation, advice; } situations[] = {
    { "configuring", IDS_CARD_IF_CONFIGURING, IDS_CARD_DO_CONFIGURING },
    { "reverting",   IDS_CARD_IF_REVERTING,   IDS_CARD_DO_REVERTING   },
    { "noWizard",    IDS_CARD_IF_NO_WIZARD,   IDS_CARD_DO_NO_WIZARD   },
    { "hangs",       IDS_CARD_IF_HANGS,       IDS_CARD_DO_HANGS       },
    { "blueScreen",  IDS_CARD_IF_BLUE,        IDS_CARD_DO_BLUE        },
    { "noStart",     IDS_CARD_IF_NO_START,    IDS_CARD_DO_NO_START    },
    { "pending",     IDS_CARD_IF_PENDING,     IDS_CARD_DO_PENDING     },
    { "restore",     IDS_CARD_IF_RESTORE,     IDS_CARD_DO_RESTORE     },
};

void wz_report_add_recovery(const wz_maker *maker, unsigned title)
{
    static const char *const names[]  = { "situation", "advice" };
    static const unsigned    titles[] = { IDS_CARD_COL_SITUATION, IDS_CARD_COL_ADVICE };
    const wz_platform *platform = maker->session->platform;
    wz_section        *section = wz_maker_section(maker, "recovery", title, &WZ_COLUMNS(names, titles, 0));
    wz_text            program = { 0 };

    if (platform->data_folder == NULL || wz_data_path(platform, PROGRAM_NAME, &program, NULL) != WZ_OK)
        wz_text_add(&program, PROGRAM_NAME);
    for (size_t i = 0; i < WZ_COUNT(situations); i++) {
        const char *args[] = { wz_text_at(&program) };
        wz_row     *row = wz_section_add(section, situations[i].id, NULL);
        wz_phrase   advice = { 0 };

        wz_maker_word(maker, row, 0, situations[i].situation, NULL);
        wz_phrase_set(&advice, situations[i].advice, WZ_COUNT(args), args);
        wz_maker_phrase(maker, row, 1, &advice);
        wz_phrase_clear(&advice);
    }
    wz_text_clear(&program);
}

/* ---- whom to call ---- */

static void add_help(const wz_maker *maker)
{
    static const char *const names[]  = { "who", "telephone", "notes" };
    static const unsigned    titles[] = { IDS_CARD_COL_WHO, IDS_CARD_COL_PHONE, IDS_CARD_COL_NOTES };
    static const struct { const char *id; unsigned word; } rows[] = {
        { "helpdesk", IDS_CARD_PHONE_HELPDESK }, { "hardware", IDS_CARD_PHONE_HARDWARE },
        { "backup", IDS_CARD_PHONE_BACKUP },
    };
    wz_section *section = wz_maker_section(maker, "cardHelp", IDS_CARD_HELP, &WZ_COLUMNS(names, titles, 0));

    section->is_form = true;
    wz_maker_lead(maker, section, IDS_CARD_HELP_LEAD, NULL, 0);
    for (size_t i = 0; i < WZ_COUNT(rows); i++)
        wz_maker_word(maker, wz_section_add(section, rows[i].id, NULL), 0, rows[i].word, NULL);
}

/* ---- the card ---- */

wz_report *wz_recovery_create(const wz_session *session, const wz_words *words)
{
    wz_report  *card = wz_new(wz_report);
    wz_maker    maker = { .report = card, .session = session, .words = words };
    const char *computer = computer_of(session);
    wz_text     time = { 0 }, subtitle = { 0 };

    if (wz_journal_is_open(session->journal))          /* an older one is not what is about to be installed */
        maker.journal = session->journal;
    card->made = session->platform->now(session->platform->context);
    card->language = wz_copy(words->language);
    card->title = wz_copy(wz_word(words, IDS_CARD_TITLE));
    wz_text_add_time(&time, card->made);
    const char *args[] = { computer != NULL ? computer : "?", wz_text_at(&time) };

    wz_words_fill(words, IDS_CARD_SUBTITLE, args, WZ_COUNT(args), &subtitle);
    card->subtitle = wz_text_take(&subtitle);
    card->verdict = wz_copy(wz_word(words, IDS_CARD_LEAD));
    add_machine(&maker);
    add_steps(&maker);
    wz_report_add_recovery(&maker, IDS_CARD_SITUATIONS);
    add_help(&maker);
    wz_text_clear(&time);
    return card;
}

void wz_recovery_render(const wz_report *card, const char *path, wz_text *out)
{
    wz_report_format format;

    if (wz_report_format_of(path, &format) && format == WZ_REPORT_HTML) {
        wz_report_render(card, WZ_REPORT_HTML, out);
    } else {
        wz_report_render(card, WZ_REPORT_TEXT, out);
        wz_text_for_notepad(out);
    }
}

wz_status wz_recovery_save(const wz_session *session, const wz_words *words, const char *path, wz_error *err)
{
    wz_report *card = wz_recovery_create(session, words);
    wz_text    text = { 0 };
    wz_status  status;

    wz_recovery_render(card, path, &text);
    wz_report_free(card);
    status = session->platform->write_file(session->platform->context, path, (wz_view){ text.at, text.length }, err);
    wz_text_clear(&text);
    return status;
}
