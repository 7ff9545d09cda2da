# Sourced by the set-up scripts. Gives install_packages WHAT DEBIAN FEDORA BREW: installs the packages with the system's package
# manager where it is there and we may use it; otherwise says the one command that does it, and fails.

install_packages() {
    what=$1 debian=$2 fedora=$3 brewed=$4
    if command -v apt-get >/dev/null 2>&1 && test -n "$debian"; then
        as_root "$what" "apt-get install -y --no-install-recommends $debian" "apt-get update"
    elif command -v dnf >/dev/null 2>&1 && test -n "$fedora"; then
        as_root "$what" "dnf install -y $fedora"
    elif command -v brew >/dev/null 2>&1 && test -n "$brewed"; then
        run_install "brew install $brewed"
    elif test "$(uname -s)" = Darwin && test -n "$brewed"; then
        give_up "$what" "brew install $brewed (Homebrew: https://brew.sh)"
    else
        give_up "$what" "your package manager, for: ${debian:-$what}"
    fi
}

as_root() {
    what=$1 command=$2 first=${3:-}
    if test "$(id -u)" = 0; then
        prefix=
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        prefix="sudo -n "
    else
        give_up "$what" "${first:+sudo $first && }sudo $command"
    fi
    # An old or empty list of packages fails the installation; a fresh one is fetched only then.
    if test -n "$first"; then
        run_install "$prefix$command" || { run_install "$prefix$first" && run_install "$prefix$command"; } ||
            give_up "$what" "$first && $command"
    else
        run_install "$prefix$command" || give_up "$what" "$command"
    fi
}

run_install() {
    echo "Running: $1" >&2
    # shellcheck disable=SC2086 # a command and its words
    DEBIAN_FRONTEND=noninteractive $1 </dev/null >"$install_log" 2>&1
}

give_up() {
    test -s "$install_log" && tail -n 3 "$install_log" >&2
    rm -f "$install_log"
    echo "$1 is missing and could not be installed from here. Run: $2" >&2
    exit 1
}

install_log=$(mktemp)
trap 'rm -f "$install_log"' EXIT
