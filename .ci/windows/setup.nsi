; The Windows setup: for one user, without an administrator. makensis -DVERSION= -DDIST= -DOUT= -DICON= setup.nsi
Unicode true
Target amd64-unicode
!include "MUI2.nsh"
!include "WinVer.nsh"
!include "x64.nsh"
!define APP "Qingdan"
!define TITLE "清单填报"
!define KEY "Software\${APP}"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${APP}"
!define TYPE "Qingdan.File"

!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"' = 0
!endif

Name "${TITLE} ${VERSION}"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\${APP}"
InstallDirRegKey HKCU "${KEY}" "InstallDir"
SetCompressor /SOLID lzma
SetOverwrite on
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "${TITLE}"
VIAddVersionKey /LANG=2052 "FileDescription" "${TITLE} 安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}.0"
VIAddVersionKey /LANG=2052 "CompanyName" "${TITLE}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "MIT 许可"
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEPAGE_TEXT "安装只为当前用户，不需要管理员。$\r$\n$\r$\n以前填报的数据不在程序的文件夹里，安装、升级、卸载都不会动它。$\r$\n$\r$\n请先关闭清单填报，再点下一步。"
!define MUI_FINISHPAGE_RUN "$INSTDIR\Qingdan.exe"
!define MUI_FINISHPAGE_RUN_TEXT "现在打开清单填报"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

!macro Say TEXT
  IfSilent +2
  MessageBox MB_OK|MB_ICONSTOP "${TEXT}"
!macroend

Function .onInit
  ${IfNot} ${AtLeastWin10}
    !insertmacro Say "清单填报要在 64 位的 Windows 10（1809 版）或更新的系统上运行，这台电脑不符合，没有安装。请换一台电脑，或先升级系统。"
    SetErrorLevel 3
    Quit
  ${EndIf}
FunctionEnd

; A program that runs cannot be replaced: said before anything is touched.
Function NotRunning
  IfFileExists "$INSTDIR\Qingdan.exe" 0 free
  ClearErrors
  FileOpen $0 "$INSTDIR\Qingdan.exe" a
  IfErrors busy
  FileClose $0
  Goto free
busy:
  !insertmacro Say "清单填报还开着，没有安装。请先关闭它，再运行安装程序。"
  SetErrorLevel 4
  Quit
free:
FunctionEnd

Section
  Call NotRunning
  RMDir /r "$INSTDIR\_internal" ; libraries of the version before; no user's data lie here
  SetOutPath "$INSTDIR"
  File /r "${DIST}\*.*"
  CreateDirectory "$SMPROGRAMS\${TITLE}"
  CreateShortCut "$SMPROGRAMS\${TITLE}\${TITLE}.lnk" "$INSTDIR\Qingdan.exe"
  CreateShortCut "$SMPROGRAMS\${TITLE}\卸载${TITLE}.lnk" "$INSTDIR\uninstall.exe"
  CreateShortCut "$DESKTOP\${TITLE}.lnk" "$INSTDIR\Qingdan.exe"
  WriteRegStr HKCU "${KEY}" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "Software\Classes\.qd" "" "${TYPE}"
  WriteRegStr HKCU "Software\Classes\${TYPE}" "" "清单填报文件"
  WriteRegStr HKCU "Software\Classes\${TYPE}\DefaultIcon" "" "$INSTDIR\Qingdan.exe,0"
  WriteRegStr HKCU "Software\Classes\${TYPE}\shell\open\command" "" '"$INSTDIR\Qingdan.exe" --open "%1"'
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${TITLE}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\Qingdan.exe"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Section "Uninstall"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\Qingdan.exe"
  Delete "$INSTDIR\qingdan-cmd.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; only when empty: what somebody put there stays
  Delete "$DESKTOP\${TITLE}.lnk"
  RMDir /r "$SMPROGRAMS\${TITLE}"
  DeleteRegKey HKCU "Software\Classes\${TYPE}"
  ReadRegStr $0 HKCU "Software\Classes\.qd" ""
  StrCmp $0 "${TYPE}" 0 +2
  DeleteRegKey HKCU "Software\Classes\.qd"
  DeleteRegKey HKCU "${KEY}"
  DeleteRegKey HKCU "${UNINSTALL}"
SectionEnd
