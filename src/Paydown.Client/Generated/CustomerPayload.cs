namespace Paydown.Client;

/// <summary>The payload of the event customer.registered. GET admin/customers has the person.</summary>
public sealed partial record CustomerPayload
{
    /// <summary>The customer's id.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>When the customer registered.</summary>
    public required DateTimeOffset RegisteredAt { get; init; }
}
