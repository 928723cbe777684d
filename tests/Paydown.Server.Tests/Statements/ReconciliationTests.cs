using System.Globalization;
using System.Text.Json;
using Paydown.Lending.Accounting;
using Paydown.Server.Payments;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Statements;

public sealed class ReconciliationTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private TestOrganisation lender = null!;
    private TestBank bank = null!;
    private Guid account;

    public async ValueTask InitializeAsync()
    {
        lender = await server.AddOrganisationAsync();
        bank = new TestBank(lender);
        account = (await lender.Cashier.GetAsync("admin/collection-accounts"))
            .ShouldSucceed()[0]
            .GetProperty("id")
            .GetGuid();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_balance_of_the_bank_is_the_ledger_with_what_is_in_transit_between_them()
    {
        var loan = await lender.OpenLoanAsync();
        await lender.PayAsync(loan, 11_00, lender.Today.AddDays(-3));
        await ImportAsync(
            -2,
            1_000,
            new(60, loan.Reference),
            new(5),
            new(7, Text: "Own money"),
            new(-3, Text: "COMMISSION")
        );
        await SetAsideAsync(7);
        await lender.PayAsync(loan, 20_00, lender.Today);

        var found = await ReconcileAsync();
        SumOf(found, "statementBalance").ShouldBe(1_069);
        SumOf(found, "ledgerBalance").ShouldBe(93);
        SumOf(found, "openingDifference").ShouldBe(989);
        SumOf(found, "missing").ShouldBe(0);
        SumOf(found, "notBooked").ShouldBe(7);
        SumOf(found, "inTransit").ShouldBe(20);
        found.GetProperty("fileName").GetString().ShouldBe("test.xml");
        (await ItemsAsync()).ShouldBe(["BANK SET_ASIDE 7", "LEDGER REPAYMENT 20"]);
        (await ItemsAsync("?kind=SET_ASIDE")).ShouldBe(["BANK SET_ASIDE 7"]);
        (await ItemsAsync("?side=LEDGER&size=1")).ShouldBe(["LEDGER REPAYMENT 20"]);
        var repayment = (await lender.Cashier.GetAsync(Path("/items?side=LEDGER"))).ShouldSucceed()[0];
        repayment.GetProperty("customerName").GetString().ShouldBe("Ada Example");
        repayment.GetProperty("accountId").GetGuid().ShouldBe(loan.Id.Value);
        repayment.GetProperty("bookedAs").GetString().ShouldBe("REPAYMENT_VERIFIED");
        await ShouldTieAsync();
    }

    [Fact]
    public async Task A_missing_statement_is_shown_as_what_it_moved_and_is_no_breach()
    {
        var loan = await lender.OpenLoanAsync();
        await ImportAsync(-5, 1_000, new TestEntry(60, loan.Reference));
        await ImportAsync(-3, 1_500, new TestEntry(40, loan.Reference));
        var found = await ReconcileAsync();
        SumOf(found, "missing").ShouldBe(440);
        SumOf(found, "statementBalance").ShouldBe(1_540);
        await ShouldTieAsync();

        // It comes late.
        await ImportAsync(-4, 1_060, new TestEntry(440, loan.Reference));
        SumOf(await ReconcileAsync(), "missing").ShouldBe(0);
        SumOf(await ReconcileAsync(), "ledgerBalance").ShouldBe(540);
        await ShouldTieAsync();
    }

    [Fact]
    public async Task Overlapping_statements_and_those_that_do_not_add_up_are_counted_once()
    {
        var loan = await lender.OpenLoanAsync();
        TestEntry first = new(60, loan.Reference) { On = lender.Today.AddDays(-5), BankReference = "B-1" };
        TestEntry second = new(40, loan.Reference) { On = lender.Today.AddDays(-4), BankReference = "B-2" };
        TestEntry third = new(30, loan.Reference) { On = lender.Today.AddDays(-3), BankReference = "B-3" };
        await ImportAsync(-3, 1_060, second, third);
        await ImportAsync(-4, 1_000, first, second);
        var found = await ReconcileAsync();
        (SumOf(found, "missing"), SumOf(found, "statementBalance")).ShouldBe((0, 1_130));

        var held = await ImportWrongAsync(-2, 1_130, 9, new TestEntry(1));
        SumOf(await ReconcileAsync(), "statementBalance").ShouldBe(1_130);
        (await lender.Cashier.PutAsync($"admin/bank-statements/{held}/confirm", new { })).ShouldSucceed();
        found = await ReconcileAsync();
        (SumOf(found, "missing"), SumOf(found, "statementBalance")).ShouldBe((9, 1_140));
        await ShouldTieAsync();
    }

    [Fact]
    public async Task A_past_day_shows_what_was_on_its_statement_and_in_the_ledger()
    {
        var loan = await lender.OpenLoanAsync();
        await ImportAsync(-5, 1_000, new TestEntry(1));
        await lender.PayAsync(loan, 60_00, lender.Today.AddDays(-4));
        await ImportAsync(-3, 1_001, new TestEntry(60, loan.Reference));
        (await ItemsAsync()).ShouldBeEmpty();
        var asOf = $"?asOf={lender.Today.AddDays(-4):yyyy-MM-dd}";
        var found = await ReconcileAsync(asOf);
        SumOf(found, "statementBalance").ShouldBe(1_001);
        SumOf(found, "ledgerBalance").ShouldBe(61);
        SumOf(found, "inTransit").ShouldBe(60);
        (await ItemsAsync(asOf)).ShouldBe(["LEDGER LATER_STATEMENT 60"]);
        found = await ReconcileAsync($"?asOf={lender.Today.AddDays(-20):yyyy-MM-dd}");
        found.GetProperty("statementBalance").ValueKind.ShouldBe(JsonValueKind.Null);
        (await lender.Cashier.GetAsync(Path($"?asOf={lender.Today.AddDays(1):yyyy-MM-dd}"))).ShouldBeRefused(
            422,
            "VALIDATION_ERROR"
        );
        await ShouldTieAsync();
    }

    [Fact]
    public async Task Payouts_are_in_transit_until_a_statement_shows_them_also_that_of_another_account()
    {
        var seen = await PayOutAsync(30);
        await PayOutAsync(20);
        await ImportAsync(-1, 1_000, new TestEntry(-30, Text: $"NIP {seen}"));
        // Without an account to pay out of, this one stands for both.
        (await ItemsAsync()).ShouldBe(["LEDGER PAYOUT -20"]);
        await ShouldTieAsync();

        var funding = await AddAccountAsync("FUNDING_ACCOUNT", "0000014580");
        (await ItemsAsync()).ShouldBe(["BANK OTHER_ACCOUNT -30"]);
        await ShouldTieAsync();
        SumOf(await ReconcileAsync(of: funding), "ledgerBalance").ShouldBe(-50);
    }

    [Fact]
    public async Task Accounts_that_share_an_account_of_the_ledger_are_reconciled_by_their_entries()
    {
        var loan = await lender.OpenLoanAsync();
        var second = await AddAccountAsync("COLLECTION_ACCOUNT", "0000014581");
        await ImportAsync(-2, 1_000, new TestEntry(60, loan.Reference));
        var own = await lender.Cashier.UploadAsync(
            "admin/bank-statements?fileName=second.xml",
            new TestStatement(lender.Today.AddDays(-2), new TestEntry(40, loan.Reference), new TestEntry(-15))
            {
                Account = "0000014581",
                Opening = 300,
            }.ToFile()
        );
        own.ShouldSucceed();
        await lender.PayAsync(loan, 9_00, lender.Today);
        SumOf(await ReconcileAsync(), "ledgerBalance").ShouldBe(69);
        var found = await ReconcileAsync(of: second);
        (SumOf(found, "ledgerBalance"), SumOf(found, "statementBalance")).ShouldBe((25, 325));
        (await ItemsAsync()).ShouldBe(["LEDGER REPAYMENT 9"]);
        await ShouldTieAsync();
        (await server.OtherLender.Cashier.GetAsync(Path())).ShouldBeRefused(404, "NOT_FOUND");
        (await server.OtherLender.Cashier.GetAsync(Path("/items"))).ShouldBeRefused(404, "NOT_FOUND");
    }

    [Fact]
    public async Task Before_its_first_statement_an_account_has_its_ledger_only()
    {
        var loan = await lender.OpenLoanAsync();
        await lender.PayAsync(loan, 60_00, lender.Today);
        var found = await ReconcileAsync();
        SumOf(found, "ledgerBalance").ShouldBe(60);
        found.GetProperty("items").GetArrayLength().ShouldBe(0);
        found.GetProperty("openingDifference").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    // Each statement has one of these as $1: the statement, its entry that pays, the repayment, its entry that waits.
    [Theory]
    [InlineData("update bank_statement set closing_amount = closing_amount + 100 where id = $1", 0)]
    [InlineData("delete from entry_link where entry_id = $1", 1)]
    [InlineData(
        "update journal_entry set amounts = array(select a * 2 from unnest(amounts) a) where subject_id = $1",
        2
    )]
    [InlineData("delete from journal_entry where subject_id = $1", 3)]
    [InlineData("update journal_entry set subject_id = customer_id where subject_id = $1", 2)]
    public async Task Damaged_books_leave_an_unexplained_rest_and_the_audit_finds_it(string damage, int subject)
    {
        var loan = await lender.OpenLoanAsync();
        var statement = await ImportAsync(-1, 1_000, new TestEntry(60, loan.Reference), new TestEntry(5));
        SumOf(await ReconcileAsync(), "unexplained").ShouldBe(0);
        var entries = (await lender.Cashier.GetAsync($"admin/bank-statements/{statement}/entries")).ShouldSucceed();
        var paying = entries[0];
        Guid[] subjects =
        [
            statement,
            paying.GetProperty("id").GetGuid(),
            paying.GetProperty("repayments")[0].GetProperty("repaymentId").GetGuid(),
            entries[1].GetProperty("id").GetGuid(),
        ];
        await server.BackDoor.DamageAsync(damage, subjects[subject]);
        SumOf(await ReconcileAsync(), "unexplained").ShouldNotBe(0);
        var (exit, output) = await server.AuditAsync();
        exit.ShouldBe(1);
        output
            .Split('\n')
            .ShouldContain(line =>
                line.StartsWith("BREACH the balance of a bank account = its ledger", StringComparison.Ordinal)
                && line.Contains(account.ToString(), StringComparison.Ordinal)
            );
    }

    // Both sides of the equation, and all accounts together are the accounts of the ledger.
    private async Task ShouldTieAsync()
    {
        var total = 0m;
        var accounts = (await lender.Cashier.GetAsync("admin/collection-accounts")).ShouldSucceed();
        foreach (var id in accounts.EnumerateArray().Select(one => one.GetProperty("id").GetGuid()))
        {
            var found = await ReconcileAsync(of: id);
            total += SumOf(found, "ledgerBalance");
            SumOf(found, "unexplained").ShouldBe(0);
            if (found.GetProperty("statementBalance").ValueKind == JsonValueKind.Null)
                continue;
            SumOf(found, "statementBalance")
                .ShouldBe(
                    SumOf(found, "ledgerBalance")
                        + SumOf(found, "openingDifference")
                        + SumOf(found, "missing")
                        + SumOf(found, "notBooked")
                        - SumOf(found, "inTransit")
                );
        }

        var ledger =
            await bank.BalanceAsync(LedgerAccount.CollectionAccount)
            + await bank.BalanceAsync(LedgerAccount.FundingAccount);
        (total * 100).ShouldBe(ledger);
        var (_, output) = await server.AuditAsync();
        output.ShouldNotContain(account.ToString());
    }

    private string Path(string rest = "") => $"admin/collection-accounts/{account}/reconciliation{rest}";

    private async Task<JsonElement> ReconcileAsync(string query = "", Guid? of = null) =>
        (
            await lender.Cashier.GetAsync(
                $"admin/collection-accounts/{of ?? account}/reconciliation?{query.TrimStart('?')}"
            )
        ).ShouldSucceed();

    private async Task<IReadOnlyList<string>> ItemsAsync(string query = "")
    {
        var listed = (
            await lender.Cashier.GetAsync(
                $"admin/collection-accounts/{account}/reconciliation/items?{query.TrimStart('?')}"
            )
        ).ShouldSucceed();
        return
        [
            .. listed
                .EnumerateArray()
                .Select(one =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{one.GetProperty("side")} {one.GetProperty("kind")} {one.GetProperty("amount").GetDecimal():0.##}"
                    )
                ),
        ];
    }

    private static decimal SumOf(JsonElement found, string name) => found.GetProperty(name).GetDecimal();

    private Task<Guid> ImportAsync(int day, decimal opening, params TestEntry[] entries) =>
        ImportWrongAsync(day, opening, 0, entries);

    private async Task<Guid> ImportWrongAsync(int day, decimal opening, decimal error, params TestEntry[] entries)
    {
        var statement = new TestStatement(lender.Today.AddDays(day), entries) { Opening = opening, Error = error };
        var imported = await lender.Cashier.UploadAsync("admin/bank-statements?fileName=test.xml", statement.ToFile());
        return imported.ShouldSucceed().GetProperty("statements")[0].GetProperty("id").GetGuid();
    }

    private async Task SetAsideAsync(decimal amount)
    {
        var listed = (await lender.Cashier.GetAsync("admin/unmatched-payments")).ShouldSucceed();
        var entry = listed
            .EnumerateArray()
            .Select(one => one.GetProperty("entry"))
            .Single(one => one.GetProperty("amount").GetDecimal() == amount);
        var path = $"admin/unmatched-payments/{entry.GetProperty("id").GetGuid()}/ignore";
        (await lender.Cashier.PutAsync(path, new { reason = "Booked elsewhere" })).ShouldSucceed();
    }

    private async Task<Guid> AddAccountAsync(string ledgerAccount, string number)
    {
        var body = new
        {
            name = "Another",
            accountNumber = number,
            currencyCode = "NGN",
            ledgerAccount,
        };
        var added = await lender.Manager.PostAsync("admin/collection-accounts", body);
        return added.ShouldSucceed().GetProperty("id").GetGuid();
    }

    // A customer's withdrawal, which the payment partner has carried out.
    private async Task<string> PayOutAsync(decimal amount)
    {
        var customer = await lender.AddCustomerAsync();
        var bankAccountId = await lender.BankAccountOfAsync(customer, TestWallet.GoodNumber);
        await lender.FundWalletAsync(customer, 100_00);
        var wallet = new TestWallet(server, customer, bankAccountId, TestWallet.GoodNumber);
        var reference = await wallet.TransferAsync(amount);
        var partner = new SandboxPartner(server.Database, server.Clock, TimeSpan.Zero);
        for (var round = 0; round < 2; round++)
            await TestWallet.DispatcherOf(server, partner).RunOnceAsync(default);
        return reference;
    }
}
