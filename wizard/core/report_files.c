/* See report_parts.h: the update files, those of the steps and the others. */
#include "core/report_parts.h"

#include "resource.h"

enum {
    FILE_RULE, FILE_UPDATE, FILE_NAME, FILE_EXPECTED, FILE_SIZE, FILE_SHA1, FILE_SHA256, FILE_SIGNER, FILE_SIGNATURE,
    FILE_ERROR, FILE_CONTENT, FILE_KINDS
};

static const char *file_verdict(wz_file_verdict verdict)
{
    switch (verdict) {
    case WZ_FILE_MISSING:
        return wz_verdict_name(WZ_VERDICT_ACTION);
    case WZ_FILE_NOT_YET:
    case WZ_FILE_UNREADABLE:
    case WZ_FILE_CONTENT_UNREAD:
        return wz_verdict_name(WZ_VERDICT_UNKNOWN);
    case WZ_FILE_SPARE:
    case WZ_FILE_SUPERSEDED:
    case WZ_FILE_NOT_IN_PLAN:
    case WZ_FILE_UNKNOWN:
        return NULL;                                   /* nothing is to be done about it */
    default:
        return wz_verdict_name(wz_file_is_accepted(verdict) ? WZ_VERDICT_READY : WZ_VERDICT_BLOCKED);
    }
}

static void put_number(const wz_maker *maker, wz_row *row, size_t column, unsigned pattern, uint64_t value)
{
    wz_text     number = { 0 }, text = { 0 };
    const char *args[1];

    wz_text_add_number(&number, value);
    args[0] = wz_text_at(&number);
    wz_words_fill(maker->words, pattern, args, WZ_COUNT(args), &text);
    wz_row_put(row, column, wz_text_at(&text), wz_text_at(&number));
    wz_text_clear(&number);
    wz_text_clear(&text);
}

static void put_code(const wz_maker *maker, wz_row *row, size_t column, uint32_t code)
{
    wz_text text = { 0 }, number = { 0 };

    wz_text_add_code(&text, maker->words, IDS_DOC_CODE, code);
    wz_text_add_number(&number, code);
    wz_row_put(row, column, wz_text_at(&text), wz_text_at(&number));
    wz_text_clear(&text);
    wz_text_clear(&number);
}

static void put_text(wz_row *row, size_t column, const char *text)
{
    if (text != NULL && *text != '\0')
        wz_row_put(row, column, text, NULL);
}

static void put_file(const wz_maker *maker, wz_row *row, const wz_file *file)
{
    const wz_error *error = file->error.status != WZ_OK ? &file->error : &file->content.error;
    wz_text         text = { 0 };

    wz_row_put(row, FILE_NAME, file->name, NULL);
    put_number(maker, row, FILE_SIZE, IDS_DOC_BYTES, file->bytes);
    if (file->is_examined) {
        wz_row_put(row, FILE_SHA1, file->sha1, NULL);
        wz_row_put(row, FILE_SHA256, file->sha256, NULL);
        wz_row_put(row, FILE_SIGNER, file->signer, NULL);
        if (file->signature == WZ_SIGNATURE_INVALID)
            put_code(maker, row, FILE_SIGNATURE, file->signature_code);
        wz_content_name(&file->content, &text);
        put_text(row, FILE_CONTENT, wz_text_at(&text));
        put_text(row, FILE_KINDS, wz_signature_kinds_name(file->signature_kinds));
        wz_text_clear(&text);
    }
    if (error->status != WZ_OK) {
        wz_error_render(error, maker->words, &text);
        wz_row_put(row, FILE_ERROR, wz_text_at(&text), NULL);
        wz_text_clear(&text);
    }
}

/* number: of a file without a KB, from 1 */
static void add_match(const wz_maker *maker, wz_section *section, const wz_match *match, size_t number)
{
    wz_text id = { 0 }, text = { 0 };
    wz_row *row;

    if (match->update != NULL) {
        wz_text_add_kb(&id, match->update->kb);
    } else {
        wz_text_add(&id, "file-");
        wz_text_add_number(&id, number);
    }
    row = wz_section_add(section, wz_text_at(&id), file_verdict(match->verdict));
    wz_match_explain(match, maker->words, &text);
    wz_row_put(row, FILE_RULE, wz_text_at(&text), wz_file_verdict_name(match->verdict));
    if (match->update != NULL)
        wz_row_kb(row, FILE_UPDATE, match->update->kb);
    if (match->offer != NULL)
        wz_row_put(row, FILE_EXPECTED, match->offer->name, NULL);
    if (match->file != NULL)
        put_file(maker, row, match->file);
    wz_text_clear(&id);
    wz_text_clear(&text);
}

void wz_report_add_files(const wz_maker *maker)
{
    static const char *const names[]  = {
        "rule", "update", "file", "expected", "size", "sha1", "sha256", "signer", "signatureCheck", "error",
        "content", "signatureKinds",
    };
    static const unsigned    titles[] = {
        IDS_DOC_COL_RULE, IDS_DOC_COL_UPDATE, IDS_DOC_COL_FILE, IDS_DOC_COL_EXPECTED, IDS_DOC_COL_SIZE,
        IDS_DOC_COL_SHA1, IDS_DOC_COL_SHA256, IDS_DOC_COL_SIGNER, IDS_DOC_COL_SIGNATURE_CODE, IDS_DOC_COL_ERROR,
        IDS_FILE_COL_INSIDE, IDS_FILE_COL_SIGNATURES,
    };
    const wz_session *session = maker->session;
    const wz_matches *matches = &session->matches;
    wz_section       *section = wz_maker_section(maker, "files", IDS_DOC_FILES, &WZ_COLUMNS(names, titles, 3));
    const char       *args[1];
    bool              by_signature = false;

    if (session->plan != NULL && session->plan->step_count == 0) {
        wz_maker_lead(maker, section, IDS_DOC_FILES_NO_STEPS, NULL, 0);
        return;
    }
    if (session->media_folder == NULL || session->plan == NULL) {
        wz_maker_lead(maker, section, IDS_DOC_FILES_NONE, NULL, 0);
        return;
    }
    args[0] = session->media_folder;
    wz_maker_lead(maker, section, IDS_DOC_FILES_FOLDER, args, WZ_COUNT(args));
    for (size_t i = 0; i < matches->count; i++) {
        add_match(maker, section, &matches->items[i], 0);
        by_signature = by_signature || matches->items[i].verdict == WZ_FILE_OK_SIGNATURE;
    }
    for (size_t i = 0; i < matches->other_count; i++)
        add_match(maker, section, &matches->others[i], i + 1);
    if (by_signature)
        wz_maker_lead(maker, section, IDS_DOC_REVOCATION, NULL, 0);
}
