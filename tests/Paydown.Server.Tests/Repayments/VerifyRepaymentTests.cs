using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Repayments;

public sealed class VerifyRepaymentTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly TestOrganisation lender = server.Lender;

    private const long Installment = 106_619;

    [Fact]
    public async Task A_verified_repayment_is_explained_and_counts_from_the_day_it_was_paid()
    {
        var loan = await lender.OpenLoanAsync();
        var paidOn = loan.DisbursedOn!.Value.AddMonths(1);
        var id = await lender.ReportAsync(loan, Installment, paidOn);
        var answer = await lender.Cashier.PutAsync($"admin/repayments/{id}/verify");

        answer.Status.ShouldBe(200, answer.Body);
        answer.Data.GetProperty("verificationStatus").GetString().ShouldBe("VERIFIED");
        answer.Data.GetProperty("paymentDate").GetString().ShouldBe(paidOn.ToString("yyyy-MM-dd"));
        answer.Data.GetProperty("principalBalance").GetDecimal().ShouldBe(12_000m - 946.19m);
        answer.Data.GetProperty("overpaid").GetDecimal().ShouldBe(0);
        var line = answer.Data.GetProperty("allocation").EnumerateArray().Single();
        line.GetProperty("installmentNumber").GetInt32().ShouldBe(1);
        line.GetProperty("interest").GetDecimal().ShouldBe(120m);
        line.GetProperty("explanation")
            .GetString()
            .ShouldBe($"Installment 1 (due {paidOn:yyyy-MM-dd}): 120.00 of interest, 946.19 of principal.");

        var after = await lender.ReadAsync(loan);
        (after.Balance.Principal, after.Pending.MinorUnits, after.NextDueOn).ShouldBe(
            (1_105_381, 0, paidOn.AddMonths(1))
        );
        (await LedgerAsync(loan.Id.Value)).ShouldBe(
            "COLLECTION_ACCOUNT 106619, FUNDING_ACCOUNT -1200000, INTEREST_INCOME -12000, LOAN_PRINCIPAL 1105381"
        );
        (await lender.EventNamesOfAsync(loan)).ShouldBe([
            "loan.disbursed",
            "repayment.recorded",
            "payment.received",
            "repayment.verified",
        ]);
    }

    [Fact]
    public async Task A_backdated_repayment_reallocates_later_ones_and_posts_the_difference()
    {
        var loan = await lender.OpenLoanAsync();
        var later = await lender.PayAsync(loan, 50_000, loan.DisbursedOn!.Value.AddDays(60));
        var earlier = await lender.ReportAsync(loan, 50_000, loan.DisbursedOn!.Value.AddDays(10));
        var answer = await lender.Cashier.PutAsync($"admin/repayments/{earlier}/verify");

        answer.Data.GetProperty("reallocatedRepayments").EnumerateArray().Select(id => id.GetGuid()).ShouldBe([later]);
        (
            await server.ScalarAsync<string>(
                """
                select string_agg(version || ':' || interest || ':' || principal, ' ' order by version)
                from (select version, sum((line->>3)::bigint) as interest, sum((line->>2)::bigint) as principal
                      from (select repayment_id, version, lines from replaced_allocation
                            union all select repayment_id, version, lines from repayment_standing) a
                      cross join json_array_elements(a.lines) line
                      where a.repayment_id = $1 group by version) versions
                """,
                later
            )
        ).ShouldBe("1:12000:38000 2:0:50000");
        (await VersionAsync(later)).ShouldBe(2);
        (
            await server.ScalarAsync<DateOnly>(
                "select effective_on from journal_entry where kind = 'ALLOCATION_ADJUSTED' and subject_id = $1",
                later
            )
        ).ShouldBe(lender.Today);
        (await LedgerAsync(loan.Id.Value)).ShouldBe(
            "COLLECTION_ACCOUNT 100000, FUNDING_ACCOUNT -1200000, INTEREST_INCOME -12000, LOAN_PRINCIPAL 1112000"
        );
    }

    [Fact]
    public async Task Above_the_four_eyes_amount_two_different_officers_are_needed()
    {
        var strict = await server.AddOrganisationAsync();
        await strict.ChangeAsync(("fourEyesAbove", 2000));
        var loan = await strict.OpenLoanAsync();
        var id = await strict.ReportAsync(loan, 200_001, strict.Today);
        var first = await strict.Cashier.PutAsync($"admin/repayments/{id}/verify");
        first.Status.ShouldBe(200, first.Body);
        first.Data.GetProperty("verificationStatus").GetString().ShouldBe("PENDING_VERIFICATION");
        first.Data.GetProperty("firstApprovedBy").GetGuid().ShouldBe(strict.Cashier.UserId);
        first.Data.GetProperty("approvalsNeeded").GetInt32().ShouldBe(1);
        first.Json.GetProperty("message").GetString()!.ShouldContain("second officer");
        (await strict.ReadAsync(loan)).Pending.MinorUnits.ShouldBe(200_001);

        var same = await strict.Cashier.PutAsync($"admin/repayments/{id}/verify");
        (same.Status, same.Code).ShouldBe((409, "SECOND_OFFICER_REQUIRED"));
        // An old loophole: the limit is lifted and the same officer verifies again.
        await strict.ChangeAsync(("fourEyesAbove", null));
        (await strict.Cashier.PutAsync($"admin/repayments/{id}/verify")).Code.ShouldBe("SECOND_OFFICER_REQUIRED");
        var second = await strict.SecondCashier.PutAsync($"admin/repayments/{id}/verify");
        second.Data.GetProperty("verificationStatus").GetString().ShouldBe("VERIFIED");
        (await strict.ReadAsync(loan)).Pending.MinorUnits.ShouldBe(0);
    }

    [Fact]
    public async Task The_officer_who_recorded_a_repayment_cannot_verify_it()
    {
        var loan = await lender.OpenLoanAsync();
        var id = await lender.RecordAsync(loan, 100, lender.Today, "CASH");
        var own = await lender.SecondManager.PutAsync($"admin/repayments/{id}/verify");
        (own.Status, own.Code).ShouldBe((409, "RECORDER_CANNOT_VERIFY"));
        (await lender.SecondCashier.PutAsync($"admin/repayments/{id}/verify"))
            .Data.GetProperty("verificationStatus")
            .GetString()
            .ShouldBe("VERIFIED");
    }

    [Fact]
    public async Task Of_concurrent_decisions_exactly_one_wins()
    {
        var loan = await lender.OpenLoanAsync();
        var id = await lender.ReportAsync(loan, Installment, lender.Today);
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 12)
                .Select(turn =>
                    (turn % 3) switch
                    {
                        0 => lender.Cashier.PutAsync($"admin/repayments/{id}/verify"),
                        1 => lender.SecondCashier.PutAsync($"admin/repayments/{id}/verify"),
                        _ => lender.Manager.PutAsync(
                            $"admin/repayments/{id}/reject",
                            new { reason = "No such transfer." }
                        ),
                    }
                )
        );
        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        answers
            .Where(answer => answer.Status != 200)
            .ShouldAllBe(answer => answer.Status == 409 && answer.Code == "ALREADY_DECIDED");
        const string Decisions = "select count(*) from repayment_decision where repayment_id = $1";
        (await server.ScalarAsync<long>(Decisions, id)).ShouldBe(1);
        (await lender.ReadAsync(loan)).Pending.MinorUnits.ShouldBe(0);
    }

    [Fact]
    public async Task Concurrent_verifications_of_repayments_of_one_loan_all_count()
    {
        var loan = await lender.OpenLoanAsync();
        var ids = new List<Guid>();
        for (var day = 0; day < 8; day++)
            ids.Add(await lender.ReportAsync(loan, 10_000, lender.Today.AddDays(-day)));
        var answers = await Task.WhenAll(ids.Select(id => lender.Cashier.PutAsync($"admin/repayments/{id}/verify")));
        answers.ShouldAllBe(answer => answer.Status == 200);
        var after = await lender.ReadAsync(loan);
        (after.Events.Count, after.Pending.MinorUnits).ShouldBe((9, 0));
        (loan.Balance.Total - after.Balance.Total).ShouldBe(80_000);
    }

    [Fact]
    public async Task A_repeat_with_the_key_gets_the_same_response_byte_for_byte()
    {
        var loan = await lender.OpenLoanAsync();
        var id = await lender.ReportAsync(loan, Installment, lender.Today);
        var key = server.Ids.Next().ToString();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => lender.Cashier.PutAsync($"admin/repayments/{id}/verify", null, key))
        );
        answers.ShouldAllBe(answer => answer.Status == 200);
        answers.Select(answer => answer.Body).Distinct().Count().ShouldBe(1);
        answers.Count(answer => answer.IsReplayed).ShouldBe(7);
    }

    [Fact]
    public async Task Another_organisation_and_lower_roles_are_refused()
    {
        var loan = await lender.OpenLoanAsync();
        var id = await lender.ReportAsync(loan, Installment, lender.Today);
        var foreign = await server.OtherLender.Manager.PutAsync($"admin/repayments/{id}/verify");
        var unknown = await server.OtherLender.Manager.PutAsync($"admin/repayments/{server.Ids.Next()}/verify");
        (foreign.Status, foreign.Body).ShouldBe((404, unknown.Body));
        (await lender.Customer.PutAsync($"admin/repayments/{id}/verify")).Status.ShouldBe(403);
        var listed = await server.OtherLender.Manager.GetAsync(
            $"admin/repayments/list?loanApplicationId={loan.ApplicationId}"
        );
        listed.Data.GetArrayLength().ShouldBe(0);
    }

    private Task<int> VersionAsync(Guid repaymentId) =>
        server.ScalarAsync<int>("select version from repayment_standing where repayment_id = $1", repaymentId);

    private Task<string> LedgerAsync(Guid accountId) =>
        server.ScalarAsync<string>(
            """
            select string_agg(ledger_account || ' ' || amount, ', ' order by ledger_account)
            from (select p.ledger_account, sum(p.amount) as amount
                  from posting p where p.account_id = $1 group by 1 having sum(p.amount) <> 0) sums
            """,
            accountId
        );
}
