/* A journal that somebody edited and sealed again; the checksum keeps out accidents, not people. */
#include "fuzz/fuzz.h"

#include "core/journal.h"

static wz_text schema_file;
static wz_view schema;

static void reseal(wz_text *text)
{
    uint32_t crc = wz_crc32(wz_text_at(text), text->length);

    wz_text_add(text, "<!-- crc32 ");
    wz_text_add_hex(text, crc, 8);
    wz_text_add(text, " -->\n");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    wz_journal *journal = NULL, *again = NULL;
    wz_text     sealed = { 0 }, first = { 0 }, second = { 0 };

    if (schema.length == 0)
        schema = fuzz_file("resources/journal.xsd", &schema_file);
    if (wz_journal_read("fuzz", fuzz_view(bytes, length), schema, &journal, NULL) == WZ_OK)
        wz_journal_free(journal);
    journal = NULL;
    wz_text_append(&sealed, (const char *)bytes, length);
    reseal(&sealed);
    if (wz_journal_read("fuzz", (wz_view){ sealed.at, sealed.length }, schema, &journal, NULL) == WZ_OK) {
        wz_journal_is_open(journal);
        wz_journal_write(journal, &first);
        FUZZ_HOLDS(wz_journal_read("again", (wz_view){ first.at, first.length }, schema, &again, NULL) == WZ_OK);
        wz_journal_write(again, &second);
        FUZZ_HOLDS(first.length == second.length && memcmp(first.at, second.at, first.length) == 0);
        wz_journal_free(again);
    }
    wz_journal_free(journal);
    wz_text_clear(&sealed);
    wz_text_clear(&first);
    wz_text_clear(&second);
    return 0;
}
