#include "core/suppressions.h"

#include <stdlib.h>

#include "core/xml.h"
#include "resource.h"

static bool is_rule(const char *name)
{
    if (name[0] == '*')
        return true;
    for (int rule = 0; rule < WZ_RULE_COUNT; rule++)
        if (wz_equal_nocase(name, wz_rule_name((wz_rule)rule)))
            return true;
    return false;
}

wz_status wz_suppressions_read(const char *name, wz_view bytes, wz_view schema, wz_suppressions *out, wz_error *err)
{
    wz_xml         *xml = NULL;
    wz_suppressions list = { 0 };
    size_t          room = 0;
    wz_status       status = wz_xml_open(name, bytes, WZ_SUPPRESSIONS_MAX_BYTES, schema, &xml, err);

    if (status != WZ_OK)
        return status;
    for (const wz_node *node = wz_node_first(wz_xml_root(xml), NULL); node != NULL && status == WZ_OK;
         node = wz_node_next(node, NULL)) {
        const char *rule = wz_node_attribute(node, "rule");

        if (!is_rule(rule)) {                          /* one of a later version, or a slip: never silently nothing */
            status = wz_fail_at(err, WZ_E_FORMAT, name, wz_node_line(node), IDS_SUPPRESSIONS_RULE);
            break;
        }
        list.items = wz_grow(list.items, list.count, &room, sizeof *list.items);
        list.items[list.count++] = (wz_suppression){ wz_copy(wz_node_attribute(node, "path")), wz_copy(rule),
                                                     wz_copy(wz_node_attribute(node, "reason")) };
    }
    wz_xml_free(xml);
    if (status != WZ_OK) {
        wz_suppressions_clear(&list);
        return status;
    }
    list.path = wz_copy(name);
    *out = list;
    return WZ_OK;
}

void wz_suppressions_clear(wz_suppressions *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free((char *)list->items[i].path_end);
        free((char *)list->items[i].rule);
        free((char *)list->items[i].reason);
    }
    free(list->items);
    free(list->path);
    *list = (wz_suppressions){ 0 };
}
