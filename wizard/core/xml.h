/*
 * xml: reading XML that nobody vouched for. The only module that includes libxml2.
 *
 * A document is read whole from memory, refused when it has a DOCTYPE, an entity declaration, is nested deeper than
 * WZ_XML_MAX_DEPTH, is longer than the caller's limit or does not validate against the schema. Nothing is ever loaded
 * from a file or the network by libxml2. Nodes are borrowed from the document. A document is read-only after opening
 * and may be read from any one thread at a time. wz_xml_start once per program before threads begin.
 */
#ifndef WZ_CORE_XML_H
#define WZ_CORE_XML_H

#include "core/error.h"
#include "core/text.h"

#define WZ_XML_MAX_DEPTH 32

typedef struct wz_xml wz_xml;
typedef struct wz_node wz_node;   /* opaque element */

void wz_xml_start(void);
void wz_xml_stop(void);

/*
 * name    what the error calls the input, e.g. a path; UTF-8
 * bytes   the document; UTF-8 (or as its declaration says; only UTF-8, UTF-16 and ASCII are accepted)
 * limit   bytes; longer input is WZ_E_LIMIT
 * schema  XML Schema text (resources/…xsd); never NULL
 * out     owned by the caller; untouched on failure
 *
 * WZ_E_FORMAT  not well formed, DOCTYPE, or schema broken: line and reason are set; WZ_E_LIMIT too long or too deep
 */
wz_status wz_xml_open(const char *name, wz_view bytes, size_t limit, wz_view schema, wz_xml **out, wz_error *err);
/*
 * The same, with the same protections, for a document of somebody else's whose schema we do not have. The caller must
 * expect any element anywhere, and should set a tight limit.
 */
wz_status wz_xml_open_unchecked(const char *name, wz_view bytes, size_t limit, wz_xml **out, wz_error *err);
void      wz_xml_free(wz_xml *xml);

const wz_node *wz_xml_root(const wz_xml *xml);
const wz_node *wz_node_first(const wz_node *parent, const char *name);   /* first child element; any name when NULL */
const wz_node *wz_node_next(const wz_node *node, const char *name);      /* next sibling element */
const char    *wz_node_name(const wz_node *node);
const char    *wz_node_attribute(const wz_node *node, const char *name); /* NULL when absent; borrowed */
unsigned       wz_node_line(const wz_node *node);
char          *wz_node_text(const wz_node *node);                        /* owned; "" when empty */

#endif
