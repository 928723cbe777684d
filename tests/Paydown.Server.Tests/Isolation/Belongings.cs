using Paydown.Lending.Wallets;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Tests.Wallets;

namespace Paydown.Server.Tests.Isolation;

/// <summary>All that a customer has, so that the walk can point at each of it as somebody else.</summary>
internal sealed record Belongings(
    Caller Customer,
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
    public static async Task<Belongings> CreateAsync(LenderServer server)
    {
        var customer = await server.AddCustomerAsync();
        var loan = await server.AddLoanAsync(customer, new TestLoan());
        var repaymentId = await server.AddRepaymentAsync(loan, 10_00, status: null);
        await server.AddRepaymentAsync(loan, 20_00, "VERIFIED");
        var bankAccountId = server.Ids.Next();
        await using var command = server.Database.CreateCommand(
            """
            insert into bank_account (customer_id, id, organisation_id, account_number, account_name, bank_code,
                                      bank_name, account_type, is_default, is_verified, recorded_at)
            values ($1, $2, $3, '0000014579', 'Ada Example', '011', 'Example Bank', 'SAVINGS', true, true, now())
            """
        );
        foreach (var id in new[] { customer.UserId, bankAccountId, customer.OrganisationId })
            command.Parameters.Add(new() { Value = id });
        await command.ExecuteNonQueryAsync();
        var (apiTokenId, _) = await server.AddApiTokenAsync(customer.OrganisationId, Scopes.RepaymentsRead);
        var product = await server.AddProductAsync();
        await AddApplicationAsync(server, customer, product.Id, loan.ApplicationId!.Value);
        var transferId = await AddTransferAsync(server, customer, bankAccountId);
        return new(
            customer,
            loan.Id,
            loan.ApplicationId!.Value,
            bankAccountId,
            repaymentId,
            product.Id,
            apiTokenId,
            transferId,
            loan.Reference
        );
    }

    // What its loan came from.
    private static async Task AddApplicationAsync(LenderServer server, Caller customer, Guid productId, Guid id)
    {
        await using var command = server.Database.CreateCommand(
            """
            insert into loan_application (
              customer_id, id, organisation_id, product_id, product_version, status, currency_code, requested_amount,
              duration, repayment_method, employment_status, monthly_income, first_name, last_name, date_of_birth,
              phone_number, bvn, account_number, bank_code, answers, checks, score, band, score_parts, requested_by,
              requested_on, recorded_at)
            values ($1, $2, $3, $4, 1, 'DISBURSED', 'NGN', 120000, 12, 'BANK_TRANSFER', 'EMPLOYED', 0, 'Ada', 'Example',
                    '1990-05-17', '1', '22345678901', '0000014579', '011', '[]', '[]', 0, 'GREEN', '[]', $1,
                    current_date, now())
            """
        );
        foreach (var value in new[] { customer.UserId, id, customer.OrganisationId, productId })
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<Guid> AddTransferAsync(LenderServer server, Caller customer, Guid bankAccountId)
    {
        var setting = new WalletSetting(server, customer, bankAccountId, "0000014579", "011");
        await setting.FillAsync(1_000_00);
        return TransferReference.TryParse(await setting.TransferAsync(1), out var id)
            ? id
            : throw new InvalidOperationException("A transfer has a reference.");
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

    /// <summary>Whether an answer tells of any of them.</summary>
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
        || body.Contains(TransferReference.Of(TransferId), StringComparison.Ordinal);

    public static bool IsOfCustomer(string name) =>
        name.Replace("-", "").ToLowerInvariant() is "customerid" or "userid";

    /// <summary>What everybody of an organisation may see, and nobody else.</summary>
    public static bool IsOfOrganisation(string name) =>
        name.Replace("-", "").ToLowerInvariant() is "productid" or "organisationid";
}
