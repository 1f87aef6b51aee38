# Eglot and Flycheck in Emacs, with the settings that users copy.
. "$(dirname "$0")/lib.sh"
need emacs
for package in eglot flycheck; do
    emacs --batch --eval "(require '$package)" 2>log || {
        echo "SKIPPED: Emacs has no $package (Debian: elpa-$package)"
        exit 77
    }
    emacs --batch -l "$editors/emacs.el" -l "$here/emacs.el" --funcall "try-$package" 2>log || {
        echo "FAILED: $package"
        cat log
        exit 1
    }
done
emacs --batch --eval '(setq byte-compile-error-on-warn t)' \
    --eval "(setq byte-compile-dest-file-function (lambda (_) \"$work/out.elc\"))" \
    -f batch-byte-compile "$editors/emacs.el" || exit 1
