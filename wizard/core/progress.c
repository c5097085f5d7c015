#include "core/progress.h"

#include "resource.h"

void wz_progress_report(const wz_progress *progress, unsigned word, const char *arg, unsigned permille)
{
    wz_phrase   doing = { 0 };
    const char *args[] = { arg };

    if (progress == NULL || progress->report == NULL)
        return;
    wz_phrase_set(&doing, word, arg != NULL, args);
    progress->report(progress->context, &doing, permille);
    wz_phrase_clear(&doing);
}

/* In whole numbers: an x86 program would round a quotient of doubles in a way of its own. of is not 0. */
static unsigned permille_of(uint64_t part, uint64_t of)
{
    if (part >= of)
        return 1000;
    return (unsigned)(of > UINT64_MAX / 1000 ? part / (of / 1000) : part * 1000 / of);
}

void wz_progress_scan(const wz_progress *progress, const char *path, size_t files, size_t of_files, uint64_t bytes,
                      uint64_t of_bytes)
{
    const uint64_t numbers[] = { files, of_files, bytes / 1000000, (of_bytes + 999999) / 1000000 };
    const char    *args[1 + WZ_COUNT(numbers)] = { path };
    wz_text        digits[WZ_COUNT(numbers)] = { { 0 } };
    wz_phrase      doing = { 0 };
    unsigned       permille = 0;

    if (progress == NULL || progress->report == NULL)
        return;
    for (size_t i = 0; i < WZ_COUNT(numbers); i++) {
        wz_text_add_number(&digits[i], numbers[i]);
        args[1 + i] = wz_text_at(&digits[i]);
    }
    if (path != NULL)
        wz_phrase_set(&doing, IDS_DOING_SCAN, WZ_COUNT(args), args);
    else
        wz_phrase_set(&doing, IDS_DOING_SCAN_LIST, 0, NULL);
    if (path != NULL && of_bytes > 0)
        permille = permille_of(bytes, of_bytes);
    else if (path != NULL && files == of_files)
        permille = 1000;                               /* all of them are empty */
    progress->report(progress->context, &doing, permille);
    for (size_t i = 0; i < WZ_COUNT(numbers); i++)
        wz_text_clear(&digits[i]);
    wz_phrase_clear(&doing);
}

bool wz_progress_cancelled(const wz_progress *progress)
{
    return progress != NULL && progress->is_cancelled != NULL && progress->is_cancelled(progress->context);
}

static void part_report(void *context, const wz_phrase *doing, unsigned permille)
{
    const wz_progress_part *part = context;
    unsigned                inside = permille <= 1000 ? permille : 1000;

    if (part->outer != NULL && part->outer->report != NULL)
        part->outer->report(part->outer->context, doing, part->from + (part->to - part->from) * inside / 1000);
}

static bool part_is_cancelled(void *context)
{
    const wz_progress_part *part = context;

    return wz_progress_cancelled(part->outer);
}

void wz_progress_part_init(wz_progress_part *part, const wz_progress *outer, unsigned from, unsigned to,
                           bool may_cancel)
{
    *part = (wz_progress_part){ .outer = outer, .from = from, .to = to };
    part->inner.report = part_report;
    part->inner.is_cancelled = may_cancel ? part_is_cancelled : NULL;
    part->inner.context = part;
}
