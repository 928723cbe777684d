using System.Globalization;
using Paydown.Lending.Amounts;
using Paydown.Lending.Statements;

namespace Paydown.Lending.Matching;

/// <summary>An entry, and the loans that it names.</summary>
internal sealed class EntryReading
{
    public EntryReading(StatementEntry entry, CandidateBook book)
    {
        Entry = entry;
        Texts = new(entry);
        Named = [.. Texts.KnownReferences(book.IsKnown).Select(book.LoanOf)];
    }

    public StatementEntry Entry { get; }

    public EntryTexts Texts { get; }

    /// <summary>The loans of the lender whose reference is in the entry.</summary>
    public IReadOnlyList<CandidateLoan> Named { get; }

    public Money Amount => Entry.Amount;

    /// <summary>The loan that is named; null if none or several are.</summary>
    public CandidateLoan? OnlyNamed => Named is [var only] ? only : null;

    /// <summary>Where the reference of a named loan stands, for an officer.</summary>
    public string PlaceOf(CandidateLoan loan) =>
        Texts.StructuredReference == loan.Reference
            ? $"The reference {loan.Reference} is in the structured field."
            : $"The reference {loan.Reference} is in the text.";

    /// <summary>The entry's day less the report's day.</summary>
    public int DaysAfter(CandidateReport report) => Entry.BookedOn.DayNumber - report.PaidOn.DayNumber;

    /// <summary>Whether the bank may have booked on this day what a customer paid on the day of the report.</summary>
    public bool IsNear(CandidateReport report) =>
        DaysAfter(report) is >= -CreditRules.DaysEarlierMax and <= CreditRules.DaysLaterMax;

    /// <summary>A day in a reason: <c>3 May 2026</c>.</summary>
    public static string Write(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
