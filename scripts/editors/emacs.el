;;; cuhostlint.el --- CUDA host-memory registration, checked as you type  -*- lexical-binding: t -*-

;; Copy this file to your load path as cuhostlint.el and add (require 'cuhostlint) to your init file.
;;
;; With Eglot (built into Emacs 29; a package before):  (cuhostlint-use-eglot), then M-x eglot.
;;   Findings as you type, M-x eglot-code-actions to fix or silence, eldoc for the rule's page.
;;   Eglot runs one server for a mode: this takes the place of clangd there.
;;
;; With Flycheck:  (cuhostlint-use-flycheck), then M-x flycheck-mode.
;;   Runs beside any language server.

;;; Code:

(defgroup cuhostlint nil
  "Misuse of CUDA host-memory registration."
  :group 'tools)

(defcustom cuhostlint-program "cuhostlint"
  "The program."
  :type 'string
  :group 'cuhostlint)

(defconst cuhostlint-modes '(c-mode c++-mode c-ts-mode c++-ts-mode cuda-mode)
  "Where it is used.")

;; Emacs has no mode of its own for CUDA.
(dolist (ending '("\\.cu\\'" "\\.cuh\\'" "\\.hip\\'"))
  (unless (assoc ending auto-mode-alist)
    (add-to-list 'auto-mode-alist (cons ending 'c++-mode))))

(defvar eglot-server-programs)

;;;###autoload
(defun cuhostlint-use-eglot ()
  "Make Eglot start cuhostlint for C, C++ and CUDA."
  (require 'eglot)
  (add-to-list 'eglot-server-programs
               (cons cuhostlint-modes (list cuhostlint-program "lsp"))))

(declare-function flycheck-define-command-checker "flycheck")
(declare-function flycheck-mode "flycheck")
(defvar flycheck-checkers)

;;;###autoload
(defun cuhostlint-use-flycheck ()
  "Make Flycheck run cuhostlint for C, C++ and CUDA, saved or not."
  (require 'flycheck)
  (flycheck-define-command-checker 'cuhostlint
    "Misuse of CUDA host-memory registration."
    :command `(,cuhostlint-program "--quiet" "--fail-on" "never"
                                   "--stdin-filename" source-original)
    :standard-input t
    :error-patterns
    '((error line-start (file-name) ":" line ":" column ": error: " (message)
             " [" (id (one-or-more (any "a-z-"))) "]" line-end)
      (warning line-start (file-name) ":" line ":" column ": warning: " (message)
               " [" (id (one-or-more (any "a-z-"))) "]" line-end)
      (info line-start (file-name) ":" line ":" column ": note: " (message) line-end))
    :modes cuhostlint-modes
    :predicate (lambda () buffer-file-name))
  (add-to-list 'flycheck-checkers 'cuhostlint))

(provide 'cuhostlint)
;;; cuhostlint.el ends here
