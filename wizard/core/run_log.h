/*
 * run_log: the log of all installations on this machine, across restarts.
 *
 * log.txt in the data folder: UTF-8 with a byte order mark and carriage returns, for the Notepad of this Windows; one
 * line an event, which begins with its time in UTC and as local time with its distance. It holds no product key, no
 * ticket and no names of persons. When it becomes longer than WZ_RUN_LOG_LIMIT its older half goes. Written whole each
 * time, so a power cut leaves the old lines or the new ones. One thread at a time.
 */
#ifndef WZ_CORE_RUN_LOG_H
#define WZ_CORE_RUN_LOG_H

#include "core/platform.h"

#define WZ_RUN_LOG_NAME  "log.txt"
#define WZ_RUN_LOG_LIMIT (512u * 1024u)

/* One event: %1 of the line is its time as wz_text_add_time writes it. What cannot be written is not: nothing else
   depends on it. The data folder must be there. */
void wz_run_log_add(const wz_platform *platform, const wz_words *words, const wz_phrase *line);

/* The path, and the text of the file without its mark. WZ_E_NOT_FOUND: nothing was installed here; errors of read_file.
   The path is there on failure too, unless there is no data folder. */
wz_status wz_run_log_read(const wz_platform *platform, wz_text *path, wz_text *out, wz_error *err);

#endif
