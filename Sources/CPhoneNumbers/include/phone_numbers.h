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

#ifdef __cplusplus
}
#endif
