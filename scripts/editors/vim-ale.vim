" cuhostlint in Vim (or Neovim) with ALE 3: https://github.com/dense-analysis/ale
"
" Copy this file to ~/.vim/plugin/cuhostlint.vim. ALE then runs `cuhostlint lsp` beside its other
" linters: findings appear as one types, :ALEDetail shows a finding with its path, :ALEHover the
" page of its rule, :ALECodeAction fixes or silences.
"
" Settings, all optional, before this file is read:
"   let g:ale_cuhostlint_executable = '/opt/bin/cuhostlint'
"   let g:ale_cuhostlint_options = {'rules': 'all,-register-in-loop', 'database': 'build'}

let g:ale_cuhostlint_executable = get(g:, 'ale_cuhostlint_executable', 'cuhostlint')
let g:ale_cuhostlint_options = get(g:, 'ale_cuhostlint_options', {})

function! CuhostlintRoot(buffer) abort
    for l:marker in ['.cuhostlint', 'compile_commands.json']
        let l:found = ale#path#FindNearestFile(a:buffer, l:marker)

        if !empty(l:found)
            return fnamemodify(l:found, ':h')
        endif
    endfor

    let l:git = ale#path#FindNearestDirectory(a:buffer, '.git')

    return !empty(l:git) ? fnamemodify(l:git, ':h:h') : expand('#' . a:buffer . ':p:h')
endfunction

function! s:Define() abort
    for l:filetype in ['c', 'cpp', 'cuda', 'hip']
        call ale#linter#Define(l:filetype, {
        \   'name': 'cuhostlint',
        \   'lsp': 'stdio',
        \   'executable': {b -> ale#Var(b, 'cuhostlint_executable')},
        \   'command': '%e lsp',
        \   'project_root': function('CuhostlintRoot'),
        \   'initialization_options': {b -> ale#Var(b, 'cuhostlint_options')},
        \})
    endfor
endfunction

augroup cuhostlint
    autocmd!
    autocmd VimEnter * if exists('g:loaded_ale') | call s:Define() | endif
augroup END
