@echo off
rem Takes the command line of 'ilastik --headless' as it is; see run_ilastik.sh.
setlocal
set "memory="
if defined LAZYFLOW_TOTAL_RAM_MB (
    if %LAZYFLOW_TOTAL_RAM_MB% LSS 500 (set "memory=--memory=500m") else (set "memory=--memory=%LAZYFLOW_TOTAL_RAM_MB%m")
)
call "%~dp0..\pixelforest.cmd" classify --as_ilastik %memory% %*
exit /b %errorlevel%
