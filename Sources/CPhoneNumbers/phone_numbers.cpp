#include "phone_numbers.h"

#include <phonenumbers/phonenumber.pb.h>
#include <phonenumbers/phonenumberutil.h>

#include <cstring>
#include <memory>
#include <string>

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

namespace i18n {
namespace phonenumbers {

// The library shares one instance and hides its constructor; a shared instance waits for its caches. This name is a
// friend of the library's class (its test), and makes an instance for each thread.
class PhoneNumberUtilTest {
  public:
    static PhoneNumberUtil *make() { return new PhoneNumberUtil(); }
};

}  // namespace phonenumbers
}  // namespace i18n

namespace {

void copy(const std::string &text, char *target, size_t room) {
    size_t count = text.size() < room ? text.size() : 0;
    std::memcpy(target, text.data(), count);
    target[count] = 0;
}

}  // namespace

struct strata_phone_parser {
    std::unique_ptr<PhoneNumberUtil> util;
};

strata_phone_parser *strata_phone_parser_create(void) {
    // The library's own instance sets up its log.
    PhoneNumberUtil::GetInstance();
    return new strata_phone_parser{std::unique_ptr<PhoneNumberUtil>(i18n::phonenumbers::PhoneNumberUtilTest::make())};
}

void strata_phone_parser_destroy(strata_phone_parser *parser) { delete parser; }

void strata_phone_parse(strata_phone_parser *parser, const char *text, size_t length, const char *region,
                        strata_phone_number *result) {
    std::memset(result, 0, sizeof(*result));
    result->type = -1;
    PhoneNumber number;
    const PhoneNumberUtil &util = *parser->util;
    if (util.ParseAndKeepRawInput(std::string(text, length), region, &number) != PhoneNumberUtil::NO_PARSING_ERROR) {
        return;
    }
    result->is_international = number.country_code_source() != PhoneNumber::FROM_DEFAULT_COUNTRY;
    PhoneNumberUtil::PhoneNumberType type = util.GetNumberType(number);
    // A number has a type exactly when its range is assigned.
    result->validity = type == PhoneNumberUtil::UNKNOWN ? 1 : 2;
    result->type = type == PhoneNumberUtil::UNKNOWN ? -1 : static_cast<int32_t>(type);
    copy(number.extension(), result->extension, sizeof(result->extension));
    // E.164 leaves the extension out.
    std::string formatted;
    util.Format(number, PhoneNumberUtil::E164, &formatted);
    copy(formatted, result->e164, sizeof(result->e164));
    std::string code;
    util.GetRegionCodeForNumber(number, &code);
    if (code.size() == 2) copy(code, result->region, sizeof(result->region));
}
