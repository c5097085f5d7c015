#include "core/shopping.h"

#include "core/report_parts.h"
#include "core/system.h"

#include "product.h"
#include "resource.h"

#define DOWNLOAD_ROOT "http://download.windowsupdate.com/"

/* ---- one list, two forms ---- */

typedef struct shop_paper {
    const wz_words *words;
    bool            is_html;
    wz_text        *out;
} shop_paper;

static void shop_add_value(const shop_paper *paper, const char *value)
{
    wz_text shown = { 0 };

    wz_text_add_visible(&shown, value);
    if (paper->is_html)
        wz_text_add_xml(paper->out, wz_text_at(&shown));
    else
        wz_text_add(paper->out, wz_text_at(&shown));
    wz_text_clear(&shown);
}

static void shop_tag(const shop_paper *paper, const char *html, const char *text)
{
    wz_text_add(paper->out, paper->is_html ? html : text);
}

static void shop_heading(const shop_paper *paper, const char *text)
{
    shop_tag(paper, "<h2>", "\n");
    shop_add_value(paper, text);
    shop_tag(paper, "</h2>\n", "\n");
}

static void shop_paragraph(const shop_paper *paper, unsigned word, const char *const args[], size_t count)
{
    wz_text text = { 0 };

    wz_words_fill(paper->words, word, args, count, &text);
    shop_tag(paper, "<p>", "");
    shop_add_value(paper, wz_text_at(&text));
    shop_tag(paper, "</p>\n", "\n");
    wz_text_clear(&text);
}

/* A line of a step, in a table or as "Label: value"; label 0 = a remark without one. */
static void shop_line(const shop_paper *paper, unsigned label, const char *value)
{
    const char *args[] = { label != 0 ? wz_word(paper->words, label) : "", value };
    wz_text     line = { 0 };

    if (paper->is_html) {
        wz_text_add(paper->out, "<tr><th>");
        shop_add_value(paper, args[0]);
        wz_text_add(paper->out, "</th><td>");
        shop_add_value(paper, value);
        wz_text_add(paper->out, "</td></tr>\n");
        return;
    }
    if (label != 0)
        wz_words_fill(paper->words, IDS_PAIR, args, WZ_COUNT(args), &line);
    wz_text_add(paper->out, "  ");
    shop_add_value(paper, label != 0 ? wz_text_at(&line) : value);
    wz_text_add(paper->out, "\n");
    wz_text_clear(&line);
}

static void shop_filled_line(const shop_paper *paper, unsigned label, unsigned word, const char *const args[],
                             size_t count)
{
    wz_text text = { 0 };

    wz_words_fill(paper->words, word, args, count, &text);
    shop_line(paper, label, wz_text_at(&text));
    wz_text_clear(&text);
}

static void shop_begin(const shop_paper *paper)
{
    if (paper->is_html) {
        wz_text_add(paper->out,
                    "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" "
                    "\"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd\">\n"
                    "<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"");
        wz_text_add_xml(paper->out, paper->words->language);
        wz_text_add(paper->out, "\">\n<head>\n<meta http-equiv=\"Content-Type\" "
                                "content=\"text/html; charset=utf-8\" />\n<title>");
        shop_add_value(paper, wz_word(paper->words, IDS_SHOP_TITLE));
        wz_text_add(paper->out, "</title>\n<style type=\"text/css\">\n"
                                "body { font: 10pt/1.4 Tahoma, Verdana, Arial, sans-serif; margin: 2em; }\n"
                                "h1 { font-size: 1.6em; }\nh2 { font-size: 1.2em; margin: 1.5em 0 .3em 0; }\n"
                                "table { border-collapse: collapse; width: 100%; }\n"
                                "th, td { text-align: left; vertical-align: top; padding: .2em .5em; "
                                "border-top: 1px solid #999; word-wrap: break-word; }\n"
                                "th { font-weight: normal; width: 14em; }\n"
                                "</style>\n</head>\n<body>\n<h1>");
    }
    shop_add_value(paper, wz_word(paper->words, IDS_SHOP_TITLE));
    shop_tag(paper, "</h1>\n", "\n\n");
}

/* ---- what it says ---- */

static void shop_head(const shop_paper *paper, const wz_session *session)
{
    const char *computer = wz_snapshot_text(session->snapshot, WZ_FACT_COMPUTER_NAME);
    const char *who[3] = { computer != NULL ? computer : "?",
                           wz_architecture_name(wz_system_architecture(session->snapshot)),
                           wz_word(paper->words, wz_target_word(session->target)) };
    wz_text     made = { 0 };
    wz_text     program = { 0 };
    const char *when[3];
    const char *sha256[1] = { wz_catalogue_sha256(session->catalogue) };

    wz_text_add_time(&made, session->platform->now(session->platform->context));
    wz_text_add(&program, wz_word(paper->words, IDS_PRODUCT));
    wz_text_add(&program, " " WZ_PRODUCT_VERSION_TEXT);
    when[0] = wz_text_at(&made);
    when[1] = wz_text_at(&program);
    when[2] = wz_catalogue_is_built_in(session->catalogue) ? wz_word(paper->words, IDS_DOC_COL_BUILT_IN)
                                                           : wz_catalogue_name(session->catalogue);
    shop_paragraph(paper, IDS_SHOP_FOR, who, 3);
    shop_paragraph(paper, IDS_SHOP_MADE, when, 3);
    if (!wz_catalogue_is_built_in(session->catalogue))
        shop_paragraph(paper, IDS_SHOP_SITE_CATALOGUE, sha256, 1);
    wz_text_clear(&made);
    wz_text_clear(&program);
}

static void shop_offer(const shop_paper *paper, const wz_offer *offer)
{
    wz_text address = { 0 };

    if (offer == NULL) {
        shop_line(paper, 0, wz_word(paper->words, IDS_SHOP_NO_FILE));
        shop_line(paper, 0, wz_word(paper->words, IDS_SHOP_NO_HASH));
        return;
    }
    if (offer->name != NULL)
        shop_line(paper, IDS_SHOP_FILE, offer->name);
    else
        shop_line(paper, 0, wz_word(paper->words, IDS_SHOP_NO_FILE));
    if (offer->sha1 != NULL)
        shop_line(paper, IDS_SHOP_SHA1, offer->sha1);
    if (offer->sha256 != NULL)
        shop_line(paper, IDS_SHOP_SHA256, offer->sha256);
    if (offer->sha1 == NULL && offer->sha256 == NULL)
        shop_line(paper, 0, wz_word(paper->words, IDS_SHOP_NO_HASH));
    if (offer->folder != NULL && offer->name != NULL) {
        wz_text_add(&address, DOWNLOAD_ROOT);
        wz_text_add(&address, offer->folder);
        if (address.at[address.length - 1] != '/')
            wz_text_add(&address, "/");
        wz_text_add(&address, offer->name);
        shop_line(paper, IDS_SHOP_ADDRESS, wz_text_at(&address));
    }
    wz_text_clear(&address);
}

/* match may be NULL: no folder was chosen yet. */
static void shop_state(const shop_paper *paper, const wz_match *match)
{
    const char *args[2] = { "", "" };

    if (match == NULL || match->file == NULL) {
        shop_line(paper, IDS_SHOP_STATE, wz_word(paper->words, IDS_SHOP_TO_FETCH));
        return;
    }
    args[0] = match->file->path;
    args[1] = wz_word(paper->words, wz_file_verdict_word(match->verdict));
    shop_filled_line(paper, IDS_SHOP_STATE,
                     wz_file_is_accepted(match->verdict) ? IDS_SHOP_THERE : IDS_SHOP_FETCH_AGAIN, args, 2);
}

static void shop_step(const shop_paper *paper, const wz_session *session, size_t index)
{
    const wz_step   *step = &session->plan->steps[index];
    const wz_update *update = step->update;
    const wz_match  *match = index < session->matches.count ? &session->matches.items[index] : NULL;
    wz_text          number = { 0 };
    wz_text          kb = { 0 };
    wz_text          search = { 0 };
    wz_text          heading = { 0 };
    const char      *args[3];

    wz_text_add_number(&number, index + 1);
    wz_text_add_number(&kb, update->kb);
    wz_text_add(&search, "KB");
    wz_text_add_number(&search, update->kb);
    args[0] = wz_text_at(&number);
    args[1] = wz_text_at(&kb);
    args[2] = wz_word(paper->words, wz_kind_word(update->kind));
    wz_words_fill(paper->words, IDS_SHOP_STEP, args, 3, &heading);
    shop_heading(paper, wz_text_at(&heading));
    shop_tag(paper, "<table>\n", "");
    if (update->title != NULL)
        shop_line(paper, IDS_SHOP_NAME, update->title);
    if (step->is_pending) {
        shop_line(paper, IDS_SHOP_STATE, wz_word(paper->words, IDS_SHOP_NEEDS_NONE));
    } else {
        shop_offer(paper, wz_update_offer(update, wz_system_architecture(session->snapshot)));
        shop_line(paper, IDS_SHOP_SEARCH, wz_text_at(&search));
        shop_state(paper, match);
    }
    shop_tag(paper, "</table>\n", "");
    wz_text_clear(&number);
    wz_text_clear(&kb);
    wz_text_clear(&search);
    wz_text_clear(&heading);
}

static void shop_write(const shop_paper *paper, const wz_session *session)
{
    const wz_plan *plan = session->plan;

    shop_begin(paper);
    shop_head(paper, session);
    if (plan->step_count == 0) {
        wz_text why = { 0 };

        shop_paragraph(paper, IDS_SHOP_NOTHING, NULL, 0);
        wz_phrase_render(&plan->why, paper->words, &why);
        shop_tag(paper, "<p>", "");
        shop_add_value(paper, wz_text_at(&why));
        shop_tag(paper, "</p>\n", "\n");
        wz_text_clear(&why);
    } else {
        shop_paragraph(paper, IDS_SHOP_LEAD, NULL, 0);
    }
    for (size_t i = 0; i < plan->step_count; i++)
        shop_step(paper, session, i);
    shop_tag(paper, "</body>\n</html>\n", "");
}

wz_status wz_shopping_save(const wz_session *session, const wz_words *words, const char *path, wz_error *err)
{
    wz_report_format format;
    wz_text          text = { 0 };
    shop_paper       paper = { .words = words, .out = &text };
    wz_status        status;

    paper.is_html = wz_report_format_of(path, &format) && format == WZ_REPORT_HTML;
    shop_write(&paper, session);
    if (!paper.is_html)
        wz_text_for_notepad(&text);
    status = session->platform->write_file(session->platform->context, path, (wz_view){ text.at, text.length }, err);
    wz_text_clear(&text);
    return status;
}
