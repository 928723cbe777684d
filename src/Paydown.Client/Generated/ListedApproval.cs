using System.Text.Json;

namespace Paydown.Client;

/// <summary>An act that one officer has approved and that awaits another.</summary>
public sealed partial record ListedApproval
{
    /// <summary>The id of the first approval.</summary>
    public required Guid Id { get; init; }

    /// <summary>The kind of act.</summary>
    public required ActKind Act { get; init; }

    /// <summary>What the act changes: a loan account, repayment, application, product or the organisation.</summary>
    public required Guid SubjectId { get; init; }

    /// <summary>The loan account; null before there is one, and for a change of settings.</summary>
    public required Guid? AccountId { get; init; }

    /// <summary>The customer; null for a change of settings.</summary>
    public required Guid? CustomerId { get; init; }

    /// <summary>The customer's first and last name; null for a change of settings.</summary>
    public required string? CustomerName { get; init; }

    /// <summary>The amount that was compared with the four-eyes amount; null for a change of settings.</summary>
    public required decimal? Amount { get; init; }

    /// <summary>The currency of the amount, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The exact values that the second officer must approve.</summary>
    public required JsonElement Terms { get; init; }

    /// <summary>The first officer's reason; null if none was given.</summary>
    public required string? Reason { get; init; }

    /// <summary>The officer who approved it; the second must be someone else.</summary>
    public required Guid FirstApprovedBy { get; init; }

    /// <summary>That officer's name; null if they are not of this organisation.</summary>
    public required string? FirstApprovedByName { get; init; }

    /// <summary>When the first approval was given.</summary>
    public required DateTimeOffset FirstApprovedAt { get; init; }

    /// <summary>The instant from which the first approval no longer counts.</summary>
    public required DateTimeOffset LapsesAt { get; init; }
}
