/* See scan_look.h: the compatibility layer that the computer sets for a program. */
#include <stdlib.h>

#include "platform/registry.h"
#include "platform/scan_look.h"

/* For all users, as the tab Compatibility writes it; what one user has set says nothing about the others. */
static const wchar_t layers[] = L"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\AppCompatFlags\\Layers";

void wz_look_layer(const wchar_t *path, wz_findings *findings)
{
    char *text = NULL;
    HKEY  key;

    if (wz_registry_open(layers, &key) != 0)
        return;
    if (wz_registry_text(key, path, &text) == 0 && wz_layer_answers(text))
        wz_findings_excuse(findings, 0, WZ_EXCUSE_LAYER);
    free(text);
    RegCloseKey(key);
}
