#include "core/scan_result.h"

#include <stdlib.h>
#include <string.h>

static void scanned_clear(wz_scanned *file)
{
    free(file->path);
    free(file->name);
    free(file->product);
    free(file->company);
    free(file->version);
    free(file->signer);
    *file = (wz_scanned){ 0 };
}

void wz_scan_result_clear(wz_scan_result *result)
{
    for (size_t i = 0; i < result->scanned_count; i++)
        scanned_clear(&result->scanned[i]);
    for (size_t i = 0; i < result->program_count; i++) {
        free(result->programs[i].name);
        free(result->programs[i].company);
        free(result->programs[i].version);
    }
    for (size_t i = 0; i < result->known_count; i++) {
        free(result->known[i].name);
        free(result->known[i].company);
        free(result->known[i].version);
        free(result->known[i].words);
        free(result->known[i].source);
    }
    wz_findings_clear(&result->findings);
    free(result->scanned);
    free(result->programs);
    free(result->known);
    free(result->folder);
    free(result->suppressions);
    *result = (wz_scan_result){ 0 };
}

/* ---- filling ---- */

static int compare_files(const void *left, const void *right)
{
    const wz_scanned *a = left, *b = right;
    int               order = wz_compare_nocase(a->path, b->path);

    return order != 0 ? order : strcmp(a->path, b->path);
}

void wz_scan_result_add_file(wz_scan_result *result, wz_scanned *file)
{
    if (result->scanned_count >= WZ_SCANNED_MAX) {
        scanned_clear(file);
        return;
    }
    result->scanned = wz_grow(result->scanned, result->scanned_count, &result->scanned_room, sizeof *result->scanned);
    result->scanned[result->scanned_count++] = *file;
    *file = (wz_scanned){ 0 };
}

void wz_scan_result_add(wz_scan_result *result, wz_findings *of_file)
{
    wz_findings_move(&result->findings, of_file);
    if (result->findings.count >= 2 * WZ_SCAN_FINDINGS_MAX)
        wz_findings_keep(&result->findings, WZ_SCAN_FINDINGS_MAX);
}

void wz_scan_result_finish(wz_scan_result *result)
{
    wz_findings_keep(&result->findings, WZ_SCAN_FINDINGS_MAX);
    if (result->scanned_count > 1)
        qsort(result->scanned, result->scanned_count, sizeof *result->scanned, compare_files);
}

/* ---- asking ---- */

const wz_scanned *wz_scan_result_file(const wz_scan_result *result, const char *path)
{
    wz_scanned key = { .path = (char *)path };

    return result->scanned_count == 0
           ? NULL : bsearch(&key, result->scanned, result->scanned_count, sizeof *result->scanned, compare_files);
}

static size_t suppressed(const wz_scan_result *result, wz_grade lowest, wz_grade highest)
{
    size_t count = 0;

    for (size_t i = 0; i < result->findings.count; i++) {
        const wz_finding *finding = &result->findings.items[i];

        count += finding->suppressed != NULL && finding->grade >= lowest && finding->grade <= highest;
    }
    return count;
}

size_t wz_scan_result_open(const wz_scan_result *result, wz_grade grade)
{
    return result->findings.by_grade[grade] - suppressed(result, grade, grade);
}

size_t wz_scan_result_suppressed(const wz_scan_result *result)
{
    return suppressed(result, WZ_GRADE_D, WZ_GRADE_A);
}

size_t wz_scan_result_untold(const wz_scan_result *result)
{
    size_t count = result->unread;

    for (size_t i = 1; i < WZ_UNKNOWN_COUNT; i++)
        count += result->unknown[i];
    return count;
}
