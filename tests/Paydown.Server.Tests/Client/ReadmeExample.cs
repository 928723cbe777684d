using Paydown.Client;

namespace Paydown.Server.Tests.Client;

/// <summary>The example of the package's README, word for word.</summary>
internal static class ReadmeExample
{
    public static async Task<(RepaymentRecorded, DecidedRepayment)> RunAsync(Uri server)
    {
        // README: from here
        using var customer = new PaydownClient(server);
        var user = await customer.SignIn.SignInAsync("customer@demo.example", "Password@1");

        // What is due, and where to send it.
        var loan = await customer.Loans.GetAsync(Guid.Parse("01900000-0000-7000-8000-00000000012d"));
        var how = await customer.Repayments.GetInstructionsAsync(loan.LoanApplicationId!.Value);
        var accounts = await customer.BankAccounts.GetAllAsync(user.Id);

        // The transfer is sent; report it. However often this is retried, it is recorded once.
        var report = new RepaymentReport
        {
            RepaymentAmount = 1250.50m,
            CustomerId = user.Id,
            AccountId = loan.AccountId!.Value,
            BankAccountId = accounts[0].AccountId,
            RepaymentReference = how.PaymentReference,
        };
        var recorded = await customer.Repayments.ReportAsync(report, idempotencyKey: "payment-2026-0001");

        // It waits for a cashier, who confirms it.
        using var cashier = new PaydownClient(server);
        await cashier.SignIn.SignInAsync("cashier@demo.example", "Password@1");
        var decided = await cashier.Officers.VerifyRepaymentAsync(recorded.Id);
        foreach (var line in decided.Allocation)
            Console.WriteLine(line.Explanation);

        // However long the list is, it is read as it arrives.
        await foreach (var repayment in customer.Repayments.ListAsync(user.Id))
            Console.WriteLine($"{repayment.PaymentDate:O} {repayment.RepaymentAmount} {repayment.VerificationStatus}");

        try
        {
            await customer.Repayments.ReportAsync(report with { RepaymentAmount = 1_000_000_000m });
        }
        catch (PaydownRefusedException refused) when (refused.Code == "INVALID_AMOUNT")
        {
            Console.WriteLine(refused.Message); // Names what may be paid at most.
        }
        // README: to here

        return (recorded, decided);
    }
}
