/* The check that lists the files a restart will rename or delete, with whom they probably belong to. */
#include "core/check_rules.h"

#include "core/log_lines.h"

#include "resource.h"

#include <string.h>

#define RENAMES_SHOWN  3u
#define OWNERS_MOST    6u
#define OWNER_BYTES    48u

/* Where a path lies tells whose it is: the most special places first. Names of products, the same in every language. */
static const struct { const char *place, *owner; } places[] = {
    { "\\Config.Msi\\",            "Windows Installer" },
    { "\\Windows\\Installer\\",    "Windows Installer" },
    { "\\SoftwareDistribution\\",  "Windows Update"    },
    { "\\Windows\\winsxs\\",       "Windows servicing" },
    { "\\Windows\\servicing\\",    "Windows servicing" },
    { "\\System32\\catroot",       "Windows servicing" },
    { "\\System32\\spool\\",       "Print Spooler"     },
    { "\\System32\\wbem\\",        "WMI"               },
    { "\\Microsoft.NET\\",         ".NET Framework"    },
    { "\\Windows\\assembly\\",     ".NET Framework"    },
    { "\\inetsrv\\",               "IIS"               },
};

/* Folders below which the name of a program stands. */
static const char *const program_folders[] = { "\\Program Files (x86)\\", "\\Program Files\\", "\\ProgramData\\" };

static void owner_of(wz_view path, char out[OWNER_BYTES])
{
    static const char *const temporary[] = { "\\Temp\\", "\\Tmp\\" };

    for (size_t i = 0; i < WZ_COUNT(places); i++)
        if (wz_log_line_find(path, places[i].place) != NULL) {
            wz_log_line_copy((wz_view){ places[i].owner, strlen(places[i].owner) }, out, OWNER_BYTES);
            return;
        }
    for (size_t i = 0; i < WZ_COUNT(program_folders); i++) {
        const char *at = wz_log_line_find(path, program_folders[i]);
        const char *end;

        if (at == NULL)
            continue;
        at += strlen(program_folders[i]);
        end = memchr(at, '\\', (size_t)(path.at + path.length - at));
        if (end == NULL)
            continue;
        wz_log_line_copy((wz_view){ at, (size_t)(end - at) }, out, OWNER_BYTES);
        return;
    }
    for (size_t i = 0; i < WZ_COUNT(temporary); i++)
        if (wz_log_line_find(path, temporary[i]) != NULL) {
            wz_log_line_copy((wz_view){ "Temp", 4 }, out, OWNER_BYTES);
            return;
        }
    wz_log_line_copy((wz_view){ "?", 1 }, out, OWNER_BYTES);
}

typedef struct rename_view {
    size_t  count;
    wz_text first;                                     /* some of the paths */
    struct { char name[OWNER_BYTES]; size_t count; } owners[OWNERS_MOST];
    size_t  owner_count;
    size_t  others;                                    /* files of owners beyond those */
} rename_view;

static void view_add_owner(rename_view *view, wz_view path)
{
    char name[OWNER_BYTES];

    owner_of(path, name);
    for (size_t i = 0; i < view->owner_count; i++)
        if (wz_equal_nocase(view->owners[i].name, name)) {
            view->owners[i].count++;
            return;
        }
    if (view->owner_count == OWNERS_MOST) {
        view->others++;
        return;
    }
    memcpy(view->owners[view->owner_count].name, name, sizeof name);
    view->owners[view->owner_count++].count = 1;
}

/* One path a line. */
static void view_read(rename_view *view, const char *text)
{
    wz_view rest = { text, strlen(text) };
    wz_view path;

    while (wz_log_line_next(&rest, &path)) {
        if (view->count++ < RENAMES_SHOWN) {
            if (view->first.length > 0)
                wz_text_add(&view->first, ", ");
            wz_text_append(&view->first, path.at, path.length);
        }
        view_add_owner(view, path);
    }
}

/* "Windows Installer (3), Temp (1)" */
static void view_add_owners(const rename_view *view, wz_text *out)
{
    for (size_t i = 0; i < view->owner_count; i++) {
        if (i > 0)
            wz_text_add(out, ", ");
        wz_text_add(out, view->owners[i].name);
        wz_text_add(out, " (");
        wz_text_add_number(out, view->owners[i].count);
        wz_text_add(out, ")");
    }
    if (view->others > 0) {
        wz_text_add(out, ", … (");
        wz_text_add_number(out, view->others);
        wz_text_add(out, ")");
    }
}

static void say_some(const wz_check_input *input, wz_check *out, const rename_view *view)
{
    wz_text     number = { 0 };
    wz_text     owners = { 0 };
    const char *args[4];

    wz_text_add_number(&number, view->count);
    view_add_owners(view, &owners);
    args[0] = wz_text_at(&number);
    args[1] = wz_text_at(&view->first);
    args[2] = wz_text_at(&owners);
    args[3] = input->accepted;
    if (input->accepted != NULL)
        wz_check_say(out, WZ_VERDICT_READY, 0, IDS_CHK_RENAMES_ACCEPTED, 4, args);
    else
        wz_check_say(out, WZ_VERDICT_ACTION, IDS_CHK_FIX_RENAMES, IDS_CHK_RENAMES_SOME, 3, args);
    wz_text_clear(&number);
    wz_text_clear(&owners);
}

void wz_check_pending_renames(const wz_check_input *input, wz_check *out)
{
    const char *text = wz_snapshot_text(input->snapshot, WZ_FACT_PENDING_RENAMES);
    rename_view view = { .count = 0 };

    if (text != NULL)
        view_read(&view, text);
    if (text == NULL && input->snapshot->facts[WZ_FACT_PENDING_RENAMES].state != WZ_FACT_ABSENT)
        wz_check_unknown(input, out, WZ_FACT_PENDING_RENAMES);
    else if (view.count == 0)
        wz_check_say(out, WZ_VERDICT_READY, 0, IDS_CHK_RENAMES_NONE, 0, NULL);
    else
        say_some(input, out, &view);
    wz_text_clear(&view.first);
}
