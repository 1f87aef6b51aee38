" Run by vim.sh in Vim itself: what a user does, and what must be seen.

function! Expect(what, condition) abort
    for l:turn in range(600)
        if eval(a:condition)
            return
        endif
        sleep 50m
    endfor

    call writefile(['FAILED: ' . a:what, string(Found())] + split(execute('ALEInfo'), '\n'), 'result')
    cquit
endfunction

function! Found() abort
    return map(copy(ale#engine#GetLoclist(bufnr(''))), '[v:val.lnum, v:val.type, get(v:val, "code", "")]')
endfunction

function! Try() abort
    ALELint
    call Expect('an error in line 9', 'Found() == [[9, "E", "already-pinned"]]')
    call append(0, ['// above'])
    ALELint
    call Expect('the error moves to line 10', 'Found() == [[10, "E", "already-pinned"]]')
    call setline(10, getline(10) . ' // NOLINT')
    ALELint
    call Expect('nothing is found any more', 'Found() == []')
    qall!
endfunction

autocmd VimEnter * call Try()
