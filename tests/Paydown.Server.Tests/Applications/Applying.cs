using System.Text.Json;
using Paydown.Lending.Products;
using Paydown.Server.Commands;
using Paydown.Server.Platform.Identity;
using Shouldly;

namespace Paydown.Server.Tests.Applications;

/// <summary>Takes an application through its states over HTTP.</summary>
internal sealed class Applying(LenderServer server, Caller customer, Caller manager)
{
    public static async Task<Applying> CreateAsync(LenderServer server) =>
        new(server, await server.AddCustomerAsync(), await server.AddUserAsync(server.OrganisationId, Role.Manager));

    public Caller Customer => customer;

    public ApiClient Applicant { get; private set; } = server.ClientOf(customer);

    public ApiClient Officer { get; private set; } = server.ClientOf(manager);

    /// <summary>Days later, with new tokens.</summary>
    public void LetPass(int days)
    {
        server.Clock.Advance(TimeSpan.FromDays(days));
        (Applicant, Officer) = (server.ClientOf(customer), server.ClientOf(manager));
    }

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

    public async Task<Guid> ApproveAsync(LoanProduct product)
    {
        var id = await RequestAsync(product);
        (await Officer.PutAsync($"admin/loan-application/{id}/approve")).ShouldSucceed();
        return id;
    }

    public async Task<Guid> OfferAsync(LoanProduct product)
    {
        var id = await ApproveAsync(product);
        (await Officer.PutAsync($"admin/loan-application/{id}/send-offer")).ShouldSucceed();
        return id;
    }

    public async Task<Guid> AcceptAsync(LoanProduct product)
    {
        var id = await OfferAsync(product);
        (await Applicant.PutAsync($"user/accept-loan-offer/{id}/accept")).ShouldSucceed();
        return id;
    }

    public async Task<Guid> AcceptTermsAsync(LoanProduct product)
    {
        var id = await AcceptAsync(product);
        (await Applicant.PutAsync($"user/accept-terms-and-conditions/{id}")).ShouldSucceed();
        return id;
    }

    public async Task<string> StatusAsync(Guid id) =>
        (await DetailsAsync(id)).GetProperty("loanApplicationStatusEnum").GetString()!;

    public async Task<JsonElement> DetailsAsync(Guid id) =>
        (await Applicant.GetAsync($"user/loan-application-details/{id}")).ShouldSucceed().GetProperty("loanDetails");

    public Task<long> WalletAsync() =>
        server.CountAsync(
            "select coalesce(sum(balance), 0)::bigint from wallet where customer_id = $1",
            customer.UserId
        );

    /// <summary>The audit of the whole database finds nothing.</summary>
    public static async Task ShouldBeSoundAsync(LenderServer server)
    {
        using var output = new StringWriter();
        (await Audit.RunAsync(server.Database, output, json: false, default)).ShouldBe(0, output.ToString());
    }
}
