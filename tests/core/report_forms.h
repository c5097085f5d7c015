/*
 * report_forms: a report rendered, and whether it is what its format says: XML after its schema, well-formed HTML, text
 * of 78 columns.
 */
#ifndef WZ_TESTS_CORE_REPORT_FORMS_H
#define WZ_TESTS_CORE_REPORT_FORMS_H

#include "core/xml.h"
#include "report_session.h"

wz_text  report_rendered(const report_fixture *fixture, wz_report_format format);   /* owned by the caller */
wz_xml  *report_opened(const wz_text *xml);                                         /* fails the test when not valid */
void     report_check_html(const wz_text *html);                /* well formed */
void     report_check_text(const char *text);                   /* UTF-8, at most 78 columns, no space at an end */
void     report_check_forms(const report_fixture *fixture);     /* all three */

/* The child element whose attribute key is value; NULL when there is none. */
const wz_node *report_node(const wz_node *parent, const char *name, const char *key, const char *value);

#endif
