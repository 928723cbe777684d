namespace Paydown.Client;

/// <summary>An entry of a bank statement, as the bank wrote it, and what became of it.</summary>
public sealed partial record StatementEntry
{
    /// <summary>The entry's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The statement that added it.</summary>
    public required Guid BankStatementId { get; init; }

    /// <summary>The lender's bank account.</summary>
    public required Guid CollectionAccountId { get; init; }

    /// <summary>Its place in the statement, from 1.</summary>
    public required int Position { get; init; }

    /// <summary>The day on which the bank booked it.</summary>
    public required DateOnly BookedOn { get; init; }

    /// <summary>The day from which the money counts.</summary>
    public required DateOnly ValueOn { get; init; }

    /// <summary>Positive for money in, negative for money out.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The currency of the amount, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>BOOK; PDNG if it is only announced; INFO if it only informs.</summary>
    public required BankEntryStatus Status { get; init; }

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

    /// <summary>The bank's code of the transaction, for example PMNT/RCDT/ESCT; null if there is none.</summary>
    public required string? TransactionCode { get; init; }

    /// <summary>Why a payment came back, a code of ISO 20022 such as AC04; null if none did.</summary>
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
    public required Guid? OtherEntryId { get; init; }

    /// <summary>Where its money goes back to; null if it does not go back to its payer.</summary>
    public required PayerReturn? PayerReturn { get; init; }

    /// <summary>The collector whose remittance it is; null if it is none.</summary>
    public required EntryRemittance? Remittance { get; init; }

    /// <summary>Who decided, or imported the statement if the rules did; null if nothing is decided yet.</summary>
    public required Guid? DecidedBy { get; init; }

    /// <summary>When it was decided; null if nothing is decided yet.</summary>
    public required DateTimeOffset? DecidedAt { get; init; }
}
