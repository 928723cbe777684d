using System.Net;
using Paydown.Client;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Client;

public sealed class ClientRetryTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_write_whose_response_is_lost_is_retried_with_its_key_and_executed_once()
    {
        var setting = await ClientSetting.CreateAsync(server);
        var body = "";
        using var line = new Line
        {
            Break = async (number, send, token) =>
            {
                var answer = await send();
                if (number > 1)
                    return answer;
                // The server has committed, but the response is lost.
                body = await answer.Content.ReadAsStringAsync(token);
                throw new HttpRequestException("The connection broke.");
            },
        };

        var recorded = await setting.Client(line).Repayments.ReportAsync(setting.Report(100m));

        body.ShouldContain(recorded.Id.ToString());
        line.Keys.Count.ShouldBe(2);
        line.Keys.Distinct().ShouldHaveSingleItem().ShouldNotBeEmpty();
        line.Interactions.Distinct().ShouldHaveSingleItem();
        (await setting.CountRepaymentsAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Each_write_has_its_own_key_and_a_given_key_survives_restarts()
    {
        var setting = await ClientSetting.CreateAsync(server);
        using var line = new Line();
        var client = setting.Client(line);
        var first = await client.Repayments.ReportAsync(setting.Report(10m));
        var second = await client.Repayments.ReportAsync(setting.Report(10m));
        var third = await client.Repayments.ReportAsync(setting.Report(10m), "my-key");
        var again = await setting.Client().Repayments.ReportAsync(setting.Report(10m), "my-key");

        line.Keys.Distinct().Count().ShouldBe(3);
        new[] { first.Id, second.Id, third.Id }.ShouldBeUnique();
        again.ShouldBe(third);
        await Should.ThrowAsync<ArgumentException>(() => client.Repayments.ReportAsync(setting.Report(1m), "a key"));
    }

    [Fact]
    public async Task A_busy_server_is_retried_unless_it_asks_for_a_long_pause()
    {
        var setting = await ClientSetting.CreateAsync(server);
        using var line = new Line { Break = (number, send, _) => number < 3 ? Task.FromResult(Line.Busy(0)) : send() };
        (await setting.Client(line).Repayments.ReportAsync(setting.Report(10m))).RepaymentAmount.ShouldBe(10m);
        line.Keys.Count.ShouldBe(3);
        line.Keys.Distinct().ShouldHaveSingleItem();

        using var busy = new Line { Break = (_, _, _) => Task.FromResult(Line.Busy(600)) };
        var refused = await Should.ThrowAsync<PaydownRefusedException>(() =>
            setting.Client(busy).Loans.GetTotalsAsync(setting.Customer.UserId)
        );
        (refused.Status, refused.RetryAfter).ShouldBe((HttpStatusCode.ServiceUnavailable, TimeSpan.FromMinutes(10)));
        busy.Keys.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_streamed_list_is_retried_before_it_begins()
    {
        var setting = await ClientSetting.CreateAsync(server);
        await server.Lender.ReportAsync(setting.Loan, 100, server.Today);
        using var line = new Line { Break = (number, send, _) => number < 2 ? Task.FromResult(Line.Busy(0)) : send() };

        (await setting.Client(line).Repayments.ListAsync(setting.Customer.UserId).ToListAsync()).Count.ShouldBe(1);

        line.Paths.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Without_a_response_the_exception_has_the_key()
    {
        var setting = await ClientSetting.CreateAsync(server);
        using var line = new Line { Break = (_, _, _) => throw new HttpRequestException("No route.") };

        var unreachable = await Should.ThrowAsync<PaydownUnreachableException>(() =>
            setting.Client(line).Repayments.ReportAsync(setting.Report(10m))
        );

        line.Keys.Count.ShouldBe(ClientSetting.Options.AttemptsMax);
        line.Keys.Distinct().ShouldBe([unreachable.IdempotencyKey!]);
        line.Interactions.Distinct().ShouldBe([unreachable.InteractionId]);
    }

    [Fact]
    public async Task An_attempt_that_times_out_is_retried()
    {
        var setting = await ClientSetting.CreateAsync(server);
        using var line = new Line { Break = (number, send, token) => number > 1 ? send() : Silence(token) };
        // Long enough for a real response on a busy machine; only the silent attempt uses it up.
        var options = ClientSetting.Options with
        {
            AttemptTimeout = TimeSpan.FromSeconds(3),
        };

        (await setting.Client(line, options).Repayments.ReportAsync(setting.Report(10m))).RepaymentAmount.ShouldBe(10m);

        line.Keys.Distinct().ShouldHaveSingleItem();
        (await setting.CountRepaymentsAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Cancelling_stops_the_call_at_once()
    {
        var setting = await ClientSetting.CreateAsync(server);
        using var cancel = new CancellationTokenSource();
        using var line = new Line
        {
            Break = (_, _, token) =>
            {
                cancel.Cancel();
                return Silence(token);
            },
        };

        await Should.ThrowAsync<OperationCanceledException>(() =>
            setting.Client(line).Repayments.ReportAsync(setting.Report(10m), cancellationToken: cancel.Token)
        );

        line.Keys.Count.ShouldBe(1);
    }

    [Fact]
    public void Pauses_double_up_to_a_limit_and_are_never_shorter_than_retry_after()
    {
        var options = new PaydownClientOptions
        {
            AttemptsMax = 9,
            RetryDelayMax = TimeSpan.FromSeconds(2),
            FillRandom = bytes => bytes.Fill(0xFF),
        };
        var pauses = new Pauses(options);

        Enumerable
            .Range(1, 9)
            .Select(attempt => pauses.After(attempt, null)?.TotalMilliseconds)
            .ShouldBe([200, 400, 800, 1600, 2000, 2000, 2000, 2000, null]);
        pauses.After(1, TimeSpan.FromSeconds(1)).ShouldBe(TimeSpan.FromMilliseconds(1200));
        pauses.After(1, TimeSpan.FromSeconds(3)).ShouldBeNull();
        new Pauses(options with { FillRandom = bytes => bytes.Clear() }).After(4, null).ShouldBe(TimeSpan.Zero);
    }

    private static async Task<HttpResponseMessage> Silence(CancellationToken token)
    {
        await Task.Delay(Timeout.Infinite, token);
        throw new InvalidOperationException("It never ends.");
    }
}
