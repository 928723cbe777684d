using System.Text.Json;
using Paydown.Lending.Amounts;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;

namespace Paydown.Server.Tests;

/// <summary>Takes a customer's application through its states over HTTP, as far as a test needs.</summary>
public sealed class TestApplication(TestOrganisation lender, TestUser customer)
{
    /// <summary>The customer who applies.</summary>
    public TestUser Applicant => customer;

    /// <summary>The manager who approves, sends offers and pays out.</summary>
    public TestUser Officer => lender.Manager;

    /// <summary>A new customer of the server's first lender.</summary>
    public static async Task<TestApplication> CreateAsync(TestServer server) =>
        new(server.Lender, await server.Lender.AddCustomerAsync());

    /// <summary>A request that passes every check of the usual test product.</summary>
    public static Dictionary<string, object?> RequestFor(LoanProduct product) =>
        new()
        {
            ["currencyCode"] = product.Currency.Code,
            ["dateOfBirth"] = "1990-05-17",
            ["durationCounter"] = 12,
            ["loanApplicationStatusEnum"] = "REQUESTED",
            ["employmentStatus"] = "EMPLOYED",
            ["loanAmount"] = 12000,
            ["bvn"] = "22345678901",
            ["firstName"] = "Ada",
            ["lastName"] = "Example",
            ["accountNumber"] = "0123456785",
            ["bankCode"] = "058",
            ["phoneNumber"] = "+234 800 000 0000",
            ["loanDuration"] = 12,
            ["loanProductId"] = product.Id,
            ["loanRepaymentMethodEnum"] = "BANK_TRANSFER",
            ["monthlyIncome"] = 10000,
            ["eligibilityAnswers"] = Array.Empty<object>(),
        };

    public static Dictionary<string, object?> With(LoanProduct product, params (string Name, object? Value)[] changes)
    {
        var request = RequestFor(product);
        foreach (var (name, value) in changes)
            request[name] = value;
        return request;
    }

    public async Task<Guid> RequestAsync(LoanProduct product, params (string Name, object? Value)[] changes) =>
        (await Applicant.PostAsync("user/request-loan", With(product, changes)))
            .ShouldSucceed()
            .GetProperty("loanDetails")
            .GetProperty("id")
            .GetGuid();

    public async Task<Guid> ApproveAsync(LoanProduct product, params (string Name, object? Value)[] changes)
    {
        var id = await RequestAsync(product, changes);
        var approved = await Officer.PutAsync($"admin/loan-application/{id}/approve");
        if (approved.ShouldSucceed().GetProperty("loanApplicationStatus").GetString() == "REQUESTED")
            (await lender.SecondManager.PutAsync($"admin/loan-application/{id}/approve")).ShouldSucceed();
        return id;
    }

    public async Task<Guid> OfferAsync(LoanProduct product, params (string Name, object? Value)[] changes)
    {
        var id = await ApproveAsync(product, changes);
        (await Officer.PutAsync($"admin/loan-application/{id}/send-offer")).ShouldSucceed();
        return id;
    }

    public async Task<Guid> AcceptAsync(LoanProduct product, params (string Name, object? Value)[] changes)
    {
        var id = await OfferAsync(product, changes);
        (await Applicant.PutAsync($"user/accept-loan-offer/{id}/accept")).ShouldSucceed();
        return id;
    }

    public async Task<Guid> AcceptTermsAsync(LoanProduct product, params (string Name, object? Value)[] changes)
    {
        var id = await AcceptAsync(product, changes);
        (await Applicant.PutAsync($"user/accept-terms-and-conditions/{id}")).ShouldSucceed();
        return id;
    }

    public async Task<string> StatusAsync(Guid id) =>
        (await DetailsAsync(id)).GetProperty("loanApplicationStatusEnum").GetString()!;

    /// <summary>The balance of the applicant's wallet, in minor units.</summary>
    public Task<long> WalletAsync() => lender.ReadWalletAsync(customer);

    public async Task<JsonElement> DetailsAsync(Guid id) =>
        (await Applicant.GetAsync($"user/loan-application-details/{id}")).ShouldSucceed().GetProperty("loanDetails");
}
