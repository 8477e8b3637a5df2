#!/bin/sh
# The macOS disk image. After PyInstaller, in the project's folder: packaging/macos/dmg.sh VERSION
# makes dist/pumping-guide-VERSION.dmg. The app is signed ad hoc: no paid account, so the first start is by a right
# click and Open.
set -eu
version=$1
app="dist/Pumping Guide.app"
codesign --force --deep --sign - "$app"
codesign --verify --deep --strict "$app"
staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT
cp -R "$app" "$staging/"
ln -s /Applications "$staging/Applications"
hdiutil create -volname "Pumping Guide" -srcfolder "$staging" -ov -format UDZO "dist/pumping-guide-$version.dmg"
