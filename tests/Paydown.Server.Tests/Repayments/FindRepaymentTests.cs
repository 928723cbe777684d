using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Repayments;

/// <summary>How an officer finds a payment with <see cref="Server.Repayments.ListRepaymentsForOfficers"/>.</summary>
public sealed class FindRepaymentTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private TestUser cashier = null!;
    private Borrower borrower = null!;
    private Borrower other = null!;

    public async ValueTask InitializeAsync()
    {
        cashier = server.Lender.Cashier;
        (borrower, other) = (await Borrower.CreateAsync(server), await Borrower.CreateAsync(server));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task By_customer_and_by_loan_account()
    {
        var mine = await ReportAsync(borrower, 10);
        await ReportAsync(other, 10);
        (await FindAsync($"customerId={borrower.Customer.UserId}")).ShouldBe([mine]);
        (await FindAsync($"accountId={borrower.Loan.Id}")).ShouldBe([mine]);
        (await FindAsync($"accountId={borrower.Loan.Id}&customerId={other.Customer.UserId}")).ShouldBeEmpty();
        (await FindAsync($"accountId={borrower.Loan.Id}&loanApplicationId={other.Loan.ApplicationId}")).ShouldBeEmpty();
        (await FindAsync($"customerId={server.Ids.Next()}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task By_amount_in_any_status_and_with_other_filters()
    {
        var waiting = await ReportAsync(borrower, 77.31m);
        var verified = await ReportAsync(borrower, 77.31m);
        (await cashier.PutAsync($"admin/repayments/{verified}/verify")).ShouldSucceed();
        var rejected = await ReportAsync(other, 77.31m);
        (
            await cashier.PutAsync($"admin/repayments/{rejected}/reject", new { reason = "No such transfer." })
        ).ShouldSucceed();
        await ReportAsync(borrower, 77.32m);

        (await FindAsync("amount=77.31")).ShouldBe([rejected, verified, waiting]);
        (await FindAsync("amount=77.310&order=OLDEST_FIRST")).ShouldBe([waiting, verified, rejected]);
        (await FindAsync("amount=77.31&status=PENDING_VERIFICATION")).ShouldBe([waiting]);
        (await FindAsync("amount=77.31&status=VERIFIED")).ShouldBe([verified]);
        (await FindAsync("amount=77.31&status=REJECTED")).ShouldBe([rejected]);
        (await FindAsync("amount=77.31&status=ALL&size=2&page=2")).ShouldBe([waiting]);
        (await FindAsync($"amount=77.31&customerId={other.Customer.UserId}")).ShouldBe([rejected]);
        (await cashier.GetAsync("admin/repayments/list?amount=0")).ShouldBeRefused(422, "VALIDATION_ERROR");
        (await cashier.GetAsync("admin/repayments/list?amount=77.311"))
            .ShouldBeRefused(422, "VALIDATION_ERROR")
            .Body.ShouldContain("at most 2 fraction digits");
        (await cashier.GetAsync("admin/repayments/list?amount=x")).ShouldBeRefused(400, "BAD_REQUEST");
        (await cashier.GetAsync("admin/repayments/list?amount=1e3")).ShouldBeRefused(400, "BAD_REQUEST");
    }

    [Fact]
    public async Task By_reference_as_people_write_it_whether_it_is_the_loans_or_not()
    {
        var right = await ReportAsync(borrower, 10);
        var mistyped = await ReportAsync(other, 10, "Loan: jan-2026 / Ada");
        var reference = borrower.Loan.Reference;
        (await FindAsync($"reference={reference}")).ShouldBe([right]);
        var spaced = string.Join(' ', reference.ToLowerInvariant().Chunk(4).Select(group => new string(group)));
        (await FindAsync($"reference={Uri.EscapeDataString(spaced)}")).ShouldBe([right]);
        (await FindAsync($"reference={Uri.EscapeDataString("LOAN JAN2026 ada")}")).ShouldBe([mistyped]);
        (
            await FindAsync($"reference={Uri.EscapeDataString("LOAN JAN2026 ada")}&customerId={other.Customer.UserId}")
        ).ShouldBe([mistyped]);
        (await FindAsync($"reference={reference}&customerId={other.Customer.UserId}")).ShouldBeEmpty();
        (await FindAsync("reference=nothing")).ShouldBeEmpty();
    }

    [Fact]
    public async Task By_the_bank_account_that_the_report_names()
    {
        var id = await ReportAsync(borrower, 10);
        var found = (
            await cashier.GetAsync(
                $"admin/repayments/list?bankAccountNumber=0123456785&customerId={borrower.Customer.UserId}"
            )
        )
            .ShouldSucceed()
            .EnumerateArray()
            .ShouldHaveSingleItem();
        found.GetProperty("id").GetGuid().ShouldBe(id);
        found
            .GetProperty("bankAccount")
            .GetRawText()
            .ShouldBe(
                $$"""
                {"bankAccountId":"{{borrower.BankAccountId}}","accountNumber":"0123456785","accountName":"EXAMPLE ADA",
                "bankCode":"058","bankName":"Example Bank"}
                """.ReplaceLineEndings("")
            );
        (await FindAsync($"bankAccountNumber=0123456785&customerId={borrower.Customer.UserId}")).ShouldBe([id]);
        (await FindAsync("bankAccountNumber=9999999999")).ShouldBeEmpty();
        var unnamed = await server.Lender.RecordAsync(borrower.Loan, 100, server.Today);
        (await FindAsync($"bankAccountNumber=0123456785&customerId={borrower.Customer.UserId}")).ShouldNotContain(
            unnamed
        );
    }

    [Fact]
    public async Task By_the_customers_name_or_email()
    {
        var id = await ReportAsync(borrower, 10);
        var email = $"{borrower.Customer.UserId}@test.example";
        (await FindAsync($"search={email[..20]}")).ShouldBe([id]);
        (
            await FindAsync($"search={email}&amount=10&status=PENDING_VERIFICATION&reference={borrower.Loan.Reference}")
        ).ShouldBe([id]);
        (await FindAsync($"search=ada%20exam&customerId={borrower.Customer.UserId}")).ShouldBe([id]);
        (await FindAsync($"search=bola&customerId={borrower.Customer.UserId}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_search_that_finds_too_many_customers_says_so()
    {
        await server.BackDoor.ExecuteAsync(
            """
            insert into app_user (id, organisation_id, role, first_name, last_name, email, password_hash, recorded_at)
            select gen_random_uuid(), $1, 'CUSTOMER', 'Zuri', 'Many', 'many' || n || '@example.com', '', now()
            from generate_series(1, 1001) n
            """,
            server.Lender.Id
        );

        (await cashier.GetAsync("admin/repayments/list?search=zuri"))
            .ShouldBeRefused(422, "VALIDATION_ERROR")
            .Body.ShouldContain("more than 1000 customers");
        (await FindAsync($"search=zuri&customerId={borrower.Customer.UserId}")).ShouldBeEmpty();
        (await FindAsync("search=many17@")).ShouldBeEmpty();
    }

    [Fact]
    public async Task By_day_or_instant_both_ends_included()
    {
        var first = await ReportAsync(borrower, 10);
        var second = await ReportAsync(borrower, 11);
        var times = (await cashier.GetAsync($"admin/repayments/list?accountId={borrower.Loan.Id}"))
            .ShouldSucceed()
            .EnumerateArray()
            .Select(one => one.GetProperty("creationDate").GetString()!)
            .ToList();
        var of = $"accountId={borrower.Loan.Id}";
        foreach (var narrowed in new[] { of, $"status=PENDING_VERIFICATION&{of}", "amount=11" })
        {
            (await FindAsync($"{narrowed}&startDate={times[0]}")).ShouldBe([second]);
            (await FindAsync($"{narrowed}&endDate={times[0]}")).ShouldContain(second);
        }

        (await FindAsync($"{of}&endDate={times[1]}")).ShouldBe([first]);
        var today = server.Today;
        (
            await FindAsync($"{of}&startDate={today.AddDays(-1):yyyy-MM-dd}&endDate={today.AddDays(1):yyyy-MM-dd}")
        ).ShouldBe([second, first]);
        (await FindAsync($"{of}&endDate={today.AddDays(-2):yyyy-MM-dd}")).ShouldBeEmpty();
        (await cashier.GetAsync("admin/repayments/list?startDate=yesterday")).ShouldBeRefused(400, "BAD_REQUEST");
    }

    [Fact]
    public async Task The_oldest_pending_report_comes_first_and_decided_ones_leave_the_list()
    {
        var first = await ReportAsync(borrower, 1);
        var second = await ReportAsync(borrower, 2);
        var third = await ReportAsync(borrower, 3);
        var path = $"customerId={borrower.Customer.UserId}&status=PENDING_VERIFICATION&order=OLDEST_FIRST";
        (await FindAsync(path)).ShouldBe([first, second, third]);
        (await cashier.PutAsync($"admin/repayments/{second}/verify")).ShouldSucceed();
        (await FindAsync(path)).ShouldBe([first, third]);
        (await FindAsync("status=PENDING_VERIFICATION&size=50")).ShouldBe(
            (await FindAsync("status=PENDING_VERIFICATION&size=50&order=OLDEST_FIRST")).Reverse()
        );
    }

    [Fact]
    public async Task Nothing_of_another_lender_is_found()
    {
        await ReportAsync(borrower, 33.33m);
        var stranger = await server.OtherLender.AddUserAsync(Role.Manager);
        foreach (
            var filter in new[]
            {
                "amount=33.33",
                $"customerId={borrower.Customer.UserId}",
                $"accountId={borrower.Loan.Id}",
                $"loanApplicationId={borrower.Loan.ApplicationId}",
                $"reference={borrower.Loan.Reference}",
                "bankAccountNumber=0123456785",
                $"search={borrower.Customer.UserId}",
                "status=PENDING_VERIFICATION",
                "",
            }
        )
        {
            (await stranger.GetAsync($"admin/repayments/list?{filter}"))
                .ShouldSucceed()
                .GetArrayLength()
                .ShouldBe(0, filter);
        }
    }

    private static async Task<Guid> ReportAsync(Borrower by, decimal amount, string? reference = null) =>
        (await by.ReportAsync(amount, reference: reference)).ShouldSucceed().GetProperty("id").GetGuid();

    private async Task<IReadOnlyList<Guid>> FindAsync(string query) =>
        [
            .. (await cashier.GetAsync($"admin/repayments/list?{query}"))
                .ShouldSucceed()
                .EnumerateArray()
                .Select(one => one.GetProperty("id").GetGuid()),
        ];
}
