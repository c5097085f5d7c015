#include "core/support_state.h"

#include "core/run.h"
#include "resource.h"

#include <stdlib.h>
#include <string.h>

/* ---- from a session ---- */

static unsigned service_pack_of(const wz_snapshot *snapshot)
{
    uint64_t major;

    return wz_snapshot_number(snapshot, WZ_FACT_SERVICE_PACK_MAJOR, &major) && major < WZ_SUPPORT_NO_PACK
               ? (unsigned)major : WZ_SUPPORT_NO_PACK;
}

/* 0 and 1 as the registry has them, 2 when that cannot be told. */
static unsigned sha2_value(const wz_snapshot *snapshot, wz_fact_id fact)
{
    uint64_t value;

    if (snapshot->facts[fact].state == WZ_FACT_ABSENT)
        return 0;
    return wz_snapshot_number(snapshot, fact, &value) ? value > 0 : 2;
}

static wz_support_sha2 sha2_of(const wz_snapshot *snapshot)
{
    unsigned one = sha2_value(snapshot, WZ_FACT_SHA2_SUPPORT), other = sha2_value(snapshot, WZ_FACT_SHA2_CORE_SUPPORT);

    if (one == 2 || other == 2)
        return WZ_SUPPORT_SHA2_UNKNOWN;
    if (one + other == 2)
        return WZ_SUPPORT_SHA2_READY;
    return one + other == 1 ? WZ_SUPPORT_SHA2_PARTIAL : WZ_SUPPORT_SHA2_NONE;
}

static wz_support_answer pending_of(const wz_snapshot *snapshot)
{
    if (wz_system_restart_pending(snapshot))
        return WZ_SUPPORT_YES;
    return snapshot->facts[WZ_FACT_PENDING_CBS_REBOOT].state == WZ_FACT_ABSENT ||
           snapshot->facts[WZ_FACT_PENDING_CBS_REBOOT].state == WZ_FACT_KNOWN ? WZ_SUPPORT_NO : WZ_SUPPORT_NOT_KNOWN;
}

static void put_machine(const wz_session *session, wz_support *out)
{
    const wz_snapshot *snapshot = session->snapshot;
    wz_version         version, stack;
    uint64_t           type;

    if (wz_system_version(snapshot, &version)) {
        out->build = version.build;
        out->revision = version.revision;
    }
    out->service_pack = service_pack_of(snapshot);
    out->architecture = wz_system_architecture(snapshot);
    if (wz_snapshot_number(snapshot, WZ_FACT_PRODUCT_TYPE, &type) && type <= 3)
        out->product_type = (unsigned)type;
    out->sha2 = sha2_of(snapshot);
    if (wz_snapshot_version(snapshot, WZ_FACT_STACK_VERSION, &stack) && stack.major == 6 && stack.minor == 0 &&
        stack.build >= 6001 && stack.build <= 6003) {
        out->stack_build = stack.build;
        out->stack_revision = stack.revision;
    }
    if (session->entitlement.is_known)
        out->licence = 1u + (unsigned)session->entitlement.highest;
    out->pending = pending_of(snapshot);
}

static void put_error(wz_support *out, uint32_t code)
{
    out->has_error = true;
    out->error = code;
}

/* The last step that failed, and has a code. */
static bool put_failed_step(const wz_journal *journal, wz_support *out)
{
    for (size_t i = journal != NULL ? journal->step_count : 0; i-- > 0;) {
        const wz_journal_step *step = &journal->steps[i];

        if (step->has_code && (step->outcome == WZ_OUTCOME_FAILED || step->outcome == WZ_OUTCOME_NOT_APPLICABLE ||
                               step->outcome == WZ_OUTCOME_ROLLED_BACK)) {
            put_error(out, step->code);
            return true;
        }
    }
    return false;
}

static void put_refused_file(const wz_matches *matches, wz_support *out)
{
    for (size_t i = 0; i < matches->count; i++) {
        wz_file_verdict verdict = matches->items[i].verdict;

        if (verdict != WZ_FILE_MISSING && !wz_file_is_accepted(verdict)) {
            put_error(out, (uint32_t)WZ_SUPPORT_FILE | (uint32_t)verdict);
            return;
        }
    }
}

void wz_support_of(const wz_session *session, wz_page_id page, const wz_error *error, wz_support *out)
{
    *out = (wz_support){ .page = (unsigned)page, .service_pack = WZ_SUPPORT_NO_PACK, .target = session->target };
    if (session->snapshot != NULL)
        put_machine(session, out);
    if (session->opened_from == NULL && session->journal != NULL)
        out->installation = 1u + (unsigned)session->journal->state;
    if (error != NULL && error->status != WZ_OK && error->status != WZ_E_CANCELLED) {
        put_error(out, error->os_code != 0  ? error->os_code
                       : error->reason != 0 ? (uint32_t)WZ_SUPPORT_REASON | error->reason
                                            : (uint32_t)WZ_SUPPORT_STATUS | (uint32_t)error->status);
        return;
    }
    if (session->opened_from == NULL && put_failed_step(session->journal, out))
        return;
    if (page == WZ_PAGE_FILES)
        put_refused_file(&session->matches, out);
}

/* ---- in words ---- */

static unsigned own_word(uint32_t error)
{
    uint32_t low = error & 0xFFFFu;

    switch (error & 0xFFFF0000u) {
    case WZ_SUPPORT_REASON: return low;
    case WZ_SUPPORT_STATUS: return low == WZ_E_NOT_FOUND ? IDS_CALL_ERROR_NOT_FOUND
                                 : low == WZ_E_DENIED    ? IDS_CALL_ERROR_DENIED
                                 : low == WZ_E_FULL      ? IDS_CALL_ERROR_FULL
                                 : low == WZ_E_BUSY      ? IDS_CALL_ERROR_BUSY : IDS_CALL_ERROR_OTHER;
    case WZ_SUPPORT_FILE:   return low <= WZ_FILE_NOT_NEEDED ? wz_file_verdict_word((wz_file_verdict)low) : 0;
    default:                return 0;
    }
}

/* Errors of Windows that a person meets on these pages; the agent's Windows may have other words, or none. */
static unsigned windows_word(uint32_t error)
{
    switch ((error & 0xFFFF0000u) == 0x80070000u ? error & 0xFFFFu : error) {
    case 2:                                /* ERROR_FILE_NOT_FOUND */
    case 3:                                /* ERROR_PATH_NOT_FOUND */
    case 15:                               /* ERROR_INVALID_DRIVE */
    case 53:                               /* ERROR_BAD_NETPATH */
    case 67:                               /* ERROR_BAD_NET_NAME */
        return IDS_CALL_ERROR_NOT_FOUND;
    case 5:                                /* ERROR_ACCESS_DENIED */
    case 19:                               /* ERROR_WRITE_PROTECT */
        return IDS_CALL_ERROR_DENIED;
    case 39:                               /* ERROR_HANDLE_DISK_FULL */
    case 112:                              /* ERROR_DISK_FULL */
        return IDS_CALL_ERROR_FULL;
    default:
        return 0;
    }
}

/* Where nothing was installed it is not the installer that reports it, and CBS.log says nothing about it. */
static unsigned code_word(const wz_support *support)
{
    const wz_remedy *row = wz_remedy_of(support->error);
    unsigned         word = windows_word(support->error);

    if (word == 0 || (row != NULL && support->installation != 0))
        word = row != NULL ? row->says : support->installation != 0 ? IDS_CODE_FAILED : IDS_CALL_ERROR_OTHER;
    return word;
}

void wz_support_explain_error(const wz_support *support, const wz_words *words, wz_text *out)
{
    unsigned    own = own_word(support->error);
    const char *text = own >= 7000 && own < 9000 ? words->find(words->context, own) : NULL;

    if (!support->has_error)
        return;
    if (text == NULL || strchr(text, '%') != NULL)        /* not ours after all, or a pattern without its arguments */
        text = wz_word(words, code_word(support));
    wz_text_add(out, "0x");
    wz_text_add_hex(out, support->error, 8);
    wz_text_add(out, " ");
    wz_text_add(out, text);
}

static void add_line(const wz_words *words, wz_text *out, unsigned label, const char *value)
{
    const char *args[] = { wz_word(words, label), value };

    wz_words_fill(words, IDS_PAIR, args, WZ_COUNT(args), out);
    wz_text_add(out, "\n");
}

static void add_text_line(const wz_words *words, wz_text *out, unsigned label, wz_text *value)
{
    add_line(words, out, label, value->length > 0 ? value->at : wz_word(words, IDS_NOT_KNOWN));
    wz_text_clear(value);
}

static void add_word_line(const wz_words *words, wz_text *out, unsigned label, unsigned word)
{
    add_line(words, out, label, wz_word(words, word));
}

/* The numbers before the build, which a code leaves out: each of these builds had only one pair of them. */
static wz_version version_of(const wz_support *support)
{
    static const struct { uint16_t build, major, minor; } known[] = {
        { 10240, 10, 0 }, { 9600, 6, 3 }, { 9200, 6, 2 }, { 7600, 6, 1 }, { 6000, 6, 0 }, { 3790, 5, 2 }, { 0, 5, 1 },
    };
    wz_version version = { .build = support->build, .revision = support->revision };

    for (size_t i = 0; i < WZ_COUNT(known); i++)
        if (support->build >= known[i].build) {
            version.major = known[i].major;
            version.minor = known[i].minor;
            break;
        }
    return version;
}

static void add_pack_text(const wz_support *support, wz_text *out)
{
    if (support->service_pack == 0 || support->service_pack == WZ_SUPPORT_NO_PACK)
        return;
    wz_text_add(out, "Service Pack ");                     /* as Windows itself writes it, in every language */
    wz_text_add_number(out, support->service_pack);
}

static void explain_page(const wz_support *support, const wz_words *words, wz_text *out)
{
    static const unsigned titles[] = {
        0, IDS_START_TITLE, IDS_VERSION_TITLE, IDS_PREREQUISITES_TITLE, IDS_TARGET_TITLE, IDS_COMPATIBILITY_TITLE,
        IDS_FILES_TITLE, IDS_REVIEW_TITLE, IDS_INSTALL_TITLE, IDS_AFTER_TITLE, IDS_REPORT_TITLE,
    };
    wz_text value = { 0 };

    if (support->page == 0) {
        add_word_line(words, out, IDS_CALL_PAGE, IDS_CALL_NO_PAGE);
        return;
    }
    wz_text_add_number(&value, support->page);
    wz_text_add(&value, " ");
    wz_text_add(&value, wz_word(words, titles[support->page]));
    add_text_line(words, out, IDS_CALL_PAGE, &value);
}

static void explain_system(const wz_support *support, const wz_words *words, wz_text *out)
{
    static const unsigned products[] = { IDS_NOT_KNOWN, IDS_CALL_CLIENT, IDS_CALL_CONTROLLER, IDS_CALL_SERVER };
    static const unsigned sha2[] = { IDS_NOT_KNOWN, IDS_CALL_SHA2_NONE, IDS_CALL_SHA2_PARTIAL, IDS_CALL_SHA2_READY };
    wz_text    value = { 0 }, pack = { 0 };
    wz_version version = version_of(support);

    add_pack_text(support, &pack);
    if (support->build != 0)
        wz_version_about_line(version, pack.at, &value);
    add_text_line(words, out, IDS_CALL_WINDOWS, &value);
    if (support->revision != 0)
        wz_text_add_version(&value, version, 4);
    add_text_line(words, out, IDS_CALL_KERNEL, &value);
    wz_text_add(&value, wz_architecture_name(support->architecture));
    add_text_line(words, out, IDS_CALL_ARCHITECTURE, &value);
    add_word_line(words, out, IDS_CALL_PRODUCT, products[support->product_type]);
    add_word_line(words, out, IDS_CALL_SHA2, sha2[support->sha2]);
    if (support->stack_build != 0)
        wz_text_add_version(&value, (wz_version){ 6, 0, (uint16_t)support->stack_build, support->stack_revision }, 4);
    add_text_line(words, out, IDS_CALL_STACK, &value);
    wz_text_clear(&pack);
}

void wz_support_explain(const wz_support *support, const wz_words *words, wz_text *out)
{
    static const unsigned answers[] = { IDS_NOT_KNOWN, IDS_NO, IDS_YES };
    static const unsigned states[] = { IDS_CALL_INSTALL_NONE, IDS_CALL_INSTALL_OPEN, IDS_CALL_INSTALL_RESTART,
                                       IDS_CALL_INSTALL_DONE, IDS_CALL_INSTALL_STOPPED, IDS_CALL_INSTALL_FAILED };
    wz_text value = { 0 };

    explain_page(support, words, out);
    explain_system(support, words, out);
    add_word_line(words, out, IDS_CALL_LICENCE,
                  support->licence == 0 ? IDS_NOT_KNOWN : wz_programme_word((wz_programme)(support->licence - 1)));
    add_word_line(words, out, IDS_CALL_TARGET, wz_target_word(support->target));
    add_word_line(words, out, IDS_CALL_PENDING, answers[support->pending]);
    add_word_line(words, out, IDS_CALL_INSTALL, states[support->installation]);
    wz_support_explain_error(support, words, &value);
    if (!support->has_error)
        wz_text_add(&value, wz_word(words, IDS_CALL_NO_ERROR));
    add_text_line(words, out, IDS_CALL_ERROR, &value);
}

/* ---- to a session ---- */

#define SOURCE "support code"

static void put_version_facts(wz_snapshot *snapshot, const wz_support *support, wz_time now)
{
    wz_version version = version_of(support);
    wz_text    text = { 0 };

    if (support->build == 0)
        return;
    wz_text_add_version(&text, version, 3);
    wz_fact_known(snapshot, WZ_FACT_VERSION_API, now, SOURCE, text.at);
    wz_text_clear(&text);
    if (support->revision != 0) {
        wz_text_add_version(&text, version, 4);
        wz_fact_known(snapshot, WZ_FACT_VERSION_KERNEL, now, SOURCE, text.at);
        wz_text_clear(&text);
    }
    if (support->service_pack == WZ_SUPPORT_NO_PACK)
        return;
    wz_fact_known_number(snapshot, WZ_FACT_SERVICE_PACK_MAJOR, now, SOURCE, support->service_pack);
    add_pack_text(support, &text);
    if (text.length > 0)
        wz_fact_known(snapshot, WZ_FACT_SERVICE_PACK, now, SOURCE, text.at);
    else
        wz_fact_absent(snapshot, WZ_FACT_SERVICE_PACK, now, SOURCE);
    wz_text_clear(&text);
}

static void put_servicing_facts(wz_snapshot *snapshot, const wz_support *support, wz_time now)
{
    wz_text text = { 0 };

    if (support->sha2 != WZ_SUPPORT_SHA2_UNKNOWN) {
        wz_fact_known_number(snapshot, WZ_FACT_SHA2_SUPPORT, now, SOURCE, support->sha2 >= WZ_SUPPORT_SHA2_PARTIAL);
        wz_fact_known_number(snapshot, WZ_FACT_SHA2_CORE_SUPPORT, now, SOURCE, support->sha2 == WZ_SUPPORT_SHA2_READY);
    }
    if (support->stack_build != 0) {
        wz_text_add_version(&text, (wz_version){ 6, 0, (uint16_t)support->stack_build, support->stack_revision }, 4);
        wz_fact_known(snapshot, WZ_FACT_STACK_VERSION, now, SOURCE, text.at);
        wz_text_clear(&text);
    }
    if (support->pending == WZ_SUPPORT_YES)
        wz_fact_known(snapshot, WZ_FACT_PENDING_CBS_REBOOT, now, SOURCE, "1");
    else if (support->pending == WZ_SUPPORT_NO)
        wz_fact_absent(snapshot, WZ_FACT_PENDING_CBS_REBOOT, now, SOURCE);
}

/* The licence that gives the programme; the other rows are absent where any was read. */
static void put_licence_facts(wz_snapshot *snapshot, const wz_support *support, wz_time now)
{
    static const struct { wz_programme programme; wz_fact_id fact; } rows[] = {
        { WZ_PROGRAMME_ESU1, WZ_FACT_ESU_YEAR1 }, { WZ_PROGRAMME_ESU2, WZ_FACT_ESU_YEAR2 },
        { WZ_PROGRAMME_ESU3, WZ_FACT_ESU_YEAR3 }, { WZ_PROGRAMME_ESU4, WZ_FACT_ESU_YEAR4 },
        { WZ_PROGRAMME_PA, WZ_FACT_ESU_PREMIUM },
    };

    for (size_t i = 0; i < WZ_COUNT(rows) && support->licence != 0; i++) {
        if (support->licence == 1u + (unsigned)rows[i].programme)
            wz_fact_known_number(snapshot, rows[i].fact, now, SOURCE, 1);
        else
            wz_fact_absent(snapshot, rows[i].fact, now, SOURCE);
    }
}

void wz_session_open_code(wz_session *session, const wz_support *support)
{
    wz_time      now = session->platform->now(session->platform->context);
    wz_snapshot *snapshot = wz_snapshot_create();
    wz_support  *kept = wz_new(wz_support);
    char         code[WZ_SUPPORT_TEXT];

    snapshot->taken = now;
    put_version_facts(snapshot, support, now);
    if (support->architecture != WZ_ARCH_UNKNOWN)
        wz_fact_known(snapshot, WZ_FACT_ARCHITECTURE, now, SOURCE, wz_architecture_name(support->architecture));
    if (support->product_type != 0)
        wz_fact_known_number(snapshot, WZ_FACT_PRODUCT_TYPE, now, SOURCE, support->product_type);
    put_servicing_facts(snapshot, support, now);
    put_licence_facts(snapshot, support, now);
    wz_snapshot_free(session->snapshot);
    session->snapshot = snapshot;
    wz_support_encode(support, code);
    free(session->opened_from);
    session->opened_from = wz_copy(code);
    free(session->support);
    *kept = *support;
    session->support = kept;
    session->target = support->target;
    wz_session_assess(session);
}

wz_page_id wz_support_page(const wz_support *support, const wz_choices *choices)
{
    wz_page_id page = (wz_page_id)support->page;

    if (page == WZ_PAGE_NONE || page == WZ_PAGE_START)
        return WZ_PAGE_VERSION;
    if (page == WZ_PAGE_REVIEW)
        page = WZ_PAGE_FILES;
    if (page > WZ_PAGE_REVIEW)
        return WZ_PAGE_REPORT;
    if (!choices->supported)
        return WZ_PAGE_VERSION;
    return page == WZ_PAGE_FILES && !choices->has_work ? WZ_PAGE_REPORT : page;
}
