import CustomerData
import Statistics
import Testing

@testable import Ingest

@Suite("Reading deals") struct DealReaderTests {
    private func read(
        _ text: String, asOf: Day? = nil, limits: RejectLimits = RejectLimits(maxShare: 1)
    ) throws -> (deals: Deals, accounts: RowAccounts) {
        let folder = try TestFolder()
        let reader = try DealReader(
            files: [TableFile(path: folder.file(text))], overrides: [:], dateOrder: nil,
            parallel: Parallel(threads: 2))
        return try reader.read(asOf: asOf, limits: limits)
    }

    @Test func `Every row is used or has a reason`() throws {
        let (deals, accounts) = try read(
            """
            deal_id,account,stage,amount,opened,closed,owner
            1,Acme,Won,"1,200.50",2024-01-02,2024-02-03,Ann
            2,Acme,Proposal,,2024-01-05,,Ann
            2,Acme,Proposal,10.25,2024-01-05,,Ann
            3,Birch,,10.25,2024-01-05,,Ann
            4,Birch,Lost,many,2024-01-05,2024-01-06,Ann
            5,Birch,Lost,1.00,someday,2024-01-06,Ann
            6,Birch,Lost,1.00,2024-01-05,someday,Ann
            ,Birch,Lost,1.00,2024-01-05,2024-01-06,Ann
            8,Birch,Lost,1.00

            9,,Lost,1.00,2024-07-05,,
            """, asOf: Day("2024-06-30"))
        #expect(accounts.read == 10 && accounts.accepted == 2 && accounts.blankLines == 1)
        #expect(accounts.read == accounts.accepted + accounts.setAside + accounts.rejected)
        #expect(
            accounts.unused == [
                .duplicateDeal: 1, .missing(.stage): 1, .unreadable(.amount): 1, .unreadable(.opened): 1,
                .unreadable(.closed): 1, .missing(.deal): 1, .fieldCount: 1, .afterAsOf: 1,
            ])
        #expect(deals.count == 2 && deals.decimals == 2)
        #expect(deals.amounts == [12_005_000, Deals.noAmount])
        #expect(deals.stages.names == ["Won", "Proposal"] && deals.accounts.codes == [0, 0])
        #expect(deals.closed[1] == PurchaseHistory.noDay)
    }

    @Test func `A stage is enough, and empty names are names`() throws {
        let (deals, _) = try read("Stage,Owner\nWon,\nOpen,Ann\n")
        #expect(deals.owners.names == ["", "Ann"] && deals.owners.codes == [0, 1])
        #expect(deals.opened == [PurchaseHistory.noDay, PurchaseHistory.noDay])
    }

    @Test func `A column of empty dates says nothing`() throws {
        let (deals, accounts) = try read("stage,opened,closed\nWon,2024-01-01,\nLost,2024-01-02,\n")
        #expect(accounts.accepted == 2)
        #expect(deals.closed == [PurchaseHistory.noDay, PurchaseHistory.noDay])
    }

    @Test func `Amounts in two currencies are refused`() {
        #expect(throws: Problem.self) { try read("stage,amount,currency\nWon,1,USD\nWon,2,EUR\n") }
        #expect(throws: Problem.self) { try read("stage,amount\nWon,$1\nWon,€2\n") }
    }
}
