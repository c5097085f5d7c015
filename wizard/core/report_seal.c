/* See report.h: the seal of a report. */
#include "core/report_parts.h"

#include "core/xml.h"
#include "resource.h"

#include <stdlib.h>
#include <string.h>

#define SEAL_BEGIN "  <seal algorithm=\"sha-256\">"
#define SEAL_END   "</seal>\n"
#define REPORT_END "</report>\n"

void wz_report_seal(wz_report *report, const wz_platform *platform)
{
    wz_text xml = { 0 };

    report->seal[0] = '\0';
    wz_report_render_xml(report, &xml);
    platform->sha256(platform->context, (wz_view){ wz_text_at(&xml), xml.length }, report->seal);
    wz_text_clear(&xml);
}

void wz_report_add_seal(const wz_report *report, wz_text *xml)
{
    if (report->seal[0] == '\0')
        return;
    wz_text_add(xml, SEAL_BEGIN);
    wz_text_add(xml, report->seal);
    wz_text_add(xml, SEAL_END);
}

/* Mail and FTP change line ends; the canonical form has line feeds. */
static void drop_returns(const wz_text *from, wz_text *to)
{
    for (size_t i = 0; i < from->length; i++)
        if (from->at[i] != '\r' || i + 1 == from->length || from->at[i + 1] != '\n')
            wz_text_append(to, from->at + i, 1);
}

/* The line of the seal, at the very end, of the form that wz_report_add_seal writes; NULL for any other. */
static char *find_seal(const wz_text *xml)
{
    size_t tail = strlen(SEAL_BEGIN) + 64 + strlen(SEAL_END) + strlen(REPORT_END);
    char  *at = xml->length > tail ? xml->at + xml->length - tail : NULL;

    if (at == NULL || memcmp(at, SEAL_BEGIN, strlen(SEAL_BEGIN)) != 0 ||
        strcmp(at + strlen(SEAL_BEGIN) + 64, SEAL_END REPORT_END) != 0)
        return NULL;
    return at;
}

static wz_status check_seal(const wz_platform *platform, const char *path, const wz_text *xml, wz_error *err)
{
    wz_text canonical = { 0 };
    char    now[65] = "";
    char   *seal = find_seal(xml);
    bool    is_whole;

    if (seal == NULL)
        return wz_fail_at(err, WZ_E_FORMAT, path, 0, IDS_SEAL_NONE);
    wz_text_append(&canonical, xml->at, (size_t)(seal - xml->at));
    wz_text_add(&canonical, REPORT_END);
    platform->sha256(platform->context, (wz_view){ canonical.at, canonical.length }, now);
    is_whole = memcmp(now, seal + strlen(SEAL_BEGIN), 64) == 0;
    wz_text_clear(&canonical);
    return is_whole ? WZ_OK : wz_fail_at(err, WZ_E_FORMAT, path, 0, IDS_SEAL_BROKEN);
}

wz_status wz_report_verify(const wz_platform *platform, const char *path, wz_error *err)
{
    wz_view   schema = platform->resource(platform->context, WZ_RESOURCE_REPORT_SCHEMA);
    wz_text   bytes = { 0 }, xml = { 0 };
    wz_xml   *document = NULL;
    wz_status status = platform->read_file(platform->context, path, WZ_REPORT_MAX_BYTES, &bytes, err);

    if (status != WZ_OK)
        return status;
    drop_returns(&bytes, &xml);
    wz_view view = { wz_text_at(&xml), xml.length };

    status = wz_xml_open(path, view, WZ_REPORT_MAX_BYTES, schema, &document, err);
    if (status == WZ_OK)
        status = check_seal(platform, path, &xml, err);
    wz_xml_free(document);
    wz_text_clear(&xml);
    wz_text_clear(&bytes);
    return status;
}
