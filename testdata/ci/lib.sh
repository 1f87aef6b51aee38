# A repository with a bad and a good program, and the YAML files of scripts/ci as JSON.
. "$(dirname "$0")/../cli/lib.sh"
command -v git >/dev/null || skip "git is not installed"
command -v jq >/dev/null || skip "jq is not installed"
python3 -c 'import yaml' 2>/dev/null || skip "python3-yaml is not installed"

as_json() { python3 -c 'import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout)' <"$1"; }

git init -q repository
mkdir repository/src repository/good
write_bad repository/src/bad.cu
write_good repository/good/good.cu
cd repository
