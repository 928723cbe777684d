using System.Net;
using Paydown.Client;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Client;

public sealed class ClientRetryTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_lost_answer_is_asked_for_again_with_its_key_and_the_repayment_is_there_once()
    {
        var setting = await ClientSetting.CreateAsync(server);
        var kept = "";
        using var line = new Line
        {
            Break = async (number, send, token) =>
            {
                var answer = await send();
                if (number > 1)
                    return answer;
                // The server has committed; nobody hears of it.
                kept = await answer.Content.ReadAsStringAsync(token);
                throw new HttpRequestException("The line broke.");
            },
        };

        var recorded = await setting.Client(line).Repayments.ReportAsync(setting.Report(100m));

        kept.ShouldContain(recorded.Id.ToString());
        line.Keys.Count.ShouldBe(2);
        line.Keys.Distinct().ShouldHaveSingleItem().ShouldNotBeEmpty();
        line.Interactions.Distinct().ShouldHaveSingleItem();
        (await setting.CountRepaymentsAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Each_write_has_a_key_of_its_own_and_a_given_key_serves_over_restarts()
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
    public async Task A_busy_server_is_asked_again_and_one_that_asks_for_long_is_not()
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
    public async Task A_streamed_list_is_asked_for_again_before_it_begins()
    {
        var setting = await ClientSetting.CreateAsync(server);
        await server.Lender.ReportAsync(setting.Loan, 100, server.Today);
        using var line = new Line { Break = (number, send, _) => number < 2 ? Task.FromResult(Line.Busy(0)) : send() };

        (await setting.Client(line).Repayments.ListAsync(setting.Customer.UserId).ToListAsync()).Count.ShouldBe(1);

        line.Paths.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Where_no_answer_comes_at_all_the_exception_has_the_key()
    {
        var setting = await ClientSetting.CreateAsync(server);
        using var line = new Line { Break = (_, _, _) => throw new HttpRequestException("No route.") };

        var lost = await Should.ThrowAsync<PaydownUnreachableException>(() =>
            setting.Client(line).Repayments.ReportAsync(setting.Report(10m))
        );

        line.Keys.Count.ShouldBe(ClientSetting.Options.AttemptsMax);
        line.Keys.Distinct().ShouldBe([lost.IdempotencyKey!]);
        line.Interactions.Distinct().ShouldBe([lost.InteractionId]);
    }

    [Fact]
    public async Task A_silent_attempt_is_given_up_and_made_again()
    {
        var setting = await ClientSetting.CreateAsync(server);
        using var line = new Line { Break = (number, send, token) => number > 1 ? send() : Silence(token) };
        // Enough for a real answer on a busy machine; only the silent attempt takes all of it.
        var options = ClientSetting.Options with
        {
            AttemptTimeout = TimeSpan.FromSeconds(3),
        };

        (await setting.Client(line, options).Repayments.ReportAsync(setting.Report(10m))).RepaymentAmount.ShouldBe(10m);

        line.Keys.Distinct().ShouldHaveSingleItem();
        (await setting.CountRepaymentsAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Whoever_cancels_is_obeyed_at_once()
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
    public void Pauses_double_up_to_a_limit_and_keep_to_what_the_server_asks_for()
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
