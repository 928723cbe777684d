using System.Text.Json;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Wallets;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Tests.Collectors;
using Paydown.Server.Tests.Statements;
using Paydown.Server.Tests.Wallets;

namespace Paydown.Server.Tests.Isolation;

/// <summary>Everything that a customer has, so a test can name each item as another user.</summary>
internal sealed record Belongings(
    TestUser Customer,
    Guid AccountId,
    Guid ApplicationId,
    Guid BankAccountId,
    Guid RepaymentId,
    Guid ProductId,
    Guid ApiTokenId,
    Guid StaffId,
    Guid WebhookId,
    Guid TransferId,
    Guid CollectionAccountId,
    Guid BankStatementId,
    Guid StatementEntryId,
    Guid JournalEntryId,
    Guid CollectorId,
    Guid CollectionId,
    string Reference
)
{
    public static async Task<Belongings> CreateAsync(TestServer server)
    {
        var lender = server.Lender;
        var customer = await lender.AddCustomerAsync();
        // Paid out today, because a server on the machine's clock has no past.
        var loan = await lender.AddLoanAsync(customer, new TestLoan { DaysAgo = 0 });
        var repaymentId = await lender.ReportAsync(loan, 10_00, server.Today);
        await lender.PayAsync(loan, 20_00, server.Today);
        var bankAccountId = await lender.BankAccountOfAsync(customer, "0000014579", "011");
        var (apiTokenId, _) = await lender.AddApiTokenAsync(Scopes.RepaymentsRead);
        var webhookId = await WebhookOfAsync(lender);
        var (statement, entryId) = await StatementOfAsync(lender);
        var history = (await lender.Cashier.GetAsync($"admin/loans/{loan.Id}/history")).ShouldSucceed();
        var collector = await TestCollector.AddAsync(lender, $"Collector {server.Ids.Next():N}", accountNumber: null);
        var collected = await collector.ImportAsync($"T-1;unknown;{server.Today:yyyy-MM-dd};10;");
        var collection = collected.GetProperty("collections")[0];
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
            (await lender.AddUserAsync(Role.Cashier)).UserId,
            webhookId,
            transferId.Value,
            statement.GetProperty("collectionAccountId").GetGuid(),
            statement.GetProperty("id").GetGuid(),
            entryId,
            history[0].GetProperty("entries")[0].GetProperty("entryId").GetGuid(),
            collector.Id,
            collection.GetProperty("id").GetGuid(),
            loan.Reference
        );
    }

    // Money that nobody can identify.
    private static async Task<(JsonElement Statement, Guid EntryId)> StatementOfAsync(TestOrganisation lender)
    {
        var entry = new TestEntry(10) { BankReference = $"{lender.Server.Ids.Next():N}" };
        var imported = await lender.Cashier.UploadAsync(
            "admin/bank-statements?fileName=unknown.xml",
            new TestStatement(lender.Today, entry).ToFile()
        );
        var statement = imported.ShouldSucceed().GetProperty("statements")[0];
        var entries = await lender.Cashier.GetAsync(
            $"admin/bank-statements/{statement.GetProperty("id").GetGuid()}/entries"
        );
        return (statement, entries.ShouldSucceed()[0].GetProperty("id").GetGuid());
    }

    // The organisation has one, because it can have only a few.
    private static async Task<Guid> WebhookOfAsync(TestOrganisation lender)
    {
        var known = (await lender.Manager.GetAsync("admin/webhooks")).ShouldSucceed();
        if (known.GetArrayLength() > 0)
            return known[0].GetProperty("id").GetGuid();
        var made = await lender.Manager.PostAsync("admin/webhooks", new { url = "https://127.0.0.1:9/hook" });
        return made.ShouldSucceed().GetProperty("webhook").GetProperty("id").GetGuid();
    }

    /// <summary>
    /// Returns the items that an id with this name can mean; a plain "id" or an account can mean several.
    /// </summary>
    public IReadOnlyList<Guid> Named(string name) =>
        name.Replace("-", "").ToLowerInvariant() switch
        {
            "customerid" or "userid" => [Customer.UserId],
            "loanapplicationid" => [ApplicationId],
            "bankaccountid" => [BankAccountId],
            "repaymentid" => [RepaymentId],
            "tokenid" => [ApiTokenId],
            "staffid" => [StaffId],
            "webhookid" => [WebhookId],
            "collectionaccountid" => [CollectionAccountId],
            "bankstatementid" => [BankStatementId],
            "entryid" => [StatementEntryId],
            "journalentryid" => [JournalEntryId],
            "collectorid" => [CollectorId],
            "collectionid" => [CollectionId],
            "transactionreference" => [TransferId],
            "accountid" => [AccountId, BankAccountId],
            "productid" => [ProductId],
            "organisationid" => [Customer.OrganisationId],
            _ => [RepaymentId, AccountId, ApplicationId, BankAccountId, Customer.UserId],
        };

    /// <summary>Returns true if a response contains any of the ids.</summary>
    public bool AreIn(string body) =>
        new[]
        {
            Customer.UserId,
            AccountId,
            ApplicationId,
            BankAccountId,
            RepaymentId,
            ApiTokenId,
            StaffId,
            WebhookId,
            TransferId,
            CollectionAccountId,
            BankStatementId,
            StatementEntryId,
            JournalEntryId,
            CollectorId,
            CollectionId,
            Customer.OrganisationId,
        }.Any(id => body.Contains(id.ToString(), StringComparison.OrdinalIgnoreCase))
        || body.Contains(Reference, StringComparison.Ordinal)
        || body.Contains(TransferReference.Of(new(TransferId)), StringComparison.Ordinal);

    public static bool IsOfCustomer(string name) =>
        name.Replace("-", "").ToLowerInvariant() is "customerid" or "userid";

    /// <summary>Returns true for ids that everyone in the organisation may see, and nobody else.</summary>
    public static bool IsOfOrganisation(string name) =>
        name.Replace("-", "").ToLowerInvariant() is "productid" or "organisationid";
}
