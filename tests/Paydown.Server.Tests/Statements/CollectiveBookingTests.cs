using System.Globalization;
using System.Text;
using System.Text.Json;
using Paydown.Lending.Accounting;
using Paydown.Server.Loans;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Statements;

public sealed class CollectiveBookingTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private const string Booking = "COLL-20260615-1";

    private TestOrganisation lender = null!;
    private TestBank bank = null!;

    public async ValueTask InitializeAsync()
    {
        lender = await server.AddOrganisationAsync();
        bank = new TestBank(lender);
    }

    public async ValueTask DisposeAsync() => await server.ShouldAuditCleanAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Details_of_a_notification_take_the_place_of_their_booking_whichever_file_comes_first(
        bool isNotificationFirst
    )
    {
        var loans = new[] { await lender.OpenLoanAsync(), await lender.OpenLoanAsync() };
        var reported = await lender.ReportAsync(loans[0], 60_00, lender.Today);
        var notification = Notification((60, loans[0].Reference), (40, loans[1].Reference), (7, null));
        if (isNotificationFirst)
            await ImportAsync(notification);
        await bank.ImportAsync(new TestEntry(107, Text: "Collective credit") { BankReference = Booking });
        if (!isNotificationFirst)
        {
            (await bank.BalanceAsync(LedgerAccount.UnidentifiedReceipts)).ShouldBe(-107_00);
            await ImportAsync(notification);
        }

        (await StatesAsync()).ShouldBe(["ITEMISED 107", "MATCHED 40", "MATCHED 60", "UNMATCHED 7"]);
        (await bank.RepaymentAsync(reported)).GetProperty("verificationStatus").GetString().ShouldBe("VERIFIED");
        (await bank.BalanceAsync(LedgerAccount.UnidentifiedReceipts)).ShouldBe(-7_00);
        (await bank.BalanceAsync(LedgerAccount.CollectionAccount)).ShouldBe(107_00);

        // The same files again, and a repeat of the notification in another file, add nothing.
        await bank.ImportAsync(new TestEntry(107, Text: "Collective credit") { BankReference = Booking });
        await ImportAsync([.. notification, .. "\n"u8]);
        (await StatesAsync()).Count.ShouldBe(4);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_statement_of_one_sum_and_an_itemised_one_of_its_day_count_once_and_the_later_waits(
        bool isSumFirst
    )
    {
        var loan = await lender.OpenLoanAsync();
        TestEntry[] sum = [new(100, Text: "Collective credit") { BankReference = Booking }];
        TestEntry[] items = [new(60, loan.Reference), new(40, loan.Reference)];
        await bank.ImportAsync(isSumFirst ? sum : items);
        var before = await lender.ReadAsync(loan);
        var later = await bank.ImportAsync(isSumFirst ? items : sum);

        later.Select(one => one.GetProperty("state").GetString()).ShouldAllBe(state => state == "TO_DECIDE");
        later[0].GetProperty("reasons").ToString().ShouldContain("earlier statement");
        (await lender.ReadAsync(loan)).Balance.ShouldBe(before.Balance);
        foreach (var entry in later)
        {
            (
                await lender.Cashier.PutAsync(
                    $"admin/unmatched-payments/{entry.GetProperty("id").GetGuid()}/ignore",
                    new { reason = "In the other statement" }
                )
            ).ShouldSucceed();
        }

        (await bank.BalanceAsync(LedgerAccount.CollectionAccount)).ShouldBe(100_00);
    }

    [Fact]
    public async Task What_was_announced_and_never_booked_is_listed_with_its_age()
    {
        using (server.Clock.At(lender.Today.AddDays(-20)))
        {
            var paid = new TestEntry(31) { EndToEndId = "E-31" };
            await bank.ImportAsync(paid with { IsPending = true }, new TestEntry(30) { IsPending = true });
            await bank.ImportAsync(paid);
        }

        await bank.ImportAsync(new TestEntry(32) { IsPending = true });
        var listed = (await lender.Cashier.GetAsync("admin/unmatched-payments?state=ANNOUNCED")).ShouldSucceed();
        listed.GetArrayLength().ShouldBe(1);
        listed[0].GetProperty("entry").GetProperty("amount").GetDecimal().ShouldBe(30);
        listed[0].GetProperty("ageInDays").GetInt32().ShouldBe(20);
        (await lender.Cashier.GetAsync("admin/unmatched-payments?state=BOOKED")).Status.ShouldBe(422);
    }

    [Fact]
    public async Task Details_that_do_not_add_up_stay_information()
    {
        var loan = await lender.OpenLoanAsync();
        await ImportAsync(Notification((60, loan.Reference), (40, null)));
        await bank.ImportAsync(new TestEntry(101) { BankReference = Booking });
        (await StatesAsync()).ShouldBe(["ANNOUNCED 40", "ANNOUNCED 60", "UNMATCHED 101"]);
    }

    [Fact]
    public async Task What_an_officer_has_decided_about_a_booking_stays_as_it_is()
    {
        var loan = await lender.OpenLoanAsync();
        var booked = await bank.ImportOneAsync(new TestEntry(100) { BankReference = Booking });
        (
            await lender.Cashier.PutAsync(
                $"admin/unmatched-payments/{booked.GetProperty("id").GetGuid()}/assign",
                new { accountId = loan.Id.Value }
            )
        ).ShouldSucceed();
        await ImportAsync(Notification((60, loan.Reference), (40, null)));
        (await StatesAsync()).ShouldBe(["ANNOUNCED 40", "ANNOUNCED 60", "ASSIGNED 100"]);
    }

    [Fact]
    public async Task The_details_are_decided_one_by_one_and_the_booking_not_at_all()
    {
        var loan = await lender.OpenLoanAsync();
        await bank.ImportAsync(new TestEntry(67) { BankReference = Booking });
        await ImportAsync(Notification((60, loan.Reference), (7, null)));
        var entries = await EntriesAsync();
        var booking = entries.Single(entry => entry.GetProperty("amount").GetDecimal() == 67);
        var detail = entries.Single(entry => entry.GetProperty("amount").GetDecimal() == 60);
        (await UndoAsync(booking)).ShouldBeRefused(409, "ENTRY_NOT_DECIDED");
        (await UndoAsync(detail)).ShouldSucceed();
        (await StatesAsync()).ShouldBe(["ITEMISED 67", "UNMATCHED 60", "UNMATCHED 7"]);
        // A recall of one payment takes its detail back.
        await bank.ImportAsync(new TestEntry(-60, Text: "Recall") { BankReference = "TX-60000", IsReversal = true });
        (await StatesAsync()).ShouldContain("REVERSED 60");
        (await bank.BalanceAsync(LedgerAccount.CollectionAccount)).ShouldBe(7_00);
    }

    [Fact]
    public async Task A_later_statement_that_lists_the_details_as_bookings_adds_nothing()
    {
        var loan = await lender.OpenLoanAsync();
        await bank.ImportAsync(new TestEntry(67) { BankReference = Booking });
        await ImportAsync(Notification((60, loan.Reference), (7, null)));
        await bank.ImportAsync(
            new TestEntry(60, Text: loan.Reference) { BankReference = "TX-60000" },
            new TestEntry(7) { BankReference = "TX-7000" }
        );
        (await StatesAsync()).ShouldBe(["ITEMISED 67", "MATCHED 60", "UNMATCHED 7"]);
        (await bank.BalanceAsync(LedgerAccount.CollectionAccount)).ShouldBe(67_00);
    }

    [Fact]
    public async Task What_was_announced_counts_once_when_it_is_booked_and_the_announcement_names_its_booking()
    {
        var loan = await lender.OpenLoanAsync();
        var money = new TestEntry(33, loan.Reference) { PayerAccount = "0123456789" };
        await bank.ImportAsync(money with { IsPending = true }, money with { IsPending = true, Amount = 34 });
        (await StatesAsync()).ShouldBe(["ANNOUNCED 33", "ANNOUNCED 34"]);
        var booked = await bank.ImportOneAsync(money with { BankReference = "B-330033" });
        (await StatesAsync()).ShouldBe(["ANNOUNCED 34", "BOOKED 33", "MATCHED 33"]);
        var announced = (await EntriesAsync()).Single(one => one.GetProperty("state").GetString() == "BOOKED");
        announced.GetProperty("otherEntryId").GetGuid().ShouldBe(booked.GetProperty("id").GetGuid());
        (await bank.BalanceAsync(LedgerAccount.CollectionAccount)).ShouldBe(33_00);
        (await UndoAsync(announced)).ShouldBeRefused(409, "ENTRY_NOT_DECIDED");

        // A second payment of the same amount has its own announcement, or none.
        await bank.ImportAsync(money with { BankReference = "B-330034" });
        (await StatesAsync()).Count(state => state == "BOOKED 33").ShouldBe(1);
    }

    [Fact]
    public async Task Two_servers_that_import_booking_and_notification_at_once_count_the_money_once()
    {
        await using var second = await server.StartSecondAsync();
        var loans = new List<StoredLoan>();
        for (var i = 0; i < 5; i++)
            loans.Add(await lender.OpenLoanAsync());
        var notification = Notification([.. loans.Select((loan, i) => (10m + i, (string?)loan.Reference))]);
        var statement = new TestStatement(lender.Today, new TestEntry(60) { BankReference = Booking }).ToFile();
        var replies = await Task.WhenAll(
            lender.Cashier.UploadAsync("admin/bank-statements?fileName=a.xml", notification),
            lender.Manager.On(second).UploadAsync("admin/bank-statements?fileName=b.xml", statement)
        );
        replies.ShouldAllBe(reply => reply.Status == 200);
        // Whichever was last has seen the other, or the next import does.
        await bank.ImportAsync(new TestEntry(1) { BankReference = "OTHER-77" });
        (await bank.BalanceAsync(LedgerAccount.CollectionAccount)).ShouldBe(61_00);
        (await StatesAsync()).Count(state => state.StartsWith("MATCHED", StringComparison.Ordinal)).ShouldBe(5);
    }

    private byte[] Notification(params IReadOnlyList<(decimal Amount, string? Reference)> details)
    {
        string Text(decimal amount) => amount.ToString("F2", CultureInfo.InvariantCulture);
        var xml = new StringBuilder("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.054.001.04\">")
            .Append("<BkToCstmrDbtCdtNtfctn><Ntfctn><Id>N-1</Id><Acct><Id><Othr><Id>0000014579</Id></Othr></Id>")
            .Append("<Ccy>NGN</Ccy></Acct><Ntry>")
            .Append($"<Amt Ccy=\"NGN\">{Text(details.Sum(one => one.Amount))}</Amt><CdtDbtInd>CRDT</CdtDbtInd>")
            .Append($"<Sts>BOOK</Sts><BookgDt><Dt>{lender.Today:yyyy-MM-dd}</Dt></BookgDt>")
            .Append($"<AcctSvcrRef>{Booking}</AcctSvcrRef><NtryDtls>");
        foreach (var (amount, reference) in details)
            xml.Append($"<TxDtls><Refs><AcctSvcrRef>TX-{amount:F0}000</AcctSvcrRef></Refs>")
                .Append($"<Amt Ccy=\"NGN\">{Text(amount)}</Amt><CdtDbtInd>CRDT</CdtDbtInd>")
                .Append($"<RmtInf><Ustrd>{reference ?? "For you"}</Ustrd></RmtInf></TxDtls>");
        xml.Append("</NtryDtls></Ntry></Ntfctn></BkToCstmrDbtCdtNtfctn></Document>");
        return Encoding.UTF8.GetBytes(xml.ToString());
    }

    private async Task ImportAsync(byte[] file) =>
        (await lender.Cashier.UploadAsync("admin/bank-statements?fileName=camt.xml", file)).ShouldSucceed();

    private Task<Reply> UndoAsync(JsonElement entry) =>
        lender.Cashier.PutAsync(
            $"admin/statement-entries/{entry.GetProperty("id").GetGuid()}/undo",
            new { reason = "Wrong." }
        );

    private async Task<IReadOnlyList<JsonElement>> EntriesAsync()
    {
        var all = new List<JsonElement>();
        var statements = (await lender.Cashier.GetAsync("admin/bank-statements?size=50")).ShouldSucceed();
        foreach (var statement in statements.EnumerateArray())
        {
            var id = statement.GetProperty("id").GetGuid();
            var entries = await lender.Cashier.GetAsync($"admin/bank-statements/{id}/entries?size=50");
            all.AddRange(entries.ShouldSucceed().EnumerateArray());
        }

        return all;
    }

    private async Task<IReadOnlyList<string>> StatesAsync() =>
        [
            .. (await EntriesAsync())
                .Select(entry =>
                    $"{entry.GetProperty("state").GetString()} {entry.GetProperty("amount").GetDecimal():0}"
                )
                .Order(StringComparer.Ordinal),
        ];
}
