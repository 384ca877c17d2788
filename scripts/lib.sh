# shellcheck shell=bash
# What the scripts share; to be sourced. Leaves the caller in the source's root.

set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
# shellcheck disable=SC2034 # for those who source this
jobs=$(nproc)
export TZ=UTC LC_ALL=C.UTF-8

die() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# packages GROUP...: the names of scripts/packages in these groups.
packages() {
    local group
    for group; do
        awk -v group="$group" '
            /^\[/ { inside = ($0 == "[" group "]"); found = found || inside; next }
            inside && $1 !~ /^#/ && NF { print $1 }
            END { exit !found }' scripts/packages ||
            die "scripts/packages has no group $group"
    done
}

# missing_packages PACKAGE...: those that dpkg does not know as installed.
missing_packages() {
    command -v dpkg-query >/dev/null ||
        die 'this is not Debian: install what scripts/packages lists yourself,' \
            'then give --no-setup'
    local have
    have=$(dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' "$@" 2>/dev/null |
        sed -n 's/^.i //p' || :)
    comm -23 <(printf '%s\n' "$@" | sort -u) <(printf '%s\n' "$have" | sort -u)
}

# setup GROUP...: installs what is missing; says what it lacks when not root.
setup() {
    local -a wanted missing
    local text
    text=$(packages "$@")
    mapfile -t wanted <<<"$text"
    text=$(missing_packages "${wanted[@]}")
    [ -n "$text" ] || return 0
    mapfile -t missing <<<"$text"
    if [ "$(id -u)" -ne 0 ]; then
        {
            printf '%s: these packages are missing:\n\n' "${0##*/}"
            for text in "${missing[@]}"; do
                grep "^$text " scripts/packages | sed 's/^/    /'
            done
            printf '\nOnly root can install them. An administrator may run\n\n'
            printf '    apt-get install --no-install-recommends %s\n\n' \
                "${missing[*]}"
        } >&2
        exit 1
    fi
    printf 'installing: %s\n' "${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    mkdir -p build
    # Package lists that are absent or too old to fetch from: update, try again.
    apt_install "${missing[@]}" >build/setup.log 2>&1 ||
        { apt-get -q update && apt_install "${missing[@]}"; } \
            >build/setup.log 2>&1 ||
        { cat build/setup.log >&2; die 'apt-get could not install them'; }
}

apt_install() {
    apt-get -q -y --no-install-recommends install "$@"
}

# source_files GLOB...: the project's files, also those not yet committed.
source_files() {
    git ls-files -co --exclude-standard -- "$@" | while read -r file; do
        [ ! -e "$file" ] || printf '%s\n' "$file"
    done
}

# shell_scripts: every shell script, by name or by its first line.
shell_scripts() {
    source_files scripts tests .ci share sieve | while read -r file; do
        case $file in
        *.sh | scripts/demo.d/*) printf '%s\n' "$file" ;;
        *.*) ;;
        *) ! head -n 1 "$file" | grep -aqE '^#!.*/(env )?(ba|da)?sh' ||
            printf '%s\n' "$file" ;;
        esac
    done
}
