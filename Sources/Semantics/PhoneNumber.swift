import CPhoneNumbers

/// A phone number as libphonenumber understands it.
public struct PhoneNumber: Hashable, Sendable {
    /// E.164: `+442079460018`.
    public let e164: String
    /// ISO 3166 alpha-2 of its region; empty where it belongs to none.
    public let region: String
    /// The extension; empty where there is none.
    public let extensionDigits: String
    /// Whether its range is assigned to anybody.
    public let isValid: Bool
    /// Whether the cell named the country itself.
    public let isInternational: Bool
    /// Whether it may be a mobile.
    public let mayBeMobile: Bool

    /// The number as it should be written: E.164, and the extension behind it.
    public var standard: String { extensionDigits.isEmpty ? e164 : e164 + " ext. " + extensionDigits }

    /// Whether bytes are written as E.164: `+`, a digit that is not 0, 7 to 14 more.
    @inlinable
    public static func isE164(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard bytes.count >= 9, bytes.count <= 16, bytes[0] == 0x2B, bytes[1] >= 0x31, bytes[1] <= 0x39 else {
            return false
        }
        return bytes[2...].allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    }
}

/// Reads phone numbers, by libphonenumber. One thread uses a parser at a time, and each its own: a shared one does not
/// scale.
public final class PhoneParser {
    private let parser: OpaquePointer

    /// A parser; it takes some milliseconds to make.
    public init() { parser = strata_phone_parser_create() }

    deinit { strata_phone_parser_destroy(parser) }

    /// The number that UTF-8 bytes state; nil when they state none. Digits of all scripts count.
    ///
    /// - Parameter region: alpha-2 of the country that a number without its country code is of; empty for none.
    public func parse(_ bytes: UnsafeBufferPointer<UInt8>, region: String) -> PhoneNumber? {
        var found = strata_phone_number()
        guard bytes.count <= 250 else { return nil }
        bytes.withMemoryRebound(to: CChar.self) { text in
            strata_phone_parse(parser, text.baseAddress, text.count, region.isEmpty ? "ZZ" : region, &found)
        }
        guard found.validity > 0 else { return nil }
        return PhoneNumber(
            e164: PhoneParser.text(found.e164), region: PhoneParser.text(found.region),
            extensionDigits: PhoneParser.text(found.extension),
            isValid: found.validity == 2, isInternational: found.is_international != 0,
            mayBeMobile: found.type == 1 || found.type == 2)
    }

    /// Where a number in E.164 is from; nil when it is of no country, or no number.
    ///
    /// No area is told where `knowsAreas` is false.
    public func place(of number: UnsafeBufferPointer<UInt8>) -> PhonePlace? {
        guard PhoneNumber.isE164(number) else { return nil }
        var found = strata_phone_place()
        number.withMemoryRebound(to: CChar.self) {
            strata_phone_find_place(parser, $0.baseAddress, $0.count, &found)
        }
        let country = PhoneParser.text(found.country)
        return country.isEmpty ? nil : PhonePlace(country: country, area: PhoneParser.text(found.area))
    }

    /// Whether libgeocoding, which knows the areas, is installed; the first call opens it.
    public static var knowsAreas: Bool { strata_phone_knows_areas() != 0 }

    /// What a field of C holds up to its zero.
    private static func text(_ field: some Any) -> String {
        withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}

/// Where a phone number is from.
public struct PhonePlace: Hashable, Sendable {
    /// ISO 3166 alpha-2.
    public let country: String
    /// The region or city of its area code as libphonenumber names it in English: `Tehran province`, `Beijing`,
    /// `New York, NY`; empty where it tells none, as mobiles of most countries do.
    public let area: String
}
