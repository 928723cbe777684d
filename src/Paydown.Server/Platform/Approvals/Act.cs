using System.Text.Json;
using Paydown.Lending.Amounts;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Platform.Approvals;

/// <summary>
/// The acts that can need two different people. Repayments and applications keep their own approvals.
/// </summary>
public enum ActKind
{
    ReverseRepayment,
    WaiveDebt,
    ApplyCharge,
    RefundOverpayment,
    WriteOffLoan,
    UndoAct,
    DisburseLoan,
    ChangeOrganisation,
    ChangeLoanProduct,
}

/// <summary>
/// Something that an officer is about to do, with all that decides whether a second person must approve it first.
/// </summary>
public sealed record Act
{
    public required ActKind Kind { get; init; }

    public required Guid OrganisationId { get; init; }

    /// <summary>What it changes: a loan account, a repayment, an application, a product or the organisation.</summary>
    public required Guid SubjectId { get; init; }

    /// <summary>
    /// Grows whenever the subject changes, which ends a first approval. The act itself must raise it, so that an
    /// approval is used at most once.
    /// </summary>
    public required int SubjectVersion { get; init; }

    /// <summary>Whose loan or application; null for a change of settings.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>The loan account; null before there is one, and for a change of settings.</summary>
    public Guid? AccountId { get; init; }

    public required Currency Currency { get; init; }

    /// <summary>
    /// What the limit is compared with, in minor units; null: it needs two people whatever the limit is.
    /// </summary>
    public required long? AmountMinor { get; init; }

    /// <summary>
    /// When what it acts on was recorded: the lowest limit of the organisation since then counts. Null: the limit of
    /// now.
    /// </summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Another limit beside the organisation's, in minor units: the lower one counts.</summary>
    public long? AboveMinor { get; init; }

    /// <summary>
    /// What exactly is approved, resolved: defaults are filled in. The second person must approve the same terms.
    /// </summary>
    public required object Terms { get; init; }

    /// <summary>Why; the second person may give another reason.</summary>
    public string? Reason { get; init; }

    internal string WrittenTerms => JsonSerializer.Serialize(Terms, Wire.Options);
}

/// <summary>What still waits for a second person, and until when.</summary>
public sealed record AwaitedApproval
{
    public string Status => "AWAITING_SECOND_APPROVAL";

    /// <summary>What is to be done.</summary>
    public required ActKind Act { get; init; }

    /// <summary>How many different officers must still approve it.</summary>
    public int ApprovalsNeeded => 1;

    /// <summary>The officer who has approved it; somebody else must be the second.</summary>
    public required Guid FirstApprovedBy { get; init; }

    public required DateTimeOffset FirstApprovedAt { get; init; }

    /// <summary>From this instant on the first approval no longer counts.</summary>
    public required DateTimeOffset LapsesAt { get; init; }

    /// <summary>What exactly the second officer must approve: the same call with the same values does it.</summary>
    public required JsonElement Terms { get; init; }

    /// <summary>What the first officer is told.</summary>
    /// <param name="effect">What happens on the second approval, for example "the loan is written off".</param>
    public static string Message(string effect) =>
        $"Your approval is recorded. This needs a second officer: {effect} when another one makes the same call.";
}

/// <summary>An approval that was taken.</summary>
/// <param name="Awaited">What still waits for a second person; null: nothing does, so the act takes effect.</param>
public sealed record TakenApproval(AwaitedApproval? Awaited);
