using Paydown.Lending.Terms;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Loans;

/// <summary>What time alone changes about a loan, tested by moving the server's clock.</summary>
public sealed class ArrearsTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private readonly TestOrganisation lender = server.Lender;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync() => await server.ShouldAuditCleanAsync();

    [Fact]
    public async Task A_loan_is_in_arrears_from_the_day_after_an_installment_is_due_until_it_is_paid()
    {
        var borrower = await Borrower.CreateAsync(lender, new() { DaysAgo = 0 });
        server.Clock.AdvanceDays(30);
        (await ShownAsync(borrower)).ShouldBe(("ACTIVE", "PENDING", 0));
        server.Clock.AdvanceDays(1);
        (await ShownAsync(borrower)).ShouldBe(("IN_ARREARS", "OVERDUE", 1));
        server.Clock.AdvanceDays(6);
        (await ShownAsync(borrower)).ShouldBe(("IN_ARREARS", "OVERDUE", 7));

        await lender.PayAsync(borrower.Loan, 100_00, server.Today);
        (await ShownAsync(borrower)).ShouldBe(("ACTIVE", "PAID", 0));
    }

    [Fact]
    public async Task An_overdue_penalty_is_charged_once_its_grace_days_have_passed()
    {
        var customer = await lender.AddCustomerAsync();
        var terms = new TestLoan().TermsFrom(server.Today) with
        {
            OverduePenalty = new OverduePenalty(5, OverduePenaltyBase.PrincipalOverdue, 3),
        };
        var loan = await lender.OpenLoanAsync(customer, terms);
        server.Clock.AdvanceDays(33);
        (await ChargesAsync(loan.Id.Value)).ShouldBeEmpty();
        (await PayoffAsync(customer, loan.ApplicationId?.Value)).ShouldBe(1_200);
        server.Clock.AdvanceDays(1);
        (await ChargesAsync(loan.Id.Value)).ShouldBe([("PENALTY", 5)]);
        (await PayoffAsync(customer, loan.ApplicationId?.Value)).ShouldBe(1_205);

        // An installment is charged once, however late it is. The next one has its own charge.
        server.Clock.AdvanceDays(29);
        (await ChargesAsync(loan.Id.Value)).ShouldBe([("PENALTY", 5)]);
        server.Clock.AdvanceDays(1);
        (await ChargesAsync(loan.Id.Value)).ShouldBe([("PENALTY", 5), ("PENALTY", 5)]);
    }

    // Returns the state of the account, and the state and overdue days of its first installment.
    private static async Task<(string? Account, string? Installment, int DaysOverdue)> ShownAsync(Borrower borrower)
    {
        var path = $"user/loan-details-with-payment-history/{borrower.Loan.ApplicationId}";
        var loan = (await borrower.Customer.GetAsync(path)).ShouldSucceed();
        var first = loan.GetProperty("paymentHistory")[0];
        return (
            loan.GetProperty("accountState").GetString(),
            first.GetProperty("paymentStatus").GetString(),
            first.GetProperty("daysOverdue").GetInt32()
        );
    }

    private async Task<IEnumerable<(string?, decimal)>> ChargesAsync(Guid accountId) =>
        (await lender.Cashier.GetAsync($"admin/loans/{accountId}/charges"))
            .ShouldSucceed()
            .EnumerateArray()
            .Select(charge => (charge.GetProperty("kind").GetString(), charge.GetProperty("amount").GetDecimal()));

    private static async Task<decimal> PayoffAsync(TestUser customer, Guid? applicationId) =>
        (await customer.GetAsync($"user/payoff-quote/{applicationId}"))
            .ShouldSucceed()
            .GetProperty("payoffAmount")
            .GetDecimal();
}
