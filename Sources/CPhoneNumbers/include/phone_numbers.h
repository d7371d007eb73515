// Phone numbers by libphonenumber, behind a C interface: its C++ headers stay out of Swift.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What a parser keeps; one a thread, for instances do not scale when they are shared.
typedef struct strata_phone_parser strata_phone_parser;

/// A parser.
strata_phone_parser *strata_phone_parser_create(void);

/// Ends a parser.
void strata_phone_parser_destroy(strata_phone_parser *parser);

/// A number as libphonenumber understands it.
typedef struct strata_phone_number {
    /// 0: no phone number; 1: one that nobody can have; 2: one of a range that is assigned.
    int32_t validity;
    /// 0 fixed, 1 mobile, 2 fixed or mobile, 3 toll free, 4 premium, 5 shared cost, 6 internet, 7 personal, 8 pager,
    /// 9 company, 10 voice mail, -1 unknown.
    int32_t type;
    /// Whether the text named the country itself, with + or an international prefix.
    int32_t is_international;
    /// ISO 3166 alpha-2 of the region, ended by a zero; empty when it has none.
    char region[4];
    /// E.164 with its +, ended by a zero.
    char e164[24];
    /// The extension, ended by a zero; empty when there is none.
    char extension[12];
} strata_phone_number;

/// Reads `length` bytes of UTF-8 as a number of a region (two letters ended by a zero, or "ZZ" for none).
void strata_phone_parse(strata_phone_parser *parser, const char *text, size_t length, const char *region,
                        strata_phone_number *result);

/// Where a number is from.
typedef struct strata_phone_place {
    /// ISO 3166 alpha-2 of the country, ended by a zero; empty when the number is of none.
    char country[4];
    /// The region or city whose area code the number has, in English, ended by a zero; empty when it tells none, as
    /// mobiles of most countries do.
    char area[120];
} strata_phone_place;

/// Whether the library of areas, which is taken in at the first call, is there: 1 or 0.
int32_t strata_phone_knows_areas(void);

/// Tells where `length` bytes of UTF-8, a number in E.164, are from; no area without the library.
void strata_phone_find_place(strata_phone_parser *parser, const char *text, size_t length, strata_phone_place *result);

#ifdef __cplusplus
}
#endif
