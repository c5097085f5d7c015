/* See report_parts.h: making sections. */
#include "core/report_parts.h"

#include <stdlib.h>
#include <string.h>

#include "resource.h"

static char *copy_without_cr(const char *text)
{
    if (text == NULL)
        return NULL;

    char *copy = wz_copy(text), *to = copy;

    for (const char *from = text; *from != '\0'; from++)
        if (*from != '\r')
            *to++ = *from;
    *to = '\0';
    return copy;
}

wz_section *wz_maker_section(const wz_maker *maker, const char *name, unsigned title, const wz_columns *columns)
{
    wz_report *report = maker->report;

    report->sections = wz_grow(report->sections, report->section_count, &report->section_room,
                               sizeof *report->sections);

    wz_section *section = &report->sections[report->section_count++];

    *section = (wz_section){ .name = name, .title = wz_copy(wz_word(maker->words, title)),
                             .column_names = columns->names, .column_count = columns->count,
                             .main_count = columns->main_count };
    if (columns->titles != NULL) {
        section->pair = wz_copy(wz_word(maker->words, IDS_PAIR));
        section->column_titles = wz_new_array(columns->count, char *);
        for (size_t i = 0; i < columns->count; i++)
            section->column_titles[i] = wz_copy(wz_word(maker->words, columns->titles[i]));
    }
    return section;
}

wz_section *wz_maker_pairs(const wz_maker *maker, const char *name, unsigned title)
{
    static const char *const names[] = { "item", "value" };

    return wz_maker_section(maker, name, title, &WZ_COLUMNS(names, NULL, 2));
}

void wz_section_lead(wz_section *section, wz_text *paragraph)
{
    wz_text lead = { 0 };

    if (section->lead != NULL) {
        wz_text_add(&lead, section->lead);
        wz_text_add(&lead, "\n");
    }
    wz_text_add(&lead, wz_text_at(paragraph));
    wz_text_clear(paragraph);
    free(section->lead);
    section->lead = wz_text_take(&lead);
}

void wz_maker_lead(const wz_maker *maker, wz_section *section, unsigned id, const char *const args[], size_t count)
{
    wz_text text = { 0 };

    wz_words_fill(maker->words, id, args, count, &text);
    wz_section_lead(section, &text);
}

void wz_maker_lead_phrase(const wz_maker *maker, wz_section *section, const wz_phrase *phrase)
{
    wz_text text = { 0 };

    if (phrase->id == 0)
        return;
    wz_phrase_render(phrase, maker->words, &text);
    wz_section_lead(section, &text);
}

wz_row *wz_section_add(wz_section *section, const char *id, const char *verdict)
{
    section->rows = wz_grow(section->rows, section->row_count, &section->row_room, sizeof *section->rows);

    wz_row *row = &section->rows[section->row_count++];

    *row = (wz_row){ wz_new_array(section->column_count, wz_cell), verdict, wz_copy(id) };
    return row;
}

void wz_row_put(wz_row *row, size_t column, const char *text, const char *code)
{
    free(row->cells[column].text);
    free(row->cells[column].code);
    row->cells[column] = (wz_cell){ copy_without_cr(text), wz_copy(code) };
}

void wz_row_number(wz_row *row, size_t column, uint64_t number)
{
    wz_text text = { 0 };

    wz_text_add_number(&text, number);
    wz_row_put(row, column, wz_text_at(&text), NULL);
    wz_text_clear(&text);
}

void wz_row_time(wz_row *row, size_t column, wz_time time)
{
    wz_text text = { 0 };

    wz_text_add_time(&text, time);
    if (time != 0)
        wz_row_put(row, column, wz_text_at(&text), NULL);
    wz_text_clear(&text);
}

void wz_text_add_kb(wz_text *out, unsigned kb)
{
    wz_text_add(out, "KB");
    wz_text_add_number(out, kb);
}

void wz_row_kb(wz_row *row, size_t column, unsigned kb)
{
    wz_text text = { 0 };

    wz_text_add_kb(&text, kb);
    wz_row_put(row, column, wz_text_at(&text), NULL);
    wz_text_clear(&text);
}

void wz_maker_word(const wz_maker *maker, wz_row *row, size_t column, unsigned id, const char *code)
{
    wz_row_put(row, column, id == 0 ? NULL : wz_word(maker->words, id), code);
}

void wz_maker_phrase(const wz_maker *maker, wz_row *row, size_t column, const wz_phrase *phrase)
{
    wz_text text = { 0 };

    if (phrase->id == 0)
        return;
    wz_phrase_render(phrase, maker->words, &text);
    wz_row_put(row, column, wz_text_at(&text), NULL);
    wz_text_clear(&text);
}

void wz_maker_yes(const wz_maker *maker, wz_row *row, size_t column, bool yes)
{
    wz_maker_word(maker, row, column, yes ? IDS_YES : IDS_NO, yes ? "true" : "false");
}

wz_row *wz_maker_pair(const wz_maker *maker, wz_section *section, const char *id, unsigned label, const char *value)
{
    wz_row *row = wz_section_add(section, id, NULL);

    wz_maker_word(maker, row, 0, label, NULL);
    wz_row_put(row, 1, value, NULL);
    return row;
}

void wz_text_add_code(wz_text *out, const wz_words *words, unsigned pattern, uint32_t code)
{
    wz_text decimal = { 0 }, hex = { 0 };

    wz_text_add_number(&decimal, code);
    wz_text_add(&hex, "0x");
    wz_text_add_hex(&hex, code, 8);
    const char *args[] = { wz_text_at(&decimal), wz_text_at(&hex) };

    wz_words_fill(words, pattern, args, WZ_COUNT(args), out);
    wz_text_clear(&decimal);
    wz_text_clear(&hex);
}

void wz_maker_fact_error(const wz_maker *maker, wz_row *row, size_t column, const wz_fact *fact)
{
    wz_text text = { 0 }, code = { 0 };

    if (fact->state == WZ_FACT_NOT_ASKED) {
        wz_maker_word(maker, row, column, IDS_STATE_NOT_ASKED, "notAsked");
    } else if (fact->os_code == 0) {
        wz_maker_word(maker, row, column, IDS_DOC_ERROR_TIMEOUT, "timeout");
    } else {
        wz_text_add_code(&text, maker->words, IDS_DOC_ERROR_CODE, fact->os_code);
        wz_text_add_number(&code, fact->os_code);
        wz_row_put(row, column, wz_text_at(&text), wz_text_at(&code));
    }
    wz_text_clear(&text);
    wz_text_clear(&code);
}

void wz_maker_fact(const wz_maker *maker, wz_row *row, const wz_fact *fact, wz_fact_columns to)
{
    static const struct { unsigned word; const char *code; } states[] = {
        [WZ_FACT_NOT_ASKED]  = { IDS_STATE_NOT_ASKED,  "notAsked"   },
        [WZ_FACT_KNOWN]      = { IDS_STATE_KNOWN,      "known"      },
        [WZ_FACT_ABSENT]     = { IDS_STATE_ABSENT,     "absent"     },
        [WZ_FACT_UNREADABLE] = { IDS_DOC_STATE_UNREADABLE, "unreadable" },
    };

    if (to.value != WZ_NO_COLUMN && fact->state == WZ_FACT_KNOWN)
        wz_row_put(row, to.value, fact->value, NULL);
    if (to.state != WZ_NO_COLUMN)
        wz_maker_word(maker, row, to.state, states[fact->state].word, states[fact->state].code);
    wz_row_put(row, to.source, fact->source, NULL);
    wz_row_time(row, to.time, fact->time);
}
