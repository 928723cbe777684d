using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Http;
using static Paydown.Server.Platform.Identity.Access;
using static Paydown.Server.Platform.Identity.Scopes;

namespace Paydown.Server.Ledger;

/// <summary>What accountants read: balances per account and month, and the postings behind them.</summary>
public static class LedgerRoutes
{
    internal static readonly PathId<JournalEntryId> JournalEntryId = new("journalEntryId");

    public static void MapLedger(this ApiRoutes routes)
    {
        var officers = routes.Begin("Back office: ledger");
        officers.Get<GetTrialBalance>("admin/ledger/trial-balance", Manager, LedgerRead);
        officers.Get<ListPostings>("admin/ledger/postings", Manager, LedgerRead);
        officers.Get<GetJournalEntry>($"admin/ledger/entries/{JournalEntryId}", Manager, LedgerRead);
    }
}
