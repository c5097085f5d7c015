#include "check.h"

#include "core/smbios.h"

#define BIOS    "\x00\x06\x00\x00\x01\x02" "Maker\0" "1.0\0" "\0"
#define CHASSIS "\x03\x09\x01\x00\x01\x03\x00\x02\x03"
#define TAG     "7783-7084-3265-9085-8269-3286-77"

#define TABLE(text) { text, sizeof(text) - 1 }

static void the_tag_of_the_chassis_is_found(void **state)
{
    static const struct { wz_view table; const char *want; } rows[] = {
        { TABLE(BIOS CHASSIS "Microsoft Corporation\0" "serial\0" TAG "\0" "\0"), TAG },
        { TABLE(CHASSIS "M\0" "s\0" "  two words \0" "\0"), "two words" },
        { TABLE(CHASSIS "M\0" "s\0" "\x01\xFF~\0" "\0"), "??~" },
        { TABLE(CHASSIS "M\0" "s\0" "first\0" "\0" CHASSIS "M\0" "s\0" "second\0" "\0"), "first" },
        /* none: no chassis, a short one of old firmware, no string of that number, blanks, behind the end */
        { TABLE(BIOS), NULL },
        { TABLE("\x03\x08\x01\x00\x01\x03\x00\x01" "M\0" "\0"), NULL },
        { TABLE("\x03\x09\x01\x00\x01\x03\x00\x02\x00" "M\0" "\0"), NULL },
        { TABLE("\x03\x09\x01\x00\x01\x03\x00\x02\x09" "M\0" "\0"), NULL },
        { TABLE(CHASSIS "M\0" "s\0" "   \0" "\0"), NULL },
        { TABLE("\x7F\x04\x01\x00" "\0\0" CHASSIS "M\0" "s\0" "tag\0" "\0"), NULL },
        { { "", 0 }, NULL },
    };

    (void)state;
    for (size_t i = 0; i < CHECK_COUNT(rows); i++) {
        wz_text text = { 0 };

        CHECK_ROW(i, wz_smbios_chassis_tag(rows[i].table, &text) == (rows[i].want != NULL));
        CHECK_TEXT(text.at, rows[i].want);
        wz_text_clear(&text);
    }
}

/* Cut anywhere, with a byte changed anywhere, nothing outside is read (the sanitizers see to that). */
static void a_broken_table_is_survived(void **state)
{
    static const char whole[] = BIOS CHASSIS "M\0" "s\0" TAG "\0" "\0";

    (void)state;
    for (size_t length = 0; length < sizeof whole; length++)
        for (size_t at = 0; at <= length; at++) {
            char   *bytes = malloc(length + 1);
            wz_text text = { 0 };

            memcpy(bytes, whole, length);
            if (at < length)
                bytes[at] = (char)0xFF;
            bytes = realloc(bytes, length > 0 ? length : 1);       /* so that one byte too many is seen */
            (void)wz_smbios_chassis_tag((wz_view){ bytes, length }, &text);
            wz_text_clear(&text);
            free(bytes);
        }
}

int test_smbios(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tag_of_the_chassis_is_found),
        cmocka_unit_test(a_broken_table_is_survived),
    };

    return cmocka_run_group_tests_name("smbios", tests, NULL, NULL);
}
