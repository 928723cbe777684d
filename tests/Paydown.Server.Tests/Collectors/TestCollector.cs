using System.Text;
using System.Text.Json;
using Paydown.Server.Loans;

namespace Paydown.Server.Tests.Collectors;

/// <summary>A collector of a lender, and loans that it holds.</summary>
internal sealed class TestCollector(TestOrganisation lender, Guid id, string name)
{
    public const string Account = "DE02120300000000202051";

    private const string Header = "transaction id;loan;collected on;amount;commission";

    public Guid Id => id;

    public string Path => $"admin/collectors/{id}";

    /// <summary>Adds a collector that keeps 7.5 percent.</summary>
    public static async Task<TestCollector> AddAsync(
        TestOrganisation lender,
        string name = "Example Collections Ltd",
        decimal commissionPercent = 7.5m,
        string? accountNumber = Account
    )
    {
        var added = await lender.Manager.PostAsync(
            "admin/collectors",
            new
            {
                name,
                commissionPercent,
                accountNumber,
            }
        );
        return new(lender, added.ShouldSucceed().GetProperty("id").GetGuid(), name);
    }

    /// <summary>Opens a loan and hands it over to the collector.</summary>
    public Task<StoredLoan> HoldAsync(long paidMinor = 0) =>
        lender.AddLoanAsync(lender.Customer, new TestLoan { Collector = name, PaidMinor = paidMinor });

    /// <summary>A lender, and a collector that has collected an amount on a loan.</summary>
    public static async Task<(TestOrganisation Lender, TestCollector Collector, StoredLoan Loan)> CollectedAsync(
        TestServer server,
        string amount
    )
    {
        var lender = await server.AddOrganisationAsync();
        var collector = await AddAsync(lender);
        var loan = await collector.HoldAsync();
        await collector.ImportAsync(collector.Line("T-1", loan, amount));
        return (lender, collector, loan);
    }

    /// <summary>A file of these lines, each <c>id;loan;day;amount;commission</c>.</summary>
    public static byte[] FileOf(params string[] lines) =>
        Encoding.UTF8.GetBytes(string.Join('\n', [Header, .. lines]) + "\n");

    /// <summary>A line of today.</summary>
    public string Line(string transactionId, StoredLoan loan, string amount, string commission = "") =>
        $"{transactionId};{loan.Reference};{lender.Today:yyyy-MM-dd};{amount};{commission}";

    public Task<Reply> UploadAsync(byte[] file, string? query = null, string? key = null) =>
        lender.Cashier.UploadAsync($"{Path}/collections?fileName=collections.csv{query}", file, key);

    public async Task<JsonElement> ImportAsync(params string[] lines) =>
        (await UploadAsync(FileOf(lines))).ShouldSucceed();

    /// <summary>The balance of the collector.</summary>
    public async Task<JsonElement> BalanceAsync() =>
        (await lender.Cashier.GetAsync(Path)).ShouldSucceed().GetProperty("balance");
}
