@echo off
rem Starts PixelForest; builds it first where there is no build. See the script "pixelforest" for the environment it reads.
setlocal EnableExtensions DisableDelayedExpansion
set "home=%~dp0"
set "target=%home%app\target"
set "jar=%target%\pixelforest.jar"
set "starts=%target%\launcher"

if defined JAVA_HOME (set "java=%JAVA_HOME%\bin\java.exe") else (set "java=java.exe")
"%java%" -version >nul 2>&1
if errorlevel 1 (
    echo pixelforest: Java 17 or later is needed; install one, for example from adoptium.net, or set JAVA_HOME 1>&2
    exit /b 1
)

if exist "%jar%" if exist "%starts%\built" goto flags
where mvn >nul 2>&1
if errorlevel 1 (
    echo pixelforest: Apache Maven ^(mvn^) is needed to build PixelForest on first use; install it and try again 1>&2
    exit /b 1
)
echo Building PixelForest (first use, about a minute) ... 1>&2
pushd "%home%"
call mvn -q -B -Dquick -Dlauncher -Dmaven.test.skip=true package 1>&2
set "status=%errorlevel%"
popd
if not "%status%"=="0" (
    echo pixelforest: the build failed; see the lines above 1>&2
    exit /b 1
)
if not exist "%starts%" mkdir "%starts%"
del /q "%starts%\*" 2>nul
type nul > "%starts%\built"

:flags
rem Tried out once: which options this Java takes, and an archive of the classes of a typical run.
set options="@%home%bin\java-options"
set "vector=--add-modules=jdk.incubator.vector"
set "archive=%starts%\classes.jsa"
if exist "%starts%\flags.txt" goto run
"%java%" %options% %vector% "-XX:ArchiveClassesAtExit=%archive%" -cp "%jar%" org.pixelforest.cli.Main --warm-up >nul 2>&1
if not errorlevel 1 (
    >"%starts%\flags.txt" echo %vector%
    goto run
)
del /q "%archive%" 2>nul
"%java%" %options% -cp "%jar%" org.pixelforest.cli.Main --warm-up >nul 2>&1
if errorlevel 1 (
    echo pixelforest: Java 17 or later is needed; "%java%" cannot run the program 1>&2
    exit /b 1
)
>"%starts%\flags.txt" echo -Dpixelforest.portable=true

:run
set /p flags=<"%starts%\flags.txt"
set "shared="
if exist "%archive%" set shared="-XX:SharedArchiveFile=%archive%"
set "heap="
set "size="
set "previous="
:scan
if "%~1"=="" goto start
rem "--memory 2g" and "--memory=2g" look alike here: cmd takes the equals sign for a space.
if "%previous%"=="--memory" set "size=%~1"
set "previous=%~1"
shift
goto scan

:start
rem 2gb means 2g; what is no size at all is left to the program, which says so.
if not defined size goto launch
if /i "%size:~-1%"=="b" set "size=%size:~0,-1%"
echo(%size%|findstr /r /i /x "[0-9][0-9]*[kmg]" >nul
if not errorlevel 1 set "heap=-Xmx%size%"

:launch
"%java%" %options% %flags% %shared% %heap% -Dpixelforest.terminal=windows %PIXELFOREST_JAVA% -cp "%jar%" org.pixelforest.cli.Main %*
exit /b %errorlevel%
