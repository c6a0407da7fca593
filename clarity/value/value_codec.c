/* clarity/value/value_codec.c - Reading values; see value_codec.h. */
#include "config.h"

#include "clarity/value/value_codec.h"

#include <string.h>

#include "clarity/base/check.h"
#include "clarity/base/num.h"
#include "clarity/value/value_scan.h"

enum prefix {
	PREFIX_INT,
	PREFIX_UINT,
	PREFIX_BUFF,
	PREFIX_TRUE,
	PREFIX_FALSE,
	PREFIX_STANDARD,
	PREFIX_CONTRACT,
	PREFIX_OK,
	PREFIX_ERR,
	PREFIX_NONE,
	PREFIX_SOME,
	PREFIX_LIST,
	PREFIX_TUPLE,
	PREFIX_ASCII,
	PREFIX_UTF8,
	PREFIX_COUNT
};

/* How many items a container gets room for when the input cannot hold as many
 * as it claims; more are then made as items really come. */
#ifdef HARD_TESTS
#define DOOMED_ROOM 1u
#else
#define DOOMED_ROOM 16u
#endif

/* The fewest bytes of an item of a list, and of a field with its name. */
#define LIST_ITEM_MIN 1u
#define TUPLE_FIELD_MIN 3u

/* A list or tuple that is being read. */
struct frame {
	const struct type *type; /* expected, or NULL */
	uint64_t wraps;          /* around the container */
	uint32_t n_wraps;
	uint32_t total;   /* items that the input claims */
	uint32_t done;    /* items read */
	uint32_t room;    /* items that fit, unless the tuple is typed */
	uint32_t kept;    /* typed tuple: fields that its type has */
	uint32_t present; /* typed tuple: items that are not VALUE_ABSENT */
	bool is_tuple;    /* or list */
	const struct type_field *field; /* typed: being read; NULL: unknown */
	bool is_bad;         /* typed tuple: some field was not admitted */
	bool is_doubled;     /* typed tuple: some field came twice */
	struct span name;    /* tuple: of the field being read */
	struct value *items; /* list, typed tuple */
	struct value_field *fields; /* untyped tuple */
	struct arena_mark mark;     /* before the field that is dropped */
};

struct reader {
	struct value_scan s; /* where it is, and the value being read */
	struct arena *arena;
	uint64_t wraps; /* of that value, read so far */
	uint32_t n_wraps;
	uint64_t owed;   /* items claimed but not read, over all frames */
	uint32_t depth;  /* as the rules count: 1, frames and wrappers */
	uint32_t limit;  /* that depth may reach */
	bool is_cutting; /* fields unknown to the type are dropped */
	bool is_exact;   /* no field may come twice or be missing */
	uint32_t n_frames;
	struct frame frame[VALUE_CODEC_DEPTH_CUT];
};

const char *value_codec_fault_name(enum value_codec_fault fault)
{
	switch (fault) {
	case VALUE_CODEC_OK:
		return "OK";
	case VALUE_CODEC_IO:
		return "IOError";
	case VALUE_CODEC_BAD_TYPE:
		return "BadTypeError";
	case VALUE_CODEC_EXPECTED:
		return "DeserializeExpected";
	case VALUE_CODEC_LEFTOVER:
		return "LeftoverBytesInDeserialization";
	case VALUE_CODEC_FAILURE:
		return "DeserializationFailure";
	case VALUE_CODEC_UNEXPECTED:
		return "UnexpectedSerialization";
	}
	CHECK(!"a fault");
	return NULL;
}

/* Notes a wrapper; the value inside is read next. */
static enum err read_wrap(struct reader *r, enum value_wrap wrap)
{
	const struct type *t = r->s.type;

	TRY(value_scan_expect(&r->s, wrap == VALUE_SOME ? TYPE_OPTIONAL
	                                                : TYPE_RESPONSE));
	r->wraps |= (uint64_t)wrap << 2 * r->n_wraps++;
	r->depth++;
	if (t)
		r->s.type = wrap == VALUE_SOME ? t->item
		            : wrap == VALUE_OK ? t->ok
		                               : t->err;
	return ERR_OK;
}

/* Opens a frame for a container around which the noted wrappers are. */
static struct frame *push(struct reader *r, uint32_t total, bool is_tuple)
{
	struct frame *f = &r->frame[r->n_frames++];

	CHECK(r->n_frames <= VALUE_CODEC_DEPTH_CUT);
	*f = (struct frame){ .type = r->s.type,
		             .wraps = r->wraps,
		             .n_wraps = r->n_wraps,
		             .total = total,
		             .is_tuple = is_tuple };
	r->depth++;
	r->wraps = 0;
	r->n_wraps = 0;
	r->owed += total;

	uint64_t bytes = is_tuple ? (uint64_t)total * TUPLE_FIELD_MIN
	                          : (uint64_t)total * LIST_ITEM_MIN;

	/* Counts that no input could pay for get room as items come. */
	bool is_paid = bytes <= value_scan_left(&r->s) &&
	               r->owed <= value_scan_left(&r->s);

	f->room = is_paid || total < DOOMED_ROOM ? total : DOOMED_ROOM;
	return f;
}

/* Opens a list; one without items is complete at once. */
static enum err read_list(struct reader *r, bool *ret_is_complete)
{
	const uint8_t *p = value_scan_take(&r->s, 4);

	if (!p)
		return value_scan_fault_io(&r->s);

	uint32_t total = be32_read(p);

	if (total > TYPE_MAX_SIZE)
		return value_scan_fault_text(&r->s, "Illegal list type");
	TRY(value_scan_expect(&r->s, TYPE_LIST));
	if (r->s.type && total > r->s.type->len)
		return value_scan_fault_expected(&r->s, r->s.type);
	*ret_is_complete = total == 0;
	if (total == 0) {
		r->s.value =
		    (struct value){ .kind = VALUE_LIST,
			            .type = r->s.type ? r->s.type
			                              : &type_empty_list };
		return ERR_OK;
	}

	struct frame *f = push(r, total, false);

	f->items = arena_new_array(r->arena, struct value, f->room);
	if (!f->items)
		return ERR_NO_MEMORY;
	r->s.type = f->type ? f->type->item : NULL;
	return ERR_OK;
}

/* Whether a tuple that claims `total` fields can be of the expected type. */
static bool total_fits(const struct reader *r, uint32_t total)
{
	if (!r->s.type)
		return true;
	return r->is_cutting ? total >= r->s.type->len
	                     : total == r->s.type->len;
}

/* Whether the next name is that of `field`, as it is when fields come in their
 * order; then it is taken, and needs no other test. */
static bool take_name(struct reader *r, const struct type_field *field)
{
	size_t len = field->name.len;

	if (value_scan_left(&r->s) <= len || *r->s.at != len ||
	    memcmp(r->s.at + 1, field->name.p, len) != 0)
		return false;
	r->s.at += 1 + len;
	return true;
}

/* Reads the next field's name, and finds the field that it names. */
static enum err read_field_name(struct reader *r, struct frame *f)
{
	if (!f->type)
		return value_scan_name(&r->s, &f->name, name_is_clarity);
	if (f->done < f->type->len) {
		f->field = &f->type->fields[f->done];
		if (take_name(r, f->field))
			return ERR_OK;
	}
	TRY(value_scan_name(&r->s, &f->name, name_is_clarity));
	f->field = type_field_find(f->type, f->name);
	return ERR_OK;
}

static enum err frame_room_tuple(struct reader *r, struct frame *f)
{
	if (!f->type) {
		f->fields =
		    arena_new_array(r->arena, struct value_field, f->room);
		return f->fields ? ERR_OK : ERR_NO_MEMORY;
	}
	f->items = arena_new_array(r->arena, struct value, f->type->len);
	if (!f->items)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < f->type->len; i++)
		f->items[i] = (struct value){ .kind = VALUE_ABSENT };
	return ERR_OK;
}

static enum err read_tuple(struct reader *r)
{
	const uint8_t *p = value_scan_take(&r->s, 4);

	if (!p)
		return value_scan_fault_io(&r->s);

	uint32_t total = be32_read(p);

	if (total > TYPE_MAX_SIZE)
		return value_scan_fault_text(&r->s, "Illegal tuple type");
	TRY(value_scan_expect(&r->s, TYPE_TUPLE));
	if (!total_fits(r, total))
		return value_scan_fault_expected(&r->s, r->s.type);
	if (total == 0)
		return value_scan_fault_text(&r->s, "Illegal tuple type");

	struct frame *f = push(r, total, true);

	TRY(frame_room_tuple(r, f));
	return read_field_name(r, f);
}

/* Decides what the field whose name was just read must be. */
static enum err open_field(struct reader *r, struct frame *f)
{
	r->s.type = NULL;
	if (!f->type)
		return ERR_OK;
	if (f->field) {
		r->s.type = f->field->type;
		return ERR_OK;
	}
	if (!r->is_cutting)
		return value_scan_fault_expected(&r->s, f->type);
	/* The field is dropped, and with it all that reading it takes. */
	f->mark = arena_mark(r->arena);
	return ERR_OK;
}

/* Doubles the room of a frame whose claim could not be believed. */
static enum err frame_grow(struct reader *r, struct frame *f)
{
	uint32_t room = f->room > f->total / 2 ? f->total : f->room * 2;

	if (f->is_tuple) {
		struct value_field *fields =
		    arena_new_array(r->arena, struct value_field, room);

		if (!fields)
			return ERR_NO_MEMORY;
		memcpy(fields, f->fields, f->done * sizeof(*fields));
		f->fields = fields;
	} else {
		struct value *items =
		    arena_new_array(r->arena, struct value, room);

		if (!items)
			return ERR_NO_MEMORY;
		memcpy(items, f->items, f->done * sizeof(*items));
		f->items = items;
	}
	f->room = room;
	return ERR_OK;
}

/* Keeps a field of a typed tuple; what is wrong shows when it is complete. */
static enum err keep_field(struct frame *f, const struct value *v)
{
	struct value *item = &f->items[f->field - f->type->fields];
	bool fits = true;

	if (!f->type->is_concrete &&
	    value_admitted(f->field->type, v, &fits, NULL) != ERR_OK)
		fits = false;
	f->is_bad |= !fits;
	f->is_doubled |= item->kind != VALUE_ABSENT;
	f->present += item->kind == VALUE_ABSENT;
	f->kept++;
	*item = *v;
	return ERR_OK;
}

/* Puts a complete value into the frame around it. */
static enum err deliver(struct reader *r, struct frame *f,
                        const struct value *v)
{
	if (f->is_tuple && f->type) {
		if (f->field)
			TRY(keep_field(f, v));
		else
			arena_cut(r->arena, f->mark);
	} else {
		if (f->done == f->room)
			TRY(frame_grow(r, f));
		if (f->is_tuple)
			f->fields[f->done] =
			    (struct value_field){ .name = f->name,
				                  .value = *v };
		else
			f->items[f->done] = *v;
	}
	f->done++;
	r->owed--;
	return ERR_OK;
}

static enum err close_list(struct reader *r, struct frame *f)
{
	enum err e = ERR_OK;

	if (!f->type) {
		e = value_list_raw(r->arena, &r->s.value, f->items, f->done,
		                   NULL);
	} else if (!f->type->is_concrete) {
		e = value_list_typed(&r->s.value, f->type, f->items, f->done,
		                     NULL);
	} else {
		/* Each item was read as what the type wants. */
		r->s.value = (struct value){ .kind = VALUE_LIST,
			                     .n = f->done,
			                     .items = f->items,
			                     .type = f->type };
	}
	return value_scan_fault_built(&r->s, e, "Illegal list type");
}

/* The tuple before this one in a list, if there is one. */
static const struct value *last_sibling(const struct reader *r,
                                        const struct frame *f)
{
	const struct frame *outer = f - 1;
	const struct value *last;

	if (r->n_frames < 2 || outer->is_tuple || outer->done == 0)
		return NULL;
	last = &outer->items[outer->done - 1];
	return last->kind == VALUE_TUPLE ? last : NULL;
}

/* Whether the fields read have exactly the names and types of `type`. */
static bool is_of_type(const struct frame *f, const struct type *type)
{
	if (type->len != f->done)
		return false;
	for (uint32_t i = 0; i < f->done; i++) {
		if (!span_eq(f->fields[i].name, type->fields[i].name) ||
		    !value_has_type(type->fields[i].type, &f->fields[i].value))
			return false;
	}
	return true;
}

/* Makes a tuple of inferred type, the type of its sibling if it can be: the
 * records of a list then share one. */
static enum err close_untyped(struct reader *r, struct frame *f)
{
	const struct value *last = last_sibling(r, f);

	if (!last || !is_of_type(f, last->type))
		return value_scan_fault_built(&r->s,
		                              value_tuple(r->arena, &r->s.value,
		                                          f->fields, f->done,
		                                          NULL),
		                              "Illegal tuple type");

	struct value *items = arena_new_array(r->arena, struct value, f->done);

	if (!items)
		return ERR_NO_MEMORY;
	for (uint32_t i = 0; i < f->done; i++)
		items[i] = f->fields[i].value;
	r->s.value = (struct value){ .kind = VALUE_TUPLE,
		                     .n = f->done,
		                     .items = items,
		                     .type = last->type };
	return ERR_OK;
}

static enum err close_tuple(struct reader *r, struct frame *f)
{
	if (!f->type)
		return close_untyped(r, f);
	if (f->kept != f->type->len)
		return value_scan_fault_expected(&r->s, f->type);
	if (f->is_bad || (r->is_exact && f->is_doubled))
		return value_scan_fault_text(&r->s, "Illegal tuple type");
	if (f->present != f->type->len)
		r->s.diag.has_holes = true;
	r->s.value = (struct value){ .kind = VALUE_TUPLE,
		                     .n = f->present,
		                     .items = f->items,
		                     .type = f->type };
	return ERR_OK;
}

/* Puts the noted wrappers around the complete value. */
static enum err close_wraps(struct reader *r)
{
	uint32_t n = r->n_wraps;
	uint32_t size = value_size(&r->s.value);

	if (size == TYPE_OVERSIZE ||
	    size + n * TYPE_WRAPPER_SIZE > TYPE_MAX_SIZE ||
	    value_depth(&r->s.value) + n > TYPE_MAX_DEPTH)
		return value_scan_fault_text(&r->s, "Value too large");
	r->s.value.wraps = r->wraps;
	r->depth -= n;
	r->wraps = 0;
	r->n_wraps = 0;
	return ERR_OK;
}

/*
 * Takes the complete value to where it belongs, and so on outwards while that
 * completes what is around it.
 */
static enum err complete(struct reader *r, bool *ret_is_last)
{
	for (;;) {
		if (r->n_wraps)
			TRY(close_wraps(r));
		*ret_is_last = r->n_frames == 0;
		if (*ret_is_last)
			return ERR_OK;

		struct frame *f = &r->frame[r->n_frames - 1];

		TRY(deliver(r, f, &r->s.value));
		if (f->done < f->total) {
			if (f->is_tuple)
				return read_field_name(r, f);
			r->s.type = f->type ? f->type->item : NULL;
			return ERR_OK;
		}
		TRY(f->is_tuple ? close_tuple(r, f) : close_list(r, f));
		r->n_frames--;
		r->depth--;
		r->wraps = f->wraps;
		r->n_wraps = f->n_wraps;
	}
}

/*
 * Reads one prefix and what belongs to it.  Afterwards a value is complete, or
 * (false) a wrapper was noted or a container opened.
 */
static enum err read_prefix(struct reader *r, bool *ret_is_complete)
{
	const uint8_t *p = value_scan_take(&r->s, 1);

	if (!p)
		return value_scan_fault_io(&r->s);
	*ret_is_complete = true;
	if (p[0] >= PREFIX_COUNT)
		return value_scan_fault_text(&r->s, "Bad type prefix");
	switch ((enum prefix)p[0]) {
	case PREFIX_INT:
	case PREFIX_UINT:
		return value_scan_integer(&r->s, p[0] == PREFIX_INT);
	case PREFIX_BUFF:
		return value_scan_bytes(&r->s, TYPE_BUFF);
	case PREFIX_TRUE:
	case PREFIX_FALSE:
		return value_scan_bool(&r->s, p[0] == PREFIX_TRUE);
	case PREFIX_STANDARD:
	case PREFIX_CONTRACT:
		return value_scan_principal(&r->s, p[0] == PREFIX_CONTRACT);
	case PREFIX_NONE:
		return value_scan_none(&r->s);
	case PREFIX_ASCII:
		return value_scan_bytes(&r->s, TYPE_ASCII);
	case PREFIX_UTF8:
		return value_scan_utf8(&r->s);
	case PREFIX_OK:
	case PREFIX_ERR:
	case PREFIX_SOME:
		*ret_is_complete = false;
		return read_wrap(r, p[0] == PREFIX_SOME ? VALUE_SOME
		                    : p[0] == PREFIX_OK ? VALUE_OK
		                                        : VALUE_ERR);
	case PREFIX_LIST:
		return read_list(r, ret_is_complete);
	case PREFIX_TUPLE:
		*ret_is_complete = false;
		return read_tuple(r);
	case PREFIX_COUNT:
		break;
	}
	CHECK(!"a prefix");
	return ERR_VALUE_BYTES;
}

/*
 * Reads integers of one kind into a list for as long as they come; the list's
 * last item is left, so that it is completed in the one way.  A list of 10000
 * reads in half the time (bench_value, "uints read").
 */
static void read_run(struct reader *r)
{
	struct frame *f = &r->frame[r->n_frames - 1];
	uint8_t prefix = *r->s.at;
	uint32_t last = (f->room < f->total ? f->room : f->total) - 1;
	const uint8_t *p = r->s.at;
	uint32_t n = f->done;

	if (r->s.type &&
	    r->s.type->kind != (prefix == PREFIX_INT ? TYPE_INT : TYPE_UINT))
		return;
	while (n < last && (size_t)(r->s.end - p) >= 17 && *p == prefix) {
		f->items[n] = value_uint(be128_read(p + 1));
		f->items[n].kind =
		    prefix == PREFIX_INT ? VALUE_INT : VALUE_UINT;
		n++;
		p += 17;
	}
	r->owed -= n - f->done;
	f->done = n;
	r->s.at = p;
}

static enum err read_value(struct reader *r)
{
	for (;;) {
		bool is_complete;
		bool is_last;

		if (r->depth > r->limit)
			return value_scan_fault_type(&r->s,
			                             TYPE_ERROR_TOO_DEEP);
		if (r->n_wraps == 0 && r->n_frames) {
			struct frame *f = &r->frame[r->n_frames - 1];

			if (f->is_tuple)
				TRY(open_field(r, f));
			else if (value_scan_left(&r->s) &&
			         *r->s.at <= PREFIX_UINT)
				read_run(r);
		}
		TRY(read_prefix(r, &is_complete));
		if (!is_complete)
			continue;
		TRY(complete(r, &is_last));
		if (is_last)
			return ERR_OK;
	}
}

/* Reads one value from `in`; the options in `r` are set. */
static enum err read_from(struct reader *r, struct value *ret,
                          struct cursor *in, struct value_codec_diag *diag)
{
	size_t max = r->s.type && r->is_cutting ? VALUE_CODEC_MAX_BYTES_CUT
	                                        : VALUE_CODEC_MAX_BYTES;
	size_t len = cursor_left(in);

	r->s.at = in->at;
	r->s.end = len < max ? in->end : in->at + max;
	r->depth = 1;
	r->limit = r->is_cutting ? VALUE_CODEC_DEPTH_CUT : VALUE_CODEC_DEPTH;
	r->owed = 0;
	r->n_frames = 0;
	r->wraps = 0;
	r->n_wraps = 0;
	r->s.diag = (struct value_codec_diag){ 0 };

	enum err e = read_value(r);

	if (diag)
		*diag = r->s.diag;
	if (e != ERR_OK)
		return e;
	in->at = r->s.at;
	*ret = r->s.value;
	return ERR_OK;
}

enum err value_codec_read(struct arena *a, struct value *ret, struct cursor *in,
                          struct value_codec_diag *diag)
{
	/* Not zeroed as a whole: frames are set when they open. */
	struct reader r;

	r.arena = a;
	r.s.type = NULL;
	r.is_cutting = false;
	r.is_exact = false;
	return read_from(&r, ret, in, diag);
}

enum err value_codec_read_typed(struct arena *a, struct value *ret,
                                struct cursor *in, const struct type *t,
                                enum epoch epoch, struct value_codec_diag *diag)
{
	struct reader r;

	r.arena = a;
	r.s.type = t;
	r.is_cutting = epoch_sanitizes_values(epoch);
	r.is_exact = epoch_wants_exact_tuples(epoch);
	return read_from(&r, ret, in, diag);
}

/* Bytes behind the value are an error of their own. */
static enum err check_leftover(const struct cursor *in,
                               struct value_codec_diag *diag)
{
	if (cursor_left(in) == 0)
		return ERR_OK;
	if (diag)
		*diag =
		    (struct value_codec_diag){ .fault = VALUE_CODEC_LEFTOVER };
	return ERR_VALUE_BYTES;
}

enum err value_codec_read_all(struct arena *a, struct value *ret,
                              struct span bytes, struct value_codec_diag *diag)
{
	struct cursor in = cursor_of(bytes);
	struct value v;

	TRY(value_codec_read(a, &v, &in, diag));
	TRY(check_leftover(&in, diag));
	*ret = v;
	return ERR_OK;
}

enum err value_codec_read_typed_all(struct arena *a, struct value *ret,
                                    struct span bytes, const struct type *t,
                                    enum epoch epoch,
                                    struct value_codec_diag *diag)
{
	struct cursor in = cursor_of(bytes);
	struct value v;

	TRY(value_codec_read_typed(a, &v, &in, t, epoch, diag));
	TRY(check_leftover(&in, diag));
	*ret = v;
	return ERR_OK;
}

/* The value of a hex digit, or 255. */
static uint8_t hex_value(uint8_t c)
{
	uint8_t letter = (uint8_t)((c | 0x20) - 'a');

	if (c >= '0' && c <= '9')
		return (uint8_t)(c - '0');
	return letter < 6 ? (uint8_t)(letter + 10) : 255;
}

enum err value_codec_read_hex(struct arena *a, struct value *ret,
                              struct span hex, struct value_codec_diag *diag)
{
	size_t skip =
	    hex.len >= 2 && hex.p[0] == '0' && hex.p[1] == 'x' ? 2 : 0;
	size_t len = (hex.len - skip) / 2;
	uint8_t *bytes = arena_alloc(a, len);
	uint8_t bad = hex.len % 2 ? 255 : 0;

	if (!bytes)
		return ERR_NO_MEMORY;
	for (size_t i = 0; i < len && bad < 16; i++) {
		uint8_t high = hex_value(hex.p[skip + 2 * i]);
		uint8_t low = hex_value(hex.p[skip + 2 * i + 1]);

		bytes[i] = (uint8_t)(high << 4 | (low & 15));
		bad = high | low;
	}
	if (bad < 16)
		return value_codec_read_all(a, ret, span_of(bytes, len), diag);
	if (diag)
		*diag = (struct value_codec_diag){ .fault = VALUE_CODEC_FAILURE,
			                           .text = "Bad hex string" };
	return ERR_VALUE_BYTES;
}
