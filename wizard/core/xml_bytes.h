/*
 * xml_bytes: from the bytes of a file to UTF-8, before any parser sees them.
 *
 * Decides the encoding by byte order mark and declaration (XML 1.0, appendix F), accepts UTF-8, UTF-16 of either byte
 * order and ASCII, checks every character strictly and converts UTF-16. So libxml2 gets valid UTF-8 only and needs no
 * converters. For xml.c alone. Any thread.
 */
#ifndef WZ_CORE_XML_BYTES_H
#define WZ_CORE_XML_BYTES_H

#include "core/error.h"
#include "core/text.h"

/*
 * out        the document as UTF-8 without mark: a part of bytes, or of converted
 * converted  owned by the caller, cleared by it; holds the text when it had to be converted
 *
 * WZ_E_FORMAT  empty, another encoding, a zero byte, bytes that are no characters: line and reason are set
 */
wz_status wz_xml_bytes(const char *name, wz_view bytes, wz_text *converted, wz_view *out, wz_error *err);

#endif
