using System.Net;
using Paydown.Lending.Accounting;
using Paydown.Server.Commands;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Reports;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Endurance;

/// <summary>
/// A confirmed write is on the synchronous standby. While the standby is away, writes get 503 within the limit. Once it
/// is back, a repeat with the same key gets the response, and everything is there once.
/// </summary>
public sealed class StandbyTests
{
    private const string Waiting = "select count(*) from pg_stat_activity where wait_event = 'SyncRep'";
    private const string Repayments = "select count(*) from repayment";
    private const string Decisions = "select count(*) from repayment_decision";

    private const int ClientCount = 8;
    private const int WritesWanted = 40;

    private const string CancelWaiting =
        "select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'";

    [Fact]
    public async Task A_write_that_no_standby_has_is_not_confirmed()
    {
        await using var stage = await StandbyStage.StartAsync();
        var verified = await ReportAsync(stage);
        var rejected = await ReportAsync(stage);
        await stage.StopStandbyAsync();

        var report = stage.Writes.Report(stage.Lender.Borrowers[2]);
        var verify = stage.Writes.Verify(verified);
        (await stage.Clients.TryAsync(report)).ShouldBeFalse();
        (await stage.Clients.TryAsync(verify)).ShouldBeFalse();
        (await stage.RejectAsync(rejected.Id!.Value, "reject-1")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await stage.Clients.TryAsync(report)).ShouldBeFalse("A repeat is not confirmed either.");
        stage.Writes.Unexpected.ShouldBeEmpty();
        (await stage.CountAsync(Repayments)).ShouldBe(2);
        (await stage.CountAsync(Decisions)).ShouldBe(0);

        await stage.StartStandbyAsync();
        await stage.UntilAsync(Waiting, 0);
        await stage.Clients.FinishAsync();
        (await stage.RejectAsync(rejected.Id!.Value, "reject-1")).ShouldBe(HttpStatusCode.OK);
        stage.Writes.Open.ShouldBeEmpty();
        (await stage.CountAsync(Repayments)).ShouldBe(3);
        (await stage.CountAsync(Decisions)).ShouldBe(2);
        stage.CountCancelledWaits().ShouldBe(0);
        await new WriteCheck(stage.ConnectionString, stage.Lender, stage.Writes).AuditAsync();
    }

    [Fact]
    public async Task With_two_standbys_a_write_needs_one_of_them()
    {
        await using var stage = await StandbyStage.StartAsync();
        await stage.AddStandbyAsync();
        await ReportAsync(stage);
        await stage.StopStandbyAsync();
        await ReportAsync(stage);

        await stage.StopAddedStandbyAsync();
        var report = stage.Writes.Report(stage.Lender.Borrowers[0]);
        (await stage.Clients.TryAsync(report)).ShouldBeFalse();
        (await stage.CountAsync(Repayments)).ShouldBe(2);

        await stage.StartAddedStandbyAsync();
        await stage.Clients.FinishAsync();
        report.WasReplayed.ShouldBeTrue();
        stage.Writes.Unexpected.ShouldBeEmpty();
        (await stage.CountAsync(Repayments)).ShouldBe(3);
        stage.CountCancelledWaits().ShouldBe(0);
    }

    [Fact]
    public async Task A_write_whose_wait_an_administrator_cancels_is_not_confirmed_before_the_standby_has_it()
    {
        await using var stage = await StandbyStage.StartAsync();
        var rejected = await ReportAsync(stage);
        await stage.StopStandbyAsync();

        var report = stage.Writes.Report(stage.Lender.Borrowers[2]);
        var first = stage.Clients.TryAsync(report);
        await stage.UntilAsync(Waiting, 1);
        await stage.ExecuteAsync(CancelWaiting);
        (await first).ShouldBeFalse();
        // It is now committed on this node and on no other.
        (await stage.CountAsync(Repayments)).ShouldBe(2);
        (await stage.Clients.TryAsync(report)).ShouldBeFalse();

        var single = stage.RejectAsync(rejected.Id!.Value, "reject-1");
        // The repeat of the report still waits too.
        await stage.UntilAsync(Waiting, 2);
        await stage.ExecuteAsync(CancelWaiting);
        (await single).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await stage.RejectAsync(rejected.Id!.Value, "reject-1")).ShouldBe(HttpStatusCode.ServiceUnavailable);

        await stage.StartStandbyAsync();
        await stage.Clients.FinishAsync();
        report.WasReplayed.ShouldBeTrue();
        (await stage.RejectAsync(rejected.Id!.Value, "reject-1")).ShouldBe(HttpStatusCode.OK);
        stage.Writes.Unexpected.ShouldBeEmpty();
        (await stage.CountAsync(Repayments)).ShouldBe(2);
        (await stage.CountAsync(Decisions)).ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_stops_cancels_no_commit()
    {
        await using var stage = await StandbyStage.StartAsync();
        await stage.StopStandbyAsync();
        var report = stage.Writes.Report(stage.Lender.Borrowers[0]);
        var sent = stage.Clients.TryAsync(report);
        await stage.UntilAsync(Waiting, 1);
        await stage.Server.StopAsync();
        await stage.Server.DisposeAsync();
        (await sent).ShouldBeFalse();
        (await stage.CountAsync(Repayments)).ShouldBe(0);

        await stage.StartStandbyAsync();
        await stage.UntilAsync(Repayments, 1);
        stage.CountCancelledWaits().ShouldBe(0);
    }

    [Fact]
    public async Task A_promoted_standby_has_every_confirmed_write_and_takes_the_next_ones()
    {
        await using var stage = await StandbyStage.StartAsync();
        using var stop = new CancellationTokenSource();
        var load = stage.Clients.RunAsync(ClientCount, stop.Token);
        await stage.Writes.UntilDoneAsync(WritesWanted);
        await stage.KillPrimaryAsync();
        await stage.PromoteStandbyAsync();
        await stage.Writes.UntilDoneAsync(WritesWanted);
        await stop.CancelAsync();
        await load;
        await stage.Clients.FinishAsync();
        stage.Writes.Unexpected.ShouldBeEmpty();
        var check = new WriteCheck(stage.StandbyConnectionString, stage.Lender, stage.Writes);
        await check.CheckAsync(DateTimeOffset.MinValue);
        await check.AuditAsync();
    }

    [Fact]
    public async Task A_server_on_a_standby_is_not_ready_and_confirms_no_write()
    {
        await using var stage = await StandbyStage.StartAsync();
        await using var server = await stage.ServeStandbyAsync();
        var address = new Uri(server.Urls.Single());
        using var http = new HttpClient { BaseAddress = address };
        using var ready = await http.GetAsync("/health/ready");
        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await ready.Content.ReadAsStringAsync()).ShouldContain("standby");
        using var clients = new Clients(stage.Lender, stage.Writes, address);
        var report = stage.Writes.Report(stage.Lender.Borrowers[0]);
        (await clients.TryAsync(report)).ShouldBeFalse();
        stage.Writes.Unexpected.ShouldBeEmpty();
        (await stage.Clients.TryAsync(report)).ShouldBeTrue();

        // It hears of revoked tokens, although a standby sends no notifications.
        var cashier = stage.Lender.Cashier;
        (await ReadAsync()).ShouldBe(HttpStatusCode.OK);
        await stage.RevokeAsync(cashier.SessionId);
        await Wait.UntilAsync(async () => await ReadAsync() == HttpStatusCode.Unauthorized);

        async Task<HttpStatusCode> ReadAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v6/services/admin/approvals");
            foreach (var (name, value) in stage.Clients.HeadersOf(cashier, "read"))
                request.Headers.Add(name, value);
            using var answer = await http.SendAsync(request);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task The_audit_and_reports_run_on_a_standby()
    {
        await using var stage = await StandbyStage.StartAsync();
        await ReportAsync(stage);
        await using var standby = Database.Open(stage.StandbyConnectionString);
        await Wait.UntilAsync(async () =>
        {
            await using var count = standby.CreateCommand(Repayments);
            return await count.ExecuteScalarAsync(TestContext.Current.CancellationToken) is 1L;
        });
        await using var output = new StringWriter();
        (await Audit.RunAsync(standby, output, json: false, default)).ShouldBe(0, output.ToString());
        output.ToString().ShouldContain("4 loans, 1 repayments");

        await using var folder = new ScratchFolder();
        foreach (var report in ReportCatalogue.All)
        {
            var file = Path.Combine(folder.Path, $"{report.Name}.csv");
            var write = new WriteReport(standby, TimeProvider.System)
            {
                Name = report.Name,
                Choice = new ReportChoice
                {
                    Account = report.Parameters.HasFlag(ReportParameters.Account)
                        ? LedgerAccount.CollectionAccount
                        : null,
                    AccountId = report.Parameters.HasFlag(ReportParameters.AccountId)
                        ? stage.Lender.Borrowers[0].Loan.Id
                        : null,
                },
                OrganisationId = stage.Lender.Cashier.OrganisationId,
                File = file,
            };
            (await write.RunAsync(output, default)).ShouldBe(0);
            new FileInfo(file).Length.ShouldBePositive();
        }
    }

    private static async Task<ClientWrite> ReportAsync(StandbyStage stage)
    {
        var report = stage.Writes.Report(stage.Lender.Borrowers[0]);
        (await stage.Clients.TryAsync(report)).ShouldBeTrue();
        return report;
    }
}
