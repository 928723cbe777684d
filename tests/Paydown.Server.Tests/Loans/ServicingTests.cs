using Paydown.Lending.Loans;
using Paydown.Lending.Terms;
using Paydown.Server.Commands;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Loans;

/// <summary>
/// <see cref="ListCharges"/>, <see cref="ListChargesForOfficers"/>, <see cref="WaiveDebt"/>,
/// <see cref="RefundOverpayment"/> and <see cref="WriteOffLoan"/>, with their effects on the loan, the books and the
/// wallet.
/// </summary>
public sealed class ServicingTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private readonly TestOrganisation lender = server.Lender;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        using var output = new StringWriter();
        (await Audit.RunAsync(server.Database, output, json: false, default)).ShouldBe(0, output.ToString());
    }

    [Fact]
    public async Task A_penalty_of_the_terms_is_listed_and_waived_in_two_parts()
    {
        var loan = await lender.OpenLoanAsync(
            lender.Terms with
            {
                OverduePenalty = new OverduePenalty(5, OverduePenaltyBase.PrincipalOverdue, 3),
            }
        );
        var owed = await lender.PayoffOfAsync(loan);
        var listed = await lender.Cashier.GetAsync($"admin/loans/{loan.Id}/charges");
        listed.Status.ShouldBe(200, listed.Body);
        var charge = listed.Data[0];
        charge.GetProperty("kind").GetString().ShouldBe("PENALTY");
        var (chargeId, amount) = (charge.GetProperty("id").GetGuid(), charge.GetProperty("amount").GetDecimal());
        charge.GetProperty("unpaid").GetDecimal().ShouldBe(amount);

        var part = await WaiveAsync(
            loan,
            new
            {
                debt = "CHARGE",
                chargeId,
                amount = 1.25m,
                reason = "Kind",
            }
        );
        part.Status.ShouldBe(200, part.Body);
        part.Data.GetProperty("waivedAmount").GetDecimal().ShouldBe(1.25m);
        (
            await WaiveAsync(
                loan,
                new
                {
                    debt = "CHARGE",
                    chargeId,
                    amount,
                    reason = "Too much",
                }
            )
        ).Code.ShouldBe("VALIDATION_ERROR");
        var rest = await WaiveAsync(
            loan,
            new
            {
                debt = "CHARGE",
                chargeId,
                reason = "Kind",
            }
        );
        rest.Data.GetProperty("waivedAmount").GetDecimal().ShouldBe(amount - 1.25m);
        (
            await WaiveAsync(
                loan,
                new
                {
                    debt = "CHARGE",
                    chargeId,
                    reason = "Again",
                }
            )
        ).Code.ShouldBe("NOTHING_TO_WAIVE");
        (await lender.ReadAsync(loan)).Payoff.MinorUnits.ShouldBe(owed - (long)(amount * 100));
        (await AuditedAsync(loan.Id.Value, "DEBT_WAIVED")).ShouldBe(2);
    }

    [Fact]
    public async Task Agreed_interest_can_be_waived_and_recalculated_interest_cannot()
    {
        var loan = await lender.OpenLoanAsync();
        var waived = await WaiveAsync(
            loan,
            new
            {
                debt = "INTEREST",
                amount = 10,
                reason = "Kind",
            }
        );
        waived.Status.ShouldBe(200, waived.Body);
        (await lender.ReadAsync(loan)).Payoff.MinorUnits.ShouldBe(loan.Payoff.MinorUnits - 1_000);
        foreach (var schedule in Enum.GetValues<ScheduleType>())
        {
            var recalculated = await lender.OpenLoanAsync(
                lender.Terms with
                {
                    ScheduleType = schedule,
                    InterestPeriod = InterestPeriod.Daily,
                    Recalculation = new InterestRecalculation(
                        PreClosure.TillPreClosureDate,
                        Reschedule.AdjustLastUnpaidPeriod,
                        RestFrequency.Daily,
                        1
                    ),
                }
            );
            (await WaiveAsync(recalculated, new { debt = "INTEREST", reason = "Kind" })).Code.ShouldBe(
                "WAIVER_NOT_AVAILABLE"
            );
        }
    }

    [Fact]
    public async Task A_waiver_of_an_unknown_charge_is_refused()
    {
        var loan = await lender.OpenLoanAsync();
        var chargeId = server.Ids.Next();
        (await WaiveAsync(loan, new { debt = "CHARGE", reason = "Kind" })).Code.ShouldBe("VALIDATION_ERROR");
        (
            await WaiveAsync(
                loan,
                new
                {
                    debt = "CHARGE",
                    chargeId,
                    reason = "Kind",
                }
            )
        ).Status.ShouldBe(404);
        (
            await lender.Cashier.PutAsync($"admin/loans/{loan.Id}/waive", new { debt = "INTEREST", reason = "x" })
        ).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Only_the_overpayment_can_be_refunded_to_the_wallet()
    {
        var loan = await lender.OpenLoanAsync();
        (await RefundAsync(loan, new { })).Code.ShouldBe("NOTHING_OVERPAID");
        var paid = await lender.PayAsync(loan, loan.Payoff.MinorUnits + 1_000, lender.Today);
        var before = await lender.ReadWalletAsync(lender.Customer);
        (await RefundAsync(loan, new { amount = 10.01 })).Code.ShouldBe("VALIDATION_ERROR");
        var part = await RefundAsync(loan, new { amount = 4 });
        part.Status.ShouldBe(200, part.Body);
        part.Data.GetProperty("overpaid").GetDecimal().ShouldBe(6);
        part.Data.GetProperty("accountState").GetString().ShouldBe("OVERPAID");
        part.Data.GetProperty("walletBalance").GetDecimal().ShouldBe((before + 400) / 100m);
        var rest = await RefundAsync(loan, new { reason = "Paid twice" });
        rest.Data.GetProperty("accountState").GetString().ShouldBe("CLOSED");
        (await lender.ReadWalletAsync(lender.Customer)).ShouldBe(before + 1_000);

        // The refund is owed again once the payment is reversed.
        (
            await lender.Cashier.PutAsync($"admin/repayments/{paid}/reverse", new { reason = "Bounced" })
        ).Status.ShouldBe(200);
        (await lender.ReadAsync(loan)).Balance.Total.ShouldBe(loan.Balance.Total + 1_000);
    }

    [Fact]
    public async Task A_written_off_loan_accepts_recoveries_up_to_the_loss()
    {
        var loan = await lender.OpenLoanAsync();
        await lender.PayAsync(loan, 106_619, loan.DisbursedOn!.Value.AddMonths(1));
        var owed = (await lender.ReadAsync(loan)).Balance;
        var answer = await WriteOffAsync(loan);
        answer.Status.ShouldBe(200, answer.Body);
        answer.Data.GetProperty("isWrittenOff").GetBoolean().ShouldBeTrue();
        // Interest of future months was never earned, so it is not lost.
        var lost = (long)(answer.Data.GetProperty("writtenOffAmount").GetDecimal() * 100);
        lost.ShouldBeInRange(owed.Principal + 1, owed.Total - 1);
        await ShowsWrittenOffAsync(loan, lost / 100m);
        var after = await lender.ReadAsync(loan);
        (after.State, after.Balance.Total, after.Payoff.MinorUnits).ShouldBe((LoanStatus.WrittenOff, 0, lost));
        (await WriteOffAsync(loan)).Code.ShouldBe("LOAN_NOT_RUNNING");

        await lender.PayAsync(loan, 10_000, lender.Today);
        (await LedgerAsync(loan, "RECOVERY_INCOME")).ShouldBe(-10_000);
        (await lender.ReadAsync(loan)).Payoff.MinorUnits.ShouldBe(lost - 10_000);
        await lender.FundWalletAsync(lender.Customer, lost);
        var payoff = await lender.Customer.PostAsync(
            "user/payoff-loan",
            new { loanApplicationId = loan.ApplicationId, paymentMethod = "WALLET" }
        );
        payoff.Data.GetProperty("payoffAmount").GetDecimal().ShouldBe((lost - 10_000) / 100m);
        (await lender.ReadAsync(loan)).State.ShouldBe(LoanStatus.Closed);
        (await LedgerAsync(loan, "RECOVERY_INCOME")).ShouldBe(-lost);
        (await lender.EventNamesOfAsync(loan)).Count(type => type == "loan.paid_off").ShouldBe(1);
        (await lender.EventNamesOfAsync(loan)).ShouldContain("loan.written_off");
    }

    [Fact]
    public async Task Above_the_four_eyes_amount_two_managers_must_approve_the_same_state_of_the_loan()
    {
        var strict = await server.AddOrganisationAsync();
        var loan = await strict.OpenLoanAsync();
        await strict.ChangeAsync(("fourEyesAbove", 1));
        var first = await WriteOffAsync(loan, strict.Manager);
        first.Status.ShouldBe(200, first.Body);
        first.Data.GetProperty("isWrittenOff").GetBoolean().ShouldBeFalse();
        (await WriteOffAsync(loan, strict.Manager)).Code.ShouldBe("SECOND_OFFICER_REQUIRED");
        await strict.PayAsync(loan, 100, strict.Today);
        var second = strict.SecondManager;
        (await WriteOffAsync(loan, second)).Data.GetProperty("isWrittenOff").GetBoolean().ShouldBeFalse();
        (await WriteOffAsync(loan, strict.Manager)).Data.GetProperty("isWrittenOff").GetBoolean().ShouldBeTrue();

        (await strict.ReadAsync(loan)).State.ShouldBe(LoanStatus.WrittenOff);
        (await AuditedAsync(loan.Id.Value, "WRITE_OFF_LOAN_APPROVED_FIRST")).ShouldBe(2);
        (await AuditedAsync(loan.Id.Value, "LOAN_WRITTEN_OFF")).ShouldBe(1);
    }

    [Fact]
    public async Task A_manager_of_another_organisation_finds_nothing()
    {
        var loan = await lender.OpenLoanAsync();
        (await server.OtherLender.Manager.GetAsync($"admin/loans/{loan.Id}/charges")).Status.ShouldBe(404);
        (await WriteOffAsync(loan, server.OtherLender.Manager)).Status.ShouldBe(404);
        (
            await server.OtherLender.Manager.PutAsync($"admin/loans/{loan.Id}/refund-overpayment", new { })
        ).Status.ShouldBe(404);
        (
            await server.OtherLender.Manager.PutAsync(
                $"admin/loans/{loan.Id}/waive",
                new { debt = "INTEREST", reason = "x" }
            )
        ).Status.ShouldBe(404);
    }

    private Task<Reply> WaiveAsync(StoredLoan loan, object body) =>
        lender.Manager.PutAsync($"admin/loans/{loan.Id}/waive", body);

    private Task<Reply> RefundAsync(StoredLoan loan, object body) =>
        lender.Manager.PutAsync($"admin/loans/{loan.Id}/refund-overpayment", body);

    // Nothing is outstanding, and every view shows the same recoverable amount.
    private async Task ShowsWrittenOffAsync(StoredLoan loan, decimal lost)
    {
        var details = await lender.Customer.GetAsync($"user/loan-details-with-payment-history/{loan.ApplicationId}");
        details.Data.GetProperty("accountState").GetString().ShouldBe("WRITTEN_OFF");
        details.Data.GetProperty("totalBalance").GetDecimal().ShouldBe(0);
        details.Data.GetProperty("recoverableAmount").GetDecimal().ShouldBe(lost);
        var rows = details.Data.GetProperty("paymentHistory").EnumerateArray().ToList();
        details.Data.GetProperty("installmentsPaid").GetInt32().ShouldBe(rows.Count);
        foreach (var row in rows)
        {
            row.GetProperty("outstandingAmount").GetDecimal().ShouldBe(0);
            row.GetProperty("paymentStatus").GetString().ShouldBe("PAID");
            row.GetProperty("installmentAmount")
                .GetDecimal()
                .ShouldBe(
                    row.GetProperty("amountPaid").GetDecimal() + row.GetProperty("writtenOffAmount").GetDecimal()
                );
        }

        var quote = await lender.Customer.GetAsync($"user/payoff-quote/{loan.ApplicationId}");
        quote.Data.GetProperty("payoffAmount").GetDecimal().ShouldBe(lost);
        var instructions = await lender.Customer.GetAsync($"user/repayment-instructions/{loan.ApplicationId}");
        instructions.Data.GetProperty("totalPayable").GetDecimal().ShouldBe(lost);
    }

    private Task<Reply> WriteOffAsync(StoredLoan loan, TestUser? manager = null) =>
        (manager ?? lender.Manager).PutAsync(
            $"admin/loans/{loan.Id}/write-off",
            new { reason = "The customer is insolvent." }
        );

    private Task<long> AuditedAsync(Guid accountId, string action) =>
        server.ScalarAsync<long>(
            "select count(*) from audit_entry where subject_id = $1 and action = $2",
            accountId,
            action
        );

    private Task<long> LedgerAsync(StoredLoan loan, string account) =>
        server.ScalarAsync<long>(
            """
            select coalesce(sum(p.amount), 0)::bigint from posting p
            join journal_entry e on e.customer_id = p.customer_id and e.id = p.entry_id
            where e.account_id = $1 and p.ledger_account = $2
            """,
            loan.Id,
            account
        );
}
