using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Statements;

namespace Paydown.Server.Statements;

/// <summary>An entry of a bank statement, as the bank wrote it, and what became of it.</summary>
public sealed record StatementEntryView
{
    /// <summary>The entry's id.</summary>
    public required StatementEntryId Id { get; init; }

    /// <summary>The statement that added it.</summary>
    public required BankStatementId BankStatementId { get; init; }

    /// <summary>The lender's bank account.</summary>
    public required CollectionAccountId CollectionAccountId { get; init; }

    /// <summary>Its place in the statement, from 1.</summary>
    public required int Position { get; init; }

    /// <summary>The day on which the bank booked it.</summary>
    public required DateOnly BookedOn { get; init; }

    /// <summary>The day from which the money counts.</summary>
    public required DateOnly ValueOn { get; init; }

    /// <summary>Positive for money in, negative for money out.</summary>
    public required Money Amount { get; init; }

    /// <summary>The currency of the amount, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary><c>BOOK</c>; <c>PDNG</c> if it is only announced; <c>INFO</c> if it only informs.</summary>
    public required EntryStatus Status { get; init; }

    /// <summary>True if the bank marks it as the reversal of another entry.</summary>
    public required bool IsReversal { get; init; }

    /// <summary>The structured creditor reference; null if there is none.</summary>
    public required string? Reference { get; init; }

    /// <summary>The remittance text, as the payer wrote it; null if there is none.</summary>
    public required string? Text { get; init; }

    /// <summary>The name of the other side; null if the file does not say.</summary>
    public required string? CounterpartyName { get; init; }

    /// <summary>The IBAN or account number of the other side; null if the file does not say.</summary>
    public required string? CounterpartyAccount { get; init; }

    /// <summary>The bank's own reference of the entry; null if there is none.</summary>
    public required string? BankReference { get; init; }

    /// <summary>The reference of the payer's side, which travels with the payment; null if there is none.</summary>
    public required string? EndToEndId { get; init; }

    /// <summary>The bank's code of the transaction, for example <c>PMNT/RCDT/ESCT</c>; null if there is none.</summary>
    public required string? TransactionCode { get; init; }

    /// <summary>Why a payment came back, a code of ISO 20022 such as <c>AC04</c>; null if none did.</summary>
    public required string? ReturnReason { get; init; }

    /// <summary>What became of it.</summary>
    public required EntryState State { get; init; }

    /// <summary>The rule that decided; null if a person did, or nothing is decided yet.</summary>
    public required int? Rule { get; init; }

    /// <summary>Why, in words; empty if nothing is decided yet.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>The repayments that it pays.</summary>
    public required IReadOnlyList<PaidRepayment> Repayments { get; init; }

    /// <summary>The report of which it is a part, while it waits for the other parts; else null.</summary>
    public required PartOfReport? PartOf { get; init; }

    /// <summary>
    /// The other entry of a pair: what takes it back or sends it back, and what is taken or sent back; the booking of
    /// what was announced; else null.
    /// </summary>
    public required StatementEntryId? OtherEntryId { get; init; }

    /// <summary>Where its money goes back to; null if it does not go back to its payer.</summary>
    public required PayerReturn? PayerReturn { get; init; }

    /// <summary>The collector whose remittance it is; null if it is none.</summary>
    public required EntryRemittance? Remittance { get; init; }

    /// <summary>
    /// Who decided, or imported the statement if the rules did; null if nothing is decided yet.
    /// </summary>
    public required UserId? DecidedBy { get; init; }

    /// <summary>When it was decided; null if nothing is decided yet.</summary>
    public required DateTimeOffset? DecidedAt { get; init; }
}

/// <summary>The remittance of a collector.</summary>
/// <param name="CollectorId">The collector.</param>
/// <param name="CollectorName">Its name.</param>
/// <param name="FileId">The file whose money it is; null: of the collector's oldest files.</param>
public sealed record EntryRemittance(CollectorId CollectorId, string CollectorName, CollectorFileId? FileId);

/// <summary>The return of money to its payer, to pay at the bank.</summary>
/// <param name="AccountNumber">The account that it goes back to.</param>
/// <param name="Reference">The reference to pay it with.</param>
public sealed record PayerReturn(string AccountNumber, string Reference);

/// <summary>A report that several entries of bank statements pay together.</summary>
/// <param name="RepaymentId">The report.</param>
/// <param name="Amount">Its amount.</param>
/// <param name="Arrived">The sum of the entries so far.</param>
public sealed record PartOfReport(RepaymentId RepaymentId, Money Amount, Money Arrived);

/// <summary>A repayment that an entry of a bank statement pays.</summary>
/// <param name="RepaymentId">The repayment.</param>
/// <param name="AccountId">Its loan account.</param>
/// <param name="CustomerId">The customer.</param>
/// <param name="Amount">The part of the entry.</param>
public sealed record PaidRepayment(RepaymentId RepaymentId, LoanId AccountId, CustomerId CustomerId, Money Amount);
