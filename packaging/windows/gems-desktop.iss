; SPDX-License-Identifier: Apache-2.0
; The installer for Windows: for one user, without an administrator. Made with Inno Setup 6:
;   ISCC /DVersion=0.1.0 packaging\windows\gems-desktop.iss
; It packs dist\gems-desktop, which ./dev package (python dev package) built.
#ifndef Version
  #error Say which version: ISCC /DVersion=0.1.0 packaging\windows\gems-desktop.iss
#endif
#ifndef Built
  #define Built "..\..\dist\gems-desktop"
#endif

[Setup]
AppId={{6B0E4B5C-4C5B-4B0F-9D1E-6D7A4C0B9F11}
AppName=Gems
AppVersion={#Version}
AppVerName=Gems {#Version}
AppPublisher=The Gems Desktop maintainers
DefaultDirName={localappdata}\Programs\Gems
DisableProgramGroupPage=yes
DisableDirPage=auto
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=commandline
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile=..\..\LICENSE
SetupIconFile=..\icons\gems-desktop.ico
UninstallDisplayIcon={app}\gems-desktop.exe
UninstallDisplayName=Gems
OutputDir=..\..\dist
OutputBaseFilename=gems-desktop-{#Version}-windows-x86_64-setup
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
CloseApplications=yes
RestartApplications=no
TimeStampsInUTC=yes

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "es"; MessagesFile: "compiler:Languages\Spanish.isl"
Name: "pt"; MessagesFile: "compiler:Languages\BrazilianPortuguese.isl"
Name: "fr"; MessagesFile: "compiler:Languages\French.isl"
Name: "ar"; MessagesFile: "compiler:Languages\Arabic.isl"

[CustomMessages]
en.Stays=Your wallets and your work are NOT removed. They are in:%n%n%1%n%nIf you install Gems again, it goes on from there. If that folder is lost, the 12 or 24 words on paper are the only way back to a wallet and its money.
es.Stays=Tus billeteras y tu trabajo NO se eliminan. Están en:%n%n%1%n%nSi vuelves a instalar Gems, seguirá desde ahí. Si se pierde esa carpeta, las 12 o 24 palabras en papel son la única forma de recuperar una billetera y su dinero.
pt.Stays=Suas carteiras e seu trabalho NÃO são removidos. Estão em:%n%n%1%n%nSe você instalar o Gems de novo, ele continua dali. Se essa pasta se perder, as 12 ou 24 palavras no papel são o único caminho de volta a uma carteira e ao seu dinheiro.
fr.Stays=Vos portefeuilles et votre travail ne sont PAS supprimés. Ils sont dans :%n%n%1%n%nSi vous réinstallez Gems, il reprendra de là. Si ce dossier est perdu, les 12 ou 24 mots sur papier sont le seul moyen de retrouver un portefeuille et son argent.
ar.Stays=لم تُحذف محافظك ولا عملك. إنها في:%n%n%1%n%nإذا ثبّتت Gems من جديد فسيكمل من هناك. وإذا ضاع هذا المجلد فالكلمات الاثنتا عشرة أو الأربع والعشرون المكتوبة على الورق هي السبيل الوحيد لاستعادة المحفظة ومالها.

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked

[Files]
Source: "{#Built}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[InstallDelete]
; A library of an older version beside a newer program would be loaded.
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{autoprograms}\Gems"; Filename: "{app}\gems-desktop.exe"
Name: "{autodesktop}\Gems"; Filename: "{app}\gems-desktop.exe"; Tasks: desktopicon

[Run]
Filename: "{app}\gems-desktop.exe"; Description: "{cm:LaunchProgram,Gems}"; Flags: nowait postinstall skipifsilent

[Code]
procedure CurUninstallStepChanged(Step: TUninstallStep);
begin
  { {userappdata}\gems is never in [UninstallDelete]: it holds the wallets. }
  if (Step = usPostUninstall) and not UninstallSilent then
    MsgBox(FmtMessage(CustomMessage('Stays'), [ExpandConstant('{userappdata}\gems')]), mbInformation, MB_OK);
end;
