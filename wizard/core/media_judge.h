/*
 * media_judge: one file against one update; the rules of media.h. Shared by media.c and media_others.c only.
 */
#ifndef WZ_CORE_MEDIA_JUDGE_H
#define WZ_CORE_MEDIA_JUDGE_H

#include "core/media.h"

typedef struct wz_judge {
    const wz_plan      *plan;
    const wz_catalogue *catalogue;
    wz_architecture     architecture;   /* of this machine */
    bool                sha2_ready;
    bool                is_site;        /* the catalogue is not the built-in one */
} wz_judge;

/* WZ_FILE_MISSING when the file is not this update's at all. Sets update, offer, file, verdict and the two flags. */
void wz_judge_file(const wz_judge *judge, const wz_update *update, const wz_file *file, wz_match *out);

/* Is it, by hash, one of this update's files, of any architecture? */
bool wz_judge_is_by_hash(const wz_update *update, const wz_file *file);

/* What is wrong with the content for this machine, whatever update it is; WZ_FILE_MISSING: nothing. */
wz_file_verdict wz_judge_content(const wz_judge *judge, const wz_file *file);

/* The KB that the file is of, by content, else by name; 0 when neither says. */
unsigned wz_judge_kb(const wz_file *file);

/* Which of two files for one step to show: the higher. */
int wz_file_rank(wz_file_verdict verdict);

/* media_others.c: fill out->others with a judgement of every file that no item took. */
void wz_media_judge_others(const wz_judge *judge, const wz_files *files, wz_matches *out);

#endif
