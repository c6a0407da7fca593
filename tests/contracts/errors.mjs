// tests/contracts/errors.mjs - Every error that a function can give.
//
// The last case compares this table with what all cases together saw, so a
// function without a test, or an error without one, is a failure.  Left out is
// what cannot happen: 255 and 254 of pox-4, errors that an earlier check hides,
// u16 of signers-voting, and u401 of sbtc-registry, which no rule gives.

const AUTH = "19 35 36 38 39"; // of a signer's consent

export const ERRORS = {
	"pox-4": {
		"set-burnchain-parameters": "19",
		"can-stack-stx": "2 11 13",
		"minimal-can-stack-stx": "2 13 18",
		"verify-signer-key-sig": AUTH,
		"allow-contract-caller": "9",
		"disallow-contract-caller": "9",
		"set-signer-key-authorization": "2 19 37",
		"stack-stx": `1 2 3 9 11 13 20 24 ${AUTH}`,
		"stack-extend": "2 9 13 19 20 26 30 35 36 39",
		"stack-increase": "1 9 18 19 27 30 35 36 38 40",
		"delegate-stx": "9 13 20",
		"revoke-delegate-stx": "9 34",
		"delegate-stack-stx": "1 2 3 9 13 18 21 22 23 24",
		"delegate-stack-extend": "2 9 13 21 22 23 26 31",
		"delegate-stack-increase": "1 2 9 18 21 22 23 31",
		"stack-aggregation-commit": `4 9 11 ${AUTH}`,
		"stack-aggregation-commit-indexed": `4 9 11 ${AUTH}`,
		"stack-aggregation-increase": "2 4 9 19 28 29 32 35 36 38",
	},
	"signers": {
		"set-signers": "u2",
		"get-signer-by-index": "u2",
		"stackerdb-get-signer-slots-page": "u1",
	},
	"signers-voting": {
		"get-signer-weight": "u2 u10 u11",
		"vote-for-aggregate-public-key": "u2 u10 u11 u12 u13 u14 u15 u17",
	},
	"sbtc-registry": {
		"is-protocol-caller": "u400",
		"create-withdrawal-request": "u400",
		"complete-withdrawal-accept": "u400",
		"complete-withdrawal-reject": "u400",
		"complete-deposit": "u400",
		"rotate-keys": "u400",
		"update-protocol-contract": "u400",
	},
	"sbtc-token": {
		"transfer": "u1 u2 u3 u4",
		"transfer-many": "u1000 u1001",
		"protocol-mint": "u400",
		"protocol-burn": "u400",
		"protocol-lock": "u400",
		"protocol-unlock": "u400",
		"protocol-burn-locked": "u400",
		"protocol-mint-many": "u400",
		"protocol-set-name": "u400",
		"protocol-set-symbol": "u400",
		"protocol-set-token-uri": "u400",
	},
	"sbtc-deposit": {
		"complete-deposit-wrapper": "u300 u301 u302 u304 u305 u400",
		"complete-deposits-wrapper": "u304 u313 u315",
	},
	"sbtc-withdrawal": {
		"validate-recipient": "u500 u501",
		"initiate-withdrawal-request": "u1 u500 u501 u502",
		"accept-withdrawal-request": "u503 u504 u505 u506 u508",
		"reject-withdrawal-request": "u503 u504 u505",
		"complete-withdrawals": "u504 u517 u518",
	},
	"sbtc-bootstrap-signers": {
		"rotate-keys-wrapper": "u200 u201 u202 u210 u212 u402",
		"update-protocol-contract-wrapper": "u201",
	},
	"lockup": {},
};
