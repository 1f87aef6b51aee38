# fish completion for cuhostlint. What can be completed comes from the program itself (--help and
# the list of rules), so that it is always that of the installed version.

function __cuhostlint_commands
    cuhostlint --help 2>/dev/null | string replace -rf '^  cuhostlint \[?([a-z]+)\]? .*' '$1'
end

# The command on the line: check where none is named.
function __cuhostlint_command
    set -l words (commandline -opc)
    if test (count $words) -gt 1; and contains -- $words[2] (__cuhostlint_commands)
        echo $words[2]
    else
        echo check
    end
end

# The last item of a list of rules: all,-zero-<Tab>
function __cuhostlint_rules
    set -l before (commandline -ct | string replace -r '^--rules=' '' | string match -r '^(?:.*,)?-?')
    cuhostlint rules 2>/dev/null | string replace -rf '^(\S+) +(\S+) +(.*)' "$before\$1\t\$2: \$3"
    echo $before"all"
end

complete -c cuhostlint -n 'test (count (commandline -opc)) -eq 1' -a '(__cuhostlint_commands)'
complete -c cuhostlint -n 'test (__cuhostlint_command) = rules' -f -a '(__cuhostlint_rules)'
for command in (__cuhostlint_commands)
    for line in (cuhostlint $command --help 2>/dev/null | string match -r '^  -.*')
        # "  -j, --jobs N            worker processes"
        set -l name; set -l letter; set -l value; set -l text
        string match -rq '^  (?:-(?<letter>\w)(?:, )?)?(?:--(?<name>[a-z-]+))?(?: (?<value>[A-Z]\S*))?(?:  +(?<text>.*))?$' -- $line
        set -l option -c cuhostlint -n "test (__cuhostlint_command) = $command" -d "$text"
        test -n "$letter"; and set -a option -s $letter
        test -n "$name"; and set -a option -l $name
        switch "$value"
            case ''
            case LIST RULE
                set -a option -x -a '(__cuhostlint_rules)'
            case 'FMT*'
                set -a option -x -a 'text json sarif github gitlab checkstyle junit'
            case LEVEL
                set -a option -x -a 'error warning note never'
            case WHEN
                set -a option -x -a 'auto always never'
            case DIR
                set -a option -x -a '(__fish_complete_directories)'
            case REV
                set -a option -x -a '(git for-each-ref --format="%(refname:short)" 2>/dev/null)'
            case FILE PATH UNIT
                set -a option -r -F
            case '*'
                set -a option -x
        end
        complete $option
    end
end
