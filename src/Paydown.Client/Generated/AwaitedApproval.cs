using System.Text.Json;

namespace Paydown.Client;

/// <summary>What still waits for a second person, and until when.</summary>
public sealed partial record AwaitedApproval
{
    /// <summary>The field status.</summary>
    public required string Status { get; init; }

    /// <summary>What is to be done.</summary>
    public required ActKind Act { get; init; }

    /// <summary>How many different officers must still approve it.</summary>
    public required int ApprovalsNeeded { get; init; }

    /// <summary>The officer who has approved it; somebody else must be the second.</summary>
    public required Guid FirstApprovedBy { get; init; }

    /// <summary>The field firstApprovedAt.</summary>
    public required DateTimeOffset FirstApprovedAt { get; init; }

    /// <summary>From this instant on the first approval no longer counts.</summary>
    public required DateTimeOffset LapsesAt { get; init; }

    /// <summary>What exactly the second officer must approve: the same call with the same values does it.</summary>
    public required JsonElement Terms { get; init; }
}
