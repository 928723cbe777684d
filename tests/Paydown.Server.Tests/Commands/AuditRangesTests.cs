using Npgsql;
using Paydown.Server.Commands;
using Paydown.Server.Platform;
using Paydown.Server.Tests.Endurance;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Commands;

public sealed class AuditRangesTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private const string Break = "update loan_account set principal_balance = principal_balance + 1 where id = $1";
    private const string Mend = "update loan_account set principal_balance = principal_balance - 1 where id = $1";
    private const int LoanCount = 4;

    private readonly List<Guid> loans = [];

    public async ValueTask InitializeAsync()
    {
        for (var i = 0; i < LoanCount; i++)
            loans.Add((await server.Lender.OpenLoanAsync(await server.Lender.AddCustomerAsync())).Id.Value);
    }

    public async ValueTask DisposeAsync() => await server.BackDoor.ClearBooksAsync();

    [Fact]
    public async Task An_audit_that_was_interrupted_goes_on_from_the_last_range()
    {
        await using var folder = new ScratchFolder();
        var file = Path.Combine(folder.Path, "audit.json");
        foreach (var loan in loans)
            await ChangeAsync(Break, loan);
        using var stop = new CancellationTokenSource();
        var interrupted = new AuditOptions
        {
            StateFile = file,
            CustomersPerRange = 1,
            Checked = count => Stop(count == 2, stop),
        };
        await Should.ThrowAsync<OperationCanceledException>(() => RunAsync(interrupted, stop.Token));
        File.Exists(file).ShouldBeTrue();

        var ranges = new List<long>();
        var (exit, output) = await RunAsync(interrupted with { Checked = ranges.Add });
        exit.ShouldBe(1);
        ranges.ShouldBe([3, 4]);
        // Those of the first two were printed before.
        output
            .Split('\n')
            .Count(line => line.StartsWith("BREACH cached principal", StringComparison.Ordinal))
            .ShouldBe(2);
        output.ShouldContain($"{LoanCount} loans, 0 repayments");
        output.ShouldContain(": 4 breaches");
        File.Exists(file).ShouldBeFalse("A complete audit leaves no state.");
    }

    [Fact]
    public async Task The_state_of_another_database_is_refused()
    {
        await using var folder = new ScratchFolder();
        var file = Path.Combine(folder.Path, "audit.json");
        await File.WriteAllTextAsync(file, """{"database":"another"}""");
        await Should.ThrowAsync<OperatingException>(() => RunAsync(new AuditOptions { StateFile = file }));
        await File.WriteAllTextAsync(file, "nothing");
        await Should.ThrowAsync<OperatingException>(() => RunAsync(new AuditOptions { StateFile = file }));
    }

    [Fact]
    public async Task What_is_right_when_it_is_read_again_is_no_breach()
    {
        await ChangeAsync(Break, loans[0]);
        var suspected = 0;
        var mended = new AuditOptions
        {
            Suspecting = async () =>
            {
                if (suspected++ == 0)
                    await ChangeAsync(Mend, loans[0]);
            },
        };
        var (exit, output) = await RunAsync(mended);
        exit.ShouldBe(0, output);
        suspected.ShouldBe(1);
    }

    private static void Stop(bool isDue, CancellationTokenSource stop)
    {
        if (isDue)
            stop.Cancel();
    }

    private async Task<(int Exit, string Output)> RunAsync(
        AuditOptions options,
        CancellationToken cancellation = default
    )
    {
        await using var output = new StringWriter { NewLine = "\n" };
        var exit = await Audit.RunAsync(server.Database, output, options, cancellation);
        return (exit, output.ToString());
    }

    private Task ChangeAsync(string sql, Guid loan) => server.BackDoor.ExecuteAsync(sql, loan);
}
