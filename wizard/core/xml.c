#include "core/xml.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemas.h>
#include <libxml/xmlschemastypes.h>

#include "core/xml_bytes.h"
#include "resource.h"

struct wz_xml { xmlDocPtr document; };

void wz_xml_start(void)
{
    xmlInitParser();
    xmlSchemaInitTypes();                              /* on first use by two threads at once would be too late */
}

void wz_xml_stop(void)
{
    xmlCleanupParser();
}

/* ---- parsing ---- */

/* What is known while libxml2 parses; the first offence counts. */
typedef struct xml_reading {
    wz_status status;
    unsigned  line;
    unsigned  reason;
    unsigned  depth;
} xml_reading;

static unsigned xml_line(int line)
{
    return line > 0 ? (unsigned)line : 1;
}

static void xml_refuse(xmlParserCtxtPtr parser, wz_status status, unsigned line, unsigned reason)
{
    xml_reading *reading = parser->_private;

    if (reading->status == WZ_OK) {
        reading->status = status;
        reading->line = line;
        reading->reason = reason;
    }
    xmlStopParser(parser);
}

/* Called when <!DOCTYPE name … is read, before anything it declares. */
static void xml_on_doctype(void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
    xmlParserCtxtPtr parser = context;

    (void)name;
    (void)external;
    (void)system;
    xml_refuse(parser, WZ_E_FORMAT, xml_line(parser->input->line), IDS_REASON_DOCTYPE);
}

static void xml_on_start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                         int namespaces, const xmlChar **namespace_list, int attributes, int defaulted,
                         const xmlChar **attribute_list)
{
    xmlParserCtxtPtr parser = context;
    xml_reading     *reading = parser->_private;

    if (++reading->depth > WZ_XML_MAX_DEPTH)
        xml_refuse(parser, WZ_E_LIMIT, xml_line(parser->input->line), IDS_REASON_TOO_DEEP);
    else
        xmlSAX2StartElementNs(context, name, prefix, uri, namespaces, namespace_list, attributes, defaulted,
                              attribute_list);
}

static void xml_on_end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    xmlParserCtxtPtr parser = context;
    xml_reading     *reading = parser->_private;

    reading->depth--;
    xmlSAX2EndElementNs(context, name, prefix, uri);
}

static void xml_on_error(void *context, xmlErrorPtr error)
{
    xmlParserCtxtPtr parser = context;
    bool at_end = error->code != XML_ERR_TAG_NAME_MISMATCH
               && (parser->input == NULL || parser->input->cur >= parser->input->end);

    if (error->code == XML_ERR_NO_MEMORY)
        wz_out_of_memory();
    if (error->level >= XML_ERR_ERROR)
        xml_refuse(parser, WZ_E_FORMAT, xml_line(error->line), at_end ? IDS_REASON_TRUNCATED : IDS_REASON_NOT_XML);
}

static wz_status xml_parse(const char *name, wz_view utf8, xmlDocPtr *out, wz_error *err)
{
    /* Never NOENT, DTDLOAD, DTDATTR, DTDVALID, XINCLUDE, HUGE or RECOVER. */
    int              options = XML_PARSE_NONET | XML_PARSE_BIG_LINES;
    xml_reading      reading = { .status = WZ_OK };
    xmlParserCtxtPtr parser = xmlNewParserCtxt();
    xmlDocPtr        document;

    if (parser == NULL)
        wz_out_of_memory();
    parser->_private = &reading;
    parser->sax->internalSubset = xml_on_doctype;
    parser->sax->startElementNs = xml_on_start;
    parser->sax->endElementNs = xml_on_end;
    parser->sax->serror = xml_on_error;
    parser->sax->error = NULL;
    parser->sax->warning = NULL;
    /* Naming the encoding makes libxml2 ignore the declaration, which wz_xml_bytes has already judged. */
    document = xmlCtxtReadMemory(parser, utf8.at, (int)utf8.length, NULL, "UTF-8", options);
    if (document == NULL && reading.status == WZ_OK)
        xml_refuse(parser, WZ_E_FORMAT, 1, IDS_REASON_NOT_XML);
    if (reading.status != WZ_OK) {
        if (document != NULL)
            xmlFreeDoc(document);
        else if (parser->myDoc != NULL)
            xmlFreeDoc(parser->myDoc);
        parser->myDoc = NULL;
        document = NULL;
        wz_fail_at(err, reading.status, name, reading.line, reading.reason);
    }
    xmlFreeParserCtxt(parser);
    *out = document;
    return reading.status;
}

/* ---- schema ---- */

typedef struct xml_complaint {                         /* the first one */
    bool     is_set;
    unsigned line;
    unsigned reason;
    wz_text  place;                                    /* element, or element/@attribute */
} xml_complaint;

/* libxml2 names the element as the node and the attribute only in words: "Element 'a', attribute 'b': …". */
static void xml_add_attribute(wz_text *place, const char *message)
{
    const char *mark = message != NULL ? strstr(message, "', attribute '") : NULL;
    const char *colon = message != NULL ? strchr(message, ':') : NULL;
    const char *end;

    if (mark == NULL || colon == NULL || mark > colon)
        return;
    mark += strlen("', attribute '");
    end = strchr(mark, '\'');
    if (end == NULL)
        return;
    wz_text_add(place, "/@");
    wz_text_append(place, mark, (size_t)(end - mark));
}

static void xml_on_schema_error(void *context, xmlErrorPtr error)
{
    xml_complaint *complaint = context;
    xmlNodePtr     node = error->node;

    if (error->code == XML_ERR_NO_MEMORY)
        wz_out_of_memory();
    if (complaint->is_set || error->level < XML_ERR_ERROR)
        return;
    complaint->is_set = true;
    complaint->reason = error->code == XML_SCHEMAV_CVC_ELT_1 ? IDS_REASON_ROOT : IDS_REASON_SCHEMA;
    complaint->line = xml_line(node != NULL ? (int)xmlGetLineNo(node) : error->line);
    if (node != NULL)
        wz_text_add(&complaint->place, (const char *)node->name);
    xml_add_attribute(&complaint->place, error->message);
}

static xmlSchemaPtr xml_schema(wz_view text, xml_complaint *complaint)
{
    xmlSchemaParserCtxtPtr parser = xmlSchemaNewMemParserCtxt(text.at, (int)text.length);
    xmlSchemaPtr           schema;

    if (parser == NULL)
        wz_out_of_memory();
    xmlSchemaSetParserStructuredErrors(parser, xml_on_schema_error, complaint);
    schema = xmlSchemaParse(parser);
    xmlSchemaFreeParserCtxt(parser);
    if (schema == NULL) {
        complaint->is_set = true;
        complaint->line = 0;
        complaint->reason = IDS_REASON_BAD_SCHEMA;
    }
    return schema;
}

/* "site.xml, <update/@kb>": which file and what in it. */
static wz_status xml_complain(const char *name, const xml_complaint *complaint, wz_error *err)
{
    wz_text   subject = { 0 };
    wz_status status;

    wz_text_add(&subject, name);
    if (complaint->place.length > 0) {
        wz_text_add(&subject, ", <");
        wz_text_add(&subject, wz_text_at(&complaint->place));
        wz_text_add(&subject, ">");
    }
    status = wz_fail_at(err, WZ_E_FORMAT, wz_text_at(&subject), complaint->line, complaint->reason);
    wz_text_clear(&subject);
    return status;
}

static wz_status xml_validate(const char *name, xmlDocPtr document, wz_view text, wz_error *err)
{
    xml_complaint         complaint = { .reason = IDS_REASON_SCHEMA };
    xmlSchemaPtr          schema = xml_schema(text, &complaint);
    xmlSchemaValidCtxtPtr validator = schema != NULL ? xmlSchemaNewValidCtxt(schema) : NULL;
    wz_status             status = WZ_OK;

    if (schema != NULL) {
        if (validator == NULL)
            wz_out_of_memory();
        xmlSchemaSetValidStructuredErrors(validator, xml_on_schema_error, &complaint);
        if (xmlSchemaValidateDoc(validator, document) != 0)
            complaint.is_set = true;
        xmlSchemaFreeValidCtxt(validator);
        xmlSchemaFree(schema);
    }
    if (complaint.is_set)
        status = xml_complain(name, &complaint, err);
    wz_text_clear(&complaint.place);
    return status;
}

/* Instead of libxml2's own, which prints: the parser inside its schema reader knows no other. */
static void xml_on_silence(void *context, xmlErrorPtr error)
{
    (void)context;
    if (error->code == XML_ERR_NO_MEMORY)
        wz_out_of_memory();
}

/* schema NULL: none */
static wz_status xml_open(const char *name, wz_view bytes, size_t limit, const wz_view *schema, wz_xml **out,
                          wz_error *err)
{
    wz_text   converted = { 0 };
    wz_view   utf8;
    xmlDocPtr document = NULL;
    wz_status status;

    xmlSetStructuredErrorFunc(NULL, xml_on_silence);   /* of this thread */
    if (bytes.length > limit || bytes.length > INT32_MAX / 4)
        return wz_fail_at(err, WZ_E_LIMIT, name, 0, IDS_REASON_TOO_LARGE);
    status = wz_xml_bytes(name, bytes, &converted, &utf8, err);
    if (status == WZ_OK)
        status = xml_parse(name, utf8, &document, err);
    if (status == WZ_OK && schema != NULL)
        status = xml_validate(name, document, *schema, err);
    wz_text_clear(&converted);
    if (status != WZ_OK) {
        if (document != NULL)
            xmlFreeDoc(document);
        return status;
    }
    *out = wz_new(wz_xml);
    (*out)->document = document;
    return WZ_OK;
}

wz_status wz_xml_open(const char *name, wz_view bytes, size_t limit, wz_view schema, wz_xml **out, wz_error *err)
{
    assert(schema.length > 0);
    return xml_open(name, bytes, limit, &schema, out, err);
}

wz_status wz_xml_open_unchecked(const char *name, wz_view bytes, size_t limit, wz_xml **out, wz_error *err)
{
    return xml_open(name, bytes, limit, NULL, out, err);
}

void wz_xml_free(wz_xml *xml)
{
    if (xml == NULL)
        return;
    xmlFreeDoc(xml->document);
    free(xml);
}

/* ---- nodes ---- */

static const wz_node *xml_element(const xmlNode *node, const char *name)
{
    while (node != NULL && (node->type != XML_ELEMENT_NODE
                            || (name != NULL && strcmp((const char *)node->name, name) != 0)))
        node = node->next;
    return (const wz_node *)node;
}

const wz_node *wz_xml_root(const wz_xml *xml)
{
    return (const wz_node *)xmlDocGetRootElement(xml->document);
}

const wz_node *wz_node_first(const wz_node *parent, const char *name)
{
    return xml_element(((const xmlNode *)parent)->children, name);
}

const wz_node *wz_node_next(const wz_node *node, const char *name)
{
    return xml_element(((const xmlNode *)node)->next, name);
}

const char *wz_node_name(const wz_node *node)
{
    return (const char *)((const xmlNode *)node)->name;
}

const char *wz_node_attribute(const wz_node *node, const char *name)
{
    for (const xmlAttr *at = ((const xmlNode *)node)->properties; at != NULL; at = at->next)
        if (strcmp((const char *)at->name, name) == 0)
            /* One text node: without a DOCTYPE there are no entities that could stand between two. */
            return at->children != NULL && at->children->content != NULL ? (const char *)at->children->content : "";
    return NULL;
}

unsigned wz_node_line(const wz_node *node)
{
    return xml_line((int)xmlGetLineNo((const xmlNode *)node));
}

char *wz_node_text(const wz_node *node)
{
    wz_text text = { 0 };

    for (const xmlNode *at = ((const xmlNode *)node)->children; at != NULL; at = at->next)
        if (at->type == XML_TEXT_NODE || at->type == XML_CDATA_SECTION_NODE)
            wz_text_add(&text, (const char *)at->content);
    return wz_text_take(&text);
}
