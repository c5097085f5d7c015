/* A verdict on a file in full sentences. See media.h. */
#include "core/media.h"

#include "resource.h"

#include <stdlib.h>

static void say(const wz_words *words, unsigned id, const char *a, const char *b, const char *c, wz_text *out)
{
    const char *args[] = { a, b, c };
    size_t      count = c != NULL ? 3 : b != NULL ? 2 : a != NULL ? 1 : 0;

    if (out->length > 0 && out->at[out->length - 1] != ' ')
        wz_text_add(out, " ");
    if (count == 0)
        wz_text_add(out, wz_word(words, id));
    else
        wz_words_fill(words, id, args, count, out);
}

static char *kb_name(unsigned kb)
{
    wz_text text = { 0 };

    wz_text_add(&text, "KB");
    wz_text_add_number(&text, kb);
    return wz_text_take(&text);
}

static char *windows_name(const wz_content *content)
{
    wz_text text = { 0 };

    wz_text_add_version(&text, content->windows, 2);
    return wz_text_take(&text);
}

const char *wz_signature_kinds_name(unsigned kinds)
{
    static const char *const names[] = { "", "SHA-1", "SHA-2", "SHA-1 + SHA-2" };

    return names[kinds & (WZ_SIGNATURE_SHA1 | WZ_SIGNATURE_SHA2)];
}

void wz_content_name(const wz_content *content, wz_text *out)
{
    const char *architecture = wz_architecture_name(content->architecture);

    if (content->kb != 0) {
        wz_text_add(out, "KB");
        wz_text_add_number(out, content->kb);
    }
    if (architecture[0] != '\0') {
        wz_text_add(out, content->kb != 0 ? " " : "");
        wz_text_add(out, architecture);
    }
    if (content->windows.major != 0) {
        wz_text_add(out, content->kb != 0 || architecture[0] != '\0' ? " Windows " : "Windows ");
        wz_text_add_version(out, content->windows, 2);
    }
}

/* ---- the parts ---- */

static void say_rule(const wz_match *match, const wz_words *words, wz_text *out)
{
    if (match->verdict == WZ_FILE_OK_SIGNATURE)
        say(words, IDS_FILE_SAYS_RULE_SIGNATURE, NULL, NULL, NULL, out);
    if (match->by_site && wz_file_is_accepted(match->verdict))
        say(words, IDS_FILE_SAYS_SITE_HASH, NULL, NULL, NULL, out);
    if (match->hash_wins)
        say(words, IDS_FILE_SAYS_HASH_WINS, NULL, NULL, NULL, out);
}

static void say_signer(const wz_file *file, const wz_words *words, wz_text *out)
{
    const char *kinds = wz_signature_kinds_name(file->signature_kinds);

    if (file->signature != WZ_SIGNATURE_MICROSOFT || file->signer == NULL)
        return;
    if (kinds[0] != '\0')
        say(words, IDS_FILE_SAYS_SIGNER, file->signer, kinds, NULL, out);
    else
        say(words, IDS_FILE_SAYS_SIGNER_ONLY, file->signer, NULL, NULL, out);
}

static void say_inside(const wz_match *match, const wz_words *words, wz_text *out)
{
    const wz_content *content = &match->file->content;
    const char       *none = wz_word(words, IDS_FILE_SAYS_UNKNOWN);
    const char       *architecture = wz_architecture_name(content->architecture);
    char             *kb = content->kb != 0 ? kb_name(content->kb) : NULL;
    char             *windows = content->windows.major != 0 ? windows_name(content) : NULL;

    if (content->witnesses != 0)
        say(words, IDS_FILE_SAYS_INSIDE, kb != NULL ? kb : none, architecture[0] != '\0' ? architecture : none,
            windows != NULL ? windows : none, out);
    if (match->verdict == WZ_FILE_WRONG_WINDOWS && content->systems != NULL)
        say(words, IDS_FILE_SAYS_SYSTEMS, content->systems, NULL, NULL, out);
    free(kb);
    free(windows);
}

static void say_expected(const wz_match *match, const wz_words *words, wz_text *out)
{
    const char *architecture = match->offer != NULL ? wz_architecture_name(match->offer->architecture) : "";
    char       *kb;

    if (match->update == NULL || architecture[0] == '\0')
        return;
    if (match->verdict != WZ_FILE_WRONG_UPDATE && match->verdict != WZ_FILE_WRONG_ARCHITECTURE
        && match->verdict != WZ_FILE_WRONG_WINDOWS)
        return;
    kb = kb_name(match->update->kb);
    say(words, IDS_FILE_SAYS_EXPECTED, kb, architecture, NULL, out);
    free(kb);
}

static void say_error(const wz_match *match, const wz_words *words, wz_text *out)
{
    const wz_error *error = match->file->error.status != WZ_OK ? &match->file->error : &match->file->content.error;
    wz_text         text = { 0 };

    if (error->status == WZ_OK)
        return;
    wz_error_render(error, words, &text);
    say(words, IDS_FILE_SAYS_REASON, wz_text_at(&text), NULL, NULL, out);
    wz_text_clear(&text);
}

static void say_why_other(const wz_match *match, const wz_words *words, wz_text *out)
{
    if (match->taken != NULL)
        say(words, IDS_FILE_SAYS_TAKEN, match->taken->name, NULL, NULL, out);
    if (match->verdict == WZ_FILE_SUPERSEDED && match->by != NULL) {
        char *kb = kb_name(match->by->kb);

        say(words, IDS_FILE_SAYS_REPLACED, kb, NULL, NULL, out);
        free(kb);
    }
    if (match->reason != NULL) {
        wz_text_add(out, " ");
        wz_phrase_render(match->reason, words, out);
    }
}

void wz_match_explain(const wz_match *match, const wz_words *words, wz_text *out)
{
    wz_text_add(out, wz_word(words, wz_file_verdict_word(match->verdict)));
    if (match->file == NULL)
        return;
    say_rule(match, words, out);
    say_why_other(match, words, out);
    say_inside(match, words, out);
    say_expected(match, words, out);
    if (wz_file_is_accepted(match->verdict))
        say_signer(match->file, words, out);
    say_error(match, words, out);
}
