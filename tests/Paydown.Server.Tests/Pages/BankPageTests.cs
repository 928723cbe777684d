using Paydown.Server.Tests.Statements;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Pages;

/// <summary>The pages about money on bank statements.</summary>
public sealed class BankPageTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task An_officer_gives_unidentified_money_its_place_on_the_page_of_its_entry_and_takes_it_back()
    {
        var lender = await server.AddOrganisationAsync();
        var loan = await lender.OpenLoanAsync();
        await lender.ReportAsync(loan, 100_00, lender.Today);
        var bank = new TestBank(lender);
        var id = (await bank.ImportOneAsync(new TestEntry(99, loan.Reference))).GetProperty("id").GetGuid();
        var browser = await TestBrowser.SignInAsync(lender.Cashier, server);
        var list = await browser.GetAsync("/office/money");
        list.Html.ShouldContain($"/office/money/{id}");

        var path = $"/office/money/{id}";
        var page = await browser.GetAsync(path);
        page.Text.ShouldContain("Report of Ada Example");
        page.Text.ShouldContain("1.00 more than the entry");
        var wrong = await browser.SubmitAsync(path, ("act", "assign"), ("parts", "nothing"));
        wrong.Status.ShouldBe(422);
        wrong.Text.ShouldContain("is not the reference of a loan and an amount");
        var parts = $"{loan.Reference} 99.00";
        (await browser.SubmitAsync(path, ("act", "assign"), ("parts", parts))).Location.ShouldBe($"{path}?done=ok");
        (await browser.GetAsync(path)).Text.ShouldContain("Assigned");
        (await browser.SubmitAsync(path, ("act", "undo"), ("reason", "A mistake"))).Location.ShouldBe(
            $"{path}?done=ok"
        );
        (await browser.GetAsync(path)).Text.ShouldContain("A mistake");
        (await browser.SubmitAsync(path, ("act", "ignore"), ("reason", "Ours"))).Location.ShouldBe($"{path}?done=ok");
        (await browser.GetAsync("/office/money")).Text.ShouldContain(
            "Every amount on the bank statements has its place"
        );
    }

    [Fact]
    public async Task Two_transfers_of_one_report_are_joined_on_the_page_of_one_of_them()
    {
        var lender = await server.AddOrganisationAsync();
        var loan = await lender.OpenLoanAsync();
        var reported = await lender.ReportAsync(loan, 100_00, lender.Today);
        var bank = new TestBank(lender);
        var entries = await bank.ImportAsync(new TestEntry(60, loan.Reference), new TestEntry(40, loan.Reference));
        var browser = await TestBrowser.SignInAsync(lender.Cashier, server);
        var path = $"/office/money/{entries[0].GetProperty("id").GetGuid()}";
        (await browser.GetAsync(path)).Text.ShouldContain("Join them to the report");
        var joined = await browser.SubmitAsync(
            path,
            ("act", "join"),
            ("repayment", $"{reported}"),
            ("with", $"{entries[1].GetProperty("id").GetGuid()}")
        );
        joined.Location.ShouldBe($"{path}?done=ok");
        var repayment = await bank.RepaymentAsync(reported);
        repayment.GetProperty("verificationStatus").GetString().ShouldBe("VERIFIED");
    }

    [Fact]
    public async Task A_bank_account_is_shown_beside_its_ledger_with_links_to_what_is_in_transit()
    {
        var lender = await server.AddOrganisationAsync();
        var loan = await lender.OpenLoanAsync();
        await new TestBank(lender).ImportAsync(new TestEntry(60, loan.Reference));
        var paid = await lender.PayAsync(loan, 20_00, lender.Today);
        var browser = await TestBrowser.SignInAsync(lender.Cashier, server);
        var account = (await lender.Cashier.GetAsync("admin/collection-accounts"))
            .ShouldSucceed()[0]
            .GetProperty("id")
            .GetGuid();
        var path = $"/office/statements/accounts/{account}";
        (await browser.GetAsync("/office/statements")).Html.ShouldContain(path);
        var page = await browser.GetAsync(path);
        page.Text.ShouldContain("1,060.00");
        page.Text.ShouldContain("Verified by hand, not on a statement");
        page.Html.ShouldContain($"/office/repayments/{paid}");
        (await browser.GetAsync($"{path}?kind=SetAside")).Text.ShouldContain("Nothing is in transit.");
        (await browser.GetAsync($"{path}?asOf={lender.Today.AddDays(-9):yyyy-MM-dd}")).Text.ShouldContain(
            "No statement of this account states a balance"
        );
        (await browser.GetAsync($"/office/statements/accounts/{server.Ids.Next()}")).Status.ShouldBe(404);
    }
}
