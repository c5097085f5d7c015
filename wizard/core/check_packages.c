/*
 * The check that compares the three witnesses of what is installed: Component Based Servicing, WMI and the package
 * manifests. CBS is the one that counts; the others confirm it. Any of them can be silent, and then the evidence says
 * so. Contradictions count by KB number, so that differing spellings of one package are none.
 */
#include "core/check_rules.h"

#include "resource.h"

#include <stdlib.h>

typedef struct kb_list { unsigned *kbs; size_t count, room; } kb_list;

static void kb_add(kb_list *list, unsigned kb)
{
    if (kb == 0)
        return;
    list->kbs = wz_grow(list->kbs, list->count, &list->room, sizeof *list->kbs);
    list->kbs[list->count++] = kb;
}

static int kb_compare(const void *a, const void *b)
{
    unsigned x = *(const unsigned *)a;
    unsigned y = *(const unsigned *)b;

    return (x > y) - (x < y);
}

static void kb_finish(kb_list *list)                   /* ascending, each once */
{
    size_t kept = 0;

    if (list->count == 0)
        return;
    qsort(list->kbs, list->count, sizeof *list->kbs, kb_compare);
    for (size_t i = 1; i < list->count; i++)
        if (list->kbs[i] != list->kbs[kept])
            list->kbs[++kept] = list->kbs[i];
    list->count = kept + 1;
}

/* How many of list are not in known; first gets the lowest of them. Both finished. */
static size_t kb_missing(const kb_list *list, const kb_list *known, unsigned *first)
{
    size_t missing = 0;
    size_t k = 0;

    for (size_t i = 0; i < list->count; i++) {
        while (k < known->count && known->kbs[k] < list->kbs[i])
            k++;
        if (k < known->count && known->kbs[k] == list->kbs[i])
            continue;
        if (missing++ == 0)
            *first = list->kbs[i];
    }
    return missing;
}

/* HotFixID as WMI gives it: KB948465, 948465, or a GUID, which names no KB. */
static unsigned packages_hotfix_kb(const char *id)
{
    uint64_t number;

    if (wz_starts_nocase(id, "KB"))
        id += 2;
    return wz_parse_number(id, &number) && number <= 99999999 ? (unsigned)number : 0;
}

typedef struct package_view {
    kb_list     named;           /* every KB that CBS has a package of */
    kb_list     installed;       /* of them, those in force */
    kb_list     hotfixes, manifests;
    size_t      broken;
    const char *first_broken;    /* borrowed */
} package_view;

static void packages_look(const wz_snapshot *snapshot, package_view *view)
{
    for (size_t i = 0; i < snapshot->package_count; i++) {
        const wz_package *package = &snapshot->packages[i];
        wz_package_state  state = wz_package_meaning(package->state);
        unsigned          kb = wz_package_kb(package->name);

        kb_add(&view->named, kb);
        if (state == WZ_PACKAGE_INSTALLED)
            kb_add(&view->installed, kb);
        if (state == WZ_PACKAGE_BROKEN && view->broken++ == 0)
            view->first_broken = package->name;
    }
    for (size_t i = 0; i < snapshot->hotfix_count; i++)
        kb_add(&view->hotfixes, packages_hotfix_kb(snapshot->hotfixes[i]));
    for (size_t i = 0; i < snapshot->manifest_count; i++)
        kb_add(&view->manifests, wz_package_kb(snapshot->manifests[i]));
    kb_finish(&view->named);
    kb_finish(&view->installed);
    kb_finish(&view->hotfixes);
    kb_finish(&view->manifests);
}

static void packages_forget(package_view *view)
{
    free(view->named.kbs);
    free(view->installed.kbs);
    free(view->hotfixes.kbs);
    free(view->manifests.kbs);
}

/* "So many, the first is this one." */
static void packages_say_some(wz_check *out, wz_verdict verdict, unsigned word, size_t count, unsigned first_kb,
                              const char *first_name)
{
    wz_text     number = { 0 };
    wz_text     kb = { 0 };
    const char *args[2];

    wz_text_add_number(&number, count);
    wz_text_add_number(&kb, first_kb);
    args[0] = wz_text_at(&number);
    args[1] = first_name != NULL ? first_name : wz_text_at(&kb);
    wz_check_say(out, verdict, IDS_CHK_FIX_PACKAGES, word, 2, args);
    wz_text_clear(&number);
    wz_text_clear(&kb);
}

static void packages_say_ready(const wz_check_input *input, const package_view *view, wz_check *out)
{
    size_t      numbers[4] = { input->snapshot->package_count, view->installed.count, view->hotfixes.count,
                               view->manifests.count };
    wz_text     texts[4] = { { 0 } };
    const char *args[4];
    unsigned    word = IDS_CHK_PACKAGES_AGREE;

    for (int i = 0; i < 4; i++) {
        wz_text_add_number(&texts[i], numbers[i]);
        args[i] = wz_text_at(&texts[i]);
    }
    if (view->hotfixes.count == 0 && view->manifests.count == 0)
        word = IDS_CHK_PACKAGES_ALONE;
    else if (view->hotfixes.count == 0)
        word = IDS_CHK_PACKAGES_NO_WMI;
    else if (view->manifests.count == 0)
        word = IDS_CHK_PACKAGES_NO_MANIFESTS;
    wz_check_say(out, WZ_VERDICT_READY, 0, word, 4, args);
    for (int i = 0; i < 4; i++)
        wz_text_clear(&texts[i]);
}

/* Neither of the other two could be read: nothing confirms what CBS says. */
static bool packages_is_unconfirmed(const wz_check_input *input)
{
    return input->snapshot->facts[WZ_FACT_HOTFIXES].state != WZ_FACT_KNOWN
           && input->snapshot->facts[WZ_FACT_MANIFESTS].state != WZ_FACT_KNOWN;
}

void wz_check_packages(const wz_check_input *input, wz_check *out)
{
    package_view view = { 0 };
    unsigned     first = 0;
    size_t       missing;

    if (input->snapshot->facts[WZ_FACT_PACKAGES].state != WZ_FACT_KNOWN) {
        wz_check_unknown(input, out, WZ_FACT_PACKAGES);
        return;
    }
    packages_look(input->snapshot, &view);
    if (view.broken > 0) {
        packages_say_some(out, WZ_VERDICT_BLOCKED, IDS_CHK_PACKAGES_BROKEN, view.broken, 0, view.first_broken);
    } else if ((missing = kb_missing(&view.hotfixes, &view.named, &first)) > 0) {
        out->fact = WZ_FACT_HOTFIXES;
        packages_say_some(out, WZ_VERDICT_ACTION, IDS_CHK_PACKAGES_WMI_MORE, missing, first, NULL);
    } else if (view.manifests.count > 0 && (missing = kb_missing(&view.installed, &view.manifests, &first)) > 0) {
        out->fact = WZ_FACT_MANIFESTS;
        packages_say_some(out, WZ_VERDICT_ACTION, IDS_CHK_PACKAGES_MANIFEST_LESS, missing, first, NULL);
    } else if (packages_is_unconfirmed(input)) {
        wz_check_unknown(input, out, WZ_FACT_HOTFIXES);
    } else {
        packages_say_ready(input, &view, out);
    }
    packages_forget(&view);
}
