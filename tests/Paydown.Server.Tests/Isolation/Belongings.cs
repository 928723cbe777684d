using Paydown.Lending.Identifiers;
using Paydown.Lending.Wallets;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Tests.Wallets;

namespace Paydown.Server.Tests.Isolation;

/// <summary>All that a customer has, so that the walk can point at each of it as somebody else.</summary>
internal sealed record Belongings(
    TestUser Customer,
    Guid AccountId,
    Guid ApplicationId,
    Guid BankAccountId,
    Guid RepaymentId,
    Guid ProductId,
    Guid ApiTokenId,
    Guid TransferId,
    string Reference
)
{
    public static async Task<Belongings> CreateAsync(TestServer server)
    {
        var lender = server.Lender;
        var customer = await lender.AddCustomerAsync();
        // Paid out today: a server that runs by the machine's clock has no past.
        var loan = await lender.AddLoanAsync(customer, new TestLoan { DaysAgo = 0 });
        var repaymentId = await lender.ReportAsync(loan, 10_00, server.Today);
        await lender.PayAsync(loan, 20_00, server.Today);
        var bankAccountId = await lender.BankAccountOfAsync(customer, "0000014579", "011");
        var (apiTokenId, _) = await lender.AddApiTokenAsync(Scopes.RepaymentsRead);
        var product = await lender.AddProductAsync();
        var wallet = new TestWallet(server, customer, bankAccountId, "0000014579", "011");
        var transferId = TransferReference.TryParse(await wallet.TransferAsync(1), out var id) ? id : default;
        return new(
            customer,
            loan.Id.Value,
            loan.ApplicationId!.Value.Value,
            bankAccountId,
            repaymentId,
            product.Id.Value,
            apiTokenId,
            transferId.Value,
            loan.Reference
        );
    }

    /// <summary>Which of them an id of this name means; a plain "id" or an account may be any of several.</summary>
    public IReadOnlyList<Guid> Named(string name) =>
        name.Replace("-", "").ToLowerInvariant() switch
        {
            "customerid" or "userid" => [Customer.UserId],
            "loanapplicationid" => [ApplicationId],
            "bankaccountid" => [BankAccountId],
            "repaymentid" => [RepaymentId],
            "tokenid" => [ApiTokenId],
            "transactionreference" => [TransferId],
            "accountid" => [AccountId, BankAccountId],
            "productid" => [ProductId],
            "organisationid" => [Customer.OrganisationId],
            _ => [RepaymentId, AccountId, ApplicationId, BankAccountId, Customer.UserId],
        };

    /// <summary>Whether a response mentions any of them.</summary>
    public bool AreToldIn(string body) =>
        new[]
        {
            Customer.UserId,
            AccountId,
            ApplicationId,
            BankAccountId,
            RepaymentId,
            ApiTokenId,
            TransferId,
            Customer.OrganisationId,
        }.Any(id => body.Contains(id.ToString(), StringComparison.OrdinalIgnoreCase))
        || body.Contains(Reference, StringComparison.Ordinal)
        || body.Contains(TransferReference.Of(new(TransferId)), StringComparison.Ordinal);

    public static bool IsOfCustomer(string name) =>
        name.Replace("-", "").ToLowerInvariant() is "customerid" or "userid";

    /// <summary>What everybody of an organisation may see, and nobody else.</summary>
    public static bool IsOfOrganisation(string name) =>
        name.Replace("-", "").ToLowerInvariant() is "productid" or "organisationid";
}
