#include "core/media.h"

#include "core/media_judge.h"
#include "resource.h"

#include <stdlib.h>
#include <string.h>

void wz_file_clear(wz_file *file)
{
    free(file->path);
    free(file->name);
    free(file->signer);
    wz_content_clear(&file->content);
    *file = (wz_file){ 0 };
}

void wz_files_clear(wz_files *files)
{
    for (size_t i = 0; i < files->count; i++)
        wz_file_clear(&files->items[i]);
    free(files->items);
    *files = (wz_files){ 0 };
}

/* ---- all files ---- */

/* A file whose bytes or content are another step's update is that one, whatever its name. */
static bool media_is_another(const wz_plan *plan, size_t step, const wz_file *file)
{
    if (!file->is_examined || file->error.status != WZ_OK)
        return false;
    for (size_t i = 0; i < plan->step_count; i++)
        if (i != step && (wz_judge_is_by_hash(plan->steps[i].update, file)
                          || file->content.kb == plan->steps[i].update->kb))
            return true;
    return false;
}

static void media_match_step(const wz_judge *judge, size_t step, const wz_files *files, wz_match *match)
{
    if (judge->plan->steps[step].is_pending) {
        match->verdict = WZ_FILE_NOT_NEEDED;
        return;
    }
    for (size_t i = 0; i < files->count; i++) {
        wz_match found;

        wz_judge_file(judge, match->update, &files->items[i], &found);
        if (wz_file_rank(found.verdict) <= wz_file_rank(match->verdict))
            continue;
        if (found.verdict != WZ_FILE_OK_SHA256 && found.verdict != WZ_FILE_OK_SHA1
            && media_is_another(judge->plan, step, found.file))
            continue;
        *match = found;
    }
}

void wz_media_match(const wz_plan *plan, const wz_catalogue *catalogue, const wz_files *files,
                    wz_architecture architecture, bool sha2_ready, wz_matches *out)
{
    wz_judge judge = { plan, catalogue, architecture, sha2_ready, !wz_catalogue_is_built_in(catalogue) };

    wz_matches_clear(out);
    out->items = wz_new_array(plan->step_count, wz_match);
    for (size_t i = 0; i < plan->step_count; i++) {
        wz_match *match = &out->items[out->count++];

        match->update = plan->steps[i].update;
        match->offer = wz_update_offer(match->update, architecture);
        match->verdict = WZ_FILE_MISSING;
        media_match_step(&judge, i, files, match);
    }
    wz_media_judge_others(&judge, files, out);
}

void wz_matches_clear(wz_matches *matches)
{
    free(matches->items);
    free(matches->others);
    *matches = (wz_matches){ 0 };
}

/* ---- answers ---- */

typedef struct media_verdict { unsigned word; const char *name; bool is_accepted; } media_verdict;

static media_verdict media_verdict_of(wz_file_verdict verdict)
{
    switch (verdict) {
    case WZ_FILE_MISSING:            return (media_verdict){ IDS_FILE_MISSING, "missing", false };
    case WZ_FILE_OK_SHA256:          return (media_verdict){ IDS_FILE_OK_SHA256, "sha256", true };
    case WZ_FILE_OK_SHA1:            return (media_verdict){ IDS_FILE_OK_SHA1, "sha1", true };
    case WZ_FILE_OK_SIGNATURE:       return (media_verdict){ IDS_FILE_OK_SIGNATURE, "signature", true };
    case WZ_FILE_NOT_CABINET:        return (media_verdict){ IDS_FILE_NOT_CABINET, "notCabinet", false };
    case WZ_FILE_WRONG_HASH:         return (media_verdict){ IDS_FILE_WRONG_HASH, "wrongHash", false };
    case WZ_FILE_NOT_TRUSTED:        return (media_verdict){ IDS_FILE_NOT_TRUSTED, "notTrusted", false };
    case WZ_FILE_NOT_YET:            return (media_verdict){ IDS_FILE_NOT_YET, "notYet", false };
    case WZ_FILE_WRONG_ARCHITECTURE: return (media_verdict){ IDS_FILE_WRONG_ARCHITECTURE, "wrongArchitecture", false };
    case WZ_FILE_UNREADABLE:         return (media_verdict){ IDS_FILE_UNREADABLE, "unreadable", false };
    case WZ_FILE_NOT_NEEDED:         return (media_verdict){ IDS_FILE_NOT_NEEDED, "notNeeded", true };
    case WZ_FILE_WRONG_WINDOWS:      return (media_verdict){ IDS_FILE_WRONG_WINDOWS, "wrongWindows", false };
    case WZ_FILE_WRONG_UPDATE:       return (media_verdict){ IDS_FILE_WRONG_UPDATE, "wrongUpdate", false };
    case WZ_FILE_DAMAGED:            return (media_verdict){ IDS_FILE_DAMAGED, "damaged", false };
    case WZ_FILE_CONTENT_UNREAD:     return (media_verdict){ IDS_FILE_CONTENT_UNREAD, "contentUnread", false };
    case WZ_FILE_CONTRADICTORY:      return (media_verdict){ IDS_FILE_CONTRADICTORY, "contradictory", false };
    case WZ_FILE_GATED:              return (media_verdict){ IDS_FILE_GATED, "gated", false };
    case WZ_FILE_SPARE:              return (media_verdict){ IDS_FILE_SPARE, "spare", false };
    case WZ_FILE_SUPERSEDED:         return (media_verdict){ IDS_FILE_SUPERSEDED, "superseded", false };
    case WZ_FILE_NOT_IN_PLAN:        return (media_verdict){ IDS_FILE_NOT_IN_PLAN, "unused", false };
    case WZ_FILE_UNKNOWN:            return (media_verdict){ IDS_FILE_UNKNOWN, "unknown", false };
    case WZ_FILE_VERDICT_COUNT:      break;
    }
    return (media_verdict){ IDS_FILE_MISSING, "missing", false };
}

bool wz_file_is_accepted(wz_file_verdict verdict)
{
    return media_verdict_of(verdict).is_accepted;
}

unsigned wz_file_verdict_word(wz_file_verdict verdict)
{
    return media_verdict_of(verdict).word;
}

const char *wz_file_verdict_name(wz_file_verdict verdict)
{
    return media_verdict_of(verdict).name;
}

bool wz_matches_complete(const wz_matches *matches)
{
    for (size_t i = 0; i < matches->count; i++)
        if (!wz_file_is_accepted(matches->items[i].verdict))
            return false;
    return true;
}
