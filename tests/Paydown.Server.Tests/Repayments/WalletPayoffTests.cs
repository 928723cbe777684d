using Paydown.Lending.Loans;
using Paydown.Server.Commands;
using Paydown.Server.Loans;
using Paydown.Server.Repayments;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Repayments;

/// <summary><see cref="PayoffLoan"/> with money from the wallet, and the return of that money.</summary>
public sealed class WalletPayoffTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private readonly TestOrganisation lender = server.Lender;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        using var output = new StringWriter();
        (await Audit.RunAsync(server.Database, output, json: false, default)).ShouldBe(0, output.ToString());
    }

    [Fact]
    public async Task Money_in_the_wallet_closes_the_loan_at_once()
    {
        var loan = await lender.OpenLoanAsync();
        await lender.FundWalletAsync(lender.Customer, loan.Payoff.MinorUnits + 700);
        var before = await lender.ReadWalletAsync(lender.Customer);
        var answer = await PayOffAsync(loan, key: "once");
        answer.Status.ShouldBe(200, answer.Body);
        answer.Data.GetProperty("loanStatus").GetString().ShouldBe("PAID_OFF");
        answer.Data.GetProperty("remainingBalance").GetDecimal().ShouldBe(0);
        answer.Data.GetProperty("verificationStatus").GetString().ShouldBe("VERIFIED");
        answer.Data.GetProperty("payoffAmount").GetDecimal().ShouldBe(loan.Payoff.MinorUnits / 100m);
        (await PayOffAsync(loan, key: "once")).ShouldBe(answer with { IsReplayed = true });

        (await lender.ReadWalletAsync(lender.Customer)).ShouldBe(before - loan.Payoff.MinorUnits);
        var after = await lender.ReadAsync(loan);
        (after.State, after.Balance.Total, after.Pending.MinorUnits).ShouldBe((LoanStatus.Closed, 0, 0));
        (await lender.EventNamesOfAsync(loan)).ShouldBe([
            "loan.disbursed",
            "payment.received",
            "repayment.verified",
            "loan.paid_off",
        ]);
        var id = answer.Data.GetProperty("repaymentId").GetGuid();
        var repaid = await lender.Customer.GetAsync($"user/repaid-transactions/{lender.Customer.UserId}");
        var shown = repaid.Data.EnumerateArray().Single(one => one.GetProperty("repaymentId").GetGuid() == id);
        shown.GetProperty("status").GetString().ShouldBe("PAID");
        shown.GetProperty("paymentMethod").GetString().ShouldBe("WALLET");
        var listed = await lender.Customer.GetAsync(
            $"user/list-customer-repayments/{lender.Customer.UserId}?page=1&size=1"
        );
        listed.Data[0].GetProperty("loanRepaymentMethodEnum").GetString().ShouldBe("WALLET");
        listed.Data[0].GetProperty("loanAmountPaid").GetBoolean().ShouldBeTrue();
        (await PayOffAsync(loan)).Code.ShouldBe("LOAN_CLOSED");
        (await lender.Customer.GetAsync($"user/repayment-instructions/{loan.ApplicationId}")).Code.ShouldBe(
            "LOAN_CLOSED"
        );
    }

    [Fact]
    public async Task A_wallet_with_too_little_money_pays_nothing()
    {
        var customer = await lender.AddCustomerAsync();
        var loan = await lender.OpenLoanAsync(customer);
        var holds = await lender.ReadWalletAsync(customer);
        holds.ShouldBeLessThan(loan.Payoff.MinorUnits);
        var refused = await PayOffAsync(loan, by: customer);
        (refused.Status, refused.Code).ShouldBe((422, "INSUFFICIENT_FUNDS"));
        refused.Body.ShouldContain($"{holds / 100m:0.00} NGN");
        refused.Body.ShouldContain($"{loan.Payoff.MinorUnits / 100m:0.00} NGN");
        (await lender.ReadWalletAsync(customer)).ShouldBe(holds);
        (await lender.ReadAsync(loan)).Events.Count.ShouldBe(1);
    }

    [Fact]
    public async Task While_a_report_awaits_verification_the_wallet_does_not_pay()
    {
        var loan = await lender.OpenLoanAsync();
        await lender.FundWalletAsync(lender.Customer, loan.Payoff.MinorUnits);
        var before = await lender.ReadWalletAsync(lender.Customer);
        var report = await lender.ReportAsync(loan, 10_000, lender.Today);
        var refused = await PayOffAsync(loan);
        (refused.Status, refused.Code).ShouldBe((409, "REPAYMENTS_PENDING"));
        refused.Body.ShouldContain("100.00 NGN");
        (await lender.Cashier.PutAsync($"admin/repayments/{report}/verify")).Status.ShouldBe(200);
        (await PayOffAsync(loan)).Status.ShouldBe(200);
        (await lender.ReadWalletAsync(lender.Customer)).ShouldBe(before - loan.Payoff.MinorUnits + 10_000);
    }

    [Fact]
    public async Task A_reversed_payoff_returns_the_money_to_the_wallet_and_reopens_the_loan()
    {
        var loan = await lender.OpenLoanAsync();
        await lender.FundWalletAsync(lender.Customer, loan.Payoff.MinorUnits);
        var before = await lender.ReadWalletAsync(lender.Customer);
        var id = (await PayOffAsync(loan)).Data.GetProperty("repaymentId").GetGuid();
        var reversed = await lender.Cashier.PutAsync(
            $"admin/repayments/{id}/reverse",
            new { reason = "Paid by mistake." }
        );
        reversed.Status.ShouldBe(200, reversed.Body);
        reversed.Data.GetProperty("accountState").GetString().ShouldNotBe("CLOSED");
        (await lender.ReadWalletAsync(lender.Customer)).ShouldBe(before);
        (await lender.ReadAsync(loan)).Payoff.MinorUnits.ShouldBe(loan.Payoff.MinorUnits);
        (await lender.Cashier.PutAsync($"admin/repayments/{id}/reverse", new { reason = "Again." })).Code.ShouldBe(
            "ALREADY_DECIDED"
        );
        (await lender.ReadWalletAsync(lender.Customer)).ShouldBe(before);
    }

    [Fact]
    public async Task If_the_organisation_asks_for_a_pin_the_wallet_does_not_pay_without_it()
    {
        var strict = await server.AddOrganisationAsync();
        var (customer, loan) = (strict.Customer, await strict.OpenLoanAsync());
        await strict.FundWalletAsync(customer, loan.Payoff.MinorUnits);
        await strict.ChangeAsync(("asksTransactionPin", true));
        (await PayOffAsync(loan, by: customer)).Code.ShouldBe("TRANSACTION_PIN_REQUIRED");
        (await PayOffAsync(loan, pin: "1234", by: customer)).Code.ShouldBe("TRANSACTION_PIN_NOT_SET");
        await strict.ChangeAsync(("asksTransactionPin", false));
        (await PayOffAsync(loan, by: customer)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_pin_that_is_sent_is_checked_for_every_payment_method()
    {
        var customer = await lender.AddCustomerAsync();
        var loan = await lender.OpenLoanAsync(customer);
        await lender.FundWalletAsync(customer, loan.Payoff.MinorUnits);
        foreach (var method in (string[])["WALLET", "BANK_TRANSFER"])
            (await PayOffAsync(loan, pin: "1111", method: method, by: customer)).Code.ShouldBe(
                "TRANSACTION_PIN_NOT_SET"
            );
        var set = await customer.PutAsync(
            "user/transaction-pin",
            new { newPin = "4821", password = TestOrganisation.Password }
        );
        set.Status.ShouldBe(200, set.Body);
        (await PayOffAsync(loan, by: customer)).Code.ShouldBe("TRANSACTION_PIN_REQUIRED");
        foreach (var method in (string[])["WALLET", "BANK_TRANSFER"])
            (await PayOffAsync(loan, pin: "0000", method: method, by: customer)).Code.ShouldBe("TRANSACTION_PIN_WRONG");
        (await lender.ReadAsync(loan)).Events.Count.ShouldBe(1);
        (await PayOffAsync(loan, pin: "4821", by: customer)).Status.ShouldBe(200);
        // Nothing leaves the wallet, so no PIN is needed.
        var other = await lender.OpenLoanAsync(customer);
        (await PayOffAsync(other, method: "BANK_TRANSFER", by: customer)).Status.ShouldBe(200);
    }

    private Task<Reply> PayOffAsync(
        StoredLoan loan,
        string? key = null,
        string? pin = null,
        string method = "WALLET",
        TestUser? by = null
    ) =>
        (by ?? lender.Customer).PostAsync(
            "user/payoff-loan",
            new
            {
                loanApplicationId = loan.ApplicationId,
                paymentMethod = method,
                transactionPin = pin,
            },
            key
        );
}
