using System.Text.Json;

namespace Paydown.Client;

/// <summary>An act that needs the approval of a second person.</summary>
public sealed partial record AwaitedApproval
{
    /// <summary>Always AWAITING_SECOND_APPROVAL.</summary>
    public required string Status { get; init; }

    /// <summary>The act.</summary>
    public required ActKind Act { get; init; }

    /// <summary>The number of other officers who must approve it.</summary>
    public required int ApprovalsNeeded { get; init; }

    /// <summary>The officer who approved it first; the second must be another person.</summary>
    public required Guid FirstApprovedBy { get; init; }

    /// <summary>When it was approved first.</summary>
    public required DateTimeOffset FirstApprovedAt { get; init; }

    /// <summary>When the first approval expires.</summary>
    public required DateTimeOffset LapsesAt { get; init; }

    /// <summary>The terms that the second officer must approve, by the same call with the same values.</summary>
    public required JsonElement Terms { get; init; }
}
