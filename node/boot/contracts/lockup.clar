;; lockup - STX that the chain sets free at given heights.
;;
;; Genesis writes the schedule; at the end of each block the chain pays out
;; what is due.

(define-map lockups uint (list 4430 { recipient: principal, amount: uint }))

;; What is due at a height, by default at this block's.
(define-read-only (get-lockups (stx-block-height-opt (optional uint)))
	(ok (default-to (list) (map-get? lockups
		(default-to block-height stx-block-height-opt)))))
