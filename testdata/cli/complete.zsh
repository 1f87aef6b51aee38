# zsh -f complete.zsh FOLDER LINE: what zsh offers at the end of LINE with the functions of FOLDER.
# A shell in a pseudo-terminal is typed into; its compadd writes the matches to the file "matches".
zmodload zsh/zpty
zpty shell zsh -f -i
() {
    local text
    zpty -w shell "LC_ALL=C LISTMAX=10000 MATCHES=$PWD/matches"
    zpty -w shell "fpath=($1 \$fpath); autoload -Uz compinit && compinit -u -D; unsetopt beep automenu"
    zpty -w shell 'compadd() {
        if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then builtin compadd "$@"; return; fi
        typeset -a __hits
        builtin compadd -A __hits "$@"
        (($#__hits)) && print -rl -- $__hits >>$MATCHES
        builtin compadd "$@"
    }'
    : >matches
    # Typing begins when the line editor shows its prompt: only there is the word in one piece.
    zpty -w shell "RPS1= PROMPT='TYPE'' HERE'"
    zpty -r shell text '*TYPE HERE*'
    zpty -w -n shell "$2"$'\t'
    zpty -w -n shell $'\C-u'"print FINI''SHED"$'\n'
    zpty -r shell text '*FINISHED*'
} "$@"
sort -u matches
zpty -d shell
