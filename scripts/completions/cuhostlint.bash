# bash completion for cuhostlint. What can be completed comes from the program itself (--help and
# the list of rules), so that it is always that of the installed version.

# Completes the last item of a list of rules: all,-zero-<Tab>
_cuhostlint_rules()
{
    local item=${2##*,}

    item=${item#-}
    mapfile -t COMPREPLY < <(compgen -P "${2%"$item"}" -W "$("$1" rules | cut -d' ' -f1) all" -- "$item")
}

# $1: program, $2: the word so far, $3: what the help calls the value
_cuhostlint_value()
{
    case $3 in
    LIST | RULE) _cuhostlint_rules "$1" "$2" ;;
    FMT*)
        mapfile -t COMPREPLY < <(compgen -W "text json sarif github gitlab checkstyle junit" -- "$2") ;;
    LEVEL) mapfile -t COMPREPLY < <(compgen -W "error warning note never" -- "$2") ;;
    WHEN) mapfile -t COMPREPLY < <(compgen -W "auto always never" -- "$2") ;;
    REV)
        mapfile -t COMPREPLY < <(compgen -W "$(git for-each-ref --format='%(refname:short)' 2>/dev/null)" -- "$2") ;;
    DIR)
        compopt -o filenames
        mapfile -t COMPREPLY < <(compgen -d -- "$2") ;;
    FILE | PATH | UNIT)
        compopt -o filenames
        mapfile -t COMPREPLY < <(compgen -f -- "$2") ;;
    esac
}

_cuhostlint()
{
    local program=$1 cur=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    local command=check commands help value options index

    COMPREPLY=()
    # bash makes several words of --format=sarif and of sarif=out.sarif.
    if [[ $cur == = ]]; then
        cur=
    elif [[ $before == = ]]; then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    for ((index = 1; index < COMP_CWORD; index++)); do
        if [[ ${COMP_WORDS[index]} == -- ]]; then # the compiler's arguments follow
            compopt -o default
            return
        fi
    done

    commands=$("$program" --help 2>/dev/null | sed -n 's/^  cuhostlint \[*\([a-z]*\)\]* .*/\1/p')
    if ((COMP_CWORD > 1)) && [[ " "$commands" " == *[[:space:]]"${COMP_WORDS[1]}"[[:space:]]* ]]; then
        command=${COMP_WORDS[1]}
    fi
    help=$("$program" "$command" --help 2>/dev/null)
    value=$(sed -n "s/^  \(.*, \)*$before \([A-Z]*\).*/\2/p" <<<"$help")
    if [[ $before == -* && -n $value ]]; then
        _cuhostlint_value "$program" "$cur" "$value"
    elif [[ $cur == -* ]]; then
        options=$(grep -oE '^  -[^ ,]+(, --[a-z-]+)?' <<<"$help" | tr ',' ' ')
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
    elif [[ $command == rules ]]; then
        _cuhostlint_rules "$program" "$cur"
    else
        compopt -o filenames
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
        if ((COMP_CWORD == 1)); then
            mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$commands" -- "$cur")
        fi
    fi
}

complete -F _cuhostlint cuhostlint
