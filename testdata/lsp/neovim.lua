-- Run by neovim.sh in Neovim itself: what a user does, and what he must see.
local buffer = vim.api.nvim_get_current_buf()

local function fail(what)
  io.stderr:write('FAILED: ' .. what .. '\n' .. vim.inspect(vim.diagnostic.get()) .. '\n')
  vim.cmd('cquit 1')
end

local function expect(what, condition)
  if not vim.wait(30000, condition, 20) then
    fail(what)
  end
end

local function findings_at(line)
  return #vim.diagnostic.get(buffer, { lnum = line })
end

local function call(method, params)
  local answers = vim.lsp.buf_request_sync(buffer, method, params, 30000)
  for _, answer in pairs(answers or {}) do
    if answer.result then
      return answer.result
    end
  end
  fail('no answer to ' .. method)
end

local function run()
  vim.bo.filetype = 'cuda'
  expect('a finding in line 9', function() return findings_at(8) == 1 end)
  local finding = vim.diagnostic.get(buffer)[1]
  if finding.code ~= 'already-pinned' and finding.user_data.lsp.code ~= 'already-pinned' then
    fail('the code is the rule')
  end
  if finding.severity ~= vim.diagnostic.severity.ERROR or finding.source ~= 'cuhostlint' then
    fail('severity and source')
  end

  -- typing, without saving
  vim.api.nvim_buf_set_lines(buffer, 0, 0, true, { '// ünïcode 😀', '' })
  expect('the finding moves to line 11', function() return findings_at(10) == 1 end)

  local position = { line = 10, character = 12 }
  local document = { uri = vim.uri_from_bufnr(buffer) }
  local page = call('textDocument/hover', { textDocument = document, position = position })
  if not page.contents.value:find('# already-pinned', 1, true) then
    fail('the page of the rule')
  end

  local actions = call('textDocument/codeAction', {
    textDocument = document,
    range = { start = position, ['end'] = position },
    context = { diagnostics = {} },
  })
  local silence
  for _, action in ipairs(actions) do
    if action.title:find('on this line', 1, true) then
      silence = action
    end
  end
  if not silence then
    fail('an action that silences')
  end
  vim.lsp.util.apply_workspace_edit(silence.edit, 'utf-16')
  local line = vim.api.nvim_buf_get_lines(buffer, 10, 11, true)[1]
  if not line:find('{ // NOLINT(already-pinned)', 1, true) then
    fail('the comment stands at the end of the line: ' .. line)
  end
  expect('nothing is found any more', function() return #vim.diagnostic.get(buffer) == 0 end)

  vim.cmd('silent undo')
  expect('the finding is back after undo', function() return findings_at(8) == 1 end)

  local client = vim.lsp.get_active_clients()[1]
  client.stop()
  expect('the server ends when it is told to', function() return client.is_stopped() end)
end

local done, problem = pcall(run)
if not done then
  fail(tostring(problem))
end
vim.cmd('qall!')
