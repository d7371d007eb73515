import CustomerData
import Statistics

/// Who a person is, as a record would say it without a mistake.
struct PersonIdentity {
    let script: Script
    let given: Script.Word
    let family: Script.Word
    let email: String
    let phone: String
    let birth: Day
    let city: Int

    /// The frequencies of names and cities of a script.
    struct Frequencies: Sendable {
        let women: WeightedChoice
        let men: WeightedChoice
        let families: WeightedChoice
        let cities: WeightedChoice

        init(_ script: Script) {
            women = WeightedChoice(WeightedChoice.zipf(script.women.count, exponent: 0.6))
            men = WeightedChoice(WeightedChoice.zipf(script.men.count, exponent: 0.6))
            families = WeightedChoice(WeightedChoice.zipf(script.families.count, exponent: 0.7))
            cities = WeightedChoice(WeightedChoice.zipf(script.cities.count, exponent: 0.9))
        }
    }

    /// - Parameters:
    ///   - person: the person's number, which keeps emails and phones of different persons apart.
    ///   - registered: the day of the first record; nobody registers before the age of eighteen.
    init(
        person: Int, script: Script, city: Int, registered: Day, frequencies: Frequencies,
        random: inout SeededGenerator
    ) {
        self.script = script
        self.city = city
        let isWoman = random.happens(0.55)
        given =
            isWoman ? script.women[frequencies.women.draw(&random)] : script.men[frequencies.men.draw(&random)]
        family = script.families[frequencies.families.draw(&random)]
        let age = 18 + min(70, random.gamma(shape: 4) * 7)
        birth = registered.advanced(byDays: -Int(age * 365.25) - random.index(below: 365))
        email = PersonIdentity.email(given.latin, family.latin, script, person, &random)
        // Seven digits that run through all numbers before one repeats: 4,567,891 and 10^7 have no common divisor.
        let (round, number) = person.quotientAndRemainder(dividingBy: 10_000_000)
        phone = script.phone(prefix: round * 7 + random.index(below: 2), digits: number * 4_567_891 % 10_000_000)
    }

    /// An address made of the name in Latin letters and the person's number.
    static func email(
        _ given: String, _ family: String, _ script: Script, _ number: Int,
        _ random: inout SeededGenerator
    ) -> String {
        let (first, last) = (plain(given), plain(family))
        let name: String
        switch random.index(below: 4) {
        case 0: name = "\(first).\(last)"
        case 1: name = "\(first.prefix(1))\(last)"
        case 2: name = "\(first)_\(last)"
        default: name = "\(last).\(first)"
        }
        return "\(name)\(number + 1)@\(script.providers[random.index(below: script.providers.count)])"
    }

    /// Small ASCII letters: accents and signs left out.
    private static func plain(_ name: String) -> String {
        let accents: [Character: Character] = ["ë": "e", "é": "e", "á": "a", "í": "i", "ü": "u"]
        return String(name.lowercased().map { accents[$0] ?? $0 }.filter { $0.isASCII && $0.isLetter })
    }
}
