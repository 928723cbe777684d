namespace Paydown.Client;

/// <summary>A delivery that a worker will send.</summary>
public sealed partial record QueuedDelivery
{
    /// <summary>The id by which the deliveries of the endpoint list it.</summary>
    public required Guid DeliveryId { get; init; }
}
