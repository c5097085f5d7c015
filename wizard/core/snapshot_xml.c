#include "core/snapshot.h"

#include <stdlib.h>
#include <string.h>

#include "core/xml.h"
#include "resource.h"

static const char *const state_names[] = {
    [WZ_FACT_NOT_ASKED] = NULL,                        /* not written at all */
    [WZ_FACT_KNOWN] = "known", [WZ_FACT_ABSENT] = "absent", [WZ_FACT_UNREADABLE] = "unreadable"
};

/* ---- writing ---- */

static void write_fact(const wz_fact *fact, wz_fact_id id, wz_text *out)
{
    if (fact->state == WZ_FACT_NOT_ASKED)
        return;
    wz_text_add(out, "  <fact");
    wz_text_add_attribute(out, "id", wz_fact_name(id));
    wz_text_add_attribute(out, "state", state_names[fact->state]);
    wz_text_add_attribute(out, "source", fact->source);
    wz_text_add_time_attribute(out, "time", fact->time);
    if (fact->state == WZ_FACT_UNREADABLE && fact->os_code != 0) {
        wz_text_add(out, " code=\"");
        wz_text_add_number(out, fact->os_code);
        wz_text_add(out, "\"");
    }
    if (fact->state == WZ_FACT_KNOWN) {
        wz_text_add(out, ">");
        wz_text_add_xml(out, fact->value);
        wz_text_add(out, "</fact>\n");
    } else {
        wz_text_add(out, "/>\n");
    }
}

static void write_packages(const wz_snapshot *snapshot, wz_text *out)
{
    wz_text_add(out, "  <packages>\n");
    for (size_t i = 0; i < snapshot->package_count; i++) {
        int64_t state = snapshot->packages[i].state;

        wz_text_add(out, "    <package");
        wz_text_add_attribute(out, "name", snapshot->packages[i].name);
        wz_text_add(out, state < 0 ? " state=\"-" : " state=\"");
        wz_text_add_number(out, (uint64_t)(state < 0 ? -state : state));
        wz_text_add(out, "\"/>\n");
    }
    wz_text_add(out, "  </packages>\n");
}

static void write_names(wz_text *out, const char *list, const char *element, const char *attribute,
                        char *const names[], size_t count)
{
    wz_text_add(out, "  <");
    wz_text_add(out, list);
    wz_text_add(out, ">\n");
    for (size_t i = 0; i < count; i++) {
        wz_text_add(out, "    <");
        wz_text_add(out, element);
        wz_text_add_attribute(out, attribute, names[i]);
        wz_text_add(out, "/>\n");
    }
    wz_text_add(out, "  </");
    wz_text_add(out, list);
    wz_text_add(out, ">\n");
}

void wz_snapshot_write(const wz_snapshot *snapshot, wz_text *out)
{
    wz_text_add(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<snapshot version=\"1\"");
    wz_text_add_time_attribute(out, "taken", snapshot->taken);
    wz_text_add(out, " product=\"Build 6003 Readiness Wizard\">\n");
    for (int i = 0; i < WZ_FACT_COUNT; i++)
        write_fact(&snapshot->facts[i], (wz_fact_id)i, out);
    if (snapshot->package_count > 0)
        write_packages(snapshot, out);
    if (snapshot->hotfix_count > 0)
        write_names(out, "hotfixes", "hotfix", "id", snapshot->hotfixes, snapshot->hotfix_count);
    if (snapshot->manifest_count > 0)
        write_names(out, "manifests", "manifest", "name", snapshot->manifests, snapshot->manifest_count);
    wz_text_add(out, "</snapshot>\n");
}

/* ---- reading ---- */

typedef struct reading {
    const char  *name;
    wz_snapshot *snapshot;
    wz_error    *err;
} reading;

static wz_status read_fail(const reading *in, const wz_node *node, unsigned reason)
{
    return wz_fail_at(in->err, WZ_E_FORMAT, in->name, wz_node_line(node), reason);
}

static bool read_time(const wz_node *node, const char *attribute, wz_time *out)
{
    const char *text = wz_node_attribute(node, attribute);

    return text == NULL || wz_time_parse(text, out);
}

static bool read_fact_id(const char *name, wz_fact_id *out)
{
    for (int i = 0; i < WZ_FACT_COUNT; i++)
        if (strcmp(name, wz_fact_name((wz_fact_id)i)) == 0) {
            *out = (wz_fact_id)i;
            return true;
        }
    return false;
}

static bool read_set(const reading *in, const wz_node *node, wz_fact_id id, wz_time time, const char *value)
{
    const char *state = wz_node_attribute(node, "state");
    const char *source = wz_node_attribute(node, "source");
    const char *code = wz_node_attribute(node, "code");
    uint64_t    number = 0;

    if (strcmp(state, state_names[WZ_FACT_KNOWN]) == 0) {
        if (code != NULL || !wz_fact_fits(id, value))
            return false;
        wz_fact_known(in->snapshot, id, time, source, value);
        return true;
    }
    if (*value != '\0' || (code != NULL && (!wz_parse_number(code, &number) || number > UINT32_MAX)))
        return false;
    if (strcmp(state, state_names[WZ_FACT_UNREADABLE]) == 0) {
        wz_fact_unreadable(in->snapshot, id, time, source, (unsigned)number);
        return true;
    }
    wz_fact_absent(in->snapshot, id, time, source);
    return code == NULL;
}

static wz_status read_fact(const reading *in, const wz_node *node)
{
    wz_fact_id id = WZ_FACT_COUNT;
    wz_time    time = 0;
    char      *value;
    bool       fits;

    if (!read_fact_id(wz_node_attribute(node, "id"), &id))
        return WZ_OK;                                  /* of a later version */
    if (in->snapshot->facts[id].state != WZ_FACT_NOT_ASKED)
        return read_fail(in, node, IDS_REASON_TWICE);
    if (!read_time(node, "time", &time))
        return read_fail(in, node, IDS_REASON_VALUE);
    value = wz_node_text(node);
    fits = read_set(in, node, id, time, value);
    free(value);
    return fits ? WZ_OK : read_fail(in, node, IDS_REASON_VALUE);
}

static bool read_state(const char *text, int32_t *out)
{
    bool     negative = *text == '-';
    uint64_t number = 0;

    if (!wz_parse_number(negative ? text + 1 : text, &number) || number > (uint64_t)INT32_MAX + (negative ? 1 : 0))
        return false;
    *out = (int32_t)(negative ? -(int64_t)number : (int64_t)number);
    return true;
}

static wz_status read_packages(const reading *in, const wz_node *list)
{
    for (const wz_node *at = wz_node_first(list, NULL); at != NULL; at = wz_node_next(at, NULL)) {
        int32_t state = 0;

        if (!read_state(wz_node_attribute(at, "state"), &state))
            return read_fail(in, at, IDS_REASON_VALUE);
        wz_snapshot_add_package(in->snapshot, wz_node_attribute(at, "name"), state);
    }
    return WZ_OK;
}

static wz_status read_child(const reading *in, const wz_node *node)
{
    const char *name = wz_node_name(node);

    if (strcmp(name, "fact") == 0)
        return read_fact(in, node);
    if (strcmp(name, "packages") == 0)
        return read_packages(in, node);
    for (const wz_node *at = wz_node_first(node, NULL); at != NULL; at = wz_node_next(at, NULL))
        if (strcmp(name, "hotfixes") == 0)
            wz_snapshot_add_hotfix(in->snapshot, wz_node_attribute(at, "id"));
        else
            wz_snapshot_add_manifest(in->snapshot, wz_node_attribute(at, "name"));
    return WZ_OK;
}

wz_status wz_snapshot_read(const char *name, wz_view bytes, wz_view schema, wz_snapshot **out, wz_error *err)
{
    wz_xml   *xml = NULL;
    wz_status status = wz_xml_open(name, bytes, WZ_SNAPSHOT_MAX_BYTES, schema, &xml, err);
    reading   in = { name, NULL, err };

    if (status != WZ_OK)
        return status;
    in.snapshot = wz_snapshot_create();
    if (!read_time(wz_xml_root(xml), "taken", &in.snapshot->taken))
        status = read_fail(&in, wz_xml_root(xml), IDS_REASON_VALUE);
    for (const wz_node *at = wz_node_first(wz_xml_root(xml), NULL); at != NULL && status == WZ_OK;
         at = wz_node_next(at, NULL))
        status = read_child(&in, at);
    wz_xml_free(xml);
    if (status == WZ_OK)
        *out = in.snapshot;
    else
        wz_snapshot_free(in.snapshot);
    return status;
}
