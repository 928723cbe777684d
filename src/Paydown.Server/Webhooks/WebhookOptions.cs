namespace Paydown.Server.Webhooks;

/// <summary>Where webhooks may be sent.</summary>
public sealed record WebhookOptions
{
    /// <summary>Private networks and hosts that are allowed as targets.</summary>
    public AllowedTargets Allowed { get; init; } = AllowedTargets.None;

    /// <summary>True to allow plain HTTP to loopback addresses, for trying out.</summary>
    public bool AllowsLoopback { get; init; }
}
