using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Statements;

namespace Paydown.Lending.Matching;

/// <summary>The candidates by what they are looked up by, and what earlier entries of the group have used up.</summary>
internal sealed class CandidateBook
{
    private readonly Dictionary<string, CandidateLoan> loans;
    private readonly Dictionary<LoanId, CandidateLoan> loansById;
    private readonly ILookup<LoanId, CandidateReport> reportsOfLoan;
    private readonly ILookup<Money, CandidateReport> reportsOfAmount;
    private readonly Dictionary<TransferId, CandidateTransfer> transfers;
    private readonly Dictionary<StatementEntryId, CandidateReturn> returns;
    private readonly IReadOnlyCollection<PayersLoan> payersLoans;
    private readonly HashSet<string> ownAccounts;
    private readonly HashSet<RepaymentId> used = [];
    private readonly HashSet<StatementEntryId> takenBack = [];
    private readonly Dictionary<Money, List<EarlierCredit>> creditsOfAmount = [];
    private readonly Dictionary<LoanId, List<EarlierCredit>> waiting = [];

    /// <summary>Creates a book.</summary>
    /// <exception cref="ArgumentException">A report has no loan among the candidates.</exception>
    public CandidateBook(MatchingCandidates candidates)
    {
        loans = candidates.Loans.ToDictionary(loan => loan.Reference, StringComparer.Ordinal);
        loansById = candidates.Loans.ToDictionary(loan => loan.Id);
        if (candidates.Reports.FirstOrDefault(report => !loansById.ContainsKey(report.LoanId)) is { } stray)
            throw new ArgumentException($"The loan {stray.LoanId} of a report is missing.", nameof(candidates));
        reportsOfLoan = candidates.Reports.ToLookup(report => report.LoanId);
        reportsOfAmount = candidates.Reports.ToLookup(report => report.Amount);
        transfers = candidates.Transfers.ToDictionary(transfer => transfer.Id);
        returns = candidates.Returns.ToDictionary(one => one.EntryId);
        ownAccounts = [.. candidates.OwnAccounts.Select(EntryTexts.Squash).Where(account => account.Length > 0)];
        payersLoans = candidates.PayersLoans;
        (Charges, FourEyesAbove) = (candidates.Charges, candidates.FourEyesAbove);
        foreach (var credit in candidates.Credits)
            Add(credit);
    }

    public BankChargeWords Charges { get; }

    public Money? FourEyesAbove { get; }

    public IReadOnlyCollection<CandidateLoan> Loans => loans.Values;

    public bool IsKnown(string reference) => loans.ContainsKey(reference);

    public CandidateLoan LoanOf(string reference) => loans[reference];

    public CandidateLoan LoanOf(CandidateReport report) => loansById[report.LoanId];

    /// <summary>The loans that an account leads to, by an officer's assignment or as one of the customer's.</summary>
    public IEnumerable<CandidateLoan> LoansOf(string? account, bool assigned) =>
        payersLoans
            .Where(one => one.WasAssigned == assigned && EntryTexts.IsSameAccount(one.Account, account))
            .Select(one => loansById[one.LoanId]);

    public CandidateTransfer? FindTransfer(IEnumerable<TransferId> ids) =>
        ids.Select(id => transfers.GetValueOrDefault(id)).FirstOrDefault(transfer => transfer is not null);

    /// <summary>The return to a payer that one of some entries is; null if none is ordered.</summary>
    public CandidateReturn? FindReturn(IEnumerable<StatementEntryId> ids) =>
        ids.Select(id => returns.GetValueOrDefault(id)).FirstOrDefault(one => one is not null);

    /// <summary>The returns of an amount whose money has not left yet.</summary>
    public IEnumerable<CandidateReturn> ReturnsOf(Money amount) =>
        returns.Values.Where(one => one.Amount == amount && !one.HasLeft);

    public bool IsOwnAccount(string? account) => ownAccounts.Contains(EntryTexts.Squash(account));

    /// <summary>The reports of a loan that no entry has used.</summary>
    public IEnumerable<CandidateReport> OpenReportsOf(LoanId loanId) => reportsOfLoan[loanId].Where(IsOpen);

    /// <summary>The reports of an amount that no entry has used.</summary>
    public IEnumerable<CandidateReport> OpenReportsOf(Money amount) => reportsOfAmount[amount].Where(IsOpen);

    /// <summary>All reports that no entry has used.</summary>
    public IEnumerable<CandidateReport> OpenReports() => reportsOfLoan.SelectMany(reports => reports).Where(IsOpen);

    /// <summary>The credits of an amount that nothing has taken back.</summary>
    public IEnumerable<EarlierCredit> CreditsOf(Money amount) =>
        creditsOfAmount.GetValueOrDefault(amount, []).Where(credit => !takenBack.Contains(credit.Id));

    /// <summary>The entries that name a loan and wait for an officer.</summary>
    public IEnumerable<EarlierCredit> WaitingFor(LoanId loanId) =>
        waiting.GetValueOrDefault(loanId, []).Where(credit => !takenBack.Contains(credit.Id));

    /// <summary>Uses up what a decision about an entry takes, and remembers the entry.</summary>
    public void Apply(StatementEntryId id, StatementEntry entry, EntryDecision decision)
    {
        if (decision is { Outcome: MatchOutcome.Verify or MatchOutcome.Confirm, RepaymentId: { } report })
            used.Add(report);
        if (decision is { Outcome: MatchOutcome.Reverse, EntryId: { } credit })
            takenBack.Add(credit);
        if (decision is { Outcome: MatchOutcome.Settle, TransferId: { } left })
            transfers[left] = transfers[left] with { HasLeft = true };
        if (decision is { Outcome: MatchOutcome.SendBack, EntryId: { } sentBack })
            returns[sentBack] = returns[sentBack] with { HasLeft = true };
        if (decision is { Outcome: MatchOutcome.Returned, TransferId: { } ended })
            transfers[ended] = transfers[ended] with { HasEnded = true };
        if (entry.Status == EntryStatus.Book && entry.Amount.IsPositive)
            Add(new(id, entry) { WaitsFor = decision.IsAutomatic ? null : decision.LoanId });
    }

    private bool IsOpen(CandidateReport report) => !used.Contains(report.Id);

    private void Add(EarlierCredit credit)
    {
        Among(creditsOfAmount, credit.Entry.Amount).Add(credit);
        if (credit.WaitsFor is { } loanId)
            Among(waiting, loanId).Add(credit);
    }

    private static List<EarlierCredit> Among<TKey>(Dictionary<TKey, List<EarlierCredit>> credits, TKey key)
        where TKey : notnull
    {
        if (!credits.TryGetValue(key, out var among))
            credits[key] = among = [];
        return among;
    }
}
