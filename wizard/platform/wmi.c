#include "platform/wmi.h"

#include <stdlib.h>

#include "core/text.h"
#include "platform/wide.h"
#include "platform/win32.h"

#include <ole2.h>
#include <oleauto.h>
#include <wbemidl.h>

#define MOST_COLUMNS 4u
#define ROW_LIMIT_MS 120000

struct wz_wmi {
    bool           is_initialized;      /* CoInitializeEx wants its counterpart */
    IWbemServices *services;
};

static HRESULT wmi_connect(wz_wmi *wmi)
{
    IWbemLocator *locator = NULL;
    BSTR          name_space = SysAllocString(L"ROOT\\CIMV2");
    HRESULT       result;

    if (name_space == NULL)
        wz_out_of_memory();
    result = CoCreateInstance(&CLSID_WbemLocator, NULL, CLSCTX_INPROC_SERVER, &IID_IWbemLocator, (void **)&locator);
    if (SUCCEEDED(result)) {
        result = IWbemLocator_ConnectServer(locator, name_space, NULL, NULL, NULL, WBEM_FLAG_CONNECT_USE_MAX_WAIT, NULL,
                                            NULL, &wmi->services);
        IWbemLocator_Release(locator);
    }
    SysFreeString(name_space);
    if (SUCCEEDED(result))
        result = CoSetProxyBlanket((IUnknown *)wmi->services, RPC_C_AUTHN_WINNT, RPC_C_AUTHZ_NONE, NULL,
                                   RPC_C_AUTHN_LEVEL_CALL, RPC_C_IMP_LEVEL_IMPERSONATE, NULL, EOAC_NONE);
    return result;
}

unsigned wz_wmi_open(wz_wmi **out)
{
    wz_wmi *wmi = wz_new(wz_wmi);
    HRESULT result = CoInitializeEx(NULL, COINIT_MULTITHREADED);

    wmi->is_initialized = SUCCEEDED(result);
    if (wmi->is_initialized) {
        /* For the whole process and only once; a second caller hears RPC_E_TOO_LATE, which is fine. */
        result = CoInitializeSecurity(NULL, -1, NULL, NULL, RPC_C_AUTHN_LEVEL_DEFAULT, RPC_C_IMP_LEVEL_IMPERSONATE,
                                      NULL, EOAC_NONE, NULL);
        if (SUCCEEDED(result) || result == RPC_E_TOO_LATE)
            result = wmi_connect(wmi);
    }
    if (FAILED(result)) {
        wz_wmi_close(wmi);
        return (unsigned)result;
    }
    *out = wmi;
    return 0;
}

void wz_wmi_close(wz_wmi *wmi)
{
    if (wmi == NULL)
        return;
    if (wmi->services != NULL)
        IWbemServices_Release(wmi->services);
    if (wmi->is_initialized)
        CoUninitialize();
    free(wmi);
}

static char *value_text(IWbemClassObject *object, const wchar_t *column)     /* owned; NULL when empty or not text */
{
    VARIANT value, text;
    char   *utf8 = NULL;

    VariantInit(&value);
    VariantInit(&text);
    if (SUCCEEDED(IWbemClassObject_Get(object, column, 0, &value, NULL, NULL)) && V_VT(&value) != VT_NULL &&
        V_VT(&value) != VT_EMPTY &&
        SUCCEEDED(VariantChangeTypeEx(&text, &value, LOCALE_INVARIANT, 0, VT_BSTR)) && V_BSTR(&text) != NULL)
        utf8 = wz_utf8_for_display(V_BSTR(&text), SysStringLen(V_BSTR(&text)));
    VariantClear(&text);
    VariantClear(&value);
    return utf8;
}

static void row_give(IWbemClassObject *object, const wchar_t *const columns[], size_t count, wz_wmi_row row,
                     void *context)
{
    char       *values[MOST_COLUMNS] = { NULL };
    const char *borrowed[MOST_COLUMNS] = { NULL };

    for (size_t i = 0; i < count; i++)
        borrowed[i] = values[i] = value_text(object, columns[i]);
    row(context, borrowed);
    for (size_t i = 0; i < count; i++)
        free(values[i]);
}

unsigned wz_wmi_query(wz_wmi *wmi, const wchar_t *query, const wchar_t *const columns[], size_t count, wz_wmi_row row,
                      void *context)
{
    IEnumWbemClassObject *rows = NULL;
    BSTR                  language = SysAllocString(L"WQL");
    BSTR                  text = SysAllocString(query);
    HRESULT               result;

    if (language == NULL || text == NULL || count > MOST_COLUMNS)
        wz_out_of_memory();
    result = IWbemServices_ExecQuery(wmi->services, language, text,
                                     WBEM_FLAG_FORWARD_ONLY | WBEM_FLAG_RETURN_IMMEDIATELY, NULL, &rows);
    SysFreeString(text);
    SysFreeString(language);
    if (FAILED(result))
        return (unsigned)result;
    CoSetProxyBlanket((IUnknown *)rows, RPC_C_AUTHN_WINNT, RPC_C_AUTHZ_NONE, NULL, RPC_C_AUTHN_LEVEL_CALL,
                      RPC_C_IMP_LEVEL_IMPERSONATE, NULL, EOAC_NONE);
    for (;;) {
        IWbemClassObject *object = NULL;
        ULONG             got = 0;

        result = IEnumWbemClassObject_Next(rows, ROW_LIMIT_MS, 1, &object, &got);
        if (got == 0)
            break;
        row_give(object, columns, count, row, context);
        IWbemClassObject_Release(object);
    }
    IEnumWbemClassObject_Release(rows);
    return result == WBEM_S_FALSE ? 0 : (unsigned)result;              /* S_FALSE is the orderly end */
}
