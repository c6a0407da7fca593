/* clarity/lang/unparse.c - Trees as text; contract in unparse.h. */
#include "config.h"

#include "clarity/lang/unparse.h"

#include "clarity/base/check.h"
#include "clarity/value/int128.h"
#include "clarity/value/principal.h"
#include "clarity/value/value.h"

static void int_write(struct buf *out, const struct value *v)
{
	char text[INT128_MAX_TEXT];
	size_t len = v->kind == VALUE_INT ? int128_format(text, v->i)
	                                  : int128_format_unsigned(text, v->u);

	if (v->kind == VALUE_UINT)
		(void)buf_add_u8(out, 'u');
	(void)buf_add(out, text, len);
}

/* One character of a string that is a single byte. */
static void byte_write(struct buf *out, uint8_t c)
{
	static const char escaped[] = "\n\t\r\0\"\\";
	static const char letters[] = "ntr0\"\\";

	for (size_t i = 0; i < sizeof(letters) - 1; i++) {
		if (c == (uint8_t)escaped[i]) {
			(void)buf_add_u8(out, '\\');
			(void)buf_add_u8(out, (uint8_t)letters[i]);
			return;
		}
	}
	(void)buf_add_u8(out, c);
}

/* The code point that valid UTF-8 at `p` begins with, and its length. */
static uint32_t code_point(const uint8_t *p, size_t *len)
{
	uint32_t v = p[0];

	*len = v < 0x80 ? 1 : v < 0xe0 ? 2 : v < 0xf0 ? 3 : 4;
	if (*len > 1)
		v &= 0x7fu >> *len;
	for (size_t i = 1; i < *len; i++)
		v = v << 6 | (p[i] & 63u);
	return v;
}

static void string_write(struct buf *out, const struct value *v)
{
	struct span s = value_bytes(v);
	size_t len;

	(void)buf_add_str(out, v->kind == VALUE_UTF8 ? "u\"" : "\"");
	for (size_t i = 0; i < s.len; i += len) {
		uint32_t c = s.p[i];

		len = 1;
		if (c < 0x80) {
			byte_write(out, (uint8_t)c);
			continue;
		}
		c = code_point(s.p + i, &len);
		(void)buf_addf(out, "\\u{%X}", c);
	}
	(void)buf_add_u8(out, '"');
}

/* Literals in a tree are of few kinds: the parser makes no others. */
static void literal_write(struct buf *out, const struct value *v)
{
	if (v->kind == VALUE_INT || v->kind == VALUE_UINT) {
		int_write(out, v);
	} else if (v->kind == VALUE_BUFF) {
		(void)buf_add_str(out, "0x");
		(void)buf_add_hex(out, v->bytes, v->byte_len);
	} else if (v->kind == VALUE_PRINCIPAL) {
		(void)buf_add_u8(out, '\'');
		(void)principal_format(out, v->principal);
	} else {
		CHECK(v->kind == VALUE_ASCII || v->kind == VALUE_UTF8);
		string_write(out, v);
	}
}

enum err unparse_node(struct buf *out, const struct ast *ast,
                      const struct ast_node *node)
{
	switch ((enum ast_kind)node->kind) {
	case AST_ATOM:
		return buf_add_str(out, symtab_text(ast->syms, node->sym));
	case AST_LITERAL:
		literal_write(out, node->value);
		break;
	case AST_FIELD:
		(void)buf_add_u8(out, '\'');
		return principal_format_trait(out, node->field);
	case AST_TRAIT_REF:
		return buf_addf(out, "<%s>", symtab_text(ast->syms, node->sym));
	case AST_LIST:
		(void)buf_add_u8(out, '(');
		for (uint32_t i = 0; i < node->n; i++) {
			if (i)
				(void)buf_add_u8(out, ' ');
			(void)unparse_node(out, ast, &node->items[i]);
		}
		return buf_add_u8(out, ')');
	case AST_TUPLE:
	case AST_COMMENT:
	case AST_SUGAR_CONTRACT:
	case AST_SUGAR_FIELD:
		CHECK(!"a finished tree has no sugar");
	}
	return out->err;
}

enum err unparse_ast(struct buf *out, const struct ast *ast)
{
	for (uint32_t i = 0; i < ast->n; i++) {
		(void)unparse_node(out, ast, &ast->items[i]);
		(void)buf_add_u8(out, '\n');
	}
	return out->err;
}
