using Paydown.Lending.Identifiers;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Repayments;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Repayments;

/// <summary>
/// <see cref="GetPayoffQuote"/>, and that <see cref="PayoffLoan"/> accepts exactly the quoted amount.
/// </summary>
public sealed class PayoffLoanTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_transfer_of_the_quoted_amount_is_recorded_and_awaits_verification()
    {
        var customer = await server.Lender.AddCustomerAsync();
        var file = await server.Lender.AddLoanAsync(customer, new() { PaidMinor = 100_00 });
        await server.Lender.ReportAsync(file, 50_50, server.Today);
        var quote = (await customer.GetAsync($"user/payoff-quote/{file.ApplicationId}")).ShouldSucceed();
        quote.GetProperty("totalOwed").GetRawText().ShouldBe("1100");
        quote.GetProperty("payoffAmount").GetRawText().ShouldBe("1049.5");
        quote.GetProperty("validUntil").GetString().ShouldBe($"{server.Today.AddDays(30):yyyy-MM-dd}");

        var payoff = (await PayOffAsync(customer, file, payoffAmount: 1049.50m)).ShouldSucceed();
        payoff.GetProperty("payoffAmount").GetRawText().ShouldBe("1049.5");
        payoff.GetProperty("remainingBalance").GetRawText().ShouldBe("1100");
        payoff.GetProperty("loanStatus").GetString().ShouldBe("DISBURSED");
        payoff.GetProperty("transactionReference").GetString().ShouldBe(file.Reference);
        payoff.GetProperty("payoffDate").GetString().ShouldBe($"{server.Today:yyyy-MM-dd}");

        var id = payoff.GetProperty("repaymentId").GetGuid();
        var listed = (await customer.GetAsync($"user/list-customer-repayments/{customer.UserId}")).ShouldSucceed()[0];
        listed.GetProperty("id").GetGuid().ShouldBe(id);
        listed.GetProperty("verificationStatus").GetString().ShouldBe("PENDING_VERIFICATION");
        listed.GetProperty("totalPayable").GetRawText().ShouldBe("0");
        (
            await server.ScalarAsync<long>(
                "select count(*) from outbox_event where customer_id = $1 and type = 'REPAYMENT_RECORDED'",
                customer.UserId
            )
        ).ShouldBe(3);
        (
            await server.ScalarAsync<long>(
                "select pending_total from loan_account where customer_id = $1",
                customer.UserId
            )
        ).ShouldBe(1_100_00);

        (await PayOffAsync(customer, file)).ShouldBeRefused(409, "NOTHING_TO_PAY_OFF");
    }

    // Allocation uses exactly the quoted amount: nothing is owed and nothing is overpaid.
    [Theory]
    [InlineData(0)]
    [InlineData(24)]
    public async Task A_verified_payoff_closes_the_loan(int annualRatePercent)
    {
        var customer = await server.Lender.AddCustomerAsync();
        var file = await server.Lender.AddLoanAsync(
            customer,
            new() { DaysAgo = 40, AnnualRatePercent = annualRatePercent }
        );
        var cashier = await server.Lender.AddUserAsync(Role.Cashier);
        var quote = (await customer.GetAsync($"user/payoff-quote/{file.ApplicationId}")).ShouldSucceed();
        var amount = quote.GetProperty("payoffAmount").GetDecimal();
        (amount > 1200).ShouldBe(annualRatePercent > 0);
        var holdsUntil = quote.GetProperty("validUntil").GetString();
        holdsUntil.ShouldBe($"{server.Today.AddDays(annualRatePercent > 0 ? 0 : 30):yyyy-MM-dd}");

        var payoff = (await PayOffAsync(customer, file, payoffAmount: amount)).ShouldSucceed();
        var id = payoff.GetProperty("repaymentId").GetGuid();
        (await cashier.PutAsync($"admin/repayments/{id}/verify")).ShouldSucceed();

        var path = $"user/loan-details-with-payment-history/{file.ApplicationId}";
        var loan = (await customer.GetAsync(path)).ShouldSucceed();
        loan.GetProperty("accountState").GetString().ShouldBe("CLOSED");
        loan.GetProperty("loanApplicationStatus").GetString().ShouldBe("PAID_OFF");
        loan.GetProperty("loanFullyRepaid").GetBoolean().ShouldBeTrue();
        loan.GetProperty("totalBalance").GetRawText().ShouldBe("0");
        loan.GetProperty("totalAmountPaid").GetDecimal().ShouldBe(amount);
        loan.GetProperty("totalRepaymentAmount").GetDecimal().ShouldBe(amount);
        var repaid = (await customer.GetAsync($"user/repaid-transactions/{customer.UserId}")).ShouldSucceed();
        repaid.EnumerateArray().ShouldHaveSingleItem().GetProperty("repaymentId").GetGuid().ShouldBe(id);
        (await PayOffAsync(customer, file)).ShouldBeRefused(409, "LOAN_CLOSED");
    }

    [Fact]
    public async Task Without_an_amount_the_payoff_is_the_total_payable() =>
        (await PayOffNewAsync(new())).ShouldSucceed().GetProperty("payoffAmount").GetRawText().ShouldBe("1200");

    [Fact]
    public async Task Another_amount_is_refused_with_the_right_one() =>
        (await PayOffNewAsync(new(), payoffAmount: 1199.99m))
            .ShouldBeRefused(422, "INVALID_AMOUNT")
            .Body.ShouldContain("1200.00 NGN");

    [Fact]
    public async Task A_card_is_refused() =>
        (await PayOffNewAsync(new(), "CARD")).ShouldBeRefused(409, "PAYMENT_METHOD_NOT_AVAILABLE");

    [Fact]
    public async Task A_closed_loan_is_refused() =>
        (await PayOffNewAsync(new() { PaidMinor = 1_200_00 })).ShouldBeRefused(409, "LOAN_CLOSED");

    [Fact]
    public async Task A_loan_that_a_third_party_collects_is_refused() =>
        (await PayOffNewAsync(new() { Collector = "Example Collectors" })).ShouldBeRefused(
            409,
            "MANUAL_REPAYMENT_NOT_ALLOWED"
        );

    [Fact]
    public async Task Another_customers_loan_looks_like_one_that_does_not_exist()
    {
        var other = await server.Lender.AddLoanAsync(await server.Lender.AddCustomerAsync(), new());
        var client = await server.Lender.AddCustomerAsync();
        var existing = (await PayOffAsync(client, other)).ShouldBeRefused(404, "NOT_FOUND");
        (await PayOffAsync(client, other with { ApplicationId = server.Ids.Next<LoanApplicationId>() })).Body.ShouldBe(
            existing.Body
        );
    }

    [Fact]
    public async Task Concurrent_payoffs_with_one_key_record_one()
    {
        var customer = await server.Lender.AddCustomerAsync();
        var file = await server.Lender.AddLoanAsync(customer, new());
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(_ => PayOffAsync(customer, file, key: "one-key"))
        );
        answers.Select(answer => answer.Body).Distinct().ShouldHaveSingleItem();
        answers.Count(answer => !answer.IsReplayed).ShouldBe(1);
        (
            await server.ScalarAsync<long>("select count(*) from repayment where customer_id = $1", customer.UserId)
        ).ShouldBe(1);
    }

    [Fact]
    public async Task Concurrent_payoffs_with_different_keys_record_one()
    {
        var customer = await server.Lender.AddCustomerAsync();
        var file = await server.Lender.AddLoanAsync(customer, new());
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => PayOffAsync(customer, file)));
        answers.Count(answer => answer.Code == "NOTHING_TO_PAY_OFF").ShouldBe(11);
        (
            await server.ScalarAsync<long>(
                "select pending_total from loan_account where customer_id = $1",
                customer.UserId
            )
        ).ShouldBe(1_200_00);
    }

    [Fact]
    public async Task A_quote_is_given_for_a_future_date_and_not_for_a_past_one()
    {
        var customer = await server.Lender.AddCustomerAsync();
        var file = await server.Lender.AddLoanAsync(customer, new());
        Task<Reply> QuoteAsync(string date) => customer.GetAsync($"user/payoff-quote/{file.ApplicationId}?date={date}");
        var quote = (await QuoteAsync($"{server.Today.AddDays(7):yyyy-MM-dd}")).ShouldSucceed();
        quote.GetProperty("payoffDate").GetString().ShouldBe($"{server.Today.AddDays(7):yyyy-MM-dd}");
        (await QuoteAsync($"{server.Today.AddDays(-1):yyyy-MM-dd}")).ShouldBeRefused(422, "VALIDATION_ERROR");
        (await QuoteAsync("9999-12-31")).ShouldBeRefused(422, "VALIDATION_ERROR");
        (await QuoteAsync("tomorrow")).ShouldBeRefused(400, "BAD_REQUEST");
    }

    private async Task<Reply> PayOffNewAsync(
        TestLoan loan,
        string method = "BANK_TRANSFER",
        decimal? payoffAmount = null
    )
    {
        var customer = await server.Lender.AddCustomerAsync();
        return await PayOffAsync(customer, await server.Lender.AddLoanAsync(customer, loan), method, payoffAmount);
    }

    private static Task<Reply> PayOffAsync(
        TestUser client,
        StoredLoan loan,
        string method = "BANK_TRANSFER",
        decimal? payoffAmount = null,
        string? key = null
    ) =>
        client.PostAsync(
            "user/payoff-loan",
            new
            {
                loanApplicationId = loan.ApplicationId,
                paymentMethod = method,
                payoffAmount,
            },
            key
        );
}
