# Neovim's built-in client, with the settings that users copy.
. "$(dirname "$0")/lib.sh"
need nvim
mkdir -p home/.config/nvim/plugin
cp "$editors/neovim.lua" home/.config/nvim/plugin/cuhostlint.lua
nvim --headless -i NONE -n +"luafile $here/neovim.lua" a.cu 2>log || {
    cat log
    exit 1
}
cat log
