{a: {b: {}, c: (x {d: 1,})}, }(define-constant p q)(define-constant q (let ((z ;; c
 p)) z))