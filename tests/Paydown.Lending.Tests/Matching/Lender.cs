using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Matching;
using Paydown.Lending.Repayments;
using Paydown.Lending.Statements;

namespace Paydown.Lending.Tests.Matching;

/// <summary>A lender with a few loans and reports, and entries of its bank.</summary>
internal sealed class Lender
{
    public const string AdaAccount = "0000012345";

    public static readonly DateOnly Today = new(2026, 5, 4);

    private int ids;
    private MatchingBook? book;

    /// <summary>The loans of Ada and Ben, both active.</summary>
    public Lender()
    {
        Ada = AddLoan("AB12CD34EF56") with { CustomerName = "ADA B. SAMPLE" };
        Ben = AddLoan("GH78JK90LM12") with { CustomerName = "BEN C. EXAMPLE" };
        Candidates = Candidates with { Loans = [Ada, Ben] };
    }

    public CandidateLoan Ada { get; }

    public CandidateLoan Ben { get; }

    public MatchingCandidates Candidates { get; set; } = new();

    /// <summary>A reference in groups of four.</summary>
    public static string Printed(CandidateLoan loan) =>
        CreditorReference.TryParse(loan.Reference, out var reference) ? reference.ToPrintString() : "";

    public static StatementEntry Credit(long kobo, string? text = null) =>
        new()
        {
            BookedOn = Today,
            ValueOn = Today,
            Amount = Kobo(kobo),
            Text = text,
        };

    public CandidateLoan AddLoan(string body, LoanStatus state = LoanStatus.Active)
    {
        var loan = new CandidateLoan
        {
            Id = new(NewId()),
            Reference = CreditorReference.FromBody(body).Value,
            State = state,
            Currency = Naira,
        };
        Candidates = Candidates with { Loans = [.. Candidates.Loans, loan] };
        return loan;
    }

    /// <summary>Replaces a loan by itself with other properties.</summary>
    public void Change(CandidateLoan loan) =>
        Candidates = Candidates with { Loans = [.. Candidates.Loans.Where(each => each.Id != loan.Id), loan] };

    public CandidateReport AddReport(
        CandidateLoan loan,
        long kobo,
        int daysBefore = 1,
        bool isVerified = false,
        string? words = null,
        string? account = null
    )
    {
        var report = new CandidateReport
        {
            Id = new(NewId()),
            LoanId = loan.Id,
            Amount = Kobo(kobo),
            PaidOn = Today.AddDays(-daysBefore),
            IsVerified = isVerified,
            OwnReference = words,
            PayerAccount = account,
        };
        Candidates = Candidates with { Reports = [.. Candidates.Reports, report] };
        return report;
    }

    public CandidateTransfer AddTransfer(long kobo)
    {
        var transfer = new CandidateTransfer(new(NewId()), Kobo(kobo));
        Candidates = Candidates with { Transfers = [.. Candidates.Transfers, transfer] };
        return transfer;
    }

    public StatementEntryId NewEntryId() => new(NewId());

    /// <summary>Decides in one book, which is created at the first entry.</summary>
    public EntryDecision Decide(StatementEntry entry) => Decide(NewEntryId(), entry);

    public EntryDecision Decide(StatementEntryId id, StatementEntry entry) => Book.Decide(id, entry);

    public IReadOnlyList<MatchSuggestion> Suggest(StatementEntry entry) => Book.Suggest(NewEntryId(), entry);

    private MatchingBook Book => book ??= new(Candidates);

    private Guid NewId() => new(++ids, 0, 0, new byte[8]);
}
