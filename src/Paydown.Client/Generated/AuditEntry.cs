using System.Text.Json;

namespace Paydown.Client;

/// <summary>Who did what to what, and when.</summary>
public sealed partial record AuditEntry
{
    /// <summary>The entry's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The action, for example CHARGE_APPLIED.</summary>
    public required string Action { get; init; }

    /// <summary>The user or API token that acted.</summary>
    public required Guid ActorId { get; init; }

    /// <summary>The name of the user or API token; null if it is not of this organisation.</summary>
    public required string? ActorName { get; init; }

    /// <summary>The loan, customer, token or other thing that was acted on.</summary>
    public required Guid SubjectId { get; init; }

    /// <summary>Further values of the action.</summary>
    public required JsonElement Detail { get; init; }

    /// <summary>The interaction id of the request.</summary>
    public required string InteractionId { get; init; }

    /// <summary>When the action was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}
