/* node/regtest/rt_reason.c - Why something is refused; see rt_reason.h. */
#include "config.h"

#include "node/regtest/rt_reason.h"

#include <inttypes.h>
#include <stdio.h>

enum err rt_reason_set(struct rt_reason *ret, const char *text)
{
	(void)snprintf(ret->text, sizeof(ret->text), "%s", text);
	ret->detail[0] = '\0';
	return ERR_BTC_RULE;
}

enum err rt_reason_script(struct rt_reason *ret, const char *prefix,
                          enum btc_verify_err why)
{
	(void)snprintf(ret->text, sizeof(ret->text), "%s (%s)", prefix,
	               btc_verify_text(why));
	ret->detail[0] = '\0';
	return ERR_BTC_RULE;
}

enum err rt_reason_hex(struct rt_reason *ret, const char *text, uint32_t n)
{
	(void)snprintf(ret->text, sizeof(ret->text), "%s(0x%08x)", text, n);
	ret->detail[0] = '\0';
	return ERR_BTC_RULE;
}

enum err rt_reason_less(struct rt_reason *ret, const char *text, uint64_t is,
                        uint64_t wanted)
{
	(void)rt_reason_set(ret, text);
	(void)snprintf(ret->detail, sizeof(ret->detail),
	               "%" PRIu64 " < %" PRIu64, is, wanted);
	return ERR_BTC_RULE;
}
