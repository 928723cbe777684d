using System.Text.Json;
using Paydown.Lending.Accounting;
using Paydown.Lending.Outcomes;

namespace Paydown.Server.Tests.Statements;

/// <summary>The bank of a lender: sends its statements, and knows what became of them.</summary>
internal sealed class TestBank(TestOrganisation lender)
{
    /// <summary>Imports a statement of one entry.</summary>
    /// <returns>The entry.</returns>
    public async Task<JsonElement> ImportOneAsync(TestEntry entry) => (await ImportAsync(entry))[0];

    /// <summary>Imports a statement of today.</summary>
    /// <returns>The entries that it added, in its order.</returns>
    public async Task<IReadOnlyList<JsonElement>> ImportAsync(params IReadOnlyList<TestEntry> entries)
    {
        var imported = await lender.Cashier.UploadAsync(
            "admin/bank-statements?fileName=test.xml",
            new TestStatement(lender.Today, entries).ToFile()
        );
        var id = imported.ShouldSucceed().GetProperty("statements")[0].GetProperty("id").GetGuid();
        var listed = await lender.Cashier.GetAsync($"admin/bank-statements/{id}/entries?size=50");
        return [.. listed.ShouldSucceed().EnumerateArray()];
    }

    /// <summary>A repayment as officers see it.</summary>
    public async Task<JsonElement> RepaymentAsync(Guid id) =>
        (await lender.Cashier.GetAsync($"admin/repayments/{id}")).ShouldSucceed();

    /// <summary>The balance of an account of the ledger, in minor units: positive for a debit.</summary>
    public Task<long> BalanceAsync(LedgerAccount account) =>
        lender.Server.ScalarAsync<long>(
            """
            select coalesce(sum(amount), 0)::bigint from posting where organisation_id = $1 and ledger_account = $2
            """,
            lender.Id,
            Words.Write(account)
        );
}
