namespace Paydown.Lending.Outcomes;

/// <summary>Refusals of webhooks.</summary>
public static partial class Refusals
{
    /// <summary>The organisation has as many webhooks as it can have.</summary>
    public static Refusal TooManyWebhooks(int max) =>
        new(
            RefusalKind.Conflict,
            "TOO_MANY_WEBHOOKS",
            "Too Many Webhooks",
            $"The organisation has {max} webhooks, the most it can have; delete one first."
        );

    /// <summary>A delivery that has not ended is to be replayed.</summary>
    public static Refusal DeliveryPending() =>
        new(
            RefusalKind.Conflict,
            "DELIVERY_PENDING",
            "Delivery Pending",
            "This delivery is still being tried; only one that has ended can be replayed."
        );
}
