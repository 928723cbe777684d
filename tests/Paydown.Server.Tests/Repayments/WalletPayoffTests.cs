using Paydown.Lending.Loans;
using Paydown.Server.Commands;
using Paydown.Server.Loans;
using Paydown.Server.Repayments;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Repayments;

/// <summary>What <see cref="PayoffLoan"/> does with money in the wallet, and how it comes back.</summary>
public sealed class WalletPayoffTests(TestLender lender) : IClassFixture<TestLender>, IAsyncLifetime
{
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        using var output = new StringWriter();
        (await Audit.RunAsync(lender.Database, output, json: false, default)).ShouldBe(0, output.ToString());
    }

    [Fact]
    public async Task Money_in_the_wallet_closes_the_loan_at_once()
    {
        var loan = await lender.OpenLoanAsync();
        await lender.FundWalletAsync(loan.PayoffMinor + 700);
        var before = await lender.ReadWalletAsync();
        var answer = await PayOffAsync(loan, key: "once");
        answer.Status.ShouldBe(200, answer.Body);
        answer.Data.GetProperty("loanStatus").GetString().ShouldBe("PAID_OFF");
        answer.Data.GetProperty("remainingBalance").GetDecimal().ShouldBe(0);
        answer.Data.GetProperty("verificationStatus").GetString().ShouldBe("VERIFIED");
        answer.Data.GetProperty("payoffAmount").GetDecimal().ShouldBe(loan.PayoffMinor / 100m);
        (await PayOffAsync(loan, key: "once")).ShouldBe(answer with { IsReplayed = true });

        (await lender.ReadWalletAsync()).ShouldBe(before - loan.PayoffMinor);
        var after = await lender.ReadAsync(loan);
        (after.State, after.Balance.Total, after.PendingMinor).ShouldBe((LoanStatus.Closed, 0, 0));
        (await NewsAsync(loan.Id)).ShouldBe(["payment.received", "repayment.verified", "loan.paid_off"]);
        var id = answer.Data.GetProperty("repaymentId").GetGuid();
        var repaid = await lender.GetAsync(lender.Customer, $"user/repaid-transactions/{lender.Customer.UserId}");
        var shown = repaid.Data.EnumerateArray().Single(one => one.GetProperty("repaymentId").GetGuid() == id);
        shown.GetProperty("status").GetString().ShouldBe("PAID");
        shown.GetProperty("paymentMethod").GetString().ShouldBe("WALLET");
        var listed = await lender.GetAsync(
            lender.Customer,
            $"user/list-customer-repayments/{lender.Customer.UserId}?page=1&size=1"
        );
        listed.Data[0].GetProperty("loanRepaymentMethodEnum").GetString().ShouldBe("WALLET");
        listed.Data[0].GetProperty("loanAmountPaid").GetBoolean().ShouldBeTrue();
        (await PayOffAsync(loan)).Code.ShouldBe("LOAN_CLOSED");
        (await lender.GetAsync(lender.Customer, $"user/repayment-instructions/{loan.ApplicationId}")).Code.ShouldBe(
            "LOAN_CLOSED"
        );
    }

    [Fact]
    public async Task A_wallet_that_holds_too_little_pays_nothing()
    {
        var loan = await lender.OpenLoanAsync();
        await lender.FundWalletAsync(1);
        var holds = await lender.ReadWalletAsync();
        if (holds >= loan.PayoffMinor)
            return;
        var refused = await PayOffAsync(loan);
        (refused.Status, refused.Code).ShouldBe((422, "INSUFFICIENT_FUNDS"));
        refused.Body.ShouldContain($"{holds / 100m:0.00} NGN");
        refused.Body.ShouldContain($"{loan.PayoffMinor / 100m:0.00} NGN");
        (await lender.ReadWalletAsync()).ShouldBe(holds);
        (await lender.ReadAsync(loan)).Events.Count.ShouldBe(1);
    }

    [Fact]
    public async Task While_a_report_awaits_verification_the_wallet_does_not_pay()
    {
        var loan = await lender.OpenLoanAsync();
        await lender.FundWalletAsync(loan.PayoffMinor);
        var before = await lender.ReadWalletAsync();
        var report = await lender.ReportAsync(loan, 10_000, lender.Today);
        var refused = await PayOffAsync(loan);
        (refused.Status, refused.Code).ShouldBe((409, "REPAYMENTS_PENDING"));
        refused.Body.ShouldContain("100.00 NGN");
        (await lender.PutAsync(lender.Cashier, $"admin/repayments/{report}/verify")).Status.ShouldBe(200);
        (await PayOffAsync(loan)).Status.ShouldBe(200);
        (await lender.ReadWalletAsync()).ShouldBe(before - loan.PayoffMinor + 10_000);
    }

    [Fact]
    public async Task A_reversed_payoff_returns_to_the_wallet_and_the_loan_is_open_again()
    {
        var loan = await lender.OpenLoanAsync();
        await lender.FundWalletAsync(loan.PayoffMinor);
        var before = await lender.ReadWalletAsync();
        var id = (await PayOffAsync(loan)).Data.GetProperty("repaymentId").GetGuid();
        var reversed = await lender.PutAsync(
            lender.Cashier,
            $"admin/repayments/{id}/reverse",
            new { reason = "Paid by mistake." }
        );
        reversed.Status.ShouldBe(200, reversed.Body);
        reversed.Data.GetProperty("accountState").GetString().ShouldNotBe("CLOSED");
        (await lender.ReadWalletAsync()).ShouldBe(before);
        (await lender.ReadAsync(loan)).PayoffMinor.ShouldBe(loan.PayoffMinor);
        (
            await lender.PutAsync(lender.Cashier, $"admin/repayments/{id}/reverse", new { reason = "Again." })
        ).Code.ShouldBe("ALREADY_DECIDED");
        (await lender.ReadWalletAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Where_the_organisation_asks_for_a_pin_the_wallet_does_not_pay_without_it()
    {
        var loan = await lender.OpenLoanAsync();
        await lender.FundWalletAsync(loan.PayoffMinor);
        await lender.ExecuteAsync(
            "update organisation set asks_transaction_pin = true where id = $1",
            lender.OrganisationId
        );
        try
        {
            (await PayOffAsync(loan)).Code.ShouldBe("TRANSACTION_PIN_REQUIRED");
            (await PayOffAsync(loan, pin: "1234")).Code.ShouldBe("TRANSACTION_PIN_NOT_SET");
        }
        finally
        {
            await lender.ExecuteAsync(
                "update organisation set asks_transaction_pin = false where id = $1",
                lender.OrganisationId
            );
        }

        (await PayOffAsync(loan)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_pin_that_is_sent_is_checked_by_every_way_to_pay_off()
    {
        var loan = await lender.OpenLoanAsync();
        await lender.FundWalletAsync(loan.PayoffMinor);
        foreach (var method in (string[])["WALLET", "BANK_TRANSFER"])
            (await PayOffAsync(loan, pin: "1111", method: method)).Code.ShouldBe("TRANSACTION_PIN_NOT_SET");
        var set = await lender.PutAsync(
            lender.Customer,
            "user/transaction-pin",
            new { newPin = "4821", password = LenderServer.Password }
        );
        set.Status.ShouldBe(200, set.Body);
        try
        {
            (await PayOffAsync(loan)).Code.ShouldBe("TRANSACTION_PIN_REQUIRED");
            foreach (var method in (string[])["WALLET", "BANK_TRANSFER"])
                (await PayOffAsync(loan, pin: "0000", method: method)).Code.ShouldBe("TRANSACTION_PIN_WRONG");
            (await lender.ReadAsync(loan)).Events.Count.ShouldBe(1);
            (await PayOffAsync(loan, pin: "4821")).Status.ShouldBe(200);
            // Nothing leaves the wallet, so that none is needed.
            var other = await lender.OpenLoanAsync();
            (await PayOffAsync(other, method: "BANK_TRANSFER")).Status.ShouldBe(200);
        }
        finally
        {
            await lender.ExecuteAsync("delete from transaction_pin where customer_id = $1", lender.Customer.UserId);
        }
    }

    private Task<TestAnswer> PayOffAsync(
        StoredLoan loan,
        string? key = null,
        string? pin = null,
        string method = "WALLET"
    ) =>
        lender.PostAsync(
            lender.Customer,
            "user/payoff-loan",
            new
            {
                loanApplicationId = loan.ApplicationId,
                paymentMethod = method,
                transactionPin = pin,
            },
            key
        );

    private async Task<string[]> NewsAsync(Guid accountId) =>
        await lender.ScalarAsync<string[]>(
            "select array_agg(type order by id) from outbox_event where account_id = $1",
            accountId
        );
}
