/* tests/unit/clarity/check/test_check_store.c - data variables and maps. */
#include "config.h"

#include "tests/lib/unit.h"

#include "tests/unit/clarity/check/check_case.h"

#define VAR "(define-data-var v (buff 4) 0x) "
#define MAP "(define-map m {k: int} (buff 4)) "

static void a_variable_gives_its_declared_type(void **state)
{
	(void)state;
	typed(VAR "(var-get v)", "(buff 4)");
	refused("(var-get v)", "NoSuchDataVariable");
	refused(VAR "(var-get 1)", "BadMapName");
	refused(MAP "(var-get m)", "NoSuchDataVariable");
}

static void a_variable_takes_what_its_type_admits(void **state)
{
	(void)state;
	typed(VAR "(var-set v 0x00112233)", "bool");
	refused(VAR "(var-set v 0x0011223344)", "TypeError");
	refused("(var-set v 1)", "NoSuchDataVariable");
}

static void a_surplus_argument_is_an_error_of_the_machine_only(void **state)
{
	(void)state;
	accepted(VAR "(var-set v 0x 1)");
	accepted(MAP "(map-set m {k: 1} 0x 1)");
	refused(MAP "(map-set m {k: 1})", "RequiresAtLeastArguments");
}

static void a_map_is_read_and_written_by_its_types(void **state)
{
	(void)state;
	typed(MAP "(map-get? m {k: 1})", "(optional (buff 4))");
	typed(MAP "(map-set m {k: 1} 0x00)", "bool");
	typed(MAP "(map-insert m {k: 1} 0x00)", "bool");
	typed(MAP "(map-delete m {k: 1})", "bool");
	refused(MAP "(map-get? m {k: u1})", "TypeError");
	refused(MAP "(map-set m {k: 1} 1)", "TypeError");
	refused(MAP "(map-insert m 1 0x00)", "TypeError");
	refused(MAP "(map-delete m 1)", "TypeError");
	refused("(map-get? m 1)", "NoSuchMap");
	refused("(map-get? 1 1)", "BadMapName");
}

static void a_surplus_argument_of_map_get_is_the_read_only_pass_s(void **state)
{
	(void)state;
	judged_as(EPOCH_3_4, CLARITY_5, MAP "(map-get? m {k: 1} 2)",
	          "IncorrectArgumentCount");
	judged_as(EPOCH_4_1, CLARITY_6, MAP "(map-get? m {k: 1} 2)",
	          "IncorrectArgumentCount");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_variable_gives_its_declared_type),
		cmocka_unit_test(a_variable_takes_what_its_type_admits),
		cmocka_unit_test(
		    a_surplus_argument_is_an_error_of_the_machine_only),
		cmocka_unit_test(a_map_is_read_and_written_by_its_types),
		cmocka_unit_test(
		    a_surplus_argument_of_map_get_is_the_read_only_pass_s),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
