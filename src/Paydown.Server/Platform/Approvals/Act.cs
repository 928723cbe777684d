using System.Text.Json;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Platform.Approvals;

/// <summary>
/// The acts that can require two different people. Repayments and applications have their own approvals.
/// </summary>
public enum ActKind
{
    ReverseRepayment,
    WaiveDebt,
    ApplyCharge,
    RefundOverpayment,
    WriteOffLoan,
    UndoAct,
    RescheduleLoan,
    ReAgeLoan,
    ReAmortizeLoan,
    TerminateContract,
    ChargeOffLoan,
    AdjustCharge,
    WaiveInterestPayment,
    PauseInterest,
    PauseArrears,
    ResumeArrears,
    DisburseLoan,
    UndoDisbursement,
    ChangeOrganisation,
    ChangeLoanProduct,
    UndoBankEntry,
    IgnoreBankEntry,
    ReturnPayment,
    BookCollection,
    DiscardCollection,
}

/// <summary>
/// What an officer is about to do, with everything that decides whether a second person must approve it.
/// </summary>
public sealed record Act
{
    public required ActKind Kind { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    /// <summary>The id of what it changes: a loan account, repayment, application, product, organisation, bank's
    /// entry or collection.</summary>
    public required SubjectId SubjectId { get; init; }

    /// <summary>
    /// The version of the subject. Each change of the subject raises it and so ends a first approval. The act raises it
    /// too, so an approval is used at most once.
    /// </summary>
    public required int SubjectVersion { get; init; }

    /// <summary>The customer of the loan or application; null for a change of settings.</summary>
    public CustomerId? CustomerId { get; init; }

    /// <summary>The loan account; null before there is one, and for a change of settings.</summary>
    public LoanId? AccountId { get; init; }

    public required Currency Currency { get; init; }

    /// <summary>
    /// The amount that is compared with the limit; null if two people are always required.
    /// </summary>
    public required Money? Amount { get; init; }

    /// <summary>
    /// When the subject was recorded. The lowest limit of the organisation since then counts. Null for the current
    /// limit.
    /// </summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>
    /// Another limit; the lower of this and the organisation's counts. Null for none.
    /// </summary>
    public Money? Above { get; init; }

    /// <summary>
    /// What exactly is approved, with defaults filled in. The second person must approve the same terms.
    /// </summary>
    public required object Terms { get; init; }

    /// <summary>The reason; the second person may give another one.</summary>
    public string? Reason { get; init; }

    internal string WrittenTerms => JsonSerializer.Serialize(Terms, Wire.Options);
}

/// <summary>An act that needs the approval of a second person.</summary>
public sealed record AwaitedApproval
{
    /// <summary>Always AWAITING_SECOND_APPROVAL.</summary>
    public string Status => "AWAITING_SECOND_APPROVAL";

    /// <summary>The act.</summary>
    public required ActKind Act { get; init; }

    /// <summary>The number of other officers who must approve it.</summary>
    public int ApprovalsNeeded => 1;

    /// <summary>The officer who approved it first; the second must be another person.</summary>
    public required UserId FirstApprovedBy { get; init; }

    /// <summary>When it was approved first.</summary>
    public required DateTimeOffset FirstApprovedAt { get; init; }

    /// <summary>When the first approval expires.</summary>
    public required DateTimeOffset LapsesAt { get; init; }

    /// <summary>The terms that the second officer must approve, by the same call with the same values.</summary>
    public required JsonElement Terms { get; init; }

    /// <summary>The message to the first officer.</summary>
    /// <param name="effect">The effect of the second approval, for example "the loan is written off".</param>
    public static string Message(string effect) =>
        $"Your approval is recorded. This needs a second officer: {effect} when another officer makes the same call.";
}

/// <summary>The result of an approval.</summary>
/// <param name="Awaited">The act if it needs a second person; null if it takes effect now.</param>
public sealed record TakenApproval(AwaitedApproval? Awaited);
