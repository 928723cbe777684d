using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;
using Paydown.Server.Notices;
using Paydown.Server.Tests.Customers;
using Paydown.Server.Tests.Endurance;
using Paydown.Server.Webhooks;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Notices;

/// <summary>ListNoticeRules, ChangeNoticeRule and ListNotices, and what customers get by e-mail.</summary>
public sealed class NoticeTests(TestCluster cluster) : IAsyncLifetime
{
    private readonly TestMail mail = new();
    private TestServer server = null!;
    private EventFanOut fanOut = null!;
    private NoticeMailer sender = null!;

    private TestUser Manager => server.Lender.Manager;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(cluster, options => options);
        fanOut = new EventFanOut(
            server.Database,
            new NoticeWriter(server.Ids),
            server.Clock,
            NullLogger<EventFanOut>.Instance
        );
        sender = new NoticeMailer(
            server.Database,
            mail,
            new MailOptions(),
            server.Clock,
            NullLogger<NoticeMailer>.Instance
        );
    }

    public async ValueTask DisposeAsync()
    {
        fanOut.Dispose();
        sender.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_lender_that_switches_nothing_on_writes_to_nobody()
    {
        await PayAsync();
        await RunAsync();
        mail.Sent.ShouldBeEmpty();
        (await server.ScalarAsync<long>("select count(*) from outbox_event where is_awaited")).ShouldBe(0);
    }

    [Fact]
    public async Task A_customer_reads_that_a_repayment_is_confirmed()
    {
        await SwitchOnAsync("REPAYMENT_VERIFIED");
        var customer = await PayAsync();
        await RunAsync();
        await RunAsync();
        var message = mail.Sent.ShouldHaveSingleItem();
        message.Subject.ShouldBe("Your repayment is confirmed");
        message.To.Mailboxes.Single().Address.ShouldBe($"{customer.UserId}@test.example");
        message.From.Mailboxes.Single().Address.ShouldBe("help@lender.example");
        message.From.Mailboxes.Single().Name.ShouldBe("Test Lender");
        message.Headers["Auto-Submitted"].ShouldBe("auto-generated");
        var text = message.TextBody.ShouldNotBeNull();
        text.ShouldStartWith("Hello Ada,");
        text.ShouldContain("NGN 500.00");
        text.ShouldContain(server.Today.ToString("yyyy-MM-dd"));
        text.ShouldNotContain("{");
        var listed = (await Manager.GetAsync("admin/notices")).ShouldSucceed()[0];
        listed.GetProperty("kind").GetString().ShouldBe("REPAYMENT_VERIFIED");
        listed.GetProperty("state").GetString().ShouldBe("SENT");
    }

    [Fact]
    public async Task A_customer_who_registers_is_welcomed()
    {
        await SwitchOnAsync("REGISTERED");
        using var http = new HttpClient { BaseAddress = server.Address };
        var form = RegisterCustomerTests.Form("new@test.example");
        form["organisationId"] = server.Lender.Id.Value;
        using var answer = await http.PostAsJsonAsync("api/v6/services/usermanagement/register-customer", form);
        answer.EnsureSuccessStatusCode();
        await RunAsync();
        var message = mail.Sent.Single(one => one.Subject == "Welcome to Test Lender");
        message.To.Mailboxes.Single().Address.ShouldBe("new@test.example");
        message.TextBody.ShouldNotBeNull().ShouldContain("you are registered");
    }

    [Fact]
    public async Task A_rejection_has_its_reason()
    {
        await SwitchOnAsync("REPAYMENT_REJECTED");
        var loan = await server.Lender.OpenLoanAsync(await server.Lender.AddCustomerAsync());
        var id = await server.Lender.ReportAsync(loan, 500_00, server.Today);
        (
            await server.Lender.Cashier.PutAsync(
                $"admin/repayments/{id}/reject",
                new { reason = "Nothing has arrived." }
            )
        ).ShouldSucceed();
        await RunAsync();
        mail.Sent.ShouldHaveSingleItem().TextBody.ShouldNotBeNull().ShouldContain("Nothing has arrived.");
    }

    [Fact]
    public async Task A_lender_can_word_a_notice()
    {
        var worded = new
        {
            isOn = true,
            subject = "Merci {firstName}",
            text = "{amount} le {date}. {lender}",
        };
        var rule = (await Manager.PutAsync("admin/notice-rules/REPAYMENT_VERIFIED", worded)).ShouldSucceed();
        rule.GetProperty("isDefault").GetBoolean().ShouldBeFalse();
        await PayAsync();
        await RunAsync();
        var message = mail.Sent.ShouldHaveSingleItem();
        message.Subject.ShouldBe("Merci Ada");
        message.TextBody.ShouldNotBeNull().ShouldStartWith($"NGN 500.00 le {server.Today:yyyy-MM-dd}. Test Lender");
    }

    [Fact]
    public async Task A_wrong_placeholder_is_refused_when_it_is_saved()
    {
        var refused = await Manager.PutAsync(
            "admin/notice-rules/LOAN_PAID_OFF",
            new
            {
                isOn = true,
                subject = "Done",
                text = "{amount}",
            }
        );
        refused.ShouldBeRefused(422, "VALIDATION_ERROR");
        refused.Body.ShouldContain("{firstName}, {lender}, {contactEmail}");
        (
            await Manager.PutAsync("admin/notice-rules/LOAN_PAID_OFF", new { isOn = true, subject = "Done" })
        ).ShouldBeRefused(422, "VALIDATION_ERROR");
        (await Manager.PutAsync("admin/notice-rules/BIRTHDAY", new { isOn = true })).ShouldBeRefused(404, "NOT_FOUND");
    }

    [Fact]
    public async Task Every_kind_is_listed_with_its_words_and_placeholders()
    {
        var rules = (await Manager.GetAsync("admin/notice-rules")).ShouldSucceed().EnumerateArray().ToList();
        rules.Count.ShouldBe(NoticeTemplate.Kinds.Count);
        foreach (var rule in rules)
        {
            rule.GetProperty("isOn").GetBoolean().ShouldBeFalse();
            rule.GetProperty("isDefault").GetBoolean().ShouldBeTrue();
            rule.GetProperty("text").GetString().ShouldNotBeNull().ShouldContain("{firstName}");
        }
    }

    [Fact]
    public async Task A_notice_that_the_mail_server_does_not_take_is_tried_again_and_in_the_end_given_up()
    {
        await SwitchOnAsync("REPAYMENT_VERIFIED");
        await PayAsync();
        mail.Outcome = MailOutcome.Failed;
        await RunAsync();
        await RunAsync();
        mail.Tried.ShouldBe(1);
        for (var day = 0; day < 10; day++)
        {
            server.Clock.Advance(TimeSpan.FromDays(1));
            await RunAsync();
        }

        (await StateAsync()).ShouldBe("FAILED");
        mail.Tried.ShouldBe(9);
    }

    [Fact]
    public async Task A_notice_that_is_refused_for_good_is_not_tried_again()
    {
        await SwitchOnAsync("REPAYMENT_VERIFIED");
        await PayAsync();
        mail.Outcome = MailOutcome.Refused;
        await RunAsync();
        (await StateAsync()).ShouldBe("FAILED");
        var failed = (await server.Lender.Cashier.GetAsync("admin/notices?state=FAILED")).ShouldSucceed();
        var shown = failed.EnumerateArray().Single();
        shown.GetProperty("failure").GetString().ShouldBe("550 No such user here");
        shown.GetProperty("nextAttemptAt").ValueKind.ShouldBe(JsonValueKind.Null);
        (await Manager.GetAsync("admin/notices?state=PENDING")).ShouldSucceed().GetArrayLength().ShouldBe(0);
        (await Manager.GetAsync("admin/notices?state=LOST")).ShouldBeRefused(422, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task Without_a_mail_server_each_notice_is_a_file()
    {
        await using var folder = new ScratchFolder();
        await SwitchOnAsync("REPAYMENT_VERIFIED");
        await PayAsync();
        await fanOut.RunOnceAsync(default);
        using var writing = new NoticeMailer(
            server.Database,
            new MailFolder(folder.Path),
            new MailOptions(),
            server.Clock,
            NullLogger<NoticeMailer>.Instance
        );
        (await writing.RunOnceAsync(default)).ShouldBe(1);
        var message = await MimeMessage.LoadAsync(Directory.GetFiles(folder.Path, "*.eml").ShouldHaveSingleItem());
        message.Subject.ShouldBe("Your repayment is confirmed");
    }

    [Fact]
    public async Task A_notice_of_the_night_waits_for_the_morning_but_one_about_the_sign_in_does_not()
    {
        await SwitchOnAsync("REPAYMENT_VERIFIED");
        var customer = await PayAsync();
        // 21:30.
        server.Clock.Advance(TimeSpan.FromHours(9.5));
        using var http = new HttpClient { BaseAddress = server.Address };
        var forgotten = new { email = $"{customer.UserId}@test.example", organisationId = server.Lender.Id.Value };
        using var answer = await http.PostAsJsonAsync("api/v6/services/usermanagement/forgot-password", forgotten);
        answer.EnsureSuccessStatusCode();
        await RunAsync();
        mail.Sent.ShouldHaveSingleItem().Subject.ShouldStartWith("Your password");
        server.Clock.Advance(TimeSpan.FromHours(10));
        await RunAsync();
        mail.Sent.Count.ShouldBe(1);
        // After 08:00.
        server.Clock.Advance(TimeSpan.FromMinutes(31));
        await RunAsync();
        mail.Sent.Count.ShouldBe(2);
        (await StateAsync()).ShouldBe("SENT");
    }

    [Fact]
    public async Task A_lender_can_have_other_quiet_hours_or_none()
    {
        await SwitchOnAsync("REPAYMENT_VERIFIED");
        await server.Lender.ChangeAsync(("quietFrom", "12:00"), ("quietUntil", "14:00"));
        await PayAsync();
        await RunAsync();
        mail.Sent.ShouldBeEmpty();
        server.Clock.Advance(TimeSpan.FromHours(2));
        await RunAsync();
        mail.Sent.Count.ShouldBe(1);
        await server.Lender.ChangeAsync(("quietFrom", "00:00"), ("quietUntil", "00:00"));
        server.Clock.Advance(TimeSpan.FromHours(12));
        await PayAsync();
        await RunAsync();
        mail.Sent.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_customer_declines_optional_notices_and_gets_the_others()
    {
        await SwitchOnAsync("REPAYMENT_VERIFIED");
        await SwitchOnAsync("REPAYMENT_REJECTED");
        var customer = await server.Lender.AddCustomerAsync();
        var loan = await server.Lender.OpenLoanAsync(customer);
        await server.Lender.VerifyAsync(await server.Lender.ReportAsync(loan, 500_00, server.Today));
        await RunAsync();
        var message = mail.Sent.ShouldHaveSingleItem();
        message
            .Headers["List-Unsubscribe"]
            .ShouldBe("<mailto:help@lender.example?subject=Unsubscribe%20REPAYMENT_VERIFIED>");
        message.TextBody.ShouldNotBeNull().ShouldContain("You may decline this kind of message");

        var choices = (await customer.GetAsync("user/notice-choices")).ShouldSucceed();
        ChoiceOf(choices, "REPAYMENT_VERIFIED").ShouldBe((true, true, false));
        ChoiceOf(choices, "OFFER_SENT").ShouldBe((false, false, false));
        var refused = await customer.PutAsync("user/notice-choices", new { declined = new[] { "REPAYMENT_REJECTED" } });
        refused.ShouldBeRefused(422, "VALIDATION_ERROR");
        refused.Body.ShouldContain("REPAYMENT_REJECTED, which is always sent");
        (await Manager.GetAsync("user/notice-choices")).Status.ShouldBe(403);
        choices = (
            await customer.PutAsync(
                "user/notice-choices",
                new { declined = new[] { "REPAYMENT_VERIFIED", "DUE_SOON" } }
            )
        ).ShouldSucceed();
        ChoiceOf(choices, "REPAYMENT_VERIFIED").ShouldBe((true, true, true));

        await server.Lender.VerifyAsync(await server.Lender.ReportAsync(loan, 200_00, server.Today));
        await server.Lender.RejectAsync(loan, 100_00);
        await RunAsync();
        mail.Sent.Count.ShouldBe(2);
        mail.Sent[1].Headers.Contains("List-Unsubscribe").ShouldBeFalse();
        (await customer.PutAsync("user/notice-choices", new { declined = Array.Empty<string>() })).ShouldSucceed();
        await server.Lender.VerifyAsync(await server.Lender.ReportAsync(loan, 300_00, server.Today));
        await RunAsync();
        mail.Sent.Count.ShouldBe(3);
    }

    private static (bool IsSent, bool IsOptional, bool IsDeclined) ChoiceOf(JsonElement choices, string kind)
    {
        var choice = choices.EnumerateArray().Single(one => one.GetProperty("kind").GetString() == kind);
        return (
            choice.GetProperty("isSent").GetBoolean(),
            choice.GetProperty("isOptional").GetBoolean(),
            choice.GetProperty("isDeclined").GetBoolean()
        );
    }

    private async Task SwitchOnAsync(string kind) =>
        (await Manager.PutAsync($"admin/notice-rules/{kind}", new { isOn = true })).ShouldSucceed();

    private async Task<TestUser> PayAsync()
    {
        var customer = await server.Lender.AddCustomerAsync();
        var loan = await server.Lender.OpenLoanAsync(customer);
        await server.Lender.VerifyAsync(await server.Lender.ReportAsync(loan, 500_00, server.Today));
        return customer;
    }

    private async Task RunAsync()
    {
        await fanOut.RunOnceAsync(default);
        while (await sender.RunOnceAsync(default) > 0) { }
    }

    private async Task<string> StateAsync()
    {
        JsonElement list = (await Manager.GetAsync("admin/notices")).ShouldSucceed();
        return list[0].GetProperty("state").GetString()!;
    }

    private sealed class TestMail : IMailTransport
    {
        public List<MimeMessage> Sent { get; } = [];

        public int Tried { get; private set; }

        public MailOutcome Outcome { get; set; } = MailOutcome.Sent;

        public Task<IReadOnlyList<MailResult>> SendAsync(
            IReadOnlyList<MimeMessage> messages,
            CancellationToken cancellation
        )
        {
            Tried += messages.Count;
            if (Outcome == MailOutcome.Sent)
                Sent.AddRange(messages);
            var reason = Outcome == MailOutcome.Sent ? null : "550 No such user here";
            return Task.FromResult<IReadOnlyList<MailResult>>([
                .. messages.Select(_ => new MailResult(Outcome, reason)),
            ]);
        }
    }
}
