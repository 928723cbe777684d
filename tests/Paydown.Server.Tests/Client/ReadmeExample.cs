using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Paydown.Client;

namespace Paydown.Server.Tests.Client;

/// <summary>The examples of the package's README, word for word.</summary>
internal static class ReadmeExample
{
    public static async Task<(RepaymentRecorded, DecidedRepayment)> RunAsync(Uri server)
    {
        // README: begin
        using var customer = new PaydownClient(server);
        var user = await customer.SignIn.SignInAsync("customer@demo.example", "Password@1");

        // What is due, and where to send it.
        var loan = await customer.Loans.GetAsync(Guid.Parse("01900000-0000-7000-8000-00000000012d"));
        var instructions = await customer.Repayments.GetInstructionsAsync(loan.LoanApplicationId!.Value);
        var accounts = await customer.BankAccounts.GetAllAsync(user.Id);

        // The customer has sent the transfer; report it. Retries with the same key record it once.
        var report = new RepaymentReport
        {
            RepaymentAmount = 1250.50m,
            CustomerId = user.Id,
            AccountId = loan.AccountId!.Value,
            BankAccountId = accounts[0].AccountId,
            RepaymentReference = instructions.PaymentReference,
        };
        var recorded = await customer.Repayments.ReportAsync(report, idempotencyKey: "payment-2026-0001");

        // A cashier confirms that the money has arrived.
        using var cashier = new PaydownClient(server);
        await cashier.SignIn.SignInAsync("cashier@demo.example", "Password@1");
        var decided = await cashier.Officers.VerifyRepaymentAsync(recorded.Id);
        foreach (var line in decided.Allocation)
            Console.WriteLine(line.Explanation);

        // A list of any length is read as it arrives.
        await foreach (var repayment in customer.Repayments.ListAsync(user.Id))
            Console.WriteLine($"{repayment.PaymentDate:O} {repayment.RepaymentAmount} {repayment.VerificationStatus}");

        try
        {
            await customer.Repayments.ReportAsync(report with { RepaymentAmount = 1_000_000_000m });
        }
        catch (PaydownRefusedException refused) when (refused.Code == "INVALID_AMOUNT")
        {
            Console.WriteLine(refused.Message); // Names the total payable.
        }
        // README: end

        return (recorded, decided);
    }

    public static void ReceiveWebhooks(
        WebApplication app,
        string secret,
        Func<string, RepaymentPayload, Task> BookAsync
    )
    {
        // README: begin
        var verifier = new WebhookVerifier(secret);
        app.MapPost(
            "/webhooks",
            async (HttpRequest request) =>
            {
                using var body = new MemoryStream();
                await request.Body.CopyToAsync(body);
                var received = verifier.Verify(body.ToArray(), name => request.Headers[name]);
                if (received.Type == EventTypes.RepaymentVerified)
                    await BookAsync(received.Id, received.AsRepayment()); // The id: an event may arrive twice.
                return Results.NoContent();
            }
        );
        // README: end
    }

    public static void AddClient(HostApplicationBuilder builder)
    {
        // README: begin
        builder.Services.AddPaydownClient(options =>
        {
            options.Address = new Uri(builder.Configuration["Paydown:Address"]!);
            options.ApiToken = builder.Configuration["Paydown:ApiToken"];
        });
        // README: end
    }

    // README: begin
    public sealed class CustomerClients(IHttpClientFactory connections, IOptions<PaydownClientOptions> options)
    {
        public PaydownClient Create(PaydownSession session, IPAddress customerIpAddress)
        {
            var client = new PaydownClient(
                connections.CreateClient(PaydownClient.HttpClientName),
                options.Value with
                {
                    CustomerIpAddress = customerIpAddress,
                }
            );
            client.SignIn.Resume(session);
            return client;
        }
    }
    // README: end
}
