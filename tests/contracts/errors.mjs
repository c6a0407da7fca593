// tests/contracts/errors.mjs - Every error that a function can give.
//
// The last case compares this table with what all cases together saw, so a
// function without a test, or an error without one, is a failure.  Left out is
// what cannot happen: 255 and 254 of pox-4, errors that an earlier check hides,
// u16 of signers-voting, u401 of sbtc-registry, which no rule gives, and 0, 2011,
// 2015, 2020 and 2021 of bns, which would be faults of its own.

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
	"bns": {
		"namespace-preorder": "1003 1012 1015 4001",
		"namespace-reveal": "1001 1006 1009 1012 1013 1016",
		"namespace-ready": "1005 1010 1011 1014",
		"namespace-update-function-price": "1005 1011",
		"namespace-revoke-function-price-edition": "1005 1011",
		"name-import": "1005 1010 1011 1014 2022 3001",
		"name-preorder": "1012 2016 2017 4001",
		"name-register":
			"1005 2001 2004 2007 2012 2018 2022 3001",
		"name-update": "1007 2006 2008 2009 2014",
		"name-transfer": "2006 2008 2009 2014 3001",
		"name-revoke": "2006 2008 2009 2014",
		"name-renewal": "1005 1007 2006 2007 2008 2013 2014",
		"get-namespace-price": "1013",
		"get-name-price": "1005",
		"get-namespace-properties": "1005",
		"check-name-ops-preconditions": "2013",
		"is-name-lease-expired": "1005 1010",
		"is-name-in-grace-period": "2013",
		"name-resolve": "1010 2008 2009 2014",
	},
};
