import CustomerData
import Ingest

extension InputOptions {
    /// The exchange rates, when there are any.
    ///
    /// - Throws: `Problem` as `ExchangeRateReader`; also when a base currency is named without rates.
    func readRates() throws -> (rates: ExchangeRates, file: InputFile)? {
        guard let rates else {
            guard baseCurrency == nil else {
                throw Problem(.usage, "--base-currency is what --rates are stated in: give the rates, too")
            }
            return nil
        }
        let table = try TableFile(path: rates, options: form)
        return (try ExchangeRateReader.read(table, base: baseCurrency, dateOrder: dateOrder), table.input)
    }
}
