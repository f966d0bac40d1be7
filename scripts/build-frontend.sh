#!/bin/sh
# Makes the vendored styles and script of GOV.UK Frontend again. Only someone who raises its version needs
# Node and this script; what it writes is committed, so a user of Fourfold needs neither.
#
#   sh scripts/build-frontend.sh
#
# The version must be the one that govuk-frontend-jinja pairs with (4.1 pairs with 6.3). GDS Transport, the
# crown and the crest may be used on gov.uk only, so the font is Arial and no images or fonts are taken.
set -eu

govuk_frontend=6.3.0
sass=1.108.2

here=$(cd "$(dirname "$0")/.." && pwd)
target="$here/src/fourfold/web/ui/static/govuk"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$work"
npm init --yes >/dev/null 2>&1
npm install --silent --no-audit --no-fund "govuk-frontend@$govuk_frontend" "sass@$sass"

cat > fourfold.scss <<'SCSS'
@use "index" as govuk with (
  $govuk-font-family: (arial, sans-serif),
  $govuk-include-default-font-face: false
);
SCSS

mkdir -p "$target"
npx sass --no-source-map --style=compressed --quiet-deps \
    --load-path=node_modules/govuk-frontend/dist/govuk fourfold.scss "$target/govuk-frontend.css"
sed '/^\/\/# sourceMappingURL=/d' node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js \
    > "$target/govuk-frontend.min.js"
echo "govuk-frontend $govuk_frontend, compiled with sass $sass by scripts/build-frontend.sh" > "$target/VERSION"
if grep -q "GDS Transport" "$target/govuk-frontend.css"; then
    echo "The compiled styles still name GDS Transport: check the Sass settings." >&2
    exit 1
fi
