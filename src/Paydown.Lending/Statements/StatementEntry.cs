using Paydown.Lending.Amounts;

namespace Paydown.Lending.Statements;

/// <summary>How far the bank is with an entry. Only a booked entry is money.</summary>
public enum EntryStatus
{
    /// <summary>Booked: it counts in the balance.</summary>
    Book,

    /// <summary>Announced by the bank, not yet booked.</summary>
    Pdng,

    /// <summary>For information only.</summary>
    Info,
}

/// <summary>
/// One line of a bank statement in the lender's own account, as the bank wrote it. Not a repayment: what it pays, if
/// anything, is decided by matching.
/// </summary>
/// <remarks>Texts are as written, trimmed; an empty text, <c>NONREF</c> and <c>NOTPROVIDED</c> are null.</remarks>
public sealed record StatementEntry
{
    /// <summary>The day on which the bank booked it, as written in the file.</summary>
    public required DateOnly BookedOn { get; init; }

    /// <summary>The day from which the money counts. The booking day if the file has no value date.</summary>
    public required DateOnly ValueOn { get; init; }

    /// <summary>Positive for money in, negative for money out.</summary>
    public required Money Amount { get; init; }

    /// <summary>Only <see cref="EntryStatus.Book"/> counts in a balance.</summary>
    public EntryStatus Status { get; init; } = EntryStatus.Book;

    /// <summary>
    /// True if the bank marks it as the reversal of another entry. The sign of the amount is right as it is.
    /// </summary>
    public bool IsReversal { get; init; }

    /// <summary>The structured creditor reference, as written; null if there is none.</summary>
    public string? Reference { get; init; }

    /// <summary>The remittance text; if there is none, the bank's own description.</summary>
    public string? Text { get; init; }

    /// <summary>The name of the other side.</summary>
    public string? CounterpartyName { get; init; }

    /// <summary>The IBAN or account number of the other side.</summary>
    public string? CounterpartyAccount { get; init; }

    /// <summary>The bank's own reference of this entry.</summary>
    public string? BankReference { get; init; }

    /// <summary>The bank's reference of the booking of which this is a detail; null if it is no detail.</summary>
    public string? BookingReference { get; init; }

    /// <summary>The reference that the payer's side gave and that travels with the payment.</summary>
    public string? EndToEndId { get; init; }

    /// <summary>The bank's transaction code, for example <c>PMNT/RCDT/ESCT</c>, <c>NTRF</c> or <c>195</c>.</summary>
    public string? TransactionCode { get; init; }

    /// <summary>Why a payment came back: a code of ISO 20022's external list, for example <c>AC04</c>.</summary>
    public string? ReturnReason { get; init; }

    /// <summary>True if the file has details of a collective booking that do not add up to it.</summary>
    public bool DetailsDiffer { get; init; }

    /// <summary>The balance after this entry, if the file states it for each line.</summary>
    public Money? RunningBalance { get; init; }

    /// <summary>Where the entry begins in its file: the line, counted from 1.</summary>
    public int Line { get; init; }
}
