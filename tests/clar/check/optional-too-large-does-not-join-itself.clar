;; epochs: 3.0 3.4 4.1
;; clarity: 3
;; expect-error: IfArmsMustMatch
;; as-max-len? makes an optional that is larger than a value may be, and does
;; not test it. Joining it with itself makes it anew, and that is tested.
(define-private (f (a (buff 1048576)))
  (if true (as-max-len? a u1048576) (as-max-len? a u1048576)))
