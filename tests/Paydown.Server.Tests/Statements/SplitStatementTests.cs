using Paydown.Lending.Accounting;
using Paydown.Server.Loans;
using Paydown.Server.Tests.Endurance;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Statements;

/// <summary>
/// However the entries of a month are cut into files, and however these overlap, the books are the same.
/// </summary>
public sealed class SplitStatementTests(TestServer server) : IClassFixture<TestServer>
{
    private const int EntryCount = 40;
    private const int LoanCount = 8;

    [Fact]
    public async Task Any_split_of_a_statement_in_any_order_and_with_overlaps_gives_the_same_books()
    {
        var seed = LongRun.Seed(14);
        var whole = await BooksAsync(entries => [entries]);
        for (var i = 0; i < LongRun.Count(4, 50); i++)
        {
            var random = new Random(seed + i);
            (await BooksAsync(entries => Split(entries, random))).ShouldBe(whole, $"seed {seed + i}");
        }

        await server.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task A_match_that_is_undone_and_assigned_again_gives_the_same_books()
    {
        var (lender, loans) = await LenderAsync();
        var before = await BooksOfAsync(lender, loans);
        var bank = new TestBank(lender);
        var entry = await bank.ImportOneAsync(new TestEntry(1, loans[0].Reference));
        var after = await BooksOfAsync(lender, loans);

        var id = entry.GetProperty("id").GetGuid();
        (await lender.Cashier.PutAsync($"admin/statement-entries/{id}/undo", new { reason = "No." })).ShouldSucceed();
        (await BooksOfAsync(lender, loans)).Loans.ShouldBe(before.Loans);
        var again = new { accountId = loans[0].Id.Value, reason = "It was right." };
        (await lender.Cashier.PutAsync($"admin/unmatched-payments/{id}/assign", again)).ShouldSucceed();

        var now = await BooksOfAsync(lender, loans);
        (now.Loans, now.Ledger).ShouldBe((after.Loans, after.Ledger));
        await server.ShouldAuditCleanAsync();
    }

    private async Task<Books> BooksAsync(Func<TestEntry[], IReadOnlyList<TestEntry[]>> cut)
    {
        var (lender, loans) = await LenderAsync();
        foreach (var part in cut([.. Enumerable.Range(0, EntryCount).Select(i => EntryOf(i, loans))]))
            await new TestBank(lender).ImportAsync(part);
        return await BooksOfAsync(lender, loans);
    }

    // One payment of each loan is reported.
    private async Task<(TestOrganisation Lender, IReadOnlyList<StoredLoan> Loans)> LenderAsync()
    {
        var lender = await server.AddOrganisationAsync();
        var loans = new List<StoredLoan>();
        for (var i = 0; i < LoanCount; i++)
        {
            loans.Add(await lender.OpenLoanAsync(await lender.AddCustomerAsync()));
            await lender.ReportAsync(loans[i], 100 * (i + 1), lender.Today);
        }

        return (lender, loans);
    }

    private static TestEntry EntryOf(int i, IReadOnlyList<StoredLoan> loans)
    {
        var loan = loans[i % LoanCount];
        return (i / LoanCount) switch
        {
            0 => new TestEntry(i + 1, loan.Reference) { BankReference = $"SPLIT-{i:D4}" },
            1 => new TestEntry(i + 100, Text: $"Loan {loan.Reference}") { BankReference = $"SPLIT-{i:D4}" },
            2 => new TestEntry(i + 200, Text: "Market") { BankReference = $"SPLIT-{i:D4}" },
            3 => new TestEntry(-i - 1, Text: "SMS CHARGE") { BankReference = $"SPLIT-{i:D4}" },
            // Without a reference of the bank.
            _ => new TestEntry(i + 400, loan.Reference),
        };
    }

    // Pieces of one to ten entries, each with up to three of those before it, in any order.
    private static List<TestEntry[]> Split(TestEntry[] entries, Random random)
    {
        var parts = new List<TestEntry[]>();
        for (var start = 0; start < entries.Length; )
        {
            var length = random.Next(1, 11);
            var from = Math.Max(0, start - random.Next(4));
            parts.Add(entries[from..Math.Min(start + length, entries.Length)]);
            start += length;
        }

        var order = parts.ToArray();
        random.Shuffle(order);
        return [.. order];
    }

    private async Task<Books> BooksOfAsync(TestOrganisation lender, IReadOnlyList<StoredLoan> loans)
    {
        var bank = new TestBank(lender);
        var balances = new List<string>();
        foreach (var loan in loans)
        {
            var now = await lender.ReadAsync(loan);
            balances.Add($"{now.State} {now.Balance} {now.Pending}");
        }

        var ledger = new List<string>();
        foreach (var account in Enum.GetValues<LedgerAccount>())
            ledger.Add($"{account} {await bank.BalanceAsync(account)}");
        var states = await server.ScalarAsync<string>(
            """
            select coalesce(string_agg(e.amount || ' ' || s.state, ', ' order by e.amount), '')
            from statement_entry e join entry_standing s on s.entry_id = e.id where e.organisation_id = $1
            """,
            lender.Id
        );
        return new(string.Join('\n', balances), string.Join('\n', ledger), states);
    }

    private sealed record Books(string Loans, string Ledger, string Entries);
}
