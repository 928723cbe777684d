using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Databases;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Outbox;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Tests.Pages;
using Paydown.Server.Wallets;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Databases;

public sealed class LenderMoveTests(TestCluster cluster) : IAsyncLifetime
{
    private readonly TwoDatabases both = new(cluster);

    public ValueTask InitializeAsync() => both.InitializeAsync();

    public ValueTask DisposeAsync() => both.DisposeAsync();

    [Fact]
    public async Task A_lender_answers_the_same_before_and_after()
    {
        var lender = await BusyLender.CreateAsync(both);
        var before = await lender.AnswersAsync();
        var result = await MoveAsync();
        result.From.ShouldBe("north");
        result.Tables.Single(one => one.Table == "loan_account").Rows.ShouldBe(3);

        (await lender.AnswersAsync()).ShouldBe(before);
        await lender.ShouldGoOnAsync();
        await ShouldBeGoneAsync(both.North);
        await both.North.ShouldAuditCleanAsync();
        await both.South.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task Nobody_signs_in_again()
    {
        var manager = both.North.Lender.Manager;
        var browser = await TestBrowser.SignInAsync(manager, both.North);
        var signedIn = await both.LoginAsync($"{both.North.Lender.Customer.UserId}@test.example");
        var left = await both.LoginAsync($"{both.North.Lender.Customer.UserId}@test.example");
        (
            await both.SendAsync(
                HttpMethod.Post,
                "/api/v1/services/securitymanagement/logout",
                new { refresh_token = left.RefreshToken }
            )
        ).ShouldSucceed();
        await MoveAsync();

        (await browser.GetAsync("/office")).Status.ShouldBe(200);
        var own = $"user/profile/{both.North.Lender.Customer.UserId}";
        (await both.North.HolderOf(signedIn.AccessToken).GetAsync(own)).Status.ShouldNotBe(401);
        await Wait.UntilAsync(async () => (await both.North.HolderOf(left.AccessToken).GetAsync(own)).Status == 401);
        (
            await both.SendAsync(
                HttpMethod.Put,
                "/api/v1/services/securitymanagement/refresh-token",
                new { refresh_token = signedIn.RefreshToken }
            )
        ).ShouldSucceed();
    }

    [Fact]
    public async Task Background_work_leaves_a_lender_that_moves_alone()
    {
        var lender = await BusyLender.CreateAsync(both);
        await lender.Wallet.TransferAsync(20);
        (await AwaitedAsync()).ShouldContain(both.North.Lender.Id);
        await MoveAsync(async step =>
        {
            if (step is not MoveStep.Fenced)
                return;
            (await AwaitedAsync()).ShouldBeEmpty();
            (await WaitingAsync()).ShouldBeEmpty();
            var fenced = LenderTables.All.Count(table => table.IsFenced);
            const string Triggers = "select count(*) from pg_trigger where tgname like 'moving%'";
            (await both.North.ScalarAsync<long>(Triggers)).ShouldBe(fenced);
        });
    }

    [Fact]
    public async Task Changes_of_a_lender_that_moves_are_refused_and_leave_nothing()
    {
        var borrower = await Borrower.CreateAsync(both.North);
        var others = new[]
        {
            await Borrower.CreateAsync(both.North.OtherLender),
            await Borrower.CreateAsync(both.South),
            await Borrower.CreateAsync(both.South.OtherLender),
        };
        await MoveAsync(async step =>
        {
            if (step is MoveStep.Copied)
                await both.LookAsync();
            if (step is MoveStep.Fenced or MoveStep.Compared or MoveStep.Copied)
            {
                var refused = await borrower.ReportAsync(100, "in-the-move");
                refused.ShouldBeRefused(503, "SERVICE_UNAVAILABLE");
                refused.RetryAfter.ShouldNotBeNull();
                (
                    await both.North.Lender.Manager.PostAsync("admin/webhooks", new { url = "http://127.0.0.1:1/" })
                ).Status.ShouldBe(503);
                foreach (var other in others)
                    (await other.ReportAsync(100)).ShouldSucceed();
            }
        });

        (await borrower.ListAsync()).ShouldSucceed().GetArrayLength().ShouldBe(0);
        (await borrower.ReportAsync(100, "in-the-move")).ShouldSucceed();
        foreach (var other in others)
            (await other.ListAsync()).ShouldSucceed().GetArrayLength().ShouldBe(3);
        await both.South.ShouldAuditCleanAsync();
    }

    [Theory]
    [InlineData("Marked")]
    [InlineData("Fenced")]
    [InlineData("Compared")]
    [InlineData("Copied")]
    [InlineData("Switched")]
    [InlineData("Removed")]
    public async Task A_move_that_was_interrupted_is_finished_by_the_next(string name)
    {
        var lender = await BusyLender.CreateAsync(both);
        var before = await lender.AnswersAsync();
        await Should.ThrowAsync<InvalidOperationException>(() =>
            MoveAsync(step => $"{step}" == name ? throw new InvalidOperationException("Killed.") : Task.CompletedTask)
        );
        await both.LookAsync();
        var report = await lender.Borrower.ReportAsync(100, "after-the-kill");
        if (name != "Marked")
            report.Status.ShouldBe(name is "Fenced" or "Compared" or "Copied" ? 503 : 200);

        (await MoveAsync()).From.ShouldBe("north");
        if (report.Status == 503)
            (await lender.AnswersAsync()).ShouldBe(before);
        (await MoveAsync()).From.ShouldBeNull();
        await lender.ShouldGoOnAsync();
        await ShouldBeGoneAsync(both.North);
        await both.North.ShouldAuditCleanAsync();
        await both.South.ShouldAuditCleanAsync();
    }

    [Fact]
    public async Task A_lender_that_does_not_fit_stays()
    {
        var borrower = await Borrower.CreateAsync(both.North);
        const string Host = "loans.example.com";
        foreach (var server in new[] { both.North, both.South })
            await server.BackDoor.ExecuteAsync(
                "insert into organisation_host (host, organisation_id, recorded_at) values ($1, $2, now())",
                Host,
                server.Lender.Id.Value
            );
        var refusal = await Should.ThrowAsync<OperatingException>(() => MoveAsync());
        refusal.Message.ShouldContain("stays on north");
        await both.LookAsync();
        (await borrower.ReportAsync(100)).ShouldSucceed();
        await ShouldBeGoneAsync(both.South);
    }

    [Fact]
    public async Task A_lender_can_come_back()
    {
        var lender = await BusyLender.CreateAsync(both);
        var before = await lender.AnswersAsync();
        await MoveAsync();
        (await MoveAsync(to: "north")).From.ShouldBe("south");
        (await lender.AnswersAsync()).ShouldBe(before);
        await lender.ShouldGoOnAsync();
        await ShouldBeGoneAsync(both.South);
        await both.North.ShouldAuditCleanAsync();
    }

    // Rolled back.
    private async Task<IEnumerable<OrganisationId>> AwaitedAsync()
    {
        await using var transaction = await WriteTransaction.BeginAsync(both.North.Database, default);
        var taken = await OutboxStore.TakeAwaitedAsync(transaction.Connection, 100, default);
        return taken!.Select(one => one.OrganisationId).Distinct();
    }

    private async Task<IReadOnlyList<OrganisationId>> WaitingAsync()
    {
        await using var connection = await both.North.Database.OpenConnectionAsync();
        return await PaymentStore.ListWaitingAsync(connection, default);
    }

    private async Task<MoveResult> MoveAsync(Func<MoveStep, Task>? reached = null, string to = "south")
    {
        await using var move = new LenderMove(
            [
                new NamedDatabase("north", both.North.ConnectionString),
                new NamedDatabase("south", both.South.ConnectionString),
            ],
            both.North.Lender.Id,
            to,
            both.North.Clock
        )
        {
            NoticedWithin = TimeSpan.Zero,
            Reached = reached ?? (_ => Task.CompletedTask),
        };
        var result = await move.RunAsync(default);
        await both.LookAsync();
        return result;
    }

    private async Task ShouldBeGoneAsync(TestServer server)
    {
        await using var owner = NpgsqlDataSource.Create(server.ConnectionString);
        foreach (var (table, rows) in await LenderCopy.CountAsync(owner, both.North.Lender.Id, default))
            rows.ShouldBe(0, table);
        (await server.ScalarAsync<long>("select count(*) from pg_trigger where tgname like 'moving%'")).ShouldBe(0);
        (await server.ScalarAsync<long>("select count(*) from pg_proc where proname like 'moving%'")).ShouldBe(0);
    }
}

/// <summary>A lender of the first database, with something in most tables.</summary>
internal sealed record BusyLender(TwoDatabases Both, Borrower Borrower, TestWallet Wallet, Reply First, string ApiToken)
{
    private const string Key = "before-the-move";

    public static async Task<BusyLender> CreateAsync(TwoDatabases both)
    {
        var north = both.North;
        var borrower = await Borrower.CreateAsync(north);
        var first = await borrower.ReportAsync(100, Key);
        first.ShouldSucceed();
        await north.Lender.PayAsync(borrower.Loan, 50_00, north.Today);
        await north.Lender.RejectAsync(borrower.Loan, 20_00);
        await north.Lender.AddLoanAsync(borrower.Customer);
        var wallet = await TestWallet.CreateAsync(north, 900_00);
        await wallet.TransferAsync(100);
        (
            await north.Lender.Manager.PostAsync(
                "admin/webhooks",
                new { url = "http://127.0.0.1:9/", description = "x" }
            )
        ).ShouldSucceed();
        // So that numbers of both databases are the same.
        (
            await both.South.Lender.Manager.PostAsync("admin/webhooks", new { url = "http://127.0.0.1:9/" })
        ).ShouldSucceed();
        var (_, token) = await north.Lender.AddApiTokenAsync(Scopes.LoansRead);
        return new BusyLender(both, borrower, wallet, first, token);
    }

    /// <summary>What the lender's people are answered.</summary>
    public async Task<IReadOnlyList<string>> AnswersAsync()
    {
        var (manager, customer) = (Both.North.Lender.Manager, Borrower.Customer);
        var answers = new List<string>();
        foreach (
            var path in new[] { "admin/loans", "admin/customers", "admin/webhooks", "admin/audit", "admin/events" }
        )
            answers.Add(Text(await manager.GetAsync(path)));
        answers.Add(Text(await manager.GetAsync($"admin/loans/{Borrower.Loan.Id}/acts")));
        answers.Add(Text(await customer.GetAsync($"user/list-customer-repayments/{customer.UserId}")));
        answers.Add(Text(await customer.GetAsync($"user/profile/{customer.UserId}")));
        answers.Add(Text(await Both.North.HolderOf(ApiToken).GetAsync("admin/loans")));
        return answers;
    }

    /// <summary>Fails if something that was possible before the move is not.</summary>
    public async Task ShouldGoOnAsync()
    {
        var again = await Borrower.ReportAsync(100, Key);
        again.IsReplayed.ShouldBeTrue();
        again.Body.ShouldBe(First.Body);
        (await Borrower.ReportAsync(30)).ShouldSucceed();
        await Wallet.TransferAsync(10);
        (await Both.LoginAsync($"{Borrower.Customer.UserId}@test.example")).ShouldSucceed();
    }

    private static string Text(Reply reply) => $"{reply.Status} {reply.ShouldSucceed().GetRawText()}";
}
