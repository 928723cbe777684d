namespace Paydown.Client;

/// <summary>A kind of notice, and whether the customer wants it.</summary>
public sealed partial record NoticeChoice
{
    /// <summary>The kind, for example DUE_SOON.</summary>
    public required NoticeKind Kind { get; init; }

    /// <summary>True if the lender sends it.</summary>
    public required bool IsSent { get; init; }

    /// <summary>True if the customer may decline it.</summary>
    public required bool IsOptional { get; init; }

    /// <summary>True if the customer has declined it.</summary>
    public required bool IsDeclined { get; init; }
}
