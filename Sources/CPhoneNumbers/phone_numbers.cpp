#include "phone_numbers.h"

#include <phonenumbers/phonenumber.pb.h>
#include <phonenumbers/phonenumberutil.h>

#include <dlfcn.h>

#include <cstddef>
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

/// The areas of numbers, by libgeocoding. Its tables are half a million pointers, which cost every program that is linked
/// with it 15 MB: it is opened when it is asked for, from beside the libphonenumber in use, which is of its version.
class Areas {
  public:
    static const Areas &shared() {
        static const Areas areas;
        return areas;
    }

    bool is_known() const { return describe != nullptr; }

    const char *description(const PhoneNumber &number, const std::string &region) const {
        return describe(room, number, "en", "", region);
    }

  private:
    using Make = void (*)(void *);
    using Describe = const char *(*)(const void *, const PhoneNumber &, const std::string &, const std::string &,
                                     const std::string &);

    // PhoneNumberOfflineGeocoder() and GetAreaDescription(number, language, script, region), as ABI 8 has them. The
    // second is the one that needs no locale of ICU.
    static constexpr const char *make_name = "_ZN4i18n12phonenumbers26PhoneNumberOfflineGeocoderC1Ev";
    static constexpr const char *describe_name =
        "_ZNK4i18n12phonenumbers26PhoneNumberOfflineGeocoder18GetAreaDescriptionERKNS0_11PhoneNumberE"
        "RKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEESC_SC_";

    Areas() {
        Dl_info info;
        if (dladdr(reinterpret_cast<void *>(&PhoneNumberUtil::GetInstance), &info) == 0) return;
        std::string path = info.dli_fname;
        size_t name = path.rfind("libphonenumber");
        if (name == std::string::npos) return;
        if (path.find(".so.8", name) == std::string::npos) return;
        path.replace(name, std::strlen("libphonenumber"), "libgeocoding");
        void *library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
        if (library == nullptr) return;
        auto make = reinterpret_cast<Make>(dlsym(library, make_name));
        auto found = reinterpret_cast<Describe>(dlsym(library, describe_name));
        if (make == nullptr || found == nullptr) return;
        make(room);
        describe = found;
    }

    /// The library's object: some pointers, two maps and a lock. It lives as long as the program.
    alignas(std::max_align_t) unsigned char room[4096] = {};
    Describe describe = nullptr;
};

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

int32_t strata_phone_knows_areas(void) { return Areas::shared().is_known(); }

void strata_phone_find_place(strata_phone_parser *parser, const char *text, size_t length, strata_phone_place *result) {
    std::memset(result, 0, sizeof(*result));
    PhoneNumber number;
    const PhoneNumberUtil &util = *parser->util;
    if (util.Parse(std::string(text, length), "ZZ", &number) != PhoneNumberUtil::NO_PARSING_ERROR) return;
    std::string region;
    util.GetRegionCodeForNumber(number, &region);
    if (region.size() != 2) return;
    copy(region, result->country, sizeof(result->country));
    const Areas &areas = Areas::shared();
    if (areas.is_known() && util.IsNumberGeographical(number)) {
        copy(areas.description(number, region), result->area, sizeof(result->area));
    }
}
