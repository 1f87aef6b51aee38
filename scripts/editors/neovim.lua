-- cuhostlint in Neovim (0.7 and newer), with its built-in client.
--
-- Copy this file to ~/.config/nvim/plugin/cuhostlint.lua. Nothing else is needed: findings appear
-- as one types, vim.lsp.buf.hover() shows the page of a rule, vim.lsp.buf.code_action() fixes or
-- silences. It runs beside clangd.
--
-- Settings, all optional: vim.g.cuhostlint = { command = { '/opt/bin/cuhostlint', 'lsp' },
--   rules = 'all,-register-in-loop', database = 'build', cudaPath = '/usr/local/cuda' }

local settings = vim.g.cuhostlint or {}
local command = settings.command or { 'cuhostlint', 'lsp' }
local filetypes = { 'c', 'cpp', 'cuda', 'hip' }
local markers = { '.cuhostlint', 'compile_commands.json', '.git' }
local clients = {} -- by root, so that all files of a project share a server

local function root_of(path)
  local folder = vim.fn.fnamemodify(path, ':p:h')
  for _, marker in ipairs(markers) do
    local found = vim.fn.findfile(marker, folder .. ';')
    if found == '' then
      found = vim.fn.finddir(marker, folder .. ';')
    end
    if found ~= '' then
      return vim.fn.fnamemodify(found, ':p:h' .. (marker == '.git' and ':h' or ''))
    end
  end
  return folder
end

local function attach(buffer)
  local path = vim.api.nvim_buf_get_name(buffer)
  if path == '' or vim.bo[buffer].buftype ~= '' then
    return
  end
  if vim.fn.executable(command[1]) == 0 then
    vim.notify_once(command[1] .. ' is not on PATH: see vim.g.cuhostlint', vim.log.levels.WARN)
    return
  end
  local root = root_of(path)
  if not (clients[root] and vim.lsp.get_client_by_id(clients[root])) then
    clients[root] = vim.lsp.start_client({
      name = 'cuhostlint',
      cmd = command,
      root_dir = root,
      init_options = {
        rules = settings.rules,
        config = settings.config,
        database = settings.database,
        cudaPath = settings.cudaPath,
        headerFilter = settings.headerFilter,
        pagesUri = settings.pagesUri,
      },
    })
  end
  if clients[root] then
    vim.lsp.buf_attach_client(buffer, clients[root])
  end
end

vim.api.nvim_create_autocmd('FileType', {
  group = vim.api.nvim_create_augroup('cuhostlint', {}),
  pattern = filetypes,
  callback = function(event)
    attach(event.buf)
  end,
})
