/*
 * bench_scan: the compatibility scan as a native program, to be measured from outside beside other programs.
 *
 *   bench_scan table           the confusion table of build/compat; 1 when it is worse than the bars
 *   bench_scan hunt LIST       each file of LIST (one path a line) searched for the numbers as text, nothing more
 *   bench_scan code LIST       the same with the numbers as they stand in code
 *   bench_scan files LIST      each file scanned as the product does; a line for each finding of grade A to D, its
 *                              grade, rule, path, offset and place between tabs
 *   bench_scan decode FILE ARCH   x64 or x86: the rows of a decode-ARCH.bin, each length compared
 *
 * One thread. Files are mapped where that can be done, as the product does it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scan/confusion.h"
#include "scan/corpus.h"
#include "scan/decode.h"
#include "scan/hunt.h"

#ifndef _WIN32
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

enum { BLOCK = 256 * 1024 };
enum { RECALL_BAR = 950, FALSE_BAR = 10 };             /* tenths of a percent */

void wz_out_of_memory(void)
{
    fputs("bench_scan: out of memory\n", stderr);
    abort();
}

typedef struct source {
    wz_view bytes;
    wz_text copy;
} source;

static bool source_open(const char *path, source *out)
{
    *out = (source){ { "", 0 }, { 0 } };
#ifndef _WIN32
    struct stat about;
    int         file = open(path, O_RDONLY);
    void       *view;

    if (file < 0)
        return false;
    if (fstat(file, &about) != 0 || about.st_size <= 0) {
        close(file);
        return true;
    }
    view = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    close(file);
    if (view == MAP_FAILED)
        return false;
    out->bytes = (wz_view){ view, (size_t)about.st_size };
    return true;
#else
    if (!corpus_read_any(path, &out->copy))
        return false;
    out->bytes = (wz_view){ wz_text_at(&out->copy), out->copy.length };
    return true;
#endif
}

static void source_close(source *from)
{
#ifndef _WIN32
    if (from->bytes.length > 0)
        munmap((void *)(uintptr_t)from->bytes.at, from->bytes.length);
#endif
    wz_text_clear(&from->copy);
}

typedef struct sums {
    unsigned           files, missing, cannot_tell;
    unsigned long long bytes;
    size_t             hits;
    wz_findings        list;
    char               block[BLOCK + 8];
} sums;

static void hunt(wz_view bytes, wz_prey prey, sums *out)
{
    wz_hunt_way    way = wz_hunt_best();
    const uint8_t *at = (const uint8_t *)bytes.at;

    for (size_t i = wz_hunt(way, prey, at, bytes.length, 0); i < bytes.length;
         i = wz_hunt(way, prey, at, bytes.length, i + 1))
        out->hits += prey == WZ_PREY_TEXT ? bytes.length - i >= 4 && memcmp(at + i, "6002", 4) == 0 : at[i] == 0x72;
}

/* Block after block, as programs that search files do; the last bytes of a block are seen with the next one. */
static void hunt_file(const char *path, wz_prey prey, sums *out)
{
    static const size_t carried = 3;
    char               *block = out->block;
    size_t              kept = 0, got;
    FILE               *file = fopen(path, "rb");

    if (file == NULL) {
        out->missing++;
        return;
    }
    setvbuf(file, NULL, _IONBF, 0);
    out->files++;
    while ((got = fread(block + kept, 1, BLOCK, file)) > 0) {
        out->bytes += got;
        got += kept;
        hunt((wz_view){ block, got }, prey, out);
        kept = got < carried ? got : carried;
        memmove(block, block + got - kept, kept);
    }
    fclose(file);
}

static void scan_file(const char *path, sums *out)
{
    source       from;
    wz_scan_note note;

    if (!source_open(path, &from)) {
        out->missing++;
        return;
    }
    out->files++;
    out->bytes += from.bytes.length;
    if (wz_scan_file(path, from.bytes, NULL, &out->list, &note) == WZ_OK)
        out->cannot_tell += note.unknown != WZ_UNKNOWN_NOT;
    source_close(&from);
}

static int look_at_all(const char *what, const char *list_path)
{
    sums   *sum = wz_new(sums);
    wz_text list = { 0 };
    int     code;

    if (!corpus_read_any(list_path, &list)) {
        fprintf(stderr, "bench_scan: %s: cannot be read\n", list_path);
        free(sum);
        return 2;
    }
    for (const char *at = wz_text_at(&list); *at != '\0'; at += strspn(at, "\r\n")) {
        size_t length = strcspn(at, "\r\n");
        char  *path = wz_copy_part(at, length);

        if (strcmp(what, "files") == 0)
            scan_file(path, sum);
        else
            hunt_file(path, strcmp(what, "hunt") == 0 ? WZ_PREY_TEXT : WZ_PREY_CODE, sum);
        free(path);
        at += length;
    }
    for (size_t i = 0; i < sum->list.count; i++) {
        const wz_finding *finding = &sum->list.items[i];

        if (finding->grade > WZ_GRADE_NONE)
            printf("%s\t%s\t%s\t%x\t%s\n", wz_grade_name(finding->grade), wz_rule_name(finding->rule), finding->path,
                   (unsigned)finding->offset, finding->place);
        sum->hits++;
    }
    printf("%u files, %llu bytes, %u places, %u cannot tell, %u not there\n", sum->files, sum->bytes,
           (unsigned)sum->hits, sum->cannot_tell, sum->missing);
    code = sum->files == 0;
    wz_findings_clear(&sum->list);
    wz_text_clear(&list);
    free(sum);
    return code;
}

static int compare_lengths(const char *path, bool is_64)
{
    wz_text            rows = { 0 };
    unsigned long long differ = 0;

    if (!corpus_read_any(path, &rows) || rows.length < 16) {
        fprintf(stderr, "bench_scan: %s: cannot be read\n", path);
        return 2;
    }
    for (size_t at = 0; at + 16 <= rows.length; at += 16) {
        const uint8_t *row = (const uint8_t *)rows.at + at;
        wz_insn        insn;

        if (wz_decode(row + 1, 15, is_64, &insn) && insn.length == row[0])
            continue;
        if (differ++ < 20)
            for (unsigned i = 0; i <= row[0]; i++)
                printf(i == 0 ? "objdump says %u:" : " %02x%s", row[i], i == row[0] ? "\n" : "");
    }
    printf("%s: %llu different instructions compared, %llu differ\n", path, (unsigned long long)(rows.length / 16),
           differ);
    wz_text_clear(&rows);
    return differ != 0;
}

static int show_table(void)
{
    confusion table;
    wz_text   text = { 0 };
    bool      is_good;

    if (!confusion_measure(&table))
        return 2;
    confusion_print(&table, &text);
    printf("%s%s%u files not read\n", wz_text_at(&table.strays), wz_text_at(&text), table.unread);
    is_good = confusion_recall(&table) >= RECALL_BAR && confusion_false_alarms(&table) <= FALSE_BAR
              && table.unread == 0;
    confusion_clear(&table);
    wz_text_clear(&text);
    return !is_good;
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "table") == 0)
        return show_table();
    if (argc == 3 && (strcmp(argv[1], "hunt") == 0 || strcmp(argv[1], "code") == 0 || strcmp(argv[1], "files") == 0))
        return look_at_all(argv[1], argv[2]);
    if (argc == 4 && strcmp(argv[1], "decode") == 0)
        return compare_lengths(argv[2], strcmp(argv[3], "x64") == 0);
    fputs("bench_scan table | hunt LIST | code LIST | files LIST | decode FILE x64|x86\n", stderr);
    return 2;
}
