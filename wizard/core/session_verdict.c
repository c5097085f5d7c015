/* The assessment in one sentence, and as an exit code: design.md section 5. */
#include "core/session.h"

#include "resource.h"

#include <string.h>

static void say(wz_phrase *sentence, unsigned id)
{
    if (sentence != NULL)
        wz_phrase_set(sentence, id, 0, NULL);
}

static void say_numbers(wz_phrase *sentence, unsigned id, size_t first, size_t second)
{
    wz_text     one = { 0 };
    wz_text     two = { 0 };
    const char *args[2];

    if (sentence == NULL)
        return;
    wz_text_add_number(&one, first);
    wz_text_add_number(&two, second);
    args[0] = wz_text_at(&one);
    args[1] = wz_text_at(&two);
    wz_phrase_set(sentence, id, WZ_COUNT(args), args);
    wz_text_clear(&one);
    wz_text_clear(&two);
}

static size_t count_checks(const wz_session *session, wz_verdict verdict)
{
    size_t count = 0;

    for (size_t i = 0; i < WZ_CHECK_COUNT; i++)
        count += session->checks.items[i].verdict == verdict;
    return count;
}

/* What there is to do, and whether an installation of this computer has tried it already. */
static unsigned word_of_work(const wz_session *session)
{
    if (session->opened_from != NULL || session->journal == NULL)
        return IDS_ASSESSED_UPDATES;
    if (wz_journal_is_open(session->journal))
        return IDS_ASSESSED_CONTINUE;
    return session->journal->state == WZ_JOURNAL_DONE ? IDS_ASSESSED_UPDATES : IDS_ASSESSED_FAILED;
}

/* The plan has steps: may they be installed? One blocked check forbids it; one without an answer leaves it open. */
static wz_exit verdict_of_work(const wz_session *session, wz_phrase *sentence)
{
    size_t blocked = count_checks(session, WZ_VERDICT_BLOCKED);
    size_t unknown = count_checks(session, WZ_VERDICT_UNKNOWN);

    if (session->opened_from == NULL && session->journal != NULL && session->journal->state == WZ_JOURNAL_RESTART &&
        !wz_journal_has_restarted(session->journal, session->snapshot)) {
        say(sentence, IDS_ASSESSED_RESTART);
        return WZ_EXIT_BLOCKED;
    }
    if (blocked > 0) {
        say_numbers(sentence, IDS_ASSESSED_BLOCKED, blocked, 0);
        return WZ_EXIT_BLOCKED;
    }
    if (unknown > 0) {
        say_numbers(sentence, IDS_ASSESSED_UNKNOWN, unknown, 0);
        return WZ_EXIT_UNKNOWN;
    }
    say_numbers(sentence, word_of_work(session), session->plan->step_count, session->plan->restarts);
    return WZ_EXIT_UPDATES;
}

wz_exit wz_session_verdict(const wz_session *session, wz_phrase *sentence)
{
    if (session->snapshot == NULL || session->plan == NULL || session->system == WZ_SYSTEM_UNKNOWN) {
        say(sentence, IDS_ASSESSED_SYSTEM_UNKNOWN);
        return WZ_EXIT_UNKNOWN;
    }
    if (session->plan->state == WZ_PLAN_UNSUPPORTED || !wz_system_is_supported(session->system)) {
        say(sentence, IDS_ASSESSED_UNSUPPORTED);
        return WZ_EXIT_UNSUPPORTED;
    }
    switch (session->plan->state) {
    case WZ_PLAN_NOTHING:
        say(sentence, IDS_ASSESSED_DONE);
        return WZ_EXIT_DONE;
    case WZ_PLAN_NOT_ALLOWED:
        if (sentence != NULL)
            wz_phrase_copy(sentence, &session->plan->why);
        return WZ_EXIT_BLOCKED;
    case WZ_PLAN_READY:
    case WZ_PLAN_UNSUPPORTED:
        break;
    }
    return verdict_of_work(session, sentence);
}
