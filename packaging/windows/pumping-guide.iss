; The Windows installer, for this user alone and without administrator's rights. After PyInstaller, in the project's folder:
;     iscc /DVersion=0.1.0 packaging\windows\pumping-guide.iss
; makes dist\pumping-guide-0.1.0-setup.exe.
#ifndef Version
  #error "say /DVersion=..."
#endif

[Setup]
AppId={{6B0E2C5A-4D57-4C38-9C51-2D1E3B7F8A10}
AppName=Pumping Guide
AppVersion={#Version}
AppPublisher=The Pumping Guide authors
DefaultDirName={autopf}\Pumping Guide
DefaultGroupName=Pumping Guide
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename=pumping-guide-{#Version}-setup
SourceDir=.
UninstallDisplayIcon={app}\pumping-guide-window.exe
Compression=lzma2
SolidCompression=yes
ChangesAssociations=yes

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"
Name: "es"; MessagesFile: "compiler:Languages\Spanish.isl"

[Files]
Source: "..\..\dist\pumping-guide\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\Pumping Guide"; Filename: "{app}\pumping-guide-window.exe"; AppUserModelID: "org.pumpingguide.PumpingGuide"
Name: "{autodesktop}\Pumping Guide"; Filename: "{app}\pumping-guide-window.exe"; AppUserModelID: "org.pumpingguide.PumpingGuide"; Tasks: desktop

[Tasks]
Name: "desktop"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[Registry]
; A routine is a .yaml file, and those belong to others too: the program is offered under Open with, and takes nothing over.
Root: HKA; Subkey: "Software\Classes\.yaml\OpenWithProgids"; ValueType: string; ValueName: "PumpingGuide.Routine"; ValueData: ""; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\PumpingGuide.Routine"; ValueType: string; ValueData: "Pumping Guide routine"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\PumpingGuide.Routine\shell\open\command"; ValueType: string; ValueData: """{app}\pumping-guide-window.exe"" open ""%1"""

[Run]
Filename: "{app}\pumping-guide-window.exe"; Description: "{cm:LaunchProgram,Pumping Guide}"; Flags: nowait postinstall skipifsilent
