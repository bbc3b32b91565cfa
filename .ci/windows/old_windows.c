/* What Windows 7 says when the program is started there. Python asks for api-ms-win-core-path-l1-1-0.dll, which
   Windows 10 has within itself, whatever lies beside the program; Windows 7 has not, and takes this file. Without it
   the person would read in English that a DLL failed to load. */
#include <windows.h>

static const WCHAR SAID[] = L"清单填报要在 64 位的 Windows 10（1809 版）或更新的系统上运行，这台电脑的系统太旧，没有打开。\n\n"
                            L"请换一台电脑，或先升级系统。以前填报的数据都在，没有受影响。";

BOOL WINAPI DllMain(HINSTANCE self, DWORD why, LPVOID more)
{
    if (why != DLL_PROCESS_ATTACH) return TRUE;
    if (!GetEnvironmentVariableW(L"QINGDAN_QUIET", NULL, 0)) /* the trial has nobody who could press the button */
        MessageBoxW(NULL, SAID, L"清单填报", MB_OK | MB_ICONSTOP | MB_SETFOREGROUND);
    TerminateProcess(GetCurrentProcess(), 3);
    return FALSE;
}

/* never called: asked for by name */
__declspec(dllexport) HRESULT PathCchCombineEx(void) { return E_FAIL; }
__declspec(dllexport) HRESULT PathCchSkipRoot(void) { return E_FAIL; }
__declspec(dllexport) HRESULT PathCchFindExtension(void) { return E_FAIL; }
