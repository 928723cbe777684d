using System.Text.Json;
using Paydown.Client;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Webhooks;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Webhooks;

/// <summary>
/// CreateWebhook, ListWebhooks, GetWebhook, ChangeWebhook, DeleteWebhook, TestWebhook, RotateWebhookSecret,
/// ListDeliveries, ReplayDelivery and ReplayEvents, with a worker and a receiver.
/// </summary>
public sealed class WebhookTests(TestCluster cluster) : IAsyncLifetime
{
    private TestServer server = null!;
    private TestReceiver receiver = null!;
    private TestWorker worker = null!;

    private TestUser Manager => server.Lender.Manager;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(cluster, options => options);
        receiver = await TestReceiver.StartAsync();
        worker = new TestWorker(server, server.Clock);
    }

    public async ValueTask DisposeAsync()
    {
        worker.Dispose();
        await receiver.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task An_endpoint_receives_each_event_once_signed_and_in_order()
    {
        var (_, secret) = await AddAsync();
        var loan = await server.Lender.OpenLoanAsync(await server.Lender.AddCustomerAsync());
        var id = await server.Lender.ReportAsync(loan, 500_00, server.Today);
        await server.Lender.VerifyAsync(id);
        await worker.RunAsync();
        await worker.RunAsync();

        var events = receiver.All.Select(one => one.Verified(server.Clock, secret)).ToList();
        events
            .Where(one => one.AccountId == loan.Id.Value)
            .Select(one => one.Type)
            .ShouldBe(["loan.disbursed", "repayment.recorded", "payment.received", "repayment.verified"]);
        events.Select(one => one.Id).Distinct().Count().ShouldBe(events.Count);
        var verified = events.Single(one => one.Type == "repayment.verified");
        verified.Data.GetProperty("repaymentId").GetGuid().ShouldBe(id);
        verified.Data.GetProperty("repaymentAmount").GetDecimal().ShouldBe(500);
        verified.Data.GetProperty("verificationStatus").GetString().ShouldBe("VERIFIED");
        receiver.All[0].Headers["User-Agent"].ShouldStartWith("Paydown-Webhooks");
        receiver.All[0].Headers["Content-Type"].ShouldBe("application/json");
    }

    [Fact]
    public async Task The_secret_is_shown_once()
    {
        var body = new { url = receiver.Url };
        var made = (await Manager.PostAsync("admin/webhooks", body, key: "once")).ShouldSucceed();
        made.GetProperty("secret").GetString().ShouldNotBeNull().ShouldStartWith("whsec_");
        var again = await Manager.PostAsync("admin/webhooks", body, key: "once");
        again.IsReplayed.ShouldBeTrue();
        again.Data.GetProperty("secret").ValueKind.ShouldBe(JsonValueKind.Null);
        again.Data.GetProperty("webhook").GetProperty("id").GetGuid().ShouldBe(IdOf(made));
        var shown = await Manager.GetAsync($"admin/webhooks/{IdOf(made)}");
        shown.Body.ShouldNotContain("whsec_");
        shown.ShouldSucceed().GetProperty("state").GetString().ShouldBe("NEW");
    }

    [Fact]
    public async Task Without_an_endpoint_nobody_awaits_events_and_those_before_it_are_not_sent()
    {
        var loan = await server.Lender.OpenLoanAsync(await server.Lender.AddCustomerAsync());
        await server.Lender.ReportAsync(loan, 500_00, server.Today);
        (await server.ScalarAsync<long>("select count(*) from outbox_event where is_awaited")).ShouldBe(0);
        await AddAsync();
        await server.Lender.ReportAsync(loan, 600_00, server.Today);
        await worker.RunAsync();
        var only = receiver.All.ShouldHaveSingleItem();
        JsonDocument
            .Parse(only.Body)
            .RootElement.GetProperty("data")
            .GetProperty("repaymentAmount")
            .GetDecimal()
            .ShouldBe(600);
    }

    [Fact]
    public async Task An_endpoint_receives_only_the_types_it_names()
    {
        await AddAsync("repayment.verified");
        await PayAsync();
        await worker.RunAsync();
        TypesReceived().ShouldBe(["repayment.verified"]);
    }

    [Fact]
    public async Task A_failed_event_delays_the_later_ones_of_its_loan_and_no_others()
    {
        await AddAsync("repayment.recorded");
        var (first, second) = (await OpenAsync(), await OpenAsync());
        foreach (var (loan, amount) in new[] { (first, 100_00), (first, 200_00), (second, 300_00) })
            await server.Lender.ReportAsync(loan, amount, server.Today);
        receiver.Respond = one => AmountOf(one) == 100 && receiver.All.Count < 3 ? 500 : 204;
        await worker.RunAsync();
        receiver.All.Select(AmountOf).Order().ShouldBe([100, 300]);

        server.Clock.Advance(TimeSpan.FromSeconds(6));
        await worker.RunAsync();
        receiver.All.Select(AmountOf).TakeLast(2).ShouldBe([100, 200]);
        receiver.All.Where(one => AmountOf(one) == 100).Select(one => one.Id).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_delivery_is_given_up_after_three_days_and_can_be_replayed()
    {
        var (webhook, secret) = await AddAsync("repayment.recorded");
        await server.Lender.ReportAsync(await OpenAsync(), 100_00, server.Today);
        receiver.Respond = _ => 500;
        var began = server.Clock.GetUtcNow();
        while ((await DeliveriesAsync(webhook, "DEAD")).Count == 0)
        {
            await worker.RunAsync();
            server.Clock.Advance(TimeSpan.FromMinutes(10));
            (server.Clock.GetUtcNow() - began).ShouldBeLessThan(TimeSpan.FromDays(4));
        }

        (server.Clock.GetUtcNow() - began).ShouldBeGreaterThan(TimeSpan.FromDays(2.9));
        receiver.All.Count.ShouldBe(RetrySchedule.AttemptsMax);
        receiver.All.Select(one => one.Headers["webhook-timestamp"]).Distinct().Count().ShouldBe(11);
        var dead = (await DeliveriesAsync(webhook, "DEAD")).ShouldHaveSingleItem();
        dead.GetProperty("attempts").GetArrayLength().ShouldBe(11);
        dead.GetProperty("attempts")[0].GetProperty("status").GetInt32().ShouldBe(500);
        dead.GetProperty("attempts")[0].GetProperty("response").GetString().ShouldBe("Received.");

        receiver.Respond = _ => 204;
        var delivery = dead.GetProperty("id").GetGuid();
        (await Manager.PostAsync($"admin/webhooks/{webhook}/deliveries/{delivery}/replay")).ShouldSucceed();
        (await Manager.PostAsync($"admin/webhooks/{webhook}/deliveries/{delivery}/replay")).ShouldBeRefused(
            409,
            "DELIVERY_PENDING"
        );
        await worker.RunAsync();
        receiver.All[^1].Verified(server.Clock, secret).Id.ShouldBe(receiver.All[0].Id);
        (await DeliveriesAsync(webhook, "DELIVERED")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_endpoint_that_is_gone_is_disabled_and_a_manager_can_start_it_again()
    {
        var (webhook, _) = await AddAsync("repayment.recorded");
        receiver.Respond = _ => 410;
        await server.Lender.ReportAsync(await OpenAsync(), 100_00, server.Today);
        await worker.RunAsync();
        (await StateAsync(webhook)).ShouldBe("DISABLED");
        await server.Lender.ReportAsync(await OpenAsync(), 200_00, server.Today);
        await worker.RunAsync();
        receiver.All.Count.ShouldBe(1);

        receiver.Respond = _ => 204;
        var replay = new { from = server.Clock.GetUtcNow().AddHours(-1), events = "ALL" };
        (await Manager.PostAsync($"admin/webhooks/{webhook}/replay", replay))
            .ShouldSucceed()
            .GetProperty("count")
            .GetInt32()
            .ShouldBe(2);
        await worker.RunAsync();
        receiver.All.Skip(1).Select(AmountOf).Order().ShouldBe([100, 200]);
        (await StateAsync(webhook)).ShouldBe("DISABLED");

        await ChangeAsync(webhook, "ACTIVE");
        await server.Lender.ReportAsync(await OpenAsync(), 300_00, server.Today);
        await worker.RunAsync();
        AmountOf(receiver.All[^1]).ShouldBe(300);
        (await StateAsync(webhook)).ShouldBe("ACTIVE");
    }

    [Fact]
    public async Task A_paused_endpoint_keeps_its_events()
    {
        var (webhook, _) = await AddAsync("repayment.recorded");
        await ChangeAsync(webhook, "PAUSED");
        await server.Lender.ReportAsync(await OpenAsync(), 100_00, server.Today);
        await worker.RunAsync();
        receiver.All.ShouldBeEmpty();
        (await DeliveriesAsync(webhook, "PENDING")).Count.ShouldBe(1);
        await ChangeAsync(webhook, "ACTIVE");
        await worker.RunAsync();
        receiver.All.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_failing_endpoint_gets_one_attempt_a_minute_and_is_disabled_after_five_days()
    {
        var (webhook, _) = await AddAsync("repayment.recorded");
        receiver.Respond = _ => 500;
        for (var i = 0; i < 20; i++)
            await server.Lender.ReportAsync(await OpenAsync(), 100_00, server.Today);
        await worker.RunAsync();
        var first = receiver.All.Count;
        first.ShouldBe(20);
        server.Clock.Advance(TimeSpan.FromSeconds(61));
        await worker.RunAsync();
        receiver.All.Count.ShouldBe(first + 1);

        for (var day = 0; day < 6; day++)
        {
            server.Clock.Advance(TimeSpan.FromDays(1));
            await server.Lender.ReportAsync(await OpenAsync(), 100_00, server.Today);
            await worker.RunAsync();
        }

        (await StateAsync(webhook)).ShouldBe("DISABLED");
    }

    [Fact]
    public async Task A_receiver_can_ask_for_a_longer_pause()
    {
        await AddAsync("repayment.recorded");
        receiver.Respond = _ => 429;
        receiver.ResponseHeaders["Retry-After"] = "600";
        await server.Lender.ReportAsync(await OpenAsync(), 100_00, server.Today);
        await worker.RunAsync();
        server.Clock.Advance(TimeSpan.FromSeconds(590));
        await worker.RunAsync();
        receiver.All.Count.ShouldBe(1);
        server.Clock.Advance(TimeSpan.FromSeconds(80));
        await worker.RunAsync();
        receiver.All.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_redirect_is_a_failure_and_is_not_followed()
    {
        var (webhook, _) = await AddAsync("repayment.recorded");
        receiver.Respond = _ => 302;
        receiver.ResponseHeaders["Location"] = receiver.Url;
        await server.Lender.ReportAsync(await OpenAsync(), 100_00, server.Today);
        await worker.RunAsync();
        receiver.All.Count.ShouldBe(1);
        (await DeliveriesAsync(webhook, "PENDING")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_test_event_takes_the_way_of_every_event_and_makes_a_new_endpoint_active()
    {
        var (webhook, secret) = await AddAsync();
        var queued = (await Manager.PostAsync($"admin/webhooks/{webhook}/test")).ShouldSucceed();
        await worker.RunAsync();
        var test = receiver.All.ShouldHaveSingleItem().Verified(server.Clock, secret);
        test.Type.ShouldBe("webhook.test");
        test.Data.GetProperty("webhookId").GetGuid().ShouldBe(webhook);
        (await StateAsync(webhook)).ShouldBe("ACTIVE");
        var delivery = (await DeliveriesAsync(webhook, "DELIVERED")).ShouldHaveSingleItem();
        delivery.GetProperty("id").GetGuid().ShouldBe(queued.GetProperty("deliveryId").GetGuid());
        delivery.GetProperty("eventId").GetString().ShouldBe(test.Id);
        delivery.GetProperty("type").GetString().ShouldBe("webhook.test");
    }

    [Fact]
    public async Task A_failed_test_is_tried_once()
    {
        var (webhook, _) = await AddAsync();
        receiver.Respond = _ => 500;
        (await Manager.PostAsync($"admin/webhooks/{webhook}/test")).ShouldSucceed();
        await worker.RunAsync();
        server.Clock.Advance(TimeSpan.FromHours(1));
        await worker.RunAsync();
        receiver.All.Count.ShouldBe(1);
        (await StateAsync(webhook)).ShouldBe("NEW");
        (await DeliveriesAsync(webhook, "DEAD")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_test_that_is_replayed_has_the_same_body()
    {
        var (webhook, _) = await AddAsync();
        var queued = (await Manager.PostAsync($"admin/webhooks/{webhook}/test")).ShouldSucceed();
        await worker.RunAsync();
        server.Clock.Advance(TimeSpan.FromHours(1));
        var delivery = queued.GetProperty("deliveryId").GetGuid();
        (await Manager.PostAsync($"admin/webhooks/{webhook}/deliveries/{delivery}/replay")).ShouldSucceed();
        await worker.RunAsync();
        receiver.All.Count.ShouldBe(2);
        receiver.All[1].Body.ShouldBe(receiver.All[0].Body);
    }

    [Fact]
    public async Task After_a_rotation_both_secrets_sign_for_a_day()
    {
        var (webhook, old) = await AddAsync("repayment.recorded");
        var rotated = (await Manager.PostAsync($"admin/webhooks/{webhook}/rotate-secret", new { })).ShouldSucceed();
        var current = rotated.GetProperty("secret").GetString()!;
        await server.Lender.ReportAsync(await OpenAsync(), 100_00, server.Today);
        await worker.RunAsync();
        receiver.All[0].Verified(server.Clock, old).Type.ShouldBe("repayment.recorded");
        receiver.All[0].Verified(server.Clock, current).Type.ShouldBe("repayment.recorded");

        server.Clock.Advance(TimeSpan.FromHours(25));
        await server.Lender.ReportAsync(await OpenAsync(), 200_00, server.Today);
        await worker.RunAsync();
        Should.Throw<WebhookRejectedException>(() => receiver.All[^1].Verified(server.Clock, old));
        receiver.All[^1].Verified(server.Clock, current).Type.ShouldBe("repayment.recorded");
    }

    [Fact]
    public async Task A_leaked_secret_can_be_replaced_at_once()
    {
        var (webhook, old) = await AddAsync("repayment.recorded");
        var body = new { previousForHours = 0 };
        (await Manager.PostAsync($"admin/webhooks/{webhook}/rotate-secret", body)).ShouldSucceed();
        await server.Lender.ReportAsync(await OpenAsync(), 100_00, server.Today);
        await worker.RunAsync();
        Should.Throw<WebhookRejectedException>(() => receiver.All[0].Verified(server.Clock, old));
    }

    [Fact]
    public async Task A_deleted_endpoint_receives_nothing_more()
    {
        var (webhook, _) = await AddAsync("repayment.recorded");
        await server.Lender.ReportAsync(await OpenAsync(), 100_00, server.Today);
        (await Manager.DeleteAsync($"admin/webhooks/{webhook}")).ShouldSucceed();
        await worker.RunAsync();
        receiver.All.ShouldBeEmpty();
        (await Manager.GetAsync($"admin/webhooks/{webhook}")).ShouldBeRefused(404, "NOT_FOUND");
        (await Manager.GetAsync("admin/webhooks")).ShouldSucceed().GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Two_workers_share_the_deliveries()
    {
        await AddAsync("repayment.recorded");
        for (var i = 0; i < 8; i++)
        {
            var loan = await OpenAsync();
            for (var amount = 1; amount <= 5; amount++)
                await server.Lender.ReportAsync(loan, amount * 100, server.Today);
        }

        using var second = new TestWorker(server, server.Clock);
        await Task.WhenAll(worker.RunAsync(), second.RunAsync());
        await worker.RunAsync();
        receiver.All.Select(one => one.Id).Distinct().Count().ShouldBe(40);
        receiver.All.Count.ShouldBe(40);
        foreach (var ofLoan in receiver.All.GroupBy(AccountOf))
            ofLoan.Select(AmountOf).ShouldBe([1, 2, 3, 4, 5]);
    }

    [Fact]
    public async Task An_organisation_has_a_limited_number_of_endpoints()
    {
        for (var i = 0; i < CreateWebhook.EndpointsMax; i++)
            await AddAsync();
        (await Manager.PostAsync("admin/webhooks", new { url = receiver.Url })).ShouldBeRefused(
            409,
            "TOO_MANY_WEBHOOKS"
        );
    }

    [Fact]
    public async Task A_private_address_is_refused_with_the_reason()
    {
        var refused = await Manager.PostAsync("admin/webhooks", new { url = "https://10.0.0.1/hook" });
        refused.ShouldBeRefused(422, "VALIDATION_ERROR");
        refused.Body.ShouldContain("--webhook-allow");
    }

    [Fact]
    public async Task Events_can_be_listed_and_read_on_without_a_gap()
    {
        await PayAsync();
        var reader = server.HolderOf((await server.Lender.AddApiTokenAsync(Scopes.EventsRead)).Token);
        var first = (await reader.GetAsync("admin/events?size=2")).ShouldSucceed();
        first.GetProperty("hasMore").GetBoolean().ShouldBeTrue();
        var rest = (
            await reader.GetAsync($"admin/events?after={first.GetProperty("next").GetString()}")
        ).ShouldSucceed();
        rest.GetProperty("hasMore").GetBoolean().ShouldBeFalse();
        List<JsonElement> all =
        [
            .. first.GetProperty("events").EnumerateArray(),
            .. rest.GetProperty("events").EnumerateArray(),
        ];
        all.Select(one => one.GetProperty("type").GetString())
            .TakeLast(3)
            .ShouldBe(["repayment.recorded", "payment.received", "repayment.verified"]);
        var numbers = all.Select(one => one.GetProperty("sequence").GetProperty("number").GetInt64()).ToList();
        numbers.ShouldBe(numbers.Order());
        numbers.Distinct().Count().ShouldBe(numbers.Count);
        var verified = (await reader.GetAsync("admin/events?type=repayment.verified")).ShouldSucceed();
        verified.GetProperty("events").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Old_deliveries_are_deleted_with_their_attempts()
    {
        var (webhook, _) = await AddAsync("repayment.recorded");
        await server.Lender.ReportAsync(await OpenAsync(), 100_00, server.Today);
        await worker.RunAsync();
        server.Clock.Advance(TimeSpan.FromDays(31));
        using var upkeep = new WebhookUpkeep(
            server.Database,
            server.Clock,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<WebhookUpkeep>.Instance
        );
        (await upkeep.RunOnceAsync(default)).ShouldBe(1);
        (await DeliveriesAsync(webhook)).ShouldBeEmpty();
        (await server.ScalarAsync<long>("select count(*) from webhook_attempt")).ShouldBe(0);
    }

    private async Task<(Guid Id, string Secret)> AddAsync(params string[] types)
    {
        var made = (await Manager.PostAsync("admin/webhooks", new { url = receiver.Url, types })).ShouldSucceed();
        return (IdOf(made), made.GetProperty("secret").GetString()!);
    }

    private async Task ChangeAsync(Guid webhook, string state) =>
        (
            await Manager.PutAsync(
                $"admin/webhooks/{webhook}",
                new
                {
                    url = receiver.Url,
                    types = new[] { "repayment.recorded" },
                    state,
                }
            )
        ).ShouldSucceed();

    private async Task<string> StateAsync(Guid webhook) =>
        (await Manager.GetAsync($"admin/webhooks/{webhook}")).ShouldSucceed().GetProperty("state").GetString()!;

    private async Task<List<JsonElement>> DeliveriesAsync(Guid webhook, string? state = null)
    {
        var list = state is null
            ? await Manager.GetAsync($"admin/webhooks/{webhook}/deliveries")
            : await Manager.GetAsync($"admin/webhooks/{webhook}/deliveries?state={state}");
        return [.. list.ShouldSucceed().EnumerateArray()];
    }

    private async Task<StoredLoan> OpenAsync() =>
        await server.Lender.OpenLoanAsync(await server.Lender.AddCustomerAsync());

    private async Task PayAsync() =>
        await server.Lender.VerifyAsync(await server.Lender.ReportAsync(await OpenAsync(), 500_00, server.Today));

    private List<string> TypesReceived() =>
        [.. receiver.All.Select(one => JsonDocument.Parse(one.Body).RootElement.GetProperty("type").GetString()!)];

    private static Guid IdOf(JsonElement made) => made.GetProperty("webhook").GetProperty("id").GetGuid();

    private static decimal AmountOf(Received one) =>
        JsonDocument.Parse(one.Body).RootElement.GetProperty("data").GetProperty("repaymentAmount").GetDecimal();

    private static Guid AccountOf(Received one) =>
        JsonDocument.Parse(one.Body).RootElement.GetProperty("sequence").GetProperty("accountId").GetGuid();
}
