using System.Text.Json;
using System.Text.Json.Serialization;

namespace Paydown.Client;

/// <summary>What can need two different officers.</summary>
[JsonConverter(typeof(WordConverter<ActKind>))]
public enum ActKind
{
    /// <summary>A word that this version of the client does not know.</summary>
    Unknown,

    /// <summary>The reversal of a verified repayment.</summary>
    ReverseRepayment,

    /// <summary>A waiver of a charge or of interest.</summary>
    WaiveDebt,

    /// <summary>A fee or a penalty.</summary>
    ApplyCharge,

    /// <summary>The refund of an overpayment.</summary>
    RefundOverpayment,

    /// <summary>The write-off of a loan.</summary>
    WriteOffLoan,

    /// <summary>The undoing of a charge, a waiver, a refund or a write-off.</summary>
    UndoAct,

    /// <summary>The disbursement of a loan, or of a part of it.</summary>
    DisburseLoan,

    /// <summary>A change of the organisation's settings that weakens a control.</summary>
    ChangeOrganisation,

    /// <summary>A change of a product that weakens a control.</summary>
    ChangeLoanProduct,
}

/// <summary>An act that one officer has approved and that waits for another.</summary>
public sealed record ListedApproval
{
    /// <summary>Id of the first approval.</summary>
    public required Guid Id { get; init; }

    /// <summary>What is to be done.</summary>
    public required ActKind Act { get; init; }

    /// <summary>What it is done to: a loan account, repayment, application, product or the organisation.</summary>
    public required Guid SubjectId { get; init; }

    /// <summary>Id of the loan account; null before there is one, and for a change of settings.</summary>
    public required Guid? AccountId { get; init; }

    /// <summary>Id of the customer; null for a change of settings.</summary>
    public required Guid? CustomerId { get; init; }

    /// <summary>Their name.</summary>
    public required string? CustomerName { get; init; }

    /// <summary>How much it is about; null for a change of settings.</summary>
    public required decimal? Amount { get; init; }

    /// <summary>ISO 4217 code of the currency.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>What exactly must be approved.</summary>
    public required JsonElement Terms { get; init; }

    /// <summary>Why, in the words of the first officer.</summary>
    public required string? Reason { get; init; }

    /// <summary>The officer who has approved it.</summary>
    public required Guid FirstApprovedBy { get; init; }

    /// <summary>Their name.</summary>
    public required string? FirstApprovedByName { get; init; }

    /// <summary>When that was.</summary>
    public required DateTimeOffset FirstApprovedAt { get; init; }

    /// <summary>From this instant on the first approval no longer counts.</summary>
    public required DateTimeOffset LapsesAt { get; init; }
}

/// <summary>
/// What waits for a second officer: nothing has changed yet. The same call by another officer, with the same values,
/// approves it.
/// </summary>
public sealed record AwaitedApproval
{
    /// <summary>AWAITING_SECOND_APPROVAL.</summary>
    public required string Status { get; init; }

    /// <summary>What is to be done.</summary>
    public required ActKind Act { get; init; }

    /// <summary>How many different officers must still approve it.</summary>
    public required int ApprovalsNeeded { get; init; }

    /// <summary>The officer who has approved it.</summary>
    public required Guid FirstApprovedBy { get; init; }

    /// <summary>When that was.</summary>
    public required DateTimeOffset FirstApprovedAt { get; init; }

    /// <summary>From this instant on the first approval no longer counts.</summary>
    public required DateTimeOffset LapsesAt { get; init; }

    /// <summary>What exactly must be approved.</summary>
    public required JsonElement Terms { get; init; }
}
