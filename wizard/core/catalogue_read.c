#include "core/catalogue_parts.h"

#include <stdlib.h>
#include <string.h>

#include "resource.h"

/* The schema has already proved the form of every attribute; what can still be wrong is sense, as in 2019-02-30. */

static int read_choice(const wz_node *node, const char *attribute, const char *const names[], size_t count)
{
    const char *value = wz_node_attribute(node, attribute);

    for (size_t i = 0; value != NULL && i < count; i++)
        if (strcmp(value, names[i]) == 0)
            return (int)i;
    return 0;
}

static wz_confidence read_confidence(const wz_node *node, const char *attribute)
{
    static const char *const names[] = { "P", "S+", "S", "I" };

    if (wz_node_attribute(node, attribute) == NULL)
        return WZ_CONFIDENCE_I;
    return (wz_confidence)read_choice(node, attribute, names, WZ_COUNT(names));
}

static bool read_flag(const wz_node *node, const char *attribute)
{
    const char *value = wz_node_attribute(node, attribute);

    return value != NULL && (strcmp(value, "true") == 0 || strcmp(value, "1") == 0);
}

static unsigned read_kb(const char *text)
{
    return text != NULL ? (unsigned)strtoul(text, NULL, 10) : 0;
}

/* A list of numbers with blanks between; owned by the caller, NULL when empty. */
static unsigned *read_kbs(const wz_node *node, const char *attribute, size_t *count)
{
    const char *at = wz_node_attribute(node, attribute);
    unsigned   *kbs = NULL;
    size_t      room = 0;

    *count = 0;
    for (at = at != NULL ? at : ""; *at != '\0'; at += strcspn(at, " \t\r\n")) {
        at += strspn(at, " \t\r\n");
        if (*at == '\0')
            break;
        kbs = wz_grow(kbs, *count, &room, sizeof *kbs);
        kbs[(*count)++] = read_kb(at);
    }
    return kbs;
}

static unsigned read_architectures(const wz_node *node)
{
    const char *at = wz_node_attribute(node, "architectures");
    unsigned    set = 0;

    while (at != NULL && *at != '\0') {
        size_t length = strcspn(at, " \t\r\n");
        char  *word = wz_copy_part(at, length);

        set |= (unsigned)wz_architecture_parse(word);
        free(word);
        at += length;
        at += strspn(at, " \t\r\n");
    }
    return set;
}

static bool read_version(const wz_node *node, const char *attribute, wz_version *out)
{
    const char *value = wz_node_attribute(node, attribute);

    return value == NULL || wz_version_parse(value, out);
}

static const wz_offer *read_offers(const wz_node *node, size_t *count)
{
    wz_offer *offers = NULL;
    size_t    room = 0;

    *count = 0;
    for (const wz_node *at = wz_node_first(node, "file"); at != NULL; at = wz_node_next(at, "file")) {
        offers = wz_grow(offers, *count, &room, sizeof *offers);
        offers[(*count)++] = (wz_offer){
            .architecture = wz_architecture_parse(wz_node_attribute(at, "architecture")),
            .name = wz_node_attribute(at, "name"),
            .sha1 = wz_node_attribute(at, "sha1"),
            .sha256 = wz_node_attribute(at, "sha256"),
            .folder = wz_node_attribute(at, "folder"),
            .source = wz_node_attribute(at, "source"),
            .confidence = read_confidence(at, "confidence"),
            .is_inner = read_flag(at, "inner"),
        };
    }
    return offers;
}

static const wz_known_problem *read_problems(const wz_node *node, size_t *count)
{
    wz_known_problem *problems = NULL;
    size_t            room = 0;

    *count = 0;
    for (const wz_node *at = wz_node_first(node, "problem"); at != NULL; at = wz_node_next(at, "problem")) {
        problems = wz_grow(problems, *count, &room, sizeof *problems);
        problems[(*count)++] = (wz_known_problem){ wz_node_text(at), wz_node_attribute(at, "source"),
                                                   read_confidence(at, "confidence"),
                                                   wz_node_attribute(at, "company") };
    }
    return problems;
}

/* False when a date or a version is none. */
static bool read_update(const wz_node *node, wz_update *out)
{
    static const char *const kinds[] = { "service-pack", "stack", "sha2", "rollup", "security-only", "preview",
                                         "licensing", "other" };
    static const char *const programmes[] = { "free", "esu1", "esu2", "esu3", "esu4", "pa" };
    static const char *const restarts[] = { "no", "maybe", "yes" };
    const char *date = wz_node_attribute(node, "date");
    wz_update   update = { .kb = read_kb(wz_node_attribute(node, "kb")) };
    bool        fits = date == NULL || wz_time_parse(date, &update.date);

    update.kind = (wz_kind)read_choice(node, "kind", kinds, WZ_COUNT(kinds));
    update.programme = (wz_programme)read_choice(node, "programme", programmes, WZ_COUNT(programmes));
    update.restart = (wz_restart)read_choice(node, "restart", restarts, WZ_COUNT(restarts));
    update.month = wz_node_attribute(node, "month");
    update.title = wz_node_attribute(node, "title");
    update.architectures = read_architectures(node);
    update.needs_sha2 = read_flag(node, "sha2");
    fits = read_version(node, "build", &update.build) && fits;
    update.build_file = wz_node_attribute(node, "buildFile");
    update.build_source = wz_node_attribute(node, "buildSource");
    update.build_confidence = read_confidence(node, "buildConfidence");
    fits = read_version(node, "stack", &update.stack) && fits;
    update.known_bad = read_flag(node, "bad");
    update.source = wz_node_attribute(node, "source");
    update.confidence = read_confidence(node, "confidence");
    update.requires_kbs = read_kbs(node, "requires", &update.requires_count);
    update.supersedes_kbs = read_kbs(node, "supersedes", &update.supersedes_count);
    update.offers = read_offers(node, &update.offer_count);
    update.problems = read_problems(node, &update.problem_count);
    *out = update;
    return fits;
}

typedef struct read_place { unsigned kb, line; size_t index; } read_place;

static int read_compare(const void *left, const void *right)
{
    const read_place *a = left;
    const read_place *b = right;

    if (a->kb != b->kb)
        return a->kb < b->kb ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

/* Into ascending order, lines along with them. */
static void read_sort(wz_catalogue *catalogue)
{
    read_place *places = wz_new_array(catalogue->count, read_place);
    wz_update  *sorted = wz_new_array(catalogue->count, wz_update);

    for (size_t i = 0; i < catalogue->count; i++)
        places[i] = (read_place){ catalogue->updates[i].kb, catalogue->lines[i], i };
    qsort(places, catalogue->count, sizeof *places, read_compare);
    for (size_t i = 0; i < catalogue->count; i++) {
        sorted[i] = catalogue->updates[places[i].index];
        catalogue->lines[i] = places[i].line;
    }
    free(catalogue->updates);
    catalogue->updates = sorted;
    free(places);
}

static wz_status read_updates(wz_catalogue *catalogue, wz_error *err)
{
    const wz_node *parent = wz_node_first(wz_xml_root(catalogue->xml), "updates");
    size_t         room = 0;
    size_t         line_room = 0;
    bool           fits = true;

    for (const wz_node *at = wz_node_first(parent, "update"); at != NULL && fits; at = wz_node_next(at, "update")) {
        catalogue->updates = wz_grow(catalogue->updates, catalogue->count, &room, sizeof *catalogue->updates);
        catalogue->lines = wz_grow(catalogue->lines, catalogue->count, &line_room, sizeof *catalogue->lines);
        fits = read_update(at, &catalogue->updates[catalogue->count]);
        catalogue->lines[catalogue->count++] = wz_node_line(at);
    }
    if (!fits)
        return wz_fail_at(err, WZ_E_FORMAT, catalogue->name, catalogue->lines[catalogue->count - 1],
                          IDS_REASON_VALUE);
    read_sort(catalogue);
    return WZ_OK;
}

static wz_status read_targets(wz_catalogue *catalogue, wz_error *err)
{
    const wz_node *parent = wz_node_first(wz_xml_root(catalogue->xml), "targets");

    for (int i = 0; i < WZ_TARGET_COUNT; i++)
        catalogue->targets[i] = WZ_CATALOGUE_NONE;
    for (const wz_node *at = wz_node_first(parent, "target"); at != NULL; at = wz_node_next(at, "target")) {
        wz_target target = WZ_TARGET_FREE;
        size_t    index = wz_catalogue_index(catalogue, read_kb(wz_node_attribute(at, "kb")));

        if (!wz_target_parse(wz_node_attribute(at, "name"), &target) || index == WZ_CATALOGUE_NONE)
            return wz_fail_at(err, WZ_E_FORMAT, catalogue->name, wz_node_line(at), IDS_REASON_NO_TARGET);
        if (catalogue->targets[target] != WZ_CATALOGUE_NONE)
            return wz_fail_at(err, WZ_E_FORMAT, catalogue->name, wz_node_line(at), IDS_REASON_TWICE);
        catalogue->targets[target] = index;            /* five of five, none twice: all are there */
    }
    return WZ_OK;
}

wz_status wz_catalogue_read(const char *name, wz_view bytes, wz_view schema, wz_catalogue **out, wz_error *err)
{
    wz_xml       *xml = NULL;
    wz_catalogue *catalogue;
    wz_status     status = wz_xml_open(name, bytes, WZ_CATALOGUE_MAX_BYTES, schema, &xml, err);

    if (status != WZ_OK)
        return status;
    catalogue = wz_new(wz_catalogue);
    catalogue->name = wz_copy(name);
    catalogue->xml = xml;
    catalogue->says_built_in = strcmp(wz_node_attribute(wz_xml_root(xml), "kind"), "built-in") == 0;
    status = read_updates(catalogue, err);
    if (status == WZ_OK)
        status = read_targets(catalogue, err);
    if (status == WZ_OK)
        status = wz_catalogue_check(catalogue, err);
    if (status != WZ_OK) {
        wz_catalogue_free(catalogue);
        return status;
    }
    *out = catalogue;
    return WZ_OK;
}
