using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Http;
using static Paydown.Server.Platform.Identity.Access;
using static Paydown.Server.Platform.Identity.Scopes;

namespace Paydown.Server.Statements;

/// <summary>Bank statements: how the lender learns from its banks which money has arrived.</summary>
public static class StatementRoutes
{
    internal static readonly PathId<BankStatementId> StatementId = new("bankStatementId");
    internal static readonly PathId<StatementEntryId> EntryId = new("entryId");
    internal static readonly PathId<CollectionAccountId> AccountId = new("collectionAccountId");

    public static void AddStatements(this IServiceCollection services)
    {
        services.AddSingleton<StatementImport>();
        services.AddSingleton<HeldStatements>();
        services.AddSingleton<EntryMatching>();
    }

    public static void MapStatements(this ApiRoutes routes)
    {
        var officers = routes.Begin("Back office: bank statements");
        officers.Post<ImportBankStatement>("admin/bank-statements", Officer, StatementsImport);
        officers.Post<PreviewBankStatement>("admin/bank-statement-previews", Officer, StatementsImport);
        officers.Get<ListBankStatements>("admin/bank-statements", Officer, StatementsRead);
        officers.Get<GetBankStatement>($"admin/bank-statements/{StatementId}", Officer, StatementsRead);
        officers.Get<DownloadBankStatement>($"admin/bank-statements/{StatementId}/file", Officer, StatementsRead);
        officers.Get<ListStatementEntries>($"admin/bank-statements/{StatementId}/entries", Officer, StatementsRead);
        officers.Put<ConfirmBankStatement>($"admin/bank-statements/{StatementId}/confirm", Officer, None);
        officers.Put<DiscardBankStatement>($"admin/bank-statements/{StatementId}/discard", Officer, None);
        officers.Get<GetBankEntry>($"admin/statement-entries/{EntryId}", Officer, StatementsRead);
        officers.Put<UndoBankEntry>($"admin/statement-entries/{EntryId}/undo", Officer, None);
        officers.Get<ListUnmatchedPayments>("admin/unmatched-payments", Officer, StatementsRead);
        officers.Get<SumUnmatchedPayments>("admin/unmatched-payments/summary", Officer, StatementsRead);
        officers.Get<ListUnconfirmedRepayments>("admin/unconfirmed-repayments", Officer, RepaymentsRead);
        officers.Get<ListPayerReturns>("admin/payer-returns", Officer, StatementsRead);
        var reconciliation = $"admin/collection-accounts/{AccountId}/reconciliation";
        officers.Get<GetReconciliation>(reconciliation, Officer, StatementsRead);
        officers.Get<ListItemsInTransit>($"{reconciliation}/items", Officer, StatementsRead);
        officers.Put<AssignPayment>($"admin/unmatched-payments/{EntryId}/assign", Officer, None);
        officers.Put<JoinPayment>($"admin/unmatched-payments/{EntryId}/join", Officer, None);
        officers.Put<BookBankEntry>($"admin/unmatched-payments/{EntryId}/book", Officer, None);
        officers.Put<RemitPayment>($"admin/unmatched-payments/{EntryId}/remit", Officer, None);
        officers.Put<IgnorePayment>($"admin/unmatched-payments/{EntryId}/ignore", Officer, None);
        officers.Put<ReturnPayment>($"admin/unmatched-payments/{EntryId}/return", Officer, None);
    }
}
