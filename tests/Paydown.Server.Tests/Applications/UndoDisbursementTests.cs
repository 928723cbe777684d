using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Paydown.Server.Loans;
using Paydown.Server.Tests.EndOfDay;
using Paydown.Server.Tests.Reports;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Applications;

/// <summary>A payout that is taken back from the wallet before anything is paid on the loan.</summary>
public sealed class UndoDisbursementTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private static readonly IReadOnlyList<ProductFee> Fees =
    [
        new("Processing fee", FeeKind.Percent, Kobo(0), 1, FeeCharged.Deducted),
        new("Insurance", FeeKind.Flat, Kobo(60_00), 0, FeeCharged.Added),
    ];

    private TestOrganisation lender = null!;
    private TestApplication applying = null!;

    public async ValueTask InitializeAsync()
    {
        lender = await server.AddOrganisationAsync();
        applying = new(lender, lender.Customer);
    }

    public async ValueTask DisposeAsync() => await server.ShouldAuditCleanAsync();

    [Fact]
    public async Task Money_fees_and_down_payment_go_back_and_the_loan_can_be_paid_out_again()
    {
        await lender.FollowAsync("DAILY");
        var (application, account) = await PaidOutAsync(usual =>
            usual with
            {
                Fees = Fees,
                Schedule = usual.Schedule with { DownPayment = new DownPayment(25, Automatic: true) },
            }
        );
        server.Clock.AdvanceDays(10);
        await server.EndDayAsync(lender);
        (
            await lender.Manager.PostAsync(
                $"admin/loans/{account}/charges",
                new
                {
                    kind = "PENALTY",
                    amount = 5,
                    reason = "A letter",
                }
            )
        ).ShouldSucceed();
        var wallet = await applying.WalletAsync();

        var shown = (await UndoAsync(account, dryRun: true)).ShouldSucceed();
        shown.GetProperty("walletDebit").GetDecimal().ShouldBe(8_880);
        (await applying.WalletAsync()).ShouldBe(wallet);
        var undone = (await UndoAsync(account)).ShouldSucceed();
        undone.GetProperty("loanApplicationStatus").GetString().ShouldBe("ACCEPTED");
        undone.GetProperty("returnedFees").GetDecimal().ShouldBe(120);
        undone.GetProperty("returnedDownPayment").GetDecimal().ShouldBe(3_000);
        (await applying.WalletAsync()).ShouldBe(0);
        (await server.LedgerAsync(lender)).ShouldBeEmpty();
        (await applying.StatusAsync(application)).ShouldBe("ACCEPTED");
        await ShouldOweAsync(0);
        await server.ShouldAuditCleanAsync();
        await server.EndDayAsync(lender);
        (await UndoAsync(account)).ShouldBeRefused(409, "LOAN_NOT_RUNNING");
        (await lender.Customer.GetAsync($"user/loan-details-with-payment-history/{application}")).ShouldBeRefused(
            409,
            "LOAN_NOT_DISBURSED"
        );
        (await lender.Manager.PutAsync($"admin/loan-application/{application}/send-offer")).ShouldBeRefused(
            409,
            "OFFER_WAS_PAID_OUT"
        );

        var again = (await lender.Manager.PutAsync($"admin/loan-application/{application}/disburse")).ShouldSucceed();
        again.GetProperty("accountId").GetGuid().ShouldBe(account);
        again.GetProperty("walletCredit").GetDecimal().ShouldBe(8_880);
        (await applying.WalletAsync()).ShouldBe(8_880_00);
        var loan = (
            await lender.Customer.GetAsync($"user/loan-details-with-payment-history/{application}")
        ).ShouldSucceed();
        loan.GetProperty("feesBalance").GetDecimal().ShouldBe(60);
        loan.GetProperty("penaltyBalance").GetDecimal().ShouldBe(0);
        loan.GetProperty("disbursementDate").GetString().ShouldBe($"{server.Today:yyyy-MM-dd}");
        server.Clock.AdvanceDays(31);
        await server.EndDayAsync(lender);
        var report = await lender.ReportAsync(
            $"disbursements?from={server.Today.AddDays(-60):yyyy-MM-dd}&to={server.Today:yyyy-MM-dd}"
        );
        report.ShouldTie();
        (await lender.ReportAsync("vintage")).ShouldTie();
    }

    [Fact]
    public async Task It_happens_once_and_is_published_and_the_application_can_be_cancelled()
    {
        var (application, account) = await PaidOutAsync(usual => usual);
        var path = $"admin/loans/{account}/undo-disbursement";
        var first = await lender.Manager.PutAsync(path, new { reason = "Wrong customer" }, key: "undo-1");
        first.ShouldSucceed();
        (
            await lender.Manager.PutAsync(path, new { reason = "Wrong customer" }, key: "undo-1")
        ).IsReplayed.ShouldBeTrue();
        (await UndoAsync(account)).ShouldBeRefused(409, "LOAN_NOT_RUNNING");
        (
            await server.ScalarAsync<long>(
                "select count(*) from outbox_event where account_id = $1 and type = 'LOAN_DISBURSEMENT_UNDONE'",
                account
            )
        ).ShouldBe(1);
        (
            await server.ScalarAsync<long>(
                "select count(*) from audit_entry where action = 'DISBURSEMENT_UNDONE' and subject_id = $1",
                application
            )
        ).ShouldBe(1);
        (await lender.Manager.PutAsync($"admin/loan-application/{application}/cancel")).ShouldSucceed();
        (await applying.StatusAsync(application)).ShouldBe("CANCELLED");
        (await lender.Manager.PutAsync($"admin/loan-application/{application}/disburse")).ShouldBeRefused(
            409,
            "APPLICATION_STATE"
        );
        await ShouldOweAsync(0);
        var history = (
            await lender.Customer.GetAsync($"user/get-loan-history/{lender.Customer.UserId}")
        ).ShouldSucceed();
        history
            .EnumerateArray()
            .ShouldHaveSingleItem()
            .GetProperty("loanApplicationStatus")
            .GetString()
            .ShouldBe("CANCELLED");
    }

    [Fact]
    public async Task Money_that_was_paid_or_reported_or_spent_forbids_it()
    {
        var (_, account) = await PaidOutAsync(usual => usual);
        (await UndoAsync(account, by: server.OtherLender.Manager)).ShouldBeRefused(404, "NOT_FOUND");
        (await UndoAsync(account, by: lender.Cashier)).ShouldBeRefused(403, "FORBIDDEN");
        var loan = await ReadAsync(account);
        await lender.RejectAsync(loan, 10_00);
        var reported = await lender.ReportAsync(loan, 10_00, server.Today);
        (await UndoAsync(account)).ShouldBeRefused(409, "REPORTS_AWAIT_VERIFICATION").Body.ShouldContain("10.00");
        await lender.VerifyAsync(reported);
        (await UndoAsync(account)).ShouldBeRefused(409, "PAID_SINCE_DISBURSEMENT");
        (
            await lender.Cashier.PutAsync($"admin/repayments/{reported}/reverse", new { reason = "Bounced" })
        ).ShouldSucceed();
        await lender.EmptyWalletAsync(lender.Customer);
        (await UndoAsync(account)).ShouldBeRefused(422, "INSUFFICIENT_FUNDS").Body.ShouldContain("12000.00");
        await lender.FundWalletAsync(lender.Customer, 12_000_00);
        (await UndoAsync(account)).ShouldSucceed();
        // Money for it can only be recorded once it is paid out again.
        (
            await lender.Cashier.PostAsync(
                "admin/repayments",
                new
                {
                    accountId = account,
                    repaymentAmount = 10,
                    paymentDate = server.Today,
                    paymentMethod = "CASH",
                }
            )
        ).Status.ShouldBeInRange(400, 499);
        var own = await lender.TakeOverLoanAsync();
        (await UndoAsync(own.Id.Value)).ShouldBeRefused(409, "LOAN_TAKEN_OVER");
    }

    [Fact]
    public async Task Of_several_payouts_the_last_one_goes_first()
    {
        var (application, account) = await PaidOutAsync(
            usual => usual with { DisbursementsMax = 3, Fees = Fees },
            5_000
        );
        var path = $"admin/loan-application/{application}/disburse";
        (await lender.Manager.PutAsync(path, new { amount = 3000 })).ShouldSucceed();
        var undone = (await UndoAsync(account)).ShouldSucceed();
        undone.GetProperty("loanApplicationStatus").GetString().ShouldBe("DISBURSED");
        undone.GetProperty("totalDisbursed").GetDecimal().ShouldBe(5_000);
        undone.GetProperty("returnedFees").GetDecimal().ShouldBe(0);
        await server.ShouldAuditCleanAsync();
        (await lender.Manager.PutAsync(path, new { amount = 7000 })).ShouldSucceed();
        (await UndoAsync(account)).ShouldSucceed();
        (await UndoAsync(account)).ShouldSucceed().GetProperty("totalDisbursed").GetDecimal().ShouldBe(0);
        (await applying.WalletAsync()).ShouldBe(0);
        (await lender.Manager.PutAsync(path, new { amount = 6000 })).ShouldSucceed();
    }

    [Fact]
    public async Task Another_open_application_for_the_product_and_a_lone_manager_forbid_it()
    {
        var (_, account) = await PaidOutAsync(usual => usual);
        await lender.ChangeAsync(("fourEyesAbove", 1));
        (await UndoAsync(account)).ShouldSucceed().GetProperty("isPreview").GetBoolean().ShouldBeTrue();
        (await UndoAsync(account)).ShouldBeRefused(409, "SECOND_OFFICER_REQUIRED");
        (await UndoAsync(account, by: lender.SecondManager))
            .ShouldSucceed()
            .GetProperty("isPreview")
            .GetBoolean()
            .ShouldBeFalse();
        await lender.ChangeAsync(("fourEyesAbove", null));

        var product = await lender.AddProductAsync(TestProducts.Salary);
        var paidOut = await lender.DisburseAsync(lender.Customer, product, 12_000_00, 12);
        await applying.RequestAsync(product);
        (await UndoAsync(paidOut.Id.Value)).ShouldBeRefused(409, "OTHER_APPLICATION_OPEN");
    }

    [Fact]
    public async Task What_was_paid_out_automatically_and_taken_back_is_not_paid_out_by_itself_again()
    {
        var product = await lender.AddProductAsync(TestProducts.Salary with { DisbursesAutomatically = true });
        var id = await applying.AcceptTermsAsync(product);
        var account = (await applying.DetailsAsync(id)).GetProperty("accountId").GetGuid();
        (await UndoAsync(account)).ShouldSucceed();
        (await lender.Customer.PutAsync($"user/accept-terms-and-conditions/{id}"))
            .ShouldSucceed()
            .GetProperty("loanApplicationStatusEnum")
            .GetString()
            .ShouldBe("ACCEPTED");
        (await applying.WalletAsync()).ShouldBe(0);
    }

    private async Task<(Guid Application, Guid Account)> PaidOutAsync(
        Func<LoanProduct, LoanProduct> change,
        decimal? amount = null
    )
    {
        var product = await lender.AddProductAsync(change(TestProducts.Salary));
        var id = await applying.AcceptTermsAsync(product);
        var paidOut = (
            await lender.Manager.PutAsync($"admin/loan-application/{id}/disburse", new { amount })
        ).ShouldSucceed();
        return (id, paidOut.GetProperty("accountId").GetGuid());
    }

    private Task<Reply> UndoAsync(Guid account, bool dryRun = false, TestUser? by = null) =>
        (by ?? lender.Manager).PutAsync(
            $"admin/loans/{account}/undo-disbursement",
            new { reason = "Paid out by mistake", dryRun }
        );

    private async Task<StoredLoan> ReadAsync(Guid account)
    {
        await using var connection = await server.Database.OpenConnectionAsync();
        return (
            await LoanStore.FindAsync(
                connection,
                lender.Customer.Caller.CustomerId,
                new(account),
                forUpdate: false,
                default
            )
        )!;
    }

    private async Task ShouldOweAsync(decimal owed)
    {
        var totals = (await lender.Customer.GetAsync($"user/get-total/{lender.Customer.UserId}")).ShouldSucceed();
        totals.GetProperty("totalOutstanding").GetDecimal().ShouldBe(owed);
        (await lender.Customer.GetAsync($"user/manage-loans/{lender.Customer.UserId}"))
            .ShouldSucceed()
            .EnumerateArray()
            .Sum(one => one.GetProperty("totalBalance").GetDecimal())
            .ShouldBe(owed);
    }
}
