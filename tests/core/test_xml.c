#include "check.h"
#include "core/xml.h"
#include "resource.h"
#include "words.h"

#define VIEW(text)  ((wz_view){ (text), sizeof(text) - 1 })
#define BYTES(text) { (text), sizeof(text) - 1 }            /* the same in a table */

static const char schema_text[] =
    "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>"
    "<xs:element name='list'><xs:complexType><xs:choice minOccurs='0' maxOccurs='unbounded'>"
    "<xs:element name='item'><xs:complexType><xs:simpleContent><xs:extension base='xs:string'>"
    "<xs:attribute name='id' type='xs:unsignedInt' use='required'/><xs:attribute name='t' type='xs:string'/>"
    "</xs:extension></xs:simpleContent></xs:complexType></xs:element>"
    "<xs:element ref='list'/></xs:choice></xs:complexType></xs:element></xs:schema>";

static wz_status open_text(wz_view bytes, size_t limit, wz_xml **out, wz_error *err)
{
    return wz_xml_open("input.xml", bytes, limit, VIEW(schema_text), out, err);
}

#define D32 "<list><list><list><list><list><list><list><list>"
#define U32 "</list></list></list></list></list></list></list></list>"

/* Everything here is refused, each for its own reason and at the right line. */
static void hostile_and_broken_input_is_refused_with_line_and_reason(void **state)
{
    static const struct { wz_view bytes; wz_status status; unsigned line, reason; } rows[] = {
        { { "", 0 }, WZ_E_FORMAT, 0, IDS_REASON_EMPTY },
        { { "\xEF\xBB\xBF", 3 }, WZ_E_FORMAT, 0, IDS_REASON_EMPTY },
        /* entities */
        { BYTES("<?xml version='1.0'?>\n<!DOCTYPE list [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>"
               "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;'>]>\n"
               "<list><item id='1'>&d;</item></list>"), WZ_E_FORMAT, 2, IDS_REASON_DOCTYPE },
        { BYTES("<!DOCTYPE list [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n<list><item id='1'>&x;</item></list>"),
          WZ_E_FORMAT, 1, IDS_REASON_DOCTYPE },
        { BYTES("<!DOCTYPE list [<!ENTITY % x SYSTEM 'http://127.0.0.1:1/x'> %x;]>\n<list/>"),
          WZ_E_FORMAT, 1, IDS_REASON_DOCTYPE },
        { BYTES("<!-- 1\n2 -->\n<!DOCTYPE list SYSTEM 'list.dtd'>\n<list/>"), WZ_E_FORMAT, 3, IDS_REASON_DOCTYPE },
        { BYTES("<!DOCTYPE list>\n<list/>"), WZ_E_FORMAT, 1, IDS_REASON_DOCTYPE },
        { BYTES("<list>\n<item id='1'>&other;</item></list>"), WZ_E_FORMAT, 2, IDS_REASON_NOT_XML },
        /* depth */
        { BYTES(D32 "\n" D32 D32 D32 "<list>" "</list>" U32 U32 U32 U32), WZ_E_LIMIT, 2, IDS_REASON_TOO_DEEP },
        { BYTES(D32 D32 D32 D32 D32 D32), WZ_E_LIMIT, 1, IDS_REASON_TOO_DEEP },
        /* bytes */
        { BYTES("<list>\n\n<item id='1'>caf\xE9</item></list>"), WZ_E_FORMAT, 3, IDS_REASON_UTF8 },
        { BYTES("<list>\n<item id='1'>\xC0\xAF</item></list>"), WZ_E_FORMAT, 2, IDS_REASON_UTF8 },
        { BYTES("<list>\n<item id='1'>a\0b</item></list>"), WZ_E_FORMAT, 2, IDS_REASON_NUL },
        { BYTES("<list>\n<item id='1'>\x01</item></list>"), WZ_E_FORMAT, 2, IDS_REASON_NOT_XML },
        { BYTES("<list>\n<item id='1'>&#0;</item></list>"), WZ_E_FORMAT, 2, IDS_REASON_NOT_XML },
        { BYTES("\xFF\xFE<\0l\0i\0s\0t\0\n\0/\0>"), WZ_E_FORMAT, 2, IDS_REASON_UTF8 },      /* half a unit */
        { BYTES("\xFF\xFE<\0\x00\xD8>\0"), WZ_E_FORMAT, 1, IDS_REASON_UTF8 },               /* half a pair */
        { BYTES("\xFF\xFE<\0\x00\xDC>\0"), WZ_E_FORMAT, 1, IDS_REASON_UTF8 },
        /* encodings */
        { BYTES("<?xml version='1.0' encoding='ISO-8859-1'?><list/>"), WZ_E_FORMAT, 1, IDS_REASON_ENCODING },
        { BYTES("<?xml version=\"1.0\" encoding = \"windows-1252\"?>\n<list/>"), WZ_E_FORMAT, 1, IDS_REASON_ENCODING },
        { BYTES("<?xml version='1.0' encoding='UTF-7'?><list/>"), WZ_E_FORMAT, 1, IDS_REASON_ENCODING },
        { BYTES("<?xml version='1.0' encoding='UTF-16'?><list/>"), WZ_E_FORMAT, 1, IDS_REASON_ENCODING },
        { BYTES("\xFF\xFE\0\0<\0\0\0"), WZ_E_FORMAT, 1, IDS_REASON_ENCODING },
        { BYTES("\0\0\xFE\xFF\0\0\0<"), WZ_E_FORMAT, 1, IDS_REASON_ENCODING },
        /* cut */
        { BYTES("<"), WZ_E_FORMAT, 1, IDS_REASON_TRUNCATED },
        { BYTES("<list>\n<item id='1'>text"), WZ_E_FORMAT, 2, IDS_REASON_TRUNCATED },
        { BYTES("<list>\n<item id='1'>text</item>\n"), WZ_E_FORMAT, 3, IDS_REASON_TRUNCATED },
        { BYTES("<list>\n<item id='1"), WZ_E_FORMAT, 2, IDS_REASON_TRUNCATED },
        { BYTES("<list>\n<!-- "), WZ_E_FORMAT, 2, IDS_REASON_TRUNCATED },
        /* not XML */
        { BYTES("MSCF\n"), WZ_E_FORMAT, 1, IDS_REASON_NOT_XML },
        { BYTES("<list>\n</lost>"), WZ_E_FORMAT, 2, IDS_REASON_NOT_XML },
        { BYTES("<list>\n<item id='1' id='2'/></list>"), WZ_E_FORMAT, 2, IDS_REASON_NOT_XML },
        { BYTES("<list/>\n<list/>"), WZ_E_FORMAT, 2, IDS_REASON_NOT_XML },
        { BYTES("<list>\n<a:item xmlns:b='u' id='1'/></list>"), WZ_E_FORMAT, 2, IDS_REASON_NOT_XML },
        /* schema */
        { BYTES("\n<other/>"), WZ_E_FORMAT, 2, IDS_REASON_ROOT },
        { BYTES("<list xmlns='urn:other'/>"), WZ_E_FORMAT, 1, IDS_REASON_ROOT },
        { BYTES("<list>\n<item/>\n</list>"), WZ_E_FORMAT, 2, IDS_REASON_SCHEMA },
        { BYTES("<list>\n\n<item id='-1'/>\n<bad/></list>"), WZ_E_FORMAT, 3, IDS_REASON_SCHEMA },
        { BYTES("<list>\n<item id='1' more='x'/>\n</list>"), WZ_E_FORMAT, 2, IDS_REASON_SCHEMA },
        { BYTES("<list>\n<item id='1'><b/></item>\n</list>"), WZ_E_FORMAT, 2, IDS_REASON_SCHEMA },
        { BYTES("<list>\nwords</list>"), WZ_E_FORMAT, 1, IDS_REASON_SCHEMA },
    };

    (void)state;
    for (size_t i = 0; i < WZ_COUNT(rows); i++) {
        wz_error  error = { .status = WZ_OK };
        wz_xml   *xml = NULL;
        wz_status status = open_text(rows[i].bytes, 10000, &xml, &error);

        if (status != rows[i].status || error.line != rows[i].line || error.reason != rows[i].reason)
            print_error("row %u: %s\n", (unsigned)i, test_error(&error));
        CHECK_ROW(i, status == rows[i].status && error.status == status);
        CHECK_ROW(i, error.line == rows[i].line);
        CHECK_ROW(i, error.reason == rows[i].reason);
        CHECK_ROW(i, strncmp(error.subject, "input.xml", 9) == 0);
        CHECK_ROW(i, xml == NULL);
        CHECK_ROW(i, open_text(rows[i].bytes, 10000, &xml, NULL) == rows[i].status);
    }
}

static void schema_error_names_the_place(void **state)
{
    wz_error error;
    wz_xml  *xml = NULL;

    (void)state;
    assert_int_equal(open_text(VIEW("<list>\n<item id='x'/></list>"), 100, &xml, &error), WZ_E_FORMAT);
    CHECK_TEXT(test_error(&error),
               "input.xml, <item/@id>, line 2: The element or attribute does not follow the schema.");
    assert_int_equal(open_text(VIEW("<list>\n<bad/></list>"), 100, &xml, &error), WZ_E_FORMAT);
    CHECK_CONTAINS(test_error(&error), "input.xml, <bad>, line 2:");
}

static void limit_is_bytes_and_inclusive(void **state)
{
    wz_error error;
    wz_xml  *xml = NULL;

    (void)state;
    assert_int_equal(open_text(VIEW("<list/>"), 6, &xml, &error), WZ_E_LIMIT);
    assert_int_equal(error.reason, IDS_REASON_TOO_LARGE);
    assert_int_equal(open_text(VIEW("<list/>"), 7, &xml, &error), WZ_OK);
    wz_xml_free(xml);
}

static void thirty_two_deep_is_allowed(void **state)
{
    wz_xml *xml = NULL;

    (void)state;
    assert_int_equal(open_text(VIEW(D32 D32 D32 D32 U32 U32 U32 U32), 10000, &xml, NULL), WZ_OK);
    wz_xml_free(xml);
    assert_int_equal(open_text(VIEW("<list><list/><list/><list/><list/><list/><list/><list/><list/><list/><list/>"
                                    "<list/><list/><list/><list/><list/><list/><list/><list/><list/><list/>"
                                    "<list/><list/><list/><list/><list/><list/><list/><list/><list/><list/>"
                                    "<list/><list/><list/><list/><list/></list>"), 10000, &xml, NULL), WZ_OK);
    wz_xml_free(xml);
}

static void a_schema_that_is_none_is_said(void **state)
{
    wz_error error;
    wz_xml  *xml = NULL;

    (void)state;
    assert_int_equal(wz_xml_open("i", VIEW("<list/>"), 100, VIEW("<list/>"), &xml, &error), WZ_E_FORMAT);
    assert_int_equal(error.reason, IDS_REASON_BAD_SCHEMA);
    assert_int_equal(wz_xml_open("i", VIEW("<list/>"), 100, VIEW("<xs:"), &xml, &error), WZ_E_FORMAT);
    assert_int_equal(error.reason, IDS_REASON_BAD_SCHEMA);
}

static void check_item(wz_view bytes)
{
    wz_error       error = { .status = WZ_OK };
    wz_xml        *xml = NULL;
    const wz_node *item;
    char          *text;

    if (open_text(bytes, 10000, &xml, &error) != WZ_OK)
        fail_msg("%s", test_error(&error));
    item = wz_node_first(wz_xml_root(xml), "item");
    assert_non_null(item);
    text = wz_node_text(item);
    CHECK_TEXT(text, "\xC3\xBC\xE2\x82\xAC\xF0\x9F\x98\x80");
    CHECK_TEXT(wz_node_attribute(item, "id"), "7");
    free(text);
    wz_xml_free(xml);
}

static void utf8_and_both_utf16_say_the_same(void **state)
{
    static const char utf8[] = "<?xml version='1.0' encoding='utf-8'?>\r\n<list><item id='7'>"
                               "\xC3\xBC\xE2\x82\xAC\xF0\x9F\x98\x80</item></list>";
    static const char tail[] = "<list><item id='7'>";
    static const char end[] = "</item></list>";
    static const unsigned short middle[] = { 0xFC, 0x20AC, 0xD83D, 0xDE00 };

    (void)state;
    check_item(VIEW(utf8));
    check_item(VIEW("\xEF\xBB\xBF<list><item id='7'>\xC3\xBC\xE2\x82\xAC\xF0\x9F\x98\x80</item></list>"));
    check_item(VIEW("<?xml version='1.0' encoding='us-ascii'?>"
                    "<list><item id='7'>&#xFC;&#8364;&#x1F600;</item></list>"));
    check_item(VIEW("<list><item id='7'><![CDATA[\xC3\xBC]]><!-- no -->&#8364;"
                    "<![CDATA[\xF0\x9F\x98\x80]]></item></list>"));
    for (int form = 0; form < 4; form++) {                        /* little or big, with mark or without */
        wz_text        text = { 0 };
        unsigned short units[64];
        size_t         count = 0;

        if (form >= 2)
            units[count++] = 0xFEFF;
        for (size_t i = 0; i < sizeof tail - 1; i++)
            units[count++] = (unsigned char)tail[i];
        for (size_t i = 0; i < WZ_COUNT(middle); i++)
            units[count++] = middle[i];
        for (size_t i = 0; i < sizeof end - 1; i++)
            units[count++] = (unsigned char)end[i];
        for (size_t i = 0; i < count; i++) {
            char pair[2] = { (char)(units[i] & 0xFF), (char)(units[i] >> 8) };
            char swapped[2] = { pair[1], pair[0] };

            wz_text_append(&text, form % 2 == 0 ? pair : swapped, 2);
        }
        check_item((wz_view){ text.at, text.length });
        wz_text_clear(&text);
    }
}

static void nodes_are_walked_in_order(void **state)
{
    wz_xml        *xml = NULL;
    const wz_node *node;
    char          *text;

    (void)state;
    assert_int_equal(open_text(VIEW("<list>\n <!-- x --><?php no ?>\n <item id='1' t='&lt;&amp;&quot;&#10;&apos;x'/>\n"
                                    " <list/>\n <item id='2' t=''> a\n b </item>\n</list>"), 10000, &xml, NULL), WZ_OK);
    CHECK_TEXT(wz_node_name(wz_xml_root(xml)), "list");
    node = wz_node_first(wz_xml_root(xml), NULL);
    CHECK_TEXT(wz_node_attribute(node, "t"), "<&\"\n'x");
    assert_null(wz_node_attribute(node, "none"));
    assert_int_equal(wz_node_line(node), 3);
    text = wz_node_text(node);
    CHECK_TEXT(text, "");
    free(text);
    CHECK_TEXT(wz_node_name(wz_node_next(node, NULL)), "list");
    assert_null(wz_node_first(wz_node_next(node, NULL), NULL));
    node = wz_node_next(node, "item");
    CHECK_TEXT(wz_node_attribute(node, "id"), "2");
    CHECK_TEXT(wz_node_attribute(node, "t"), "");
    assert_int_equal(wz_node_line(node), 5);
    text = wz_node_text(node);
    CHECK_TEXT(text, " a\n b ");
    free(text);
    assert_null(wz_node_next(node, "item"));
    wz_xml_free(xml);
    wz_xml_free(NULL);
}

static void twenty_megabytes_are_read(void **state)
{
    wz_text        text = { 0 };
    wz_xml        *xml = NULL;
    size_t         count = 0;
    wz_error       error = { .status = WZ_OK };

    (void)state;
    wz_text_add(&text, "<list>\n");
    while (text.length < 20000000)
        wz_text_add(&text, "<item id='1'>Package_for_KB4493730~31bf3856ad364e35~amd64~~6.0.1.1</item>\n");
    wz_text_add(&text, "<item id='x'/></list>\n");
    assert_int_equal(open_text((wz_view){ text.at, text.length }, 64u << 20, &xml, &error), WZ_E_FORMAT);
    for (const char *at = text.at; (at = strchr(at, '\n')) != NULL; at++)
        count++;
    assert_true(count > 65535);                                   /* libxml2 counts an element's lines in 16 bits */
    print_message("20 MB: last line %u, told as %u\n", (unsigned)count, error.line);
    assert_int_equal(error.line, count);
    wz_text_clear(&text);
}

static int start(void **state)
{
    (void)state;
    wz_xml_start();
    return 0;
}

int test_xml(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(hostile_and_broken_input_is_refused_with_line_and_reason),
        cmocka_unit_test(schema_error_names_the_place),
        cmocka_unit_test(limit_is_bytes_and_inclusive),
        cmocka_unit_test(thirty_two_deep_is_allowed),
        cmocka_unit_test(a_schema_that_is_none_is_said),
        cmocka_unit_test(utf8_and_both_utf16_say_the_same),
        cmocka_unit_test(nodes_are_walked_in_order),
        cmocka_unit_test(twenty_megabytes_are_read),
    };

    return cmocka_run_group_tests_name("xml", tests, start, NULL);
}
