#include "core/scan_filter.h"

#include "resource.h"

static bool shows(wz_scan_filter filter, const wz_finding *finding)
{
    bool is_open = finding->grade != WZ_GRADE_NONE && finding->suppressed == NULL;

    switch (filter) {
    case WZ_SHOW_OPEN:     return is_open;
    case WZ_SHOW_A:        return is_open && finding->grade == WZ_GRADE_A;
    case WZ_SHOW_B:        return is_open && finding->grade == WZ_GRADE_B;
    case WZ_SHOW_C:        return is_open && finding->grade == WZ_GRADE_C;
    case WZ_SHOW_D:        return is_open && finding->grade == WZ_GRADE_D;
    case WZ_SHOW_DECIDED:  return finding->suppressed != NULL;
    case WZ_SHOW_HARMLESS: return finding->grade == WZ_GRADE_NONE && finding->suppressed == NULL;
    case WZ_SHOW_UNTOLD:
    case WZ_SHOW_COUNT:    break;
    }
    return false;
}

size_t wz_scan_rows(const wz_scan_result *result, wz_scan_filter filter, size_t **rows)
{
    bool   is_untold = filter == WZ_SHOW_UNTOLD;
    size_t all = is_untold ? result->scanned_count : result->findings.count;
    size_t count = 0, room = 0;
    size_t *list = NULL;

    for (size_t i = 0; i < all; i++) {
        if (is_untold ? wz_scanned_untold_word(&result->scanned[i]) == 0 : !shows(filter, &result->findings.items[i]))
            continue;
        if (rows != NULL) {
            list = wz_grow(list, count, &room, sizeof *list);
            list[count] = i;
        }
        count++;
    }
    if (rows != NULL)
        *rows = list;
    return count;
}

static void say_grade(wz_grade grade, const wz_words *words, wz_text *out)
{
    const char *args[] = { wz_grade_name(grade), wz_word(words, wz_grade_word(grade)) };

    wz_words_fill(words, IDS_COMPATIBILITY_GRADE, args, 2, out);
}

void wz_finding_say_grade(const wz_finding *finding, const wz_words *words, wz_text *out)
{
    say_grade(finding->grade, words, out);
}

void wz_scan_filter_say(wz_scan_filter filter, size_t count, const wz_words *words, wz_text *out)
{
    wz_text     name = { 0 }, number = { 0 };
    const char *args[2];

    switch (filter) {
    case WZ_SHOW_A:        say_grade(WZ_GRADE_A, words, &name); break;
    case WZ_SHOW_B:        say_grade(WZ_GRADE_B, words, &name); break;
    case WZ_SHOW_C:        say_grade(WZ_GRADE_C, words, &name); break;
    case WZ_SHOW_D:        say_grade(WZ_GRADE_D, words, &name); break;
    case WZ_SHOW_DECIDED:  wz_text_add(&name, wz_word(words, IDS_COMPATIBILITY_DECIDED)); break;
    case WZ_SHOW_HARMLESS: wz_text_add(&name, wz_word(words, IDS_SCAN_GRADE_NONE)); break;
    case WZ_SHOW_UNTOLD:   wz_text_add(&name, wz_word(words, IDS_COMPATIBILITY_UNTOLD)); break;
    case WZ_SHOW_OPEN:
    case WZ_SHOW_COUNT:    wz_text_add(&name, wz_word(words, IDS_COMPATIBILITY_OPEN)); break;
    }
    wz_text_add_number(&number, count);
    args[0] = wz_text_at(&name);
    args[1] = wz_text_at(&number);
    wz_words_fill(words, IDS_PAIR, args, 2, out);
    wz_text_clear(&name);
    wz_text_clear(&number);
}

/* ---- one of them ---- */

static void end_line(wz_text *out)
{
    if (out->length > 0 && out->at[out->length - 1] != '\n')
        wz_text_add(out, "\n");
}

/* Where it was found, whose it is, who signed it: on one line. */
static void say_origin(const wz_scanned *file, const wz_words *words, wz_text *out)
{
    wz_text about = { 0 };

    if (file == NULL)
        return;
    wz_scanned_say(file, words, &about);
    const char *args[] = { wz_word(words, wz_scan_place_word(file->place)), wz_text_at(&about) };
    if (about.length > 0)
        wz_words_fill(words, IDS_PAIR, args, WZ_COUNT(args), out);
    else
        wz_text_add(out, args[0]);
    end_line(out);
    wz_text_clear(&about);
}

static void say_evidence(const wz_finding *finding, const wz_words *words, wz_text *out)
{
    wz_text place = { 0 };

    wz_finding_say_place(finding, words, &place);
    const char *args[] = { wz_text_at(&place), finding->place };
    wz_words_fill(words, IDS_PAIR, args, WZ_COUNT(args), out);
    wz_text_clear(&place);
    if (finding->bytes != NULL) {
        wz_text_add(out, "  [");
        wz_text_add(out, finding->bytes);
        wz_text_add(out, "]");
    }
    end_line(out);
}

void wz_scan_say_finding(const wz_scan_result *result, const wz_finding *finding, const wz_words *words, wz_text *out)
{
    const char *args[] = { finding->suppressed };
    wz_text     sentences = { 0 };

    wz_text_add(out, finding->path);
    end_line(out);
    if (finding->suppressed != NULL) {
        wz_words_fill(words, IDS_COMPATIBILITY_REASON, args, 1, out);
        end_line(out);
    }
    wz_finding_explain(finding, words, &sentences);
    wz_text_add(out, wz_text_at(&sentences));
    end_line(out);
    say_evidence(finding, words, out);
    say_origin(wz_scan_result_file(result, finding->path), words, out);
    wz_text_clear(&sentences);
}

void wz_scan_say_untold(const wz_scanned *file, const wz_words *words, wz_text *out)
{
    wz_text_add(out, file->path);
    end_line(out);
    wz_text_add(out, wz_word(words, wz_scanned_untold_word(file)));
    end_line(out);
    if (file->error.status != WZ_OK) {
        wz_error_render(&file->error, words, out);
        end_line(out);
    }
    say_origin(file, words, out);
}
