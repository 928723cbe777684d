using Paydown.Lending.Amounts;
using Paydown.Lending.Statements;

namespace Paydown.Statements.Camt;

/// <summary>A booking (<c>Ntry</c>) as the file has it, with its details.</summary>
internal sealed class CamtEntry
{
    public required int Line { get; init; }

    /// <summary>Not negative; the side says what it means.</summary>
    public Money? Amount { get; set; }

    public bool? IsCredit { get; set; }

    public bool IsReversal { get; set; }

    public EntryStatus? Status { get; set; }

    public DateOnly? BookedOn { get; set; }

    public DateOnly? ValueOn { get; set; }

    public string? BankReference { get; set; }

    public string? TransactionCode { get; set; }

    public string? Description { get; set; }

    public List<CamtDetail> Details { get; } = [];
}

/// <summary>One payment of a booking (<c>TxDtls</c>).</summary>
internal sealed class CamtDetail
{
    /// <summary>In the currency of the statement, not negative; null if there is none in it.</summary>
    public Money? Amount { get; set; }

    /// <summary>
    /// The amount of the transaction before it was booked, if it is in the currency of the statement.
    /// </summary>
    public Money? TransactionAmount { get; set; }

    /// <summary>What the payer ordered, if it is in the currency of the statement.</summary>
    public Money? InstructedAmount { get; set; }

    public bool? IsCredit { get; set; }

    public string? BankReference { get; set; }

    public string? EndToEndId { get; set; }

    public List<string> References { get; } = [];

    public string? Text { get; set; }

    /// <summary>The free text beside a structured reference.</summary>
    public string? StructuredText { get; set; }

    public string? Description { get; set; }

    public string? TransactionCode { get; set; }

    public string? ReturnReason { get; set; }

    public CamtParty Debtor { get; } = new();

    public CamtParty Creditor { get; } = new();
}

/// <summary>Debtor or creditor of a payment.</summary>
internal sealed class CamtParty
{
    public string? Name { get; set; }

    public string? Account { get; set; }
}
