import Baskets
import Testing

/// Supports as a person writes them.
@Suite struct SupportTests {
    @Test func countsAndSharesAreRead() {
        #expect(Support("89")?.minimumCount(of: 1000) == 89)
        // Shares are exact and rounded up: 0.1 % of 88,162 is 88.162, of 9,835 9.835, 1 % of 9,835 98.35.
        #expect(Support("0.1%")?.minimumCount(of: 88_162) == 89)
        #expect(Support("0.1%")?.minimumCount(of: 9_835) == 10)
        #expect(Support("1%")?.minimumCount(of: 9_835) == 99)
        // Of 1,000 baskets 0.1 % is one, and not 1.0000000000000002.
        #expect(Support("0.1%")?.minimumCount(of: 1_000) == 1)
        #expect(Support("7%")?.minimumCount(of: 100) == 7)
        #expect(Support("0.0001%")?.minimumCount(of: 10) == 1)
        #expect(Support("100%")?.minimumCount(of: 10) == 10)
    }

    @Test(arguments: [
        "", "%", "0", "-3", "0%", "101%", "1.%", ".5%", "a", "1e3", "0.1", "1.2.3%", "9999999999999999999%",
    ])
    func otherTextsAreNone(_ text: String) { #expect(Support(text) == nil) }

    @Test(arguments: ["89", "0.1%", "1%", "12.50%"])
    func supportsAreSaidAsTheyWereWritten(_ text: String) { #expect(Support(text)?.description == text) }

    @Test func sizesAreRead() {
        #expect(ItemsetMemory.bytes("2G") == 2 << 30 && ItemsetMemory.bytes("512M") == 512 << 20)
        #expect(ItemsetMemory.bytes("2") == nil && ItemsetMemory.bytes("-1G") == nil && ItemsetMemory.bytes("G") == nil)
        #expect(ItemsetMemory.text(2 << 30) == "2G" && ItemsetMemory.text((5 << 20) + 1) == "6M")
    }
}
