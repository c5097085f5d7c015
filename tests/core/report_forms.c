#include "report_forms.h"

#include "check.h"
#include "core/report_parts.h"
#include "words.h"

wz_text report_rendered(const report_fixture *fixture, wz_report_format format)
{
    wz_text    text = { 0 };
    wz_report *report = wz_report_create(&fixture->session, &fixture->words);

    wz_report_render(report, format, &text);
    wz_report_free(report);
    return text;
}

const wz_node *report_node(const wz_node *parent, const char *name, const char *key, const char *value)
{
    for (const wz_node *node = wz_node_first(parent, name); node != NULL; node = wz_node_next(node, name))
        if (wz_node_attribute(node, key) != NULL && strcmp(wz_node_attribute(node, key), value) == 0)
            return node;
    return NULL;
}

wz_xml *report_opened(const wz_text *text)
{
    wz_text   schema = test_read("resources/report.xsd");
    wz_xml   *xml = NULL;
    wz_error  err = { 0 };
    wz_status status = wz_xml_open("report", (wz_view){ text->at, text->length }, 1u << 24,
                                   (wz_view){ schema.at, schema.length }, &xml, &err);

    if (status != WZ_OK)
        print_error("%s\n", test_error(&err));
    assert_int_equal(status, WZ_OK);
    wz_text_clear(&schema);
    return xml;
}

/* The DOCTYPE tells Internet Explorer 7 to keep to the standards, and wz_xml_open to refuse: without it. */
void report_check_html(const wz_text *html)
{
    static const char schema[] =
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='http://www.w3.org/1999/xhtml'>"
        "<xs:element name='html'><xs:complexType mixed='true'><xs:sequence>"
        "<xs:any processContents='skip' minOccurs='2' maxOccurs='2'/></xs:sequence>"
        "<xs:anyAttribute processContents='skip'/></xs:complexType></xs:element></xs:schema>";
    const char *begin = strstr(html->at, "<html");
    wz_xml     *xml = NULL;
    wz_error    err = { 0 };

    assert_non_null(begin);
    wz_view bytes = { begin, html->length - (size_t)(begin - html->at) };

    if (wz_xml_open("html", bytes, 1u << 24, (wz_view){ schema, sizeof schema - 1 }, &xml, &err) != WZ_OK) {
        print_error("%s\n", test_error(&err));
        fail();
    }
    wz_xml_free(xml);
}

void report_check_text(const char *text)
{
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");

        if (wz_text_columns(text, length) > 78 || (length > 0 && text[length - 1] == ' ')) {
            print_error("too wide, or a space at the end: \"%.*s\"\n", (int)length, text);
            fail();
        }
        assert_true(wz_is_utf8(text, length));
        text += length + (text[length] == '\n');
    }
}

void report_check_forms(const report_fixture *fixture)
{
    wz_text html = report_rendered(fixture, WZ_REPORT_HTML);
    wz_text xml = report_rendered(fixture, WZ_REPORT_XML);
    wz_text text = report_rendered(fixture, WZ_REPORT_TEXT);

    wz_xml_free(report_opened(&xml));
    report_check_html(&html);
    report_check_text(text.at);
    assert_null(strstr(html.at, "<script"));
    assert_null(strstr(xml.at, "<script"));
    wz_text_clear(&html);
    wz_text_clear(&xml);
    wz_text_clear(&text);
}
