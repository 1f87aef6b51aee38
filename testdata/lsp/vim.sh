# ALE in Vim, with the settings that users copy.
. "$(dirname "$0")/lib.sh"
need vim
ale=/usr/share/vim-ale
[ -d $ale/ale_linters ] || {
    echo "SKIPPED: ALE is not installed (Debian: vim-ale)"
    exit 77
}
vim --version | grep -q '+job' || {
    echo "SKIPPED: this Vim has no jobs (Debian: vim, not vim-tiny)"
    exit 77
}
mkdir -p home/.vim/plugin
cp "$editors/vim-ale.vim" home/.vim/plugin/cuhostlint.vim
cat >home/.vimrc <<'VIMRC'
set nocompatible hidden
filetype plugin on
let g:ale_linters = {'cuda': ['cuhostlint']}
set runtimepath+=/usr/share/vim-ale
VIMRC
status=0
timeout 120 vim -i NONE -n -T dumb --not-a-term -c "source $here/vim.vim" a.cu >log 2>&1 </dev/null || status=$?
[ "$status" -eq 0 ] || {
    cat result 2>/dev/null || cat log
    exit 1
}
