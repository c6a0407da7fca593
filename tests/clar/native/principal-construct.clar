;; word: principal-construct?
;; setup
;; case: (principal-construct? 0x1a 0x0102030405060708091011121314151617181920)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (ok STG40R40M30E209208H44RM2MB1E60S40207FCM)) | 876 3 142 0 0 | 0
;; 4.0/6 4.1/6 => (ok (ok STG40R40M30E209208H44RM2MB1E60S40207FCM)) | 342 3 142 0 0 | 0
;; case: (principal-construct? 0x16 0x0102030405060708091011121314151617181920)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (err (tuple (error_code u0) (value (some SPG40R40M30E209208H44RM2MB1E60S41Q0HNDP))))) | 876 3 142 0 0 | 0
;; 4.0/6 4.1/6 => (ok (err (tuple (error_code u0) (value (some SPG40R40M30E209208H44RM2MB1E60S41Q0HNDP))))) | 342 3 142 0 0 | 0
;; case: (principal-construct? 0x1a 0x0102030405060708091011121314151617181920 "foo")
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (ok STG40R40M30E209208H44RM2MB1E60S40207FCM.foo)) | 882 3 148 0 0 | 0
;; 4.0/6 4.1/6 => (ok (ok STG40R40M30E209208H44RM2MB1E60S40207FCM.foo)) | 348 3 148 0 0 | 0
;; case: (principal-construct? 0x1a 0x0102030405060708091011121314151617181920 "1foo")
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (err (tuple (error_code u2) (value none)))) | 883 3 149 0 0 | 0
;; 4.0/6 4.1/6 => (ok (err (tuple (error_code u2) (value none)))) | 349 3 149 0 0 | 0
;; case: (principal-construct? 0x 0x0102030405060708091011121314151617181920)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (err (tuple (error_code u1) (value none)))) | 874 3 140 0 0 | 0
;; 4.0/6 4.1/6 => (ok (err (tuple (error_code u1) (value none)))) | 340 3 140 0 0 | 0
;; case: (principal-construct? 0x20 0x0102030405060708091011121314151617181920)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (err (tuple (error_code u1) (value none)))) | 876 3 142 0 0 | 0
;; 4.0/6 4.1/6 => (ok (err (tuple (error_code u1) (value none)))) | 342 3 142 0 0 | 0
;; case: (principal-construct? 0x1a 0x01)
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (err (tuple (error_code u1) (value none)))) | 838 3 104 0 0 | 0
;; 4.0/6 4.1/6 => (ok (err (tuple (error_code u1) (value none)))) | 304 3 104 0 0 | 0
;; case: (principal-construct? 0x1a 0x0102030405060708091011121314151617181920 "")
;; 3.0/3 3.3/4 3.4/2 3.4/5 => (ok (err (tuple (error_code u2) (value none)))) | 879 3 145 0 0 | 0
;; 4.0/6 4.1/6 => (ok (err (tuple (error_code u2) (value none)))) | 345 3 145 0 0 | 0
