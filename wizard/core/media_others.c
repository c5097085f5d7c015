/* The files that no step took: why not, for each. See media.h. */
#include "core/media_judge.h"

#include <string.h>

static const wz_match *item_of(const wz_matches *matches, const wz_update *update)
{
    for (size_t i = 0; i < matches->count; i++)
        if (matches->items[i].update == update)
            return &matches->items[i];
    return NULL;
}

static bool is_taken(const wz_matches *matches, const wz_file *file)
{
    for (size_t i = 0; i < matches->count; i++)
        if (matches->items[i].file == file)
            return true;
    return false;
}

/* The step for which it says most; WZ_FILE_MISSING when it is none's. */
static void best_step(const wz_judge *judge, const wz_matches *matches, const wz_file *file, wz_match *out)
{
    for (size_t i = 0; i < matches->count; i++) {
        wz_match match;

        wz_judge_file(judge, matches->items[i].update, file, &match);
        if (wz_file_rank(match.verdict) > wz_file_rank(out->verdict))
            *out = match;
    }
}

/* Which row of the catalogue it is, by hash, content or name; NULL. */
static const wz_update *update_of(const wz_judge *judge, const wz_file *file)
{
    unsigned kb = wz_judge_kb(file);

    for (size_t i = 0; i < wz_catalogue_count(judge->catalogue); i++)
        if (wz_judge_is_by_hash(wz_catalogue_at(judge->catalogue, i), file))
            return wz_catalogue_at(judge->catalogue, i);
    return kb != 0 ? wz_catalogue_find(judge->catalogue, kb) : NULL;
}

static const wz_phrase *reason_of(const wz_plan *plan, const wz_update *update)
{
    for (size_t i = 0; i < plan->omission_count; i++)
        if (plan->omissions[i].update == update)
            return &plan->omissions[i].reason;
    return NULL;
}

static const wz_update *replaced_by(const wz_judge *judge, const wz_update *update)
{
    const wz_update *target = wz_catalogue_target(judge->catalogue, judge->plan->target);

    for (size_t i = 0; i < judge->plan->step_count; i++)
        if (wz_catalogue_replaces(judge->catalogue, judge->plan->steps[i].update->kb, update->kb))
            return judge->plan->steps[i].update;
    return wz_catalogue_replaces(judge->catalogue, target->kb, update->kb) ? target : NULL;
}

static wz_file_verdict outside_plan(const wz_judge *judge, wz_match *out)
{
    const wz_file  *file = out->file;
    bool            is_program = !file->is_cabinet && strlen(file->name) > 4
                                 && wz_equal_nocase(file->name + strlen(file->name) - 4, ".exe");
    wz_file_verdict content;

    if (!file->is_examined || file->error.status != WZ_OK)
        return WZ_FILE_UNREADABLE;
    if (!file->is_cabinet && !is_program)
        return WZ_FILE_NOT_CABINET;
    content = wz_judge_content(judge, file);
    if (content != WZ_FILE_MISSING)
        return content;
    if (out->update == NULL)
        return WZ_FILE_UNKNOWN;
    out->by = replaced_by(judge, out->update);
    if (out->by != NULL && out->by != out->update)
        return WZ_FILE_SUPERSEDED;
    out->reason = reason_of(judge->plan, out->update);
    return WZ_FILE_NOT_IN_PLAN;
}

void wz_media_judge_others(const wz_judge *judge, const wz_files *files, wz_matches *out)
{
    out->others = wz_new_array(files->count, wz_match);
    for (size_t i = 0; i < files->count; i++) {
        wz_match        match = { .file = &files->items[i] };
        const wz_match *item;

        if (is_taken(out, match.file))
            continue;
        best_step(judge, out, match.file, &match);
        item = match.verdict != WZ_FILE_MISSING ? item_of(out, match.update) : NULL;
        if (item == NULL) {
            match.update = update_of(judge, match.file);
            match.verdict = outside_plan(judge, &match);
        } else if (item->verdict == WZ_FILE_NOT_NEEDED) {
            match.verdict = WZ_FILE_NOT_IN_PLAN;
        } else if (wz_file_is_accepted(match.verdict)) {
            match.verdict = WZ_FILE_SPARE;
            match.taken = item->file;
        }
        out->others[out->other_count++] = match;
    }
}
