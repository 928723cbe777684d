using Paydown.Server.Commands;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Approvals;

/// <summary>
/// Above the four-eyes amount an act on a loan needs two different people. See <see cref="FourEyes"/>.
/// </summary>
public sealed class FourEyesActsTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private readonly TestOrganisation lender = server.Lender;

    private const long LimitMinor = 10_000;

    private static readonly Dictionary<string, object> Charge = new()
    {
        ["kind"] = "FEE",
        ["amount"] = 100.01m,
        ["reason"] = "Court costs",
    };

    public async ValueTask InitializeAsync() => await SetLimitAsync(LimitMinor);

    public async ValueTask DisposeAsync()
    {
        using var output = new StringWriter();
        (await Audit.RunAsync(server.Database, output, json: false, default)).ShouldBe(0, output.ToString());
    }

    public static TheoryData<string> Acts =>
        ["charge", "waiver", "refund", "reversal", "write-off", "undo", "terminate"];

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Nothing_happens_before_a_second_person_makes_the_same_call(string act)
    {
        var (loan, first, second) = await PrepareAsync(act);
        var before = await StateAsync(loan);
        var awaiting = await first.SendAsync("key-" + loan.Id);
        awaiting.Status.ShouldBe(200, awaiting.Body);
        var awaited = awaiting.Data.GetProperty("awaitedApproval");
        awaited.GetProperty("status").GetString().ShouldBe("AWAITING_SECOND_APPROVAL");
        awaited.GetProperty("firstApprovedBy").GetGuid().ShouldBe(first.By.UserId);
        awaited.GetProperty("approvalsNeeded").GetInt32().ShouldBe(1);
        awaited
            .GetProperty("lapsesAt")
            .GetDateTimeOffset()
            .ShouldBe(awaited.GetProperty("firstApprovedAt").GetDateTimeOffset().AddDays(FourEyes.LapseDays));
        awaiting.Json.GetProperty("message").GetString()!.ShouldContain("second officer");
        (await StateAsync(loan)).ShouldBe(before);

        var retried = await first.SendAsync("key-" + loan.Id);
        (retried.IsReplayed, retried.Body).ShouldBe((true, awaiting.Body));
        var again = await first.SendAsync();
        (again.Status, again.Code).ShouldBe((409, "SECOND_OFFICER_REQUIRED"));
        (await StateAsync(loan)).ShouldBe(before);

        var done = await second.SendAsync();
        done.Status.ShouldBe(200, done.Body);
        done.Data.GetProperty("awaitedApproval").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await StateAsync(loan)).EventCount.ShouldBe(before.EventCount + 1);
        (
            await server.ScalarAsync<long>(
                "select count(*) from audit_entry where subject_id = $1 and action like '%_APPROVED_FIRST'",
                act == "reversal" ? done.Data.GetProperty("id").GetGuid() : loan.Id
            )
        ).ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Lifting_the_limit_does_not_release_an_act_with_a_first_approval(string act)
    {
        var (loan, first, second) = await PrepareAsync(act);
        (await first.SendAsync()).Status.ShouldBe(200);
        await SetLimitAsync(null);
        (await first.SendAsync()).Code.ShouldBe("SECOND_OFFICER_REQUIRED");
        var before = await StateAsync(loan);
        (await second.SendAsync()).Status.ShouldBe(200);
        (await StateAsync(loan)).EventCount.ShouldBe(before.EventCount + 1);
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Concurrent_approvals_by_two_people_carry_out_the_act_once(string act)
    {
        for (var round = 0; round < 3; round++)
        {
            var (loan, first, second) = await PrepareAsync(act);
            var before = await StateAsync(loan);
            var answers = await Task.WhenAll(
                first.SendAsync(),
                second.SendAsync(),
                first.SendAsync(),
                second.SendAsync()
            );
            answers.Count(answer => answer.Status == 200 && IsAwaiting(answer)).ShouldBeGreaterThanOrEqualTo(1);
            answers.Count(answer => answer.Status == 200 && !IsAwaiting(answer)).ShouldBeGreaterThanOrEqualTo(1);
            // A charge, a waiver and a refund can be made twice, so the other two calls may approve a second one.
            var done = answers.Count(answer => answer.Status == 200 && !IsAwaiting(answer));
            (await StateAsync(loan)).EventCount.ShouldBe(before.EventCount + done);
            answers.Count(answer => answer.Status == 200 && IsAwaiting(answer)).ShouldBeGreaterThanOrEqualTo(done);
        }
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Concurrent_calls_by_one_person_count_as_one_person(string act)
    {
        var (loan, first, _) = await PrepareAsync(act);
        var before = await StateAsync(loan);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => first.SendAsync()));
        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        answers.Count(answer => answer.Code == "SECOND_OFFICER_REQUIRED").ShouldBe(3);
        (await StateAsync(loan)).ShouldBe(before);
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Any_other_change_of_the_loan_ends_a_first_approval(string act)
    {
        var (loan, first, second) = await PrepareAsync(act);
        (await first.SendAsync()).Status.ShouldBe(200);
        await SetLimitAsync(null);
        await lender.PayAsync(loan, 1, lender.Today);
        await SetLimitAsync(LimitMinor);
        var before = await StateAsync(loan);
        IsAwaiting(await second.SendAsync()).ShouldBeTrue();
        (await StateAsync(loan)).ShouldBe(before);
        IsAwaiting(await first.SendAsync()).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task A_first_approval_expires(string act)
    {
        var (loan, first, second) = await PrepareAsync(act);
        (await first.SendAsync()).Status.ShouldBe(200);
        await server.BackDoor.DamageAsync(
            """
            update first_approval
            set approved_at = approved_at - interval '7 days', lapses_at = lapses_at - interval '7 days'
            where account_id = $1
            """,
            loan.Id
        );
        var before = await StateAsync(loan);
        IsAwaiting(await second.SendAsync()).ShouldBeTrue();
        (await StateAsync(loan)).ShouldBe(before);
        IsAwaiting(await first.SendAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task Other_terms_need_a_new_first_approval_and_at_the_limit_one_person_suffices()
    {
        var loan = await lender.OpenLoanAsync();
        var path = $"admin/loans/{loan.Id}/charges";
        IsAwaiting(await lender.Manager.PostAsync(path, Charge)).ShouldBeTrue();
        foreach (
            var (field, value) in (IEnumerable<(string, object)>)
                [("amount", 100.02m), ("kind", "PENALTY"), ("dueDate", $"{lender.Today.AddDays(1):yyyy-MM-dd}")]
        )
        {
            var other = new Dictionary<string, object>(Charge) { [field] = value };
            IsAwaiting(await lender.SecondManager.PostAsync(path, other)).ShouldBeTrue();
        }

        // The first manager must now approve the terms that the second one named.
        IsAwaiting(await lender.Manager.PostAsync(path, Charge)).ShouldBeTrue();
        // With another reason it is still the same act.
        var reworded = new Dictionary<string, object>(Charge) { ["reason"] = "Court", ["amount"] = 100.010m };
        IsAwaiting(await lender.SecondManager.PostAsync(path, reworded)).ShouldBeFalse();
        var small = new Dictionary<string, object>(Charge) { ["amount"] = 100 };
        IsAwaiting(await lender.Manager.PostAsync(path, small)).ShouldBeFalse();
        (await lender.Cashier.GetAsync(path)).Data.GetArrayLength().ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task A_manager_of_another_organisation_finds_nothing_to_approve(string act)
    {
        var (_, first, _) = await PrepareAsync(act);
        (await first.SendAsync()).Status.ShouldBe(200);
        var stranger = await (first with { By = server.OtherLender.Manager }).SendAsync();
        var unknown = await (first with { By = server.OtherLender.Manager, Subject = server.Ids.Next() }).SendAsync();
        (stranger.Status, stranger.Body).ShouldBe((404, unknown.Body));
    }

    private static bool IsAwaiting(Reply answer)
    {
        answer.Status.ShouldBe(200, answer.Body);
        return answer.Data.GetProperty("awaitedApproval").ValueKind != System.Text.Json.JsonValueKind.Null;
    }

    private async Task<(StoredLoan Loan, Order First, Order Second)> PrepareAsync(string act)
    {
        await SetLimitAsync(null);
        var loan = await lender.OpenLoanAsync();
        var chargeId =
            act == "undo"
                ? (await lender.Manager.PostAsync($"admin/loans/{loan.Id}/charges", Charge)).Data.GetProperty("id")
                : default;
        var subject = act switch
        {
            "refund" => await RefundableAsync(loan),
            "reversal" => await lender.PayAsync(loan, LimitMinor + 1, lender.Today),
            _ => loan.Id.Value,
        };
        await SetLimitAsync(LimitMinor);
        var (template, body) = act switch
        {
            "charge" => ("POST admin/loans/{0}/charges", (object)Charge),
            "waiver" => (
                "PUT admin/loans/{0}/waive",
                new
                {
                    debt = "INTEREST",
                    amount = 100.01m,
                    reason = "Kind",
                }
            ),
            "refund" => ("PUT admin/loans/{0}/refund-overpayment", new { amount = 100.01m }),
            "reversal" => ("PUT admin/repayments/{0}/reverse", new { reason = "Bounced" }),
            "undo" => ($"PUT admin/loans/{{0}}/acts/{chargeId}/undo", new { reason = "A mistake" }),
            "terminate" => ("PUT admin/loans/{0}/terminate", new { reason = "Fraud" }),
            _ => ("PUT admin/loans/{0}/write-off", new { reason = "Insolvent" }),
        };
        var first = new Order(act == "reversal" ? lender.Cashier : lender.Manager, template, subject, body);
        return (loan, first, first with { By = lender.SecondManager });
    }

    private async Task<Guid> RefundableAsync(StoredLoan loan)
    {
        await lender.PayAsync(loan, loan.Payoff.MinorUnits + 50_000, lender.Today);
        return loan.Id.Value;
    }

    private async Task<(int EventCount, long PayoffMinor, long OverpaidMinor, long WalletMinor)> StateAsync(
        StoredLoan loan
    )
    {
        var now = await lender.ReadAsync(loan);
        return (
            now.Events.Count,
            now.Payoff.MinorUnits,
            now.Overpaid.MinorUnits,
            await lender.ReadWalletAsync(lender.Customer)
        );
    }

    private Task SetLimitAsync(long? minor) => lender.ChangeAsync(("fourEyesAbove", minor / 100m));

    private sealed record Order(TestUser By, string Template, Guid Subject, object Body)
    {
        public Task<Reply> SendAsync(string? key = null)
        {
            var call = string.Format(null, Template, Subject).Split(' ');
            return call[0] == "POST" ? By.PostAsync(call[1], Body, key) : By.PutAsync(call[1], Body, key);
        }
    }
}
