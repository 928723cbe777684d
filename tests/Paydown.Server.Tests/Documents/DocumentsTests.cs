using System.Globalization;
using System.Text;
using Paydown.Client;
using Paydown.Server.Documents;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Tests.Client;
using Shouldly;
using UglyToad.PdfPig;
using Xunit;

namespace Paydown.Server.Tests.Documents;

/// <summary>
/// <see cref="DownloadReceipt"/>, <see cref="DownloadStatement"/>, <see cref="DownloadSchedule"/> and
/// <see cref="DownloadOffer"/>.
/// </summary>
public sealed class DocumentsTests(TestServer server) : IClassFixture<TestServer>
{
    private static readonly HttpClient Http = new();
    private readonly TestOrganisation lender = server.Lender;

    [Fact]
    public async Task A_receipt_shows_what_arrived_what_it_paid_and_what_is_left()
    {
        var customer = await lender.AddCustomerAsync();
        var loan = await lender.AddLoanAsync(customer, new() { DaysAgo = 40 });
        var repayment = await lender.PayAsync(loan, 130_00, server.Today);
        var pdf = await DownloadAsync(customer, $"user/receipts/{repayment}");
        var text = TextOf(pdf);
        text.ShouldStartWith("Test Lender");
        text.ShouldContain("Receipt");
        text.ShouldContain("Amount ₦130.00");
        text.ShouldContain("From Ada Example");
        text.ShouldContain(loan.Reference);
        text.ShouldContain($"1 {Day(server.Today.AddDays(-10))} 100.00 0.00 0.00 0.00");
        text.ShouldContain($"2 {Day(server.Today.AddDays(20))} 30.00 0.00 0.00 0.00");
        text.ShouldContain("Outstanding in all ₦1,070.00");
        using var document = PdfDocument.Open(pdf);
        // A5, in points.
        ((int)document.GetPage(1).Width, (int)document.GetPage(1).Height).ShouldBe((419, 595));
        Encoding.Latin1.GetString(pdf).ShouldContain("/StructTreeRoot");
    }

    [Fact]
    public async Task A_report_that_does_not_count_has_no_receipt()
    {
        var customer = await lender.AddCustomerAsync();
        var loan = await lender.AddLoanAsync(customer);
        var reported = await lender.ReportAsync(loan, 50_00, server.Today);
        var rejected = await lender.RejectAsync(loan, 20_00);
        TextOf(await DownloadAsync(customer, $"user/receipts/{reported}")).ShouldContain("This is no receipt");
        TextOf(await DownloadAsync(customer, $"user/receipts/{rejected}")).ShouldContain("was rejected:");
    }

    [Fact]
    public async Task The_same_events_give_the_same_bytes_also_after_a_restart()
    {
        var customer = await lender.AddCustomerAsync();
        var loan = await lender.AddLoanAsync(customer, new() { PaidMinor = 30_00 });
        var repayment = await lender.PayAsync(loan, 50_00, server.Today);
        await using var second = await server.StartSecondAsync();
        string[] paths =
        [
            $"user/receipts/{repayment}",
            $"user/statements/{loan.Id}",
            $"user/schedules/{loan.Id}",
            $"user/offers/{loan.ApplicationId}",
        ];
        foreach (var path in paths)
        {
            var first = await DownloadAsync(customer, path);
            (await DownloadAsync(customer.On(second), path)).ShouldBe(first, path);
            (await DownloadAsync(lender.Cashier, path)).ShouldBe(first, path);
        }

        await lender.PayAsync(loan, 1_00, server.Today);
        var later = TextOf(await DownloadAsync(customer, $"user/statements/{loan.Id}"));
        later.ShouldContain("Outstanding in all ₦1,119.00");
    }

    [Fact]
    public async Task A_statement_shows_the_events_of_its_period_and_the_balances_before_and_after()
    {
        var customer = await lender.AddCustomerAsync();
        var loan = await lender.AddLoanAsync(customer, new() { DaysAgo = 40, PaidMinor = 30_00 });
        await lender.PayAsync(loan, 50_00, server.Today.AddDays(-5));
        await lender.ReverseAsync(loan, 7_00);
        var (from, to) = (server.Today.AddDays(-10), server.Today.AddDays(-1));
        var text = TextOf(
            await DownloadAsync(customer, $"user/statements/{loan.Id}?from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}")
        );
        text.ShouldContain($"Period {Day(from)} – {Day(to)}");
        text.ShouldContain("Outstanding before ₦1,170.00");
        text.ShouldContain($"{Day(server.Today.AddDays(-5))} Repayment 50.00 50.00 0.00 0.00 0.00 1,120.00 1,120.00");
        text.ShouldContain("Outstanding in all ₦1,120.00");
        text.ShouldNotContain("reversed");
        TextOf(await DownloadAsync(customer, $"user/statements/{loan.Id}")).ShouldContain("(reversed)");
    }

    [Fact]
    public async Task A_statement_of_an_impossible_period_is_refused()
    {
        var customer = await lender.AddCustomerAsync();
        var loan = await lender.AddLoanAsync(customer);
        var path = $"user/statements/{loan.Id}";
        (await customer.GetAsync($"{path}?to={server.Today.AddDays(1):yyyy-MM-dd}")).ShouldBeRefused(
            422,
            "VALIDATION_ERROR"
        );
        (await customer.GetAsync($"{path}?from={server.Today:yyyy-MM-dd}&to=2020-01-01")).ShouldBeRefused(
            422,
            "VALIDATION_ERROR"
        );
    }

    [Fact]
    public async Task A_long_statement_goes_over_pages_with_its_headings_repeated()
    {
        var customer = await lender.AddCustomerAsync();
        var loan = await lender.AddLoanAsync(customer, new() { DaysAgo = 40 });
        for (var i = 0; i < 60; i++)
            await lender.PayAsync(loan, 1_00, server.Today);
        using var document = PdfDocument.Open(await DownloadAsync(customer, $"user/statements/{loan.Id}"));
        document.NumberOfPages.ShouldBe(2);
        foreach (var page in document.GetPages())
            Words(page).ShouldContain("Date Event Amount Principal");
        Words(document.GetPage(2)).ShouldContain("page 2");
    }

    [Fact]
    public async Task An_offer_and_a_schedule_show_every_installment()
    {
        var application = new TestApplication(lender, await lender.AddCustomerAsync());
        var id = await application.OfferAsync(await lender.AddProductAsync());
        var offer = TextOf(await DownloadAsync(application.Applicant, $"user/offers/{id}"));
        var shown = (await application.Applicant.GetAsync("user/get-loan-offer")).ShouldSucceed()[0];
        var apr = shown.GetProperty("annualPercentageRate").GetDecimal();
        offer.ShouldContain($"(APR) {apr.ToString("0.######", CultureInfo.InvariantCulture)} %");
        offer.ShouldContain($"{shown.GetProperty("schedule").GetArrayLength()} {Day(DueOf(shown))}");

        var customer = await lender.AddCustomerAsync();
        var loan = await lender.AddLoanAsync(customer, new() { PaidMinor = 30_00 });
        var schedule = TextOf(await DownloadAsync(customer, $"user/schedules/{loan.Id}"));
        schedule.ShouldContain($"1 {Day(server.Today.AddDays(20))} 100.00 0.00 0.00 0.00 100.00 30.00 70.00");
        schedule.ShouldContain("Outstanding in all ₦1,170.00");

        static DateOnly DueOf(System.Text.Json.JsonElement shown) =>
            DateOnly.Parse(
                shown.GetProperty("schedule").EnumerateArray().Last().GetProperty("dueDate").GetString()!,
                CultureInfo.InvariantCulture
            );
    }

    [Fact]
    public async Task Documents_of_others_are_not_found()
    {
        var customer = await lender.AddCustomerAsync();
        var loan = await lender.AddLoanAsync(customer);
        var repayment = await lender.ReportAsync(loan, 50_00, server.Today);
        var stranger = await lender.AddCustomerAsync();
        var foreign = await server.AddOrganisationAsync();
        var application = new TestApplication(lender, await lender.AddCustomerAsync());
        var requested = await application.RequestAsync(await lender.AddProductAsync());
        foreach (var user in new[] { stranger, foreign.Cashier, foreign.Manager })
        {
            (await user.GetAsync($"user/receipts/{repayment}")).ShouldBeRefused(404, "NOT_FOUND");
            (await user.GetAsync($"user/statements/{loan.Id}")).ShouldBeRefused(404, "NOT_FOUND");
            (await user.GetAsync($"user/schedules/{loan.Id}")).ShouldBeRefused(404, "NOT_FOUND");
            (await user.GetAsync($"user/offers/{loan.ApplicationId}")).ShouldBeRefused(404, "NOT_FOUND");
        }

        (await application.Applicant.GetAsync($"user/offers/{requested}")).ShouldBeRefused(404, "NOT_FOUND");
    }

    [Fact]
    public async Task The_client_downloads_each_document()
    {
        var setting = await ClientSetting.CreateAsync(server, new() { PaidMinor = 30_00 });
        using var cashier = await setting.OfficerAsync(Role.Cashier);
        foreach (var client in new[] { setting.Client(), cashier })
        {
            var documents = client.Documents;
            var repaid = (await client.Repayments.GetRepaidAsync(setting.Customer.UserId))[0].RepaymentId;
            var account = setting.Loan.Id.Value;
            await NameOf(file => documents.DownloadReceiptAsync(repaid, file), "receipt-");
            await NameOf(file => documents.DownloadStatementAsync(account, file, to: server.Today), "statement-");
            await NameOf(file => documents.DownloadScheduleAsync(account, file), "schedule-");
            await NameOf(file => documents.DownloadOfferAsync(setting.Loan.ApplicationId!.Value.Value, file), "offer-");
        }

        static async Task NameOf(Func<Stream, Task<string>> download, string name)
        {
            using var file = new MemoryStream();
            (await download(file)).ShouldStartWith(name);
            Encoding.Latin1.GetString(file.ToArray()[..5]).ShouldBe("%PDF-");
        }
    }

    private static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    private static string TextOf(byte[] pdf)
    {
        using var document = PdfDocument.Open(pdf);
        return string.Join(' ', document.GetPages().Select(Words));
    }

    private static string Words(UglyToad.PdfPig.Content.Page page) =>
        string.Join(' ', page.GetWords().Select(word => word.Text));

    private async Task<byte[]> DownloadAsync(TestUser user, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(user.Api, path));
        request.Headers.Add("X-Auth-Token", user.Token);
        request.Headers.Add("x-fapi-auth-date", "2026-01-31T09:30:00Z");
        request.Headers.Add("x-fapi-customer-ip-address", "192.0.2.1");
        request.Headers.Add("x-fapi-interaction-id", "interaction-12345");
        using var answer = await Http.SendAsync(request);
        var body = await answer.Content.ReadAsByteArrayAsync();
        ((int)answer.StatusCode).ShouldBe(200, Encoding.UTF8.GetString(body));
        answer.Content.Headers.ContentType!.ToString().ShouldBe("application/pdf");
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        answer.Content.Headers.ContentDisposition.FileName!.Trim('"').ShouldEndWith(".pdf");
        answer.Content.Headers.ContentLength.ShouldBe(body.Length);
        return body;
    }
}
