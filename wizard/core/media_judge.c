#include "core/media_judge.h"

#include <string.h>

static bool is_readable(const wz_file *file)
{
    return file->is_examined && file->error.status == WZ_OK;
}

static bool is_program(const wz_file *file)
{
    size_t length = strlen(file->name);

    return length > 4 && wz_equal_nocase(file->name + length - 4, ".exe");
}

static const char *ending_of(const char *name)
{
    const char *dot = strrchr(name, '.');

    return dot != NULL ? dot : "";
}

/* ---- by hash ---- */

/* The verdict when the file's bytes are this offer; WZ_FILE_MISSING when they are not. */
static wz_file_verdict same_bytes(const wz_offer *offer, const wz_file *file)
{
    if (offer->sha256 != NULL)
        return wz_equal_nocase(offer->sha256, file->sha256) ? WZ_FILE_OK_SHA256 : WZ_FILE_MISSING;
    if (offer->sha1 != NULL && wz_equal_nocase(offer->sha1, file->sha1))
        return WZ_FILE_OK_SHA1;
    return WZ_FILE_MISSING;
}

static wz_file_verdict by_hash(const wz_update *update, const wz_file *file, wz_architecture architecture)
{
    wz_file_verdict verdict = WZ_FILE_MISSING;

    for (size_t i = 0; i < update->offer_count; i++) {
        const wz_offer *offer = &update->offers[i];
        wz_file_verdict same = same_bytes(offer, file);

        if (same != WZ_FILE_MISSING && offer->architecture == architecture)
            return same;
        if (same != WZ_FILE_MISSING)
            verdict = WZ_FILE_WRONG_ARCHITECTURE;
    }
    return verdict;
}

bool wz_judge_is_by_hash(const wz_update *update, const wz_file *file)
{
    return is_readable(file) && by_hash(update, file, WZ_ARCH_UNKNOWN) != WZ_FILE_MISSING;
}

/* Does the catalogue know a hash that this file would have to have? */
static bool hash_is_known(const wz_update *update, const wz_file *file, wz_architecture architecture)
{
    for (size_t i = 0; i < update->offer_count; i++) {
        const wz_offer *offer = &update->offers[i];

        if (offer->architecture == architecture && (offer->sha1 != NULL || offer->sha256 != NULL)
            && (offer->name == NULL || wz_equal_nocase(ending_of(offer->name), ending_of(file->name))))
            return true;
    }
    return false;
}

/* ---- by content ---- */

wz_file_verdict wz_judge_content(const wz_judge *judge, const wz_file *file)
{
    const wz_content *content = &file->content;
    bool              is_broken = content->error.status == WZ_E_FORMAT || content->error.status == WZ_E_LIMIT;

    /* A cabinet that cannot be opened at all; one that was read in part is judged by what it says first. */
    if (content->is_asked && content->witnesses == 0 && is_broken)
        return WZ_FILE_DAMAGED;
    if (content->windows.major != 0 && (content->windows.major != 6 || content->windows.minor != 0))
        return WZ_FILE_WRONG_WINDOWS;
    if (content->names_systems && !content->for_server_2008)
        return WZ_FILE_WRONG_WINDOWS;
    if (content->is_other_architecture
        || (content->architecture != WZ_ARCH_UNKNOWN && content->architecture != judge->architecture))
        return WZ_FILE_WRONG_ARCHITECTURE;
    if (content->is_contradictory)
        return WZ_FILE_CONTRADICTORY;
    return is_broken ? WZ_FILE_DAMAGED : WZ_FILE_MISSING;
}

/* Also with the update that it should be. */
static wz_file_verdict content_for(const wz_judge *judge, const wz_update *update, const wz_file *file)
{
    wz_file_verdict verdict = wz_judge_content(judge, file);

    if (verdict == WZ_FILE_MISSING && file->content.kb != 0 && file->content.kb != update->kb)
        return WZ_FILE_WRONG_UPDATE;
    if (verdict == WZ_FILE_MISSING && file->content.is_esu_gated && update->programme == WZ_PROGRAMME_FREE)
        return WZ_FILE_GATED;
    return verdict;
}

/* Nothing is wrong with it, and nothing is missing in it. */
static bool content_is_clear(const wz_file *file)
{
    const wz_content *content = &file->content;

    return content->error.status == WZ_OK && content->kb != 0 && content->windows.major != 0
        && content->architecture != WZ_ARCH_UNKNOWN;
}

/* ---- together ---- */

unsigned wz_judge_kb(const wz_file *file)
{
    unsigned        kb = 0;
    wz_architecture named;

    if (is_readable(file) && file->content.kb != 0)
        return file->content.kb;
    wz_file_name_parse(file->name, &kb, &named);
    return kb;
}

static void judge_hashed(const wz_judge *judge, wz_match *out)
{
    bool            is_cabinet = out->file->is_cabinet;
    wz_file_verdict content = is_cabinet ? content_for(judge, out->update, out->file) : WZ_FILE_MISSING;

    if (out->verdict != WZ_FILE_OK_SHA256 && out->verdict != WZ_FILE_OK_SHA1)
        return;
    if (judge->is_site) {
        out->by_site = true;
        if (content != WZ_FILE_MISSING)
            out->verdict = content;
        else if (is_cabinet && !content_is_clear(out->file))
            out->verdict = WZ_FILE_CONTENT_UNREAD;
    } else {
        out->hash_wins = content != WZ_FILE_MISSING || (is_cabinet && out->file->content.error.status != WZ_OK);
    }
}

/* Name or content say that it is this update; its bytes are not in the catalogue. */
static wz_file_verdict judge_unhashed(const wz_judge *judge, const wz_update *update, const wz_file *file,
                                      wz_architecture named)
{
    wz_file_verdict content;

    if (!file->is_cabinet && !is_program(file))
        return WZ_FILE_NOT_CABINET;
    content = file->is_cabinet ? content_for(judge, update, file) : WZ_FILE_MISSING;
    if (content != WZ_FILE_MISSING)
        return content;
    if (file->content.architecture == WZ_ARCH_UNKNOWN && named != judge->architecture)
        return WZ_FILE_WRONG_ARCHITECTURE;
    if (hash_is_known(update, file, judge->architecture))
        return WZ_FILE_WRONG_HASH;
    if (file->signature == WZ_SIGNATURE_INVALID && !judge->sha2_ready && update->needs_sha2)
        return WZ_FILE_NOT_YET;
    if (file->signature != WZ_SIGNATURE_MICROSOFT)
        return WZ_FILE_NOT_TRUSTED;
    return file->is_cabinet && !content_is_clear(file) ? WZ_FILE_CONTENT_UNREAD : WZ_FILE_OK_SIGNATURE;
}

void wz_judge_file(const wz_judge *judge, const wz_update *update, const wz_file *file, wz_match *out)
{
    unsigned        kb = 0;
    wz_architecture named = WZ_ARCH_UNKNOWN;
    bool            is_named;

    *out = (wz_match){ .update = update, .offer = wz_update_offer(update, judge->architecture), .file = file };
    out->verdict = is_readable(file) ? by_hash(update, file, judge->architecture) : WZ_FILE_MISSING;
    if (out->verdict != WZ_FILE_MISSING) {
        judge_hashed(judge, out);
        return;
    }
    is_named = wz_file_name_parse(file->name, &kb, &named) && kb == update->kb;
    if (is_readable(file)) {
        if (is_named || file->content.kb == update->kb)
            out->verdict = judge_unhashed(judge, update, file, named);
    } else if (is_named) {
        out->verdict = named == judge->architecture ? WZ_FILE_UNREADABLE : WZ_FILE_WRONG_ARCHITECTURE;
    }
}

int wz_file_rank(wz_file_verdict verdict)
{
    switch (verdict) {
    case WZ_FILE_VERDICT_COUNT:
    case WZ_FILE_SPARE:
    case WZ_FILE_SUPERSEDED:
    case WZ_FILE_NOT_IN_PLAN:
    case WZ_FILE_UNKNOWN:
    case WZ_FILE_MISSING:            return 0;
    case WZ_FILE_WRONG_WINDOWS:      return 1;
    case WZ_FILE_WRONG_ARCHITECTURE: return 2;
    case WZ_FILE_WRONG_UPDATE:       return 3;
    case WZ_FILE_UNREADABLE:         return 4;
    case WZ_FILE_NOT_CABINET:        return 5;
    case WZ_FILE_DAMAGED:            return 6;
    case WZ_FILE_CONTRADICTORY:      return 7;
    case WZ_FILE_CONTENT_UNREAD:     return 8;
    case WZ_FILE_GATED:              return 9;
    case WZ_FILE_NOT_TRUSTED:        return 10;
    case WZ_FILE_WRONG_HASH:         return 11;
    case WZ_FILE_NOT_YET:            return 12;
    case WZ_FILE_OK_SIGNATURE:       return 13;
    case WZ_FILE_OK_SHA1:            return 14;
    case WZ_FILE_OK_SHA256:          return 15;
    case WZ_FILE_NOT_NEEDED:         return 16;
    }
    return 0;
}
