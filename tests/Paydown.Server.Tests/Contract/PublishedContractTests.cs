using System.Net.Http.Json;
using System.Text.Json;
using Paydown.Lending.Identifiers;
using Paydown.Server.Demo;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Tests.Customers;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Contract;

/// <summary>
/// Makes every published call in both versions on the demo lender, and compares each response with the published
/// fields, types and envelope.
/// </summary>
public sealed class PublishedContractTests(TestServer server) : IClassFixture<TestServer>, IAsyncLifetime
{
    private static readonly string[] Versions = ["v1", "v6"];

    private static Guid Ada => DemoPeople.Customer.Id.Value;

    private TestUser Customer { get; set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await DemoLender.LoadOnceAsync(server.Database, server.Clock, default);
        Customer = ClientOf(DemoPeople.Customer);
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task Every_response_has_the_published_shape()
    {
        await ReadAllAsync();
        await WriteAllAsync();
    }

    [Fact]
    public async Task The_published_sample_of_an_application_is_accepted()
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        var form = RegisterCustomerTests.Form("john.doe@example.com");
        (form["firstName"], form["lastName"], form["dob"]) = ("John", "Doe", "1990-01-01T00:00:00Z");
        (form["organisationId"], form["payloadEncrypted"]) = (DemoPeople.OrganisationId.Value, false);
        using var registered = await http.PostAsJsonAsync("api/v6/services/usermanagement/register-customer", form);
        registered.IsSuccessStatusCode.ShouldBeTrue(await registered.Content.ReadAsStringAsync());
        var signedIn = await SignInAsync(
            http,
            "login",
            new { email = "john.doe@example.com", currentPassword = "Password@1" }
        );
        PublishedAnswers.SignedIn.Breaches(signedIn).ShouldBeEmpty();

        var john = server.HolderOf(signedIn.GetProperty("access_token").GetString()!);
        var requested = await john.PostAsync(
            "../../v6/services/user/request-loan",
            new
            {
                currencyCode = "NGN",
                dateOfBirth = "1990-01-01",
                durationCounter = 12,
                loanApplicationStatusEnum = "REQUESTED",
                employmentStatus = "EMPLOYED",
                loanAmount = 100000,
                bvn = "12345678901",
                firstName = "John",
                lastName = "Doe",
                accountNumber = "0123456785",
                bankCode = "058",
                phoneNumber = "+2348012345678",
                loanDuration = 12,
                loanProductId = DemoProducts.Salary.Id,
                loanRepaymentMethodEnum = "DIRECT_DEBIT",
                monthlyIncome = 500000,
                eligibilityAnswers = Array.Empty<object>(),
            }
        );
        PublishedAnswers.Application.Breaches(requested.ShouldSucceed()).ShouldBeEmpty();
        var details = requested.Data.GetProperty("loanDetails");
        details.GetProperty("loanRepaymentMethodEnum").GetString().ShouldBe("DIRECT_DEBIT");
        details.GetProperty("loanApplicationStatusEnum").GetString().ShouldBe("OFFER_SENT");
        details.GetProperty("durationCounter").GetString().ShouldBe("MONTHS");
        var id = details.GetProperty("id").GetGuid();
        (await john.PutAsync($"user/accept-loan-offer/{id}/accept")).ShouldSucceed();

        var refreshed = await SignInAsync(
            http,
            "refresh-token",
            new { refresh_token = signedIn.GetProperty("refresh_token").GetString() }
        );
        PublishedAnswers.TokenPair.Breaches(refreshed).ShouldBeEmpty();
        await SignInAsync(http, "logout", new { refresh_token = refreshed.GetProperty("refresh_token").GetString() });
    }

    [Fact]
    public async Task Officers_filter_repayments_by_dates_and_date_times()
    {
        var officer = ClientOf(DemoPeople.Manager);
        foreach (var version in Versions)
        {
            var page = await officer.GetAsync(
                $"../../{version}/services/admin/repayments/list?status=ALL&page=1&size=5"
                    + "&startDate=2020-01-01T00:00:00Z&endDate=2099-12-31"
            );
            page.ShouldSucceed().GetArrayLength().ShouldBeGreaterThan(0);
            ShouldBePaged(page);
            (
                await officer.GetAsync($"../../{version}/services/admin/loan-application/{DemoApplications.Requested}")
            ).ShouldSucceed();
        }
    }

    [Fact]
    public async Task The_demo_lender_shows_who_decided()
    {
        var officer = ClientOf(DemoPeople.Manager);
        async Task<IReadOnlyList<(string, UserId)>> EventsAsync(LoanApplicationId id) =>
            [
                .. (await officer.GetAsync($"admin/loan-application/{id}"))
                    .ShouldSucceed()
                    .GetProperty("events")
                    .EnumerateArray()
                    .Select(one =>
                        (one.GetProperty("status").GetString()!, UserId.Of(one.GetProperty("recordedBy").GetGuid()))
                    ),
            ];
        var (nobody, bayo) = (UserId.Nobody, DemoPeople.Other.Id);
        (await EventsAsync(DemoApplications.Approved)).ShouldBe([
            ("REQUESTED", bayo),
            ("APPROVED", DemoPeople.Manager.Id),
        ]);
        (await EventsAsync(DemoApplications.Accepted)).ShouldBe([
            ("REQUESTED", bayo),
            ("APPROVED", nobody),
            ("OFFER_SENT", nobody),
            ("ACCEPTED", bayo),
        ]);
    }

    private async Task ReadAllAsync()
    {
        var loan = DemoApplications.UpToDate;
        await ListAsync($"user/list-customer-repayments/{Ada}", PublishedAnswers.CustomerRepayment);
        await ListAsync($"user/list-customer-repayments/{Ada}?status=ALL", PublishedAnswers.CustomerRepayment);
        await ReadAsync($"user/repayment-instructions/{loan}", PublishedAnswers.Instructions);
        await PageAsync($"user/pending-repayments/{Ada}?page=1&size=10", PublishedAnswers.PendingRepayment);
        await ListAsync($"user/repaid-transactions/{Ada}", PublishedAnswers.RepaidTransaction);
        await ReadAsync($"user/loan-details-with-payment-history/{loan}", PublishedAnswers.LoanDetails);
        await ListAsync("user/list-products", PublishedAnswers.Product);
        await ListAsync($"user/loan-eligibility-questions/{DemoProducts.Business.Id}", PublishedAnswers.Question);
        await ReadAsync($"user/get-loan-terms/{DemoPeople.OrganisationId}", PublishedAnswers.LoanTerms);
        await ReadAsync($"user/loan-application-details/{DemoApplications.Requested}", PublishedAnswers.Application);
        await ListAsync("user/get-loan-offer", PublishedAnswers.Offer);
        await ReadAsync($"user/get-total/{Ada}", PublishedAnswers.Totals);
        await ListAsync($"user/manage-loans/{Ada}", PublishedAnswers.ActiveLoan);
        foreach (var name in (string[])["get-loan-history", "loan-history"])
        {
            foreach (var version in Versions)
            {
                var page = await Customer.GetAsync($"../../{version}/services/user/{name}/{Ada}?page=1&size=5");
                page.ShouldSucceed().GetArrayLength().ShouldBe(5);
                ShouldBePaged(page);
            }
        }

        await ListAsync("user/get-available-banks", PublishedAnswers.Bank);
        await ReadAsync("user/verify-bank-account/058/0123456785", PublishedAnswers.NamedAccount);
        await ListAsync($"user/list-customer-bank-accounts/{Ada}", PublishedAnswers.ShownAccount);
        await ReadAsync($"user/view-bank-account/{DemoPeople.Id<BankAccountId>(41)}", PublishedAnswers.ShownAccount);
    }

    private async Task WriteAllAsync()
    {
        var account = (
            await Customer.GetAsync($"user/loan-details-with-payment-history/{DemoApplications.UpToDate}")
        ).ShouldSucceed();
        var repaid = await Customer.PostAsync(
            $"user/repay-loan/{Ada}",
            new
            {
                repaymentAmount = 100,
                customerId = Ada,
                accountId = account.GetProperty("accountId").GetGuid(),
                bankAccountId = DemoPeople.Id<BankAccountId>(41),
                repaymentReference = "RF64DEMO000101",
                paymentDate = server.Clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ"),
            }
        );
        PublishedAnswers.RepayLoan.Breaches(repaid.ShouldSucceed()).ShouldBeEmpty();
        repaid.Json.GetProperty("message").GetString().ShouldBe(repaid.Data.GetProperty("message").GetString());

        var transfer = await Customer.PostAsync(
            "user/transfer-funds-to-bank",
            new
            {
                customerId = Ada,
                amount = 1000,
                bankAccountId = DemoPeople.Id<BankAccountId>(41),
                accountNumber = "0123456785",
                bankCode = "058",
                accountName = "Ada Example",
            }
        );
        PublishedAnswers.Transfer.Breaches(transfer.ShouldSucceed()).ShouldBeEmpty();
        var reference = transfer.Data.GetProperty("transactionReference").GetString();
        await ReadAsync($"user/check-transfer-status/{reference}", PublishedAnswers.TransferStatus);
        (await Customer.GetAsync($"user/transfer-history/{Ada}"))
            .ShouldSucceed()
            .GetArrayLength()
            .ShouldBeGreaterThan(0);

        var payoff = await Customer.PostAsync(
            "user/payoff-loan",
            new { loanApplicationId = DemoApplications.UpToDate, paymentMethod = "BANK_TRANSFER" }
        );
        PublishedAnswers.Payoff.Breaches(payoff.ShouldSucceed()).ShouldBeEmpty();
        var added = await Customer.PostAsync(
            "user/create-bank-account",
            new
            {
                customerId = Ada,
                accountNumber = "0000014579",
                accountName = "EXAMPLE ADA",
                bankCode = "011",
                bankName = "Second Sample Bank",
                accountType = "SAVINGS",
                isDefault = false,
            }
        );
        PublishedAnswers.AddedAccount.Breaches(added.ShouldSucceed()).ShouldBeEmpty();

        var updated = await Customer.PutAsync($"user/update-application/{DemoApplications.OfferSent}?status=true");
        PublishedAnswers.UpdatedApplication.Breaches(updated.ShouldSucceed()).ShouldBeEmpty();
        (await Customer.PutAsync($"user/accept-terms-and-conditions/{DemoApplications.OfferSent}")).ShouldSucceed();
    }

    private static void ShouldBePaged(Reply answer) =>
        PublishedShape
            .Of("page number, size number, total number")
            .Breaches(answer.Json.GetProperty("page"))
            .ShouldBeEmpty();

    private static async Task<JsonElement> SignInAsync(HttpClient http, string call, object body)
    {
        using var response = await http.PutAsJsonAsync($"api/v6/services/securitymanagement/{call}", body);
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue(text);
        var json = JsonDocument.Parse(text).RootElement;
        json.GetProperty("status").GetString().ShouldBe("SUCCESS");
        return json.GetProperty("data");
    }

    private Task ReadAsync(string path, PublishedShape shape) =>
        CallAsync(path, answer => shape.Breaches(answer.ShouldSucceed()));

    private Task ListAsync(string path, PublishedShape shape) =>
        CallAsync(path, answer => shape.BreachesOfList(answer.ShouldSucceed()));

    private Task PageAsync(string path, PublishedShape shape) =>
        CallAsync(
            path,
            answer =>
            {
                ShouldBePaged(answer);
                return shape.BreachesOfList(answer.ShouldSucceed());
            }
        );

    private async Task CallAsync(string path, Func<Reply, IReadOnlyList<string>> breaches)
    {
        foreach (var version in Versions)
            breaches(await Customer.GetAsync($"../../{version}/services/{path}")).ShouldBeEmpty($"{version} {path}");
    }

    private TestUser ClientOf(User person) =>
        server.UserOf(new Caller(person.Id, person.OrganisationId, person.Role, server.Ids.Next<SessionId>()));
}
